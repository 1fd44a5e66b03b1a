"""Python-Markdown with less work gives the bytes that it gives without: over all samples and over generated text."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from msgspec.json import encode

from storysite import versions
from storysite.front_matter.split import split_front_matter
from storysite.markdown import convert
from storysite.markdown import fast as module
from storysite.markdown.convert import standard_markdown
from storysite.markdown.fast import fast
from storysite.markdown.triggers import INLINE_TRIGGERS, QUOTE_SIGNS, TRIGGERS
from storysite.versions import is_verified

ROOT = Path(__file__).parents[2]
SIGNS = [
    *"\"'`*_~[](){}<>!&#|\\:;-+=.@/^%$? \n\t",
    *(
        "--",
        "---",
        "...",
        "**",
        "***",
        "``",
        "```",
        "~~",
        "![",
        "[[",
        "]]",
        "](",
        "{{",
        "}}",
        "{%",
        "%}",
        "{: .x }",
        "  \n",
        "\n\n",
        "\n\n\n",
        "\n    ",
        "\n  ",
    ),
    *(
        "# ",
        "## ",
        "\n# ",
        "- ",
        "\n- ",
        "\n* ",
        "1. ",
        "\n1. ",
        "> ",
        "\n> ",
        ": ",
        "\n: ",
        "\n===\n",
        "\n---\n",
        "* * *",
        "!!! note\n    ",
        "[^1]",
        "\n[^1]: ",
        "*[HTML]: ",
        "[x] ",
        "[ ] ",
        "\n[a]: /b 'c'\n",
        "[TOC]",
    ),
    *(
        "&amp;",
        "&",
        "&#39;",
        "https://a.example/b_c?d=e&f",
        "www.example.org",
        "a@b.org",
        "<a@b.org>",
        "<https://x.org>",
    ),
    *("<b>", "</b>", "<div>", "</div>", "<div markdown>", "<!-- x -->", "<br>", "<p>", "</p>", "<pre>", "</pre>"),
    *(
        "| a | b |\n|---|---|\n| c | d |",
        "'80s",
        "'tis",
        "rock 'n' roll",
        "\"'x'\"",
        "[a](b)",
        '[a](/b "c")',
        "![a](b.jpg)",
        "*a*",
        "**a b**",
        "`c`",
        "_a_",
        "a*b*c",
    ),
]
WORDS = st.sampled_from(["HTML", "Lena", "the", "a", "I", "2026", "7", "école", "図書館", "s", "x"])
TEXTS = st.lists(st.one_of(st.sampled_from(SIGNS), WORDS, WORDS.map(lambda word: word + " ")), max_size=40).map("".join)


@cache
def engines() -> tuple[Markdown, Markdown]:
    return standard_markdown(), fast(standard_markdown())


def both(source: str) -> tuple[str, str]:
    """Return what the library makes of `source`, and what it makes with less work; the same error counts as the same."""
    return tuple(_converted(engine, source) for engine in engines())  # type: ignore[return-value]


def _converted(engine: Markdown, source: str) -> str:
    try:
        return engine.reset().convert(source)
    except Exception as error:  # whatever the library raises, it must raise in both
        return repr(error)


def samples() -> list[Path]:
    files = sorted(file for folder in ("content", "tests") for file in ROOT.joinpath(folder).rglob("*.md"))
    return [file for file in files if "text-too-slow" not in file.parts]


@pytest.mark.parametrize("file", samples(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_sample_gives_the_same_bytes(file: Path) -> None:
    source = split_front_matter(file.read_text("utf-8", "replace"), file.name).body
    plain, less = both(source)
    assert less == plain


@pytest.mark.long
@settings(max_examples=1500)
@given(TEXTS)
def test_generated_text_gives_the_same_bytes(source: str) -> None:
    plain, less = both(source)
    assert less == plain


OPTIONS: list[dict[str, Any]] = [
    {"permalink": True},
    {"permalink": "#", "permalink_leading": True, "permalink_title": ""},
    {"anchorlink": True, "baselevel": 2},
    {"baselevel": "3", "toc_depth": "2-3"},
    {"marker": "", "permalink": "no"},
    {"marker": "a  b", "title": "Contents"},
    {"separator": "_", "toc_depth": 2, "title": "*Contents*", "toc_class": "x", "title_class": "y"},
]
HEADINGS = st.sampled_from(
    ["# ", "\n\n## ", "\n\n### ", "\n===\n\n", "[TOC]\n\n", "{#x}", "{data-toc-label='y'}", "a\tb", "*a*"]
)


@cache
def engines_with(number: int) -> tuple[Markdown, Markdown]:
    more = (("toc", OPTIONS[number]),)
    plain, less = standard_markdown(more), convert._engine.__wrapped__(encode(more))
    assert (type(plain), type(less)) == (Markdown, module._FastMarkdown)
    return plain, less


@pytest.mark.parametrize("number", range(len(OPTIONS)))
@pytest.mark.parametrize("name", ["writing", "how-it-works"])
def test_the_guide_gives_the_same_bytes_whatever_the_options_of_toc(name: str, number: int) -> None:
    source = (ROOT / f"content/pages/guide/{name}.md").read_text("utf-8")
    plain, less = (_converted(engine, f"[TOC]\n\n{source}") for engine in engines_with(number))
    assert less == plain


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(OPTIONS)))
@settings(max_examples=300)
@given(parts=st.lists(st.one_of(TEXTS, HEADINGS), max_size=8))
def test_generated_text_gives_the_same_bytes_whatever_the_options_of_toc(number: int, parts: list[str]) -> None:
    plain, less = (_converted(engine, "".join(parts)) for engine in engines_with(number))
    assert less == plain


@pytest.mark.long
@settings(max_examples=300)
@given(st.text(alphabet="ab \n\"'`*_[]()!#>-.&<", max_size=60))
def test_signs_in_any_order_give_the_same_bytes(source: str) -> None:
    plain, less = both(source)
    assert less == plain


def test_every_processor_that_is_asked_only_sometimes_exists() -> None:
    engine: Any = standard_markdown()
    named = {name for registry in (engine.preprocessors, engine.treeprocessors) for name, _ in module.named(registry)}
    assert named >= TRIGGERS.keys()
    assert {name for name, _ in module.named(engine.inlinePatterns)} == INLINE_TRIGGERS.keys()
    assert [name for name, _ in module.named(engine.treeprocessors["smarty"].inlinePatterns)] == sorted(
        QUOTE_SIGNS, key=list(QUOTE_SIGNS).index
    )


def test_the_versions_that_are_installed_are_proven() -> None:
    """`pyproject.toml` asks for no newer ones, or every build would take three times as long and nobody would know."""
    assert is_verified("Markdown", "pymdown-extensions")


def test_a_version_that_was_not_compared_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """With it the library is used as it is."""
    assert type(convert._engine.__wrapped__(b"[]")) is not Markdown
    monkeypatch.setattr(versions, "VERIFIED", {**versions.VERIFIED, "Markdown": ("0.1",)})
    assert type(convert._engine.__wrapped__(b"[]")) is Markdown
