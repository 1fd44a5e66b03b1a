"""A change of a text alone changes no page of the plan: what was planned before is what would be planned anew."""

from typing import Any

import pytest
from msgspec.structs import fields, replace

from storysite.model.index import Index
from storysite.model.post import (
    AnyPost,
    Header,
    PageHeader,
    PostHeader,
    Reference,
    Text,
    with_digests,
)
from storysite.model.site import Links, Site
from storysite.plan.page import Rendered
from storysite.plan.plan import Plan
from storysite.plan.slices import Constant, SharedConstant
from tests.folder import Folder
from tests.rich import ROBOTS, plan_of, rich, site_of
from tests.values import values_of

SOURCES = [ROBOTS, "content/posts/2026-03-01-robots.es.md", "content/pages/guide/writing.md"]
"""A story, a translation and a page."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return the folder of the rich example."""
    return rich(tmp_path_factory.mktemp("texts") / "rich")


@pytest.fixture(scope="module")
def site(folder: Folder) -> Site:
    """Return its Site."""
    return site_of(folder)


@pytest.fixture(scope="module")
def plan(site: Site, folder: Folder) -> Plan:
    """Return its plan."""
    return plan_of(site.index, folder)


def others(post: AnyPost, name: str) -> list[AnyPost]:
    """Return versions of a post that differ from it in one field of its header or of its text only."""
    part: Header | Text = post.text if name in Text.__struct_fields__ else post
    given = getattr(part, name)
    values: list[Any] = values_of(next(field.type for field in fields(type(part)) if field.name == name))
    if name == "image":
        values = list(range(-1, len(post.references)))
    elif name == "lines":
        values = [tuple(line + 7 for line in given)]
    elif name == "references":
        return [
            _with(
                post,
                references=(*given, Reference("elsewhere.md")),
                text=replace(post.text, lines=(*post.text.lines, 1)),
            )
        ]
    changed = [value for value in values if value != given]
    if part is post:
        return [_with(post, **{name: value}) for value in changed]
    return [_with(post, text=replace(post.text, **{name: value})) for value in changed]


def _with(post: AnyPost, **fields: Any) -> AnyPost:
    return with_digests(replace(post, **fields))


def with_post(site: Site, post: AnyPost) -> list[AnyPost]:
    """Return the posts of a site with one in the place of its version before."""
    return [post if post.source == other.source else other for other in site.by_source.values()]


def given(site: Site, post: AnyPost) -> tuple[Any, ...]:
    """Return what an Index is made of, with one post in another version."""
    index = site.index
    return index.config, with_post(site, post), index.files, index.data, site.now


def site_with(site: Site, index: Index, post: AnyPost, plan: Plan) -> Site:
    """Return a Site of an Index with one post in another version."""
    return Site(index, with_post(site, post), Links(index, lambda: plan.addresses), site.now)


def constants(plan: Plan) -> dict[tuple[str, str], object]:
    """Return the value of every constant of a plan, by the route of its page and its name."""
    return {
        (page.route, name): part.fact
        for page in plan.pages
        if isinstance(page.source, Rendered)
        for name, part in zip(page.source.names, page.source.slices, strict=True)
        if isinstance(part, Constant | SharedConstant)
    }


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", Text.__struct_fields__)
def test_no_constant_of_the_plan_knows_a_text(name: str, source: str, site: Site, plan: Plan, folder: Folder) -> None:
    """Whatever the plan has at hand as a plain value is the same after a change of any field that is text."""
    texts = others(site.by_source[source], name)
    before = constants(plan)
    assert len(before) > 100
    for text in texts:
        assert constants(plan_of(Index(*given(site, text)), folder)) == before
    assert texts or not site.by_source[source].references


HEADERS = {*PostHeader.__struct_fields__, *PageHeader.__struct_fields__} - {"source"}


@pytest.mark.parametrize("name", [*sorted(HEADERS), *Text.__struct_fields__])
def test_a_plan_that_is_taken_over_is_the_one_that_would_be_made(
    name: str, site: Site, plan: Plan, folder: Folder
) -> None:
    """Where the Index before holds, the pages are those of a plan made anew, and others have the keys they had.

    It holds exactly where the fields of the text alone differ.
    """
    held = 0
    for source in SOURCES:
        before = site.by_source[source]
        if name not in (*Text.__struct_fields__, *before.__struct_fields__):
            continue
        for post in others(before, name):
            holds = site.index.holds(*given(site, post))
            assert holds == (name in Text.__struct_fields__)
            if holds:
                held += 1
                anew = plan_of(Index(*given(site, post)), folder)
                fresh, updated = site_with(site, anew.index, post, anew), site_with(site, site.index, post, plan)
                assert anew.pages == plan.pages
                changed = {page.route for page in anew.pages if page.key(fresh, b"") != page.key(site, b"")}
                assert changed <= {page.route for page in plan.showing(updated.changed_since(site))}
                assert [page.key(updated, b"") for page in anew.pages] == [page.key(fresh, b"") for page in anew.pages]
    assert (held > 0) == (name in Text.__struct_fields__)
