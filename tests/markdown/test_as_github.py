"""Text as GitHub shows it: with a CommonMark parser as the judge, no word is lost and no sign shown that is none."""

import re
from string import punctuation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from storysite.markdown.convert import render_markdown
from storysite.model.config import MarkdownOptions

GITHUB = MarkdownIt("gfm-like")
ENGINES = ["python-markdown", "commonmark"]
_SMART = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "–": "--", "—": "---"})


def shown(source: str, engine: str) -> str:
    """Return the HTML that an engine makes of `source`."""
    return render_markdown(source, "T", MarkdownOptions(engine=engine)).body.html


def words(html: str) -> str:
    """Return what can be read in `html`, without blanks, for where lines end is no difference."""
    body = LexborHTMLParser(html).body
    return re.sub(r"\s|\x01\d+[\x02\x03]", "", body.text() if body else "").translate(_SMART)


def code(html: str) -> list[str]:
    """Return what stands in each code span and block."""
    body = LexborHTMLParser(html).body
    return [" ".join(node.text().split()) for node in body.css("code")] if body else []


WORDS = [
    "reading",
    "C#",
    "{1, 2}",
    "in 1986.",
    "a*b",
    "snake_case",
    "50%",
    "A & B",
    "é",
    "図書館",
    "x < y",
    "#1",
    "$5",
    "!!!",
]
SPANS = ["*soft*", "**loud**", "`code`", "[page](b.html)", "[page](<a b.html>)", "<b>bold</b>", "\\*", "\\#"]
SPANS += ["\\~", "\\&amp;", "\\<b>", "&copy;", "https://example.org/x", "~~gone~~", "`` a`b ``", "\\\\"]
PHRASES = st.lists(st.sampled_from([*WORDS, *SPANS]), min_size=1, max_size=4).map(" ".join)
LINES = st.one_of(
    PHRASES,
    PHRASES,
    st.just(""),
    st.tuples(
        st.sampled_from(["# ", "## ", "  ### ", "   # "]), PHRASES, st.sampled_from(["", " #", " ##", " \\#"])
    ).map("".join),
    st.sampled_from(["===", "---", "  ===", "```", "~~~", "```py", "````", "  ```", "***", "> ```"]),
    PHRASES.map("> {}\n".format),
    PHRASES.map("- {}\n".format),
    PHRASES.map("!!! {}".format),
    PHRASES.map("\nabove\n| a | {} |\n|---|---|\n| \\| | `x\\|y` |\n".format),
    PHRASES.map("\n[ref]: <a b.html>\n\n{} [ref]".format),
)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=8).map("\n".join))
@pytest.mark.parametrize("engine", ENGINES)
def test_any_lines_read_as_on_github(engine: str, source: str) -> None:
    """Words, signs and code are those that a CommonMark parser shows, in their order."""
    expected, made = GITHUB.render(source), shown(source, engine)
    assert (words(made), code(made)) == (words(expected), code(expected))


@pytest.mark.parametrize("engine", ENGINES)
@given(st.text(alphabet=punctuation + "ab", max_size=12))
def test_a_backslash_takes_the_meaning_of_any_sign(engine: str, text: str) -> None:
    """Whatever is typed is read, if a backslash stands before each sign."""
    escaped = "".join(f"\\{sign}" if sign in punctuation else sign for sign in text)
    assert words(shown(f"x{escaped}x", engine)) == f"x{text}x".translate(_SMART)


def test_attributes_stand_alone_in_braces() -> None:
    """Names, classes and values; anything else in braces is text."""
    made = shown(
        "## A {#one .x}\n\n## C# {#two}\n\n## B {1, 2, 3}\n\n## D ## {: #four }\n\n*e*{.x} {y} f{z=1}", "markdown"
    )
    assert '<h2 class="x" id="one">A</h2>' in made
    assert '<h2 id="two">C#</h2>' in made
    assert '<h2 id="b-1-2-3">B {1, 2, 3}</h2>' in made
    assert '<h2 id="four">D</h2>' in made
    assert '<p><em class="x">e</em> {y} f{z=1}</p>' in made


@pytest.mark.parametrize("title", ["note", 'note "A title"', 'note big "A title"'])
def test_a_note_has_a_text_further_in(title: str) -> None:
    for gap in ("\n", "\n\n"):
        made = shown(f"!!! {title}{gap}    The *text*.\n\nAfter.", "python-markdown")
        assert made.startswith('<div class="admonition note')
        assert "<em>text</em>" in made
    for prose in (f"!!! {title}\n\nAfter.", "!!! what a day it was\n\n    code", f"!!! {title}\nNo text."):
        assert "admonition" not in shown(prose, "python-markdown")
        assert "!!!" in shown(prose, "python-markdown")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("lead", ["", "> ", "- ", "1. ", "> - "])
@pytest.mark.parametrize("sign", ["```", "~~~~", "```python"])
def test_a_fence_that_is_not_closed_is_code_to_the_end_of_what_it_stands_in(engine: str, lead: str, sign: str) -> None:
    inside = "".join(letter if letter == ">" else " " for letter in lead)
    made = shown(
        f"{lead}text\n{inside}{sign}\n{inside}*a*\n{inside}\n{inside}# b\n" + ("\nAfter." if lead else ""), engine
    )
    assert "".join(code(made)).split() == ["*a*", "#", "b"]
    assert ("<p>After.</p>" in made) == bool(lead)


LINKED = st.sampled_from(["https://example.org/a_b", "www.example.org", "a@example.org", "words", "**https://x.org**"])


@pytest.mark.parametrize("engine", ENGINES)
@given(
    st.lists(LINKED, min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["https://y.org", "mailto:a@example.org", "/z"]),
)
def test_an_address_within_a_link_is_no_link_of_its_own(engine: str, text: str, address: str) -> None:
    """A browser ends a link where another begins, and the first would have no words."""
    body = LexborHTMLParser(shown(f'See <a href="{address}">{text}</a> and www.example.com.', engine)).body
    assert body is not None
    first, *others = body.css("a")
    assert first.text() == text.replace("*", "")
    assert [link.text() for link in others] == ["www.example.com"]


@pytest.mark.parametrize("target", ["<a b.html>", "<page.html>", "<https://example.org/a b>", "page.html"])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_target_of_a_reference_may_stand_in_angle_brackets(engine: str, target: str) -> None:
    for title in ("", ' "T"'):
        made = render_markdown(f"A [page].\n\n[page]: {target}{title}", "T", MarkdownOptions(engine=engine))
        inside = [reference.target for reference in made.references]
        assert inside == ([] if "https" in target else [target.strip("<>")])
        assert words(made.body.html) == "Apage."


@pytest.mark.parametrize("engine", ENGINES)
@given(st.sampled_from("「」、。（）！？"), st.sampled_from(["図書館", "です", "읽기"]), st.sampled_from(["**", "*"]))
def test_strong_words_stand_next_to_those_of_other_scripts(engine: str, sign: str, word: str, mark: str) -> None:
    """Chinese, Japanese and Korean have no blanks that tell where a mark begins."""
    assert words(shown(f"{word}{mark}{sign}{word}{sign}{mark}{word}", engine)) == f"{word}{sign}{word}{sign}{word}"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_definition_has_several_paragraphs(engine: str, gap: str) -> None:
    made = shown(f"Term{gap}:   First words.\n\n    *Second* words.\n\n:   Others.\n\nAfter.", engine)
    assert re.sub(r"\s*\n\s*", "", made) == (
        "<dl><dt>Term</dt><dd><p>First words.</p><p><em>Second</em> words.</p></dd>"
        "<dd><p>Others.</p></dd></dl><p>After.</p>"
    )


def test_a_mark_of_the_cut_in_code_is_code() -> None:
    made = render_markdown("One.\n\n```\n<!-- more -->\n```\n\nTwo.\n\n<!-- more -->\n\nThree.", "T", MarkdownOptions())
    assert made.excerpt == "One. <!-- more --> Two."
    assert "&lt;!-- more --&gt;" in made.body.html
