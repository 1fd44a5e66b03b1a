"""What the head of every page says to search engines and social networks, in every theme, by a few rules without exceptions."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.folder import Folder, tree
from tests.reader import THEMES

ROOT = "https://example.org/stories/"
NOT_FOUND = {"404.html"}
"""Pages that are no place: they are shown wherever nothing is."""


def shelf_of(path: Path, theme: str, *settings: str) -> Folder:
    """Return a built site that has pages of all types, numbered ones too, and groups of one name."""
    folder = Folder(path)
    folder.write(
        "storysite.yml",
        "\n".join(
            [f"theme: ours-{theme}", f"base_url: {ROOT}", "posts_per_page: 2", "taxonomies: [genre]", *settings, ""]
        ),
    )
    folder.write(
        f"themes/ours-{theme}/theme.yaml",
        f"extends: {theme}\npages:\n  makers: {{url: /makers/, title: Makers, paging: 2}}\n  slow: {{url: /slow/, title: Slow}}\n",
    )
    for name in ("makers", "slow"):
        folder.write(
            f"themes/ours-{theme}/templates/{name}.html",
            '{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}',
        )
    for number in range(1, 7):
        folder.post(f"2026-0{number + 2}-0{number}-s{number}", f"Words {number}.[^1]\n\n## Part\n\n<p id='mine'>Mine</p>\n\n[^1]: A note.\n", title=f"T{number}", id=f"t{number}",
                    tags="[Families, Thanks, robots]", audience="[families, staff]", author="Robots", series="Tags", category="R & D", genre="families")  # fmt: skip
    folder.post("2026-05-05-s3.es", title="T3 en español", id="t3es")
    folder.post("undated", title="Undated", id="undated", updated="2026-05-01")
    folder.post("2026-05-06-quiet", title="Quiet", id="quiet", unlisted="true", tags="[quiet]")
    folder.post("bare", "", title="Bare", id="bare", date="2026-04-04", aliases="[/old/bare.html]")
    folder.write("content/pages/staff.md", "---\ntitle: Staff\n---\n\nWords.\n")
    folder.build()
    return folder


@pytest.fixture(params=THEMES)
def pages(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, LexborHTMLParser]:
    """Return every page of the site by its address, redirects left out."""
    folder = shelf_of(tmp_path / "site", request.param)
    found = {}
    for route, data in tree(folder.site).items():
        if route.endswith(".html") and b'http-equiv="refresh"' not in data:
            found[re.sub(r"(^|/)index\.html$", r"\1", route)] = LexborHTMLParser(data.decode())
    sitemap = (folder.site / "sitemap.xml").read_text("utf-8")
    found["sitemap.xml"] = LexborHTMLParser(sitemap)
    return found


def text_of(page: LexborHTMLParser, selector: str) -> str:
    """Return the words of the first such element, "" if there is none."""
    node = page.css_first(selector)
    return node.text().strip() if node is not None else ""


def said(page: LexborHTMLParser, selector: str, attribute: str = "content") -> list[str]:
    return [node.attributes.get(attribute) or "" for node in page.css(f"head {selector}")]


def test_every_page_is_in_the_sitemap_or_says_that_it_is_not_for_search_engines(
    pages: dict[str, LexborHTMLParser],
) -> None:
    """Never both, never neither, and never twice; numbered parts of a list, copies and slides are not for them."""
    listed = [unescape(node.text()).removeprefix(ROOT) for node in pages.pop("sitemap.xml").css("loc")]
    assert len(listed) == len(set(listed))
    closed = {url for url, page in pages.items() if said(page, 'meta[name="robots"]') == ["noindex"]}
    assert set(listed) == pages.keys() - closed
    unwanted = re.compile(r"(.*/page/\d+/|(es/)?search/|wall/|404\.html|2026/05/quiet/|.*/term-\d/)").fullmatch
    assert closed == {url for url in pages if unwanted(url)}
    assert {"tags/families/page/1/", "makers/page/1/", "archive/2025-26/term-2/", "es/search/"} <= closed
    assert {
        "tags/",
        "tags/families/",
        "archive/2025-26/",
        "2026/04/",
        "makers/",
        "slow/",
        "es/",
        "genre/families/",
    } <= set(listed)


def test_every_page_names_its_own_address(pages: dict[str, LexborHTMLParser]) -> None:
    """So do booklets and slides; only what is shown at every lost address has none."""
    del pages["sitemap.xml"]
    for url, page in pages.items():
        own = [] if url in NOT_FOUND else [ROOT + url]
        assert (said(page, 'link[rel="canonical"]', "href"), said(page, 'meta[property="og:url"]')) == (own, own), url


def test_every_page_is_described(pages: dict[str, LexborHTMLParser]) -> None:
    """Though nobody has written a tagline, and no word about a list; no two lists are described alike."""
    del pages["sitemap.xml"]
    descriptions = {url: said(page, 'meta[name="description"]') for url, page in pages.items()}
    assert all(len(found) == 1 and found[0].strip() for found in descriptions.values()), descriptions
    assert descriptions["tags/families/"] == ["Families (Tags) · Our story shelf · The latest stories"]
    assert descriptions["categories/r-d/"] == ["R & D · Our story shelf · The latest stories"]
    assert descriptions[""] == ["Our story shelf · The latest stories"]
    assert descriptions["2026/04/bare/"] == ["Bare · Our story shelf · The latest stories"]
    for url, page in pages.items():
        assert said(page, 'meta[property="og:description"]') == descriptions[url]


def test_no_two_pages_have_one_title(pages: dict[str, LexborHTMLParser]) -> None:
    """A tag, an audience, a page and a taxonomy of the site's own may all be called the same.

    The front page in another language is the same page; a theme's own template names its numbered pages.
    """
    same = re.compile(r"sitemap\.xml|wall/|es/|makers/page/\d/").fullmatch
    titles = {url: text_of(page, "title") for url, page in pages.items() if not same(url)}
    assert len(set(titles.values())) == len(titles), sorted(titles.values())
    assert titles["tags/families/"] == "Families (Tags) – Our story shelf"
    assert titles["audiences/families/"] == "families (Who it is for) – Our story shelf"
    assert titles["audiences/staff/"] == "staff (Who it is for) – Our story shelf"
    assert titles["series/tags/"] == "Tags (Series) – Our story shelf"
    assert titles["categories/r-d/"] == "R & D – Our story shelf"
    assert text_of(pages["tags/families/"], "main h1") == "Families"
    feeds = {tuple(said(page, 'link[rel="alternate"][type="application/rss+xml"]', "title")) for page in pages.values()}
    assert ("Our story shelf", "Our story shelf: Families (Tags)") in feeds


def test_what_is_known_of_a_day_is_told(pages: dict[str, LexborHTMLParser]) -> None:
    """A story without a date may have been changed on one; neither says what nobody knows."""
    scripts = {url: text_of(page, 'script[type="application/ld+json"]') for url, page in pages.items()}
    told = {url: json.loads(script) for url, script in scripts.items() if script}
    undated = told["undated/"]
    assert ("datePublished" in undated, undated["dateModified"][:10]) == (False, "2026-05-01")
    assert (told["2026/04/bare/"]["datePublished"], told["2026/04/bare/"]["dateModified"]) == (
        "2026-04-04T06:00:00+00:00",
    ) * 2


@pytest.mark.parametrize("theme", THEMES)
def test_a_tagline_describes_what_has_no_words_of_its_own(theme: str, tmp_path: Path) -> None:
    """As it always did."""
    folder = shelf_of(tmp_path / "site", theme, "tagline: Kids first.")
    assert '<meta name="description" content="Kids first.">' in folder.page("tags/families/index.html")


def test_no_place_on_a_page_has_the_name_of_another(pages: dict[str, LexborHTMLParser]) -> None:
    """Footnotes and headings of several stories on one page too; what leads to a place on the page finds it."""
    del pages["sitemap.xml"]
    assert len(pages["archive/2025-26/term-2/"].css("article")) > 3
    for url, page in pages.items():
        names = [node.attributes["id"] for node in page.css("[id]")]
        assert len(names) == len(set(names)), url
        places = {
            link.removeprefix("#")
            for link in (node.attributes["href"] or "" for node in page.css("a[href]"))
            if link[:1] == "#"
        }
        assert places <= {*names}, url
