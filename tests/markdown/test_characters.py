"""Nothing that XML 1.0 forbids leaves the reading of a post, and nothing of ours is left in it, whatever was written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storysite.markdown.convert import render_markdown
from storysite.markdown.other_dialects import normalize_markdown
from storysite.markdown.template_code.forms import FORMS, OTHER_FORMS
from storysite.model.config import ENGINES, MarkdownOptions
from storysite.model.document import Document
from tests.markdown.test_fast import SIGNS

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef]|klzzwxh|wzxhzdk|data-storysite"
)
EXAMPLES = [form.example for form in FORMS] + [example for example, *_ in OTHER_FORMS]
PARTS = st.one_of(
    st.sampled_from(
        [*EXAMPLES, *SIGNS, "\ufdd0", "\ufdd03\ufdd1", "\ufffe", "&#2;", "&#xFFFF;", "\n\n", "`", "[`a`]", "|"]
    ),
    st.sampled_from(["klub", "b c", "図書館", "1", "x.jpg", '"', "'", "=", "\t", "    ", "\n"]),
)


def characters(document: Document) -> str:
    """Return all text of a document, with its placeholders taken out."""
    html = re.sub("\x01\\d+[\x02\x03]", "", document.body.html)
    elements = [re.sub("\x01\\d+\x02", "", element) for _, element in document.body.images]
    words = [document.title, document.excerpt, *(heading.text + heading.anchor for heading in document.headings)]
    named = [reference.target + reference.suffix + reference.written for reference in document.references]
    return "\n".join([html, *elements, *words, *named])


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=150)
@given(parts=st.lists(PARTS, max_size=12), html=st.booleans())
def test_no_character_that_xml_forbids_leaves_the_reading(engine: str, parts: list[str], html: bool) -> None:
    """Marks of template code, of code spans and of raw HTML are all filled in, and what no page may hold is gone."""
    document = render_markdown(normalize_markdown("".join(parts)), "T", MarkdownOptions(engine), html=html)
    assert not document.fault
    assert not FORBIDDEN.search(characters(document))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=100)
@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\x01\x02\x03\x04"), max_size=60))
def test_any_text_gives_only_what_xml_allows(engine: str, text: str) -> None:
    document = render_markdown(text, "T", MarkdownOptions(engine))
    assert not FORBIDDEN.search(characters(document).replace("klzzwxh", "").replace("wzxhzdk", ""))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "source",
    [
        "[[`a`]] {{ `b` }}",
        '![`a` b](c.jpg "`d`")',
        "[`a`]: `b`\n\n[x][`a`]",
        "{% x `a` %}",
        "## {{ `a` }} b",
        "| `{{ a` |\n|-|\n| `b }}` |",
    ],
)
def test_code_inside_template_code_leaves_no_mark(engine: str, source: str) -> None:
    assert not FORBIDDEN.search(characters(render_markdown(source, "", MarkdownOptions(engine))))
