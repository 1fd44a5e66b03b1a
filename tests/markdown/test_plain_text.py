"""One way from HTML to plain text: what a person would read aloud, for titles, excerpts and everything made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.markdown.convert import render_markdown
from storysite.markdown.html_bounds import html_limits
from storysite.markdown.plain_text import count_words, summary_of, text_of_html, title_of
from storysite.model.config import MarkdownOptions
from storysite.model.document import Document

ENGINES = ["python-markdown", "commonmark"]


def made(source: str, title: str = "T", engine: str = "python-markdown", *, html: bool = False) -> Document:
    return render_markdown(source, title, MarkdownOptions(engine=engine), html=html)


BLOCKS = ["p", "div", "li", "h2", "blockquote", "dd", "section", "figcaption", "details", "summary"]
MARKS = ["em", "strong", "a", "code", "span", "sup", "mark"]
SILENT = [
    "<script>x()</script>",
    "<style>.x{}</style>",
    "<!-- x -->",
    "<svg><text>x</text></svg>",
]
SILENT += [
    '<sup id="fnref:1"><a href="#fn:1">1</a></sup>',
    '<div class="footnotes"><p>x</p></div>',
    "<template>x</template>",
]


@given(
    st.lists(
        st.tuples(st.sampled_from(BLOCKS), st.sampled_from(MARKS), st.sampled_from(["", "<br>", *SILENT])), min_size=1
    )
)
def test_blocks_and_breaks_are_blanks_and_what_is_for_programs_is_nothing(parts: list[tuple[str, str, str]]) -> None:
    html = "".join(f"<{block}>one{silent}<{mark}>two</{mark}></{block}>" for block, mark, silent in parts)
    assert text_of_html(html).replace("one two", "onetwo").split() == ["onetwo"] * len(parts)


def test_template_code_in_code_is_read() -> None:
    assert text_of_html("<p>Write <code>{{ title }}</code>.</p>") == "Write {{ title }}."


def test_a_deep_text_is_read() -> None:
    """However many elements are within each other, up to the limit."""
    with html_limits(MarkdownOptions(nesting_limit=5000)):
        assert text_of_html("<div>" * 5000 + "deep") == "deep"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("source", "excerpt"),
    [
        ("One  \ntwo<br>three.", "One two three."),
        ("- one\n- two", "one two"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("<div>One</div><div>two</div>", "One two"),
        ("One<script>x()</script> two.[^1]\n\n[^1]: A note.", "One two."),
        ("## Part\n\n1. one", "one"),
        ("> One.", "One."),
        ("One.\n\n<!-- more -->\n\nTwo.", "One."),
        ("- one\n- two\n\n<!-- more -->\n\nTwo.", "one two"),
        ("`<!-- more -->` is a sign.\n\nTwo.", "<!-- more --> is a sign."),
        ("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->", "One."),
        ("![a picture](a.jpg)\n\nOne.", "One."),
        ("It&#146;s &#8220;here&#8221;.", "It’s “here”."),
    ],
)  # fmt: skip
def test_a_text_has_first_words(engine: str, source: str, excerpt: str) -> None:
    """Whatever it is made of; notes, their marks and breaks are no words."""
    assert made(source, engine=engine).excerpt == excerpt


@pytest.mark.parametrize("engine", ENGINES)
@given(st.one_of(st.integers(0, 255), st.integers(0, 0x12FFFF)), st.booleans())
def test_a_numbered_character_is_shown_as_browsers_do_or_marked_as_none(
    engine: str, number: int, hexadecimal: bool
) -> None:
    """It is never dropped without a trace, and never one that XML forbids."""
    reference = f"&#x{number:x};" if hexadecimal else f"&#{number};"
    shown = text_of_html(made(f"a{reference}b", engine=engine).body.html)
    assert len(shown) == 3
    if len(shown) == 3 and shown[1] not in "\ufffd ":
        assert shown[1] == (chr(number) if not 128 <= number < 160 else bytes([number]).decode("cp1252"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("above", "leads"),
    [
        ("", True),
        ("![a](a.jpg)\n\n", True),
        ("<!-- a remark -->\n\n", True),
        ("<style>\n.x {}\n</style>\n\n", True),
        ("Words.\n\n", False),
        ("- words\n\n", False),
        ("<div>words</div>\n\n", False),
        ("```\ncode\n```\n\n", False),
    ],
)
def test_a_title_comes_only_from_a_heading_that_leads_the_text(engine: str, above: str, leads: bool) -> None:
    """Pictures and remarks may stand above it. It is taken out of the text, and any other stays."""
    for level in ("#", "##"):
        document = made(f"{above}{level} The *title*\n\nText.", "", engine)
        assert document.title == ("The title" if leads else "")
        assert ("<h" in document.body.html) != leads


def test_a_title_has_its_words_alone() -> None:
    document = made("# A<br>title[^1] {{ x }}<script>y()</script>\n\n[^1]: A note.", "")
    assert document.title == "A title"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("<em>Holes</em> by Sachar", "Holes by Sachar"),
        ("One<br>two<br/>three", "One two three"),
        ('A <a href="/x">link</a>', "A link"),
        ("How to use <canvas>", "How to use <canvas>"),
        ("The <b> tag", "The <b> tag"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_a_title_loses_the_html_that_sets_its_words(written: str, words: str) -> None:
    assert " ".join(title_of(written).split()) == words


def test_a_summary_loses_all_html() -> None:
    written = "<p>One <b>two</b></p><script>x()</script><ul><li>three</li><li>4 < 5 {{ x.y }}</li></ul>"
    assert summary_of(written).split() == ["One", "two", "three", "4", "<", "5"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("forty families came", 3),
        ("図書館で本を読む", 4),
        ("도서관에서 책을 읽다", 3),
        ("ห้องสมุดโรงเรียน", 4),
        ("мы читаем", 2),
        ("चालीस परिवार आए", 3),
        ("اربعون عائلة", 2),
        ("one 図書館 two", 3),
        ("", 0),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    """Where no blanks stand between words, their number is an estimate."""
    assert count_words(text) == words


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "extra",
    ["<script>\nvar a = 1;\n</script>", "<style>\n.a { b: c }\n</style>", "```\na b c\n```", "`a b`", "    a b c"],
)
def test_code_scripts_and_styles_are_no_words(engine: str, extra: str) -> None:
    assert made(f"One two three.\n\n{extra}\n\nFour.", engine=engine).words == 4
