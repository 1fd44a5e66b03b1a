"""Whole small sites, compared byte for byte with what a person looked at and found right.

A folder in `tests/sites` is a case: `input` is the site, `expected` all pages and feeds made of it, and `routes.txt`
in it the list of all files. The sites use the tiny theme in `tests/sites/theme`, so that the pages stay small and no
change of the real theme touches them. `STORYSITE_GOLDEN=write` writes the expectations anew; look at each difference
before you keep it.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from storysite.build.result import Build
from storysite.photos.publish import only_picture, published_as
from storysite.plan.page import Copied
from tests.folder import Folder, tree

SITES = Path(__file__).parents[1] / "sites"
THEME = SITES / "theme"
CASES = sorted(path.parent.name for path in SITES.glob("*/input"))
ROUTES = "routes.txt"
"""Where the list of all files of a site is kept among its expected files."""


def made(case: str, path: Path) -> tuple[Folder, Build]:
    """Build a case in the folder `path`; the tiny theme stands in for the default one."""
    shutil.copytree(SITES / case / "input", path)
    shutil.copytree(THEME, path / "themes" / "plain")
    shutil.copytree(THEME, path / "themes" / "default")
    folder = Folder(path)
    return folder, folder.build()


def rendered(folder: Folder, built: Build) -> dict[str, bytes]:
    """Return the files of a site that are worth a look, and the list of all: no copies, and feeds of groups once."""
    left_out = {
        page.route
        for page in built.plan.pages
        if isinstance(page.source, Copied) or _is_one_of_many_feeds(page.route, folder)
    }
    files = {route: text for route, text in tree(folder.site).items() if route not in left_out}
    return {**files, ROUTES: "".join(f"{route}\n" for route in sorted(folder.routes())).encode()}


def _is_one_of_many_feeds(route: str, folder: Folder) -> bool:
    return route.endswith("/feed.xml") and "Groups" not in folder.page("index.html")


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files in the place of all that is in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)


@pytest.mark.parametrize("case", CASES)
def test_a_site_is_made_as_expected(case: str, tmp_path: Path) -> None:
    """Every page, feed and redirect of the case is as it was found right, and there is no file more or less."""
    actual = rendered(*made(case, tmp_path / "site"))
    if os.environ.get("STORYSITE_GOLDEN") == "write":
        write(SITES / case / "expected", actual)
    expected = tree(SITES / case / "expected")
    assert sorted(expected) == sorted(actual)
    for route, text in expected.items():
        assert text.decode() == actual[route].decode(), route


def test_what_is_copied_is_the_same_file(tmp_path: Path) -> None:
    """Files in static/, the style sheet of the theme and the script of the search reach the site as they are; of pictures, nothing else does."""
    folder, built = made("links-and-pictures", tmp_path / "site")
    copied = {page.route: page.source.file for page in built.plan.pages if isinstance(page.source, Copied)}
    assert len(copied) == 8
    for route, file in copied.items():
        data = Path(file).read_bytes()
        way = published_as(file, data)
        assert (folder.site / route).read_bytes() == (only_picture(data, way) if way else data)
