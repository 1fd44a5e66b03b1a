"""A disk that is full at whatever moment: the site is built without memory, or one sentence says what is wrong."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storysite.cli import main
from tests.folder import Folder, tree

LEVELS = 32
COMMANDS = [["build"], ["build", "--clean"], ["build", "--dry-run"], ["status"], ["build", "--explain", "/"]]
SETTINGS = "title: Ours\nbase_url: https://library.example.org\nsearch: no\n"


class Shelf:
    """A site that was built, and what it is after an edit."""

    def __init__(self, home: Path) -> None:
        self.folder = Folder(home / "site")
        self.folder.write("storysite.yml", SETTINGS)
        for number in range(6):
            text = "".join(f"Text {number}, {line}.\n\n" for line in range(90))
            self.folder.post(f"2026-01-0{number + 1}-story-{number}", text, title=f"Story {number}", id=f"s{number}")
        self.folder.write("static/poster.txt", "poster " * 900)
        self.folder.build(jobs=1)
        self.before = tree(self.folder.site)
        self._kept = home / "kept"
        shutil.copytree(self.folder.path, self._kept)
        self._edit(self.folder)
        self.after = self.folder.clean(home / "clean")

    def put(self, place: Path) -> Folder:
        """Return a copy of the built site that was edited since."""
        shutil.rmtree(place, ignore_errors=True)
        folder = Folder(shutil.copytree(self._kept, place, copy_function=shutil.copy))
        self._edit(folder)
        return folder

    def _edit(self, folder: Folder) -> None:
        folder.post("2026-02-01-new", "New text. " * 900, title="New", id="new")
        folder.write("storysite.yml", SETTINGS.replace("Ours", "Theirs"))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return a site, built once."""
    return Shelf(tmp_path_factory.mktemp("shelf"))


def run(arguments: list[str], folder: Folder) -> Result:
    """Run a command in this process."""
    here = Path.cwd()
    os.chdir(folder.path)
    try:
        return CliRunner().invoke(main, arguments)
    finally:
        os.chdir(here)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Let no file grow beyond some bytes for the length of the block."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def assert_all_is_well(
    shelf: Shelf, folder: Folder, arguments: list[str], limited: Callable[[], Result]
) -> tuple[int, bool]:
    """Assert that a command works or says one sentence, that the site is whole, and is made when there is room."""
    result = limited()
    assert isinstance(result.exception, SystemExit | None), result.exception
    said = [line for line in result.stderr.splitlines() if line.endswith("]")]
    assert len(said) == (result.exit_code != 0 or "cache-unwritable" in result.stderr), result.stderr
    if result.exit_code:
        assert said[0].endswith("[system]")
        assert arguments[0] == "build"
        assert not {"--dry-run", "--explain"} & set(arguments), "what only looks needs no room"
    written = arguments[0] == "build" and not {"--dry-run", "--explain"} & set(arguments) and not result.exit_code
    assert tree(folder.site) == (shelf.after if written else shelf.before)
    assert run(["build"], folder).exit_code == 0
    assert tree(folder.site) == shelf.after
    return result.exit_code, "cache-unwritable" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_disk_that_is_full_at_any_level_harms_nothing(shelf: Shelf, tmp_path: Path) -> None:
    """No file can grow beyond a size, from nothing to more than the cache needs."""
    seen = set()
    largest = (shelf.folder.path / ".storysite/cache.sqlite").stat().st_size
    for level in range(LEVELS):
        for arguments in COMMANDS[level % 2 :][:1] if level % 8 else COMMANDS:
            folder = shelf.put(tmp_path / "site")

            def limited(folder: Folder = folder, arguments: list[str] = arguments, level: int = level) -> Result:
                with no_file_longer_than(2 * largest * level // LEVELS):
                    return run(arguments, folder)

            seen.add(assert_all_is_well(shelf, folder, arguments, limited))
    assert seen == {(0, False), (0, True), (1, False)}


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("place", [".storysite", ".storysite/cache.sqlite", ".storysite/lock"])
@pytest.mark.parametrize("instead", ["a file", "a folder", "a link that leads nowhere", "a link to itself", "nothing"])
def test_whatever_lies_in_the_place_of_what_is_remembered(
    shelf: Shelf, tmp_path: Path, place: str, instead: str, arguments: list[str]
) -> None:
    """It is replaced, or the site is built without memory; a folder of somebody's is left alone."""
    folder = shelf.put(tmp_path / "site")
    there = folder.path / place
    shutil.rmtree(there, ignore_errors=True)
    there.unlink(missing_ok=True)
    if instead == "a file":
        there.write_text("Mine.")
    elif instead == "a folder":
        (there / "notes").mkdir(parents=True)
    elif instead != "nothing":
        there.symlink_to("nowhere/at/all" if instead == "a link that leads nowhere" else there.name)
    assert_all_is_well(shelf, folder, arguments, lambda: run(arguments, folder))
    assert instead != "a folder" or (there / "notes").is_dir()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only the system's administrator makes disks")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.process
def test_a_small_disk_that_others_fill_harms_nothing(shelf: Shelf, small_disk: Path) -> None:
    """The same with a real disk, on which more and more is free."""
    seen = set()
    for level in range(LEVELS):
        filler = small_disk / "filler"
        filler.unlink(missing_ok=True)
        folder = shelf.put(small_disk / "site")

        def limited(folder: Folder = folder, level: int = level, filler: Path = filler) -> Result:
            free = shutil.disk_usage(small_disk).free - level * 32_768
            filler.write_bytes(bytes(max(0, free)))
            try:
                return run(["build"], folder)
            finally:
                filler.unlink()

        seen.add(assert_all_is_well(shelf, folder, ["build"], limited))
    assert {code for code, _ in seen} == {0, 1}
