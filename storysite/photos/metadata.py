"""Which private things a picture carries, in words for people; most come from phones, and nobody knows of them."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum

from storysite.photos.carried import Carried, carried
from storysite.photos.exif import IPTC, PHOTOSHOP, XMP, Exif, read_exif
from storysite.photos.kinds import HEAD, kind_of


class Thing(Enum):
    """Something that a picture tells and that is not in the picture. A grave one may not be in what is published."""

    PLACE = "where it was taken", True
    SERIAL = "the serial number of the camera", True
    OWNER = "the name of the photographer or owner", True
    PEOPLE = "the names of people in it", True
    FILM = "a short film, often with sound", True
    TEXT = "a caption, keywords or a comment", False
    TIME = "when it was taken", False
    CAMERA = "which camera or phone took it", False
    THUMBNAIL = "a small copy, which may show what was cut away", False
    MAKER = "notes of the camera's maker, which may hold anything", False
    PROGRAM = "which programs changed it", False
    BEHIND = "another picture behind it", False
    REST = "other data that is no picture", False

    def __init__(self, words: str, grave: bool) -> None:
        self.words, self.grave = words, grave


_PICTURE_TAGS: Mapping[int, Thing] = {
    0x010E: Thing.TEXT, 0x9C9B: Thing.TEXT, 0x9C9C: Thing.TEXT, 0x9C9E: Thing.TEXT, 0x9C9F: Thing.TEXT,
    0x013B: Thing.OWNER, 0x8298: Thing.OWNER, 0x9C9D: Thing.OWNER,
    0x010F: Thing.CAMERA, 0x0110: Thing.CAMERA, 0xC614: Thing.CAMERA,
    0x0132: Thing.TIME,
    0x0131: Thing.PROGRAM, 0x013C: Thing.PROGRAM, 0x000B: Thing.PROGRAM,
    0xC62F: Thing.SERIAL,
}  # fmt: skip
"""What the tags of a picture tell (Exif 3.0, TIFF 6.0, DNG 1.7, and what Windows writes)."""
_DETAIL_TAGS: Mapping[int, Thing] = {
    0x9286: Thing.TEXT,
    0xA430: Thing.OWNER, 0xA437: Thing.OWNER, 0xA438: Thing.OWNER,
    0xA431: Thing.SERIAL, 0xA435: Thing.SERIAL,
    0x9003: Thing.TIME, 0x9004: Thing.TIME,
    0xA433: Thing.CAMERA, 0xA434: Thing.CAMERA,
    0x927C: Thing.MAKER,
    0xA420: Thing.REST,
    0xA436: Thing.TEXT,
}  # fmt: skip
_NO_PLACE = {0x0000, 0x0007, 0x001D, 0x001E}
"""Tags among those of the place that a phone writes without knowing it: the version, the time, how exact it is."""
_XMP_WORDS: Mapping[Thing, str] = {
    Thing.PLACE: r"GPS(?!VersionID|TimeStamp)\w+ Location LocationCreated LocationShown Sublocation City State "
    r"ProvinceState Country CountryCode CountryName WorldRegion",
    Thing.SERIAL: r"(?:Body|Lens|Camera|Internal)?SerialNumber",
    Thing.OWNER: r"creator Artist Photographer OwnerName CameraOwnerName Owner CaptionWriter AuthorsPosition Credit "
    r"rights Copyright CreatorContactInfo WebStatement Source",
    Thing.PEOPLE: r"PersonInImage PersonInImageWDetails PersonDisplayName PersonName",
    Thing.TEXT: r"description title Headline subject hierarchicalSubject UserComment Label Instructions Event "
    r"TransmissionReference",
    Thing.TIME: r"DateTimeOriginal DateTimeDigitized DateCreated CreateDate ModifyDate MetadataDate",
    Thing.CAMERA: r"Make Model Lens LensModel LensInfo",
    Thing.PROGRAM: r"CreatorTool Software History DocumentID InstanceID OriginalDocumentID DerivedFrom Toolkit",
}  # fmt: skip
_XMP = {
    thing: re.compile(rf"[<\s\"'/]\w[\w.-]*:(?:{words.replace(' ', '|')})(?=[\s=>/])")
    for thing, words in _XMP_WORDS.items()
}
_FACES = re.compile(r"(?:mwg-rs|MPReg|apple-fi):(?:Name|PersonDisplayName)\b")
_IPTC: Mapping[int, Thing] = {
    **dict.fromkeys((26, 27, 90, 92, 95, 100, 101), Thing.PLACE),
    **dict.fromkeys((80, 85, 110, 115, 116, 118, 122), Thing.OWNER),
    **dict.fromkeys((5, 15, 20, 25, 40, 105, 120), Thing.TEXT),
    **dict.fromkeys((55, 60, 62, 63), Thing.TIME),
    **dict.fromkeys((65, 70), Thing.PROGRAM),
}
"""What the records of IPTC tell, by number (IIM 4.2)."""
_TEXT_WORDS = (
    (Thing.PLACE, re.compile(r"gps|location|latitude|longitude|city", re.IGNORECASE)),
    (Thing.OWNER, re.compile(r"author|artist|creator|copyright|owner", re.IGNORECASE)),
    (Thing.TIME, re.compile(r"time|date", re.IGNORECASE)),
    (Thing.PROGRAM, re.compile(r"software|program|parameters|prompt|workflow", re.IGNORECASE)),
    (Thing.CAMERA, re.compile(r"make|model|source", re.IGNORECASE)),
)
_FILM = re.compile(rb"ftyp(?:mp4|isom|qt|M4V|avc|iso|hvc|3gp)|MotionPhoto_Data", re.IGNORECASE)
_MARKS: Mapping[str, Thing] = {"mpvd": Thing.FILM, "APP2": Thing.BEHIND, "APP11": Thing.PROGRAM, "caBX": Thing.PROGRAM}
"""Pieces that are none of EXIF, XMP and IPTC: Samsung's film, second pictures, how a picture was made (C2PA)."""


def private_things(data: bytes) -> tuple[Thing, ...]:
    """Return what a picture tells beside itself, the gravest first; nothing for a file that is no picture."""
    kind = kind_of(data[:HEAD])
    found = carried(data, kind)
    things = {*_told(found), *_in_tail(found.tail)}
    if kind == "tiff":
        things -= {Thing.REST}
    return tuple(thing for thing in Thing if thing in things)


def _told(found: Carried) -> Iterator[Thing]:
    exif = read_exif(found.exif) if found.exif else None
    if exif:
        yield from _in_exif(exif)
        for tag in (PHOTOSHOP, IPTC):
            if tag == PHOTOSHOP:
                found.read_photoshop(exif.picture.get(tag, b""))
            else:
                found.iptc += exif.picture.get(tag, b"")
        found.xmp += exif.picture.get(XMP, b"")
    elif found.exif:
        yield Thing.REST
    yield from _in_xmp(found.xmp)
    yield from _in_iptc(found.iptc)
    for word, text in found.texts:
        if text:
            yield next((thing for thing, words in _TEXT_WORDS if words.search(word)), Thing.TEXT)
    if found.thumbnail:
        yield Thing.THUMBNAIL
    if found.time:
        yield Thing.TIME
    for name in found.others:
        yield _MARKS.get(name, Thing.REST)


def _in_exif(exif: Exif) -> Iterator[Thing]:
    for tags, table in ((exif.picture, _PICTURE_TAGS), (exif.details, _DETAIL_TAGS)):
        for tag in tags.keys() & table.keys():
            if tags[tag].strip(b"\0 "):
                yield table[tag]
    if exif.place.keys() - _NO_PLACE:
        yield Thing.PLACE
    if exif.thumbnail:
        yield Thing.THUMBNAIL


def _in_xmp(packet: bytes) -> Iterator[Thing]:
    text = packet.replace(b"\0", b"").decode("utf-8", "replace")
    if not text.strip():
        return
    told = [thing for thing, words in _XMP.items() if words.search(text)]
    if _FACES.search(text) and Thing.PEOPLE not in told:
        told.append(Thing.PEOPLE)
    yield from told or [Thing.REST]


def _in_iptc(records: bytes) -> Iterator[Thing]:
    place = 0
    while (place := records.find(b"\x1c", place)) >= 0 and place + 5 <= len(records):
        size = int.from_bytes(records[place + 3 : place + 5], "big")
        if records[place + 1] == 2 and records[place + 2] in _IPTC and size:
            yield _IPTC[records[place + 2]]
        place += 5 + size if size < 0x8000 else 5


def _in_tail(tail: bytes) -> Iterator[Thing]:
    """Yield what follows the end of a picture: phones put films there, and second pictures."""
    if not tail.strip(b"\0\r\n"):
        return
    film = _FILM.search(tail)
    if film:
        yield Thing.FILM
    if tail.lstrip(b"\0").startswith(b"\xff\xd8"):
        yield Thing.BEHIND
    elif not film:
        yield Thing.REST
