"""A text that the cache has lost is read again, but only put beside the Post that was read from the same file."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import time
from pathlib import Path

import pytest

from storysite.build import build
from storysite.build.archive import Archive, bodies, read_archive
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from storysite.cache.database import Cache
from storysite.errors import ProblemsFound
from storysite.pool import Workers
from storysite.source.entry import ReadSettings
from storysite.source.scan import scan
from tests.folder import NOW, Folder, tree

RULES = ReadSettings("UTC", time(6), "en", "", "/{year}/{month}/{slug}/")
POST = "content/posts/2026-01-02-a.md"
TEXT = "---\ntitle: A\n---\nOne [link](/about/) here.\n"
OTHER = "---\ntitle: A\n---\nTwo [link](/a/) [b](/b/).\n"
"""As long as the first, with one link more."""


def lose_texts(folder: Folder) -> None:
    """Let the cache lose every text, as a damaged disk might."""
    with closing(sqlite3.connect(folder.path / ".storysite/cache.sqlite")) as rows, rows:
        rows.execute("delete from bodies")


def change_unseen(folder: Folder) -> None:
    """Change the post so that neither its time nor its size tell of it."""
    file = folder.path / POST
    before = file.stat()
    folder.write(POST, OTHER)
    assert file.stat().st_size == before.st_size
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture
def _on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system tell of files no more than size and time, as Windows does."""
    for module in ("source.scan", "build.archive"):
        monkeypatch.setattr(f"storysite.{module}.change_mark", lambda _: 0)


def archive_of(folder: Folder, cache: Cache) -> Archive:
    return read_archive(folder.path, scan(folder.path), RULES, cache, Workers(1), lambda *_: None)


def test_a_lost_text_of_the_same_file_is_read_again(folder: Folder, tmp_path: Path) -> None:
    """The text is what it was, and the cache has it again."""
    folder.write(POST, TEXT)
    with closing(Cache(tmp_path / "cache.sqlite")) as cache:
        archive = archive_of(folder, cache)
        before = bodies(folder.path, RULES, cache, archive, [POST])
        kept = cache.bodies.get([POST])
        cache.clear()
        assert bodies(folder.path, RULES, cache, archive, [POST]) == before
        assert cache.bodies.get([POST]) == kept


@pytest.mark.parametrize("how", [lambda file: file.write_text(OTHER, "utf-8"), Path.unlink], ids=["changed", "deleted"])
def test_a_text_that_does_not_fit_its_post_is_refused(
    folder: Folder, tmp_path: Path, how: Callable[[Path], object]
) -> None:
    """Between reading and rendering the file became another one: the message names it, and nothing of it is kept."""
    file = folder.write(POST, TEXT)
    with closing(Cache(tmp_path / "cache.sqlite")) as cache:
        archive = archive_of(folder, cache)
        cache.clear()
        how(file)
        with pytest.raises(ProblemsFound) as refused:
            bodies(folder.path, RULES, cache, archive, [POST])
        assert [(problem.path, problem.code) for problem in refused.value.problems] == [(POST, "file-changed")]
        assert cache.bodies.get([POST]) == {}


@pytest.mark.usefixtures("_on_windows")
def test_the_last_good_site_stays_and_the_next_build_is_like_a_clean_one(folder: Folder, tmp_path: Path) -> None:
    """Even if the file's time and size tell of no change, the build after the one that noticed reads it anew."""
    file = folder.write(POST, TEXT)
    os.utime(file, (NOW.timestamp() - 9e6,) * 2)
    folder.build()
    good = tree(folder.site)
    change_unseen(folder)
    lose_texts(folder)
    folder.write("templates/post.html", "{{ post | html }} and more")
    with pytest.raises(ProblemsFound, match="changed during the build"):
        folder.build()
    assert tree(folder.site) == good
    folder.build()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
    assert "Two" in folder.page("2026/01/a/index.html")


@pytest.mark.usefixtures("_on_windows")
def test_the_next_build_at_the_same_desk_is_like_a_clean_one_too(folder: Folder, tmp_path: Path) -> None:
    """What a process keeps of the file is given up as well."""
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    os.utime(folder.write(POST, TEXT), (NOW.timestamp() - 9e6,) * 2)
    with closing(BuildSession(options)) as session:
        build(options, session=session)
        change_unseen(folder)
        lose_texts(folder)
        folder.write("templates/post.html", "{{ post | html }} and more")
        with pytest.raises(ProblemsFound, match="changed during the build"):
            build(options, session=session)
        build(options, session=session)
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
