"""The workflows of a new site: what they publish, when, what they remember, and that their own shell steps do it."""

import os
import re
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from storysite.build.session import CACHE_FOLDER
from storysite.starter.contents import STARTER
from storysite.starter.start import start_site
from tests.command_line import ROOT, storysite
from tests.folder import Folder, tree
from tests.workflow import run_step

PUBLISH = STARTER / "dot-github/workflows/publish.yml"
_EVENT = "github.event_name != 'schedule' && '--strict' || ''"
_ADDRESS = "steps.pages.outputs.base_url"
SAVED = {_ADDRESS: "https://a.github.io/b", _EVENT: "--strict"}
DAILY = {_ADDRESS: "https://a.github.io/b", _EVENT: ""}
"""What GitHub puts in the place of expressions: when somebody saves, and on schedule."""
unix = pytest.mark.skipif(os.name == "nt", reason="GitHub runs these steps on Linux")


def steps() -> list[dict[str, Any]]:
    """Return the steps that build a site."""
    found: list[dict[str, Any]] = yaml.safe_load(PUBLISH.read_text("utf-8"))["jobs"]["build"]["steps"]
    return found


def step(words: str) -> dict[str, Any]:
    """Return the step whose name, or action, begins with these words."""
    return next(step for step in steps() if step.get("name", step.get("uses", "")).startswith(words))


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a computer at GitHub, on which this storysite is installed."""
    tools, temporary = tmp_path / "bin", tmp_path / "runner"
    tools.mkdir()
    temporary.mkdir()
    program = tools / "storysite"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m storysite "$@"\n', "utf-8")
    program.chmod(0o755)
    return {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(temporary),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary.md"),
    }


def test_the_workflows_are_whole_and_only_the_second_has_a_schedule(tmp_path: Path) -> None:
    """GitHub switches off a workflow with a schedule after 60 quiet days: publishing must not depend on one."""
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone="UTC")
    workflows = tmp_path / "site/.github/workflows"
    publish = yaml.safe_load((workflows / "publish.yml").read_text("utf-8"))
    scheduled = yaml.safe_load((workflows / "scheduled.yml").read_text("utf-8"))
    # YAML 1.1 reads the name "on" as true
    assert set(publish[True]) == {"push", "workflow_dispatch", "workflow_call"}
    assert set(scheduled[True]) == {"schedule"}
    assert scheduled["jobs"]["publish"]["uses"] == "./.github/workflows/publish.yml"
    assert publish["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert publish["jobs"]["deploy"]["needs"] == "build"


@pytest.mark.parametrize(
    ("zone", "lines", "words"),
    [
        (
            "America/Chicago",
            ["7 11,12 * * *"],
            ["11:07 UTC is 6:07 am in Chicago in July.", "12:07 UTC is 6:07 am in Chicago in January."],
        ),
        (
            "Australia/Lord_Howe",
            ["7 19 * * *", "37 19 * * *"],
            ["19:07 UTC is 6:07 am in Lord Howe in January.", "19:37 UTC is 6:07 am in Lord Howe in July."],
        ),
        ("Asia/Kolkata", ["37 0 * * *"], ["00:37 UTC is 6:07 am in Kolkata all year."]),
    ],
)
def test_the_schedule_is_that_of_the_schools_clock(
    zone: str, lines: list[str], words: list[str], tmp_path: Path
) -> None:
    """The hours stand in the file as GitHub reads them, and above them what they are on the wall of the library."""
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone=zone)
    text = (tmp_path / "site/.github/workflows/scheduled.yml").read_text("utf-8")
    assert yaml.safe_load(text)[True]["schedule"] == [{"cron": line} for line in lines]
    assert [line.removeprefix("# ") for line in text.splitlines() if " UTC is " in line] == words


def test_the_workflow_keeps_what_pip_has_loaded_and_the_site_of_the_last_run() -> None:
    """An entry on GitHub never changes, so each run leaves one of its own and takes the newest of all others.

    What is remembered is of use only with the pages it is about, so both are in one entry.
    """
    setup = step("actions/setup-python")["with"]
    assert setup["cache"] == "pip"
    assert list(STARTER.glob(setup["cache-dependency-path"]))
    names = [step.get("name", step.get("uses", "")) for step in steps()]
    settings = step("actions/cache")["with"]
    assert settings["path"].split() == [CACHE_FOLDER, "_site"]
    assert settings["key"].startswith(settings["restore-keys"])
    assert {"github.run_id", "github.run_attempt"} == set(re.findall(r"\$\{\{ (\S+) \}\}", settings["key"]))
    assert names.index("Build the site") == names.index(step("actions/cache")["uses"]) + 1


@unix
def test_the_workflow_publishes_what_begins_with_a_dot_and_nothing_that_storysite_remembers(
    folder: Folder, runner: dict[str, str]
) -> None:
    """Security contacts and app links live in `.well-known`; what storysite remembers stays for the next run."""
    folder.write("static/.well-known/security.txt", "Contact: mailto:library@example.org")
    folder.write("static/.nojekyll", "")
    folder.post("2026-11-20-robots", id="robots")
    temporary = Path(runner["RUNNER_TEMP"])
    run_step(step("Build the site"), folder.path, runner, SAVED)
    before = tree(folder.site)
    run_step(step("Leave out"), folder.path, runner, SAVED)
    assert step("actions/upload-pages-artifact")["with"] == {
        "path": "${{ runner.temp }}/site",
        "include-hidden-files": True,
    }
    assert tree(folder.site) == before
    hidden = sorted(path.relative_to(temporary / "site").as_posix() for path in (temporary / "site").rglob(".*"))
    assert hidden == [".nojekyll", ".well-known"]
    assert "https://a.github.io/b/2026/11/robots/" in (temporary / "site/feed.xml").read_text("utf-8")


@unix
def test_only_what_somebody_saves_has_to_be_without_a_warning(folder: Folder, runner: dict[str, str]) -> None:
    """A daily run publishes what was fine when it was saved; a run that fails says in its summary what to fix."""
    build, explain = step("Build the site"), step("Say what has to be fixed")
    assert explain["if"] == "failure() && steps.build.outcome == 'failure'"
    folder.post("2026-11-20-robots", kind="victroy")
    run_step(build, folder.path, runner, SAVED, fails=True)
    assert not folder.site.exists()
    run_step(explain, folder.path, runner, SAVED)
    summary = Path(runner["GITHUB_STEP_SUMMARY"]).read_text("utf-8")
    assert summary.startswith("### Nothing was published")
    assert "content/posts/2026-11-20-robots.md:2: warning:" in summary
    run_step(build, folder.path, runner, DAILY)
    assert (folder.site / "index.html").exists()


def test_what_an_earlier_run_remembers_changes_no_byte_of_a_later_one(folder: Folder, tmp_path: Path) -> None:
    """On a fresh computer all files are new, there is no output, and stories have come, changed and gone."""
    for number in range(4):
        folder.post(f"2026-11-2{number}-robots", f"Robots {number}.", id=f"robots-{number}")
    assert storysite(folder.path, "build").returncode == 0
    folder.post("2026-11-20-robots", "Robots 9.", id="robots-0")  # as long as it was
    folder.post("2026-11-24-owls", "Owls.", id="owls")
    (folder.path / "content/posts/2026-11-21-robots.md").unlink()
    sites = []
    for name, left_out in (("carried", ()), ("half", ("_site",)), ("clean", (CACHE_FOLDER, "_site"))):
        shutil.copytree(
            folder.path,
            tmp_path / name,
            ignore=shutil.ignore_patterns(*left_out),
            copy_function=shutil.copyfile,
        )
        result = storysite(tmp_path / name, "build")
        assert result.returncode == 0, result.stderr
        sites.append({file: text for file, text in tree(tmp_path / name / "_site").items() if ".storysite" not in file})
    assert sites[0] == sites[2]
    assert sites[1] == sites[2]


def test_the_guide_tells_when_scheduled_posts_are_published(tmp_path: Path) -> None:
    """As the workflow of a school in Chicago does, which is the example of the guide."""
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone="America/Chicago")
    scheduled = (tmp_path / "site/.github/workflows/scheduled.yml").read_text("utf-8")
    cron = re.search(r"- cron: .*", scheduled)
    assert cron
    told = set(re.findall(r"\b\d{1,2}:\d\d(?= UTC)", scheduled))
    for page in (ROOT / "content/pages/guide").glob("*.md"):
        text = page.read_text("utf-8")
        assert set(re.findall(r"\b\d{1,2}:\d\d(?= UTC)", text)) <= told, page.name
        assert all(line == cron[0] for line in re.findall(r"- cron: .*", text)), page.name


@unix
def test_a_run_with_the_site_of_the_last_one_makes_only_what_is_new(
    folder: Folder, runner: dict[str, str], tmp_path: Path
) -> None:
    """On a fresh checkout, whose files are all of this moment, beside what the cache brought back."""
    for number in range(40):
        folder.post(
            f"2026-{number % 9 + 1:02}-1{number % 7}-robots-{number}", f"Robots {number}.", id=f"robots-{number}"
        )
    first = run_step(step("Build the site"), folder.path, runner, SAVED)
    fresh = Folder(tmp_path / "fresh")
    shutil.copytree(folder.path / "content", fresh.path / "content", dirs_exist_ok=True, copy_function=shutil.copyfile)
    for name in step("actions/cache")["with"]["path"].split():
        shutil.copytree(folder.path / name, fresh.path / name, copy_function=shutil.copyfile)
    fresh.post("2026-11-20-owls", "Owls.", id="owls")
    again = run_step(step("Build the site"), fresh.path, runner, SAVED)
    made = [int(match[1]) for said in (first, again) if (match := re.search(r"(\d+) pages? built", said))]
    assert made[0] > 100
    assert 1 <= made[1] <= 40
    assert run_step(step("Build the site"), fresh.path, runner, SAVED).split(":")[1].startswith(" 0 pages built")
