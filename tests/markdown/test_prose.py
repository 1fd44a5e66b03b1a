"""What is read aloud of a text to see whether it reads well."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from storysite.markdown.convert import render_markdown
from storysite.markdown.prose import passages_of
from storysite.model.config import MarkdownOptions

STORY = """## What happened?

Forty families *came* to the [library](https://example.org)
on Monday. `storysite build` made it.

- glue and tape
- a box

> “I made it!” she said.

| metric | value |
|---|---|
| visits | 12 |

```python
print("no prose")
```

![Two children hold a robot](robot.jpg)

A line with a note.[^1]

[^1]: The note itself.

*[PTA]: Parent Teacher Association
"""


def passages(markdown: str) -> list[str]:
    """Return the passages of a text in Markdown."""
    return passages_of(render_markdown(markdown, "A title", MarkdownOptions()).body.html)


def test_paragraphs_headings_items_and_quotes_are_passages() -> None:
    """Tables, code, pictures and notes are left out, and a line of the file that ends ends nothing."""
    assert passages(STORY) == [
        "What happened?",
        "Forty families came to the library on Monday. made it.",
        "glue and tape",
        "a box",
        "“I made it!” she said.",
        "A line with a note.",
    ]


def test_captions_and_forms_are_no_prose() -> None:
    """HTML of one's own is read as a browser would show it."""
    html = "<p>One.<br>Two.<div>Three.</div><figure><figcaption>No.</figcaption></figure><form><p>No.</p></form>Four."
    assert passages_of(html) == ["One. Two.", "Three.", "Four."]


def test_html_without_end_has_no_passages() -> None:
    """What is nested too deep for a browser is not read."""
    assert passages_of("<div>" * 5000 + "Deep.") == []


@given(st.text(max_size=400))
def test_no_text_fails(markdown: str) -> None:
    """Whatever is written, its passages are lines with something in them."""
    assert all(passage.strip() and "\n" not in passage for passage in passages(markdown))


def test_texts_of_this_repository_have_passages() -> None:
    """Each story of the sample archive reads as prose."""
    stories = sorted((Path(__file__).parents[2] / "content/posts").glob("2026-*.md"))
    assert stories
    assert all(len(passages(file.read_text("utf-8").split("---\n", 2)[2])) > 2 for file in stories)
