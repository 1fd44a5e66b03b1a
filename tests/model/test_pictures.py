"""Which copies there are of a picture: a law for every size and kind."""

from hypothesis import given
from hypothesis import strategies as some

from storysite.model.pictures import CARD_WIDTH, NEWER, NEWEST, PictureFile, card_copies, whole_copies
from storysite.photos.facts import Facts
from storysite.photos.kinds import KINDS
from storysite.photos.recipe import WIDTHS

SIDE = some.integers(1, 12_000)
FACTS = some.builds(
    Facts,
    some.sampled_from(sorted(KINDS)),
    SIDE,
    SIDE,
    frames=some.integers(1, 1000),
    transparent=some.booleans(),
)
FILES = some.builds(
    PictureFile,
    some.text(min_size=1).map(lambda name: f"content/{name}.jpg"),
    some.binary(min_size=16, max_size=16),
    FACTS,
    some.tuples(some.integers(0, 100), some.integers(0, 100)),
)
KINDS_OF_COPIES = some.sampled_from([NEWER, NEWEST])


@given(FILES, KINDS_OF_COPIES)
def test_no_copy_is_larger_than_its_picture_or_than_a_page_shows(file: PictureFile, newer: tuple[str, ...]) -> None:
    """And none is empty, whatever the shape."""
    facts = file.facts
    for copies in (whole_copies(file, "media/a.jpg", newer), card_copies(file, "media/a.jpg", newer)):
        for recipe in copies.recipes.values():
            assert 1 <= recipe.width <= facts.width
            assert 1 <= recipe.height <= facts.height
            assert recipe.width <= max(WIDTHS) or facts.kind == "gif"


@given(FILES, KINDS_OF_COPIES)
def test_a_page_names_the_copies_there_are_and_no_others(file: PictureFile, newer: tuple[str, ...]) -> None:
    """Each has an address of its own, safe for every system, and a reader that knows no new kind is shown an old one."""
    for copies in (whole_copies(file, "media/a.jpg", newer), card_copies(file, "media/a.jpg", newer)):
        picture = copies.picture
        named = {url for each in picture.sources for url, _ in each.copies}
        assert named == set(copies.recipes)
        assert all(len(url.encode()) < 255 and ".." not in url and url.count("/") == 1 for url in named)
        if file.facts.kind == "svg":
            assert (picture.url, named) == ("media/a.jpg", set())
        else:
            assert picture.url in named
            assert picture.sources[-1].media_type in ("image/jpeg", "image/png", "image/gif")
            kinds = [each.media_type for each in picture.sources[:-1]]
            film = file.facts.frames > 1 and copies.picture == whole_copies(file, "media/a.jpg", newer).picture
            assert kinds == [f"image/{kind}" for kind in newer if kind != "avif" or not film]


@given(FILES)
def test_cards_have_one_shape(file: PictureFile) -> None:
    """As near to it as whole pixels allow."""
    for recipe in card_copies(file, "media/a.jpg").recipes.values():
        assert abs(recipe.width * 2 - recipe.height * 3) <= 3
        assert recipe.width <= CARD_WIDTH
