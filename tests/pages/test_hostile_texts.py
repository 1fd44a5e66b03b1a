"""No text of a post reaches a reader's browser as code, and none is lost by what keeps it from that."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.folder import ICON, Folder
from tests.secret import site_below_a_secret


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with one story, and a secret in the folder above it."""
    return site_below_a_secret(folder)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><script>alert(2)</script>',
    "'><img src=x onerror=alert(3)>",
    "</title><script>alert(4)</script>",
    "]]><script>alert(5)</script>",
    "</script><script>alert(6)</script>",
    "<!--<script>alert(7)</script>-->",
    '" onmouseover="alert(8)" x="',
    "{{ 7 * 7 {% raw",
    "&lt;script&gt;alert(9)&lt;/script&gt;",
    "javascript:alert(10)",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a built site whose every text is hostile."""
    folder = Folder(tmp_path_factory.mktemp("hostile") / "our-stories")
    folder.write("storysite.yml", "".join(
        f"{key}: {json.dumps(text)}\n" for key, text in zip(
            ("title", "tagline", "school", "author", "contact", "promise"), HOSTILE, strict=False)
    ) + "base_url: https://library.example.org/stories\n")  # fmt: skip
    for number, text in enumerate(HOSTILE):
        said = json.dumps(text)
        header: dict[str, object] = dict.fromkeys(
            (
                "title",
                "summary",
                "series",
                "image_alt",
                "thanks_to",
                "audience",
                "grades",
                "standards",
                "categories",
                "note",
            ),
            said,
        )
        header |= {
            "id": json.dumps(f"{number}{text}"),
            "tags": f"[{said}]",
            "authors": f"[{said}]",
            "image": "robot.png",
            "kind": ("victory", "ask", "event")[number % 3],
            "impact": f"[{{metric: {said}, value: 84, compare: 61, period: {said}, source: {said}, label: {said}}}]",
            "quote": f"{{text: {said}, by: {said}}}",
            "people": f"[{{name: {said}, role: {said}}}]",
            "photos": f"[{{src: robot.png, alt: {said}, caption: {said}, credit: {said}}}]",
            "ask": f"{{what: {said}, goal: 12, url: {said}, outcome: {said if number % 2 else '~'}}}",
            "event": f"{{start: 2026-12-05T18:00, place: {said}}}",
            "translation": said,
            "follows_up": json.dumps(f"{number - 1}{HOSTILE[number - 1]}"),
        }
        folder.post(f"2026-11-{number + 1:02}-hostile-{number}", "Text.", **header)
        folder.write(
            f"content/pages/hostile-{number}.md",
            f"---\ntitle: {said}\nmenu: {number + 1}\naliases: /old-{number}/\n---\n\nText.\n",
        )
    folder.write("content/posts/robot.png", ICON)
    folder.build()
    return folder


def documents(folder: Folder) -> dict[str, LexborHTMLParser]:
    """Return every page of a site by its route, as a browser reads it."""
    return {route: LexborHTMLParser(folder.page(route)) for route in folder.routes() if route.endswith(".html")}


def attributes(page: LexborHTMLParser) -> list[tuple[LexborNode, str, str]]:
    """Return every attribute in a page with its element and value."""
    return [(node, name, value or "") for node in page.css("*") for name, value in node.attributes.items()]


def test_no_text_of_a_post_becomes_code_on_a_page(hostile: Folder) -> None:
    """No page has a script but the data for search engines, an event handler, or an address that runs code."""
    pages = documents(hostile)
    assert len(pages) > 100
    for route, page in pages.items():
        for script in page.css("script"):
            assert script.attributes.get("type") == "application/ld+json" or script.attributes.get("src"), route
        assert page.css("img[src='x'], iframe, object, embed, base") == [], route
        for _, name, value in attributes(page):
            assert not name.startswith("on"), route
            if value == "data:,":
                continue  # no picture for the browser's tab, so that it does not ask for one
            assert not re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE) or name in (
                "content",
                "alt",
                "title",
            ), route
            assert not (name in ("href", "src", "action") and value.lower().lstrip().startswith("javascript:")), route


def test_every_text_of_a_post_is_there_to_read(hostile: Folder) -> None:
    """Escaping loses nothing: each title is the words of its page's heading, letter for letter."""
    pages = documents(hostile)
    for number, text in enumerate(HOSTILE):
        said = text.replace("&lt;", "<").replace("&gt;", ">")  # entities of old exports are resolved
        page = pages[f"2026/11/hostile-{number}/index.html"]
        headings = [" ".join(node.text().split()) for node in page.css("h1")]
        assert " ".join(said.split()) in headings
        titles = page.css("title")
        assert len([node for node in titles if node.parent and node.parent.tag == "head"]) == 1
        assert said in titles[0].text()
        assert said in pages[f"hostile-{number}/index.html"].css("title")[0].text()
        moved = pages[f"old-{number}/index.html"]
        assert said in (moved.body.text() if moved.body else "")


def test_attributes_hold_the_text_and_do_not_end_early(hostile: Folder) -> None:
    """The description of a page, and what pictures are called, are whole in their attributes."""
    pages = documents(hostile)
    for number, text in enumerate(HOSTILE):
        page = pages[f"2026/11/hostile-{number}/index.html"]
        values = {value for _, _, value in attributes(page)}
        said = text.replace("&lt;", "<").replace("&gt;", ">")
        title = page.css_first("meta[property='og:title']")
        assert title is None or title.attributes["content"] == said
        assert said in values, number


def test_data_for_search_engines_is_json_that_ends_where_it_should(hostile: Folder) -> None:
    """Each block can be parsed, and a title with `</script>` in it is in there whole."""
    found: set[str] = set()
    for page in documents(hostile).values():
        for script in page.css("script[type='application/ld+json']"):
            data = json.loads(script.text())
            found.add(data.get("headline", ""))
    if found:
        assert {text.replace("&lt;", "<").replace("&gt;", ">") for text in HOSTILE} <= found


def test_feeds_and_sitemap_hold_the_text_as_text(hostile: Folder) -> None:
    """No title adds an element to a feed: each has the elements it has for plain titles, and all can be parsed."""
    said = [text.replace("&lt;", "<").replace("&gt;", ">") for text in HOSTILE][::-1]
    rss = ElementTree.fromstring(hostile.page("feed.xml"))
    assert [unescape(item.findtext("title") or "") for item in rss.iter("item")] == said  # RSS has it as HTML
    atom = ElementTree.fromstring(hostile.page("atom.xml"))
    assert [title.text for title in atom.findall("{*}entry/{*}title")] == said
    assert [entry["title"] for entry in json.loads(hostile.page("feed.json"))["items"]] == said
    for route in hostile.routes():
        if route.endswith(".xml"):
            names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(hostile.page(route)).iter()}
            assert not names & {"script", "img", "x"}, route
    assert "\u2028" not in hostile.page("feed.json")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "&#106;avascript:alert(1)", "javascript&colon;alert(1)", "vbscript:x", "&#1;javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "//evil.example/x.js"]
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ["[x](<{}>)", '<a href="{}">x</a>', "![x](<{}>)", '<a href="{}" target="_blank">x</a>']
)
def test_a_link_in_a_post_never_runs_code(form: str, address: str, shelf: Folder) -> None:
    """An address that a browser would run is no link any more, in any spelling that browsers forgive."""
    shelf.post("2026-11-20-robots", form.format(address), id="robots")
    shelf.build()
    for html in (
        shelf.page("2026/11/robots/index.html"),
        ElementTree.fromstring(shelf.page("feed.xml")).findtext(".//item/{*}encoded"),
    ):
        for _, name, value in attributes(LexborHTMLParser(html or "")):
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            assert name not in ("href", "src") or not plain.startswith(("javascript:", "vbscript:", "data:text")), value
