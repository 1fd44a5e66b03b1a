"""A cache that is damaged while a process has it open costs time, and nothing else."""

import os
import random
from contextlib import closing
from pathlib import Path

import pytest

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from storysite.cache.connection import CacheDamaged
from storysite.cache.database import Cache
from storysite.errors import UsageError
from tests.folder import NOW, Folder, tree

KINDS = ("bytes in the middle", "the beginning", "cut short", "emptied", "deleted", "something else")


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return a site of forty stories."""
    for number in range(40):
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
@pytest.mark.parametrize("seed", range(6))
def test_a_cache_that_is_damaged_between_two_builds_of_a_process(
    archive: Folder, tmp_path: Path, kind: str, seed: int
) -> None:
    """Whatever was edited meanwhile, the site is that of a clean build, and the same session goes on."""
    options = BuildOptions(archive.path, now=NOW, jobs=1)
    with closing(BuildSession(options)) as session:
        build(options, session=session)
        session.cache.commit()
        for number in range(2):
            for name in ("cache.sqlite", "cache.sqlite-wal"):
                file = archive.path / ".storysite" / name
                if file.exists() and file.stat().st_size:
                    damage(file, kind, seed + number)
            archive.post(f"2026-01-0{number + 3}-new-{number}", f"New {seed}.", title="New")
            session.forget_if_output_changed()
            build(options, session=session)
    assert tree(archive.site) == archive.clean(tmp_path / "clean")


def test_what_only_reads_the_cache_says_what_to_do(archive: Folder) -> None:
    """Where nothing can begin again, the message names the folder to delete."""
    archive.build()
    with closing(Cache(archive.path / ".storysite/cache.sqlite")) as cache:
        cache._file.run("drop table posts")
        with pytest.raises(CacheDamaged, match=r"delete the folder \.storysite"):
            cache.posts.get(["content/posts/2026-01-02-story-0.md"])


def test_a_disk_that_is_full_is_said_in_words(archive: Folder) -> None:
    """No page of the cache can be added: that is a problem with the folder, not a fault of ours."""
    archive.build()
    options = BuildOptions(archive.path, now=NOW, jobs=1)
    with closing(BuildSession(options)) as session:
        session.cache._file.run("pragma max_page_count = 1")
        for number in range(60):
            archive.post(f"2026-05-02-more-{number}", f"More {number}. " * 400, title="More")
        with pytest.raises(UsageError, match="cache-unwritable"):
            build(options, session=session)


@pytest.mark.parametrize("rubbish", [b"damaged" * 999, b"x", bytes(200), b"SQLite format 3\0" + b"\xff" * 500])
def test_a_lock_that_is_damaged_is_replaced(archive: Folder, rubbish: bytes) -> None:
    archive.build()
    before = tree(archive.path / "_site")
    (archive.path / ".storysite/lock").write_bytes(rubbish)
    archive.build()
    assert tree(archive.path / "_site") == before
