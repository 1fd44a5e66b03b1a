"""A theme's own pages: planned, linked, listed and made again like those that every site has."""

import re
from pathlib import Path

import pytest

from storysite import i18n
from storysite.build.explain import explain_page
from storysite.build.options import BuildOptions
from storysite.errors import BadValue, ProblemsFound
from storysite.model.theme import Design, Template, Theme, ThemeListing, ThemePage
from storysite.plan.page import Rendered
from storysite.plan.page_types import PAGE_TYPES, SHARED, page_types
from storysite.plan.pages import pages_of
from storysite.theme.manifest import read_manifest
from tests.folder import NOW, Folder, tree
from tests.model.test_index import EMPTY
from tests.rich import Everything

DECLARED = """contract: 2
pages:
  thanks:
    url: /thanks/
    template: thanks.html
    title: Thank you
    listing: {kind: thanks}
    paging: 2
"""
TEMPLATE = """{{ page.title }} {{ paging.number }}/{{ paging.count }} older={{ paging.older }} newer={{ paging.newer }}:
{%- for card in stories %} {{ card.title }}{% endfor %}"""


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with five thanks and one victory, whose theme has a page of thanks; it is built."""
    for name in [*EMPTY, "home"]:
        folder.write(f"themes/small/templates/{name}.html", name)
    folder.write("themes/small/templates/post.html", "{{ post | html }}")
    folder.write("themes/small/templates/feed.xml", "{{ feed.title }}")
    folder.write("themes/small/templates/atom.xml", "{{ feed.title }}")
    folder.write("themes/small/templates/feed.json", "{{ feed.title | json_text }}")
    folder.write("themes/small/templates/thanks.html", TEMPLATE)
    folder.write("themes/small/theme.yaml", DECLARED)
    folder.write("storysite.yml", "theme: small\nbase_url: https://example.org\nsearch: false\n")
    for number in range(1, 6):
        thank(folder, number)
    folder.post("2026-11-10-robots", "See [our thanks](/thanks/).", title="Robots", id="robots")
    folder.build()
    return folder


def thank(folder: Folder, number: int, title: str = "", **header: str) -> None:
    """Write one of the thanks."""
    folder.post(
        f"2026-11-0{number}-t{number}",
        title=title or f"T{number}",
        id=f"t{number}",
        kind="thanks",
        summary="S",
        **header,
    )


def made(folder: Folder) -> set[str]:
    """Build and return the routes of the theme's pages that were rendered."""
    return {job.page.route for job in folder.build().work.render if job.page.type == "thanks"}


def test_a_page_of_a_theme_lists_stories_on_numbered_pages(shelf: Folder) -> None:
    """Its address shows the newest stories, and numbered pages the older ones, counted from the oldest."""
    assert shelf.page("thanks/index.html") == "Thank you 2/2 older=thanks/page/1/ newer=None: T5 T4 T3"
    assert shelf.page("thanks/page/1/index.html") == "Thank you 1/0 older=None newer=thanks/: T2 T1"


def test_a_page_of_a_theme_is_made_again_only_when_it_shows_something_new(shelf: Folder, tmp_path: Path) -> None:
    """A new story changes the page with the newest; an edit of an old one its page; other stories change none."""
    thank(shelf, 6)
    assert made(shelf) == {"thanks/index.html", "thanks/page/1/index.html", "thanks/page/2/index.html"}
    thank(shelf, 7)
    assert made(shelf) == {"thanks/index.html"}
    thank(shelf, 1, "First")
    assert made(shelf) == {"thanks/page/1/index.html"}
    assert shelf.page("thanks/page/1/index.html").endswith(": T2 First")
    shelf.post("2026-11-10-robots", "Other words.", title="Androids", id="robots")
    assert made(shelf) == set()
    shelf.write("themes/small/theme.yaml", DECLARED.replace("Thank you", "Thanks"))
    assert len(made(shelf)) == 3
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")


def test_a_page_of_a_theme_goes_when_the_theme_gives_it_up(shelf: Folder) -> None:
    """Its files are deleted, and a link to it is told of."""
    shelf.write("themes/small/theme.yaml", "contract: 2\n")
    problems = shelf.build().result.problems
    assert [problem.code for problem in problems] == ["link-missing"]
    assert not (shelf.site / "thanks").exists()


def test_a_page_of_a_theme_is_one_like_any_other(shelf: Folder) -> None:
    """A post may link to it, search engines are told of it, and --explain says what it shows."""
    assert shelf.build().result.problems == []
    assert 'href="../../../thanks/index.html"' in shelf.page("2026/11/robots/index.html")
    assert "<loc>https://example.org/thanks/</loc>" in shelf.page("sitemap.xml")
    told = "\n".join(explain_page(BuildOptions(shelf.path, now=NOW, jobs=1), "/thanks/"))
    assert told.startswith("/thanks/ (the theme's page “thanks”) is made with the template thanks.html. It shows:")
    assert "stories" in told


def test_no_post_is_made_with_the_template_of_a_page(shelf: Folder) -> None:
    """`layout: thanks` asks for what shows no post: the post keeps its usual template."""
    shelf.write("themes/small/templates/thanks.html", "{% if post is defined %}{{ post.title }}{% endif %}")
    shelf.post("2026-11-10-robots", "Robots.", title="Robots", id="robots", layout="thanks")
    shelf.build()
    assert "<p>Robots.</p>" in shelf.page("2026/11/robots/index.html")


@pytest.mark.parametrize(
    ("listing", "shown"),
    [
        ("", "Robots T5 T4 T3 T2 T1"),
        ("listing: {kind: thanks}", "T5 T4 T3 T2 T1"),
        ("listing: {kind: thanks, length: 2}", "T5 T4"),
        ("listing: {kind: thanks, order: oldest, length: 3}", "T1 T2 T3"),
        ("listing: {tag: none}", ""),
    ],
)
def test_a_page_of_a_theme_lists_what_it_asks_for(listing: str, shown: str, shelf: Folder) -> None:
    """Without paging there is one page; without a listing it has all stories, without a length all of the listing."""
    shelf.write("themes/small/theme.yaml", f"pages:\n  thanks:\n    {listing or 'title: All'}\n")
    shelf.build()
    assert shelf.page("thanks/index.html").partition(":")[2].strip() == shown
    assert not (shelf.site / "thanks/page").exists()


def test_a_page_of_a_theme_is_given_what_the_contract_says(shelf: Folder) -> None:
    """The names of its page type are those that the plan gives it, and no built-in page type changes."""
    page = ThemePage("thanks/", "thanks.html", "Thanks", ThemeListing((("kind", "thanks"),)), 2)
    design = Design(pages={"thanks": page})
    types = page_types(Theme((), design))
    assert {name: kind for name, kind in types.items() if name != "thanks"} == PAGE_TYPES
    greedy = {kind.template: Template(kind.template, b"", Everything()) for kind in types.values()}
    pages = [
        page for page in pages_of(shelf.build().site.index, i18n, Theme((), design, greedy)) if page.type == "thanks"
    ]
    assert {page.url for page in pages} == {"thanks/", "thanks/page/1/"}
    for page_ in pages:
        assert isinstance(page_.source, Rendered)
        assert set(page_.source.names) - SHARED == types["thanks"].names == {"page", "stories", "paging"}


def problem_of(folder: Folder) -> str:
    """Build, which fails, and return the one error as it is printed."""
    with pytest.raises(ProblemsFound) as refused:
        folder.build()
    (problem,) = [problem for problem in refused.value.problems if problem.code != "link-missing"]
    return str(problem)


def test_a_template_that_is_not_there_is_said(shelf: Folder) -> None:
    """The message names the page and the file that is missing, and one that was probably meant."""
    shelf.write("themes/small/theme.yaml", DECLARED.replace("thanks.html", "thank.html"))
    assert problem_of(shelf) == (
        "themes/small/theme.yaml: the page thanks uses the template thank.html, but there is no such file"
        "  [theme-manifest]\n    hint: did you mean thanks.html?"
    )


def test_a_page_of_the_authors_comes_before_one_of_the_theme(shelf: Folder) -> None:
    """A theme that has a page of the same name stops no build, and moves nothing that was there."""
    shelf.write("content/pages/thanks.md", "Thanks.")
    (problem,) = [problem for problem in shelf.build().problems if problem.code == "address-replaced"]
    assert problem.what == "content/pages/thanks.md takes the place of the theme's page “thanks”, /thanks/"


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("{Thanks: {}}", '"Thanks" cannot be the name of a page: use small letters'),
        ("{home: {}}", '"home" cannot be the name of a page: every site already has a page with that name'),
        (
            "{a: {adress: /a/}}",
            'the page a has an unknown key "adress"; it may have url, template, title, listing, paging',
        ),
        ("{a: {url: ../a/}}", 'the url of the page a is "../a/", which cannot be used'),
        ("{a: {url: /}}", "cannot be used; write it like /a/"),
        ("{a: {url: /.storysite/}}", "cannot be used"),
        ('{a: {url: "/{year}/"}}', "cannot be used"),
        ("{a: {url: /a.html, paging: 5}}", "one with numbered pages ends with a slash"),
        ("{a: {template: ../a.html}}", "write the name of a file in templates/"),
        ("{a: {template: group.html}}", "group.html, which makes a page of the stories of one group"),
        ("{a: {paging: 0}}", 'the paging of the page a is "0"; it may be a number from 1 to 1000'),
        ("{a: {listing: {length: many}}}", "a number from 1 to 100"),
        ("{a: {listing: {order: best}}}", "it may be newest or oldest"),
        ("{a: {listing: thanks}}", "the listing of the page a must have names and values"),
    ],
)
def test_a_page_that_cannot_be_is_said(declared: str, said: str, tmp_path: Path) -> None:
    """A manifest that is wrong is refused in words that name the page and what may stand there."""
    (tmp_path / "theme.yaml").write_text(f"pages: {declared}", "utf-8")
    with pytest.raises(BadValue, match=re.escape(said)):
        read_manifest(tmp_path / "theme.yaml")
