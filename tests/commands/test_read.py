"""`storysite read` and `storysite status` say which stories are hard to read; nothing else does."""

from pathlib import Path

import pytest

from tests.command_line import small_site, spoken, storysite
from tests.folder import Folder
from tests.model.test_reading import EASY, HARD, MIDDLE, SPANISH

HARD_TEXT = f"{EASY}\n\n## What happened?\n\n" + HARD.replace("library", "*library*") * 5
TODAY = "2098-11-01"  # scheduled posts are always recent


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with an easy story, a hard one and a hard draft."""
    folder = small_site(tmp_path)
    folder.post(f"{TODAY}-cat", EASY, id="cat", title="The cat")
    folder.post(f"{TODAY}-show", HARD_TEXT, id="show", title="The show")
    folder.post("2020-01-01-draft", HARD * 5, id="draft", title="A draft", draft="true")
    folder.post("2020-01-01-old", HARD * 5, id="old", title="Long ago")
    return folder


def test_a_story_is_told_of_with_its_hardest_sentences_and_their_lines(shelf: Folder) -> None:
    """The line is that of the file, and the sentence is shortened."""
    told = spoken(shelf, "read", "show").split("\n")
    assert told[0] == f"content/posts/{TODAY}-show.md is at grade 9, above your goal of grades 6 to 8"
    assert told[1] == "  217 words in 19 sentences, 11 words in each"
    assert told[3] == "The 3 hardest sentences:"
    assert told[4].startswith("  line 13: The children in the library investigated a variety of recyclable")
    assert told[4].endswith(" … (22 words)")


def test_several_stories_are_told_of_one_after_the_other(shelf: Folder) -> None:
    """One that is easy is within the goal; one without a level says why."""
    told = spoken(shelf, "read", "cat", "2026-11-20-robots.md")
    assert f"content/posts/{TODAY}-cat.md is at grade 1, within your goal of grades 6 to 8\n" in told
    assert "\n\ncontent/posts/2026-11-20-robots.md: no grade: only English and Spanish texts of 100 words" in told


def test_without_a_name_recent_stories_and_drafts_are_listed(shelf: Folder) -> None:
    """Old ones are not read, private ones are not told of."""
    shelf.post(f"{TODAY}-secret", HARD * 5, id="secret", title="Secret", private="true")
    assert spoken(shelf, "read").split("\n")[3:7] == [
        f"  content/posts/{TODAY}-show.md “The show”: grade 9 (above your goal)",
        f"  content/posts/{TODAY}-cat.md “The cat”: grade 1",
        "  content/posts/2026-11-20-robots.md “Robots”: no grade",
        "  content/posts/2020-01-01-draft.md “A draft”: grade 18 or above (above your goal)",
    ]


def test_status_names_hard_stories_and_one_sentence_of_each(shelf: Folder) -> None:
    """At most five; who wants to know more is told how."""
    told = spoken(shelf, "status")
    part = told[told.index("Hard to read (2): above grades 6 to 8, which is your goal\n") :].split("\n")
    assert part[1] == f"  content/posts/{TODAY}-show.md “The show” is at grade 9"
    assert part[2].startswith("    line 13: The children in the library")
    assert part[3] == "  content/posts/2020-01-01-draft.md “A draft” is at grade 18 or above"
    assert part[5] == "  To see the hardest sentences of one, run storysite read and the name of its file."
    for number in range(5):
        shelf.post(f"{TODAY}-more-{number}", HARD * 5, id=f"more-{number}", title="More")
    assert "  … and 2 more. To see the hardest sentences of one, " in spoken(shelf, "status")


def test_the_goal_is_a_setting(shelf: Folder) -> None:
    """A higher goal has fewer stories above it, and `no` none at all."""
    settings = (shelf.path / "storysite.yml").read_text("utf-8")
    shelf.write("storysite.yml", f"{settings}reading_level: 5\n")
    shelf.post(f"{TODAY}-ramp", MIDDLE * 7, id="ramp", title="The ramp")
    assert "is at grade 8, above your goal of grade 5\n" in spoken(shelf, "read", "ramp")
    shelf.write("storysite.yml", f"{settings}reading_level: no\n")
    assert "Hard to read" not in spoken(shelf, "status")
    assert "is at grade 8\n" in spoken(shelf, "read", "ramp")
    shelf.write("storysite.yml", f"{settings}reading_level: hard\n")
    result = storysite(shelf.path, "status")
    assert 'reading_level: "hard" is neither a grade from 1 to 12 nor two of them' in result.stderr


def test_a_hard_story_is_no_problem_of_a_build(shelf: Folder) -> None:
    """It is advice: no warning, also where warnings stop a build."""
    assert storysite(shelf.path, "build", "--strict", "--drafts", "--future").returncode == 0


def test_a_spanish_story_has_a_score(shelf: Folder) -> None:
    """By its own formula."""
    shelf.post(f"{TODAY}-lunes.es", SPANISH * 9, id="lunes", title="El lunes")
    assert "is at INFLESZ 91 of 100, very easy: elementary school, within" in spoken(shelf, "read", f"{TODAY}-lunes.es")


def test_a_name_that_no_story_has_is_told_of(shelf: Folder) -> None:
    """As of photos: with exit code 2."""
    result = storysite(shelf.path, "read", "shoe")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("there is no post called shoe  [photo-post]")


def test_a_broken_story_says_where_to_look(shelf: Folder) -> None:
    """It has no text that could be read."""
    shelf.post("2026-10-02-broken", id="broken", date="2026-13-04")
    assert spoken(shelf, "read", "broken") == (
        "content/posts/2026-10-02-broken.md cannot be read: run storysite status to see why\n"
    )
