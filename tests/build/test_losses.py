"""A build never takes most of the stories off the site because their files are gone for a moment."""

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias, cast

import pytest
from msgspec.structs import replace

from storysite.build import build
from storysite.build.file_events import watching
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from storysite.build.watch_loop import Rebuild, rebuilds
from storysite.errors import ProblemsFound
from tests.folder import NOW, Folder, tree

COUNT = 24
Builds: TypeAlias = Generator[Rebuild]


@pytest.fixture
def archive(folder: Folder) -> Folder:
    """Return a site of two dozen stories, which is built."""
    folder.write("storysite.yml", "title: Ours\n")
    for number in range(COUNT):
        folder.post(f"2026-{number % 10 + 1:02}-02-story-{number}", title=f"Story {number}")
    folder.build()
    return folder


def posts(folder: Folder) -> list[Path]:
    return sorted((folder.path / "content/posts").glob("*.md"))


def vanish(folder: Folder) -> None:
    shutil.rmtree(folder.path / "content")


def become_a_file(folder: Folder) -> None:
    vanish(folder)
    folder.write("content", "https://drive.example.org/content")


def lose_posts(folder: Folder) -> None:
    shutil.rmtree(folder.path / "content/posts")


def be_emptied(folder: Folder) -> None:
    for file in posts(folder):
        file.unlink()


def lose_most(folder: Folder) -> None:
    for file in posts(folder)[: COUNT // 2 + 1]:
        file.unlink()


def get_others(folder: Folder) -> None:
    """Git shows another branch."""
    be_emptied(folder)
    for number in range(COUNT):
        folder.post(f"2025-03-02-minutes-{number}", title=f"Minutes {number}")


def lead_outside(folder: Folder) -> None:
    (folder.path / "content").rename(folder.path.parent / "elsewhere")
    (folder.path / "content").symlink_to(folder.path.parent / "elsewhere")


LOSSES = [vanish, become_a_file, lose_posts, be_emptied, lose_most, get_others, lead_outside]


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("clean", [False, True])
def test_a_build_stops_where_most_stories_are_gone(
    archive: Folder, lose: Callable[[Folder], None], *, clean: bool
) -> None:
    """Whatever became of their files, and also where nothing is remembered but the output."""
    good = tree(archive.site)
    lose(archive)
    if clean:
        shutil.rmtree(archive.path / ".storysite")
    for again in (archive.build, archive.build_if_needed):
        with pytest.raises(ProblemsFound) as stopped:
            again(clean=clean)
        assert "stories-missing" in {problem.code for problem in stopped.value.problems}
        assert tree(archive.site) == good


@pytest.mark.parametrize("lose", [each for each in LOSSES if each is not become_a_file])
def test_who_says_so_may_delete_most_stories(archive: Folder, lose: Callable[[Folder], None], tmp_path: Path) -> None:
    """Then the output is that of a clean build, and the next build needs no word."""
    lose(archive)
    archive.build(allow_deletions=True)
    assert tree(archive.site) == archive.clean(tmp_path / "clean")
    archive.build()


def lose_half(folder: Folder) -> None:
    for file in posts(folder)[: COUNT // 2]:
        file.unlink()


def move(folder: Folder) -> None:
    (folder.path / "content/posts/old").mkdir()
    for file in posts(folder):
        file.rename(file.parent / "old" / file.name)


def get_other_addresses(folder: Folder) -> None:
    folder.write("storysite.yml", "title: Ours\npost_url: /{slug}/\n")


def get_other_words(folder: Folder) -> None:
    for file in posts(folder):
        file.write_text(file.read_text("utf-8").replace("Story", "Tale"), "utf-8")


def become_drafts(folder: Folder) -> None:
    for file in posts(folder):
        file.write_text(file.read_text("utf-8").replace("title:", "draft: true\ntitle:"), "utf-8")


def expire(folder: Folder) -> None:
    for file in posts(folder):
        file.write_text(file.read_text("utf-8").replace("title:", "expires: 2026-11-20\ntitle:"), "utf-8")


@pytest.mark.parametrize("change", [lose_half, move, get_other_addresses, get_other_words, become_drafts, expire])
def test_what_people_do_on_purpose_stops_no_build(archive: Folder, change: Callable[[Folder], None]) -> None:
    """A story that moves is the same story, and one that says of itself that it is not shown is not lost."""
    change(archive)
    archive.build()


def test_a_small_site_may_lose_all_its_stories_but_not_its_folder(folder: Folder) -> None:
    """Ten stories go without asking; a folder that is gone is no deletion."""
    for number in range(10):
        folder.post(f"2026-01-02-story-{number}")
    folder.build()
    lose_posts(folder)
    with pytest.raises(ProblemsFound, match="folder content/posts is gone"):
        folder.build()
    (folder.path / "content/posts").mkdir()
    folder.build()


def test_the_first_build_of_a_site_without_stories_stops_for_nothing(tmp_path: Path) -> None:
    """Settings alone are a site."""
    (tmp_path / "storysite.yml").touch()
    build(BuildOptions(tmp_path, now=NOW, jobs=1))


def test_a_clock_that_went_back_deletes_nothing(archive: Folder) -> None:
    """Stories that were shown and are of the future now were not withdrawn; a preview of the future is no such case."""
    with pytest.raises(ProblemsFound, match=r"dated after today, 2015-11-2"):
        archive.build(now=NOW - timedelta(days=11 * 365))
    archive.build(output=archive.path / "other", now=NOW - timedelta(days=11 * 365), future=True)
    archive.build(output=archive.path / "other", now=NOW - timedelta(days=11 * 365))


def test_nothing_that_was_read_is_forgotten_while_stories_are_gone(archive: Folder) -> None:
    """When the folder is back nothing has to be read again."""
    aside = archive.path / "aside"
    (archive.path / "content").rename(aside)
    with pytest.raises(ProblemsFound):
        archive.build()
    aside.rename(archive.path / "content")
    assert archive.build().read == 0


def test_watching_waits_until_a_folder_is_back(archive: Folder) -> None:
    """The last good site stays, it is told why, and when the folder is back the next save is built as ever."""
    good = tree(archive.site)
    aside = archive.path / "aside"
    options = BuildOptions(archive.path, now=NOW, jobs=1)
    with watching(archive.path) as watcher, closing(cast("Builds", rebuilds(options, watcher, poll=True))) as builds:
        assert next(builds).built
        (archive.path / "content").rename(aside)
        stopped = next(builds)
        assert stopped.built is None
        assert [problem.code for problem in stopped.problems] == ["stories-missing"]
        assert tree(archive.site) == good
        aside.rename(archive.path / "content")
        assert _next_good(builds).built
        assert tree(archive.site) == good
        posts(archive)[0].write_text("---\ntitle: New\n---\n\nText.\n", "utf-8")
        assert _next_good(builds).built
        assert tree(archive.site) != good


def _next_good(builds: Iterator[Rebuild]) -> Rebuild:
    return next(rebuild for rebuild in builds if rebuild.built)


def test_one_desk_that_lost_its_stories_goes_on_with_the_next_good_build(archive: Folder, tmp_path: Path) -> None:
    """What a session knows stays true over a build that was stopped."""
    options = BuildOptions(archive.path, now=NOW, jobs=1)
    with closing(BuildSession(options)) as session:
        build(options, session=session)
        shutil.copytree(archive.path / "content", tmp_path / "copy")
        lose_most(archive)
        with suppress(ProblemsFound):
            build(options, session=session)
        shutil.copytree(tmp_path / "copy", archive.path / "content", dirs_exist_ok=True)
        archive.post("2026-11-01-new", title="New")
        build(options, session=session)
        assert tree(archive.site) == archive.clean(tmp_path / "clean")
        build(replace(options, allow_deletions=True), session=session)
