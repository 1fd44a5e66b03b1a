"""Reads what a picture is from its head. Its pixels are never decoded, so that this takes less than a millisecond."""

from itertools import islice
from pathlib import Path

from storysite.errors import BadValue
from storysite.photos.carried import carried
from storysite.photos.color import is_wide
from storysite.photos.exif import orientation_in
from storysite.photos.facts import LARGEST_FILE, MOST_FRAMES, Facts, too_large
from storysite.photos.kinds import AGAIN, HEAD, KINDS, kind_of
from storysite.photos.parts import gif_parts
from storysite.photos.scrub import head_of

_UPRIGHT_ALREADY = ("heic", "tiff")
"""What Pillow turns by itself, or its plugin."""
_DEEP = ("I", "F")


def read_picture(file: Path) -> bytes:
    """Return the bytes of a picture's file. Raises BadValue if it is larger than any picture, OSError if unreadable."""
    with file.open("rb") as opened:
        data = opened.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        what = f"this file has more than the {LARGEST_FILE / 1e6:.0f} MB that a picture can have"
        raise BadValue(what, "make it smaller and try again")
    return data


def read_facts(data: bytes) -> Facts:
    """Return what a picture is. Raises BadValue if it is none, is damaged before its pixels, or cannot be decoded."""
    kind = kind_of(data[:HEAD])
    if not data:
        raise BadValue("the file is empty", AGAIN)
    if not kind:
        kinds = ", ".join(kind.title for kind in KINDS.values())
        raise BadValue("this is not a picture that storysite can read", f"save it as one of these: {kinds}")
    if kind == "svg":
        from storysite.photos.svg import svg_facts

        return svg_facts(data)
    facts = _facts(data, kind)
    if what := too_large(facts):
        raise BadValue(what, "make it smaller and try again: 4,000 pixels wide is plenty")
    return facts


def _facts(data: bytes, kind: str) -> Facts:
    from storysite.photos.pillow import guarded, open_picture

    with guarded():
        picture = open_picture(head_of(data), kind)
        width, height = picture.size
        mode = picture.mode
        transparent = picture.has_transparency_data
        frames = getattr(picture, "n_frames", 1) if kind in ("png", "webp", "avif") else 1
        turned = picture.getexif().get(0x0112, 1) if kind == "avif" else 1
        profile = picture.info.get("icc_profile") or b""
        progressive = bool(picture.info.get("progressive"))
        deep = mode.startswith(_DEEP) or (kind == "png" and data[24:25] == b"\x10")
    if kind == "gif":
        frames = sum(part.name == "image" for part in islice(gif_parts(data), 4 * MOST_FRAMES))
    if kind not in (*_UPRIGHT_ALREADY, "avif"):
        turned = orientation_in(carried(data, kind, pixels=False).exif)
    if turned >= 5:
        width, height = height, width
    return Facts(
        kind,
        width,
        height,
        turned=turned,
        frames=max(1, min(frames, MOST_FRAMES)),
        color="cmyk" if mode == "CMYK" else "gray" if mode in ("1", "L", "LA", "I", "F", "I;16") else "rgb",
        transparent=transparent,
        deep=deep,
        wide=is_wide(profile),
        progressive=progressive,
    )
