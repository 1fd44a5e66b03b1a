"""The goodwill ledger counts what stories gave and asked for, and says when it is a good time to ask."""

import pytest

from storysite.model.goodwill import Goodwill, goodwill
from tests.folder import Folder

ASK = "{what: volunteers, by: 2026-11-20}"


def tell(folder: Folder, count: int, kind: str = "victory", month: str = "2026-11", **header: str) -> None:
    """Write some posts of one kind."""
    for day in range(1, count + 1):
        folder.post(f"{month}-{day:02}-{kind}-{day}", title=f"{kind.capitalize()} {day}", kind=kind, **header)


def ledger(folder: Folder, **options: bool) -> Goodwill:
    """Return the ledger of a site."""
    return goodwill(folder.build(**options).site)


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "0 stories in the last 90 days and no ask yet: tell 4 more stories before the next ask"),
        (1, "1 story in the last 90 days and no ask yet: tell 3 more stories before the next ask"),
        (3, "3 stories in the last 90 days and no ask yet: tell 1 more story before the next ask"),
        (4, "4 stories in the last 90 days and no ask yet: a good time to ask"),
    ],
)
def test_four_stories_stand_before_the_first_ask(folder: Folder, count: int, sentence: str) -> None:
    """The archive is the evidence."""
    tell(folder, count)
    assert str(ledger(folder)) == sentence


@pytest.mark.parametrize(
    ("kind", "worth"),
    [("victory", 1), ("thanks", 1), ("news", 1), ("listen", 1), ("report", 1), ("event", -1), ("ask", -3)],
)
def test_each_kind_of_post_adds_or_takes(folder: Folder, kind: str, worth: int) -> None:
    """Who gives adds one; promotion takes one, an ask three (Solomon 2011; Vaynerchuk 2013)."""
    tell(folder, 2, kind)
    found = ledger(folder)
    assert [(row.kind, row.count, row.worth) for row in found.rows] == [(kind, 2, 2 * worth)]
    assert found.balance == 2 * worth


def test_an_ask_inside_a_story_takes_one(folder: Folder) -> None:
    """The story adds, and what it asks for is taken; in a post of kind `ask` it is no second ask."""
    tell(folder, 3)
    tell(folder, 1, "news", ask="volunteers")
    tell(folder, 1, "ask", ask="volunteers")
    found = ledger(folder)
    assert (found.told, found.asked, found.balance) == (4, 2, 4 - 1 - 3)


def test_the_stories_since_the_last_ask_are_counted(folder: Folder) -> None:
    """That is what she wants to know."""
    tell(folder, 1, "ask", month="2026-09")
    tell(folder, 7)
    assert str(ledger(folder)) == "7 stories since the last ask: a good time to ask"


def test_after_an_ask_and_an_event_more_is_told_first(folder: Folder) -> None:
    """Promotion counts, too."""
    tell(folder, 5)
    tell(folder, 1, "event")
    folder.post("2026-11-20-ask", title="Ask", kind="ask")
    assert str(ledger(folder)) == "0 stories since the last ask: tell 2 more stories before the next ask"
    assert (ledger(folder).state, ledger(folder).promoted) == ("thin", 1)


@pytest.mark.parametrize(
    ("stories", "state"), [(6, "ready"), (5, "thin"), (4, "thin"), (3, "overdrawn"), (0, "overdrawn")]
)
def test_the_balance_has_three_states(folder: Folder, stories: int, state: str) -> None:
    """From three it is ready, at none or less overdrawn."""
    tell(folder, stories)
    tell(folder, 1, "ask")
    assert ledger(folder).state == state


@pytest.mark.parametrize(("stories", "asks", "ratio"), [(4, 0, ""), (4, 1, "4"), (5, 2, "2.5"), (0, 1, "0")])
def test_stories_for_each_ask_are_shown_beside_the_custom(folder: Folder, stories: int, asks: int, ratio: str) -> None:
    """Four to one is what people say (80/20)."""
    tell(folder, stories)
    tell(folder, asks, "ask")
    assert ledger(folder).ratio == ratio


def test_stories_of_long_ago_do_not_pay_for_the_next_ask(folder: Folder) -> None:
    """Goodwill is spent as time goes by."""
    tell(folder, 9, month="2025-11")
    assert str(ledger(folder)).endswith("and no ask yet: tell 3 more stories before the next ask")


def test_drafts_and_stories_to_come_do_not_count(folder: Folder) -> None:
    """Nobody has read them, though the preview shows them."""
    tell(folder, 4, draft="true")
    tell(folder, 4, month="2026-12")
    tell(folder, 1, "ask", month="2026-12")
    assert str(ledger(folder, drafts=True, future=True)).startswith("0 stories in the last 90 days and no ask yet")


def test_the_settings_say_how_it_counts(folder: Folder) -> None:
    """The window, what an ask takes, and when it is a good time."""
    folder.write("storysite.yml", "title: Ours\ngoodwill: {days: 10, ready: 2, first: 2, event: 0, Ask: -1}\n")
    folder.post("2026-11-01-old", title="Old")
    for day in (19, 20, 21):
        folder.post(f"2026-11-{day}-story", title=f"Story {day}")
    tell(folder, 1, "ask", month="2026-11")
    folder.post("2026-11-19-event", title="Event", kind="event")
    folder.post("2026-11-18-ask", title="Ask", kind="ask")
    found = ledger(folder)
    assert {row.kind: row.worth for row in found.rows} == {"victory": 3, "event": 0, "ask": -1}
    assert (found.balance, found.promoted, found.advice) == (2, 0, "a good time to ask")


@pytest.mark.parametrize("ask", [ASK, "{what: volunteers, status: done}", "{what: volunteers, status: closed}"])
def test_an_ask_that_is_over_is_answered_first(folder: Folder, ask: str) -> None:
    """People want to hear how it ended: in the ask itself, or in a story that follows it up."""
    tell(folder, 9)
    folder.post("2026-10-01-hands", title="Ten hands", id="hands", kind="ask", ask=ask)
    assert str(ledger(folder)).endswith("first tell people how “Ten hands” turned out")
    folder.post("2026-11-22-hands", title="Ten hands came", kind="thanks", follows_up="hands")
    assert str(ledger(folder)).endswith("a good time to ask")


def test_an_outcome_answers_an_ask(folder: Folder) -> None:
    """Where the ask says how it ended, nothing is owed."""
    tell(folder, 9)
    folder.post("2026-10-01-hands", title="Ten hands", kind="ask", ask="{what: volunteers, outcome: Twelve came.}")
    assert str(ledger(folder)).endswith("a good time to ask")


def test_the_oldest_ask_is_answered_first(folder: Folder) -> None:
    """Who has waited longest comes first."""
    for month in ("03", "09", "06"):
        folder.post(f"2026-{month}-01-ask", title=f"Ask {month}", kind="ask", ask="{what: books, status: met}")
    assert [life.post.title for life in ledger(folder).owed] == ["Ask 03", "Ask 06", "Ask 09"]


def test_thanks_that_ask_are_named(folder: Folder) -> None:
    """A thank-you with an ask in it is read as an ask."""
    tell(folder, 1, "thanks", ask="volunteers")
    tell(folder, 1, "news", ask="volunteers")
    assert [post.title for post in ledger(folder).mixed] == ["Thanks 1"]
