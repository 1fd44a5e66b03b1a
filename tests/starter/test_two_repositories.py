"""A private repository for the stories and a public one for the site: the workflow of the first sends to the second."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from storysite.source.settings import read_config
from storysite.starter.answers import Answers, Place, read_place
from storysite.starter.contents import PUBLISH, SCHEDULED, STARTER, workflow_facts
from storysite.starter.handover import HANDOVER
from storysite.starter.start import start_site
from storysite.starter.two_repositories import BRANCH, KEY, public_repository
from tests.command_line import ROOT, storysite
from tests.folder import Folder, tree
from tests.workflow import run_step, shell_steps

pytestmark = pytest.mark.skipif(os.name == "nt", reason="GitHub runs these steps on Linux")
TODAY = date(2026, 11, 24)
TWO = Answers(place=read_place("maplewood/stories"), timezone="America/Chicago", public="maplewood/stories-site")
KNOWN = {
    f"secrets.{KEY}": "-----BEGIN KEY-----\nabc\n-----END KEY-----",
    "github.event_name != 'schedule' && '--strict' || ''": "--strict",
}
SSH = """#!/bin/sh
# Stands in for ssh to GitHub: lets nobody in without the key of the workflow, and knows only GitHub's own.
echo "$@" >> "$HOME/asked"
while [ "$1" != "git@github.com" ]; do
    case "$1" in
        -i) grep -q abc "$2" || exit 1; ls -l "$2" | grep -q '^-rw-------' || exit 2; shift 2 ;;
        -o) case "$2" in UserKnownHostsFile=*) grep -q "^github.com ssh-ed25519 AAAA" "${2#*=}" || exit 3 ;; esac; shift 2 ;;
        *) exit 4 ;;
    esac
done
cd "$HOME/github" && exec sh -c "$2"
"""


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    """Return a site that is begun as a private repository, with its first commit."""
    start_site(tmp_path / "site", today=TODAY, zone="UTC", answers=TWO)
    folder = Folder(tmp_path / "site")
    git(folder.path, "init", "-q", "-b", "main")
    save(folder)
    return folder


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a computer at GitHub, beside a disk that stands in for GitHub."""
    home, tools = tmp_path / "runner", tmp_path / "bin"
    (home / "github/maplewood").mkdir(parents=True)
    tools.mkdir()
    git(home / "github/maplewood", "init", "-q", "--bare", "stories-site.git")
    for name, text in (("storysite", f'#!/bin/sh\nexec "{sys.executable}" -m storysite "$@"\n'), ("ssh", SSH)):
        (tools / name).write_text(text, "utf-8")
        (tools / name).chmod(0o755)
    return {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "RUNNER_TEMP": str(home / "temp"),
        "GITHUB_STEP_SUMMARY": str(home / "summary.md"),
    }


def git(folder: Path, *words: str) -> str:
    """Run git in a folder and return what it says."""
    options = "-c", "user.name=a", "-c", "user.email=a@example.org"
    return subprocess.run(["git", *options, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def save(folder: Folder) -> None:
    """Commit whatever is in the folder."""
    git(folder.path, "add", ".")
    git(folder.path, "commit", "-q", "-m", "Save")


def steps(folder: Folder) -> Iterator[dict[str, Any]]:
    """Yield the shell steps of the workflow, but those that install storysite."""
    yield from (step for step in shell_steps(folder.path / PUBLISH, "build") if "pip install" not in step["run"])


def publish(folder: Folder, runner: dict[str, str]) -> str:
    """Run the workflow, and return what its last step says."""
    temporary = Path(runner["RUNNER_TEMP"])
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    said = ""
    for step in steps(folder):
        said = run_step(step, folder.path, runner, KNOWN)
    assert not (temporary / "key").exists()
    return said


def published(runner: dict[str, str], elsewhere: Path) -> dict[str, bytes]:
    """Return the files of the public repository, as GitHub would serve them."""
    bare = Path(runner["HOME"]) / "github/maplewood/stories-site.git"
    shutil.rmtree(elsewhere, ignore_errors=True)
    git(bare.parent, "clone", "-q", "-b", BRANCH, str(bare), str(elsewhere))
    shutil.rmtree(elsewhere / ".git")
    return {name: text for name, text in tree(elsewhere).items() if "pagefind/" not in name}


def test_the_site_is_sent_whole_and_with_nothing_else(site: Folder, runner: dict[str, str], tmp_path: Path) -> None:
    """Byte for byte what was built, in one commit, without drafts, and without what storysite remembers."""
    site.write("static/.well-known/security.txt", "Contact: mailto:library@example.org\r\n")
    site.write("static/.gitattributes", "* text eol=crlf\n")
    site.write("static/.gitignore", "*.html\n")
    site.post("2026-11-20-secret", "Not yet.", draft="true", id="secret")
    save(site)
    publish(site, runner)
    found = published(runner, tmp_path / "public")
    built = {name: text for name, text in tree(site.site).items() if not re.search(r"\.storysite|pagefind/", name)}
    assert found == {**built, ".nojekyll": b""}
    assert b"https://maplewood.github.io/stories-site/" in found["feed.xml"]
    assert not any(b"Not yet." in text for text in found.values())


def test_what_was_taken_off_the_site_is_in_no_public_history(
    site: Folder, runner: dict[str, str], tmp_path: Path
) -> None:
    """Each time the site is the first and only commit; one that is the same is not sent again."""
    bare = Path(runner["HOME"]) / "github/maplewood/stories-site.git"
    file = site.post("2026-11-20-mistake", "Somebody's name.", id="mistake")
    save(site)
    publish(site, runner)
    before = git(bare, "rev-parse", BRANCH)
    assert "Everything up-to-date" in publish(site, runner)
    assert git(bare, "rev-parse", BRANCH) == before
    file.unlink()
    save(site)
    publish(site, runner)
    assert git(bare, "rev-list", "--count", BRANCH).strip() == "1"
    assert git(bare, "rev-parse", BRANCH) != before
    assert not any(b"Somebody's name." in text for text in published(runner, tmp_path / "public").values())


def test_without_a_key_the_run_says_where_to_read_how_to_make_one(site: Folder, runner: dict[str, str]) -> None:
    """Before anything is installed or built."""
    first = next(iter(steps(site)))
    said = run_step(first, site.path, runner, {**KNOWN, f"secrets.{KEY}": ""}, fails=True)
    assert said == (
        "::error::This repository has no key yet for maplewood/stories-site. HANDOVER.md says how to make one.\n"
    )
    assert f"`{KEY}`" in (site.path / HANDOVER).read_text("utf-8")


def test_the_workflows_have_the_rights_they_need_and_nothing_of_pages(site: Folder) -> None:
    """They read this repository; what they may write is given by the key alone. All actions are pinned as in one."""
    text = (site.path / PUBLISH).read_text("utf-8")
    workflow, scheduled = yaml.safe_load(text), yaml.safe_load((site.path / SCHEDULED).read_text("utf-8"))
    assert workflow["permissions"] == scheduled["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {"build": {"contents": "read"}}
    assert scheduled["jobs"]["publish"]["permissions"] == {"contents": "read"}
    assert scheduled["jobs"]["publish"]["secrets"] == "inherit"
    assert scheduled[True]["schedule"] == [{"cron": "7 11,12 * * *"}]
    assert "60 days" not in (site.path / SCHEDULED).read_text("utf-8")
    one = (STARTER / "dot-github/workflows/publish.yml").read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert set(used) < set(re.findall(r"uses: (.+)", one))
    assert not re.search(r"pages|deploy|@[A-Z]+@", text.replace("gh-pages", "").replace("group: pages", ""))
    assert {step["with"]["persist-credentials"] for step in workflow["jobs"]["build"]["steps"][:1]} == {False}
    assert public_repository(text) == "maplewood/stories-site"
    assert public_repository(one) == ""


def test_the_steps_are_those_of_one_repository_but_where_the_site_is_put(site: Folder) -> None:
    one = yaml.safe_load((STARTER / "dot-github/workflows/publish.yml").read_text("utf-8"))["jobs"]["build"]["steps"]
    two = yaml.safe_load((site.path / PUBLISH).read_text("utf-8"))["jobs"]["build"]["steps"]
    new = [step for step in two if step not in one]
    gone = [step for step in one if step not in two]
    assert [step["name"] for step in new] == [
        "Check for the key",
        "Build the site",
        "Send the site to the public repository",
    ]
    assert [step.get("name", step.get("uses", "").partition("@")[0]) for step in gone] == [
        "Check for GitHub Pages",
        "Explain how to turn it on",
        "Build the site",
        "actions/upload-pages-artifact",
    ]


@pytest.mark.parametrize(
    ("told", "address", "files"),
    [
        ("", "https://maplewood.github.io/stories-site", ""),
        ("maplewood/stories", "https://maplewood.github.io/stories-site", "maplewood/stories"),
        ("https://maplewood.github.io/stories-site", "https://maplewood.github.io/stories-site", ""),
        ("https://stories.school.org", "https://stories.school.org", ""),
    ],
)
def test_the_address_is_that_of_the_public_repository_or_a_domain(
    told: str, address: str, files: str, tmp_path: Path
) -> None:
    """A domain is kept in a file, because each run replaces what GitHub has put beside the site."""
    answers = Answers(place=read_place(told), public="maplewood/stories-site")
    assert answers.settled == Place(address, files)
    start_site(tmp_path / "site", today=TODAY, zone="UTC", answers=answers)
    config, problems = read_config(tmp_path / "site")
    assert (problems, config.base_url) == ([], address)
    file = tmp_path / "site/static/CNAME"
    assert file.exists() == ("school.org" in told)
    if file.exists():
        assert file.read_text("utf-8") == "stories.school.org\n"
        assert "custom domain" in (tmp_path / "site" / HANDOVER).read_text("utf-8")
    assert "sent to the public repository [maplewood/stories-site]" in (tmp_path / "site/README.md").read_text(
        "utf-8"
    ).replace("\n", " ")
    assert workflow_facts(tmp_path / "site", TODAY).public == "maplewood/stories-site"


def test_the_command_takes_the_public_repository_by_any_of_its_names(tmp_path: Path) -> None:
    for number, name in enumerate(("maplewood/stories-site", "https://github.com/maplewood/stories-site")):
        result = storysite(tmp_path, "new", f"ours-{number}", "--two-repositories", name)
        assert (result.returncode, result.stderr) == (0, "")
        assert "HANDOVER.md says how to make the key" in result.stdout
        assert public_repository((tmp_path / f"ours-{number}" / PUBLISH).read_text("utf-8")) == "maplewood/stories-site"
        before = (tmp_path / f"ours-{number}" / HANDOVER).read_text("utf-8")
        assert storysite(tmp_path / f"ours-{number}", "handover").returncode == 0
        assert (tmp_path / f"ours-{number}" / HANDOVER).read_text("utf-8").count("two repositories") == 1
        assert before.count("settings/keys/new") == 1
    result = storysite(tmp_path, "new", "wrong", "--two-repositories", "https://stories.school.org")
    assert result.returncode == 2
    assert "--two-repositories: " in result.stderr


def test_the_doctor_finds_nothing_wrong_with_two_repositories(site: Folder) -> None:
    """The address is that of the other one, and a private repository's schedule does not fall asleep."""
    git(site.path, "remote", "add", "origin", "https://github.com/maplewood/stories.git")
    result = storysite(site.path, "doctor")
    assert result.returncode == 0, result.stdout
    assert "Wrong" not in result.stdout
    assert "Address" in result.stdout.partition("Fine:")[2]
    assert "Summer:" not in result.stdout
    (site.path / "storysite.yml").write_text("base_url: https://maplewood.github.io/stories\n", "utf-8")
    said = " ".join(storysite(site.path, "doctor").stdout.split())
    assert "Write base_url: https://maplewood.github.io/stories-site in storysite.yml." in said


def test_an_upgrade_keeps_two_repositories_and_computes_the_hours_anew(site: Folder) -> None:
    """Nothing is renewed in a new site; after its time zone has changed, the daily workflow is."""
    before = (site.path / PUBLISH).read_text("utf-8")
    assert storysite(site.path, "upgrade").returncode == 0
    assert (site.path / PUBLISH).read_text("utf-8") == before
    settings = site.path / "storysite.yml"
    settings.write_text(settings.read_text("utf-8").replace("America/Chicago", "Asia/Kolkata"), "utf-8")
    storysite(site.path, "upgrade", "--yes")
    assert 'cron: "37 0 * * *"' in (site.path / SCHEDULED).read_text("utf-8")
    assert "secrets: inherit" in (site.path / SCHEDULED).read_text("utf-8")
    assert (site.path / PUBLISH).read_text("utf-8") == before
