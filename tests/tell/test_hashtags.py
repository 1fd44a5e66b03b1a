"""Hashtags say each of their words with a capital, keep every letter, and are what networks take for a hashtag."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as some

from storysite.tell.hashtags import hashtags


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("summer reading", "#SummerReading"),
        ("Mother’s Day", "#MothersDay"),
        ("read-in", "#ReadIn"),
        ("STEM", "#STEM"),
        ("iPad art", "#iPadArt"),
        ("1st grade", "#1stGrade"),
        ("día del niño", "#DíaDelNiño"),
        ("夏日 阅读", "#夏日阅读"),
        ("القراءة الصيفية", "#القراءةالصيفية"),
        ("हिन्दी किताब", "#हिन्दीकिताब"),
        ("ǆungla", "#ǅungla"),
        ("ß and ﬁsh", "#ßAndﬁsh"),
        ("e\u0301te\u0301", "#Été"),
    ],
)
def test_words_become_one_hashtag_in_camel_case(tag: str, expected: str) -> None:
    assert hashtags([tag]) == [expected]


@pytest.mark.parametrize("tag", ["2026", "❤️", "", " ", "…", "#", "2026-27", "²", "x" * 101])
def test_what_cannot_be_a_hashtag_is_left_out(tag: str) -> None:
    """Networks take digits alone for no hashtag (twitter-text, conformance: all numbers)."""
    assert hashtags([tag]) == []


def test_a_hashtag_is_there_once() -> None:
    assert hashtags(["maker nights", "Maker Nights", "maker-nights", "robots"]) == ["#MakerNights", "#Robots"]


@given(some.lists(some.text()))
def test_every_hashtag_is_valid(tags: list[str]) -> None:
    """By the rule of X: letters, their marks, digits and underscores, and at least one letter."""
    found = hashtags(tags)
    assert all(regex.fullmatch(r"#(?=.*\p{L})[\p{L}\p{M}\p{Nd}_]{1,100}", tag) for tag in found)
    assert len({tag.casefold() for tag in found}) == len(found)


@given(some.lists(some.from_regex(r"[a-zñü]{1,9}( [a-zñü]{1,9}){0,3}", fullmatch=True), min_size=1))
def test_a_capital_begins_each_word(tags: list[str]) -> None:
    words = [word for tag in tags for word in tag.split()]
    capitals = sum(letter.isupper() for tag in hashtags(tags) for letter in tag)
    assert capitals <= len(words)
    assert all(tag[1].isupper() for tag in hashtags(tags))
