"""Pictures that are damaged, or made to do harm: a sentence, or a right picture; soon, and in little memory."""

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from storysite.errors import BadValue
from storysite.photos.add import added
from storysite.photos.carried import carried
from storysite.photos.compare import same_pixels
from storysite.photos.derive import derive, find_focus
from storysite.photos.exif import read_exif
from storysite.photos.facts import MOST_FRAMES, MOST_PIXELS_OF_JPEG, Facts
from storysite.photos.header import read_facts
from storysite.photos.kinds import HEAD, KINDS, kind_of
from storysite.photos.metadata import private_things
from storysite.photos.recipe import fitted
from storysite.photos.scrub import scrub
from tests.photos.pictures import RASTER, base, made, upright
from tests.tools import ROOT

WHOLE = {kind: made(kind, 6 if kind in ("jpeg", "png", "webp", "avif", "tiff") else 1) for kind in RASTER}
ASKED: list[Callable[[bytes], object]] = [
    read_facts,
    private_things,
    scrub,
    find_focus,
    added,
    lambda data: same_pixels(data, data),
]


def ask_all(data: bytes) -> None:
    """Ask everything of a picture: each answers, or says in words what is wrong."""
    for ask in ASKED:
        try:
            ask(data)
        except BadValue as error:
            assert error.what
            assert "Error" not in error.what


@pytest.mark.parametrize("kind", RASTER)
@settings(max_examples=25, deadline=None)
@given(some.data())
def test_damaged_bytes_are_told_of(kind: str, data: some.DataObject) -> None:
    """Flipped, cut off, taken out or put in: never a traceback, and soon."""
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(some.integers(1, 4))):
        place = data.draw(some.integers(0, len(damaged) - 1))
        match data.draw(some.sampled_from(["flip", "flip", "cut", "out", "in"])):
            case "flip":
                damaged[place] = data.draw(some.integers(0, 255))
            case "cut":
                del damaged[max(place, 1) :]
            case "out":
                del damaged[place : place + data.draw(some.integers(1, 8))]
            case _:
                damaged[place:place] = data.draw(some.binary(max_size=8))
        damaged = damaged or bytearray(b"x")
    began = perf_counter()
    ask_all(bytes(damaged))
    assert perf_counter() - began < 10


@pytest.mark.parametrize("kind", RASTER)
def test_a_picture_may_end_anywhere(kind: str) -> None:
    """After each of its bytes: what there is can be read and scrubbed, or is told of."""
    for end in range(len(WHOLE[kind])):
        data = WHOLE[kind][:end]
        private_things(data)
        try:
            assert scrub(scrub(data)) == scrub(data)
        except BadValue as error:
            assert error.what


@pytest.mark.parametrize("kind", RASTER)
def test_a_picture_that_was_not_copied_to_its_end_is_told_of(kind: str) -> None:
    """No half gray page: none of its copies is made."""
    data = WHOLE[kind][: len(WHOLE[kind]) * 2 // 3]
    with pytest.raises(BadValue, match=r"damaged|not a picture"):
        derive(data, [fitted(read_facts(WHOLE[kind]), 20, "webp")])


@given(some.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_told_of(data: bytes) -> None:
    ask_all(data)
    for kind in KINDS:
        carried(data, kind)
        if head := next((whole[:12] for name, whole in WHOLE.items() if name == kind), b""):
            ask_all(head + data)


def test_no_bytes_and_other_files_are_no_pictures() -> None:
    """Each is told of in a sentence of its own, whatever its name is."""
    for data, what in ((b"", "the file is empty"), (b"%PDF-1.7", "not a picture"), (b"PK\3\4", "not a picture")):
        with pytest.raises(BadValue, match=what):
            read_facts(data)
    with pytest.raises(BadValue, match="not a picture"):
        scrub(b"<html>")


@pytest.mark.parametrize("kind", RASTER)
def test_a_picture_is_known_by_its_bytes_alone(kind: str) -> None:
    """The ending of its name may be wrong; so nobody asks for it."""
    assert kind_of(WHOLE[kind][:HEAD]) == kind


@pytest.mark.parametrize("kind", RASTER)
def test_one_pixel_is_a_picture(kind: str) -> None:
    if kind in ("heic", "avif"):
        return
    data = made(kind, picture=Image.new("RGB", (1, 1), "red"))
    facts = read_facts(data)
    assert (facts.width, facts.height) == (1, 1)
    assert derive(data, [fitted(facts, 400, "webp")])
    assert find_focus(data) == (50, 50)
    assert added(data)


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return the beginning of a PNG that says how large it is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
        for name, content in ((b"IHDR", head), *chunks, (b"IEND", b""))
    )


def test_a_picture_that_would_fill_the_memory_is_told_of() -> None:
    """By its size, before anything of it is decoded."""
    packed = zlib.compress(bytes(1000))
    for data in (png(60_000, 60_000, (b"IDAT", packed)), png(10_000, 10_000, (b"IDAT", packed))):
        with pytest.raises(BadValue, match="million pixels"):
            read_facts(data)
    jpeg, webp = bytearray(made("jpeg")), bytearray(made("webp", 6))
    place = jpeg.index(b"\xff\xc0") + 5
    jpeg[place : place + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(BadValue, match="4,295 million pixels"):
        derive(bytes(jpeg), [])
    webp[24:30] = b"\xff" * 6
    with pytest.raises(BadValue):
        read_facts(bytes(webp))
    assert Facts("jpeg", 12_240, 16_320).pixels < MOST_PIXELS_OF_JPEG


def test_little_memory_is_needed_for_the_pictures_of_phones() -> None:
    """A JPEG of 100 million pixels is decoded no larger than its copies are."""
    code = """
import re, sys
from storysite.photos.derive import derive
from storysite.photos.header import read_facts
from storysite.photos.recipe import fitted
data = sys.stdin.buffer.read()
facts = read_facts(data)
assert facts.pixels > 99_000_000
derive(data, [fitted(facts, 1200, "jpeg"), fitted(facts, 400, "webp")])
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
"""
    if sys.platform != "linux":
        pytest.skip("only Linux tells how much memory a program needed at most")
    tile = Image.new("RGB", (10_000, 10_000), (90, 120, 60))
    written = BytesIO()
    tile.save(written, "JPEG", quality=50)
    del tile
    result = subprocess.run(
        [sys.executable, "-c", code], input=written.getvalue(), capture_output=True, check=True, cwd=ROOT
    )
    assert int(result.stdout) < 200_000


def test_ten_thousand_frames_are_counted_to_a_bound() -> None:
    """And such a film is shown by its first frame; to count takes no second."""
    head, frame = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", b"\x21\xf9\4\0\1\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    began = perf_counter()
    data = head + frame * 10_000 + b";"
    facts = read_facts(data)
    assert facts.frames == MOST_FRAMES
    recipe = fitted(facts, 1, "webp")
    assert not recipe.moving
    assert derive(data, [recipe])
    assert scrub(data) == data
    assert perf_counter() - began < 5


def test_metadata_can_fill_no_memory() -> None:
    """A small block that names the same bytes thousands of times; a text that unpacks to a hundred megabytes."""
    tags = b"".join(struct.pack("<HHII", 1000 + number, 7, 900_000, 60_100) for number in range(5000))
    block = (b"II*\0\x08\0\0\0" + struct.pack("<H", 5000) + tags + bytes(4)).ljust(1_000_000, b"x")
    exif = read_exif(block)
    assert exif is not None
    assert sum(map(len, exif.picture.values())) <= 1_000_000
    bomb = zlib.compress(bytes(100_000_000), 9)
    for chunk in (
        (b"zTXt", b"Comment\0\0" + bomb),
        (b"iCCP", b"icc\0\0" + bomb),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + bomb),
    ):
        data = made("png")
        whole = data[:33] + png(1, 1, chunk)[33:-12] + data[33:]
        assert upright(scrub(whole))
        assert read_facts(whole) == read_facts(data)
        private_things(whole)


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II*\0",
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08\xff\xff",
        b"II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0\0\x08\0\0\0",
    ],
)
def test_odd_blocks_of_exif_are_read_as_far_as_they_go(block: bytes) -> None:
    """Empty, cut off, with far too many tags, or one that holds itself."""
    data = made("jpeg")
    whole = data[:2] + b"\xff\xe1" + (len(block) + 8).to_bytes(2, "big") + b"Exif\0\0" + block + data[2:]
    assert scrub(whole) == scrub(data)
    assert read_facts(whole) == read_facts(data)


def test_frames_that_lie_about_their_number_are_no_matter() -> None:
    """An animated PNG says how many it has; there may be fewer."""
    written = BytesIO()
    base().save(written, "PNG", save_all=True, append_images=[base().rotate(90)])
    data = written.getvalue().replace(b"acTL\0\0\0\2", b"acTL\x7f\xff\xff\xff")
    place = data.index(b"acTL")
    data = data[: place + 12] + zlib.crc32(data[place : place + 12]).to_bytes(4, "big") + data[place + 16 :]
    assert read_facts(data).frames == MOST_FRAMES
    assert derive(data, [fitted(read_facts(data), 20, "webp")])
