"""What git knows of a folder, in every state that a folder is in on some school's laptop."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from storysite.publish.git_state import GitState, read_git
from tests.publish.repositories import NOBODY, commit, git, remote_of, repository


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a script in the place of git."""
    file = tmp_path / "bin" / "git"
    file.parent.mkdir()
    file.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}{os.pathsep}{os.environ['PATH']}")


def test_a_repository_in_order_says_so(tmp_path: Path) -> None:
    """Where everything is committed and sent, nothing is left to do."""
    folder = repository(tmp_path / "site").path
    bare = remote_of(folder)
    state = read_git(folder)
    assert (state.branch, state.remote, state.has_upstream) == ("main", str(bare), True)
    assert (state.ahead, state.behind, state.changed, state.conflicts, state.doing) == (0, 0, 0, 0, "")
    assert Path(state.top) == folder.resolve()
    assert state.last_commit > 0
    assert state.has_author
    assert not state.is_empty
    assert not state.trouble


def test_changes_are_counted_file_by_file(tmp_path: Path) -> None:
    """New ones in new folders, changed, deleted and renamed ones, each once."""
    folder = repository(tmp_path / "site")
    for name in ("a", "b"):
        folder.write(f"content/posts/{name}.md", f"{name} " * 50)
    commit(folder.path)
    folder.write("content/posts/2026-11-20-robots.md", "Changed.")
    folder.write("content/posts/new/photo.jpg", b"1")
    folder.write("content/posts/new/two words.jpg", b"2")
    (folder.path / "content/posts/a.md").unlink()
    git(folder.path, "mv", "content/posts/b.md", "content/posts/c.md")
    assert read_git(folder.path).changed == 5


def test_what_is_not_sent_is_counted_with_a_remote_and_without(tmp_path: Path) -> None:
    """Commits of a branch that was never sent are counted as well."""
    folder = repository(tmp_path / "site").path
    assert read_git(folder).ahead == 1
    remote_of(folder)
    commit(folder)
    commit(folder)
    assert read_git(folder).ahead == 2
    git(folder, "switch", "--create", "other")
    commit(folder)
    state = read_git(folder)
    assert (state.branch, state.has_upstream, state.ahead) == ("other", False, 3)


def test_what_a_colleague_sent_is_counted(tmp_path: Path) -> None:
    """As far as it was fetched: the doctor itself changes nothing."""
    folder = repository(tmp_path / "site").path
    bare = remote_of(folder)
    other = tmp_path / "other"
    git(tmp_path, "clone", str(bare), str(other))
    commit(other)
    git(other, "push", "origin", "main")
    assert read_git(folder).behind == 0
    git(folder, "fetch")
    assert read_git(folder).behind == 1
    assert read_git(other).default_branch == "main"


def test_a_merge_in_the_middle_is_seen(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site")
    git(folder.path, "switch", "--create", "other")
    folder.write("content/posts/2026-11-20-robots.md", "Theirs.")
    commit(folder.path)
    git(folder.path, "switch", "main")
    folder.write("content/posts/2026-11-20-robots.md", "Ours.")
    commit(folder.path)
    with pytest.raises(subprocess.CalledProcessError):
        git(folder.path, "merge", "other")
    state = read_git(folder.path)
    assert (state.doing, state.conflicts) == ("merge", 1)
    git(folder.path, "merge", "--abort")
    with pytest.raises(subprocess.CalledProcessError):
        git(folder.path, "rebase", "other")
    assert read_git(folder.path).doing == "rebase"


def test_no_branch_no_commit_no_repository(tmp_path: Path) -> None:
    """Each is told from the others."""
    folder = repository(tmp_path / "site").path
    git(folder, "checkout", "--detach")
    assert (read_git(folder).branch, read_git(folder).top != "") == ("", True)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert read_git(empty) == GitState(version=read_git(folder).version)
    git(empty, "init")
    state = read_git(empty)
    assert (state.is_empty, state.branch, state.last_commit) == (True, "main", 0)


def test_a_site_in_a_folder_of_a_repository_is_seen(tmp_path: Path) -> None:
    """Only what lies in it is counted."""
    whole = repository(tmp_path / "whole")
    below = repository(tmp_path / "whole/sites/ours")
    shutil.rmtree(below.path / ".git")
    commit(whole.path)
    whole.write("elsewhere.txt", "1")
    below.write("here.txt", "1")
    state = read_git(below.path)
    assert (state.below, state.changed) == ("sites/ours/", 1)


def test_folders_that_storysite_makes_are_seen_where_git_keeps_them(tmp_path: Path) -> None:
    folder = repository(tmp_path / "site")
    folder.write("_site/index.html", "1")
    commit(folder.path)
    assert read_git(folder.path).kept == ("_site",)


@pytest.mark.parametrize("damage", ["HEAD", "objects", "index", "config", "file"])
def test_a_broken_repository_is_broken_and_nothing_more(tmp_path: Path, damage: str) -> None:
    folder = repository(tmp_path / "site").path
    inner = folder / ".git"
    if damage == "file":
        shutil.rmtree(inner)
        inner.write_text("gitdir: /nowhere/at/all\n", "utf-8")
    elif damage == "objects":
        shutil.rmtree(inner / "objects")
    else:
        (inner / damage).write_bytes(b"[\0nonsense" * 9)
    assert read_git(folder).trouble == "broken"


def test_git_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its first silence, and with what it started."""
    folder = repository(tmp_path / "site").path
    program(tmp_path, monkeypatch, 'case "$*" in *--version*) echo "git version 9.9" ;; *) exec sleep 600 ;; esac')
    assert read_git(folder, patience=0.3) == GitState("9.9", trouble="slow")


def test_no_git_and_no_real_git_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Mac without developer tools has a git that only says how to get them."""
    program(tmp_path, monkeypatch, "echo 'xcode-select: note: no developer tools were found' >&2; exit 1")
    assert read_git(tmp_path) == GitState()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert read_git(tmp_path) == GitState()


def test_somebody_elses_folder_is_named_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository(tmp_path / "site").path
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert read_git(folder).trouble == "owner"


def test_nothing_is_changed(tmp_path: Path) -> None:
    """Not even the index, which git likes to refresh."""
    folder = repository(tmp_path / "site").path
    os.utime(folder / "storysite.yml", (0, 0))
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    read_git(folder)
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == before
