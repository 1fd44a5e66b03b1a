"""Slices keep the law that makes incremental builds right: what is shown differs only where the digest differs."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import Struct

from storysite.digest import digest
from storysite.model.post import Post, StaticPage
from storysite.model.site import Site
from storysite.plan import slices
from storysite.plan.slices import (
    Answered,
    CardOf,
    Cards,
    CardsOf,
    Constant,
    Loops,
    PageOf,
    PictureOf,
    SharedConstant,
    Slice,
    Whole,
    Wholes,
    Years,
)
from tests.rich import ROBOTS, TEXTS, edited, edits, rich, site_of
from tests.values import structs_in

KINDS = structs_in(slices)
"""All kinds of Slices."""
CONSTANTS: list[Any] = ["", "a", None, (), ("a",), ("a", "b"), 1, True, {"a": 1}]
EXAMPLES: dict[type[Struct], Callable[[Site], list[Slice]]] = {
    Constant: lambda site: [Constant(value) for value in [*CONSTANTS, site.index.today, digest(1)]],
    SharedConstant: lambda site: [SharedConstant(value, digest(value)) for value in CONSTANTS],
    Whole: lambda site: [Whole(source) for source in site.by_source],
    Wholes: lambda site: [Wholes(sources) for sources in some_of([post.source for post in site.index.posts])],
    PageOf: lambda site: [PageOf(source) for source in site.by_source],
    PictureOf: lambda site: [PictureOf(source) for source in site.by_source],
    CardOf: lambda site: [CardOf(source) for source in site.by_source],
    Cards: lambda site: [Cards(places) for places in some_of(range(len(site.index.originals)))],
    CardsOf: lambda site: [CardsOf(sources) for sources in some_of(list(site.by_source))],
    Answered: lambda site: [
        Answered(tuple(zip(some, some_of(list(site.by_source)), strict=False)))
        for some in some_of(list(site.by_source))
    ],
    Loops: lambda site: [
        Loops(links)
        for some in some_of(list(site.by_source))
        for links in ([(source, source, ()) for source in some], [("", "", some)])
    ],
    Years: lambda site: [Years()],
}
"""Slices of each kind, as a plan of the site may have them."""


def some_of(members: Any) -> list[Any]:
    """Return parts of a sequence: none of it, all, in both orders, each alone, and halves."""
    half = len(members) // 2
    return [members[:0], members, members[::-1], *(members[place : place + 1] for place in range(len(members))),
            members[:half], members[half:]]  # fmt: skip


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Return the Site of the rich example as it is, under "", and after each of its edits, by the edit's name."""
    home = tmp_path_factory.mktemp("sites")
    folder = rich(home / "rich")
    found = {"": site_of(folder)}
    for number, (name, file, old, new) in enumerate(edits()):
        found[name] = site_of(edited(folder, home / f"edit-{number}", file, old, new))
    return found


def shown(part: Slice, site: Site) -> tuple[object, list[Any]]:
    """Return all that a page may show of a Slice: its value, and of whole posts where their links lead."""
    value = part.value(site)
    whole = value if isinstance(value, tuple) else (value,)
    return value, [site.links.of(post) for post in whole if isinstance(post, Post | StaticPage)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("shelf", [slices.MAX_SPINES_PER_YEAR, 2, 0])
def test_what_is_shown_differs_only_where_the_digest_differs(
    kind: type[Struct], shelf: int, sites: dict[str, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is edited, and whichever Slices of one kind are compared: with one digest goes one value."""
    assert kind in EXAMPLES, f"add examples of the Slice {kind.__name__} to EXAMPLES"
    monkeypatch.setattr(slices, "MAX_SPINES_PER_YEAR", shelf)
    seen: dict[bytes, tuple[object, str]] = {}
    for name, site in sites.items():
        for part in EXAMPLES[kind](site):
            made = part.digest(site)
            value, before = seen.setdefault(made, (shown(part, site), name))
            assert value == shown(part, site), f"{part} has one digest before and after these edits: {before}, {name}"
    assert len(seen) > 2


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_digest_stays_when_a_text_changes_that_is_not_shown(kind: type[Struct], sites: dict[str, Site]) -> None:
    """What a Slice says it shows is all whose texts its digest depends on: other pages need no second look."""
    before = sites[""]
    kept = 0
    for name in TEXTS:
        for part in EXAMPLES[kind](before):
            sources = part.shows(before.index)
            if sources is not None and ROBOTS not in sources:
                assert part.digest(sites[name]) == part.digest(before), (part, name)
                kept += 1
    assert kept or next(iter(EXAMPLES[kind](before))).shows(before.index) is None


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in (Constant, SharedConstant)], ids=lambda kind: kind.__name__
)
def test_the_digest_of_what_shows_a_text_changes_with_it(kind: type[Struct], sites: dict[str, Site]) -> None:
    """No kind of Slice that says it shows a text is blind to all of it."""
    before = sites[""]
    parts = [
        part for part in EXAMPLES[kind](before) if (sources := part.shows(before.index)) is None or ROBOTS in sources
    ]
    for part in parts:
        assert any(part.digest(sites[name]) != part.digest(before) for name in TEXTS), part
    assert parts
