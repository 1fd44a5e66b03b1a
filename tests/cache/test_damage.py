"""A cache that is damaged while a process has it open costs time, and nothing else."""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from storysite.build import build, build_if_needed
from storysite.build.explain import explain_page
from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from storysite.build.verify import differences_from_clean
from storysite.cache.database import Cache
from storysite.cache.table import Value
from tests.cache.test_table import Remembered
from tests.folder import NOW, Folder, tree

KINDS = ("bytes in the middle", "the beginning", "cut short", "emptied", "deleted", "something else")

CACHE = ".storysite/cache.sqlite"
PLACES = 200
"""Parts of the file that are damaged one by one."""


def look(options: BuildOptions) -> None:
    """Do what `status` does."""
    with open_site(options) as site:
        assert site.posts
        assert site.bodies(site.posts)
        assert site.problems == []


LOOKS: list[Callable[[BuildOptions], object]] = [
    build_if_needed,
    look,
    lambda options: build_if_needed(replace(options, dry_run=True)),
    lambda options: explain_page(options, "/"),
    lambda options: build_if_needed(replace(options, clean=True)),
    differences_from_clean,
    build,
]
"""What a command begins with that opens the cache."""


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Remembered:
    """Return a small site, built once."""
    return Remembered(tmp_path_factory.mktemp("remembered"))


def damage_place(file: Path, place: int) -> None:
    """Damage one of PLACES of a file, by zeros, by ones or by chance."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size * place // PLACES)
        opened.write([bytes(200), b"\xff" * 200, random.Random(place).randbytes(200)][place % 3])


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return a site of stories."""
    for number in range(24):
        folder.post(f"2026-{number % 11 + 1:02}-02-story-{number}", f"Text {number}. " * 40, title=f"Story {number}")
    return folder


def damage(file: Path, kind: str, seed: int) -> None:
    """Damage the file in place, as a disk or another program may."""
    chance = random.Random(seed)
    size = file.stat().st_size
    if kind == "deleted":
        file.unlink()
    elif kind == "something else":
        file.write_bytes(chance.randbytes(5000))
    elif kind in ("cut short", "emptied"):
        os.truncate(file, 0 if kind == "emptied" else chance.randrange(1, size))
    else:
        with file.open("r+b") as opened:
            for _ in range(20):
                opened.seek(0 if kind == "the beginning" else chance.randrange(size))
                opened.write(chance.randbytes(200))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(2))
def test_a_cache_that_is_damaged_between_two_builds_of_a_process(
    archive: Folder, tmp_path: Path, kind: str, seed: int
) -> None:
    """Whatever was edited meanwhile, the site is that of a clean build, and the same session goes on."""
    options = BuildOptions(archive.path, now=NOW, jobs=1)
    with closing(BuildSession(options)) as session:
        build(options, session=session)
        session.cache.commit()
        for number in range(2):
            file = archive.path / CACHE
            if file.exists() and file.stat().st_size:
                damage(file, kind, seed + number)
            archive.post(f"2026-01-0{number + 3}-new-{number}", f"New {seed}.", title="New")
            session.forget_if_output_changed()
            build(options, session=session)
    assert tree(archive.site) == archive.clean(tmp_path / "clean")


@pytest.mark.parametrize("place", range(PLACES))
def test_a_place_of_the_cache_that_is_damaged_is_healed_by_whatever_looks(remembered: Remembered, place: int) -> None:
    """Each part of the file, in turn before each command; the build after it is like a clean one."""
    remembered.restore()
    folder, options = remembered.folder, BuildOptions(remembered.folder.path, now=NOW, jobs=1)
    damage_place(folder.path / CACHE, place)
    command, expected = LOOKS[place % len(LOOKS)], remembered.before
    if place % 2:
        remembered.edit()
        expected = remembered.after
    command(options)
    folder.build_if_needed()
    assert tree(folder.site) == expected


@pytest.fixture(scope="module")
def at_desk(remembered: Remembered) -> Iterator[BuildSession]:
    """Return a session that goes on and on."""
    with closing(BuildSession(BuildOptions(remembered.folder.path, now=NOW, jobs=1))) as session:
        yield session


@pytest.mark.parametrize("place", range(PLACES))
def test_a_place_of_the_cache_that_is_damaged_at_a_desk(
    remembered: Remembered, at_desk: BuildSession, place: int
) -> None:
    """The same under a process that has the file open, as `watch` does: it goes on with what is saved next."""
    if place % 3 == 0:
        remembered.restore()
    at_desk.forget_if_output_changed()
    build(BuildOptions(remembered.folder.path, now=NOW, jobs=1), session=at_desk)
    damage_place(remembered.folder.path / CACHE, place)
    remembered.edit()
    (remembered.folder.site / "index.html").write_text("damaged", "utf-8")
    at_desk.forget_if_output_changed()
    build(BuildOptions(remembered.folder.path, now=NOW, jobs=1), session=at_desk)
    assert tree(remembered.folder.site) == remembered.after


def test_nothing_that_is_remembered_lies_in_memory_that_others_can_shorten(archive: Folder) -> None:
    """A file that processes share as memory, such as that of SQLite's log to write ahead, kills who looks at its end."""
    with closing(BuildSession(BuildOptions(archive.path, now=NOW, jobs=1))) as session:
        build(BuildOptions(archive.path, now=NOW, jobs=1), session=session)
        assert {"cache.sqlite", "lock"} <= set(os.listdir(archive.path / ".storysite")) <= {
            "cache.sqlite", "cache.sqlite-journal", "lock", "pictures"
        }  # fmt: skip
        assert b"cache.sqlite" not in Path("/proc/self/maps").read_bytes() if sys.platform == "linux" else True


@pytest.mark.parametrize("what", ["a value that cannot be read", "a file of the year 2400"])
def test_a_row_that_is_of_no_use_is_as_good_as_lost(remembered: Remembered, what: str, tmp_path: Path) -> None:
    """What an earlier edition kept under the same seal, and what no table can hold, stops nothing."""
    remembered.restore()
    folder = remembered.folder
    if what == "a file of the year 2400":
        photo = folder.write("static/list.txt", "another list")
        os.utime(photo, ns=(13_569_465_600_000_000_000,) * 2)
        if photo.stat().st_mtime_ns < 2**63:
            pytest.skip("the disk knows no such year")
    else:
        with closing(Cache(folder.path / CACHE)) as cache:
            for table in (
                cache.posts,
                cache.bodies,
                cache.templates,
                cache.builds("_site"),
                cache.slices("_site"),
            ):
                rows = table.all()
                assert rows
                table.put(Value(row.name, row.key, b"damaged") for row in rows.values())
    for command in LOOKS:
        command(BuildOptions(folder.path, now=NOW, jobs=1))
        folder.build()
        assert tree(folder.site) == folder.clean(tmp_path / "clean")


@pytest.mark.parametrize("rubbish", [b"damaged" * 999, b"x", bytes(200), b"SQLite format 3\0" + b"\xff" * 500])
def test_a_lock_that_is_damaged_is_replaced(archive: Folder, rubbish: bytes) -> None:
    archive.build()
    before = tree(archive.path / "_site")
    (archive.path / ".storysite/lock").write_bytes(rubbish)
    archive.build()
    assert tree(archive.path / "_site") == before
