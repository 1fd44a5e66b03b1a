"""Whole archives in the manner of eight generators: the first build passes, each story is found once, links lead on."""

from collections import Counter
from pathlib import Path

import pytest

from storysite.build.result import Build
from storysite.model.addresses import place_of
from storysite.problems import Severity
from tests.build.generators import GENERATORS, archive
from tests.build.test_archives import broken_links
from tests.folder import Folder, tree
from tests.photos.pictures import small

PICTURES = (".png", ".jpg")


def put(folder: Folder, generator: str, weeks: int) -> None:
    """Put an archive where a librarian would."""
    for name, text in archive(generator, weeks).items():
        folder.write(f"content/posts/{name}", text)
    for week in range(weeks if generator == "nikola" else 0):
        folder.write(f"static/images/{week}.png", small(week))
    if generator == "hugo in content":
        folder.write("storysite.yml", "languages: [en, es]\n")


def addresses(built: Build) -> dict[str, str]:
    return {post.source: post.url for post in built.site.by_source.values()}


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_first_build_of_an_archive_passes(folder: Folder, tmp_path: Path, generator: str) -> None:
    """No two pages share a place, every story is shown or named, every link leads on, one warning tells of each kind."""
    put(folder, generator, 25)
    built = folder.build()
    posts = {name for name in archive(generator, 25) if not name.endswith(PICTURES)}
    told = {post.source.removeprefix("content/posts/") for post in built.hidden}
    assert {source.removeprefix("content/posts/") for source in addresses(built)} == posts - told
    assert max(Counter(place_of(page.route) for page in built.plan.pages).values()) == 1
    assert not broken_links(folder.site)
    warned = Counter(problem.code for problem in built.problems if problem.severity is Severity.WARNING)
    assert all(count == 1 for count in warned.values()), warned
    assert set(warned) <= {"address-apart", "post-copy", "post-alias"}
    assert max(len(str(problem)) for problem in built.problems) < 1000
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


@pytest.mark.parametrize("generator", GENERATORS)
def test_more_weeks_move_no_story(folder: Folder, tmp_path: Path, generator: str) -> None:
    """Whatever there was keeps its address and its id, and the site is that of a clean build."""
    put(folder, generator, 9)
    before = folder.build()
    put(folder, generator, 12)
    after = folder.build()
    assert addresses(before).items() <= addresses(after).items()
    assert before.site.index.by_id.keys() < after.site.index.by_id.keys()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


@pytest.mark.parametrize("generator", ["hugo in folders", "hugo in content", "nikola", "eleventy"])
def test_translations_of_an_archive_are_one_story(folder: Folder, generator: str) -> None:
    """Each week is listed once, and each language has its pages."""
    put(folder, generator, 10)
    built = folder.build()
    assert len(built.site.index.originals) == 10
    assert all(len(built.site.index.versions(post)) > 1 for post in built.site.index.originals)
    assert all(post.language == "en" for post in built.site.index.originals)
    assert {"en", "es"} <= built.site.index.homes.keys()


def test_copies_and_their_pictures_are_there_once(folder: Folder) -> None:
    """Also where an archive has addresses of its own that are those of its copies."""
    put(folder, "wordpress", 12)
    built = folder.build()
    assert len(built.site.index.posts) == 12
    heroes = {route.split("-")[1] for route in folder.routes() if route.startswith("media/hero-")}
    assert len(heroes) == 12
