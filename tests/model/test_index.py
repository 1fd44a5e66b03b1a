"""What the home page picks by the calendar: the ask that is still open, and the story of a year ago."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.folder import NOW, Folder, tree

TODAY = NOW.date()
HOME = "{{ ask.title if ask else '-' }} {{ year_ago.title if year_ago else '-' }}"
EMPTY = ("base post page group groups archive year month term search wall subscribe 404").split()


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site without posts whose home page says which ask and which story of a year ago it is given."""
    for name in EMPTY:
        folder.write(f"themes/small/templates/{name}.html", name)
    folder.write("themes/small/templates/home.html", HOME)
    folder.write("storysite.yml", "theme: small\n")
    return folder


def picked(folder: Folder, today: date = TODAY) -> tuple[str, str]:
    """Build on a day and return the titles of the ask and of the story of a year ago, "-" for none."""
    folder.build(now=datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    ask, year_ago = folder.page("index.html").split()
    return ask, year_ago


def ask(folder: Folder, name: str, day: str, what: str) -> None:
    """Write a post that asks for something."""
    folder.post(f"{day}-{name.lower()}", title=name, id=name, kind="ask", ask=f"{{what: help, {what}}}")


# -- the open ask --


def test_the_newest_open_ask_is_picked(shelf: Folder) -> None:
    """Of several the one that was told last; other kinds of posts may ask, too."""
    ask(shelf, "Old", "2026-01-02", "goal: 4")
    ask(shelf, "New", "2026-11-02", "goal: 4")
    ask(shelf, "Middle", "2026-06-02", "goal: 4")
    shelf.post("2026-11-10-none", title="None", id="none")
    assert picked(shelf)[0] == "New"
    shelf.post("2026-11-20-thanks", title="Thanks", id="thanks", kind="thanks", ask="books")
    assert picked(shelf)[0] == "Thanks"


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        ("goal: 4", "New"),
        ("by: 2026-11-25", "New"),
        ("by: 2026-11-24", "New"),
        ("by: 2026-11-23", "Old"),
        ("status: open", "New"),
        ("status: Open", "New"),
        ("status: done", "Old"),
        ("status: closed, by: 2026-12-24", "Old"),
        ("outcome: We got ten hands.", "Old"),
        ("goal: 4, have: 4", "New"),
    ],
)
def test_an_ask_is_open_through_its_last_day_and_until_its_outcome_is_told(
    what: str, shown: str, shelf: Folder
) -> None:
    """An ask that is past its day, closed or answered gives way to the one before it."""
    ask(shelf, "Old", "2026-01-02", "goal: 4")
    ask(shelf, "New", "2026-11-02", what)
    assert picked(shelf)[0] == shown


def test_an_ask_leaves_the_home_page_by_itself(shelf: Folder, tmp_path: Path) -> None:
    """On the day after its last one the next build takes it off, and makes nothing else than a clean build."""
    ask(shelf, "Hands", "2026-11-02", "by: 2026-11-24")
    assert picked(shelf)[0] == "Hands"
    assert picked(shelf, TODAY + timedelta(days=1))[0] == "-"
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean", now=NOW + timedelta(days=1))


@pytest.mark.parametrize("header", [{"draft": "true"}, {"date": "2026-12-24"}, {"expires": "2026-11-01"}])
def test_an_ask_that_is_not_shown_is_not_picked(header: dict[str, str], shelf: Folder) -> None:
    """Drafts, posts of days to come and expired posts ask nothing of anybody."""
    shelf.post("2026-11-02-hands", title="Hands", id="hands", ask="hands", **header)
    assert picked(shelf)[0] == "-"


# -- a year ago --


def told(folder: Folder, *days: date) -> None:
    """Write a story on each of some days, called by its day."""
    for day in days:
        folder.post(f"{day}-story-{day:%d}", title=str(day), id=str(day))


@pytest.mark.parametrize(("days", "near"), [(0, True), (7, True), (-7, True), (8, False), (-8, False)])
@pytest.mark.parametrize(
    "today", [TODAY, date(2027, 1, 3), date(2027, 3, 1), date(2026, 8, 31), date(2026, 12, 31), date(2027, 2, 28)]
)
def test_a_story_of_a_year_ago_was_told_within_a_week_of_the_day(
    today: date, days: int, near: bool, shelf: Folder
) -> None:
    """Seven days before or after are near enough, eight are not, also where another month or year begins between."""
    day = today.replace(year=today.year - 1) + timedelta(days=days)
    told(shelf, day, today - timedelta(days=100), today - timedelta(days=700))
    assert picked(shelf, today)[1] == (str(day) if near else "-")


def test_the_nearest_story_of_a_year_ago_is_picked(shelf: Folder) -> None:
    """Of several the one nearest to the day, before or after it."""
    told(shelf, date(2025, 11, 18), date(2025, 11, 22), date(2025, 11, 27), date(2025, 12, 1))
    assert picked(shelf)[1] == "2025-11-22"
    told(shelf, date(2025, 11, 25))
    assert picked(shelf)[1] == "2025-11-25"
    told(shelf, date(2025, 11, 24), date(2024, 11, 24))
    assert picked(shelf)[1] == "2025-11-24"


@pytest.mark.parametrize(
    "today",
    [
        date(2024, 2, 28),
        date(2024, 3, 1),
        date(2024, 11, 24),
        date(2025, 3, 1),
    ],
)
def test_a_leap_day_between_makes_no_difference(today: date, shelf: Folder) -> None:
    """The story of the same day in the year before is nearer than that of the day after, and a week is a week."""
    same = today.replace(year=today.year - 1)
    told(shelf, same + timedelta(days=8))
    assert picked(shelf, today)[1] == "-"
    told(shelf, same - timedelta(days=7))
    assert picked(shelf, today)[1] == str(same - timedelta(days=7))
    told(shelf, same + timedelta(days=1), same)
    assert picked(shelf, today)[1] == str(same)


def test_on_a_leap_day_the_year_before_has_a_day_beside_it(shelf: Folder) -> None:
    """On 29 February the story of the last day of February or of the first of March is picked."""
    told(shelf, date(2023, 2, 28), date(2023, 2, 20))
    assert picked(shelf, date(2024, 2, 29))[1] == "2023-02-28"


def test_the_story_of_a_year_ago_changes_with_the_day(shelf: Folder, tmp_path: Path) -> None:
    """From one day to the next the home page is made again, and is like that of a clean build."""
    told(shelf, date(2025, 11, 17))
    assert picked(shelf)[1] == "2025-11-17"
    assert picked(shelf, TODAY + timedelta(days=1))[1] == "-"
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean", now=NOW + timedelta(days=1))
