"""A text that is too long ends after a sentence, else after a word; what is seen as one letter is never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.tell.count import graphemes, seen
from storysite.tell.shorten import ELLIPSIS, sentences, shortened

RAIN = "Thanks to Ms. Rivera, we read. It took 3.5 hours! “Really?” she asked. And so on"


def cut(text: str, most: int) -> str:
    """Return as much of a text as is in so many letters."""
    return shortened(text, lambda part: seen(part) <= most)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (200, RAIN),
        (75, "Thanks to Ms. Rivera, we read. It took 3.5 hours! “Really?” she asked."),
        (60, "Thanks to Ms. Rivera, we read. It took 3.5 hours!"),
        (48, "Thanks to Ms. Rivera, we read."),
        (29, "Thanks to Ms. Rivera, we…"),
        (21, "Thanks to Ms. Rivera…"),
        (12, "Thanks to…"),
        (5, "Than…"),
        (1, ""),
        (0, ""),
    ],
)
def test_a_text_ends_after_a_sentence_or_a_word(most: int, expected: str) -> None:
    """A title, an initial and a number with a period end no sentence."""
    assert cut(RAIN, most) == expected


def test_a_title_on_a_line_of_its_own_is_a_sentence() -> None:
    assert cut("Forty families built robots\n\nThe bin was empty by eight", 30) == "Forty families built robots"


def test_chinese_needs_no_blanks() -> None:
    assert cut("故事很长。我们读书。然后回家", 11) == "故事很长。我们读书。"
    assert cut("故事很长我们读书", 5) == "故事很长…"


def test_an_address_is_there_whole_or_not_at_all() -> None:
    link = "https://library.example.org/stories/forty"
    assert cut(f"Read {link} today", 30) == "Read…"
    assert cut(link, 30) == ""


def test_what_is_seen_as_one_letter_stays_whole() -> None:
    family, flag = "👨‍👩‍👧‍👦", "🇫🇷"
    assert cut(f"a{family}{flag}{family}" * 9, 3) == f"a{family}…"


@given(some.text(), some.integers(0, 40))
def test_no_text_is_longer_than_it_may_be_or_says_anything_else(text: str, most: int) -> None:
    found = cut(text, most)
    assert seen(found) <= most or found == ""
    kept = found if found == text.strip() else found.removesuffix(ELLIPSIS)
    assert text.strip().startswith(kept)
    assert graphemes(text.strip())[: seen(kept)] == graphemes(kept) or not kept


@given(some.text())
def test_sentences_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text
    assert all(sentences(text))
