"""Pictures made for tests: every kind, lying on each side, with what phones and programs write into them."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from storysite.photos.metadata import Thing
from tests.tools import require

SIZE = (48, 32)
CORNERS = ((255, 0, 0), (0, 160, 0), (0, 0, 255), (255, 200, 0))
"""The colors of the corners: top left, top right, bottom left, bottom right."""
RASTER = ("jpeg", "png", "gif", "webp", "avif", "heic", "tiff", "bmp")
TURNABLE = ("jpeg", "png", "webp", "avif", "heic", "tiff")
SETTINGS: Mapping[str, Mapping[str, object]] = {
    "jpeg": {"format": "JPEG", "quality": 95, "subsampling": 0},
    "png": {"format": "PNG"},
    "gif": {"format": "GIF"},
    "webp": {"format": "WEBP", "lossless": True},
    "avif": {"format": "AVIF", "quality": 95, "subsampling": "4:4:4", "max_threads": 1, "speed": 9},
    "heic": {"format": "HEIF", "quality": 95},
    "tiff": {"format": "TIFF", "compression": "tiff_lzw"},
    "bmp": {"format": "BMP"},
}
TOLD: Mapping[Thing, Sequence[str]] = {
    Thing.PLACE: ("-EXIF:GPSLatitude=41.1", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=81.5"),
    Thing.SERIAL: ("-EXIF:SerialNumber=0042-77",),
    Thing.OWNER: ("-EXIF:Artist=Ana Rivera",),
    Thing.TEXT: ("-EXIF:UserComment=Room 12",),
    Thing.TIME: ("-EXIF:DateTimeOriginal=2026:11:20 10:15:00",),
    Thing.CAMERA: ("-EXIF:Model=Phone 15",),
    Thing.PROGRAM: ("-EXIF:Software=Editor 3",),
    Thing.PEOPLE: ("-XMP-iptcExt:PersonInImage=Ana Rivera",),
}
"""What exiftool is told to write for each thing."""
TOLD_OTHERWISE: Mapping[str, tuple[Thing, Sequence[str]]] = {
    "xmp-place": (Thing.PLACE, ("-XMP-exif:GPSLatitude=41.1",)),
    "xmp-city": (Thing.PLACE, ("-XMP-photoshop:City=Akron",)),
    "xmp-serial": (Thing.SERIAL, ("-XMP-aux:SerialNumber=0042",)),
    "xmp-creator": (Thing.OWNER, ("-XMP-dc:Creator=Ana Rivera",)),
    "xmp-face": (Thing.PEOPLE, ("-XMP-mwg-rs:RegionName=Ana",)),
    "xmp-text": (Thing.TEXT, ("-XMP-dc:Description=Ana in room 12",)),
    "exif-owner": (Thing.OWNER, ("-EXIF:OwnerName=Ana Rivera",)),
    "exif-lens": (Thing.SERIAL, ("-EXIF:LensSerialNumber=77",)),
}
IN_JPEG: Mapping[str, tuple[Thing, Sequence[str]]] = {
    "iptc-by-line": (Thing.OWNER, ("-IPTC:By-line=Ana Rivera",)),
    "iptc-city": (Thing.PLACE, ("-IPTC:City=Akron",)),
    "iptc-caption": (Thing.TEXT, ("-IPTC:Caption-Abstract=Room 12",)),
    "comment": (Thing.TEXT, ("-Comment=Room 12",)),
}


@cache
def _register_heic() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()


@cache
def base() -> Image.Image:
    """Return a picture that looks different lying on each side: each quarter has a color of its own."""
    picture = Image.new("RGB", SIZE)
    for number, color in enumerate(CORNERS):
        picture.paste(color, (number % 2 * SIZE[0] // 2, number // 2 * SIZE[1] // 2, *SIZE))
    return picture


def lying(turned: int, picture: Image.Image | None = None) -> Image.Image:
    """Return a picture, base() by default, as a camera holds it that has to be turned as EXIF numbers it."""
    picture = picture or base()
    back = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    ways = {2: 0, 3: 3, 4: 1, 5: 5, 7: 6}
    if turned in back:
        return picture.transpose(back[turned])
    return picture.transpose(Image.Transpose(ways[turned])) if turned in ways else picture.copy()


def made(kind: str, turned: int = 1, picture: Image.Image | None = None, **more: object) -> bytes:
    """Return the bytes of a picture of a kind that has to be turned."""
    if kind == "heic":
        _register_heic()
    exif = Image.Exif()
    if turned != 1:
        exif[0x0112] = turned
    options = {**SETTINGS[kind], **({"exif": exif.tobytes()} if turned != 1 else {}), **more}
    if kind == "tiff" and turned != 1:
        options = {**SETTINGS[kind], "tiffinfo": {0x0112: turned}, **more}
    written = BytesIO()
    (picture or lying(turned)).save(written, **options)  # type: ignore[arg-type]
    return written.getvalue()


@cache
def small(number: int, kind: str = "png") -> bytes:
    """Return a small picture of a kind, another for each number."""
    return made(kind, picture=Image.new("RGB", (6, 4), (number % 256, number // 256 % 256, 90)))


def shown(data: bytes) -> Image.Image:
    """Return a picture as people see it, read by Pillow alone."""
    _register_heic()
    return ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """Return the colors of the four corners of a picture."""
    wide, high = picture.size
    places = [
        (wide // 8, high // 8),
        (wide * 7 // 8, high // 8),
        (wide // 8, high * 7 // 8),
        (wide * 7 // 8, high * 7 // 8),
    ]
    found = [picture.convert("RGB").getpixel(place) for place in places]
    return [color for color in found if isinstance(color, tuple)]


def upright(data: bytes, near: int = 30) -> bool:
    """Return whether a picture shows base() upright."""
    return all(
        abs(one - other) <= near
        for color, wanted in zip(corners(shown(data)), CORNERS, strict=True)
        for one, other in zip(color, wanted, strict=True)
    )


def tell(files: Mapping[Path, Sequence[str]]) -> None:
    """Let exiftool write into each file what it is told."""
    lines = [
        line for file, told in files.items() for line in (*told, "-overwrite_original", "-q", str(file), "-execute")
    ]
    _exiftool(lines)


def told_by(files: Sequence[Path]) -> dict[str, dict[str, object]]:
    """Return what exiftool finds in each file, by its name, without what the system tells of the file."""
    found = json.loads(_exiftool(["-j", "-G1", "-a", "-u", "-U", "-ee", *map(str, files)]))
    outside = ("System:", "SourceFile", "ExifTool:", "Composite:", "File:ExifByteOrder")
    return {
        Path(each["SourceFile"]).name: {key: value for key, value in each.items() if not key.startswith(outside)}
        for each in found
    }


def _exiftool(lines: Sequence[str]) -> bytes:
    command = [require("exiftool"), "-@", "-"]
    result = subprocess.run(command, input="\n".join(lines).encode(), capture_output=True, check=False)
    return result.stdout


def phone_photo(kind: str = "jpeg", *, degrees: int = 41, turned: int = 6, owner: str = "Ana Rivera") -> bytes:
    """Return a picture as a phone makes it: it lies on its side, and tells by whom and, unless `degrees` is 0, where."""
    picture = lying(turned)
    exif = picture.getexif()
    exif[0x0112] = turned
    if owner:
        exif[0x013B] = owner
    if degrees:
        exif.get_ifd(0x8825).update({1: "N", 2: (float(degrees), 4.0, 1.0), 3: "W", 4: (81.0, 30.0, 1.0)})
    made = BytesIO()
    picture.save(made, **SETTINGS[kind], exif=exif)  # type: ignore[arg-type]
    return made.getvalue()
