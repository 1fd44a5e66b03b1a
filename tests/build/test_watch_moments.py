"""`storysite watch` and saves that come at a bad moment: unheard, slowly, or in the middle of a build."""

import ctypes
import os
import random
import signal
import struct
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, cast

import pytest

import storysite.build
from storysite.build.file_events import watching
from storysite.build.options import BuildOptions
from storysite.build.render import render_pages
from storysite.build.watch_loop import Rebuild, rebuilds
from storysite.output.folder import STAGING
from tests.folder import ICON, NOW, Folder, tree
from tests.running import PATIENCE, Running, holds, is_like, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify, and a process that is stopped and goes on")
STORY = "content/posts/2026-01-02-story.md"
PAGE = "2026/01/story/index.html"
Builds: TypeAlias = Generator[Rebuild]
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a site of two stories, not yet built."""
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\n")
    folder.post("2026-01-02-story", "First text.", title="Story", id="story")
    folder.post("2026-01-03-other", "Other text.", title="Other", id="other")
    return folder


def make_old(folder: Folder) -> None:
    """Give all files the time of an hour ago: what was saved just now is looked at again sooner than other files."""
    for file in folder.path.rglob("*"):
        if file.is_file():
            os.utime(file, (file.stat().st_mtime - 3600,) * 2)


def save(folder: Folder, old: str = "First", new: str = "Second") -> None:
    file = folder.path / STORY
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def is_made_of(file: Path, content: bytes) -> bool:
    return file.exists() and file.read_bytes() == content


def ends_like_a_clean_build(folder: Folder, elsewhere: Path) -> None:
    clean = folder.clean(elsewhere, now=datetime.now(UTC))
    until(lambda: is_like(folder.site, clean), "what a clean build gives")


@contextmanager
def standing_still(running: Running) -> Iterator[None]:
    """Let the command and all its processes do nothing for the length of the block."""
    os.killpg(running.process.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, running.process.pid, os.WSTOPPED | os.WNOWAIT)
    try:
        yield
    finally:
        os.killpg(running.process.pid, signal.SIGCONT)


def is_watched(folder: Path, running: Running) -> bool:
    """Return whether the kernel tells the command of what happens in a folder, by what it says itself of its queues."""
    queues = Path(f"/proc/{running.process.pid}/fdinfo").iterdir()
    return any(f"ino:{folder.stat().st_ino:x} " in queue.read_text() for queue in queues)


class Ear:
    """Is told by the kernel what happens to the files of a folder, with a queue as long as anybody's."""

    WHATEVER, OVERFLOW, EVENT = 0x4 | 0x8 | 0x100 | 0x200, 0x4000, "iIII"
    """Files that are touched, written, made and deleted; a queue that is full; how an event begins."""

    def __init__(self, folder: Path) -> None:
        system = ctypes.CDLL(None, use_errno=True)
        self.file = system.inotify_init1(os.O_NONBLOCK)
        assert self.file >= 0
        assert system.inotify_add_watch(self.file, os.fsencode(folder), self.WHATEVER) >= 0

    def heard(self) -> tuple[set[str], bool]:
        """Return the names of the files that were told of, and whether events were lost."""
        names: set[str] = set()
        while True:
            try:
                told = os.read(self.file, 1 << 20)
            except BlockingIOError:
                return names, False
            while told:
                _, mask, _, length = struct.unpack_from(self.EVENT, told)
                head = struct.calcsize(self.EVENT)
                if mask & self.OVERFLOW:
                    return names, True
                names.add(os.fsdecode(told[head : head + length].rstrip(b"\0")))
                told = told[head + length :]

    def close(self) -> None:
        os.close(self.file)


def test_a_save_that_no_event_tells_of(folder: Folder, tmp_path: Path) -> None:
    """When more is written than the kernel keeps in mind it forgets the rest, and the look from time to time finds it."""
    noise = [folder.write(f"content/posts/.{name}.tmp", "not for the site") for name in ("one", "two")]
    make_old(folder)
    posts = folder.path / "content/posts"
    with Running(folder.path, "watch") as running:
        running.line("built")
        until(lambda: is_watched(posts, running))
        save(folder)
        until(lambda: holds(folder.site / PAGE, "Second text"))
        with standing_still(running):
            ear = Ear(posts)
            for number in range(int(QUEUE.read_text()) + 100):
                noise[number % 2].touch()  # two of one file in a row would be told of as one
            save(folder, "Second", "Third")
            (posts / "2026-01-03-other.md").unlink()
            folder.post("later/2026-01-04-new", "New text.", title="New")
            names, lost = ear.heard()
            ear.close()
        assert (names, lost) == ({".one.tmp", ".two.tmp"}, True)
        until(lambda: holds(folder.site / PAGE, "Third text"))
        until(lambda: holds(folder.site / "2026/01/new/index.html", "New text"))
        ends_like_a_clean_build(folder, tmp_path / "clean")
        folder.post("later/2026-01-04-new", "Newer text.", title="New")
        until(lambda: holds(folder.site / "2026/01/new/index.html", "Newer text"))
        ends_like_a_clean_build(folder, tmp_path / "cleaner")
        assert running.stop() == 0
        assert "inotify" not in "".join(running.said).lower()


def test_many_folders_that_are_made_while_others_are_heard_of(folder: Folder, tmp_path: Path) -> None:
    """As when a shelf is copied in: all of it is on the site, and nobody is told how events are made."""
    with Running(folder.path, "watch") as running:
        running.line("built")
        until(lambda: is_watched(folder.path / "content/posts", running))
        for number in range(100):
            name = f"2025-01-{number % 28 + 1:02}-bulk-{number}"
            folder.post(f"shelf-{number}/box/{name}", "Text.", title=f"Bulk {number}", id=f"bulk-{number}")
        ends_like_a_clean_build(folder, tmp_path / "clean")
        assert running.stop() == 0
    assert "watchdog" not in "".join(running.said)


def test_what_editors_keep_for_themselves_calls_for_no_build(folder: Folder) -> None:
    """A swap file is written every few seconds, and its folder changes with it."""
    with watching(folder.path) as watcher:
        assert watcher.start()
        folder.write(f"{STORY}~", "before").unlink()
        folder.write("content/posts/.2026-01-02-story.md.swp", "the same, and how it was changed")
        folder.write("notes.txt", "not for the site")
        assert not watcher.wait(1)
        save(folder)
        assert watcher.wait(PATIENCE)


def test_a_photo_that_is_copied_in_slowly(folder: Folder, tmp_path: Path) -> None:
    """Though the site is made with each part of it, the last one has it whole, and nobody complains."""
    photo = ICON.encode() + random.Random(1).randbytes(399_996)
    shown = folder.site / "media/posts/robot.jpg"
    with Running(folder.path, "watch", "-v") as running:
        running.line("built")
        save(folder, "First text.", "![A robot](robot.jpg)")
        running.line("robot.jpg")
        with (folder.path / "content/posts/robot.jpg").open("wb") as file:
            for end in range(100_000, 400_001, 100_000):
                file.write(photo[end - 100_000 : end])
                file.flush()
                until(partial(is_made_of, shown, photo[:end]))
        assert shown.read_bytes() == photo
        until(lambda: holds(folder.site / PAGE, "robot.jpg"))
        ends_like_a_clean_build(folder, tmp_path / "clean")
    assert folder.build(now=datetime.now(UTC)).problems == []


MOMENTS = ["while posts are read", "while pages are made", "while all pages are made again"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_post_that_is_saved_while_the_site_is_made(folder: Folder, tmp_path: Path, moment: str) -> None:
    """The build that is under way need not know of it, but the last one must; also before anything is watched."""
    for number in range(300):
        folder.post(
            f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}-bulk-{number}", "Text. " * 300, title=f"B {number}"
        )
    make_old(folder)
    staging = folder.site / STAGING
    with Running(folder.path, "watch") as running:
        if moment == MOMENTS[0]:
            until((folder.path / ".storysite/lock").exists, moment)
        elif moment == MOMENTS[1]:
            until(lambda: staging.exists() and any(staging.iterdir()), moment)
        else:
            running.line("built")
            folder.write("storysite.yml", "title: Theirs\nbase_url: https://library.example.org\n")
            until(lambda: staging.exists() and any(staging.iterdir()), moment)
        with standing_still(running):
            assert staging.exists() == (moment != MOMENTS[0])
            assert not holds(folder.site / "index.html", "Theirs")
            save(folder)
        until(lambda: holds(folder.site / PAGE, "Second text"))
        ends_like_a_clean_build(folder, tmp_path / "clean")


def go(file: Path) -> None:
    file.unlink()


def become_another(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"<!-- another -->\n")


def with_a_plan(folder: Folder) -> Path:
    """Return a file that a story shows; nothing follows the pages of this site."""
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\nshare_cards: none\n")
    folder.post("2026-01-03-other", "Our [plan](plan.pdf).", title="Other", id="other")
    return folder.write("content/posts/plan.pdf", "%PDF-1.4 the plan")


@pytest.mark.parametrize(
    ("name", "moment", "happens"),
    [
        (STORY, "load_site", go),
        ("content/posts/plan.pdf", "render_pages", go),
        ("content/posts/plan.pdf", "render_pages", become_another),
        ("static/notes.txt", "render_pages", go),
        ("data/hours.yml", "load_site", go),
        ("data/hours.yml", "render_pages", go),
    ],
)
def test_nobody_is_told_of_a_file_that_goes_or_changes_while_it_is_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, name: str, moment: str, happens: Callable[[Path], None]
) -> None:
    """The build that met it says nothing, and the next, which is begun at once, is as if it had come first."""
    with_a_plan(folder)
    folder.write("static/notes.txt", "Notes.")
    folder.write("data/hours.yml", "monday: 8 to 4")
    times = iter([False, True])
    usual = getattr(storysite.build, moment)

    def late(*given: object, **named: object) -> object:
        if next(times, False):
            happens(folder.path / name)
        return usual(*given, **named)

    monkeypatch.setattr(f"storysite.build.{moment}", late)
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    with watching(folder.path) as watcher, closing(cast("Builds", rebuilds(options, watcher, poll=True))) as builds:
        assert next(builds).built
        for path in (STORY, "content/posts/plan.pdf", "static/notes.txt"):
            become_another(folder.path / path)
        assert next(builds).built
    monkeypatch.undo()
    assert tree(folder.site) == folder.clean(folder.path.parent / "clean")


def test_a_file_that_changes_in_every_build_is_told_of_at_the_second(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes it all the time; the last good site stays, and what was saved is not forgotten meanwhile."""
    usual, file = render_pages, with_a_plan(folder)

    def late(*given: Any, **named: Any) -> object:
        become_another(file)
        return usual(*given, **named)

    options = BuildOptions(folder.path, now=NOW, jobs=1)
    with watching(folder.path) as watcher, closing(cast("Builds", rebuilds(options, watcher, poll=True))) as builds:
        assert next(builds).built
        good = tree(folder.site)
        monkeypatch.setattr("storysite.build.render_pages", late)
        save(folder)
        become_another(file)
        stopped = next(builds)
        assert [problem.code for problem in stopped.problems] == ["file-changed"]
        assert STORY in stopped.saved
        assert tree(folder.site) == good
        monkeypatch.undo()
        assert next(builds).built
        assert holds(folder.site / PAGE, "Second text")
