"""The guide tells of each template, name, type of value and filter that the author of a theme can use."""

import os
import re
from datetime import UTC, datetime, timedelta
from inspect import getmembers

from msgspec import Struct
from msgspec.structs import fields

from storysite.front_matter.keys import KEYS
from storysite.model.calendar import CalendarEntry
from storysite.model.deprecated import DEPRECATED
from storysite.model.post import (
    Ask,
    Card,
    Event,
    Heading,
    Impact,
    Person,
    Photo,
    Post,
    Quote,
    StaticPage,
    card_of,
)
from storysite.model.theme import Color
from storysite.plan.context import (
    CalendarContext,
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
from storysite.plan.page_types import PAGE_TYPES, SHARED
from storysite.render.filters import FILTERS, is_break
from storysite.theme.find import BUILT_IN, shipped_themes
from tests.guide_pages import add_rows, code_in, page, rows, sections

VALUES: tuple[type[Struct], ...] = (
    Ask, CalendarContext, CalendarEntry, Card, Color, Event, FeedContext, FeedLink, GroupContext, Heading, Impact, LanguageLink, MenuItem, MonthContext, PageContext, Paging,
    Person, Photo, Post, Quote, SiteContext, StaticPage, YearContext,
)  # fmt: skip
"""The types of value that a template can receive."""


def _template_names() -> list[str]:
    home = shipped_themes() / "default" / "templates"
    parts = [file.relative_to(BUILT_IN).as_posix() for file in (BUILT_IN / "parts").iterdir()]
    return [*parts, *(file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file())]


def _documented() -> dict[str, tuple[str, set[str]]]:
    table = rows(sections(page("templates"), 2)["The templates"])
    return {code_in(row[0])[0]: (row[1], set(code_in(row[2]))) for row in table}


def test_every_template_is_documented_with_its_names() -> None:
    """The table of templates has a row for each, with what it makes and the names beside those that all are given.

    `STORYSITE_GOLDEN=write` adds a row for each new type of page.
    """
    kinds = {kind.template: (kind.what, set(kind.names)) for kind in PAGE_TYPES.values()}
    table = _documented()
    if os.environ.get("STORYSITE_GOLDEN") == "write":
        new = {name: kind for name, kind in kinds.items() if name not in table}
        named = {name: ", ".join(f"`{each}`" for each in sorted(names)) or "–" for name, (_, names) in new.items()}
        add_rows(
            "templates",
            "## The templates",
            [f"| `{name}` | {what} | {named[name]} |" for name, (what, _) in new.items()],
        )
        table = _documented()
    assert {name: row for name, row in table.items() if name in kinds} == kinds
    assert table.keys() == {*kinds, *_template_names()}
    assert not any(names for name, (_, names) in table.items() if name not in kinds)


def test_every_name_is_documented() -> None:
    """The table of names has a row for each name that any template is given, and no other."""
    documented = {code_in(row[0])[0] for row in rows(sections(page("templates"), 2)["The names"])}
    assert documented == SHARED.union(*(kind.names for kind in PAGE_TYPES.values()))


def test_every_type_of_value_is_documented() -> None:
    """Each type has a table of all its fields and properties, and of nothing else.

    A field that is read from one key of front matter may be left to the page on that.
    """
    documented = sections(page("templates"), 3)
    explained = {key.name for key in KEYS if key.reads}
    for kind in VALUES:
        properties = [name for name, _ in getmembers(kind, lambda member: isinstance(member, property))]
        named = [name for row in rows(documented[kind.__name__]) for name in code_in(row[0])]
        elsewhere = explained - set(named) if kind in (Post, StaticPage) else set()
        expected = {*properties, *(field.name for field in fields(kind))} - elsewhere
        assert sorted(named) == sorted(expected), kind.__name__


def test_every_filter_is_documented() -> None:
    """The table of filters has a row with an example for each, and no other."""
    table = {code_in(row[0])[0]: row for row in rows(sections(page("templates"), 2)["The filters"])}
    assert set(table) == {name for name in FILTERS if (name, "") not in DEPRECATED}
    for name, row in table.items():
        assert re.search(rf"\| {name}\b", row[2]), f"the example of {name} does not use it"


def test_a_break_is_as_long_as_the_guide_says() -> None:
    """The day after which two stories have a gap between them is named in the guide, and the code's."""
    days = re.search(r"`is_break` \| whether more than (\d+) days", page("templates"))
    assert days
    first, span = datetime(2026, 9, 4, tzinfo=UTC), timedelta(days=int(days[1]))
    moments = (first, first + span, first + span + timedelta(days=1))
    before, late, broken = (card_of(Post("a.md", "a", "A", "a", "a/", moment=moment), None) for moment in moments)
    assert (is_break(late, before), is_break(broken, before), is_break(before, None)) == (False, True, False)


def test_everything_that_goes_away_is_documented() -> None:
    """The table has a row for each old name, with the day until which it works and the new one, and no other."""
    table = {
        code_in(row[0])[0]: (row[1], code_in(row[2])[0]) for row in rows(sections(page("themes"), 2)["What goes away"])
    }
    expected = {}
    for (name, argument), gone in DEPRECATED.items():
        new = gone.name or gone.other.partition("(")[0]
        old_and_new = (f"{name}({argument}=true)", f"{name}({new}=true)") if argument else (name, new)
        expected[old_and_new[0]] = (gone.until, old_and_new[1])
    assert table == expected
