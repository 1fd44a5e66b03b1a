"""The same picture, to the last pixel, without anything but the picture: what may stay is listed, all else goes.

How it must be turned is kept, as the only tag of a block of EXIF; so is a color profile other than sRGB, without its
words. What follows the end of the picture is cut off: films of phones, second pictures, what a cropping program left.
"""

import zlib
from collections.abc import Callable, Mapping

from storysite.errors import BadValue
from storysite.photos.boxes import boxes, items
from storysite.photos.carried import BOXES, PNG_PICTURE, WEBP_PICTURE, carried
from storysite.photos.color import plain_profile
from storysite.photos.exif import orientation_in, orientation_only
from storysite.photos.kinds import HEAD, kind_of
from storysite.photos.parts import blocks_in, gif_parts, jpeg_parts, png_parts, webp_parts
from storysite.photos.tiff import scrubbed_tiff

_JPEG_DROPPED = {*(f"F{digit:X}" for digit in range(14)), "COM"}
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_VP8X_PROFILE, _VP8X_EXIF, _VP8X_XMP = 0x20, 0x08, 0x04
_PRIVATE_BOXES = ("uuid", "udta")
_EMPTY_EXIF = b"\0\0\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"
"""What stands in HEIC and AVIF for EXIF without tags: readers refuse a picture whose EXIF they cannot read."""


def scrub(data: bytes) -> bytes:
    """Return a picture without anything but the picture; nothing of it is decoded.

    Twice comes to the same as once. Raises BadValue for a file that is no picture, or is too damaged.
    """
    kind = kind_of(data[:HEAD])
    if kind not in _SCRUBS:
        raise BadValue("this is not a picture that storysite can read")
    return _SCRUBS[kind](data)


def head_of(data: bytes) -> bytes:
    """Return what tells a picture's size, scrubbed: of a JPEG and a PNG, the pieces before its pixels."""
    kind = kind_of(data[:HEAD])
    if kind == "jpeg":
        return _jpeg(data, pixels=False)
    return _png(data, pixels=False) if kind == "png" else scrub(data)


def _jpeg(data: bytes, *, pixels: bool = True) -> bytes:
    found = carried(data, "jpeg", pixels=False)
    turned, profile = orientation_in(found.exif), plain_profile(found.icc)
    kept: list[bytes] = []
    for part in jpeg_parts(data, pixels=pixels):
        content = data[part.body : min(part.end, part.body + 12)]
        if part.name == "APP0" and content.startswith(b"JFIF\0"):
            head = b"\xff\xe0\0\x10" + content.ljust(12, b"\0") + b"\0\0"
            kept = [head, *(other for other in kept if not other.startswith(head[:2]))]
        elif part.name == "APP14" and content.startswith(b"Adobe"):
            kept.append(b"\xff\xee\0\x0e" + content.ljust(12, b"\0"))
        elif not part.name.startswith("APP") and part.name not in _JPEG_DROPPED:
            kept.append(data[part.start : part.stop])
    jfif = 1 if kept and kept[0].startswith(b"\xff\xe0") else 0
    return b"".join([b"\xff\xd8", *kept[:jfif], *_jpeg_extra(turned, profile), *kept[jfif:]])


def _jpeg_extra(turned: int, profile: bytes) -> list[bytes]:
    """Return the segments that say how a JPEG is turned and which colors it has."""
    bodies = [b"Exif\0\0" + orientation_only(turned)] if turned != 1 else []
    found = [b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body for body in bodies]
    pieces = [profile[start : start + 65_000] for start in range(0, len(profile), 65_000)]
    for number, piece in enumerate(pieces, 1):
        body = b"ICC_PROFILE\0" + bytes((number, len(pieces))) + piece
        found.append(b"\xff\xe2" + (len(body) + 2).to_bytes(2, "big") + body)
    return found


def _png(data: bytes, *, pixels: bool = True) -> bytes:
    found = carried(data, "png")
    turned, profile = orientation_in(found.exif), plain_profile(found.icc)
    kept = [data[:8]]
    for part in png_parts(data):
        if part.name == "IDAT" and not pixels:
            return b"".join([*kept, data[part.start : part.body]])
        if part.name == "iCCP":
            if profile:
                kept.append(_chunk(b"iCCP", b"icc\0\0" + zlib.compress(profile, 9)))
        elif part.name in PNG_PICTURE:
            kept.append(data[part.start : part.stop])
        if part.name == "IHDR" and turned != 1:
            kept.append(_chunk(b"eXIf", orientation_only(turned)))
    return b"".join(kept)


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def _webp(data: bytes) -> bytes:
    found = carried(data, "webp")
    parts = list(webp_parts(data))
    turned, profile = orientation_in(found.exif), plain_profile(found.icc)
    if not parts or parts[0].name != "VP8X":  # without that chunk there can be no others
        turned, profile = 1, b""
    kept = []
    for part in parts:
        content = data[part.body : part.end]
        if part.name == "VP8X":
            flags = content[0] & ~(_VP8X_PROFILE | _VP8X_EXIF | _VP8X_XMP) if content else 0
            flags |= _VP8X_PROFILE * bool(profile) | _VP8X_EXIF * (turned != 1)
            kept.append(_riff(b"VP8X", bytes((flags,)) + content[1:]))
            kept += [_riff(b"ICCP", profile)] if profile else []
        elif part.name in WEBP_PICTURE and part.name != "ICCP":
            kept.append(_riff(part.name.encode("latin-1"), content))
    if turned != 1:
        kept.append(_riff(b"EXIF", orientation_only(turned)))
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _riff(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) & 1)


def _gif(data: bytes) -> bytes:
    kept = []
    for part in gif_parts(data):
        if part.name in ("head", "image", "21f9", "trailer"):
            kept.append(data[part.start : part.stop])
        elif part.name == "21ff" and data[part.body + 1 : part.body + 12] in _LOOPS:
            times = blocks_in(data, part)[11:14]
            if len(times) == 3 and times[0] == 1:
                kept.append(b"\x21\xff\x0b" + data[part.body + 1 : part.body + 12] + b"\x03" + times + b"\0")
    return b"".join(kept)


def _boxes(data: bytes) -> bytes:
    """Return a HEIC or AVIF file with blanks for what is no picture; a box of their own says how they are turned."""
    blank = bytearray(data)
    for item in items(data):
        if item.name in ("Exif", "mime", "uri "):
            empty = _EMPTY_EXIF if item.name == "Exif" else b""
            for start, end in item.places:
                blank[start:end] = empty.ljust(end - start, b"\0") if len(empty) <= end - start else bytes(end - start)
                empty = b""
    top = list(boxes(data))
    again = next((number for number, box in enumerate(top) if number and box.name == "ftyp"), len(top))
    top = top[:again]  # behind a second beginning there is another file
    stop = max((box.end for box in top if box.name in BOXES), default=len(data))
    inner = [
        each
        for box in top
        for each in (boxes(data, box.body + 4 * (box.name == "meta"), box.end) if box.name in ("meta", "moov") else ())
        if each.name in _PRIVATE_BOXES
    ]
    for box in [*inner, *(box for box in top if box.name not in BOXES)]:
        blank[box.start + 4 : box.start + 8] = b"free"
        blank[box.body : box.end] = bytes(box.end - box.body)
    return bytes(blank[:stop])


def _bmp(data: bytes) -> bytes:
    return data[: int.from_bytes(data[2:6], "little") or len(data)]


_SCRUBS: Mapping[str, Callable[[bytes], bytes]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "heic": _boxes,
    "avif": _boxes,
    "tiff": scrubbed_tiff,
    "bmp": _bmp,
}
