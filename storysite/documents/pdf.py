"""What a PDF tells: who wrote it, by its list of facts and its XMP, and where the photos in it were taken."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from storysite.documents.pdf_objects import Objects
from storysite.documents.pdf_values import APART, SPACE, Reference, text_of
from storysite.documents.told import Thing
from storysite.documents.xml import LARGEST, texts_in
from storysite.photos.metadata import Thing as PhotoThing
from storysite.photos.metadata import private_things

MOST_VERSIONS = 20
"""Versions of one file, each saved behind the one before, whose author is looked for."""
MOST_PHOTOS = 300
LARGEST_PHOTO = 25_000_000
_FACTS = {"Author": Thing.AUTHOR, "Company": Thing.COMPANY, "Manager": Thing.MANAGER}
_XMP = {"creator": Thing.AUTHOR, "Company": Thing.COMPANY, "Manager": Thing.MANAGER}
_LINK = APART + rb"(\d{1,10})" + APART + rb"\d{1,5}" + APART + rb"R"
_INFO, _ROOT = re.compile(rb"/Info" + _LINK), re.compile(rb"/Root" + _LINK)
_LOCKED = re.compile(rb"/Encrypt(?:" + _LINK + rb"|" + SPACE + rb"{0,20}<<)")
_PHOTO = re.compile(rb"stream\r?\n(?=\xff\xd8\xff)")


def told_by_pdf(data: bytes) -> Iterator[tuple[Thing, str]]:
    """Yield each thing that a PDF tells, with the name that it gives; nothing for one that is locked."""
    if _LOCKED.search(data):
        return
    objects = Objects(data)
    for info in _numbers(_INFO, data):
        yield from _in_facts(objects, info)
    for packet in islice(_packets(objects, _numbers(_ROOT, data)), MOST_VERSIONS):
        yield from ((_XMP[name], text) for name, text in texts_in(packet.strip(b"\0\r\n\t "), _XMP))
    if _has_place(data):
        yield Thing.PLACE, ""


def _numbers(link: re.Pattern[bytes], data: bytes) -> list[int]:
    """Return the numbers of the objects that the ends of a file name, the newest versions first."""
    return list(dict.fromkeys(int(found[1]) for found in link.finditer(data)))[: -MOST_VERSIONS - 1 : -1]


def _in_facts(objects: Objects, number: int) -> Iterator[tuple[Thing, str]]:
    for version in objects.dictionaries(number):
        for key, thing in _FACTS.items():
            value = version.entries.get(key)
            if isinstance(value, bytes):
                yield thing, text_of(value)
            elif isinstance(value, Reference):
                yield from ((thing, text_of(text)) for text in objects.texts(value.number))


def _packets(objects: Objects, numbers: Sequence[int]) -> Iterator[bytes]:
    """Yield the XMP of a PDF: the packets that its versions name in their catalog."""
    versions = (version.entries.get("Metadata") for number in numbers for version in objects.dictionaries(number))
    for number in {link.number: None for link in versions if isinstance(link, Reference)}:
        yield from objects.streams(number, LARGEST)


def _has_place(data: bytes) -> bool:
    """Return whether a photo in a PDF, which lies there as the file that it was, tells where it was taken."""
    place = 0
    for _ in range(MOST_PHOTOS):
        if not (found := _PHOTO.search(data, place)):
            return False
        place = data.find(b"endstream", found.end(), found.end() + LARGEST_PHOTO)
        if place < 0:
            place = found.end() + LARGEST_PHOTO
        if PhotoThing.PLACE in private_things(data[found.end() : place]):
            return True
    return False
