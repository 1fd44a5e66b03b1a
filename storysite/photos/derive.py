"""Makes copies of a picture: upright, in the colors that screens have, with nothing in them but the picture.

The same bytes and recipe give the same bytes, for given versions of Pillow and of the encoders within it. A copy is
never larger than the picture.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice

from msgspec.structs import replace
from PIL import Image, ImageCms, ImageSequence

from storysite.errors import BadValue
from storysite.photos.color import display_p3, is_srgb, is_wide
from storysite.photos.facts import Facts
from storysite.photos.focus import focus_of
from storysite.photos.header import read_facts
from storysite.photos.kinds import KINDS
from storysite.photos.pillow import guarded, open_picture
from storysite.photos.recipe import Recipe, keeps_moving
from storysite.photos.scrub import scrub
from storysite.room import room

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SHARP = 3.0
"""How much larger than wanted a picture is after the first, fast step of making it smaller."""
_FASTEST_FRAME = 20
"""Milliseconds: browsers show a frame of less than that for a tenth of a second."""
_LEAST_QUALITY = 20
"""At which even noise of 1200 by 630 pixels is a JPEG of less than 300 KB."""
_DRAFT = 256
"""Pixels of the longer side at which a picture is looked at for its focus."""


def derive(data: bytes, recipes: Sequence[Recipe]) -> list[bytes]:
    """Return the copies of a picture that the recipes ask for, in their order; each is what it would be alone.

    Raises BadValue, with what is wrong with it, for a picture that cannot be read, and MemoryError never.
    """
    facts = read_facts(data)
    with room(facts.memory + 2 * len(data)), guarded():
        stills: dict[float, Image.Image] = {}
        return [_made(data, facts, recipe, stills) for recipe in recipes]


def find_focus(data: bytes) -> tuple[int, int]:
    """Return the point of most detail of a picture, in percent. Raises BadValue for one that cannot be read."""
    facts = read_facts(data)
    with room(facts.memory + 2 * len(data)), guarded():
        return focus_of(_upright(data, facts, _step(facts, _DRAFT / max(facts.width, facts.height))))


def _made(data: bytes, facts: Facts, recipe: Recipe, stills: dict[float, Image.Image]) -> bytes:
    if recipe.width > facts.width or recipe.height > facts.height:
        raise BadValue("a copy of a picture cannot be larger than the picture")
    if recipe.moving:
        if recipe.kind == facts.kind == "gif" and (recipe.width, recipe.height) == (facts.width, facts.height):
            return scrub(data)
        if not keeps_moving(facts, recipe.kind, recipe.width, recipe.height):
            raise BadValue("this picture has too many frames to be kept moving")
        return _film(data, facts, recipe)
    step = _step(facts, _needed(facts, recipe))
    still = stills.get(step)
    if still is None:
        still = stills[step] = _upright(data, facts, step)
    return _small_enough(_for_kind(_sized(still, recipe), recipe.kind), recipe)


def _needed(facts: Facts, recipe: Recipe) -> float:
    """Return the scale at which a picture must be decoded for a recipe, at most 1."""
    scales = (recipe.width / facts.width, recipe.height / facts.height)
    return min(1.0, max(scales) if recipe.focus else min(scales))


def _step(facts: Facts, scale: float) -> float:
    """Return at which scale a picture is decoded that is needed at `scale`: a JPEG at 1/8, 1/4, 1/2 or 1, others whole.

    It depends on nothing else: a copy has the same bytes whichever others are made with it.
    """
    return min(step for step in (1 / 8, 1 / 4, 1 / 2, 1.0) if step >= min(1.0, scale)) if facts.kind == "jpeg" else 1.0


def _upright(data: bytes, facts: Facts, scale: float) -> Image.Image:
    """Return a picture as people see it, in RGB or RGBA, or with colors that are still those of its profile.

    `scale` is a step at which it can be decoded.
    """
    picture = open_picture(scrub(data), facts.kind)
    if facts.kind == "jpeg":
        picture.draft(None, (max(1, int(picture.width * scale)), max(1, int(picture.height * scale))))
    picture.load()
    picture = _plain_mode(picture)
    turned = picture.getexif().get(0x0112, 1) if facts.kind == "avif" else facts.turned
    if turned in _TURNS:
        profile = picture.info.get("icc_profile")
        picture = picture.transpose(_TURNS[turned])
        picture.info["icc_profile"] = profile
    return picture


def _plain_mode(picture: Image.Image) -> Image.Image:
    """Return a picture in one of the modes RGB, RGBA, L, LA and CMYK: no palette, and eight bits for each color."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16"):
        found = picture.point(lambda value: value / 256, "L") if picture.mode == "I;16" else _eight_bits(picture)
    elif picture.mode in ("I", "F"):
        found = _eight_bits(picture)
    elif picture.has_transparency_data:
        found = picture if picture.mode in ("RGBA", "LA") else picture.convert("RGBA")
    elif picture.mode in ("RGB", "L", "CMYK"):
        found = picture
    else:
        found = picture.convert("L" if picture.mode == "1" else "RGB")
    if profile and found is not picture:
        found.info["icc_profile"] = profile
    return found


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture of whole or broken numbers, from its darkest to its brightest."""
    numbers = picture.convert("F")
    extrema = numbers.getextrema()
    low, high = (float(bound) if isinstance(bound, int | float) else 0.0 for bound in extrema)
    if low >= 0 and 255 < high <= 65535:
        low, high = 0.0, 65535.0
    span = high - low or 1.0
    return numbers.point(lambda value: value * (255 / span) - low * 255 / span).convert("L")


def _sized(picture: Image.Image, recipe: Recipe) -> Image.Image:
    """Return a picture at the size of a recipe: all of it, or the part around its focus."""
    profile = picture.info.get("icc_profile")
    size, box = (recipe.width, recipe.height), (0.0, 0.0, float(picture.width), float(picture.height))
    if recipe.focus:
        box = crop_box(picture.size, size, recipe.focus)
    found = picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=_SHARP)
    found.info = {"icc_profile": profile} if profile else {}
    return found


def crop_box(
    whole: tuple[int, int], size: tuple[int, int], focus: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Return the largest part of a picture in the shape of `size`, its middle near a point (in percent)."""
    scale = min(whole[0] / size[0], whole[1] / size[1])
    parts = min(size[0] * scale, whole[0]), min(size[1] * scale, whole[1])  # a whole side may be a hair more by the sum
    starts = [
        min(max(0.0, side * point / 100 - part / 2), side - part)
        for side, point, part in zip(whole, focus, parts, strict=True)
    ]
    return starts[0], starts[1], min(starts[0] + parts[0], whole[0]), min(starts[1] + parts[1], whole[1])


def _for_kind(picture: Image.Image, kind: str) -> Image.Image:
    """Return a picture in the colors of screens, sRGB or Display P3, and without holes where its kind can have none."""
    found = _in_screen_colors(picture, kind)
    if found.mode in ("LA", "RGBA") and not KINDS[kind].transparent:
        sheet = Image.new("RGB", found.size, "white")
        sheet.paste(found.convert("RGBA"), mask=found.getchannel("A"))
        sheet.info = found.info
        return sheet
    return found


def _in_screen_colors(picture: Image.Image, kind: str) -> Image.Image:
    profile = picture.info.get("icc_profile") or b""
    picture.info = {}
    if profile and not is_srgb(profile):
        try:
            return _converted(picture, profile, wide=KINDS[kind].wide and is_wide(profile))
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile for other colors than those of the picture says nothing of them
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _converted(picture: Image.Image, profile: bytes, *, wide: bool) -> Image.Image:
    holes = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    space = profile[16:20]
    flat = picture.convert("L" if space == b"GRAY" else "CMYK" if space == b"CMYK" else "RGB")
    target = ImageCms.ImageCmsProfile(BytesIO(display_p3())) if wide else ImageCms.createProfile("sRGB")
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    found = ImageCms.profileToProfile(flat, source, target, renderingIntent=intent, outputMode="RGB", flags=flags)
    assert found is not None  # noqa: S101 - it is changed in place only when asked
    if holes:
        found.putalpha(holes)
    found.info = {"icc_profile": display_p3()} if wide else {}
    return found


def _small_enough(picture: Image.Image, recipe: Recipe) -> bytes:
    """Return a copy of no more bytes than its recipe allows, at the best quality for that."""
    made = _encoded(picture, recipe)
    quality = recipe.quality
    while recipe.most and len(made) > recipe.most and quality > _LEAST_QUALITY:
        quality -= 10
        made = _encoded(picture, replace(recipe, quality=quality))
    return made


def _encoded(picture: Image.Image, recipe: Recipe) -> bytes:
    profile = picture.info.get("icc_profile", b"")
    written = BytesIO()
    match recipe.kind:
        case "jpeg":
            picture = picture.convert("RGB") if picture.mode != "L" else picture
            picture.save(written, "JPEG", quality=recipe.quality, optimize=True, progressive=True, icc_profile=profile)
        case "webp":
            picture = (
                picture
                if picture.mode in ("RGB", "RGBA")
                else picture.convert("RGBA" if picture.mode == "LA" else "RGB")
            )
            picture.save(written, "WEBP", quality=recipe.quality, method=4, icc_profile=profile)
        case "avif":
            picture = (
                picture
                if picture.mode in ("RGB", "RGBA")
                else picture.convert("RGBA" if picture.mode == "LA" else "RGB")
            )
            picture.save(written, "AVIF", quality=recipe.quality, speed=6, max_threads=1, icc_profile=profile)
        case "png":
            picture.save(
                written, "PNG", optimize=picture.width * picture.height <= 4_000_000, icc_profile=profile or None
            )
        case "gif":
            picture.save(written, "GIF")
        case _:
            raise BadValue(f"copies are not made as {recipe.kind}")
    return scrub(written.getvalue())


def _film(data: bytes, facts: Facts, recipe: Recipe) -> bytes:
    """Return a picture whose frames move, each at the size of a recipe."""
    source = open_picture(scrub(data), facts.kind)
    loop = source.info.get("loop", 0 if facts.kind != "gif" else 1)
    frames, durations = [], []
    for frame in islice(_frames(source), facts.frames):
        upright = _plain_mode(frame.convert("RGBA"))
        durations.append(max(_FASTEST_FRAME, round(float(source.info.get("duration") or 100))))
        if facts.turned in _TURNS:
            upright = upright.transpose(_TURNS[facts.turned])
        frames.append(_for_kind(_sized(upright, recipe), recipe.kind))
    written = BytesIO()
    options: dict[str, object] = {"save_all": True, "append_images": frames[1:], "duration": durations}
    if recipe.kind == "webp":
        options |= {"quality": recipe.quality, "method": 3, "loop": loop}
    elif recipe.kind == "avif":
        options |= {"quality": recipe.quality, "speed": 8, "max_threads": 1}
    else:
        options |= {"loop": loop, **({"disposal": 2} if recipe.kind == "gif" else {})}
    frames[0].save(written, KINDS[recipe.kind].title.upper(), **options)
    return scrub(written.getvalue())


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    yield from ImageSequence.Iterator(picture)
