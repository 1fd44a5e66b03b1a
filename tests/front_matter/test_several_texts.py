"""Names and values where one text belongs are named, and the one that is meant is used: nothing is dropped in silence."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.json import encode

from storysite.front_matter.keys import POST_KEYS
from storysite.markdown.convert import render_markdown
from storysite.model.post import Post
from storysite.problems import Severity
from storysite.source.entry import ReadSettings
from storysite.source.post import read_post

CODES = some.sampled_from(["en", "es", "de", "pt-BR", "pt_BR", "zh-Hant", "EN", "vi", "ar"])
WORDS = some.sampled_from(["Hello", "Hola", "Forty families", "读书会", "It's on", "Room 12"])


def read(front: str, path: str = "content/posts/2026-11-02-a.md", language: str = "en") -> tuple[Post, list[str]]:
    """Return the post with this front matter, and what is told of it."""
    rules = ReadSettings("UTC", time(6), language, "", "/{slug}/")
    entry, _ = read_post(f"---\n{front}\n---\n\nText.\n".encode(), path, rules, render_markdown)
    assert isinstance(entry.post, Post)
    assert {problem.severity for problem in entry.problems} <= {Severity.WARNING}
    return entry.post, [problem.what for problem in entry.problems]


def block(parts: dict[str, str]) -> str:
    return "".join(f"\n  {name}: {encode(text).decode()}" for name, text in parts.items())


def flow(parts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {encode(text).decode()}" for name, text in parts.items()) + "}"


@given(some.dictionaries(CODES, WORDS, min_size=1, max_size=4), some.sampled_from([block, flow]), some.data())
def test_a_text_for_each_language_gives_that_of_the_file(
    parts: dict[str, str], form: object, data: some.DataObject
) -> None:
    """The language that it says, then that of its name, then that of the site, then the first; however it is written."""
    assert callable(form)
    site, own = data.draw(some.sampled_from(["en", "es", "de"])), data.draw(some.sampled_from(["", "es", "pt-BR"]))
    post, told = read(f"title: {form(parts)}" + f"\nlang: {own}" * bool(own), language=site)
    meant = {name.lower().replace("_", "-"): text for name, text in parts.items()}
    wanted = [own.lower(), own[:2], site]
    assert post.title == next((meant[each] for each in wanted if each in meant), next(iter(meant.values())))
    assert [what[: what.index("(")] for what in told] == ["title has a text for each language "]


def test_the_name_of_the_file_tells_the_language_too() -> None:
    """A translation that was copied with its front matter has its own title."""
    post, _ = read("title: {en: Hello, es: Hola}", "content/posts/2026-11-02-a.es.md")
    assert post.title == "Hola"


@pytest.mark.parametrize("key", ["title", "summary", "series", "image_alt", "slug"])
def test_other_names_and_values_are_named(key: str) -> None:
    """Only the first is used, and that is said with all their names, once."""
    post, told = read(f"{key}: {{main: Robots, sub: A night}}")
    assert getattr(post, key) in ("Robots", "robots")
    assert told == [f"{key} has names and values (main, sub) where one text belongs, so only main is used"]


def test_lists_have_one_language_too() -> None:
    """Tags for each language are those of the file's, and words in braces are a list."""
    post, told = read("tags: {en: [robots, poems], es: [robots, poemas]}\nlang: es")
    assert post.tags == ("robots", "poemas")
    assert told == ["tags has a text for each language (en, es), so the one for es is used"]
    post, told = read("tags: {robots, poems}")
    assert (post.tags, told) == (("robots", "poems"), [])


@pytest.mark.parametrize(
    ("front", "name", "value"),
    [
        ("author: {name: Ms. Rivera, email: a@example.org}", "authors", ("Ms. Rivera",)),
        ("series: {name: Maker nights, order: 2}", "series", "Maker nights"),
        ("tags: [{name: robots}]", "tags", ("robots",)),
        ("image: {src: a.jpg, alt: A dog}", "kind", "victory"),
    ],
)
def test_a_name_with_more_about_it_is_no_mistake(front: str, name: str, value: object) -> None:
    """Other programs keep a picture, an address, a place beside a name."""
    post, told = read(front)
    assert (getattr(post, name), told) == (value, [])


@given(some.sampled_from(sorted(POST_KEYS)), some.dictionaries(CODES | WORDS, WORDS | some.just(""), max_size=3))
def test_whatever_stands_there_is_read_without_a_fault(key: str, parts: dict[str, str]) -> None:
    """Every key, with names and values of any kind."""
    rules = ReadSettings("UTC", time(6), "en", "", "/{slug}/")
    read_post(
        f"---\n{key}: {encode(parts).decode()}\n---\n\nText.\n".encode(),
        "content/posts/2026-11-02-a.md",
        rules,
        render_markdown,
    )
