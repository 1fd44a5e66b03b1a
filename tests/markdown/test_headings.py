"""The link of a heading to itself, which the extension toc adds, is no word of the heading; a writer's own sign is."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.markdown.convert import render_markdown
from storysite.model.config import MarkdownOptions
from storysite.model.document import Document

SOURCE = "First words.\n\n## The ¶ sign\n\nText.\n\n## Link [here](#part) {#part}\n\n### Plain\n"


def made(source: str, title: str = "T", **options: Any) -> Document:
    """Return the Text of Markdown where toc has these options."""
    return render_markdown(source, title, MarkdownOptions(extensions=(("toc", options),)))


@pytest.mark.parametrize(
    ("options", "link"),
    [
        ({"permalink": True}, '<a class="headerlink" href="#plain" title="Permanent link">¶</a>'),
        ({"permalink": "Link"}, '<a class="headerlink" href="#plain" title="Permanent link">Link</a>'),
        ({"permalink": "#", "permalink_class": "x y"}, '<a class="x y" href="#plain" title="Permanent link">#</a>'),
        ({"permalink": "¶", "permalink_class": "", "permalink_title": ""}, '<a class="" href="#plain">¶</a>'),
        ({"permalink": "Plain", "permalink_class": "toclink", "anchorlink": True}, ">Plain</a>"),
        ({"permalink": True, "permalink_leading": True}, '<h3 id="plain"><a class="headerlink" href="#plain"'),
        ({"permalink": True, "permalink_leading": True, "anchorlink": True}, '<a class="toclink" href="#plain">Plain</a>'),
        ({"permalink": False, "anchorlink": True}, '<h3 id="plain"><a class="toclink" href="#plain">Plain</a></h3>'),
    ],
)  # fmt: skip
def test_a_heading_has_the_words_that_were_written(options: dict[str, Any], link: str) -> None:
    """Whatever the link is called and wherever it stands, it goes, and with it nothing that a person wrote."""
    document = made(SOURCE, **options)
    assert [heading.text for heading in document.headings] == ["The ¶ sign", "Link here", "Plain"]
    assert link in document.body.html
    assert document.title == ""
    assert document.words == made(SOURCE).words
    assert "\x04" not in document.body.html


@pytest.mark.parametrize("leading", [True, False])
def test_a_heading_that_is_the_title_goes_with_its_link(leading: bool) -> None:
    """It is taken out of the text though the link stands before it, and no list of contents has the sign."""
    source = "<!-- more for us -->\n\n# The ¶ sign\n\n[TOC]\n\nText.\n\n## Part ¶ one\n"
    document = made(source, "", permalink=True, permalink_leading=leading)
    assert document.title == "The ¶ sign"
    assert "<h1" not in document.body.html
    assert [heading.text for heading in document.headings] == ["Part ¶ one"]


def test_an_excerpt_has_no_links_of_headings() -> None:
    """What stands before the cut is quoted as a person would quote it."""
    document = made("## The ¶ sign\n\nText.\n\n<!--more-->\n\nMore.", permalink="Link", permalink_class="own")
    assert document.excerpt == "The ¶ sign\nText.".replace("\n", " ")
    assert '<a class="own" href="#the-sign" title="Permanent link">Link</a></h2>' in document.body.html


def test_pages_written_as_html_may_have_such_links() -> None:
    """As other programs write them: a link of the class `headerlink`."""
    html = '<p>A</p><h2 id="a">The ¶ sign<a class="headerlink" href="#a">¶</a></h2><h3>B <a href="#a">¶</a></h3>'
    document = render_markdown(html, "T", MarkdownOptions(), html=True)
    assert [heading.text for heading in document.headings] == ["The ¶ sign", "B ¶"]


LEVELS = some.lists(some.integers(1, 6), max_size=9)
WAYS = {
    "python-markdown": lambda level, name: f"{'#' * level} {name}\n\nText.\n\n",
    "commonmark": lambda level, name: f"{'#' * level} {name}\n\nText.\n\n",
    "html": lambda level, name: f"<h{level} class='a'>{name}</h{level}>\n<p>Text.</p>\n",
}


@pytest.mark.parametrize("way", WAYS)
@given(LEVELS)
def test_no_level_of_headings_is_left_out(way: str, levels: list[int]) -> None:
    """The first is h2, below the page's title; a deeper one is one level deeper, and of equals none is."""
    if way == "commonmark":
        pytest.importorskip("comrak")
    source = "Words.\n\n" + "".join(WAYS[way](level, f"Part {number}") for number, level in enumerate(levels))
    options = MarkdownOptions(way) if way != "html" else MarkdownOptions()
    document = render_markdown(source, "T", options, html=way == "html")
    settled = [heading.level for heading in document.headings]
    assert [int(level) for level in re.findall(r"<h(\d)", document.body.html)] == settled
    assert [int(level) for level in re.findall(r"</h(\d)", document.body.html)] == settled
    for before, after, written_before, written in zip([1, *settled], settled, [0, *levels], levels, strict=False):
        if written > written_before:
            assert after == min(before + 1, 6)
        else:
            assert 2 <= after <= before
            assert written < written_before or after == before
    if all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False)) and 1 not in levels:
        assert settled == levels
