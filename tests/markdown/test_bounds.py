"""No text reaches a parser in C with more of anything than it bears: what has too much is shown as it was written."""

import random
import time

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from storysite.markdown.convert import render_markdown
from storysite.markdown.html_bounds import TooMuchHtml, _Count, check_html, html_limits
from storysite.model.config import ENGINES, MarkdownOptions
from tests.folder import Folder

NAMES = """a annotation-xml applet b body br button caption col colgroup dd desc details div dl dt em font foreignObject
    form frameset g h1 h2 head html i iframe image img input label li marquee math mi mtext nobr noembed noscript object ol
    option p path plaintext rect rt ruby s script section select span style summary svg table tbody td template textarea th
    title tr ul xmp""".split()
MORE = [
    "<!--", "-->", "<![CDATA[", "]]>", "x", "<?x", "<!x>", '<div title="', '">', "'", "</", ">", "<b/>", "<g/>", "<div/>", "<path/>",
    "--!>", "<svg><desc>", "<svg></svg>", "<table><tr><td>", "</td></tr></table>", "</script", "<script><!--<script>",
]  # fmt: skip
TIMES = 60


def soup(dice: random.Random) -> str:
    """Return a few tags, in any order, again and again: what grows with each time grows without end."""
    pool = [f"<{name}>" for name in dice.sample(NAMES, dice.randint(1, 6))]
    pool += [tag.replace("<", "</") for tag in dice.sample(pool, dice.randint(0, len(pool)))]
    pool += dice.sample(MORE, dice.randint(0, 2))
    before = "".join(dice.choice(pool) for _ in range(dice.randint(0, 4)))
    return before + TIMES * "".join(dice.choice(pool) for _ in range(dice.randint(1, 9)))


def made_of(html: str) -> tuple[int, int]:
    """Return how deep the elements are that the parser makes of HTML, and how many there are."""
    top = LexborHTMLParser("<!doctype html><html><body>" + html).body
    assert top is not None
    waiting: list[tuple[LexborNode, int]] = [(top, 0)]
    deepest = count = 0
    while waiting and count < 20_000:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        count += 1
        waiting += [(inner, depth + 1) for inner in node.iter()]
    return deepest, count


def limit_of(html: str, name: str, most: int) -> int:
    """Return the lowest limit called `name` at which HTML is let through, with no other limit."""
    least = 0
    while least < most:
        middle = (least + most) // 2
        levels, elements = (middle, 10**9) if name == "nesting_limit" else (10**9, middle)
        try:
            _Count(html, MarkdownOptions(nesting_limit=levels, element_limit=elements)).read()
            most = middle
        except TooMuchHtml:
            least = middle + 1
    return least


@pytest.mark.parametrize("seed", range(300))
def test_a_parser_makes_no_more_than_is_counted(seed: int) -> None:
    """Whatever the order of tags: four levels at most for one that is counted (a table has as many), and elements."""
    html = soup(random.Random(seed))
    depth, count = made_of(html)
    assert depth <= 4 * limit_of(html, "nesting_limit", 10_000) + 12
    assert count <= 4 * limit_of(html, "element_limit", 1_000_000) + 50


FAR_TOO_MUCH = {
    "templates": "<template>" * 70_000,
    "blocks": "<div>" * 200_000,
    "tables": "<table><tr><td>" * 4000,
    "words in a line": "<span>" * 100_000,
    "formatted alike": "<b>" * 50_000 + "<p>x" * 1000,
    "formatted otherwise": "<p>" + "".join(f"<font size={size}>" for size in range(5000)) + "<p>x" * 5000,
    "with other ends": "<b><div></b>" * 50_000,
    "in links": "<a><div>" * 50_000,
    "headings": "<h1><div>" * 20_000,
    "attributes": f"<p {' '.join(f'a{number}=1' for number in range(80_000))}>x</p>",
    "elements": "<br>" * 400_000,
    "quotes": "> " * 200_000,
    "drawings": "<svg>" * 50_000,
    "ends in remarks": "<div><!--</div>-->" * 20_000,
    "ends in values": '<div title="</div>">' * 20_000,
    "ends in scripts": "<div><script></div></script>" * 20_000,
}
MARKDOWN = {
    "definitions": "a\n: b\n\n" * 40_000,
    "columns": "|" * 40_000 + "\n" + "|-" * 40_000 + "\n",
    "mail": "a@b.c " * 100_000,
    "lists": "- " * 100_000 + "a",
}


@pytest.mark.parametrize("name", [*FAR_TOO_MUCH, *MARKDOWN])
@pytest.mark.parametrize("way", [*ENGINES, "html"])
def test_far_too_much_is_shown_as_it_was_written(way: str, name: str) -> None:
    """In both engines and in files of HTML; what neither engine finds too much is read within the limit of time."""
    source = (FAR_TOO_MUCH | MARKDOWN)[name]
    before = time.process_time()
    text = render_markdown(
        source, "", MarkdownOptions("commonmark" if way == ENGINES[1] else ENGINES[0], 1), html=way == "html"
    )
    assert time.process_time() - before < 4
    assert not text.fault
    if way != ENGINES[0] and name in FAR_TOO_MUCH and (way, name) != ("html", "quotes"):
        assert text.beyond
        assert text.body.html.startswith('<pre class="as-written"')


def test_old_html_that_closes_little_is_read() -> None:
    """Paragraphs, items, cells and anchors without ends, thousands of them, lie beside each other and not within."""
    for html in (
        "<p>a" * 5000,
        "<ul>" + "<li><p>a" * 5000,
        "<table>" + "<tr><td>a<td>b" * 2000,
        '<a name="x">a ' * 3000,
        "<dl>" + "<dt>a<dd>b" * 2000,
        "<select>" + "<option>a" * 2000,
        "<b>a</b> <i>b</i><br>" * 5000,
        '<svg><path d="M0"/></svg>' * 5000,
        "<p><font>a</font></p>" * 5000,
        "<div><ul><li><a>a</a></li></ul></div>" * 5000,
        "<style>" + "<div>" * 5000 + "</style>",
        "<!--" + "<div>" * 5000 + "-->",
    ):
        check_html(html)


def test_the_limits_are_those_of_the_settings() -> None:
    """Levels and elements may be fewer or more; outside of a text, as for templates, the usual ones hold."""
    deep = "<div>" * 700 + "</div>" * 700
    assert render_markdown(deep, "", MarkdownOptions(), html=True).beyond == "levels"
    assert not render_markdown(deep, "", MarkdownOptions(nesting_limit=1000), html=True).beyond
    assert render_markdown("<br>" * 2000, "", MarkdownOptions(element_limit=1000), html=True).beyond == "elements"
    with html_limits(MarkdownOptions(nesting_limit=50)), pytest.raises(TooMuchHtml):
        check_html("<div>" * 60)


def test_a_text_beyond_a_limit_is_named_and_remembered(folder: Folder) -> None:
    """It is the same at each build, unlike one that took too long; the rest of the site is made."""
    folder.write("storysite.yml", "markdown: {nesting_limit: 50}\n")
    folder.post("2026-01-01-deep", "<div>" * 60, title="Deep")
    folder.post("2026-01-02-good", "A *good* story.", title="Good")
    built = folder.build()
    assert [problem.code for problem in built.problems] == ["text-too-large", "base-url"]
    assert "&lt;div&gt;" in folder.page("2026/01/deep/index.html")
    assert "<em>good</em>" in folder.page("2026/01/good/index.html")
    assert folder.build_if_needed().made == []
