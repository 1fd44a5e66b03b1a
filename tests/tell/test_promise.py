"""What `status` says of the promise, word for word: to be read on a terminal, and to be listened to."""

from datetime import UTC, datetime, timedelta

import pytest

from storysite.source.ideas import read_plan
from storysite.tell.promise import STATES, promise_lines
from tests.folder import NOW, Folder
from tests.promise import opened


def lines(folder: Folder, now: datetime = NOW) -> list[str]:
    """Return the lines of a site at some moment."""
    with opened(folder, now) as site:
        return list(promise_lines(site, read_plan(folder.path)[0]))


@pytest.fixture
def fridays(folder: Folder) -> Folder:
    """Return a site that promised a story every Friday, kept it for some weeks, was late once and silent once."""
    folder.write("storysite.yml", "promise: Every Friday\nbreaks: 10-12 to 10-16\n")
    days = "2026-09-18 2026-09-25 2026-10-03 2026-10-09 2026-10-30 2026-11-06 2026-11-13 2026-11-20".split()
    for day in days:
        folder.post(f"{day}-story", id=day, title=f"Told on {day}")
    return folder


def test_a_promise_is_told_of_in_words(fridays: Folder) -> None:
    """The row, what is owed this week, the streak, the newest story, the term, and what is planned."""
    fridays.post("2026-12-04-later", id="later", title="Robots", draft="true")
    assert (
        "\n".join(lines(fridays))
        == """The promise to readers: “Every Friday”
  The last 12 weeks, each by its Monday:
    Sep 7 not begun,      Sep 14 told,          Sep 21 told,          Sep 28 told late,
    Oct 5 told,           Oct 12 break,         Oct 19 no story,      Oct 26 told,
    Nov 2 told,           Nov 9 told,           Nov 16 told,          Nov 23 still to come.
  This week’s story is due by Friday, 2026-11-27.
  4 weeks in a row have their story; breaks do not count.
  The last story was told on 2026-11-20, 4 days ago.
  This term, 8 of 9 promised weeks have a story, 1 of them late.
  Planned:
    2026-12-04 “Robots” (draft, content/posts/2026-12-04-later.md)"""
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 11, 27, 12, tzinfo=UTC), "  This week’s story is due today."),
        (
            datetime(2026, 11, 28, 12, tzinfo=UTC),
            "  This week’s story was promised for Friday, 2026-11-27; until Sunday it counts as late.",
        ),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), "  This week has its story."),
        (datetime(2026, 10, 4, 12, tzinfo=UTC), "  This week has its story, told after Friday."),
        (
            datetime(2026, 10, 14, 12, tzinfo=UTC),
            "  No story is due this week: school is out until Friday, 2026-10-16.",
        ),
        (datetime(2026, 9, 9, 12, tzinfo=UTC), "  The first story is still to come."),
        (
            datetime(2026, 12, 14, 12, tzinfo=UTC),
            "  The last story was told on 2026-11-20, 24 days ago; since then, 3 promised weeks went by without one.",
        ),
        (datetime(2026, 11, 21, 12, tzinfo=UTC), "  The last story was told on 2026-11-20, yesterday."),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), "  The last story was told on 2026-11-20, today."),
        (NOW, "  Nothing is planned for the days to come: no draft and no idea has a date."),
    ],
)
def test_it_says_what_is_owed_now(fridays: Folder, now: datetime, said: str) -> None:
    assert said in lines(fridays, now)


def test_a_site_without_stories_is_at_its_beginning(folder: Folder) -> None:
    """Who promises nothing is told nothing: nobody has to."""
    assert lines(folder) == []
    folder.write("storysite.yml", "promise: Every week\n")
    found = lines(folder)
    assert "  The first story is still to come." in found
    assert not [line for line in found if "row" in line or "term" in line or "last story" in line]


def test_words_that_do_not_say_how_often_are_not_counted(folder: Folder) -> None:
    """They are shown to readers as ever; what is planned is told of all the same."""
    folder.write("storysite.yml", "promise: When something happens\n")
    folder.post("2026-11-20-a", id="a")
    folder.post("2026-11-30-b", id="b", title="Robots")
    assert lines(folder) == [
        "The promise to readers: “When something happens”",
        "  These words do not say how often, so no weeks are counted. “Every Friday”, “weekly”, “every other week” and",
        "  “monthly” would.",
        "  The last story was told on 2026-11-20, 4 days ago.",
        "  Planned:",
        "    2026-11-30 “Robots” (scheduled, content/posts/2026-11-30-b.md)",
    ]
    folder.build()
    assert "When something happens" in folder.page("index.html")


def test_months_are_named_as_such(folder: Folder) -> None:
    folder.write("storysite.yml", "promise: Every month\n")
    folder.post("2026-10-20-a", id="a")
    found = "\n".join(lines(folder))
    assert "The last 12 months:\n    Dec 2025 not begun," in found
    assert "Oct 2026 told,          Nov 2026 still to come." in found
    assert "This month’s story is due by Monday, 2026-11-30." in found
    assert "This term, 1 of 1 promised month has a story." in found


def test_of_very_much_that_is_planned_the_rest_is_counted(fridays: Folder) -> None:
    for number in range(30):
        day = NOW.date() + timedelta(days=number + 1)
        fridays.post(f"{day}-later-{number}", id=f"later-{number}")
    assert lines(fridays)[-1] == "    and 18 more"


def test_each_turn_is_told_of_in_words_of_its_own() -> None:
    """No two mean the same, and none needs to be seen in color."""
    assert len(set(STATES.values())) == len(STATES)
    assert all(word.replace(" ", "").isalpha() for word in STATES.values())


def test_ideas_are_told_of_below_what_is_planned(fridays: Folder) -> None:
    """Those with a day to come are planned; the others wait, and the archive has some of its own."""
    fridays.write("storysite.yml", "promise: Every Friday\n")
    fridays.write(
        "content/plan.yml",
        "- Ten books\n- {idea: Seeds, date: 2026-12-04, kind: victory, note: Ask Mr. Ortiz}\n- {idea: Old, date: 2026-11-01, kind: news, note: Late}\n",
    )
    fridays.post("2025-11-28-cranes", id="cranes", title="Paper cranes", standards="[aasl:I.A]")
    for number in (1, 2, 3, 4):
        for tag in "abcde":
            fridays.post(f"2026-05-0{number}-{tag}", id=f"{tag}-{number}", tags=f"[{tag}]", series="Maker nights")
    found = lines(fridays)
    assert found[found.index("  Planned:") :] == [
        "  Planned:",
        "    2026-12-04 “Seeds” (idea, content/plan.yml)",
        "  Ideas in the plan:",
        "    “Ten books”",
        "    “Old” (planned for 2026-11-01, news): Late",
        "  Ideas from the archive:",
        "    A year ago this week: “Paper cranes” (2025-11-28, content/posts/2025-11-28-cranes.md)",
        "    The series “Maker nights”: nothing since 2026-05-04, 20 stories in all",
        "    The tag “a”: nothing since 2026-05-04, 4 stories in all",
        "    The tag “b”: nothing since 2026-05-04, 4 stories in all",
        "    The tag “c”: nothing since 2026-05-04, 4 stories in all",
        "      and 2 more like this",
        "    The standard aasl:I.A: nothing this school year, the last on 2025-11-28",
    ]


def test_a_plan_is_told_of_where_nothing_is_promised(folder: Folder) -> None:
    folder.write("content/plan.yml", "- Ten books\n")
    found = lines(folder)
    assert (found[0], found[-2:]) == ("The plan", ["  Ideas in the plan:", "    “Ten books”"])
