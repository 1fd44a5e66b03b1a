"""Copies of pictures: upright, small, in the colors of screens, with nothing in them; the same bytes each time."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageDraw, ImageOps

from storysite.errors import BadValue
from storysite.photos import pillow
from storysite.photos.color import display_p3, is_srgb, is_wide, plain_profile
from storysite.photos.derive import crop_box, derive, find_focus
from storysite.photos.facts import Facts
from storysite.photos.header import read_facts
from storysite.photos.metadata import private_things
from storysite.photos.recipe import WIDTHS, Recipe, cropped, fallback_kind, fitted, recipes, widths
from storysite.photos.scrub import scrub
from tests.photos.pictures import CORNERS, RASTER, TURNABLE, base, corners, made, upright

KINDS_OF_COPIES = ("jpeg", "png", "webp", "avif")


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("kind", TURNABLE)
def test_copies_are_upright(kind: str, turned: int) -> None:
    """However the phone was held, and without a word on it: also where they are cut to a shape."""
    data = made(kind, turned)
    facts = read_facts(data)
    assert (facts.width, facts.height, facts.turned != 1) == (
        *base().size,
        turned != 1 and kind not in ("heic", "tiff"),
    )
    whole, square = derive(data, [fitted(facts, 24, "png"), cropped(facts, 24, (1, 1), (50, 50), "webp")])
    assert upright(whole)
    assert upright(square)
    assert Image.open(BytesIO(square)).size == (24, 24)
    assert "exif" not in Image.open(BytesIO(whole)).info


@pytest.mark.parametrize("copy", KINDS_OF_COPIES)
@pytest.mark.parametrize("kind", RASTER)
def test_every_kind_becomes_every_kind_of_copy(kind: str, copy: str) -> None:
    """With the colors that it had, and nothing else; and each time with the same bytes."""
    data = made(kind)
    recipe = fitted(read_facts(data), 48, copy)
    (found,) = derive(data, [recipe])
    assert upright(found, 40)
    assert private_things(found) == ()
    assert read_facts(found).kind == copy
    assert derive(data, [recipe]) == [found]
    assert derive(data, [fitted(read_facts(data), 20, "png"), recipe])[1] == found


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "I;16", "I", "F", "YCbCr", "LAB"]
)
def test_pictures_of_every_mode_have_copies(mode: str) -> None:
    """A printing press's four colors, 16 bits, a palette with holes: what is bright stays bright."""
    gray = base().convert("L")
    picture = {
        "I;16": lambda: gray.convert("I").point(lambda value: value * 257).convert("I;16"),
        "I": lambda: gray.convert("I").point(lambda value: value * 257),
        "F": lambda: gray.convert("F"),
        "PA": lambda: base().convert("P").convert("PA"),
        "LAB": lambda: ImageOps.exif_transpose(base()).convert("RGB"),
    }.get(mode, lambda: base().convert(mode))()
    kind = "tiff" if mode in ("CMYK", "F", "YCbCr", "LAB", "RGBX", "I") else "png"
    data = made(kind, picture=picture if mode != "PA" else base().convert("P"), compression="raw")
    facts = read_facts(data)
    for copy, found in zip(
        KINDS_OF_COPIES, derive(data, [fitted(facts, 24, copy) for copy in KINDS_OF_COPIES]), strict=True
    ):
        assert read_facts(found).kind == copy
        shown = [sum(color) for color in corners(Image.open(BytesIO(found)))]
        assert max(range(4), key=shown.__getitem__) == 3


def test_sixteen_bits_are_not_cut_to_white() -> None:
    """A gray of one half is that in the copy."""
    for value in (0, 0x4000, 0x8000, 0xFFFF):
        data = made("png", picture=Image.new("I;16", (8, 8), value))
        (found,) = derive(data, [fitted(read_facts(data), 8, "png")])
        assert Image.open(BytesIO(found)).getpixel((4, 4)) == value >> 8
        assert read_facts(data).deep


def test_holes_are_kept_where_a_kind_can_and_white_elsewhere() -> None:
    """Also those of a palette, and without a dark edge around them."""
    picture = Image.new("RGBA", (40, 40))
    ImageDraw.Draw(picture).rectangle((10, 10, 29, 29), fill=(250, 40, 40, 255))
    for each in (made("png", picture=picture), made("gif", picture=picture), made("webp", picture=picture)):
        facts = read_facts(each)
        assert facts.transparent
        jpeg, webp = derive(each, [fitted(facts, 20, "jpeg"), fitted(facts, 20, "webp")])
        corner = Image.open(BytesIO(jpeg)).getpixel((1, 1))
        assert isinstance(corner, tuple) and min(corner) > 245
        assert Image.open(BytesIO(webp)).convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]
        assert fallback_kind(facts) == "png"


def test_colors_of_other_profiles_are_those_of_screens() -> None:
    """A phone's wide colors stay wide in Display P3; what says that it is sRGB says nothing any more."""
    data = made("jpeg", icc_profile=display_p3())
    facts = read_facts(data)
    assert facts.wide
    for copy in KINDS_OF_COPIES:
        (found,) = derive(data, [fitted(facts, 48, copy)])
        profile = Image.open(BytesIO(found)).info.get("icc_profile")
        assert profile == display_p3() == plain_profile(display_p3())
        assert is_wide(profile)
        assert not is_srgb(profile)
    assert len(display_p3()) < 600


def test_srgb_is_known_by_whomever_its_profile_was_made() -> None:
    """Little CMS, and those with a curve of numbers."""
    from PIL import ImageCms

    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert is_srgb(own)
    assert plain_profile(own) == b""
    (found,) = derive(made("png", icc_profile=own), [Recipe("png", 48, 32)])
    assert "icc_profile" not in Image.open(BytesIO(found)).info
    assert not is_srgb(b"") and not is_wide(own) and plain_profile(b"junk" * 100) == b""


def test_a_profile_that_does_not_fit_is_no_obstacle() -> None:
    """One of a printing press in a picture of screens, or one that is broken."""
    broken = bytearray(display_p3())
    broken[16:20] = b"CMYK"
    for profile in (bytes(broken), display_p3()[:200], b"x" * 500):
        data = made("jpeg", icc_profile=profile)
        assert upright(derive(data, [Recipe("webp", 24, 16, 76)])[0])


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (399, 300), (400, 300), (4000, 3000), (3000, 4000)])
def test_no_copy_is_larger_than_its_picture(size: tuple[int, int]) -> None:
    """However small it is; the ladder climbs, and its last step is what a reader enlarges."""
    facts = Facts("jpeg", *size)
    steps = widths(facts)
    assert list(steps) == sorted(set(steps))
    assert steps[-1] == min(size[0], WIDTHS[-1])
    for recipe in (*recipes(facts), cropped(facts, 800, (4, 3), (0, 100), "webp"), fitted(facts, 99_999, "webp")):
        assert 1 <= recipe.width <= size[0]
        assert 1 <= recipe.height <= max(size[1], 1)
    names = [recipe.name for recipe in recipes(facts, ["avif", "webp"])]
    assert len(names) == len(set(names))


def test_pictures_of_an_iphone_are_told_of_where_they_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence, with the line that installs what is missing; they can be scrubbed all the same."""
    monkeypatch.setattr(pillow, "find_spec", lambda name: None)
    pillow._heic.cache_clear()
    try:
        with pytest.raises(BadValue, match=r"\(HEIC\)") as refused:
            read_facts(made("heic"))
    finally:
        pillow._heic.cache_clear()
    assert refused.value.hint == "to read these, run: pipx inject storysite pillow-heif"
    assert scrub(made("heic")) == made("heic")


def test_a_larger_copy_is_refused() -> None:
    with pytest.raises(BadValue, match="cannot be larger"):
        derive(made("jpeg"), [Recipe("webp", 49, 32, 76)])


@pytest.mark.parametrize("at", [(20, 20), (80, 20), (20, 80), (80, 80), (50, 50)])
def test_the_point_of_most_detail_is_found(at: tuple[int, int]) -> None:
    """A child before a plain wall is where one would cut; a plain wall has its center."""
    picture = Image.new("RGB", (600, 400), (200, 200, 190))
    across, down = 6 * at[0], 4 * at[1]
    for number in range(12):
        box = (across - 40 + 7 * number, down - 40, across - 37 + 7 * number, down + 40)
        ImageDraw.Draw(picture).rectangle(box, fill=(20 * number, 60, 40))
    found = find_focus(made("jpeg", picture=picture))
    assert all(abs(one - other) <= 12 for one, other in zip(found, at, strict=True))
    assert find_focus(made("jpeg", picture=Image.new("RGB", (60, 40), "gray"))) == (50, 50)


def test_a_picture_is_cut_around_its_focus() -> None:
    """As near as its edges allow."""
    data = made("png")
    facts = read_facts(data)
    for place, focus in enumerate(((0, 0), (100, 0), (0, 100), (100, 100))):
        (found,) = derive(data, [cropped(facts, 8, (1, 2), focus, "png")])
        cut = Image.open(BytesIO(found)).convert("RGB")
        assert cut.size == (8, 16)
        assert cut.getpixel((4, 1 if place < 2 else 14)) == CORNERS[place]


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_films_keep_moving_up_to_a_size(kind: str) -> None:
    """As a WebP of the same frames, one after the other; a long one is shown by its first frame."""
    frames = [Image.new("RGB", (60, 40), (80 * number, 0, 0)) for number in range(4)]
    written = BytesIO()
    options = {"save_all": True, "append_images": frames[1:], "duration": [100, 200, 300, 400], "loop": 0}
    frames[0].save(written, {"gif": "GIF", "webp": "WEBP", "png": "PNG"}[kind], **options)
    facts = read_facts(written.getvalue())
    assert facts.frames == 4
    recipe = fitted(facts, 30, "webp")
    assert recipe.moving
    (found,) = derive(written.getvalue(), [recipe])
    film = Image.open(BytesIO(found))
    assert (film.n_frames, film.size) == (4, (30, 20))  # type: ignore[attr-defined]
    film.seek(2)
    film.load()
    assert film.info["duration"] == 300
    assert not fitted(Facts("gif", 640, 480, frames=999), 640, "webp").moving
    assert derive(written.getvalue(), [fitted(facts, 30, "jpeg")])


@given(
    whole=some.tuples(some.integers(1, 9000), some.integers(1, 9000)),
    size=some.tuples(some.integers(1, 1800), some.integers(1, 1800)),
    focus=some.tuples(some.integers(0, 100), some.integers(0, 100)),
)
def test_what_is_cut_out_lies_in_the_picture(
    whole: tuple[int, int], size: tuple[int, int], focus: tuple[int, int]
) -> None:
    """To the last digit, for whatever lies outside by a hair is refused."""
    left, top, right, bottom = crop_box(whole, size, focus)
    assert 0 <= left <= right <= whole[0]
    assert 0 <= top <= bottom <= whole[1]


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("turned", [1, 6])
def test_a_copy_is_the_same_whichever_others_are_made_with_it(kind: str, turned: int) -> None:
    """Or a copy that got lost would come back with other bytes."""
    data = made(kind, turned, Image.effect_noise((1300, 900), 90).convert("RGB"))
    facts = read_facts(data)
    all_of_them = [*recipes(facts), *(cropped(facts, width, (3, 2), (20, 70), "webp") for width in (80, 400, 800))]
    assert derive(data, all_of_them) == [derive(data, [recipe])[0] for recipe in all_of_them]
    assert derive(data, all_of_them[::-1]) == derive(data, all_of_them)[::-1]
