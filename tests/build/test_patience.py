"""Builds that make pages at once and leave pictures for later: nothing is different in the end, and nothing lost before."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.result import Build
from storysite.build.session import BuildSession
from storysite.build.up_to_date import RESULT
from tests.folder import NOW, Folder, tree
from tests.photos.pictures import base, made, small

COUNT = 4
"""Stories, each with a photo of its own."""


@pytest.fixture
def folder(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a site of stories with photos, which were all saved a while ago."""
    monkeypatch.setattr("storysite.build.inputs.RACY", 0)
    for number in range(COUNT):
        folder.write(f"content/posts/robot-{number}.jpg", photo(number))
        folder.post(f"2026-11-1{number}-robots-{number}", f"![A robot](robot-{number}.jpg)", title=f"Robots {number}")
    return folder


def photo(number: int) -> bytes:
    """Return one of several photos."""
    return made("jpeg", 1, base().resize((900 + number, 600)))


@pytest.fixture
def desk(folder: Folder) -> Iterator[BuildSession]:
    """Return what is kept between the builds of one process."""
    with closing(BuildSession(options_of(folder))) as session:
        yield session


def options_of(folder: Folder, patience: float | None = 0.0) -> BuildOptions:
    return BuildOptions(folder.path, now=NOW, jobs=1, patience=patience)


def portion(folder: Folder, desk: BuildSession, count: int) -> Build:
    """Make so many of the pictures that are left."""
    away = iter([False] * count)
    return build(options_of(folder, 60.0), session=desk, called_away=lambda: next(away, True))


def pictures(files: dict[str, bytes]) -> set[str]:
    """Return the copies of pictures, and the cards that networks show."""
    return {route for route in files if route.startswith(("media/", "share/"))}


def remembered(folder: Folder, output: Path, cache: Path) -> tuple[object, ...]:
    """Return all that the cache says of an output, but for times."""
    with closing(BuildSession(replace(options_of(folder), output=output, cache=cache))) as session:
        name = session.output.name
        rows = {route: (row.key, row.digest) for route, row in session.cache.pages(name).all().items()}
        return rows, session.cache.slices(name).all(), RESULT in session.cache.builds(name).all()


def test_pages_are_there_at_once_with_their_last_word(folder: Folder, tmp_path: Path) -> None:
    """What is not made yet is all that lacks: every page says already where its pictures will be."""
    clean = folder.clean(tmp_path / "clean")
    built = folder.build(patience=0.0)
    there = tree(folder.site)
    assert built.left >= COUNT
    assert pictures(there) == set()
    assert there == {route: data for route, data in clean.items() if route in there}
    assert all(route in there for route in clean if route.endswith((".html", ".xml", ".css", ".json")))
    assert built.result.pages == len(clean)
    assert [url for url, _ in built.result.made if url in clean and url not in there] == []


def test_after_all_portions_nothing_is_different(folder: Folder, desk: BuildSession, tmp_path: Path) -> None:
    """Neither the output nor what is remembered of it; each portion makes as much as it is let."""
    clean = folder.clean(tmp_path / "clean")
    first = build(options_of(folder), session=desk)
    left = first.left
    while left:
        built = portion(folder, desk, 1)
        assert built.left == left - 1
        assert built.plan is first.plan, "nothing is planned again"
        assert built.work.delete == []
        assert all(not job.page.route.endswith(".html") for job in built.work.render)
        left = built.left
    assert tree(folder.site) == clean
    assert remembered(folder, folder.site, folder.path / ".storysite") == remembered(
        folder, tmp_path / "clean/site", tmp_path / "clean/cache"
    )
    assert build(options_of(folder), session=desk).work.render == []


def test_what_was_left_is_made_by_the_next_command(folder: Folder, tmp_path: Path) -> None:
    """Nobody takes such a build for a whole one, though nothing was saved since."""
    assert folder.build(patience=0.0).left
    assert folder.build_if_needed().written > 0
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
    assert folder.build_if_needed().written == 0


def test_what_is_kept_needs_no_patience(folder: Folder, tmp_path: Path) -> None:
    """As when a story moves, or the output was deleted."""
    folder.build()
    shutil.rmtree(folder.site)
    (folder.path / "content/posts/robot-1.jpg").rename(folder.path / "content/posts/our-robot.jpg")
    folder.post("2026-11-11-robots-1", "![A robot](our-robot.jpg)", title="Robots 1")
    assert folder.build(patience=0.0).left == 0
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_an_edit_in_between_is_a_build_like_any_other(folder: Folder, desk: BuildSession, tmp_path: Path) -> None:
    """Its page is there at once; what was left before is still to be made, but for what is not wanted any more."""
    build(options_of(folder), session=desk)
    left = portion(folder, desk, 1).left
    folder.post("2026-11-13-robots-3", "New words.\n\n![A robot](robot-3.jpg)", title="Robots 3")
    built = build(options_of(folder), session=desk)
    assert "New words." in folder.page("2026/11/robots-3/index.html")
    assert built.left == left
    (folder.path / "content/posts/2026-11-12-robots-2.md").unlink()
    (folder.path / "content/posts/robot-2.jpg").unlink()
    assert build(options_of(folder), session=desk).left < left
    assert portion(folder, desk, 100).left == 0
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_pictures_that_are_still_shown_stay_while_others_are_made(folder: Folder, tmp_path: Path) -> None:
    """And what a photo was before it was replaced is gone with the page that showed it."""
    folder.build()
    before = tree(folder.site)
    folder.write("content/posts/robot-0.jpg", made("jpeg", 1, base().resize((900, 600)).rotate(180)))
    built = folder.build(patience=0.0)
    after = tree(folder.site)
    assert built.left == 1
    gone = before.keys() - after.keys()
    assert gone
    assert all("robot-0" in route for route in gone)
    assert all(after[route] == data for route, data in before.items() if route in pictures(after))
    folder.build()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_a_picture_with_another_content_at_its_address_stays_until_the_new_one_is_there(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As after storysite, or what it makes pictures with, became another."""
    folder.build()
    before = tree(folder.site)
    with monkeypatch.context() as patch:
        patch.setattr("storysite.photos.edition.edition", lambda: b"another")
        built = folder.build(patience=0.0)
        assert built.left >= COUNT
        assert tree(folder.site) == before
        assert folder.build(patience=60.0).left == 0
    folder.build()
    assert tree(folder.site) == folder.clean(tmp_path / "clean") == before


@pytest.mark.process
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_several_processes_begin_no_more_pictures_than_they_can_hold(folder: Folder, start: str) -> None:
    """Whoever is called away waits for one picture of each."""
    for number in range(COUNT, 12):
        folder.write(f"content/posts/robot-{number}.jpg", photo(number))
    text = "\n\n".join(f"![A robot](robot-{number}.jpg)" for number in range(12))
    folder.post("2026-11-10-robots-0", text, title="Robots 0")
    asked = 0

    def called_away() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    before = folder.build(patience=0.0).left
    options = replace(options_of(folder, 60.0), jobs=2, start=start)
    assert build(options, called_away=called_away).left == before - 3


def test_small_pictures_of_many_kinds(folder: Folder, tmp_path: Path) -> None:
    """However little patience there is, each build comes nearer to the whole."""
    for number, kind in enumerate(["png", "webp", "gif"]):
        folder.write(f"content/posts/small-{number}.{kind}", small(number, kind))
        folder.post(f"2026-10-0{number + 1}-small", f"![A shelf](small-{number}.{kind})", title=f"Small {number}")
    left = folder.build(patience=0.0).left
    with closing(BuildSession(options_of(folder))) as desk:
        while left:
            before, left = left, portion(folder, desk, 2).left
            assert left <= before - 2 or left == 0
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
