"""Breaks are written as people write them, and a break that cannot be is explained."""

from pathlib import Path

import pytest

from storysite.errors import BadValue
from storysite.model.breaks import Break
from storysite.source.breaks import read_breaks
from storysite.source.settings import read_config

WINTER = Break((12, 21), (1, 3))


@pytest.mark.parametrize(
    ("value", "breaks"),
    [
        ("12-21 to 01-03", (WINTER,)),
        ("12-21 – 1-3", (WINTER,)),
        ("12-21 until 01-03, 02-15", (WINTER, Break((2, 15), (2, 15)))),
        (["12-21 to 01-03", "02-15"], (WINTER, Break((2, 15), (2, 15)))),
        ({"Winter": "12-21 to 01-03", "Presidents’ Day": "02-15"}, (WINTER, Break((2, 15), (2, 15)))),
        ([{"from": "12-21", "to": "01-03"}], (WINTER,)),
        ({"Winter": {"from": "12-21", "to": "01-03"}}, (WINTER,)),
        ("2026-12-21 to 2027-01-03", (Break((12, 21), (1, 3), 2026),)),
        ("2026-12-21 to 01-03", (Break((12, 21), (1, 3), 2026),)),
        ("2026-11-27", (Break((11, 27), (11, 27), 2026),)),
        ("02-20 to 02-29", (Break((2, 20), (2, 29)),)),
        ("12-21 to 01-03, 12-21 to 01-03", (WINTER,)),
        ("none", ()),
        ("No", ()),
        ([], ()),
    ],
)
def test_breaks_are_read_in_each_of_their_forms(value: object, breaks: tuple[Break, ...]) -> None:
    """Of every year, or of one; in a line, in a list, or by name."""
    assert read_breaks(value) == breaks


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("winter", "is not a break"),
        ("12-21 to", "is not a break"),
        ("21.12. to 03.01.", "is not a break"),
        ("13-01 to 14-01", "names a day that does not exist"),
        ("02-30", "names a day that does not exist"),
        ("0000-01-01", "names a day that does not exist"),
        ("2027-02-29", "names a day that does not exist"),
        ("12-21 to 2027-01-03", "has a year at its end only"),
        ("2027-01-03 to 2026-12-21", "ends before it begins"),
        ("2026-06-01 to 2027-08-01", "is longer than a year"),
        ([["12-21"], {"a": {"b": "x"}}], "is not a break"),
        (5, "is not a break"),
    ],
)
def test_what_is_no_break_is_explained(value: object, what: str) -> None:
    with pytest.raises(BadValue) as error:
        read_breaks(value)
    assert what in error.value.what
    assert error.value.hint.startswith("write ")


def test_settings_have_the_breaks_or_the_summer_alone(tmp_path: Path) -> None:
    """An empty line is no break; only the word says that there is none."""
    for text, breaks in (
        ("", None),
        ("breaks:\n", None),
        ("breaks: none\n", ()),
        ("breaks: 12-21 to 01-03\n", (WINTER,)),
    ):
        (tmp_path / "storysite.yml").write_text(text, "utf-8")
        config, problems = read_config(tmp_path)
        assert (config.breaks, problems) == (breaks, [])
