"""`storysite doctor` as people type it, in folders of every kind: an answer, an exit code, and never a traceback."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storysite import __version__
from storysite.publish import doctor
from storysite.publish.doctor import diagnose, gather
from storysite.publish.finding import Level
from storysite.starter.remote import Remote
from tests.command_line import storysite
from tests.folder import Folder, tree
from tests.publish.repositories import commit, git, repository

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def said(folder: Path, *options: str, code: int = 0) -> str:
    """Return what the doctor prints, which is all he prints."""
    result = storysite(folder, "doctor", *options)
    assert (result.returncode, result.stderr) == (code, ""), result.stdout + result.stderr
    assert "Traceback" not in result.stdout
    assert "a bug of its own" not in result.stdout
    return result.stdout


def words(text: str) -> str:
    """Return a text without its line breaks, so that a sentence is one again."""
    return re.sub(r"\s+", " ", text)


def test_a_site_in_order_is_told_in_few_lines(tmp_path: Path) -> None:
    """First the lines that a bug report begins with, then what is worth knowing, then in one line what is fine."""
    folder = repository(tmp_path / "site").path
    git(folder, "remote", "add", "origin", "https://github.com/lincoln/stories.git")
    text = said(folder)
    first, second, third, *_ = text.splitlines()
    assert re.fullmatch(rf"storysite {re.escape(__version__)}, engine [0-9a-f]{{12}}", first)
    assert re.fullmatch(r"Python 3\.\d+\.\d+, \d\d bit, .*, git \d.*", second)
    assert third == "In this folder: 1 post, 0 pages, 0 pictures"
    assert "Wrong" not in text
    assert "Fine: Python" in text
    assert max(map(len, text.splitlines())) <= 80


def test_nothing_is_wrong_with_a_new_site(tmp_path: Path) -> None:
    """As it was written, committed and told where to go."""
    assert storysite(tmp_path, "new", "site").returncode == 0
    folder = tmp_path / "site"
    git(folder, "init")
    commit(folder)
    git(folder, "remote", "add", "origin", "https://github.com/lincoln/stories.git")
    text = said(folder)
    assert "Wrong" not in text
    assert "Workflows: " not in text


def test_a_site_that_goes_to_a_public_repository_is_looked_for_there(tmp_path: Path) -> None:
    """The address is that of the public repository, and a private one is not missed."""
    arguments = ["new", "site", "--two-repositories", "lincoln/stories-site", "--address", "lincoln/stories"]
    result = storysite(tmp_path, *arguments)
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "site"
    git(folder, "init")
    commit(folder)
    git(folder, "remote", "add", "origin", "https://github.com/lincoln/stories.git")
    facts = gather(folder, NOON)
    assert facts.site_repository == Remote("github.com", "lincoln", "stories-site")
    assert facts.address.expected == "https://lincoln.github.io/stories-site"
    assert [each for each in diagnose(facts).findings if each.level is Level.WRONG] == []


def test_what_storysite_upgrade_would_renew_is_told(tmp_path: Path) -> None:
    """A site that carries nothing of it has nothing to renew."""
    assert not [
        each for each in diagnose(gather(repository(tmp_path / "own").path, NOON)).findings if each.subject == "Program"
    ]
    assert storysite(tmp_path, "new", "site").returncode == 0
    folder = tmp_path / "site"
    assert said(folder).count("Program") == 1
    workflow = folder / ".github/workflows/publish.yml"
    workflow.write_text(workflow.read_text("utf-8") + "# ours\n", "utf-8")
    assert "something newer" not in said(folder)
    record = folder / "tool/record.json"
    record.write_text(record.read_text("utf-8").replace('publish.yml": "sha256:', 'publish.yml": "sha256:0'), "utf-8")
    assert "Program: This storysite has something newer for 1 of the files" in words(said(folder))
    record.write_text(
        record.read_text("utf-8").replace(f'"storysite": "{__version__}"', '"storysite": "99.0"'), "utf-8"
    )
    assert "Program: A newer storysite than this one wrote" in words(said(folder))


def test_what_is_wrong_ends_with_exit_code_one(tmp_path: Path) -> None:
    """Each finding has a sentence, a fix and a link, and they fit a terminal."""
    folder = repository(tmp_path / "site")
    folder.write("storysite.yml", "title: Shelf\nschool: Lincoln\nbase_url: http://localhost:8000\n")
    folder.write("static/id_rsa", "key")
    text = said(folder.path, code=1)
    assert "\nWrong (2)\n" in text
    assert "  Secrets: There is 1 file with the name of a key" in text
    assert "    static/id_rsa\n" in text
    assert text.count("    fix: ") == len(re.findall(r"^    (?:https?://|the guide: )", text, re.MULTILINE))


def test_a_report_has_nothing_that_is_only_of_this_site(tmp_path: Path) -> None:
    """No title, no name of a file, no address, and no folder above the site."""
    folder = repository(tmp_path / "site")
    folder.write(
        "storysite.yml", "title: Roosevelt\nschool: Roosevelt\nbase_url: http://roosevelt.example.edu\nfrom: x\n"
    )
    folder.write("static/roosevelt.pem", "key")
    folder.write("content/posts/2026-11-21-roosevelt.md", "---\ndate: 2026-13-45\n---\nRoosevelt\n")
    folder.write(
        ".github/workflows/roosevelt.yml",
        "on: push\njobs: {a: {steps: [{run: pip install storysite}, {run: storysite build}]}}\n",
    )
    git(folder.path, "switch", "--create", "roosevelt")
    git(folder.path, "remote", "add", "origin", "git@github.com:roosevelt/roosevelt.git")
    text = said(folder.path, "--report", code=1)
    assert "roosevelt" not in text.lower().replace("git push -u origin roosevelt", "")
    assert str(tmp_path) not in text
    assert "[post-date]" in text
    assert "roosevelt.pem" in said(folder.path, code=1)


NO_SITE = "There is no site in this folder"


def _nothing(folder: Folder) -> None:
    shutil.rmtree(folder.path)
    folder.path.mkdir()


def _broken_git(folder: Folder) -> None:
    shutil.rmtree(folder.path / ".git")
    folder.write(".git", "gitdir: /nowhere\n")


def _merge(folder: Folder) -> None:
    folder.write(".git/MERGE_HEAD", "0" * 40)


def _folder_for_settings(folder: Folder) -> None:
    (folder.path / "storysite.yml").unlink()
    (folder.path / "storysite.yml").mkdir()


def _far_fetched(folder: Folder) -> None:
    """Everything odd at once."""
    folder.write(".gitignore", b"\xff\xfe_site/")
    folder.write("static/CNAME", b"\xff\x00")
    folder.write("static/\u202eodd\x07.txt", b"1")
    folder.write(".github/workflows/a.yml", "[" * 5000)
    folder.write(".github/workflows/b.yml", "on: {push: {branches: {a: b}}}\njobs: &a [*a]\n")
    folder.write(".github/workflows/c.yml", b"\x00\xff" * 100)


STATES = {
    "no site": (_nothing, NO_SITE),
    "settings that cannot be read": (lambda folder: folder.write("storysite.yml", ": [\n"), "cannot be understood, 1 [settings-yaml]"),
    "settings that are a folder": (_folder_for_settings, "settings-unreadable"),
    "settings in another encoding": (lambda folder: folder.write("storysite.yml", b"\xff\xfet\0i\0"), "settings-yaml"),
    "a time zone that does not exist": (lambda folder: folder.write("storysite.yml", "timezone: Mars/Olympus\n"), "none that exists"),
    "a theme that does not exist": (lambda folder: folder.write("storysite.yml", "theme: nowhere\n"), "theme-unknown"),
    "a template that is broken": (lambda folder: folder.write("templates/post.html", "{% if %}"), "[template]"),
    "a broken repository": (_broken_git, "damaged"),
    "an empty config of git": (lambda folder: folder.write(".git/config", b"\xff[[["), "damaged"),
    "a merge that is not finished": (_merge, "A merge was begun"),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_wrong_is_said_in_words(state: str, tmp_path: Path) -> None:
    folder = repository(tmp_path / "site")
    make, expected = STATES[state]
    make(folder)
    assert expected in words(said(folder.path, code=1))


def test_odd_files_stop_nothing(tmp_path: Path) -> None:
    """Nor do they reach the terminal."""
    folder = repository(tmp_path / "site")
    _far_fetched(folder)
    result = storysite(folder.path, "doctor")
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert "a bug of its own" not in result.stdout
    assert "\x07" not in result.stdout
    assert "\u202e" not in result.stdout


def test_nothing_is_written_but_what_is_remembered(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site").path
    before = tree(folder)
    said(folder)
    assert {name: data for name, data in tree(folder).items() if not name.startswith(".storysite/")} == before


def test_a_fix_is_made_said_and_no_longer_found(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site").path
    (folder / ".gitignore").unlink()
    (folder / ".gitattributes").unlink()
    commit(folder)
    assert "Repository: git is not told to leave out" in said(folder)
    text = said(folder, "--fix")
    assert "Fixed\n  Added to .gitignore: _site/ and .storysite/.\n  Made .gitattributes" in text
    assert "git is not told" not in text
    assert "Nothing: there is nothing that can be fixed safely." in said(folder, "--fix")


def test_a_summer_without_a_commit_is_found_in_august(tmp_path: Path) -> None:
    """By the date of the last commit and of the day."""
    folder = repository(tmp_path / "site")
    folder.write(".github/workflows/publish.yml", "on: push\njobs: {a: {steps: [{uses: actions/deploy-pages@v1}]}}\n")
    folder.write(
        ".github/workflows/scheduled.yml",
        "on: {schedule: [{cron: 0 0 * * *}]}\njobs: {a: {uses: ./.github/workflows/publish.yml}}\n",
    )
    commit(folder.path, GIT_COMMITTER_DATE="2027-05-28T12:00:00Z")
    found = {
        day: next(each.level for each in diagnose(gather(folder.path, datetime(*day, tzinfo=UTC))).findings if each.subject == "Summer")
        for day in ((2027, 5, 29), (2027, 8, 20))
    }  # fmt: skip
    assert found == {(2027, 5, 29): Level.KNOW, (2027, 8, 20): Level.WRONG}


def test_a_bug_of_ours_is_one_finding_that_tells_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing of what was looked at; all else is found as well."""

    def breaks(*_: object, **__: object) -> None:
        raise ValueError("Ana's story")

    folder = repository(tmp_path / "site").path
    for name in ("read_git", "read_archive_facts", "read_files", "read_workflows", "_cname", "python_findings"):
        monkeypatch.setattr(doctor, name, breaks)
    findings = diagnose(gather(folder, NOON)).findings
    broken = [each for each in findings if "a bug of its own" in each.what]
    assert {each.subject for each in broken} == {"git", "Archive", "Files", "Workflows", "Domain", "Python"}
    assert "Ana" not in str(findings)
    assert "ValueError" in broken[0].what
