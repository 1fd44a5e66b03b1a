"""Raw HTML between Markdown: it never hides, swallows or leaves unread what stands apart from it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from storysite.markdown.unclosed_html import close_unclosed
from tests.markdown.test_as_github import ENGINES, GITHUB, code, shown, words

TAGS = [
    "<div>",
    "</div>",
    "</div><div class='x'>",
    "<p>",
    "</p>",
    "<section><div>",
    "</div></section>",
    "<li>",
    "<ul><li>",
]
TAGS += ["</li></ul>", "<details><summary>S</summary>", "</details>", "<center>", "</center>", "<h2>", "</h2>", "<br>"]
TAGS += [
    "<p align='center'><img src='a.png'>",
    "<div>words</div>",
    "<p>words</p>",
    "<hr>",
    "<blockquote>",
    "</blockquote>",
]
TAGS += [
    "<div><p>",
    "<tr>",
    "<figure><img src='a.png'><figcaption>w</figcaption></figure>",
    "<dl><dt>",
    "</dt></dl>",
    "<a href='x'>",
    "</a>",
]
MARKED = ["**loud**", "# heading", "- item", "text *soft*", "> quote", "[page](b.html)", "```\n**code**\n```"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*TAGS, *MARKED]), max_size=8).map("\n\n".join))
@pytest.mark.parametrize("engine", ENGINES)
def test_markdown_between_tags_is_read(engine: str, source: str) -> None:
    """Whatever is open or closed: what stands apart from tags is Markdown."""
    assert sorted(words(shown(source, engine))) == sorted(words(GITHUB.render(source)))


SWALLOWS = [
    "<iframe src='x'>",
    "<script>\nlet a;",
    "<style>\n.a{}",
    "<textarea>",
    "<pre>\nas it is",
    "<!-- a remark",
    "<h2>Part",
]
SWALLOWS += [
    "<video controls><source src='a.mp4'>",
    "<object data='a.swf'>",
    "<select><option>a",
    "<svg><path d='m'>",
    "<title>",
]
SWALLOWS += [
    "<? php",
    "<![CDATA[ a",
    "<template>",
    "<canvas>",
    "<table><tr><td>a",
    "<iframe src='x'/>",
    "<i class='icon'/>",
    "<a name='x'/>",
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("tag", SWALLOWS)
@pytest.mark.parametrize("lead", ["", "Words ", "- ", "> ", "<div>"])
def test_html_that_is_not_closed_swallows_no_text(engine: str, tag: str, lead: str) -> None:
    """What follows the paragraph is read as if the element were closed."""
    continued = " " * len(lead) if lead == "- " else lead if lead == "> " else ""
    begin = lead + tag.replace("\n", f"\n{continued}")
    body = LexborHTMLParser(shown(f"{begin}\n\n**Strong** and www.example.org.\n\n## Next\n", engine)).body
    assert body is not None
    strong = body.css_first("p strong")
    assert strong is not None
    assert strong.text() == "Strong"
    links = [link.text() for link in body.css("p > a[href]")]
    assert [words for words in links if words != "a.swf"] == ["www.example.org"], "a file that nothing shows is a link"
    last = body.css("h2, h3")[-1]
    assert last.text() == "Next"
    outside = {
        "iframe",
        "script",
        "style",
        "video",
        "object",
        "select",
        "svg",
        "template",
        "canvas",
        "table",
        "i",
        "a",
        "pre",
    }
    for inside in (strong, last):
        node: LexborNode | None = inside
        while node is not None:
            assert node.tag not in outside
            node = node.parent


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("tag", SWALLOWS)
def test_html_in_code_is_code(engine: str, tag: str) -> None:
    line = tag.replace("\n", " ")
    made = shown(f"Text `{line}`.\n\n```\n{line}\n```\n\n    {line}\n\nMore ``{line}``.", engine)
    assert code(made) == [line] * 4


def test_time_to_close_html_grows_with_its_length() -> None:
    """Forty thousand signs made to be difficult take a second or two of work, not minutes."""
    for sign in (
        "<!-- ",
        "<? ",
        "<h2>",
        "<script>",
        "` `` ",
        "<table></select>",
        "<i/>",
        "\n\n    <iframe>",
        "<svg><a/>",
    ):
        lines = (sign * 40_000).split("\n")
        begin = time.process_time()
        close_unclosed(lines)
        assert time.process_time() - begin < 10
