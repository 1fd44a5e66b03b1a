"""What front matter says beyond the keys that are read is the same whenever it is asked for."""

from collections.abc import Mapping, Set
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.front_matter.fields import Fields, text_list
from storysite.front_matter.keys import KEYS, PAGE_SPELLINGS, POST_SPELLINGS
from storysite.front_matter.signs import SIGNS
from storysite.markdown.convert import render_markdown
from storysite.model.post import Post
from storysite.problems import Severity
from storysite.source import post as reader
from storysite.source.entry import ReadSettings
from storysite.source.post import read_post

Spellings = Mapping[str, tuple[str, ...]]
SPELLED = sorted({name for key in KEYS for name in key.names})


def fields_of(values: dict[str, Any], spellings: Spellings) -> Fields:
    return Fields(values, {}, [], "content/posts/a.md", ZoneInfo("UTC"), time(6), spellings)


@given(
    some.dictionaries(some.sampled_from([*SPELLED, "titel", "tgas", "mood"]), some.text(min_size=1)),
    some.sampled_from([PAGE_SPELLINGS, POST_SPELLINGS]),
    some.data(),
)
def test_what_is_left_over_does_not_depend_on_what_was_asked_before(
    values: dict[str, Any], spellings: Spellings, data: some.DataObject
) -> None:
    """Before, between and after all questions the same keys are left over, with the same warnings."""
    fresh = fields_of(values, spellings)
    expected = fresh.others()
    later = fields_of(values, spellings)
    for name in data.draw(some.permutations(sorted(spellings))):
        later.get(name)
    assert (later.others(), later.problems) == (expected, fresh.problems)


def test_a_key_of_another_kind_of_file_is_left_over() -> None:
    """A post has no place in a menu and a page no kind: such keys are handed to the theme."""
    values = {"menu": "1", "kind": "news", "title": "A", "type": "post"}
    assert fields_of(values, POST_SPELLINGS).others() == {"menu": "1"}
    assert fields_of(values, PAGE_SPELLINGS).others() == {"kind": "news", "type": "post"}


def test_a_key_that_was_not_declared_cannot_be_read() -> None:
    """Reading it would use a value that others() has handed to the theme already."""
    with pytest.raises(KeyError):
        fields_of({"menu": "1"}, POST_SPELLINGS).get("menu")


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("content/pages/a.md", PAGE_SPELLINGS.keys()),
        ("content/posts/2026-01-02-a.md", POST_SPELLINGS.keys() - {"type"}),
    ],
)
def test_the_keys_that_are_declared_are_those_that_are_read(path: str, keys: Set[str]) -> None:
    """A page and a post each ask for every key that they are said to use, and for no other; signs are all read."""
    asked = {sign.key for sign in SIGNS} - {"list"}

    class Listening(Fields):
        def get(self, name: str) -> object:
            asked.add(name)
            return super().get(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "Fields", Listening)
        read_post(b"Text.", path, ReadSettings("UTC", time(6), "en", "", "/{slug}/"), render_markdown)
    assert asked == keys


RULES = ReadSettings("UTC", time(6), "en", "", "/{slug}/")


def read(
    header: str, name: str = "2026-01-02-a", body: str = "Text."
) -> tuple[Post | None, list[tuple[str, int, Severity]]]:
    """Return the post with this front matter, and the code, line and severity of each problem."""
    text = f"---\n{header}\n---\n{body}\n".encode()
    entry, _ = read_post(text, f"content/posts/{name}.md", RULES, render_markdown)
    assert entry.post is None or isinstance(entry.post, Post)
    return entry.post, [
        (each.code, each.line, each.severity) for each in entry.problems if each.code != "post-id-derived"
    ]


@given(some.lists(some.sampled_from(["a", "a b", "'80s", "kids'", "4' tall", "it's", '6" cake']), min_size=1))
def test_quotes_of_a_list_come_off_in_pairs_only(names: list[str]) -> None:
    """An apostrophe at the beginning or the end of a word is its own."""
    names = list(dict.fromkeys(names))
    assert text_list(names) == tuple(names)
    written = ", ".join(f'"{name}"' if "'" in name else f"'{name}'" for name in [*names, "z"])
    assert text_list(f"[{written}]") == (*names, "z")


@pytest.mark.parametrize("key", ["created", "published", "pubdate", "date_created", "updated"])
@pytest.mark.parametrize("bad", ["1132643273", "soon", "2026-13-04", "0"])
def test_a_second_date_that_cannot_be_read_stops_no_post(key: str, bad: str) -> None:
    """Beside a good one, in the front matter or in the file's name, it is a warning."""
    for header, name in ((f"date: 2026-01-05\n{key}: {bad}", "a"), (f"{key}: {bad}", "2026-01-05-a")):
        post, problems = read(header, name)
        assert post is not None
        assert post.moment is not None
        assert str(post.moment.date()) == "2026-01-05"
        assert all(severity is not Severity.ERROR for _, _, severity in problems)


def test_a_good_date_counts_beside_a_bad_one_that_is_stronger() -> None:
    post, problems = read("date: someday\ncreated: 2026-01-05", "a")
    assert post is not None
    assert str(post.moment)[:10] == "2026-01-05"
    assert problems == [("post-date", 2, Severity.WARNING)]


@pytest.mark.parametrize(
    ("header", "title", "tags", "authors"),
    [
        ("title: A\ntags: [Book club: Holes, b]", "A", ("Book club: Holes", "b"), ()),
        ("title: A\ntags:\n- Book club: Holes\n- b", "A", ("Book club: Holes", "b"), ()),
        ("title: A\nauthors:\n- A. Writer: librarian", "A", (), ("A. Writer: librarian",)),
        ("title: A\nauthors:\n- name: Ana\n- {name: Bo, email: b@x.org}", "A", (), ("Ana", "Bo")),
        ("title: A\nauthor: {name: Ana}", "A", (), ("Ana",)),
        ("title: A\ntags:\n- 'Why:'\n- How:", "A", ("Why:", "How"), ()),
    ],
)
def test_a_colon_in_a_list_of_texts_is_one_of_a_text(
    header: str, title: str, tags: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    """What looks like a name and a value is read whole, with a warning; people may have parts."""
    post, problems = read(header)
    assert post is not None
    assert (post.title, post.tags, post.authors) == (title, tags, authors)
    assert {code for code, _, _ in problems} <= {"header-repaired"}
    assert bool(problems) == any(":" in name and name != "Why:" for name in (*tags, *authors)) or "How" in tags


def test_one_name_in_two_spellings_is_told() -> None:
    """Capitals and what parts words make no other name of it; lines of Pelican are no exception."""
    for header in ("Title: A\ndate: 2026-01-02\ntitle: B", "title: A\ndate: 2026-01-02\ntitle: B"):
        post, problems = read(header)
        assert post is not None
        assert post.title == "B"
        assert problems == [("header-duplicate-key", 4, Severity.WARNING)]
    entry, _ = read_post(b"Title: A\nDate: 2026-01-02\nTitle: B\n\nText.", "content/posts/a.md", RULES, render_markdown)
    assert [each.code for each in entry.problems if each.line == 3] == ["header-duplicate-key"]


@pytest.mark.parametrize("box", ["taxonomies", "params", "extra"])
@pytest.mark.parametrize("form", ["toml", "yaml"])
def test_what_zola_and_hugo_keep_apart_counts(form: str, box: str) -> None:
    """Tags, a picture, even that a post is a draft; what stands outside is stronger."""
    if form == "toml":
        text = f'+++\ntitle = "A"\n[{box}]\ntags = ["b"]\ntitle = "C"\nmood = "glad"\ndraft = true\n+++\nText.'
    else:
        text = f"---\ntitle: A\n{box}:\n  tags: [b]\n  title: C\n  mood: glad\n  draft: true\n---\nText."
    post = read_post(text.encode(), "content/posts/2026-01-02-a.md", RULES, render_markdown)[0].post
    assert isinstance(post, Post)
    assert (post.title, post.tags, post.draft, post.extra) == ("A", ("b",), True, {"mood": "glad"})


def test_keys_of_multimarkdown_may_have_blanks() -> None:
    text = b"Title: A\nPublish Date: 2026-01-05\nBase Header Level: 2\nImage Alt: A robot\n\nText."
    post = read_post(text, "content/posts/a.md", RULES, render_markdown)[0].post
    assert isinstance(post, Post)
    assert (post.title, str(post.moment)[:10], post.image_alt) == ("A", "2026-01-05", "A robot")
    assert post.extra == {"Base Header Level": "2"} or post.extra == {"Base Header Level": 2}


def test_a_line_end_within_a_value_is_a_blank() -> None:
    post, problems = read('title: "One\\r\\ntwo"\nsummary: "A\\r\\nB"')
    assert post is not None
    assert (post.title, post.text.summary, problems) == ("One two", "A B", [])


def test_html_in_titles_and_summaries_is_no_text() -> None:
    post, _ = read("title: The <em>best</em><br>week &lt;b&gt;\nsummary: <p>One</p><p>two {{ x.y }}</p>")
    assert post is not None
    assert (post.title, post.text.summary) == ("The best week <b>", "One two")


def test_a_number_that_stands_for_no_character_is_told() -> None:
    """With its line; those of Windows-1252 are what they were meant to be."""
    post, problems = read("title: A", body="It&#146;s.\n\nAnd &#1; more.")
    assert post is not None
    assert post.text.summary == "It’s."
    assert problems == [("file-control-characters", 6, Severity.WARNING)]


def test_old_addresses_that_are_one_place_are_one() -> None:
    """Capitals and the name of a folder's page make no other file of it on every system."""
    post, problems = read("aliases: [/Old/Name/, /old/name, /old/name/index.html, /old.html]")
    assert post is not None
    assert (post.aliases, problems) == (("Old/Name/", "old.html"), [])


@pytest.mark.parametrize(
    "name, day",
    [
        ("2013-04-05-robots", "2013-04-05"),
        ("2013-05-04-robots", "2013-05-04"),
        ("2013/05/04/robots/index", "2013-05-04"),
        ("20130504 robots", "2013-05-04"),
        ("2013-05-05-robots", ""),
        ("robots", ""),
    ],
)
def test_the_name_of_a_file_decides_between_two_days(name: str, day: str) -> None:
    """Of a date that could be two days it is the one that stands in the name; no third day is believed."""
    settings = ReadSettings("America/Chicago", time(6), "en", "", "/{slug}/")
    text = b"---\ndate: 4/5/2013\n---\nText."
    entry, _ = read_post(text, f"content/posts/{name}.md", settings, render_markdown)
    moment = getattr(entry.post, "moment", None)
    assert (f"{moment:%Y-%m-%d}" if moment else "") == day
    assert [problem.code for problem in entry.problems] == ([] if day else ["post-date"])


@pytest.mark.parametrize("key", ["ask", "event", "quote", "impact", "people"])
def test_parts_that_a_form_leaves_empty_say_nothing(key: str) -> None:
    """An editor in the browser writes all parts of a key, also those that nobody filled in: that asks for nothing."""
    parts = '{what: "", text: "", name: "", start: "", value: , by: null, more: {a: "", b: []}}'
    rules = ReadSettings("UTC", time(6), "en", "", "/{year}/{month}/{slug}/")
    text = f"---\ntitle: Robots\n{key}: {parts}\n---\n\nText.\n"
    entry, _ = read_post(text.encode(), "content/posts/2026-11-20-robots.md", rules, render_markdown)
    assert entry.problems == ()
    assert entry.post
    assert not getattr(entry.post, key)
