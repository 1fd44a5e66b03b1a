"""The archive has ideas of its own: what was told a year ago, and what nobody heard of for a term."""

from datetime import date, datetime

import pytest

from storysite.model.ideas import SERIES, STANDARD, TAG, YEAR_AGO, archive_ideas
from storysite.model.post import PostHeader

TODAY = date(2026, 11, 25)
START = (8, 1)


def told(day: str, **facts: object) -> PostHeader:
    """Return a post of a day, whose title and id are that day unless others are given."""
    given: dict[str, object] = {"id": day, "title": day, "slug": day, "url": day, **facts}
    return PostHeader(f"content/posts/{day}.md", moment=datetime.fromisoformat(f"{day}T07:00+00:00"), **given)  # type: ignore[arg-type]


def ideas(*posts: PostHeader, today: date = TODAY) -> list[tuple[str, str, str]]:
    """Return the reason, the name and the day of each idea."""
    found = archive_ideas(posts, today, START)
    return [(idea.reason, idea.name, idea.day.isoformat()) for idea in found]


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        ("2025-11-23", False),
        ("2025-11-24", True),  # the Monday 52 weeks before this one
        ("2025-11-30", True),
        ("2025-12-01", False),
        ("2024-11-25", False),
    ],
)
def test_this_week_a_year_ago_is_of_the_same_weekdays(day: str, is_one: bool) -> None:
    assert ideas(told(day)) == ([(YEAR_AGO, day, day)] if is_one else [])


def test_the_first_days_of_the_calendar_have_no_year_before() -> None:
    assert ideas(told("0001-01-01"), today=date(1, 1, 3)) == []


@pytest.mark.parametrize(
    ("days", "is_one"),
    [
        (["2026-05-01", "2026-05-08", "2026-05-15"], True),
        (["2026-05-01", "2026-05-08"], False),  # two stories make no series
        (["2026-05-01", "2026-05-08", "2026-08-27"], True),  # ninety days ago
        (["2026-05-01", "2026-05-08", "2026-08-28"], False),
        (["2024-10-01", "2024-11-01", "2024-11-25"], False),  # two years ago: it is over
        (["2024-10-01", "2024-11-01", "2024-12-05"], True),
    ],
)
def test_a_series_or_tag_that_readers_know_and_miss_is_one(days: list[str], is_one: bool) -> None:
    """Known by three stories, and not heard of for a term."""
    of_series = ideas(*(told(day, series="Maker nights") for day in days))
    of_tag = ideas(*(told(day, tags=("robots",)) for day in days))
    assert of_series == ([(SERIES, "Maker nights", days[-1])] if is_one else [])
    assert of_tag == ([(TAG, "robots", days[-1])] if is_one else [])


def test_a_name_in_other_capitals_is_the_same() -> None:
    """The newest spelling is shown, and a story that has a name twice is one story."""
    posts = [told(f"2026-05-0{day}", tags=("robots", "ROBOTS") if day == 1 else ("Robots",)) for day in (1, 2, 3)]
    (idea,) = archive_ideas(posts, TODAY, START)
    assert (idea.name, idea.stories) == ("Robots", 3)


def test_the_most_told_come_first() -> None:
    posts = [told(f"2026-05-{day:02}", tags=("a",) if day < 4 else ("b",)) for day in range(1, 8)]
    assert [name for _, name, _ in ideas(*posts)] == ["b", "a"]


def test_a_standard_of_an_earlier_year_is_one_until_it_is_told_in_this() -> None:
    """Once in the school year is enough, and once in an earlier one makes it one of ours."""
    earlier = told("2026-05-01", standards=("aasl:III.B", "aasl:I.A"))
    assert ideas(earlier) == [(STANDARD, "aasl:I.A", "2026-05-01"), (STANDARD, "aasl:III.B", "2026-05-01")]
    assert ideas(earlier, told("2026-08-01", standards=("aasl:I.A",))) == [(STANDARD, "aasl:III.B", "2026-05-01")]
    assert ideas(told("2026-08-01", standards=("aasl:I.A",))) == []


def test_stories_of_days_to_come_and_of_no_day_give_none() -> None:
    undated = PostHeader("content/posts/a.md", "a", "A", "a", "a", standards=("aasl:I.A",))
    assert ideas(undated, told("2026-12-01", standards=("aasl:I.A",))) == []
