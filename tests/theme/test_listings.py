"""Listings of a theme have names of their own, and one that is empty because of a wrong word is told."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import Environment
from jinja2.defaults import DEFAULT_NAMESPACE

from storysite.errors import BadValue, ProblemsFound
from storysite.model.post import KINDS
from storysite.plan.page_types import PAGE_TYPES, SHARED
from storysite.render.engine import environment
from storysite.theme.manifest import read_manifest
from tests.folder import Folder, tree

CONTRACT = sorted(SHARED.union(*(kind.names for kind in PAGE_TYPES.values())))
JINJA = sorted(
    {*DEFAULT_NAMESPACE, *environment((), b"").globals, "loop", "self", "super", "caller", "true", "none", "not", "in"}
)


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with two stories and a theme of its own."""
    folder.write("themes/ours/templates/404.html", "-")
    folder.write("storysite.yml", "theme: ours\nbase_url: https://example.org\nsearch: no\n")
    folder.post("2026-11-02-robots", title="Robots", id="robots", tags="[robots]", author="Ms. Rivera", kind="thanks")
    folder.post("2026-11-03-poems", title="Poems", id="poems", tags="[poems]", author="Ms. Rivera")
    return folder


@pytest.mark.parametrize("name", [*CONTRACT, *JINJA])
def test_a_name_that_means_something_else_is_refused(name: str, shelf: Folder) -> None:
    """Every name of the contract, and every name that Jinja2 gives a meaning, with a way out."""
    shelf.write("themes/ours/theme.yaml", f"contract: 2\nlistings:\n  {name}: {{kind: thanks}}\n")
    with pytest.raises(ProblemsFound) as refused:
        shelf.build()
    (problem,) = refused.value.problems
    assert f'"{name}" cannot be the name of a listing' in problem.what
    assert problem.path == "themes/ours/theme.yaml"


@given(some.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True))
def test_a_name_that_is_not_refused_can_be_used(name: str) -> None:
    """It is a name for Jinja2 too."""
    with TemporaryDirectory() as place:
        file = Path(place, "theme.yaml")
        file.write_text(f'listings: {{"{name}": {{kind: thanks}}}}', "utf-8")
        try:
            read_manifest(file)
        except BadValue:
            return
    assert Environment(autoescape=True).from_string(f"{{{{ {name} }}}}").render({name: "shown"}) == "shown"


def told_of(shelf: Folder, listing: str) -> list[tuple[str, str]]:
    """Build with a listing, and return what is told of it and how to fix it."""
    shelf.write("themes/ours/theme.yaml", f"extends: default\nlistings:\n  some: {listing}\n")
    found = [problem for problem in shelf.build().result.problems if problem.code == "theme-listing"]
    assert {(problem.path, problem.line) for problem in found} <= {("themes/ours/theme.yaml", 3)}
    return [(problem.what, problem.hint) for problem in found]


@pytest.mark.parametrize(
    ("listing", "why", "hint"),
    [
        ("{kind: nope}", 'there is no kind "nope"', f"the kinds are {', '.join(KINDS)}"),
        ("{kind: Victories}", 'there is no kind "Victories"', f"did you mean victory? the kinds are {', '.join(KINDS)}"),
        ("{tag: robotz}", 'no story has the tag "robotz"', "did you mean robots?"),
        ("{author: Ms. Riviera}", 'no story has the author "Ms. Riviera"', "did you mean Ms. Rivera?"),
        ("{series: Maker nights}", 'no story has the series "Maker nights"', "check how your posts write it, or wait for the first story with this series"),
    ],
)  # fmt: skip
def test_a_word_that_no_story_has_is_told(listing: str, why: str, hint: str, shelf: Folder) -> None:
    """With the line of theme.yaml, and with the word that was probably meant."""
    assert told_of(shelf, listing) == [(f'the listing "some" shows no stories, because {why}', hint)]


@pytest.mark.parametrize(
    "listing",
    ["{}", "{tag: Robots}", "{kind: listen}", "{kind: thanks, tag: poems}", "{author: ms. rivera, length: 1}"],
)
def test_a_listing_that_is_empty_for_now_is_not_told(listing: str, shelf: Folder) -> None:
    """Every word in it is one that stories have, or a kind that the next one may be of."""
    assert told_of(shelf, listing) == []


def test_a_site_without_stories_is_told_of_no_tag(shelf: Folder) -> None:
    """Nor is one told of the words of a theme that comes from elsewhere, unless one looks misspelled."""
    for file in (shelf.path / "content/posts").iterdir():
        file.unlink()
    assert told_of(shelf, "{tag: robots}") == []
    assert len(told_of(shelf, "{kind: nope}")) == 1


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        ("{tag: [a, b]}", "must be one word or name, not several"),
        ("{tag: {a: b}}", "not several"),
        ("{tag: }", "is empty"),
        ("{tag: ''}", "is empty"),
    ],
)
def test_a_group_that_is_no_word_is_refused(listing: str, said: str, shelf: Folder) -> None:
    """A list, or nothing at all, selects nothing by mistake."""
    with pytest.raises(ProblemsFound, match=said):
        told_of(shelf, listing)


def test_what_is_told_follows_the_stories(shelf: Folder) -> None:
    """The first story with the word ends the warning; the site is the same as a clean one."""
    assert len(told_of(shelf, "{tag: seeds}")) == 1
    shelf.post("2026-11-04-seeds", title="Seeds", id="seeds", tags="[Seeds]")
    assert told_of(shelf, "{tag: seeds}") == []
    assert tree(shelf.site) == shelf.clean(shelf.path.parent / "clean")
