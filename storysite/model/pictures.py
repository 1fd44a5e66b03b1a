"""Pictures as pages show them: which copies there are of each, where these lie and how large they are."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from storysite.model.slug import slugify
from storysite.photos.facts import Facts
from storysite.photos.kinds import KINDS
from storysite.photos.recipe import Recipe, cropped, fallback_kind, recipes, share_recipe, widths

NEWER = ("webp",)
"""The kinds of copies that most readers can show and all of whose files are smaller."""
NEWEST = ("avif", *NEWER)
"""The same with one whose files are smaller still, and take ten times as long to make."""
CARD_RATIO = (3, 2)
"""Width to height of the pictures in listings: that of most cameras, so that little is cut off."""
CARD_WIDTH = 1200
"""Pixels: the lead on a desktop, on a screen that shows two for one."""
ENLARGE = "data-enlarge"
"""The attribute of a picture that leads to its largest copy."""
ENLARGED_FROM = 800
"""Pixels of a picture that is seen better when it is enlarged: a column of text has about 700."""
SHARED = "share"
"""The folder of the cards that networks show."""
_LONGEST_NAME = 60


class SourceSet(Struct, frozen=True, gc=False, array_like=True):
    """The copies of one kind: their media type, and the URL and width in pixels of each, smallest first."""

    media_type: str
    copies: tuple[tuple[str, int], ...]


class Picture(Struct, frozen=True, gc=False, array_like=True):
    """A picture as a page shows it, which may stand wherever its address may."""

    url: str
    """The address that every reader can show: that of a copy, or of a picture of which there are none."""
    width: int = 0
    height: int = 0
    """Pixels of the largest copy, 0 if they are not known."""
    sources: tuple[SourceSet, ...] = ()
    """Newest kinds first; the last is what `url` is of."""
    largest: str = ""
    """The URL of the copy to enlarge it to, "" for none."""


class Copies(NamedTuple):
    """A picture, and how each of its copies is made, by URL."""

    picture: Picture
    recipes: Mapping[str, Recipe] = {}


class PictureFile(NamedTuple):
    """A picture's file: its path, the digest of its bytes, what it is, and where it is cut (in percent)."""

    path: str
    digest: bytes
    facts: Facts
    focus: tuple[int, int]


def whole_copies(file: PictureFile, url: str, newer: Sequence[str] = NEWER) -> Copies:
    """Return the copies that a text shows; of a drawing none is needed, and it is shown at its own `url`."""
    if file.facts.kind == "svg":
        return Copies(Picture(url, file.facts.width, file.facts.height))
    return _copies(file, recipes(file.facts, newer))


def card_copies(file: PictureFile, url: str, newer: Sequence[str] = NEWER) -> Copies:
    """Return the copies that listings show: all of one shape, cut around the focus."""
    facts = file.facts
    if facts.kind == "svg":
        return Copies(Picture(url, facts.width, facts.height))
    fallback = fallback_kind(facts)
    fallback = "png" if facts.transparent else "jpeg" if fallback == "gif" else fallback
    widest = cropped(facts, CARD_WIDTH, CARD_RATIO, file.focus, fallback).width
    steps = widths(facts, widest)
    made = [cropped(facts, width, CARD_RATIO, file.focus, kind) for kind in newer for width in steps]
    middle = steps[min(1, len(steps) - 1)]
    return _copies(file, [*made, cropped(facts, middle, CARD_RATIO, file.focus, fallback)])


def share_copies(file: PictureFile, _url_of_file: str, _newer: Sequence[str] = NEWER) -> Copies:
    """Return the one copy that networks show of a page, in the shape of their cards; none of a small picture."""
    recipe = share_recipe(file.facts, file.focus)
    if recipe is None:
        return Copies(Picture(""))
    url = _url(file, recipe, SHARED)
    return Copies(Picture(url, recipe.width, recipe.height), {url: recipe})


def _copies(file: PictureFile, made: Sequence[Recipe]) -> Copies:
    by_url = {_url(file, recipe): recipe for recipe in made}
    kinds = dict.fromkeys(recipe.kind for recipe in made)
    sets = [SourceSet(KINDS[kind].media_type, _of_kind(kind, by_url)) for kind in kinds]
    (url, _), (largest, _) = sets[-1].copies[0], sets[-1].copies[-1]
    widest = max(made, key=lambda recipe: recipe.width)
    return Copies(Picture(url, widest.width, widest.height, tuple(sets), largest), by_url)


def _of_kind(kind: str, by_url: Mapping[str, Recipe]) -> tuple[tuple[str, int], ...]:
    return tuple((url, recipe.width) for url, recipe in by_url.items() if recipe.kind == kind)


def _url(file: PictureFile, recipe: Recipe, folder: str = "media") -> str:
    """Return where a copy lies. Its name tells the bytes it is made of, so no browser shows one that was replaced."""
    name = slugify(file.path.rpartition("/")[2].rpartition(".")[0])[:_LONGEST_NAME].strip("-") or "picture"
    return f"{folder}/{name}-{file.digest.hex()[:10]}-{recipe.name}"
