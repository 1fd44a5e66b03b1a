"""Nothing that XML 1.0 forbids leaves the reading of a post, and nothing of ours is left in it, whatever was written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.json import encode
from msgspec.structs import asdict

from storysite.build.archive import read_settings_of
from storysite.front_matter.keys import KEYS
from storysite.markdown.convert import render_markdown
from storysite.markdown.other_dialects import normalize_markdown
from storysite.markdown.template_code.forms import FORMS, OTHER_FORMS
from storysite.model.config import ENGINES, Config, MarkdownOptions
from storysite.model.document import Document
from storysite.model.post import Body
from storysite.source.post import read_post
from tests.markdown.test_fast import SIGNS

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef]|klzzwxh|wzxhzdk|data-storysite"
)
PATH = "content/posts/2026-01-01-a.md"
SETTINGS = read_settings_of(Config())
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
        "a&#8b b &#x8h",
        "<a title='&#8b'>x</a>",
        "&#&#1;1;7&#&#2;2; ![a](b.jpg)",
        "&#xFDD0;0&#xFDD1; {{ x }}",
        "&#00000000000000000001; &#99999999999999999999;",
        "*[**[*<z>\n\n![a](b.jpg)",
    ],
)
def test_no_mark_is_left_and_none_can_be_written(engine: str, source: str) -> None:
    """Code inside template code, references that are cut short or nested, and what the library loses by itself."""
    assert not FORBIDDEN.search(characters(render_markdown(source, "", MarkdownOptions(engine))))


ODD = ["&#12;", "&#8b", "&#&#1;1;7&#&#2;2;", "\\ud800", "\\udc85", "\\ufffe", "\\u0007", "\\u0000", "\\ufdd00\\ufdd1", "&#xfdd0;0&#xfdd1;", "&#127;", "&#x85;"]  # fmt: skip
FORMS_OF_FRONT_MATTER = ['---\n{}: "{}"\n---\n', '+++\n{} = "{}"\n+++\n', '{{"{}": "{}"}}\n']


@pytest.mark.parametrize("form", FORMS_OF_FRONT_MATTER, ids=["yaml", "toml", "json"])
@pytest.mark.parametrize("odd", ODD)
def test_no_value_of_front_matter_has_what_xml_forbids(odd: str, form: str) -> None:
    """Written with a backslash or as a reference, in every key that there is, and in one that there is not."""
    for key in [*(key.name for key in KEYS), "room"]:
        entry, _ = read_post(form.format(key, odd).encode(), PATH, SETTINGS, lambda *_, **__: Document(Body("")))
        told = "".join(problem.what for problem in entry.problems if problem.code == "post-value")
        assert not FORBIDDEN.search(f"{told}{asdict(entry.post) if entry.post else ''}".encode().decode())
        encode(entry)
