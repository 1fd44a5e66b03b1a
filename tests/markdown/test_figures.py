"""Figures and galleries: pictures that stand alone, in both engines and as strangers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.markdown.convert import render_markdown
from storysite.model.config import ENGINES, MarkdownOptions
from storysite.model.pictures import ENLARGE
from storysite.render.link_targets import Shown, fill_links

GAPS = {"in one paragraph": "\n", "on one line": " ", "with hard breaks": "  \n", "in paragraphs of their own": "\n\n"}


def html_of(text: str, engine: str, **captions: str) -> str:
    """Return the HTML of a text whose pictures are shown as they are."""
    document = render_markdown(text, "", MarkdownOptions(engine=engine, time_limit=60))
    targets = [reference.target for reference in document.references]
    named = {f"{name}.jpg": words for name, words in captions.items()}
    return fill_links(Shown(document.body, targets, [None] * len(targets)), document.references, str, captions=named)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("count", [2, 3, 7])
def test_pictures_in_a_row_are_a_gallery(engine: str, gap: str, count: int) -> None:
    """However they are kept apart, each is a figure of it, in their order."""
    pictures = [f"![Picture {number}](p{number}.jpg)" for number in range(count)]
    html = html_of(f"Before.\n\n{GAPS[gap].join(pictures)}\n\nAfter.", engine)
    assert html.count('<div class="gallery"><figure>') == 1
    assert html.count("<figure>") == count
    assert [html.index(f"p{number}.jpg") for number in range(count)] == sorted(
        html.index(f"p{number}.jpg") for number in range(count)
    )
    assert html.index("Before.") < html.index("gallery") < html.index("After.")
    assert ENLARGE not in html


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        "![One](a.jpg)",
        "Words ![one](a.jpg) and ![two](b.jpg).",
        "[![One](a.jpg)](https://example.org/a) [![Two](b.jpg)](https://example.org/b)",
        "![One](a.jpg)\n\nWords between.\n\n![Two](b.jpg)",
        "![One](a.jpg)\n\n---\n\n![Two](b.jpg)",
        '<p><img src="a.png" alt="a" width="20"> <img src="b.png" alt="b" width="20"></p>',
        "- ![One](a.jpg)\n- ![Two](b.jpg)",
    ],
)
def test_other_pictures_are_no_gallery(engine: str, text: str) -> None:
    """Signs in a text, badges that lead somewhere, items of a list, and what has words or a line between."""
    assert "gallery" not in html_of(text, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_caption_is_the_title_or_what_photos_say(engine: str) -> None:
    """The title stands first: it was written at the picture."""
    assert "<figcaption>Our team</figcaption>" in html_of('![A robot](a.jpg "Our team")', engine, a="Other words")
    assert "<figcaption>Other words</figcaption></figure>" in html_of("![A robot](a.jpg)", engine, a="Other words")
    gallery = html_of('![A](a.jpg "First")\n![B](b.jpg)\n![C](c.jpg)', engine, b="Second")
    assert gallery.count("<figcaption>") == 2
    assert gallery.count("<figure>") == 3
    assert "figure" not in html_of("In ![words](a.jpg).", engine, a="Other words")


@pytest.mark.parametrize("engine", ENGINES)
@given(parts=some.lists(some.sampled_from(["![P](p.jpg)", '![Q](q.jpg "T")', "words", "\n\n", "- ", "> "])))
def test_no_picture_and_no_word_is_lost(engine: str, parts: list[str]) -> None:
    """Whatever stands between them."""
    text = " ".join(parts)
    html = html_of(text, engine)
    assert html.count("<img") == text.count("![")
    assert html.count("words") == text.count("words")
    assert html.count("<figure>") == html.count("</figure>")
