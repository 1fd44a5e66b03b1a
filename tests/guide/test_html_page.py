"""The guide's page on HTML is the policy: its lists are those of the program, and its tables are tried row by row."""

import re

import pytest

from storysite.markdown.convert import render_markdown
from storysite.markdown.policy import DRAWING, ELEMENTS, FORMULA, SAID, SCHEMES
from storysite.model.config import MarkdownOptions
from storysite.model.document import Document
from storysite.render.link_targets import Shown, fill_links
from storysite.source.entry import Entry
from storysite.source.post import read_post
from tests.guide_pages import RULES, code_in, page, rows, sections

ENGINES = ["python-markdown", "commonmark"]
TABLE = rows(sections(page("html"), 2)["What is changed"])
OUTER = re.compile(r"^<p>(.*)</p>$", re.DOTALL)


def shown(document: Document) -> str:
    """Return the HTML of a text whose links lead where they say."""
    targets = [reference.target for reference in document.references]
    return fill_links(Shown(document.body, targets, ()), document.references, lambda address: address)


def bare(html: str) -> str:
    """Return HTML without the paragraph that only one of the engines puts around a line of it."""
    return OUTER.sub(r"\1", html.replace("<p></p>", ""))


def said(document: Document) -> list[str]:
    """Return what a build says of the changes in a text."""
    return [SAID[change.kind].what.format(about=change.about) for change in document.changes]


@pytest.mark.parametrize("engine", [*ENGINES, "html"])
@pytest.mark.parametrize("row", TABLE, ids=lambda row: code_in(row[0])[0])
def test_what_the_guide_says_of_html_is_so(row: list[str], engine: str) -> None:
    """In Markdown, whichever engine reads it, and in posts that are all HTML: what is shown, and what is said."""
    written, got, told = row
    html = engine == "html"
    document = render_markdown(
        code_in(written)[0], "T", MarkdownOptions() if html else MarkdownOptions(engine=engine), html=html
    )
    made = shown(document)
    if got.startswith("a link card to "):
        assert made.startswith('<p class="video"><a class="elsewhere" '), made
        assert f'href="{code_in(got)[0]}"' in made
    else:
        assert bare(made) == ("" if got == "nothing" else bare(code_in(got)[0]))
    assert said(document) == ([] if told == "–" else [told.replace("`", "")])


def test_every_kind_of_change_is_in_the_guide() -> None:
    """Each of them has a row, in the words in which a build says it."""
    told = {
        change.kind for row in TABLE for change in render_markdown(code_in(row[0])[0], "", MarkdownOptions()).changes
    }
    assert told == SAID.keys()


def test_the_guide_names_what_stays() -> None:
    """All elements, and all beginnings of addresses; no more and no fewer than the program knows."""
    written = sections(page("html"), 2)["What you can write"]
    paragraphs = {text.strip().partition("\n")[0]: text for text in written.split("\n\n")}
    assert set(code_in(paragraphs["The elements"])) == ELEMENTS
    assert set(code_in(paragraphs["In `svg`, the elements"])) - {"svg"} == DRAWING - {"svg"}
    assert set(code_in(paragraphs["In `math`, the elements"])) - {"math"} == FORMULA - {"math"}
    addresses = paragraphs["An address is the name of a file, a path on your site, or begins with one of"]
    assert {name.removesuffix(":") for name in code_in(addresses)} - {"data:image/"} == SCHEMES


@pytest.mark.parametrize("name", sorted(ELEMENTS - {"h1", "h3", "h4", "h5", "h6"}))
def test_an_element_that_the_guide_names_stays(name: str) -> None:
    """With its class, where it may stand; headings go where their level belongs."""
    around = {
        **dict.fromkeys(("td", "th"), "<table><tr>{}</tr></table>"),
        **dict.fromkeys(("caption", "colgroup", "tbody", "tfoot", "thead", "tr"), "<table>{}</table>"),
        **dict.fromkeys(("col",), "<table><colgroup>{}</colgroup></table>"),
    }
    source = around.get(name, "{}").format(f'<{name} class="ours" src="a.html"></{name}>')
    document = render_markdown(source, "T", MarkdownOptions(), html=True)
    assert f'<{name} class="ours"' in document.body.html + "".join(image for _, image in document.body.images)
    assert document.changes == ()


def test_a_change_is_told_with_its_line() -> None:
    """That of the first place; a line of the front matter is none."""
    lines = [
        "---",
        "title: A <script> in a title",
        "---",
        "",
        "Doors.",
        "",
        "<p ONCLICK='x'>a</p>",
        "",
        "<Script>x</Script>",
    ]

    def read(source: str, title: str, options: MarkdownOptions, **more: object) -> Document:
        return render_markdown(source, title, options, html=bool(more["html"]))

    entry: Entry = read_post("\n".join(lines).encode(), "content/posts/2026-01-02-a.md", RULES, read)[0]
    found = [(problem.line, problem.what.split()[0]) for problem in entry.problems if problem.code == "html-changed"]
    assert sorted(found) == [(7, "onclick"), (9, "a")]
