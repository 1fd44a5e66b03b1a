"""A sentence is found again in the file it was read from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.source.sentence_places import lines_of_sentences

FILE = """---
title: Forty families came to the library
---

Forty families came
to the *library* on Monday.  We [thank](https://example.org/we-thank) the PTA.

- It&rsquo;s a `storysite build` day for <b>everyone</b>, and nobody minds.
- It's late.[^1] We went.
""".split("\n")


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Forty families came to the library on Monday.", 5),
        ("We thank the PTA.", 6),
        ("It’s a day for everyone, and nobody minds.", 8),
        ("It’s late.", 9),
        ("We went.", 9),
        ("Nothing like it.", 0),
        ("", 0),
    ],
)
def test_the_line_is_that_on_which_the_sentence_begins(sentence: str, line: int) -> None:
    """Whatever marks, links, code and notes stand in it; 0 where it is not in the text."""
    assert lines_of_sentences([sentence], FILE, 4) == [line]


@given(st.lists(st.text(max_size=80), max_size=5), st.lists(st.text(max_size=80), max_size=20), st.integers(1, 5))
def test_whatever_is_asked_the_answer_is_a_line_or_none(sentences: list[str], lines: list[str], start: int) -> None:
    """One for each sentence, from the start of the text to its end."""
    found = lines_of_sentences(sentences, lines, start)
    assert len(found) == len(sentences)
    assert all(line == 0 or start <= line <= len(lines) for line in found)
