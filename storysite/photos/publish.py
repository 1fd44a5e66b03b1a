"""What of a picture is published: nothing but the picture, of each kind in its way."""

from storysite.errors import BadValue
from storysite.photos.kinds import HEAD, kind_of

PHOTO, DRAWING = "photo", "drawing"
"""The ways: what is made of pixels is scrubbed, a drawing (SVG) is cleaned."""
LARGEST = 100_000_000
"""Bytes of a picture that is published, which is held as a whole three times, in several processes. GitHub's bound."""


def published_as(path: str, head: bytes) -> str:
    """Return in which way a file is published that begins with `head`, "" for one that is copied as it is.

    Browsers take for a drawing what is called one: some begin with more than is looked at.
    """
    if kind_of(head[:HEAD]) not in ("", "svg"):
        return PHOTO
    return DRAWING if path.lower().endswith(".svg") else ""


def only_picture(data: bytes, way: str) -> bytes:
    """Return what is published of a picture. Raises BadValue if it is too large, or too damaged to find the picture."""
    if len(data) > LARGEST:
        raise too_large_to_publish()
    if way == DRAWING:
        from storysite.photos.svg import clean_svg

        return clean_svg(data)
    from storysite.photos.scrub import scrub

    return scrub(data)


def too_large_to_publish() -> BadValue:
    """Return what is wrong with a picture that is larger than LARGEST."""
    what = f"this picture has more than {LARGEST // 1_000_000} MB"
    return BadValue(what, "make it smaller: 4,000 pixels wide is plenty")
