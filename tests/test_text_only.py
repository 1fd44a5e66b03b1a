"""A change of a text alone changes no page of the plan: what was planned before is what would be planned anew."""

from typing import Any

import pytest
from msgspec.structs import fields, replace

from storysite.model.incremental import update_site
from storysite.model.post import Post, Reference, with_digests
from storysite.model.site import Site
from storysite.plan.plan import Plan
from storysite.plan.slices import Constant, SharedConstant
from tests.folder import Folder
from tests.rich import ROBOTS, plan_of, rich, site_of
from tests.values import values_of

TEXTS = {"summary", "image", "words", "headings", "references", "body_digest"}
"""The fields of a Post that are its text; the lines of its references, not where they lead."""
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
    return plan_of(site, folder)


def others(post: Post, name: str) -> list[Post]:
    """Return versions of a post that differ from it in one field only, as they would be read."""
    if name in ("digest", "card_digest"):
        return []  # made of all others
    given = getattr(post, name)
    values: list[Any] = values_of(next(field.type for field in fields(Post) if field.name == name))
    if name == "image":
        values = list(range(-1, len(post.references)))
    elif name == "references":
        values = [moved(given), [*given, Reference("elsewhere.md")]]
    return [with_digests(replace(post, **{name: value})) for value in values if value != given]


def moved(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return the same references, in other lines of the file."""
    return tuple(replace(reference, line=reference.line + 7) for reference in references)


def with_post(site: Site, post: Post) -> list[Post]:
    """Return the posts of a site with one in the place of its version before."""
    return [post if post.source == other.source else other for other in site.shown]


def made_anew(site: Site, post: Post) -> Site:
    """Return the Site with one post in another version, made without the one before."""
    return Site(site.config, with_post(site, post), site.files, site.data, site.now)


def constants(plan: Plan) -> dict[tuple[str, str], object]:
    """Return the value of every constant of a plan, by the route of its page and its name."""
    return {
        (page.route, name): part.fact
        for page in plan.pages
        for name, part in zip(page.names, page.slices, strict=True)
        if isinstance(part, Constant | SharedConstant)
    }


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_no_constant_of_the_plan_knows_a_text(name: str, source: str, site: Site, plan: Plan, folder: Folder) -> None:
    """Whatever the plan has at hand as a plain value is the same after a change of any field that is text."""
    post = site.by_source[source]
    texts = [text for text in others(post, name) if links(text) == links(post)]
    before = constants(plan)
    assert len(before) > 100
    for text in texts:
        assert constants(plan_of(made_anew(site, text), folder)) == before
    assert texts or not post.references


def links(post: Post) -> list[tuple[str, str, bool]]:
    """Return where the references of a post lead."""
    return [(reference.target, reference.suffix, reference.picture) for reference in post.references]


@pytest.mark.parametrize("name", [field.name for field in fields(Post) if field.name != "source"])
def test_a_plan_that_is_taken_over_is_the_one_that_would_be_made(
    name: str, site: Site, plan: Plan, folder: Folder
) -> None:
    """Where a Site is made in the frame of the one before, its pages are those of a plan made anew, all of them.

    And no page but the concerned ones has another key. The fields for which this counts are those of the text.
    """
    taken_over = 0
    for source in SOURCES:
        for post in others(site.by_source[source], name):
            fresh = made_anew(site, post)
            revised = update_site(site, site.config, with_post(site, post), site.files, site.data, site.now)
            if revised.frame is site.frame:
                taken_over += 1
                anew = plan_of(fresh, folder)
                assert anew.pages == plan.pages
                changed = {page.route for page in anew.pages if page.key(fresh, b"") != page.key(site, b"")}
                concerned = {page.route: page for page in plan.concerned(revised)}
                assert changed <= concerned.keys()
                assert [page.key(revised, b"") for page in anew.pages] == [page.key(fresh, b"") for page in anew.pages]
    assert (taken_over > 0) == (name in TEXTS)
