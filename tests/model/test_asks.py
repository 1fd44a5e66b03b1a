"""The life of an ask: open, then met or closed, then people are thanked and told what came of it."""

import pytest

from storysite.model.asks import asks_of
from tests.folder import Folder

AHEAD, BEHIND = "2026-12-24", "2026-11-20"


@pytest.mark.parametrize(
    ("ask", "state", "over"),
    [
        ("volunteers", "open", False),
        (f"{{what: books, by: {AHEAD}}}", "open", False),
        ("{what: books, by: 2026-11-24}", "open", False),  # today
        (f"{{what: books, by: {BEHIND}}}", "its date was November 20", True),
        ("{what: books, by: 2025-11-20}", "its date was November 20, 2025", True),
        ("{what: books, status: met}", "met", True),
        ("{what: books, status: Filled}", "met", True),
        (f"{{what: books, status: closed, by: {AHEAD}}}", "closed", True),
        ("{what: books, status: cancelled}", "closed", True),
        (f"{{what: books, goal: 10, have: 10, by: {BEHIND}}}", "met", True),
        (f"{{what: books, goal: 10, have: 9, by: {BEHIND}}}", "its date was November 20", True),
        ("{what: books, goal: 0, have: 0}", "open", False),
        ("{what: books, outcome: Ten came.}", "told how it turned out, nobody thanked", True),
    ],
)
def test_an_ask_is_open_met_closed_or_past_its_day(folder: Folder, ask: str, state: str, over: bool) -> None:
    """By what front matter says, else by its goal, else by its day."""
    folder.post("2026-09-01-ask", title="Ask", kind="ask", ask=ask)
    index = folder.build().site.index
    (life,) = asks_of(index)
    assert (life.state(index.today), life.over) == (state, over)


@pytest.mark.parametrize(
    ("kind", "header", "state"),
    [
        ("thanks", {}, "told how it turned out"),
        ("victory", {"thanks_to": "[Lincoln PTA]"}, "told how it turned out"),
        ("victory", {}, "told how it turned out, nobody thanked"),
    ],
)
def test_a_story_that_follows_it_up_tells_and_may_thank(
    folder: Folder, kind: str, header: dict[str, str], state: str
) -> None:
    """Thanks are those of that kind, and those that name people."""
    folder.post("2026-09-01-ask", title="Ask", id="ask", kind="ask", ask="{what: books, status: met}")
    index = folder.build().site.index
    assert [life.owed for life in asks_of(index)] == [True]
    folder.post("2026-11-01-after", title="After", kind=kind, follows_up="ask", **header)
    index = folder.build().site.index
    (life,) = asks_of(index)
    assert (life.state(index.today), life.owed) == (state, False)


def test_a_status_that_nobody_knows_counts_as_closed(folder: Folder) -> None:
    """It is told, with the words there are."""
    folder.post("2026-09-01-ask", title="Ask", kind="ask", ask="{what: books, status: perhaps}")
    built = folder.build()
    assert [problem.what for problem in built.problems if problem.code == "post-part"] == [
        'an ask has no status "perhaps", so this one counts as closed'
    ]
    assert [life.owed for life in asks_of(built.site.index)] == [True]
