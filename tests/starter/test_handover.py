"""HANDOVER.md: what the site says of itself is renewed, and whatever people wrote in the file is as it was."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from storysite.errors import BadValue
from storysite.starter.answers import Answers, Place
from storysite.starter.facts import Facts, markdown_text
from storysite.starter.handover import HANDOVER, handover, renewed
from storysite.starter.start import start_site
from tests.command_line import small_site, storysite
from tests.folder import Folder

FACTS = Facts(
    today=date(2026, 11, 28),
    title="Our *story* shelf",
    school="Maplewood <Elementary>",
    base_url="https://maplewood.github.io/stories",
    repository="maplewood/stories",
    timezone="America/Chicago",
    promise="Every Friday",
    contact="library@maplewood.example.org",
    stories=1204,
    first=date(2013, 9, 6),
    last=date(2026, 11, 20),
    last_title="<!-- storysite ends here -->",
    drafts=1,
    scheduled=2,
)
LATER = replace(FACTS, today=date(2027, 6, 4), stories=1230)


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with settings and one story."""
    return small_site(tmp_path)


def test_the_file_has_what_the_next_librarian_asks() -> None:
    """Where, how many, how, with whose account, and why nothing appears in fall."""
    text = handover(FACTS)
    for words in (
        "- Its files: https://github.com/maplewood/stories\n",
        "- 1,204 stories, the first of September 6, 2013, the newest of November 20, 2026: \\<!-- storysite ends here",
        "- Not shown yet: 1 draft, 2 for a later day\n",
        "- What readers are promised: Every Friday\n",
        "- The site is called Our \\*story\\* shelf.\n",
        "appears at 6:00 am on that day (America/Chicago time)",
        "https://github.com/maplewood/stories/new/main/content/posts?filename=",
        "https://github.com/maplewood/stories/settings/access",
        "If nothing is saved for 60 days, GitHub turns the schedule off",
    ):
        assert words in text
    assert "domain" not in text
    assert "The domain stories.school.org: who pays" in handover(
        replace(FACTS, base_url="https://stories.school.org/a")
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_people_wrote_stays_as_it_is(end: str) -> None:
    """Above and below, on every kind of computer, and however often it is renewed."""
    text = handover(FACTS).replace("- Writes the stories:", "- Writes the stories: Ms. Rivera")
    text = f"{text}\nThe key is with Mr. Duarte. \udcff\n".replace("\n", end)
    later = renewed(text, LATER)
    assert later.startswith(text[: text.index("<!--")])
    assert later.endswith(text[text.index("<!-- storysite ends") :])
    assert "- 1,230 stories" in later
    assert "1,204" not in later
    assert renewed(later, LATER) == later
    assert renewed(later, FACTS) == text
    assert end == "\n" or later.count("\n") == later.count("\r\n")


@pytest.mark.parametrize("text", ["Ask Mr. Duarte.", "Ask Mr. Duarte.\n", "# Handover\r\n\r\nAsk.\r\n"])
def test_a_file_of_their_own_gets_the_facts_at_its_end(text: str) -> None:
    later = renewed(text, FACTS)
    assert later.startswith(text)
    assert renewed(later, FACTS) == later


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Every Friday", "Every Friday, but not in June"),
        ("## What happens in summer", "## Never in summer"),
        ("<!-- storysite ends here -->", ""),
        ("<!-- storysite ends here -->", "<!-- storysite ends here -->\n<!-- storysite ends here -->"),
        ("<!-- storysite writes from here", "<!-- from here"),
        (HANDOVER, HANDOVER),
    ],
)
def test_a_line_that_was_changed_between_the_marks_is_not_written_over(old: str, new: str) -> None:
    """Nor is anything where a mark is gone, or is there twice."""
    text = handover(FACTS).replace(old, new) if old != HANDOVER else handover(FACTS) * 2
    with pytest.raises(BadValue):
        renewed(text, LATER)


def test_a_new_site_has_a_file_that_is_up_to_date(tmp_path: Path) -> None:
    """What `new` knows of the samples is what the site says of itself on that day."""
    today = date.today()
    answers = Answers("Maplewood", Place("https://maplewood.github.io/stories", "maplewood/stories"), "es", "UTC", "")
    start_site(tmp_path / "ours", today=today, zone="UTC", answers=answers)
    before = (tmp_path / "ours" / HANDOVER).read_text("utf-8")
    result = storysite(tmp_path / "ours", "handover")
    assert (result.returncode, result.stderr) == (0, "")
    after = (tmp_path / "ours" / HANDOVER).read_text("utf-8")
    if today == date.today():
        changed = [line for line in after.splitlines() if line not in before and line[:4] != "<!--"]
        assert changed == ["- What readers are promised: The latest stories"]


def test_the_command_counts_what_readers_see_and_what_waits(shelf: Folder) -> None:
    """And takes the repository from git, where the address does not tell it."""
    shelf.post("2026-11-21-kites", id="kites", title="Kites & owls")
    shelf.post("2026-11-22-draft", id="draft", draft="true")
    shelf.post("2099-11-22-later", id="later")
    subprocess.run(["git", "init", "-q"], cwd=shelf.path, check=True)
    subprocess.run(["git", "remote", "add", "origin", "git@github.com:oak/shelf.git"], cwd=shelf.path, check=True)
    assert storysite(shelf.path, "handover").stdout.startswith("HANDOVER.md is written.")
    text = (shelf.path / HANDOVER).read_text("utf-8")
    assert "- 2 stories, the first of November 20, 2026, the newest of November 21, 2026: Kites & owls\n" in text
    assert "- Not shown yet: 1 draft, 1 for a later day\n" in text
    assert "- Its files: https://github.com/oak/shelf\n" in text
    assert "- The site: https://library.example.org/stories\n" in text
    assert storysite(shelf.path, "handover").stdout == "HANDOVER.md is up to date.\n"
    (shelf.path / HANDOVER).write_text(f"Mine.\n\n{text}", "utf-8")
    shelf.post("2026-11-23-owls", id="owls")
    assert storysite(shelf.path, "handover").stdout.startswith("HANDOVER.md is up to date again.")
    assert (shelf.path / HANDOVER).read_text("utf-8").startswith("Mine.\n\n# Handover")


def test_the_command_is_for_sites_and_files(shelf: Folder, tmp_path: Path) -> None:
    """Elsewhere nothing is written, and a folder in the place of the file is no traceback."""
    (tmp_path / "elsewhere").mkdir()
    result = storysite(tmp_path / "elsewhere", "handover")
    assert result.returncode == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (shelf.path / HANDOVER).mkdir()
    result = storysite(shelf.path, "handover")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_names_are_shown_letter_by_letter_in_markdown() -> None:
    assert markdown_text("A *b* <c> [d](e) `f` &amp; AT&T ![x]") == r"A \*b\* \<c\> \[d\](e) \`f\` \&amp; AT&T \!\[x\]"
