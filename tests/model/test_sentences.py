"""A text falls into the sentences that a reader hears."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.model.sentences import sentences_of, words_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Duarte came at 3 p.m. on Friday. He read.", ["Mr. Duarte came at 3 p.m. on Friday.", "He read."]),
        ("We met at 6 p.m. The room was full.", ["We met at 6 p.m.", "The room was full."]),
        ("Doors open at 6 p.m. Friday in Room 4.", ["Doors open at 6 p.m. Friday in Room 4."]),
        ("Dr. Ng and Ms. Rivera read 3.5 books, e.g. one on kites.", None),
        ("J. K. Rowling wrote it. The U.S. Senate read it.", ["J. K. Rowling wrote it.", "The U.S. Senate read it."]),
        ("She lives in the U.S. We wrote to her.", ["She lives in the U.S.", "We wrote to her."]),
        ("Is it no. 5? He said no. Then he left.", ["Is it no. 5?", "He said no.", "Then he left."]),
        ("We live on Main St. We turned at St. Mary’s.", ["We live on Main St.", "We turned at St. Mary’s."]),
        ("“I made it!” Ana said. Then she ran.", ["“I made it!” Ana said.", "Then she ran."]),
        ("“I made it!” Then she ran.", ["“I made it!”", "Then she ran."]),
        ("“Look!” she said, and we looked.", None),
        ("We chose plan B. It worked (mostly). Good!", ["We chose plan B.", "It worked (mostly).", "Good!"]),
        ("Wait... what?! Yes.", ["Wait... what?!", "Yes."]),
        ("1. Bring glue to the table.", None),
        ("Write to a@b.example or see https://x.org/a.b?c=d. Thanks.", ["Write to or see Thanks."]),
        ("What happened?", None),
        ("No mark at the end", None),
        ("— . … !", []),
        ("", []),
    ],
)
def test_english_sentences(text: str, expected: list[str] | None) -> None:
    """Abbreviations, numbers, initials and quotes within a sentence do not end it."""
    assert list(sentences_of(text, "en")) == ([text] if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "El Sr. Ruiz llegó a las 3 p. m. del lunes. ¿Vino la Sra. Díaz? ¡Sí!",
            ["El Sr. Ruiz llegó a las 3 p. m. del lunes.", "¿Vino la Sra. Díaz?", "¡Sí!"],
        ),
        ("Vive en EE. UU. La clase le escribió.", ["Vive en EE. UU.", "La clase le escribió."]),
        ("Lean la pág. 5, p. ej. en casa. Gracias.", ["Lean la pág. 5, p. ej. en casa.", "Gracias."]),
        ("«¡Lo hice!», dijo Ana. Y corrió.", ["«¡Lo hice!», dijo Ana.", "Y corrió."]),
    ],
)
def test_spanish_sentences(text: str, expected: list[str]) -> None:
    """Marks that stand before a question belong to it, and Spanish has abbreviations of its own."""
    assert list(sentences_of(text, "es")) == expected


def test_words_are_what_stands_between_blanks_and_marks() -> None:
    """What has a hyphen, an apostrophe, a dot or a comma inside is one word."""
    assert words_in("It’s 3.5 well-known, 1,000 a.m. — “quotes” & R&B!") == [
        "It’s", "3.5", "well-known", "1,000", "a.m", "quotes", "R&B",
    ]  # fmt: skip


@given(st.text(alphabet="aB.!?“” \n)('1", max_size=200), st.sampled_from(["en", "es"]))
def test_no_word_is_lost_or_made_up(text: str, language: str) -> None:
    """The sentences have the words of the text, in their order."""
    assert [word for each in sentences_of(text, language) for word in words_in(each)] == words_in(text)


@pytest.mark.parametrize("part", ["a.", "A. ", ".", "!”", "a@", "a+", "http://", "Mr. ", "“", "1. "])
def test_a_text_without_end_takes_no_time(part: str) -> None:
    """A hundred thousand signs of whatever kind are read in a moment."""
    begun = time.process_time()
    list(sentences_of(part * (100_000 // len(part)), "en"))
    assert time.process_time() - begun < 3
