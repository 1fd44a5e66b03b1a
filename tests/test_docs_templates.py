"""The guide tells of each template, name, type of value and filter that the author of a theme can use."""

import re
from inspect import getmembers

import pytest
from msgspec import Struct
from msgspec.structs import fields

from storysite.build import survey
from storysite.build.options import BuildOptions
from storysite.digest import digest
from storysite.model.post import Ask, Card, Event, Heading, Impact, Person, Photo, Post, Quote
from storysite.model.theme import Color, Design
from storysite.plan import pages as planned
from storysite.plan.context import (
    FeedContext,
    FeedLink,
    GroupContext,
    LanguageLink,
    MenuItem,
    MonthContext,
    PageContext,
    Paging,
    SiteContext,
    YearContext,
)
from storysite.plan.page import Template
from storysite.render.filters import FILTERS
from storysite.theme.find import BUILT_IN, shipped_themes
from tests.folder import NOW, Folder
from tests.guide import code_in, page, rows, sections

VALUES: tuple[type[Struct], ...] = (
    Ask, Card, Color, Event, FeedContext, FeedLink, GroupContext, Heading, Impact, LanguageLink, MenuItem, MonthContext, PageContext, Paging,
    Person, Photo, Post, Quote, SiteContext, YearContext,
)  # fmt: skip
"""The types of value that a template can receive."""
SHARED = {"site", "assets", "data", "today"}
"""The names that every template may use."""


class Everything(frozenset[str]):
    """The names of a template that asks for all there is."""

    def __contains__(self, name: object) -> bool:
        return True


@pytest.fixture
def contexts(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Return the names that each template is given, from a site that has a page of every sort."""
    monkeypatch.setattr(planned, "SITEMAP_URLS", 3)
    folder.write("storysite.yml", "base_url: https://example.org\nauthor: A\n")
    for number in range(9):
        header = {"tags": "[a]", "category": "b", "series": "c", "audience": "d", "aliases": f"[/old-{number}/]"}
        folder.post(f"2026-0{number + 1}-11-story", **header)
    folder.write("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\nText.\n")
    site = survey(BuildOptions(folder.path, now=NOW, jobs=1)).site
    names = {*_template_names(), *(file.name for file in BUILT_IN.iterdir() if file.is_file())}
    everything = {name: Template(name, digest(name), Everything()) for name in names}
    found: dict[str, set[str]] = {name: set() for name in names}
    for made in planned.pages(site, Design(), everything, {}):
        found[made.template] |= set(made.names)
    return found


def _template_names() -> list[str]:
    home = shipped_themes() / "default" / "templates"
    return [file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()]


def test_every_template_is_documented_with_its_names(contexts: dict[str, set[str]]) -> None:
    """The table of templates has a row for each, with exactly the names it is given beside those that all are given."""
    table = {code_in(row[0])[0]: set(code_in(row[2])) for row in rows(sections(page("themes"), 2)["The templates"])}
    assert table == {name: names - SHARED for name, names in contexts.items()}


def test_every_name_is_documented(contexts: dict[str, set[str]]) -> None:
    """The table of names has a row for each name that any template is given, and no other."""
    documented = {code_in(row[0])[0] for row in rows(sections(page("themes"), 2)["The names"])}
    assert documented == SHARED.union(*contexts.values())


def test_every_type_of_value_is_documented() -> None:
    """Each type has a table of all its fields and properties, and of nothing else."""
    documented = sections(page("themes"), 3)
    for kind in VALUES:
        properties = [name for name, _ in getmembers(kind, lambda member: isinstance(member, property))]
        named = [name for row in rows(documented[kind.__name__]) for name in code_in(row[0])]
        assert sorted(named) == sorted([*properties, *(field.name for field in fields(kind))]), kind.__name__


def test_every_filter_is_documented() -> None:
    """The table of filters has a row with an example for each, and no other."""
    table = {code_in(row[0])[0]: row for row in rows(sections(page("themes"), 2)["The filters"])}
    assert set(table) == set(FILTERS)
    for name, row in table.items():
        assert re.search(rf"\| {name}\b", row[2]), f"the example of {name} does not use it"
