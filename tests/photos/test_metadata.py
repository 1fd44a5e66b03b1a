"""What a picture tells is named in words for people, as phones, cameras and programs write it; and what they do not mean is not."""

import subprocess
import sys

import pytest
from PIL import Image

from storysite.photos.edition import encoders
from storysite.photos.metadata import Thing, private_things
from storysite.photos.scrub import scrub
from tests.photos.pictures import RASTER, made
from tests.tools import ROOT


def with_exif(
    tags: dict[int, object], details: dict[int, object] | None = None, place: dict[int, object] | None = None
) -> bytes:
    """Return a JPEG with tags of the picture, of how it was taken and of the place."""
    exif = Image.Exif()
    exif.update(tags)
    if details:
        exif[0x8769] = details
    if place:
        exif[0x8825] = place
    return made("jpeg", exif=exif)


def with_segment(marker: int, content: bytes) -> bytes:
    """Return a JPEG with one more segment."""
    data = made("jpeg")
    return data[:2] + bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content + data[2:]


XMP = b"http://ns.adobe.com/xap/1.0/\0"


@pytest.mark.parametrize(
    ("data", "things"),
    [
        (with_exif({}, {0x927C: b"Apple iOS\0\0\1"}), (Thing.MAKER,)),
        (with_exif({}, {0xA430: "Ana Rivera"}), (Thing.OWNER,)),
        (with_exif({}, {0xA431: "0042", 0xA435: "77"}), (Thing.SERIAL,)),
        (with_exif({}, {0xA420: "b7f2"}), (Thing.REST,)),
        (with_exif({0x9C9B: "Ana".encode("utf-16-le")}), (Thing.TEXT,)),
        (with_exif({0x013B: "", 0x8298: " \0", 0x010E: "   "}), ()),
        (with_exif({}, place={0: b"\2\3\0\0"}), ()),
        (with_exif({}, place={0: b"\2\3\0\0", 29: "2026:11:20"}), ()),
        (with_exif({}, place={27: b"ASCII\0\0\0GPS"}), (Thing.PLACE,)),
        (with_segment(0xE1, XMP + b"<x:xmpmeta><rdf:Description exif:GPSLatitude='41,5N'/>"), (Thing.PLACE,)),
        (with_segment(0xE1, XMP + b"<Iptc4xmpExt:LocationCreated>"), (Thing.PLACE,)),
        (with_segment(0xE1, XMP + b"<aux:SerialNumber>77</aux:SerialNumber>"), (Thing.SERIAL,)),
        (with_segment(0xE1, XMP + b'<rdf:Description MPReg:PersonDisplayName="Ana"/>'), (Thing.PEOPLE,)),
        (with_segment(0xE1, XMP + b'<rdf:li mwg-rs:Type="Face"/>'), (Thing.REST,)),
        (with_segment(0xE1, XMP + "<dc:creator>".encode("utf-16-le")), (Thing.OWNER,)),
        (with_segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 40 + b"<photoshop:City>"), (Thing.PLACE,)),
        (with_segment(0xE1, b"something new"), (Thing.REST,)),
        (with_segment(0xEB, b"JP\0\1jumb c2pa"), (Thing.PROGRAM,)),
        (with_segment(0xEE, b"Adobe\0d\0\0\0\0\1 and a note"), (Thing.REST,)),
        (with_segment(0xFE, b"Room 12"), (Thing.TEXT,)),
        (with_segment(0xFE, b"\0"), ()),
        (made("jpeg") + bytes(500), ()),
        (b"no picture", ()),
    ],
)
def test_each_thing_is_named(data: bytes, things: tuple[Thing, ...]) -> None:
    """The gravest first; nothing is named that says nothing; and none is left in the scrubbed picture."""
    assert private_things(data) == things
    if things:
        assert private_things(scrub(data)) == ()


def test_each_thing_has_words_that_fit_a_sentence() -> None:
    """It tells where it was taken; it tells the name of the owner."""
    assert all(thing.words[0].islower() and not thing.words.endswith(".") for thing in Thing)
    assert len({thing.words for thing in Thing}) == len(Thing)
    assert [thing.grave for thing in Thing] == sorted((thing.grave for thing in Thing), reverse=True)


def test_digits_of_other_programs_are_read() -> None:
    """ImageMagick writes EXIF and IPTC into the texts of a PNG, as digits."""
    block = b"Exif\0\0II*\0\x08\0\0\0\1\0\x3b\x01\2\0\4\0\0\0Ana\0\0\0\0\0"
    for word, content, thing in (
        ("exif", block, Thing.OWNER),
        ("iptc", b"8BIM\4\4\0\0\0\0\0\x0a\x1c\x02\x5a\0\5Akron", Thing.PLACE),
        ("xmp", b"<dc:creator>Ana</dc:creator>", Thing.OWNER),
    ):
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_text(f"Raw profile type {word}", f"\n{word}\n{len(content):8}\n{content.hex()}\n")
        data = made("png", pnginfo=info)
        assert private_things(data) == (thing,)
        assert scrub(data) == scrub(made("png"))


@pytest.mark.parametrize("kind", RASTER)
def test_looking_at_what_a_picture_tells_loads_no_pillow(kind: str) -> None:
    """Nor does importing what plans and builds need: it takes 20 ms that a build with nothing to do does not have."""
    if kind != "jpeg":
        assert private_things(made(kind)) == ()
        return
    code = """
import sys
from storysite.photos import boxes, carried, color, exif, facts, header, kinds, metadata, parts, recipe, scrub, tiff
from storysite.source import private_photos
from storysite.starter import add_photos
import storysite.build, storysite.cli, storysite.commands.photos
scrub.scrub(sys.stdin.buffer.read())
assert "PIL" not in sys.modules and "xml.etree" not in sys.modules, "loaded"
"""
    subprocess.run([sys.executable, "-c", code], input=made("jpeg"), check=True, cwd=ROOT)


def test_what_copies_depend_on_is_said() -> None:
    """The encoders by name and version, for the keys of copies."""
    assert {part.split()[0] for part in encoders()} >= {"pil", "jpg", "webp", "avif", "littlecms2", "heic"}
    assert not any(part.endswith("None") for part in encoders())
