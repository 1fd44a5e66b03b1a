"""When nothing has changed since the last build nothing is planned, and whatever changes is noticed."""

import os
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storysite.build.result import BuildResult
from tests.folder import ICON, NOW, Folder, tree


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return a site with something of everything, built an hour after its files were last changed."""
    for number in range(1, 5):
        folder.post(f"2026-0{number}-02-story-{number}", f"Text {number}.", title=f"Story {number}", tags="[robots]")
    folder.post("2026-05-02-draft", draft="true", title="A draft")
    folder.post("2026-11-25-soon", date="2026-11-24T15:00", title="This afternoon")
    folder.post("2026-06-02-odd", "![A seed](seed.png)", title="Odd", kind="nonsense")
    folder.write("content/posts/seed.png", ICON + "a picture")
    folder.write("content/posts/notes.docx", "no post")
    folder.write("content/pages/about.md", "About us.")
    folder.write("static/hours.txt", "9 to 3")
    folder.write("data/team.yml", "lead: Ana\n")
    folder.write("templates/month.html", '{% extends "base.html" %}{% block main %}{{ data }}{% endblock %}')
    folder.write("storysite.yml", "title: Ours\n")
    age(folder)
    folder.build_if_needed()
    return folder


def age(folder: Folder, seconds: int = 3600) -> None:
    """Let all files of a site have been left alone for a while."""
    for file in folder.path.rglob("*"):
        if file.is_file() and "_site" not in file.parts and ".storysite" not in file.parts:
            then = file.stat().st_mtime_ns - seconds * 10**9
            os.utime(file, ns=(then, then))


def was_planned(outcome: BuildResult) -> bool:
    """Return whether a build was done for an outcome, if only to find that nothing is to be done."""
    return bool(outcome.seconds)


def test_nothing_is_planned_when_nothing_changed(archive: Folder) -> None:
    """The outcome is told again, with every problem and every post that is not shown, and nothing was done."""
    built = archive.build()
    known = archive.build_if_needed()
    assert not was_planned(known)
    assert (known.posts, known.pages) == (len(built.site.index.posts), len(built.work.wanted))
    assert (known.problems, known.hidden) == (built.problems, built.hidden)
    assert len(known.hidden) == 3
    assert (known.made, known.gone, known.written) == ([], [], 0)


def rewrite(folder: Folder, name: str, old: str, new: str) -> None:
    file = folder.path / name
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def lose_rows(folder: Folder) -> None:
    rows = sqlite3.connect(folder.path / ".storysite/cache.sqlite")
    with rows:
        rows.execute("delete from pages where route = 'index.html'")
    rows.close()


def claim(folder: Folder) -> None:
    file = folder.write("_site/old.html", "of an earlier build")
    with (folder.site / ".storysite-manifest").open("a", encoding="utf-8") as manifest:
        manifest.write(f"{file.name}\n")


CHANGES: dict[str, Callable[[Folder], object]] = {
    "a text": lambda folder: rewrite(folder, "content/posts/2026-01-02-story-1.md", "Text 1", "Text 9"),
    "a picture": lambda folder: folder.write("content/posts/seed.png", ICON + "a quarter"),
    "a new post": lambda folder: folder.post("2026-07-02-new"),
    "a post less": lambda folder: (folder.path / "content/posts/2026-02-02-story-2.md").unlink(),
    "a page": lambda folder: folder.write("content/pages/about.md", "About them."),
    "a static file": lambda folder: folder.write("static/hours.txt", "9 to 4"),
    "data": lambda folder: folder.write("data/team.yml", "lead: Bea\n"),
    "a template": lambda folder: rewrite(folder, "templates/month.html", "data", "page"),
    "a file of the theme": lambda folder: folder.write("templates/assets/style.css", "body {}"),
    "settings": lambda folder: folder.write("storysite.yml", "title: Mine\n"),
    "no settings": lambda folder: (folder.path / "storysite.yml").unlink(),
    "an output file less": lambda folder: (folder.site / "index.html").unlink(),
    "a damaged output file": lambda folder: (folder.site / "index.html").write_text("damaged"),
    "an output file that is not wanted": claim,
    "the memory of one page": lose_rows,
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_noticed(archive: Folder, tmp_path: Path, change: str) -> None:
    """Whatever a build looks at, the next one plans, and ends like a clean one."""
    CHANGES[change](archive)
    age(archive)
    assert was_planned(archive.build_if_needed())
    assert tree(archive.site) == archive.clean(tmp_path / "clean")
    assert not was_planned(archive.build_if_needed())


@pytest.mark.parametrize("option", [{"drafts": True}, {"future": True}, {"base_url": "https://example.org"}])
def test_options_are_noticed(archive: Folder, tmp_path: Path, option: dict[str, object]) -> None:
    """Other options are another site."""
    assert was_planned(archive.build_if_needed(**option))
    assert tree(archive.site) == archive.clean(tmp_path / "clean", **option)


@pytest.mark.parametrize(
    ("hours", "planned"), [(0.5, False), (2.9, False), (3.1, True), (13, True), (-1, True), (24 * 40, True)]
)
def test_what_the_clock_changes_is_noticed(archive: Folder, hours: float, planned: bool) -> None:
    """A post of this afternoon appears at its hour; at midnight "a year ago" moves on; clocks may go backwards."""
    assert was_planned(archive.build_if_needed(now=NOW + timedelta(hours=hours))) is planned


def test_a_file_that_was_just_changed_may_change_again_in_the_same_moment(archive: Folder) -> None:
    """The outcome is remembered only when every file has been left alone for two seconds."""
    archive.post("2026-07-02-new")
    assert was_planned(archive.build_if_needed())
    assert was_planned(archive.build_if_needed())


def test_going_back_to_an_older_state_is_noticed(archive: Folder, tmp_path: Path) -> None:
    """A file that is moved away, and back again with its old time, does not bring the old outcome back."""
    file = archive.path / "content/posts/2026-01-02-story-1.md"
    old = file.rename(tmp_path / "old.md")
    archive.build_if_needed()
    old.rename(file)
    assert was_planned(archive.build_if_needed())
    assert tree(archive.site) == archive.clean(tmp_path / "clean")


def test_a_build_with_errors_is_not_remembered_as_a_good_one(archive: Folder) -> None:
    """The errors are told each time."""
    archive.post("2026-07-02-new", date="2026-13-04")
    age(archive)
    for _ in range(2):
        with pytest.raises(Exception, match="2026-13-04"):
            archive.build_if_needed()


def test_another_engine_is_noticed(archive: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of storysite or of its libraries plans anew."""
    monkeypatch.setattr("storysite.build.inputs.engine_digest", lambda: b"another")
    assert was_planned(archive.build_if_needed())
