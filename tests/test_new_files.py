"""What is written for people is whole or not there: on a disk that is full, and where something stands in the way."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path

import pytest

from storysite.new_files import new_folder, replace_file, write_new
from storysite.starter.start import start_post, start_site
from storysite.theme.eject import eject_file, start_theme
from storysite.theme.find import find_theme
from tests.folder import NOW, Folder

resource = pytest.importorskip("resource", reason="limits of POSIX")


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Let the system refuse what makes a file larger than `size` bytes, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def everything(folder: Path) -> dict[str, bytes | None]:
    """Return all that lies in a folder, however it is called; None for folders."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes() for path in folder.rglob("*")
    }


def begin_site(folder: Path) -> object:
    return start_site(folder / "ours/deep", today=date(2026, 11, 24), zone="UTC")


def begin_site_in_a_clone(folder: Path) -> object:
    (folder / ".git").mkdir(exist_ok=True)
    return start_site(folder, today=date(2026, 11, 24), zone="UTC")


def begin_post(folder: Path) -> object:
    return start_post(folder, "Robots in the library", "victory", now=NOW, publish_time=time(6))


def begin_theme(folder: Path) -> object:
    return start_theme(folder, "ours")


def eject(folder: Path) -> object:
    return eject_file(folder, find_theme(folder, "default"), "post.html")


WRITES = [begin_site, begin_site_in_a_clone, begin_post, begin_theme, eject]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("size", [0, 100, 700, 1500])
def test_nothing_is_left_of_what_does_not_fit(tmp_path: Path, write: Callable[[Path], object], size: int) -> None:
    """No file, no half of one, no folder; and the file that did not fit is named."""
    (tmp_path / ".git").mkdir()
    before = everything(tmp_path)
    try:
        with no_file_above(size):
            write(tmp_path)
    except OSError as error:
        assert error.filename, error
        left = everything(tmp_path)
        assert {name: data for name, data in left.items() if data is not None} == {}
        assert left.keys() - before.keys() <= {"content", "content/posts", "templates"}
    write(tmp_path)
    assert not [name for name in everything(tmp_path) if ".storysite-new" in name]


@pytest.mark.process
@pytest.mark.parametrize("write", WRITES)
def test_a_disk_that_is_full_holds_nothing_of_it(tmp_path: Path, write: Callable[[Path], object]) -> None:
    """On a real disk of a few pages, which another file has filled."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = (
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False)
        if shutil.which("mount")
        else None
    )
    if mounted is None or mounted.returncode:
        pytest.skip("only who may mount a disk can fill one")
    try:
        (disk / ".git").mkdir()
        with (disk / ".git/film.mp4").open("wb", buffering=0) as film:
            film.write(bytes(64 * 1024))
        before = everything(disk)
        with pytest.raises(OSError, match="No space left"):
            write(disk)
        left = everything(disk)
        assert {name for name in left.keys() - before.keys() if left[name] is not None} == set()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Also where the disk has no second names for a file, and where a link leads nowhere."""
    (tmp_path / "mine.txt").write_bytes(b"mine")
    (tmp_path / "link.txt").symlink_to("nowhere")
    for name in ("mine.txt", "link.txt"):
        with pytest.raises(FileExistsError):
            write_new(tmp_path / name, b"theirs")
    assert (tmp_path / "mine.txt").read_bytes() == b"mine"
    assert sorted(os.listdir(tmp_path)) == ["link.txt", "mine.txt"]


def test_a_disk_without_second_names_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cameras' cards and some network drives have no hard links."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_new(tmp_path / "new/file.txt", b"text")
    assert everything(tmp_path) == {"new": None, "new/file.txt": b"text"}
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "new/file.txt", b"other")
    assert everything(tmp_path) == {"new": None, "new/file.txt": b"text"}


def test_what_a_killed_command_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    """The folder of a site that was not finished is as good as empty."""
    (tmp_path / ".storysite-new/content").mkdir(parents=True)
    (tmp_path / ".storysite-new/content/old.md").write_text("old")
    start_site(tmp_path, today=date(2026, 11, 24), zone="UTC")
    assert not (tmp_path / "content/old.md").exists()
    assert Folder(tmp_path).build().result.posts == 3


def test_a_folder_that_fails_halfway_takes_nothing_else_with_it(tmp_path: Path) -> None:
    """What lay beside it before is still there."""
    (tmp_path / "kept.txt").write_bytes(b"kept")
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path) as unfinished:
        write_new(unfinished / "a/b.txt", b"b")
        raise KeyboardInterrupt
    assert everything(tmp_path) == {"kept.txt": b"kept"}


def test_a_file_is_replaced_whole_or_stays(tmp_path: Path) -> None:
    """With its rights, and nothing is left beside it; one that cannot be written is as it was."""
    file = tmp_path / "robot.jpg"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o640
    with pytest.raises(OSError, match="gone"):
        replace_file(tmp_path / "gone" / "robot.jpg", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["robot.jpg"]
