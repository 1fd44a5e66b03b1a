"""Which kind of picture a file is, by its first bytes: the ending of its name may be wrong."""

import re
from collections.abc import Mapping

from msgspec import Struct

AGAIN = "copy it again from where it came from"
"""What to do about a picture that is damaged."""
EXPORT = "open it in a photo program and export it again"
"""What to do about one that is whole, and that storysite cannot take apart."""
HEAD = 1024
"""Bytes of a file that are looked at."""


class Kind(Struct, frozen=True):
    """A kind of picture: its name for people, the endings a file of it may have, and what may be kept in it."""

    title: str
    endings: tuple[str, ...]
    """The usual one first."""
    media_type: str
    transparent: bool = False
    """Whether it can have holes; so for the next two."""
    moving: bool = False
    wide: bool = False
    """Whether browsers show more colors than those of sRGB."""
    shown: bool = True
    """Whether browsers show it at all."""


KINDS: Mapping[str, Kind] = {
    "jpeg": Kind("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), "image/jpeg", wide=True),
    "png": Kind("PNG", (".png", ".apng"), "image/png", transparent=True, moving=True, wide=True),
    "gif": Kind("GIF", (".gif",), "image/gif", transparent=True, moving=True),
    "webp": Kind("WebP", (".webp",), "image/webp", transparent=True, moving=True, wide=True),
    "avif": Kind("AVIF", (".avif",), "image/avif", transparent=True, moving=True, wide=True),
    "heic": Kind("HEIC", (".heic", ".heif", ".hif"), "image/heic", transparent=True, wide=True, shown=False),
    "tiff": Kind("TIFF", (".tif", ".tiff"), "image/tiff", transparent=True, wide=True, shown=False),
    "bmp": Kind("BMP", (".bmp", ".dib"), "image/bmp"),
    "svg": Kind("SVG", (".svg",), "image/svg+xml", transparent=True),
}
"""Every kind of picture that is understood, by its name in code."""
_OTHER_ENDINGS = (".ico", ".jxl")
"""Of icons and JPEG XL, which are published as they are."""
_ENDINGS = (*(ending for kind in KINDS.values() for ending in kind.endings), *_OTHER_ENDINGS)
ENDING = f"(?:{'|'.join(map(re.escape, _ENDINGS))})"
"""What the name of a picture's file ends in, in small letters, as a part of a regular expression."""

_MAGIC = {
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "tiff": re.compile(rb"II\*\0|MM\0\*"),
    "bmp": re.compile(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL),
    "svg": re.compile(rb"\s*(?:<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|[^<])*<(?:\w+:)?svg[\s>]", re.DOTALL),
}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}


def kind_of(head: bytes) -> str:
    """Return the key in KINDS of a file that begins with `head`, "" for any other file."""
    if head[4:8] == b"ftyp":
        end = min(int.from_bytes(head[:4], "big"), HEAD)
        brands = {head[8:12], *(head[place : place + 4] for place in range(16, end, 4))}
        return "avif" if brands & {b"avif", b"avis"} else "heic" if brands & _HEIC else ""
    head = head[:HEAD].removeprefix(b"\xef\xbb\xbf")
    return next((kind for kind, magic in _MAGIC.items() if magic.match(head)), "")
