"""Wherever the code of a plugin lies, and whenever it changes, a page is what a clean build makes of the code that is there."""

import os
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from storysite.errors import ProblemsFound
from tests.folder import NOW, Folder, tree
from tests.strangers import forget_plugins, install_stranger

CODE = "from storysite.plugins import Plugin\nplugin = Plugin(filters={'say': lambda value: 'first'})\n"
PLACES = {
    "a module": ("evil.py", "evil:plugin"),
    "a package": ("evil/__init__.py", "evil:plugin"),
    "a namespace": ("evil/inner.py", "evil.inner:plugin"),
    "a package in a namespace": ("evil/inner/__init__.py", "evil.inner:plugin"),
    "an archive": ("evil.zip", "evil:plugin"),
}


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder from which this process imports."""
    packages = tmp_path / "packages"
    packages.mkdir()
    for place in (packages / "evil.zip", packages):
        monkeypatch.syspath_prepend(str(place))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two edits within a second are one to Python
    yield packages
    forget_plugins()


def put(packages: Path, place: str, code: str) -> None:
    """Install a plugin of this code at one of PLACES."""
    path, point = PLACES[place]
    made: str | bytes = code
    if path.endswith(".zip"):
        with zipfile.ZipFile(archive := BytesIO(), "w") as opened:
            opened.writestr("evil/__init__.py", code)
        made = archive.getvalue()
    install_stranger(packages, {path: made}, f"evil = {point}")


def settle(*folders: Path, hours: int) -> None:
    """Let all files be some hours old, so that it is believed that they stay as they are."""
    for file in (file for folder in folders for file in folder.rglob("*")):
        if "_site" not in file.parts:
            os.utime(file, (time.time() - hours * 3600,) * 2)


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site of which each page shows what the plugin says."""
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\nplugins: evil\n")
    folder.write("templates/post.html", "{{ post.title | say }}")
    folder.post("2026-11-02-kites", id="kites")
    return folder


@pytest.mark.parametrize("place", PLACES)
def test_an_edit_of_a_plugin_is_seen_by_the_next_process(
    place: str, shelf: Folder, packages: Path, tmp_path: Path
) -> None:
    """In whatever form Python can import it."""
    put(packages, place, CODE)
    settle(shelf.path, packages, hours=2)
    shelf.build_if_needed()
    assert shelf.page("2026/11/kites/index.html") == "first"
    put(packages, place, CODE.replace("first", "other"))
    settle(packages, hours=1)
    forget_plugins()
    shelf.build_if_needed()
    assert shelf.page("2026/11/kites/index.html") == "other"
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")


def test_what_a_process_builds_after_an_upgrade_is_not_believed_by_the_next(shelf: Folder, packages: Path) -> None:
    """It goes on with the code it had loaded, as `storysite watch` does."""
    put(packages, "a package", CODE)
    with closing(BuildSession(options := BuildOptions(shelf.path, now=NOW, jobs=1))) as session:
        build(options, session=session)
        put(packages, "a package", CODE.replace("first", "other"))
        shelf.post("2026-11-03-boats", id="boats")
        settle(shelf.path, packages, hours=1)
        build(options, session=session)
    assert shelf.page("2026/11/boats/index.html") == "first"
    forget_plugins()
    shelf.build_if_needed()
    assert [shelf.page(f"2026/11/{name}/index.html") for name in ("boats", "kites")] == ["other", "other"]


@pytest.mark.process
def test_a_process_that_is_started_after_an_upgrade_does_nothing(shelf: Folder, packages: Path) -> None:
    """It would make pages with other code than their keys say."""
    put(packages, "a package", CODE)
    shelf.build()
    before = tree(shelf.site)
    put(packages, "a package", CODE.replace("first", "other"))
    for number in range(200):
        shelf.post(f"2026-10-03-boat-{number}", id=f"boat-{number}")
    with pytest.raises(ProblemsFound, match="a plugin was changed while storysite was running"):
        build(replace(BuildOptions(shelf.path, now=NOW), jobs=2, start="spawn"))
    assert tree(shelf.site) == before


def test_a_plugin_that_cannot_be_loaded_any_more_is_said(shelf: Folder, packages: Path) -> None:
    """Also where no file of the site or of the plugin changed: another package that it needs is gone."""
    install_stranger(packages, {"evil/__init__.py": "import evil_needs\n" + CODE, "evil_needs.py": ""})
    settle(shelf.path, packages, hours=1)
    shelf.build_if_needed()
    (packages / "evil_needs.py").unlink()
    sys.modules.pop("evil_needs")
    forget_plugins()
    with pytest.raises(ProblemsFound, match='the plugin "evil" cannot be loaded: ModuleNotFoundError'):
        shelf.build_if_needed()
