"""The workflows of this repository, those of a new site and our action: GitHub takes them, and their steps do what they say."""

import os
import re
import subprocess
import sys
import sysconfig
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from storysite import __version__
from storysite.starter.start import start_site
from tests.command_line import ROOT
from tests.folder import tree
from tests.test_dependencies import PROJECT
from tests.tools import TOOLS
from tests.workflow import fresh_python, packages_of, run_step, shell_steps

OURS = ROOT / ".github/workflows"
ACTION = ROOT / "action.yml"
ADDRESS = "https://lincoln.example.org/stories"
unix = pytest.mark.skipif(os.name == "nt", reason="steps are run by bash")


def read(file: Path) -> dict[Any, Any]:
    """Return what a workflow says."""
    found: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a new site."""
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone="America/Chicago")
    return tmp_path / "site"


def faults(schema: str, *files: Path) -> str:
    """Return what a schema of SchemaStore has against files, "" for nothing; each is one that comes with the checker."""
    line = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)]
    result = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)
    return result.stdout + result.stderr if result.returncode else ""


def test_github_takes_every_workflow_and_the_action(site: Path, tmp_path: Path) -> None:
    """The schemas know each key that GitHub does; a file with another is refused."""
    files = [*OURS.glob("*.yml"), *(site / ".github/workflows").glob("*.yml")]
    assert len(files) >= 4
    assert faults("github-workflows", *files) == ""
    assert faults("github-actions", ACTION) == ""
    (tmp_path / "odd.yml").write_text("on: push\njobs: {a: {runs-on: x, step: []}}\n", "utf-8")
    assert "step" in faults("github-workflows", tmp_path / "odd.yml")


def test_an_action_is_the_same_commit_everywhere(site: Path) -> None:
    """What was looked at once is what runs, and its version stands beside it."""
    files = [*OURS.glob("*.yml"), *(site / ".github/workflows").glob("*.yml"), ACTION]
    used: dict[str, set[str]] = {}
    for file in files:
        for name, commit in re.findall(r"uses: ([\w.-]+/[\w./-]+)@(.+)", file.read_text("utf-8")):
            used.setdefault(name, set()).add(commit)
    assert len(used) >= 8
    assert {name: commits for name, commits in used.items() if len(commits) > 1} == {}
    assert all(re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", commit) for (commit,) in used.values())


def test_the_tests_run_on_each_system_and_with_each_python_that_is_promised() -> None:
    """From the oldest that pyproject.toml allows, without a gap."""
    matrix = read(OURS / "tests.yml")["jobs"]["quick"]["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    versions = [tuple(map(int, version.split("."))) for version in matrix["python"]]
    assert f">={versions[0][0]}.{versions[0][1]}" == PROJECT["requires-python"]
    assert versions == [(3, minor) for minor in range(versions[0][1], versions[-1][1] + 1)]


def test_all_tests_run_where_their_tools_are() -> None:
    """What the workflow installs is what tests ask for by name; the rest is on the runners of GitHub."""
    text = (OURS / "tests.yml").read_text("utf-8")
    on_the_runner = {"git", "npm", "chromium", "then", "install"}
    for tool in TOOLS.values():
        packages = set(re.findall(r"[a-z][\w-]*[a-z]", tool.install.partition("apt-get install ")[2].partition(",")[0]))
        assert not [name for name in packages - on_the_runner if name not in text], tool
    assert "vnu-jar@" in text


@unix
def test_a_release_is_of_the_version_that_its_tag_says(tmp_path: Path) -> None:
    """A tag that was forgotten, or set too early, publishes nothing."""
    (comparing,) = [step for step in shell_steps(OURS / "release.yml", "build") if "GITHUB_REF_NAME" in step["run"]]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
    environment = {"PATH": path, "HOME": str(tmp_path)}
    run_step(comparing, ROOT, {**environment, "GITHUB_REF_NAME": f"v{__version__}"}, {})
    with pytest.raises(AssertionError):
        run_step(comparing, ROOT, {**environment, "GITHUB_REF_NAME": "v0.0.0"}, {})


def test_only_the_last_step_of_a_release_can_speak_to_the_index() -> None:
    """It installs nothing and runs nothing of ours; what it sends was built where nobody could send it."""
    jobs = read(OURS / "release.yml")["jobs"]
    assert [name for name, job in jobs.items() if "id-token" in job["permissions"]] == ["publish"]
    assert not [step for step in jobs["publish"]["steps"] if "run" in step]
    assert (jobs["publish"]["needs"], jobs["build"]["needs"]) == ("build", "tests")


@unix
def test_the_action_builds_a_site_with_the_storysite_it_lies_in(site: Path, tmp_path: Path) -> None:
    """Its own shell steps, but the one that fetches the libraries: those are here."""
    environment = {**fresh_python(tmp_path / "python"), "PIP_NO_INDEX": "1", "RUNNER_TEMP": str(tmp_path)}
    (packages_of(tmp_path / "python") / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    known = {
        "github.action_path": str(ROOT),
        "inputs.base-url || steps.pages.outputs.base_url": ADDRESS,
        "inputs.strict": "true",
    }
    steps = [step for step in read(ACTION)["runs"]["steps"] if "run" in step]
    fetching, *others = steps
    assert "--require-hashes" in fetching["run"]
    locked = fetching["run"].split('"')[1].replace("$PROGRAM", str(ROOT))
    assert Path(locked).is_file()
    for step in others:
        run_step(step, site, environment, known)
    assert f"{ADDRESS}/" in (tmp_path / "storysite-site/feed.xml").read_text("utf-8")
    assert [name for name in tree(tmp_path / "storysite-site") if ".storysite-" in name] == []
    (site / "content/posts/2026-11-02-odd.md").write_text("---\nid: odd\nkind: victroy\n---\nOdd.\n", "utf-8")
    with pytest.raises(AssertionError, match=r"post-kind"):
        run_step(others[0], site, environment, known)
    run_step(others[0], site, environment, {**known, "inputs.strict": "false"})


def test_the_example_of_the_guide_is_a_workflow_that_github_takes(tmp_path: Path) -> None:
    """With what the action asks for; whoever copies it has a site."""
    text = (ROOT / "content/pages/guide/how-it-works.md").read_text("utf-8")
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "/storysite@" in block]
    (tmp_path / "publish.yml").write_text(example, "utf-8")
    assert faults("github-workflows", tmp_path / "publish.yml") == ""
    workflow = read(tmp_path / "publish.yml")
    (step,) = [step for step in workflow["jobs"]["build"]["steps"] if "/storysite@" in step["uses"]]
    assert step.get("with", {}).keys() <= read(ACTION)["inputs"].keys()
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
