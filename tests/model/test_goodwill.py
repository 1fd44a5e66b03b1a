"""The goodwill ledger counts what stories gave and asked for, and says when it is a good time to ask."""

import pytest

from storysite.model.goodwill import goodwill
from tests.folder import Folder

ASK = "{what: volunteers, by: 2026-11-20}"


def tell(folder: Folder, count: int, kind: str = "victory", month: str = "2026-11", **header: str) -> None:
    """Write some posts of one kind."""
    for day in range(1, count + 1):
        folder.post(f"{month}-{day:02}-{kind}-{day}", title=f"{kind.capitalize()} {day}", kind=kind, **header)


def ledger(folder: Folder, **options: bool) -> str:
    """Return the ledger of a site in its own words."""
    return str(goodwill(folder.build(**options).site))


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "in the last 90 days, 1 story gave and none asked: tell 3 more stories before the next ask"),
        (3, "in the last 90 days, 3 stories gave and none asked: tell 1 more story before the next ask"),
        (4, "in the last 90 days, 4 stories gave and none asked: a good time to ask"),
    ],
)
def test_four_stories_stand_before_the_first_ask(folder: Folder, count: int, sentence: str) -> None:
    """The archive is the evidence."""
    tell(folder, count)
    assert ledger(folder) == sentence


def test_an_ask_draws_three_and_an_event_one(folder: Folder) -> None:
    """Whoever asked must tell again before the next ask; promotion draws, too."""
    tell(folder, 6)
    tell(folder, 1, "ask")
    tell(folder, 1, "event")
    assert ledger(folder) == "in the last 90 days, 6 stories gave and 2 asked: tell 1 more story before the next ask"


def test_an_ask_within_a_story_draws_one(folder: Folder) -> None:
    """The story gives, and what it asks for is drawn."""
    tell(folder, 3)
    tell(folder, 1, "thanks", ask="volunteers")
    assert ledger(folder) == "in the last 90 days, 4 stories gave and 1 asked: a good time to ask"


def test_stories_of_long_ago_do_not_pay_for_the_next_ask(folder: Folder) -> None:
    """Goodwill is spent as time goes by."""
    tell(folder, 9, month="2025-11")
    assert (
        ledger(folder) == "in the last 90 days, 0 stories gave and none asked: tell 3 more stories before the next ask"
    )


def test_drafts_and_stories_to_come_do_not_count(folder: Folder) -> None:
    """Nobody has read them, though the preview shows them."""
    tell(folder, 4, draft="true")
    tell(folder, 4, month="2026-12")
    assert ledger(folder, drafts=True, future=True).startswith("in the last 90 days, 0 stories gave")


@pytest.mark.parametrize("ask", [ASK, "{what: volunteers, status: done}"])
def test_an_ask_that_is_over_must_be_answered_first(folder: Folder, ask: str) -> None:
    """People want to hear how it ended: in the ask itself, or in a story that follows it up."""
    tell(folder, 9)
    folder.post("2026-10-01-hands", title="Ten hands", id="hands", kind="ask", ask=ask)
    assert ledger(folder).endswith("first tell people how “Ten hands” turned out")
    folder.post("2026-11-22-hands", title="Ten hands came", kind="thanks", follows_up="hands")
    assert ledger(folder).endswith("a good time to ask")


def test_an_outcome_answers_an_ask(folder: Folder) -> None:
    """Where the ask says how it ended, nothing is owed."""
    tell(folder, 9)
    folder.post("2026-10-01-hands", title="Ten hands", kind="ask", ask="{what: volunteers, outcome: Twelve came.}")
    assert ledger(folder).endswith("a good time to ask")
