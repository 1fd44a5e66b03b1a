"""A kill at any moment is healed by the next build, two builds at once do no harm, and nothing of others is touched."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storysite.errors import ProblemsFound, StorysiteError, UsageError
from storysite.output import folder as output
from tests.folder import Folder, tree

BUILD = "import sys, pathlib; from tests.folder import Folder; Folder(pathlib.Path(sys.argv[1])).build(jobs=int(sys.argv[2]))"
DYING = """
import os, signal, sys
from itertools import count
from pathlib import Path

from storysite.cache.database import Cache
from tests.folder import Folder

folder, jobs, moment = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
happened = count(1)


def happen():
    if next(happened) == moment:
        os.killpg(os.getpgrp(), signal.SIGKILL)


def heard(event, about):
    made = event == "open" and isinstance(about[2], int) and about[2] & (os.O_WRONLY | os.O_RDWR)
    if (made or event in ("os.mkdir", "os.remove", "os.rename", "os.rmdir")) and folder.name in str(about[0]):
        happen()


def committing(cache):
    happen()
    commit(cache)
    happen()


commit, Cache.commit = Cache.commit, committing
sys.addaudithook(heard)
Folder(folder).build(jobs=jobs)
"""
"""A build that is killed, with all its processes, just before a file or folder is made, moved or deleted for the Nth time.

What is remembered counts too, before and after. https://docs.python.org/3/library/audit_events.html
"""
ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return a site of sixty stories, not yet built."""
    for number in range(60):
        folder.post(
            f"2026-{number % 11 + 1:02}-{number % 28 + 1:02}-story-{number}", f"Text {number}.", title=f"Story {number}"
        )
    return folder


class Killed(BaseException):
    """Stands for a process that ends between two lines."""


@pytest.mark.parametrize("moment", range(0, 140, 9))
def test_a_build_that_dies_between_two_files_is_healed(
    archive: Folder, tmp_path: Path, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever part of the files was put in place, the next build ends like a clean one."""
    if moment % 2:
        archive.build()
        for file in (archive.path / "content/posts").glob("*1.md"):
            file.write_text(file.read_text("utf-8").replace("title: Story", "title: New"), "utf-8")
    left = iter(range(moment))
    put = output.Output._put

    def dying(self: output.Output, file: str, route: str) -> bool:
        if next(left, None) is None:
            raise Killed
        return put(self, file, route)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(output.Output, "_put", dying)
        archive.build()
        raise Killed
    archive.build()
    assert tree(archive.site) == archive.clean(tmp_path / "clean")
    assert not (archive.site / output.STAGING).exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_process_that_is_killed_is_healed(archive: Folder, tmp_path: Path, jobs: int) -> None:
    """A real process is killed at counted moments of its work, again and again in the same folder."""
    for moment in (2, 5, 8, 12, 40, 75, 110, 150):
        for file in (archive.path / "content/posts").glob("*.md"):
            file.write_text(re.sub("title: .*", f"\\g<0>, {moment}", file.read_text("utf-8")), "utf-8")
        command = [sys.executable, "-c", DYING, str(archive.path), str(jobs), str(moment)]
        process = subprocess.run(command, cwd=ROOT, start_new_session=True, check=False)
        assert process.returncode == -signal.SIGKILL, moment
    archive.build()
    assert tree(archive.site) == archive.clean(tmp_path / "clean")


def test_two_builds_at_once_wait_for_each_other(archive: Folder, tmp_path: Path) -> None:
    """Several processes build the same folder; the output is that of one."""
    processes = [subprocess.Popen([sys.executable, "-c", BUILD, str(archive.path), "1"], cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert tree(archive.site) == archive.clean(tmp_path / "clean")


def test_an_error_leaves_the_last_good_site_byte_for_byte(archive: Folder) -> None:
    """Neither a broken post nor a broken template changes a file of the output."""
    archive.build()
    before = tree(archive.site)
    archive.post("2026-11-01-story-1", "Changed.", title="Changed")
    archive.post("2026-11-20-broken", date="2026-02-31")
    with pytest.raises(ProblemsFound):
        archive.build()
    assert tree(archive.site) == before
    (archive.path / "content/posts/2026-11-20-broken.md").unlink()
    archive.write("templates/month.html", "{{ nothing }}")
    with pytest.raises(StorysiteError):
        archive.build()
    assert tree(archive.site) == before


def test_files_of_others_in_the_output_are_kept(archive: Folder) -> None:
    """A file we did not write is never deleted, and one on the way of a page is an error that names it."""
    archive.build()
    (archive.site / "CNAME").write_text("stories.example.org")
    (archive.site / "2026/notes.txt").write_text("mine")
    (archive.path / "content/posts/2026-01-01-story-0.md").unlink()
    archive.build()
    assert (archive.site / "CNAME").read_text() == "stories.example.org"
    assert (archive.site / "2026/notes.txt").read_text() == "mine"
    (archive.site / "about").mkdir()
    (archive.site / "about/index.html").write_text("mine")
    archive.write("content/pages/about.md", "About us.")
    with pytest.raises(ProblemsFound, match="output-foreign"):
        archive.build()
    assert (archive.site / "about/index.html").read_text() == "mine"


def test_a_lost_memo_forgets_no_file_that_is_no_longer_wanted(archive: Folder, tmp_path: Path) -> None:
    """What is ours stands in the output itself, so old pages go even when the cache is gone."""
    archive.build()
    (archive.path / ".storysite/cache.sqlite").unlink()
    (archive.path / "content/posts/2026-01-01-story-0.md").unlink()
    archive.build()
    assert tree(archive.site) == archive.clean(tmp_path / "clean")


@pytest.mark.parametrize("name", ["", "content", "content/site", "static", "templates/x"])
def test_an_output_among_the_sources_is_refused(archive: Folder, name: str) -> None:
    """The output may neither hold the sources nor lie in them."""
    before = tree(archive.path / "content")
    with pytest.raises(UsageError, match="output-refused"):
        archive.build(output=archive.path / name)
    assert tree(archive.path / "content") == before


def test_a_folder_with_files_of_others_is_refused(archive: Folder, tmp_path: Path) -> None:
    """A folder that is not empty and not ours is not written to."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/one.jpg").write_bytes(b"picture")
    for folder in (tmp_path / "photos", Path.home(), Path("/")):
        with pytest.raises(UsageError, match="output-refused"):
            archive.build(output=folder)
    assert os.listdir(tmp_path / "photos") == ["one.jpg"]


def test_links_in_the_output_lead_nobody_outside(archive: Folder, tmp_path: Path) -> None:
    """A folder of the output that was replaced by a link is an error, and nothing is written through it."""
    archive.build()
    (tmp_path / "elsewhere").mkdir()
    month = archive.site / "2026/03"
    month.rename(tmp_path / "moved")
    month.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProblemsFound, match="output-foreign"):
        archive.build()
    assert os.listdir(tmp_path / "elsewhere") == []
