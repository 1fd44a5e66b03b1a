"""A newer storysite renews what a site carries: shown first, and nothing is lost that somebody changed."""

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from storysite import __version__
from storysite.starter.answers import Answers
from storysite.starter.program import program
from storysite.starter.record import RECORD
from storysite.starter.renew import Carried, State, carried_files, what_differs
from storysite.starter.start import start_site
from tests.command_line import storysite
from tests.folder import tree
from tests.starter.programs import installed, other_storysite, started_by

TODAY = date(2026, 11, 24)
OLDER, NEWER = "0.0.9", "9.0.0"
PUBLISH, SCHEDULED, HOOK = ".github/workflows/publish.yml", ".github/workflows/scheduled.yml", "tool/hooks/pre-commit"
LIBRARIES, WHEEL = "tool/requirements.txt", f"tool/storysite-{__version__}-py3-none-any.whl"
OLD_WHEEL = f"tool/storysite-{OLDER}-py3-none-any.whl"
FILES = "storysite/starter/files"
CHANGES = {
    f"{FILES}/dot-github/workflows/publish.yml": ("name: Publish\n", "name: Put online\n"),
    f"{FILES}/tool/requirements.txt": ("h11==0.16.0", "h11==0.15.0"),
    f"{FILES}/tool/hooks/pre-commit": ("look_with python -m storysite\n", ""),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that was begun with an older storysite, by that one itself."""
    place = tmp_path_factory.mktemp("older")
    older = installed(other_storysite(OLDER, CHANGES, place), place / "packages")
    started_by(older, place / "site")
    return place / "site"


@pytest.fixture
def site(begun: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copytree(begun, tmp_path / "site"))


def differing(folder: Path) -> dict[str, State]:
    """Return the files that are not as the newest, and how they are."""
    return {each.path: each.state for each in what_differs(folder, today=TODAY) if each.state is not State.SAME}


def one(folder: Path, path: str) -> Carried:
    """Return how one file compares."""
    (found,) = [each for each in what_differs(folder, today=TODAY) if each.path == path]
    return found


def test_a_new_site_carries_the_newest_of_everything(tmp_path: Path) -> None:
    start_site(tmp_path / "site", today=TODAY, zone="UTC")
    found = what_differs(tmp_path / "site", today=TODAY)
    assert {each.state for each in found} == {State.SAME}
    assert [each.path for each in found] == sorted(carried_files(tmp_path / "site", TODAY))
    before = tree(tmp_path / "site")
    result = storysite(tmp_path / "site", "upgrade")
    assert result.stdout == f"All that this site carries is up to date, for storysite {__version__}.\n"
    assert tree(tmp_path / "site") == before


def test_what_an_older_storysite_wrote_is_known_from_what_somebody_changed(site: Path) -> None:
    assert differing(site) == {
        PUBLISH: State.OLD,
        HOOK: State.OLD,
        LIBRARIES: State.OLD,
        WHEEL: State.MISSING,
        OLD_WHEEL: State.OLD,
    }
    (site / PUBLISH).write_text("name: Ours\n", "utf-8")
    (site / SCHEDULED).unlink()
    assert (one(site, PUBLISH).state, one(site, PUBLISH).is_theirs) == (State.CHANGED, True)
    assert (one(site, SCHEDULED).state, one(site, SCHEDULED).is_offered) == (State.MISSING, False)
    assert (one(site, WHEEL).is_new, one(site, WHEEL).is_theirs) == (True, False)


def test_an_upgrade_renews_all_that_nobody_changed_and_touches_nothing_else(site: Path) -> None:
    """The older program goes; stories and settings stay; the site builds, and there is nothing left to renew."""
    before = tree(site)
    result = storysite(site, "upgrade", "--yes")
    assert (result.returncode, result.stderr) == (0, "")
    after, newest = tree(site), carried_files(site, TODAY)
    assert {name: after[name] for name in newest} == newest
    assert before.keys() - after.keys() == {OLD_WHEEL}
    assert {name for name in before.keys() & after.keys() if before[name] != after[name]} == {
        PUBLISH, HOOK, LIBRARIES, RECORD,
    }  # fmt: skip
    assert differing(site) == {}
    assert "up to date" in storysite(site, "upgrade").stdout
    assert tree(site) == after
    if os.name != "nt":
        assert os.access(site / HOOK, os.X_OK)
    assert storysite(site, "build").returncode == 0


def test_what_would_change_is_shown_first_and_without_a_terminal_nothing_is_written(site: Path) -> None:
    """Files first, then lines; of the list of libraries the versions, not the fingerprints."""
    before = tree(site)
    result = storysite(site, "upgrade")
    assert result.returncode == 0
    assert (
        result.stdout
        == f"""\
storysite {__version__} has something newer for 5 files of this site:
  {PUBLISH}: older than this storysite's
  {HOOK}: older than this storysite's
  {LIBRARIES}: older than this storysite's
  {OLD_WHEEL}: an older storysite, which goes
  {WHEEL}: storysite itself

A line with - goes, and a line with + comes:
--- {PUBLISH} as it is
+++ {PUBLISH} as it would be
@@ -2,5 +2,5 @@
 # Once, before the first run: Settings → Pages → Source: GitHub Actions.
 # There is no schedule in this file, because GitHub turns off workflows with a schedule after 60 days without changes.
-name: Put online
+name: Publish
 on:
   push:
--- {HOOK} as it is
+++ {HOOK} as it would be
@@ -23,4 +23,5 @@
 look_with .venv/Scripts/storysite.exe
 look_with python3 -m storysite
+look_with python -m storysite
 echo "storysite was not found on this computer, so nothing looked at the photos of this commit. The build will do that." >&2
 exit 0
{LIBRARIES}: h11 0.15.0 → 0.16.0

Nothing was written. To replace what nobody changed, run storysite upgrade --yes.
"""
    )
    assert tree(site) == before


def test_what_somebody_changed_is_shown_and_left(site: Path) -> None:
    """A line of hers in the workflow stays, and she is told."""
    ours = (site / PUBLISH).read_text("utf-8").replace('python-version: "3.13"', 'python-version: "3.12"')
    (site / PUBLISH).write_text(ours, "utf-8")
    result = storysite(site, "upgrade", "--yes")
    assert f"  {PUBLISH}: older than this storysite's; it was changed by hand\n" in result.stdout
    assert '\n-          python-version: "3.12"\n+          python-version: "3.13"\n' in result.stdout
    assert result.stdout.endswith(f"\n{PUBLISH} was left as it is.\n")
    assert (site / PUBLISH).read_text("utf-8") == ours
    assert differing(site) == {PUBLISH: State.CHANGED}


def test_a_change_for_which_there_is_nothing_newer_is_nobodys_business(tmp_path: Path) -> None:
    """An upgrade offers what is newer; it does not take back what she wants otherwise."""
    start_site(tmp_path / "site", today=TODAY, zone="UTC")
    with (tmp_path / "site" / HOOK).open("a", encoding="utf-8") as hook:
        hook.write("# ours\n")
    (tmp_path / "site" / SCHEDULED).unlink()
    before = tree(tmp_path / "site")
    result = storysite(tmp_path / "site", "upgrade")
    assert result.stdout.endswith(f"\n{HOOK} was changed by hand, and is left so.\n")
    assert "Nothing was written" not in result.stdout
    assert tree(tmp_path / "site") == before


def test_the_hours_of_publishing_follow_the_settings(tmp_path: Path) -> None:
    """A school that moves its clock changes one line, and lets storysite compute the rest."""
    site = tmp_path / "site"
    start_site(site, today=TODAY, zone="America/Chicago")
    assert differing(site) == {}
    settings = (site / "storysite.yml").read_text("utf-8").replace("America/Chicago", "Asia/Kolkata")
    (site / "storysite.yml").write_text(settings, "utf-8")
    assert differing(site) == {SCHEDULED: State.OLD}
    assert storysite(site, "upgrade", "--yes").returncode == 0
    assert '- cron: "37 0 * * *"' in (site / SCHEDULED).read_text("utf-8")
    assert differing(site) == {}


def test_the_two_repositories_of_a_site_stay_two(tmp_path: Path) -> None:
    """What is newest for a site depends on where its workflow sends it, which an upgrade does not change."""
    start_site(tmp_path / "site", today=TODAY, zone="UTC", answers=Answers(public="maplewood/stories-site"))
    assert differing(tmp_path / "site") == {}
    assert "maplewood/stories-site" in (tmp_path / "site" / PUBLISH).read_text("utf-8")


def test_lines_that_end_otherwise_are_no_change(site: Path) -> None:
    """git on Windows ends them in its own way."""
    for path in (PUBLISH, SCHEDULED, LIBRARIES):
        (site / path).write_bytes((site / path).read_bytes().replace(b"\n", b"\r\n"))
    assert one(site, PUBLISH).state is State.OLD
    assert one(site, SCHEDULED).state is State.SAME


@pytest.mark.parametrize("record", [None, b"", b"<<<<<<< ours\n{}", b'{"files": [1]}', b"\xff", b'{"files": {"a": 1}}'])
def test_a_site_without_a_record_is_asked_about_all_that_is_not_the_newest(site: Path, record: bytes | None) -> None:
    """Nobody knows what was changed in it: `--yes` writes what is not there, and nothing over what is."""
    (site / RECORD).unlink()
    if record is not None:
        (site / RECORD).write_bytes(record)
    before = tree(site)
    result = storysite(site, "upgrade", "--yes")
    assert result.returncode == 0, result.stderr
    assert f"  {HOOK}: older than this storysite's; it may have been changed by hand\n" in result.stdout
    after = tree(site)
    assert after[WHEEL] == program()[1]
    assert {name: text for name, text in after.items() if name in before and name != RECORD} == {
        name: text for name, text in before.items() if name != RECORD
    }
    assert f"{OLD_WHEEL} was left as it is.\n" in result.stdout


def test_a_record_that_names_other_files_has_no_say(site: Path) -> None:
    """It lies in the repository, where anybody may have written it: only what storysite carries is ever taken away."""
    from storysite.starter.record import digest_of, record_bytes

    (site.parent / "diary.txt").write_bytes(b"mine")
    named = [
        "../diary.txt",
        "tool/../../diary.txt",
        "tool\\..\\..\\diary.txt",
        "content/pages/about.md",
        "storysite.yml",
    ]
    digests = {name: digest_of(name, b"mine") for name in named[:3]}
    digests |= {name: digest_of(name, (site / name).read_bytes()) for name in named[3:]}
    (site / RECORD).write_bytes(record_bytes(digests))
    assert not {each.path for each in what_differs(site, today=TODAY)} & {*named}
    storysite(site, "upgrade", "--yes")
    assert (site.parent / "diary.txt").read_bytes() == b"mine"
    assert (site / "storysite.yml").exists()
    assert (site / "content/pages/about.md").exists()


def test_a_site_that_carries_a_newer_storysite_is_not_taken_back(tmp_path: Path) -> None:
    """She ran the older one of two that are installed; the newer one is in the site."""
    newer = installed(other_storysite(NEWER, {}, tmp_path), tmp_path / "packages")
    started_by(newer, tmp_path / "site")
    before = tree(tmp_path / "site")
    result = storysite(tmp_path / "site", "upgrade", "--yes")
    assert result.returncode == 2
    assert result.stderr == (
        f"tool: this site carries storysite {NEWER}, and the one you are running is older: {__version__}"
        "  [upgrade-older]\n"
        "    hint: install the one in tool/ first: pipx install --force, and the name of the .whl file\n"
    )
    assert tree(tmp_path / "site") == before


def test_an_upgrade_that_was_cut_off_is_finished_by_the_next(site: Path) -> None:
    """The newest program is there before the older one goes, and what was written already is no change by hand."""
    (site / WHEEL).write_bytes(program()[1])
    (site / PUBLISH).write_bytes(carried_files(site, TODAY)[PUBLISH])
    assert storysite(site, "upgrade", "--yes").returncode == 0
    assert differing(site) == {}


@pytest.mark.parametrize("blocked", ["tool", RECORD, PUBLISH, WHEEL])
def test_what_stands_in_the_way_is_told_of_and_nothing_is_lost(site: Path, blocked: str) -> None:
    """A folder where a file should be, or a file where a folder should be."""
    if blocked == "tool":
        shutil.rmtree(site / "tool")
        (site / "tool").write_bytes(b"a file")
    else:
        (site / blocked).unlink(missing_ok=True)
        (site / blocked).mkdir()
    before = tree(site)
    result = storysite(site, "upgrade", "--yes")
    assert (result.returncode, "[system]" in result.stderr) == (1, True)
    assert tree(site) == before


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
@pytest.mark.parametrize("answers", ["yyy", "nyn", "nnn"])
def test_on_a_terminal_each_change_by_hand_is_asked_about(site: Path, answers: str) -> None:
    """First all that nobody changed, then each of the others by itself; nothing happens before the last answer."""
    from tests.terminal import answered

    ours = b"name: Ours\n"
    (site / PUBLISH).write_bytes(ours)
    (site / HOOK).write_bytes(b"#!/bin/sh\n")
    said = answered(["-m", "storysite", "upgrade"], site, answers)
    assert "Bring what nobody changed up to date (3 files)? [y/N]" in said
    assert f"Replace {PUBLISH}? What was changed in it by hand is lost. [y/N]" in said
    newest = carried_files(site, TODAY)
    all_others, workflow, hook = (answer == "y" for answer in answers)
    assert (site / WHEEL).exists() == all_others
    assert (site / OLD_WHEEL).exists() != all_others
    assert (site / PUBLISH).read_bytes() == (newest[PUBLISH] if workflow else ours)
    assert (site / HOOK).read_bytes() == (newest[HOOK] if hook else b"#!/bin/sh\n")
