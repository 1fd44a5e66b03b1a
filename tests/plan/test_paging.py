"""Pages of a long listing: every story on one of them, and a new story changes the newest pages only."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.plan.paging import page_windows

COUNTS = some.integers(0, 500)
SIZES = some.integers(1, 60)


@given(COUNTS, SIZES)
def test_every_story_is_on_one_page(count: int, size: int) -> None:
    """In their order, none left out and none twice."""
    assert [place for page in page_windows(count, size) for place in page] == list(range(count))


@given(COUNTS, SIZES)
def test_all_pages_but_the_last_are_full(count: int, size: int) -> None:
    """The last, which is the front page, has as many at least and fewer than two pages would; there is always one."""
    *full, front = map(len, page_windows(count, size))
    assert full == [size] * len(full)
    assert min(count, size) <= front < 2 * size


@given(COUNTS, SIZES)
def test_a_new_story_changes_the_front_page_alone(count: int, size: int) -> None:
    """Numbered pages stay; the front page gets the story, or leaves a full page behind."""
    before, after = page_windows(count, size), page_windows(count + 1, size)
    kept = len(before) - 1
    assert list(after[:kept]) == list(before[:kept])
    assert len(after) - len(before) == (count + 1 >= 2 * size and (count + 1) % size == 0)


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, [0]), (1, [1]), (5, [5]), (9, [9]), (10, [5, 5]), (14, [5, 9]), (15, [5, 5, 5])],
)
def test_a_page_is_split_off_when_two_are_full(count: int, pages: list[int]) -> None:
    """At five a page."""
    assert [len(page) for page in page_windows(count, 5)] == pages
