"""The librarian's own calendar: everything that is planned, in a file that no site publishes."""

from pathlib import Path

import pytest

from storysite.errors import UsageError
from storysite.source.ideas import read_plan
from storysite.tell.calendar import private_entries, write_private_calendar
from tests.command_line import storysite
from tests.folder import Folder, tree
from tests.promise import opened
from tests.render.test_calendar import entries


@pytest.fixture
def planned(folder: Folder) -> Folder:
    """Return a site with something of everything that a plan has."""
    folder.write("storysite.yml", "promise: Every Friday\nbreaks: 12-21 to 01-03\nbase_url: https://example.org\n")
    folder.write("content/plan.yml", "- idea: Seeds\n  date: 2026-12-11\n  note: Ask Mr. Ortiz\n- Some day\n")
    folder.post("2026-11-20-a", id="a", title="Told", event="2026-12-05 18:00")
    folder.post("2026-12-04-b", id="b", title="Robots", draft="true", ask="{what: hands, by: 2026-12-16}")
    folder.post("2026-11-22-c", id="c", title="Secret", private="true", event="2026-12-05 18:00")
    return folder


def test_it_has_dates_plans_and_the_days_that_are_open(planned: Folder) -> None:
    """A week with a plan is not open, and no week of a break is; what is private is in no file at all."""
    with opened(planned) as site:
        found = private_entries(site, read_plan(planned.path)[0])
    assert [(f"{entry.start:%m-%d}", entry.title, entry.note) for entry in found] == [
        ("12-05", "Told", ""),
        ("12-16", "Last day: Robots", "hands"),
        ("12-04", "Robots (draft)", "content/posts/2026-12-04-b.md"),
        ("12-11", "Seeds (idea)", "Ask Mr. Ortiz"),
        *(
            (day, "A story is due: Every Friday", "")
            for day in ("11-27", "12-18", "01-08", "01-15", "01-22", "01-29", "02-05", "02-12")
        ),
    ]
    assert [bool(entry.url) for entry in found[:2]] == [True, False]


def test_an_entry_keeps_its_id_when_it_moves(planned: Folder) -> None:
    """A story's while its file is called the same, an idea's while its words are."""
    with opened(planned) as site:
        before = {entry.title: entry.id for entry in private_entries(site, read_plan(planned.path)[0])[:4]}
    planned.write("content/plan.yml", "- A\n- idea: Seeds\n  date: 2027-01-15\n")
    planned.post(
        "2026-12-04-b", id="b", title="Robots", date="2026-12-11", draft="true", ask="{what: hands, by: 2026-12-17}"
    )
    with opened(planned) as site:
        after = {entry.title: entry.id for entry in private_entries(site, read_plan(planned.path)[0])[:4]}
    assert before == after


def test_it_is_written_elsewhere_and_only_over_one_of_ours(planned: Folder, tmp_path: Path) -> None:
    """Nothing of it is in the site's folder, whatever the file is called; twice gives the same bytes."""
    elsewhere = tmp_path / "plans/plan.ics"
    before = tree(planned.path)
    with opened(planned) as site:
        ideas = read_plan(planned.path)[0]
        for _ in range(2):
            write_private_calendar(elsewhere, planned.path, site, ideas)
            first = elsewhere.read_bytes()
        assert elsewhere.read_bytes() == first
        inside = planned.path / "plan.ics"
        for place in (inside, planned.path / "_site/plan.ics", planned.path / "x/../static/plan.ics", planned.path):
            with pytest.raises(UsageError):
                write_private_calendar(place, planned.path, site, ideas)
        diary = tmp_path / "diary.txt"
        diary.write_text("Mine.", "utf-8")
        for place in (diary, tmp_path):
            with pytest.raises(UsageError):
                write_private_calendar(place, planned.path, site, ideas)
    assert diary.read_text("utf-8") == "Mine."
    assert not inside.exists()
    assert {name: data for name, data in tree(planned.path).items() if not name.startswith(".storysite")} == {
        name: data for name, data in before.items() if not name.startswith(".storysite")
    }
    assert len(entries(first)) == 12


def test_a_way_by_a_link_into_the_folder_is_refused(planned: Folder, tmp_path: Path) -> None:
    (tmp_path / "shortcut").symlink_to(planned.path)
    with opened(planned) as site, pytest.raises(UsageError):
        write_private_calendar(tmp_path / "shortcut/plan.ics", planned.path, site, [])


def test_the_command_writes_it_and_says_so(planned: Folder, tmp_path: Path) -> None:
    result = storysite(planned.path, "status", "--calendar", str(tmp_path / "plan.ics"))
    assert (result.returncode, result.stderr) == (0, "")
    assert "Your own calendar is in " in result.stdout
    assert entries((tmp_path / "plan.ics").read_bytes())
    result = storysite(planned.path, "status", "--calendar", "plan.ics")
    assert result.returncode == 2
    assert "[document-place]" in result.stderr
