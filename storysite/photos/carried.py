"""What a picture file carries beside its pixels: EXIF, XMP, IPTC, a color profile, comments, what follows its end."""

import re
import zlib
from collections.abc import Callable, Mapping

from storysite.photos.boxes import boxes, items
from storysite.photos.parts import WALKS, Part, blocks_in, jpeg_parts

LARGEST_TEXT = 4_000_000
"""Bytes of a packed text or profile that are unpacked."""
_XMP, _MORE_XMP = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_RESOURCE = re.compile(rb"8BIM(..)(.)", re.DOTALL)
PNG_PICTURE = {
    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT",
    "acTL", "fcTL", "fdAT",
}  # fmt: skip
"""The chunks that decide what a PNG looks like: https://www.w3.org/TR/png-3/."""
WEBP_PICTURE = {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"}
BOXES = {"ftyp", "meta", "mdat", "moov", "moof", "mini"}
"""The boxes at the top of a HEIC or AVIF file that hold its picture."""
EMPTY = {"free", "skip"}


class Carried:
    """What was found beside a picture. `others` are pieces that no kind of metadata is known for, by their names."""

    def __init__(self) -> None:
        self.exif = b""
        self.xmp = b""
        self.iptc = b""
        self.icc = b""
        self.texts: list[tuple[str, str]] = []
        """Comments, each with the word that it stands beside."""
        self.thumbnail = False
        self.time = False
        self.others: list[str] = []
        self.tail = b""
        """What follows the end of the picture."""

    def read_photoshop(self, data: bytes) -> None:
        """Read the resources of Photoshop, in which IPTC lies."""
        for found in _RESOURCE.finditer(data):
            number = int.from_bytes(found[1], "big")
            start = found.end() + found[2][0] + (found[2][0] + 1 & 1)
            size = int.from_bytes(data[start : start + 4], "big")
            if number == 0x0404:
                self.iptc += data[start + 4 : start + 4 + size]
            self.thumbnail |= number in (0x0409, 0x040C)


def carried(data: bytes, kind: str, *, pixels: bool = True) -> Carried:
    """Return what a picture of a kind of KINDS carries; of a damaged one, what can be found.

    Without `pixels` only what comes before them in a JPEG is looked at.
    """
    found = Carried()
    if kind in ("heic", "avif"):
        _from_boxes(data, found)
        return found
    if kind == "tiff":
        found.exif = data
        return found
    if kind == "bmp":
        found.tail = data[int.from_bytes(data[2:6], "little") or len(data) :]
        return found
    if kind not in WALKS:
        return found
    stop = 0
    profile: dict[int, bytes] = {}
    for part in WALKS[kind](data) if pixels or kind != "jpeg" else jpeg_parts(data, pixels=False):
        stop = part.stop
        _READERS[kind](data, part, found, profile)
    found.icc = found.icc or b"".join(profile[number] for number in sorted(profile))
    found.tail = data[stop:] if stop and pixels else b""
    return found


def _from_jpeg(data: bytes, part: Part, found: Carried, profile: dict[int, bytes]) -> None:
    content = data[part.body : part.end] if part.name[:3] in ("APP", "COM") else b""
    match part.name:
        case "COM":
            found.texts.append(("comment", _text(content)))
        case "APP0":
            found.thumbnail |= content.startswith(b"JFXX\0") or len(content) > 14
        case "APP1" if content.startswith(b"Exif\0"):
            found.exif += content[6:]
        case "APP1" if content.startswith(_XMP):
            found.xmp += content[len(_XMP) :]
        case "APP1" if content.startswith(_MORE_XMP):
            found.xmp += content[len(_MORE_XMP) + 40 :]
        case "APP2" if content.startswith(b"ICC_PROFILE\0"):
            profile.setdefault(content[12] if len(content) > 12 else 0, content[14:])
        case "APP13" if content.startswith(b"Photoshop 3.0\0"):
            found.read_photoshop(content[14:])
        case "APP14" if content.startswith(b"Adobe"):
            if len(content) > 12:
                found.others.append("APP14")
        case name if name.startswith("APP"):
            found.others.append(name)


def _from_png(data: bytes, part: Part, found: Carried, profile: dict[int, bytes]) -> None:
    content = data[part.body : part.end] if part.name not in ("IDAT", "fdAT") else b""
    match part.name:
        case "eXIf":
            found.exif += content.removeprefix(b"Exif\0\0")
        case "iCCP":
            profile.setdefault(0, unpacked(content.partition(b"\0")[2][1:]))
        case "tIME":
            found.time = True
        case "tEXt" | "zTXt" | "iTXt":
            word, _, text = content.partition(b"\0")
            if part.name == "zTXt":
                text = unpacked(text[1:])
            elif part.name == "iTXt":
                packed, text = text[:1] == b"\1", text[2:].partition(b"\0")[2].partition(b"\0")[2]
                text = unpacked(text) if packed else text
            _png_text(word.decode("latin-1"), text, found)
        case name if name not in PNG_PICTURE:
            found.others.append(name)


def _png_text(word: str, text: bytes, found: Carried) -> None:
    """Sort a text of a PNG: XMP has a name of its own; ImageMagick writes other blocks as a name, a size and digits."""
    if word == "XML:com.adobe.xmp":
        found.xmp += text
    elif word.startswith("Raw profile type "):
        digits = re.sub(rb"[^0-9a-fA-F]", b"", text.strip().split(b"\n", 2)[-1])
        block = bytes.fromhex(digits[: len(digits) & ~1].decode())
        match word.removeprefix("Raw profile type "):
            case "exif" | "APP1" if block.startswith(b"Exif\0\0"):
                found.exif += block[6:]
            case "xmp" | "APP1":
                found.xmp += block
            case "iptc" | "8bim":
                found.read_photoshop(block)
            case _:
                found.others.append(word)
    else:
        found.texts.append((word, _text(text)))


def _from_webp(data: bytes, part: Part, found: Carried, profile: dict[int, bytes]) -> None:
    match part.name:
        case "EXIF":
            found.exif += data[part.body : part.end].removeprefix(b"Exif\0\0")
        case "XMP ":
            found.xmp += data[part.body : part.end]
        case "ICCP":
            profile.setdefault(0, data[part.body : part.end])
        case name if name not in WEBP_PICTURE:
            found.others.append(name)


def _from_gif(data: bytes, part: Part, found: Carried, _profile: dict[int, bytes]) -> None:
    if part.name == "21fe":
        found.texts.append(("comment", _text(blocks_in(data, part))))
    elif part.name == "21ff":
        program = data[part.body + 1 : part.body + 12]
        if program == b"XMP DataXMP":
            found.xmp += data[part.body + 12 : part.end]
        elif program not in (b"NETSCAPE2.0", b"ANIMEXTS1.0"):
            found.others.append(_text(program))
    elif part.name == "2101":
        found.texts.append(("comment", _text(blocks_in(data, part))))


_READERS: Mapping[str, Callable[[bytes, Part, Carried, dict[int, bytes]], None]] = {
    "jpeg": _from_jpeg,
    "png": _from_png,
    "webp": _from_webp,
    "gif": _from_gif,
}


def _from_boxes(data: bytes, found: Carried) -> None:
    for item in items(data):
        content = b"".join(data[start:end] for start, end in item.places)
        if item.name == "Exif":
            skipped = 4 + int.from_bytes(content[:4], "big")
            found.exif += content[skipped:] if content.strip(b"\0") else b""
        elif item.name == "mime":
            found.xmp += content.strip(b"\0")
    for number, box in enumerate(boxes(data)):
        if box.name == "ftyp" and number:
            found.tail = data[box.start :]
            return
        if box.name not in BOXES | EMPTY or (box.name in EMPTY and data[box.body : box.end].strip(b"\0")):
            found.others.append(box.name)


def unpacked(data: bytes) -> bytes:
    """Return what zlib has packed, as far as it can be read, and of very much the beginning."""
    try:
        return zlib.decompressobj().decompress(data, LARGEST_TEXT)
    except zlib.error:
        return b""


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8").strip("\0 \r\n\t")
    except UnicodeDecodeError:
        return data.decode("latin-1").strip("\0 \r\n\t")
