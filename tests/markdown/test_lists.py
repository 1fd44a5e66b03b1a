"""Lists as GitHub shows them, with a CommonMark parser as the judge of what that is."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Iterator
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from storysite.markdown.lists import settle_lists

Skeleton: TypeAlias = "list[str | Skeleton]"

EXTENSIONS = ["tables", "footnotes", "attr_list", "def_list", "abbr", "md_in_html", "admonition", "sane_lists", "toc"]
EXTENSIONS += ["smarty", "pymdownx.superfences", "pymdownx.tilde", "pymdownx.tasklist", "pymdownx.magiclink"]
PLAIN_CODE = {"pymdownx.highlight": {"use_pygments": False}}
SHOWN = {"ul", "ol", "li", "blockquote", "p", "h1", "h2", "h3", "hr", "table", "dl", "dt", "dd"}


class Settled(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return settle_lists(lines)


class SettledLists(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.preprocessors.register(Settled(md), "settled", 29)


def as_shown(text: str, *, settled: bool = True) -> Skeleton:
    """Return the skeleton of what Python-Markdown makes of `text`."""
    extensions: list[str | Extension] = [*EXTENSIONS, *([SettledLists()] if settled else [])]
    return skeleton(Markdown(extensions=extensions, extension_configs=PLAIN_CODE).convert(text))


def as_on_github(text: str) -> Skeleton:
    """Return the skeleton of what CommonMark with GitHub's tables makes of `text`."""
    return skeleton(MarkdownIt("gfm-like", {"linkify": False}).disable("linkify").render(text))


def skeleton(html: str) -> Skeleton:
    """Return elements as lists that begin with their names, around text with its spaces made one.

    Left out are paragraphs inside list items, since whether a list is tight is no part of its structure, and the
    boundary between neighboring lists or quotes of one kind, which Python-Markdown does not know. Code in list items
    loses its common indentation: four columns for Python-Markdown may be six for CommonMark.
    """
    body = LexborHTMLParser(html).body
    return _inside(body, in_item=False) if body else []


def _inside(node: LexborNode, *, in_item: bool) -> Skeleton:
    shown: Skeleton = []
    for part in _parts(node, in_item=in_item):
        last = shown[-1] if shown else None
        if isinstance(part, str) and isinstance(last, str):
            shown[-1] = f"{last} {part}"
        elif isinstance(part, list) and isinstance(last, list) and part[0] == last[0] in ("ul", "ol", "blockquote"):
            last.extend(part[1:])
        else:
            shown.append(part)
    return shown


def _parts(node: LexborNode, *, in_item: bool) -> Iterator[str | Skeleton]:
    for child in node.iter(include_text=True):
        name = child.tag or ""
        if name == "-text":
            words = " ".join(child.text().split())
            if words:
                yield words
        elif name == "pre":
            yield ["pre", textwrap.dedent(child.text()).strip("\n") if in_item else child.text()]
        elif name in SHOWN and not (name == "p" and in_item):
            yield [name, *_inside(child, in_item=in_item or name == "li")]
        else:
            yield from _inside(child, in_item=in_item)


def settled(text: str) -> str:
    return "\n".join(settle_lists(text.split("\n")))


LIKE_GITHUB = {
    "two columns": "- a\n  - b\n    - c\n- d",
    "three columns": "1. a\n   - b\n     1. c\n2. d",
    "four columns": "1. a\n    - b\n        - c\n            - d\n    - e\n2. f",
    "four columns below bullets": "- a\n    - b\n        - c\n\n            text of c\n\n    text of a\n- d",
    "tabs": "- a\n\t- b\n\t\t- c\n-\td",
    "wide gap": "-   a\n    - b\n\n    text\n-   c",
    "indented list": " - a\n   - b\n - c",
    "after a paragraph": "text\n- a\n- b",
    "numbers after a paragraph": "text\n1. a\n2. b",
    "another number in a paragraph": "It was in\n2020. What a year.\n\n- a",
    "another number in an item": "- It was in\n  2020. What a year.\n- b",
    "empty item in a paragraph": "text\n*\ntext\n\n- a",
    "parentheses": "1) a\n   1) b\n2) c",
    "after a table": "| a | b |\n|---|---|\n| 1 | 2 |\n- c",
    "after a quotation": "> quoted\n- a",
    "after a fence": "1. a\n```\nx\n```\n2. b",
    "after a heading": "# h\n- a\n  - b",
    "after an underlined heading": "h\n---\n2. a\n   - b",
    "numbers after bullets": "- a\n1. b\n2. c\n- d",
    "numbers after nested bullets": "- a\n  - b\n  1. c\n- d",
    "lazy text": "- a\nlazy\n  - b\nlazy\n- c",
    "text after a blank line": "- a\n  - b\n\n    text of b\n\n  text of a\n- c\n\ntext",
    "list below an item's second paragraph": "- a\n\n  text\n  - b\n- c",
    "shallower item after loose text": "- a\n  - b\n\n    text\n  - c\n- d",
    "item of items": "- - a\n  - b\n- - - c\n    - d",
    "empty items": "- a\n-\n- b\n-\n  c",
    "fence in an item": "1. a\n   ```py\n   x\n\n     - y\n   ```\n2. b",
    "waves in an item": "- a\n\n  ~~~\n  - x\n  ~~~\n  text\n- b",
    "fence that ends further right": "- a\n  ```\n  x\n   ```\n- b",
    "fence beside a marker": "- ```\n  x\n    y\n  ```\n- b",
    "indented code in an item": "- a\n\n      x\n        y\n\n  text\n- b",
    "quotation in an item": "- a\n  > q\n  > - b\n  >   - c\n- d",
    "quotation beside a marker": "- > q\n  > r\n- b",
    "list in a quotation": "> text\n> - a\n>   - b\n>\n>     text\n\n- c",
    "heading in an item": "- a\n  # h\n  text\n- # h\n  text",
    "table in an item": "- a\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |\n- b",
    "stars part lists": "- a\n***\n- b",
    "hyphens part lists": "- a\n---\ntext",
    "thematic breaks": "* * *\n- - -\n***\n\ntext\n\n- a",
    "no markers": "-5 degrees\n*word* text\n**bold**\n1.5 hours\n\n- a",
    "code after a blank line": "text\n\n    - code\n      - code\n\n- a\n  - b",
    "indented line in a paragraph": "text\n    - text\n\n- a",
}


@pytest.mark.parametrize("text", LIKE_GITHUB.values(), ids=LIKE_GITHUB.keys())
def test_structure_is_that_of_github(text: str) -> None:
    """A list has the items, levels and contents that a CommonMark parser finds."""
    assert as_on_github(text) == as_shown(text)


MILDER = {
    "marker far to the right": (
        "- a\n      - b\n      - c\n\n      - d\n- e",
        "- a\n    - b\n    - c\n\n    - d\n\n- e",
    ),
    "four columns below a wide number": ("100. a\n    - b\n101. c", "100. a\n    - b\n101. c"),
    "eight columns": ("- a\n        - b", "- a\n    - b"),
}


@pytest.mark.parametrize(("text", "expected"), MILDER.values(), ids=MILDER.keys())
def test_marker_that_is_indented_too_far_nests(text: str, expected: str) -> None:
    """Right below an item's text a marker means a nested list, even where CommonMark would read on with the text."""
    assert expected == settled(text)


UNTOUCHED = {
    "no list": "text\n\n    code\n\n> quote",
    "fence": "```\ntext\n- a\n  - b\n```\n\n~~~~\n- a\n~~~\n  - b\n~~~~",
    "code": "text\n\n    - a\n      - b\n\n    1) c",
    "pre": "<pre>\ntext\n- a\n\n  - b\n</pre>",
    "comment": "text\n\n<!-- text\n- a\n\n  - b\n-->",
    "div": "<div>\ntext\n- a\n  - b\n</div>",
    "four columns": "1. a\n\n    text\n\n    - b\n        - c\n\n            text\n\n                code\n\n2. d",
    "tight four columns": "- a\n    - b\n        - c\n    - d\n- e",
    "definitions": "Term\n:   text\n\n    text\n\n    - a\n        - b\n\nTerm\n:   text",
    "footnotes": "[^1]: text\n    text\n\n    - a\n    - b\n\n[^2]: text",
    "admonition": "!!! note\n    text\n\n    - a\n        - b\n\ntext",
    "abbreviation": "*[HTML]: Language\n\n- HTML",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_what_python_markdown_reads_already_is_not_touched(text: str) -> None:
    """Code, raw HTML and lists that are written with four columns a level keep every line."""
    assert text == settled(text)


def test_lines_without_a_list_are_the_list_given() -> None:
    """A text without anything like a marker is not even copied."""
    lines = ["text", "", "    code", "**bold** and *slanted*"]
    assert settle_lists(lines) is lines


def test_lists_in_footnotes_definitions_and_admonitions() -> None:
    """Blocks that only Python-Markdown knows hold lists in GitHub's manner as well."""
    nested: Skeleton = ["ul", ["li", "a", ["ul", ["li", "b"]]]]
    assert [["p", "Note"], ["p", "text"], nested] == as_shown("!!! note\n    text\n    - a\n      - b")
    assert [["dl", ["dt", "Term"], ["dd", ["p", "text"], nested]]] == as_shown("Term\n\n:   text\n    - a\n      - b")
    assert [["p", "text 1"], ["hr"], ["ol", ["li", "note", nested, "↩"]]] == as_shown(
        "text[^1]\n\n[^1]: note\n    - a\n      - b"
    )


def test_list_in_raw_html_that_asks_for_markdown() -> None:
    """An element marked for Markdown has its lists settled."""
    expected: Skeleton = [["ul", ["li", "a", ["ul", ["li", "b"]]]]]
    assert expected == as_shown('<div markdown="1">\n- a\n  - b\n</div>')


def test_tight_lists_stay_tight() -> None:
    """Nesting by two columns puts no blank line between items."""
    expected = "text\n\n- a\n    - b\n    - c\n- d"
    assert expected == settled("text\n- a\n  - b\n  - c\n- d")


WORDS = st.lists(st.sampled_from(["apple", "pear", "plum", "fig"]), min_size=1, max_size=3).map(" ".join)


@st.composite
def lists(draw: st.DrawFn, depth: int = 0, *, four: bool = False) -> list[str]:
    """Draw the lines of a list; `four` has all of it written for Python-Markdown, else as people write it."""
    sign = draw(st.sampled_from("-*+." if four else "-*+.)"))
    loose = draw(st.booleans())
    written: list[str] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        marker = (f"{number}{sign}" if sign in ".)" else sign) + " "
        width = 4 if four else draw(st.integers(len(marker), 4))
        if loose and written and written[-1]:
            written.append("")
        written.append(marker + draw(WORDS))
        for _ in range(draw(st.integers(0, 2))):
            part = draw(lists(depth + 1, four=four)) if depth < 4 and draw(st.booleans()) else ["", draw(WORDS)]
            if four and part[0] and (loose or written[-1] == ""):
                part = ["", *part]
            written += [" " * width + line if line else "" for line in part]
    return written


@st.composite
def stories(draw: st.DrawFn) -> str:
    """Draw paragraphs with lists right below them."""
    parts = draw(st.lists(st.tuples(WORDS, lists()), min_size=1, max_size=3))
    return "\n\n".join("\n".join([paragraph, *listed]) for paragraph, listed in parts)


@given(stories())
def test_any_list_is_as_on_github(text: str) -> None:
    """However people nest by two, three or four columns, the structure is that of CommonMark."""
    assert as_on_github(text) == as_shown(text)


@given(lists(four=True))
def test_lists_for_python_markdown_look_as_before(lines: list[str]) -> None:
    """What is written with four columns a level settles at once, into nothing that looks different."""
    text = "\n".join(lines)
    once = settled(text)
    assert once == settled(once)
    assert as_on_github(text) == as_shown(text)


@given(st.lists(st.text("-*1.) \t#>ab", max_size=12)), st.integers(0, 4))
def test_fenced_code_is_never_changed(code: list[str], width: int) -> None:
    """Lines in a fence keep their distance from it, at top level and in an item, and at top level every character."""
    fence = ["- a", "", "```", *code, "```"]
    assert fence[2:] == settle_lists(["text", "- a", "", "text", "", *fence[2:]])[-len(fence) + 2 :]
    spaced = [line.expandtabs(4) for line in code]
    moved = settle_lists(["- a", "", *(" " * (2 + width % 3) + line for line in ["```", *spaced, "```"])])
    assert [line.rstrip() for line in spaced] == [line[4:].rstrip() for line in moved[3:-1]]


HOSTILE = {
    "many items": ["- a"] * 50_000,
    "many paragraphs": ["text", "- a", ""] * 17_000,
    "kinds by turns": ["1. a", "* b"] * 25_000,
    "ever deeper": ["  " * (line % 1_000) + "- a" for line in range(5_000)],
    "deep by turns": ["    " * (line % 40) + "- a" for line in range(50_000)],
    "markers in a row": ["- " * 50_000 + "a", "1. " * 50_000 + "a"],
    "almost a rule": ["- " * 25_000 + "a"] * 2,
    "quotes in quotes": ["> " * 200 + "- a"] * 5_000,
    "fence without an end": ["- a", "  ```"] + ["  - b"] * 50_000,
    "almost an element": ["<a " + "b='c' " * 20_000] * 5 + ["- a"],
}


@pytest.mark.long
@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length(lines: list[str]) -> None:
    """Fifty thousand lines made to be difficult take less than two seconds of work."""
    begin = time.process_time()
    settle_lists(lines)
    assert time.process_time() - begin < 2


def test_what_is_nested_too_deep_stays_text() -> None:
    """From the twenty-first level on a marker is text, so that no depth can exhaust the parser."""
    lines = ["  " * level + "- a" for level in range(30)]
    expected = [" " * (4 * min(level, 20)) + "- a" for level in range(30)]
    assert expected == settle_lists(lines)
