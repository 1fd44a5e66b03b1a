"""Syllables are counted as people say words, in English and in Spanish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.model.syllables import syllables
from tests.model.counted_words import ENGLISH, ENGLISH_OF_STORIES, SPANISH


def counted(table: dict[int, str]) -> dict[str, int]:
    """Return the syllables of each word of a table."""
    return {word: count for count, words in table.items() for word in words.split()}


@pytest.mark.parametrize(
    ("table", "language", "most"), [(ENGLISH, "en", 0), (ENGLISH_OF_STORIES, "en", 1), (SPANISH, "es", 0)]
)
def test_words_have_the_syllables_that_were_counted_by_hand(table: dict[int, str], language: str, most: int) -> None:
    """Of the words that the rules were not made with, one may be wrong, as is said where the rules are."""
    words = counted(table)
    assert len(words) > 150
    wrong = {word: (syllables(word, language), count) for word, count in words.items()}
    assert len({word: pair for word, pair in wrong.items() if pair[0] != pair[1]}) <= most, wrong


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("well-known", 2),
        ("read-aloud", 3),
        ("Librarian’s", 4),
        ("Duarte's", 2),
        ("class's", 2),
        ("PTA", 3),
        ("TV", 2),
        ("3.5", 1),
        ("2026", 1),
        ("café", 2),
        ("Привет", 1),
        ("", 1),
    ],
)
def test_other_words_have_at_least_one(word: str, count: int) -> None:
    """A number counts as one, what is put together as its parts, and an abbreviation without vowels as its letters."""
    assert syllables(word, "en") == count


@given(st.text(max_size=60), st.sampled_from(["en", "es"]))
def test_no_word_has_more_syllables_than_letters(word: str, language: str) -> None:
    """Whatever is called a word has one, and at most one and a half for each of its letters."""
    assert 1 <= syllables(word, language) <= max(3, len(word) * 2)
