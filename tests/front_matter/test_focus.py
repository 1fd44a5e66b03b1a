"""Where a picture is cut, in every spelling that people use; whatever cannot be meant is told of, and never stops."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.errors import BadValue
from storysite.front_matter.focus import point

SAME = ["40% 30%", "40 30", "40%, 30%", "40%,30%", "40,30", "40 % 30 %", "40/30", " 40%  30% ", "0.4 0.3", ".4, .3", "40.4 29.6",
        "(40, 30)", ["40", "30"], ["40%", "30%"], ["0.4", "0.3"], ["40 30"], {"x": "40", "y": "30"}, {"Y": "30%", "X": "40%"},
        {"x": "0.4", "y": "0.3"}, {"left": "40%", "top": "30%"}]  # fmt: skip
WORDS = {
    "left top": (0, 0), "top left": (0, 0), "TopLeft": (0, 0), "bottom-right": (100, 100), "center": (50, 50),
    "centre": (50, 50), "center center": (50, 50), "middle": (50, 50), "left": (0, 50), "top": (50, 0), "bottom": (50, 100),
    "center top": (50, 0), "top center": (50, 0), "left 30%": (0, 30), "30% top": (30, 0), "top 30%": (30, 0),
    "center 30": (50, 30), "30 center": (30, 50), "0 0": (0, 0), "1 1": (1, 1), "0.0 1.0": (0, 100), "100% 0%": (100, 0),
    "0.5% 99.6%": (0, 100), "1 0.5": (100, 50),
}  # fmt: skip
WRONG = ["40px 30px", "40", "40%", "the robot", "left right", "top bottom", "40 30 20", "left 40 top 30", "0,4 0,3", "x", "--",
         {"x": "40"}, {"width": "40", "height": "30"}, {"x": ["1"], "y": "2"}, ["1", "2", "3"], [[["1"]]], "4" * 50]  # fmt: skip
OUTSIDE = ["140% 30%", "40 -30", "-1 0", "1.5 300", "101 50", {"x": "-10", "y": "5"}, "9" * 20 + " 1"]


@pytest.mark.parametrize("written", SAME, ids=str)
def test_every_spelling_of_a_point_means_the_same(written: object) -> None:
    assert point(written) == (40, 30)


@pytest.mark.parametrize("written", WORDS)
def test_sides_are_named_in_words(written: str) -> None:
    """In whichever order, as in CSS; a side alone is its middle."""
    assert point(written) == WORDS[written]


@pytest.mark.parametrize("written", ["", " ", [], {}, None, "auto", "Smart"], ids=str)
def test_nothing_written_is_no_point(written: object) -> None:
    """And so is what other generators write for the part with most detail."""
    assert point(written) is None


@pytest.mark.parametrize("written", WRONG, ids=str)
def test_what_is_no_place_is_told_of(written: object) -> None:
    with pytest.raises(BadValue, match="not a place") as told:
        point(written)
    assert "40% 30%" in told.value.hint


@pytest.mark.parametrize("written", OUTSIDE, ids=str)
def test_what_lies_outside_is_told_of(written: object) -> None:
    with pytest.raises(BadValue, match="outside"):
        point(written)


PARTS = some.text("0123456789.,%- lefttopcenterxy", max_size=12) | some.text(max_size=8) | some.floats() | some.none()
VALUES = some.recursive(
    PARTS, lambda part: some.lists(part, max_size=3) | some.dictionaries(some.text(max_size=4), part)
)


@given(VALUES)
def test_any_value_is_a_point_within_the_picture_or_told_of(value: object) -> None:
    try:
        found = point(value)
    except BadValue as error:
        assert error.what
        assert error.hint
    else:
        assert found is None or all(0 <= side <= 100 for side in found)
