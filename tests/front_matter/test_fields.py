"""What front matter says beyond the keys that are read is the same whenever it is asked for."""

from collections.abc import Mapping, Set
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.front_matter.fields import Fields
from storysite.front_matter.keys import KEYS, PAGE_SPELLINGS, POST_SPELLINGS
from storysite.markdown.convert import render_markdown
from storysite.source import post as reader
from storysite.source.post import ReadSettings, read_post

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
    """A page and a post each ask for every key that they are said to use, and for no other."""
    asked: set[str] = set()

    class Listening(Fields):
        def get(self, name: str) -> object:
            asked.add(name)
            return super().get(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "Fields", Listening)
        read_post(b"Text.", path, ReadSettings("UTC", time(6), "en", "", "/{slug}/"), render_markdown)
    assert asked == keys


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
