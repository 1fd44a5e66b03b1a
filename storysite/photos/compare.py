"""Whether two files show the same picture: looked at before one takes the place of the other."""

from hashlib import blake2b
from itertools import islice

from PIL import Image, ImageSequence

from storysite.photos.facts import MOST_PIXELS, Facts
from storysite.photos.header import read_facts
from storysite.photos.pillow import guarded, open_picture

_FRAMES = 50
_STRIP = 256
"""Rows that are copied at once."""


def same_pixels(data: bytes, other: bytes) -> bool:
    """Return whether two files show the same picture, in the same colors and to the last pixel.

    Of a film the first frames are compared, and a very large picture at half its size. Raises BadValue for a file that
    cannot be decoded.
    """
    facts = read_facts(data)
    return facts == read_facts(other) and _pixels(data, facts) == _pixels(other, facts)


def _pixels(data: bytes, facts: Facts) -> bytes:
    """Return a digest of what a file shows, read as it is."""
    found = blake2b(digest_size=32)
    with guarded():
        picture = open_picture(data, facts.kind)
        if facts.pixels > MOST_PIXELS:
            picture.draft(None, (picture.width // 2, picture.height // 2))
        for frame in islice(ImageSequence.Iterator(picture), _FRAMES if facts.frames > 1 else 1):
            _add(frame, found)
    return found.digest()


def _add(picture: Image.Image, found: "blake2b") -> None:
    picture.load()
    found.update(f"{picture.mode} {picture.size} {picture.info.get('transparency')!r}".encode())
    found.update(bytes(picture.getpalette() or ()) if picture.mode == "P" else b"")
    for top in range(0, picture.height, _STRIP):
        found.update(picture.crop((0, top, picture.width, min(top + _STRIP, picture.height))).tobytes())
