"""The picture of a printed sheet: a small JPEG of a file of the site, with nothing in it but the picture."""

from pathlib import Path

from storysite.errors import BadValue
from storysite.photos.header import read_facts, read_picture
from storysite.photos.recipe import cropped

WIDTH, SHAPE = 900, (4, 3)
"""Pixels for three inches of paper."""


def sheet_picture(file: Path, focus: tuple[int, int]) -> bytes:
    """Return the picture in a file, cut around its focus; nothing for a drawing, or for one that cannot be read."""
    from storysite.photos.derive import derive  # Pillow takes long to load

    try:
        data = read_picture(file)
        facts = read_facts(data)
        return b"" if facts.kind == "svg" else derive(data, [cropped(facts, WIDTH, SHAPE, focus, "jpeg")])[0]
    except (BadValue, OSError):
        return b""
