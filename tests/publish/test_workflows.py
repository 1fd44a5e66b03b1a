"""What the doctor reads in workflow files, and what it says of them."""

from datetime import date
from pathlib import Path

import pytest

from storysite.publish.finding import Level
from storysite.publish.workflows import (
    FOLDER,
    Workflow,
    next_school_year,
    read_workflows,
    sleep_findings,
    workflow_findings,
    workflow_of,
)
from storysite.starter.contents import STARTER
from storysite.starter.remote import Remote

OURS = Remote("github.com", "lincoln", "stories")
PIN = "a" * 40
PUBLISH = f"""on:
  push:
    branches: [main, master]
  workflow_dispatch:
jobs:
  build:
    steps:
      - uses: actions/checkout@{PIN} # v7.0.1
      - run: pip install tool/storysite-0.1.0-py3-none-any.whl
      - run: storysite build --base-url "${{{{ steps.pages.outputs.base_url }}}}"
      - uses: actions/upload-pages-artifact@{PIN}
        with:
          path: _site
          include-hidden-files: true
      - uses: actions/deploy-pages@{PIN}
"""
SCHEDULED = """on:
  schedule:
    - cron: "17 15 * * *"
jobs:
  publish:
    uses: ./.github/workflows/publish.yml
"""


def said(text: str, branch: str = "main", **more: bool) -> list[tuple[Level, str]]:
    """Return what is said of a publish.yml."""
    found = list(workflow_findings([workflow_of("publish.yml", text)], OURS, branch, **more))
    assert all(each.level is Level.FINE or (each.fix and each.link and each.what.endswith(".")) for each in found)
    return [(each.level, each.what) for each in found]


def test_a_workflow_in_order_is_fine() -> None:
    assert said(PUBLISH, hidden_files=True) == [(Level.FINE, "The workflow files are in order.")]


def test_events_are_read_however_they_are_written() -> None:
    """`on` is no truth value here."""
    read = workflow_of("a.yml", PUBLISH)
    assert (read.on_push, read.branches, read.is_scheduled, read.publishes) == (True, ("main", "master"), False, True)
    assert workflow_of("a.yml", "on: push").on_push
    assert workflow_of("a.yml", "on: [push, workflow_dispatch]").branches is None
    assert workflow_of("a.yml", "on:\n  push:\n    branches: main\n").branches == ("main",)
    assert workflow_of("a.yml", '"on":\n  push:\n  schedule:\n    - cron: "0 0 * * *"\n').is_scheduled
    assert workflow_of("a.yml", "").is_read
    assert not workflow_of("a.yml", "on: [push\njobs: {{").is_read


@pytest.mark.parametrize(
    ("line", "is_wrong"),
    [
        ('- run: pip install "storysite==0.1.0"', True),
        ("- run: python -m pip install storysite", True),
        ("- run: pip install --upgrade 'storysite[heic]>=1.0'", True),
        ("- run: pipx install storysite", True),
        ("- run: uv pip install storysite", True),
        ("- run: pip install --require-hashes --requirement tool/requirements.txt", False),
        ("- run: pip install --no-index --find-links tool storysite==0.1.0", False),
        ("- run: pip install ./storysite", False),
        ("- run: pip install git+https://github.com/lincoln/storysite", False),
        ('- run: pip install "storysite @ git+https://github.com/lincoln/storysite"', False),
        ("# - run: pip install storysite", False),
    ],
)
def test_a_name_that_nobody_owns_is_wrong(line: str, is_wrong: bool) -> None:
    """Whoever registers it would run code in every school's build."""
    found = said(PUBLISH + f"      {line}\n")
    assert any(level is Level.WRONG and "nobody owns that name" in what for level, what in found) is is_wrong


def test_actions_that_can_be_moved_are_named() -> None:
    text = PUBLISH.replace(f"actions/checkout@{PIN}", "actions/checkout@v7") + "      - uses: ./mine\n"
    (found,) = workflow_findings([workflow_of("publish.yml", text)], OURS, "main")
    assert found.level is Level.KNOW
    assert found.seen == (f"{FOLDER}/publish.yml", "actions/checkout@v7")


def test_who_tells_the_build_its_address() -> None:
    """The option, and storysite's own action, which has it."""
    assert workflow_of("a.yml", PUBLISH).tells_address
    assert workflow_of("a.yml", f"jobs:\n  a:\n    steps:\n      - uses: our/storysite@{PIN}\n").tells_address
    assert not workflow_of("a.yml", "on: push").tells_address


def test_a_schedule_in_the_file_that_publishes_is_wrong() -> None:
    text = PUBLISH.replace("  workflow_dispatch:\n", '  schedule:\n    - cron: "17 15 * * *"\n')
    ((level, what),) = said(text)
    assert level is Level.WRONG
    assert "schedule of its own" in what


@pytest.mark.parametrize(
    ("branches", "branch", "is_wrong"),
    [
        ("[main, master]", "main", False),
        ("[main, master]", "stories", True),
        ("['**']", "a/b", False),
        ("['*']", "a/b", True),
        ("['re*']", "release", False),
        ("[main]", "", False),
    ],
)
def test_a_branch_that_no_workflow_waits_for_is_wrong(branches: str, branch: str, is_wrong: bool) -> None:
    """By the patterns that GitHub has for branches; an unknown branch is none."""
    found = said(PUBLISH.replace("[main, master]", branches), branch)
    assert any("waits for another branch" in what for _, what in found) is is_wrong


def test_files_for_the_public_that_would_be_left_out_are_told_of() -> None:
    text = PUBLISH.replace("          include-hidden-files: true\n", "")
    assert [level for level, _ in said(text, hidden_files=True)] == [Level.KNOW]
    assert [level for level, _ in said(text)] == [Level.FINE]


def test_no_workflow_that_publishes_is_worth_knowing() -> None:
    """One of another kind is none of ours, whatever is in it."""
    other = workflow_of("tests.yml", "on: push\njobs: {a: {steps: [{uses: actions/checkout@v1}]}}")
    for workflows in ([], [other]):
        (found,) = workflow_findings(workflows, OURS, "main")
        assert (found.level, found.subject) == (Level.KNOW, "Workflows")


def test_a_workflow_that_is_no_yaml_is_wrong() -> None:
    assert Level.WRONG in {level for level, _ in said("on: [push\njobs: {{")}


YEAR = date(2027, 8, 1)


@pytest.mark.parametrize(
    ("last", "today", "level", "words"),
    [
        (date(2027, 2, 1), date(2027, 2, 8), Level.FINE, "awake"),
        (date(2027, 1, 1), date(2027, 2, 20), Level.KNOW, "turns off the daily workflow on March 2"),
        (date(2027, 5, 28), date(2027, 5, 29), Level.KNOW, "on July 27 if nothing is committed before"),
        (date(2027, 6, 5), date(2027, 6, 6), Level.FINE, "awake"),
        (date(2027, 5, 28), date(2027, 7, 27), Level.WRONG, "for 60 days"),
        (date(2027, 5, 28), date(2027, 8, 20), Level.WRONG, "for 84 days"),
    ],
)
def test_the_summer_trap_is_told_before_the_summer(last: date, today: date, level: Level, words: str) -> None:
    """The workflow is off 60 days after the last commit; a break that begins is told of when it begins."""
    (found,) = sleep_findings([workflow_of("scheduled.yml", SCHEDULED)], last, today, YEAR)
    assert (found.level, words in found.what) == (level, True), found


def test_nothing_sleeps_where_nothing_is_scheduled_or_committed() -> None:
    assert not list(sleep_findings([workflow_of("publish.yml", PUBLISH)], date(2020, 1, 1), YEAR, YEAR))
    assert not list(sleep_findings([workflow_of("scheduled.yml", SCHEDULED)], None, YEAR, YEAR))


def test_the_next_school_year_begins_after_today() -> None:
    assert next_school_year(date(2027, 7, 31), (8, 1)) == YEAR
    assert next_school_year(YEAR, (8, 1)) == date(2028, 8, 1)


def test_files_are_read_from_their_folder_and_no_other_kind(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    assert read_workflows(tmp_path) == []
    folder.mkdir(parents=True)
    (folder / "b.yaml").write_bytes(b"\xef\xbb\xbfon: push\n")
    (folder / "a.yml").write_bytes(b"\xff\xfe\x00")
    (folder / "notes.txt").write_text("on: push", "utf-8")
    (folder / "c.yml").mkdir()
    found = read_workflows(tmp_path)
    assert [each.name for each in found] == ["a.yml", "b.yaml"]
    assert found[1].on_push


def test_the_workflows_of_a_new_site_are_in_order() -> None:
    """The doctor never finds fault with what `storysite new` writes."""
    files = sorted((STARTER / "dot-github/workflows").glob("*.yml"))
    workflows: list[Workflow] = [workflow_of(file.name, file.read_text("utf-8")) for file in files]
    found = list(workflow_findings(workflows, OURS, "main", hidden_files=True))
    assert [each.what for each in found] == ["The workflow files are in order."]
