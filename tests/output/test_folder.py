"""What is put in place and taken away in the output folder, where files become folders and folders files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storysite.errors import StorysiteError
from storysite.output.folder import MANIFEST, Output
from tests.folder import Folder, tree


class Shelf:
    """An output folder, and files that are staged for it."""

    def __init__(self, path: Path) -> None:
        self.output = Output(path)
        self.output.prepare()

    def place(self, files: dict[str, str], delete: tuple[str, ...] = ()) -> tuple[int, int]:
        """Stage files with these texts and put them in place; return how many were written and deleted."""
        staged = []
        for number, (route, text) in enumerate(files.items()):
            file = self.output.staging / str(number)
            file.write_text(text, "utf-8")
            staged.append((str(file), route))
        return self.output.place(staged, delete)

    def files(self) -> dict[str, str]:
        """Return the texts of the files in the folder by route."""
        return {route: text.decode() for route, text in tree(self.output.folder).items()}

    def named(self) -> set[str]:
        """Return the routes in the manifest."""
        return Output(self.output.folder).owned


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Return an output folder with nothing in it."""
    return Shelf(tmp_path / "site")


def test_a_file_takes_the_place_of_a_folder(shelf: Shelf) -> None:
    """The pages in the folder are deleted, and with them the folder, before the file is put in its place."""
    shelf.place({"notes/index.html": "page", "notes/deep/er/index.html": "deeper", "other": "kept"})
    assert shelf.place({"notes": "file"}, ("notes/index.html", "notes/deep/er/index.html")) == (1, 2)
    assert shelf.files() == {"notes": "file", "other": "kept"}
    assert shelf.named() == {"notes", "other"}


def test_a_folder_takes_the_place_of_a_file(shelf: Shelf) -> None:
    """The file is deleted before the folder is made."""
    shelf.place({"notes": "file", "other": "kept"})
    assert shelf.output.foreign(["notes/deep/index.html"]) == []
    assert shelf.place({"notes/deep/index.html": "page"}, ("notes",)) == (1, 1)
    assert shelf.files() == {"notes/deep/index.html": "page", "other": "kept"}
    assert shelf.named() == {"notes/deep/index.html", "other"}


def test_a_file_of_the_same_bytes_is_not_written(shelf: Shelf) -> None:
    """Its time stays, so that nothing that mirrors the site copies it again."""
    shelf.place({"a": "one", "b": "two"})
    before = shelf.output.state("a")
    assert shelf.place({"a": "one", "b": "three"}) == (1, 0)
    assert shelf.output.state("a") == before
    assert shelf.files() == {"a": "one", "b": "three"}


def test_only_what_is_ours_is_deleted(shelf: Shelf) -> None:
    """A file that the manifest does not name stays, and so does the folder that it lies in."""
    shelf.place({"notes/index.html": "page"})
    (shelf.output.folder / "notes/mine.txt").write_text("mine", "utf-8")
    assert shelf.place({}, ("notes/index.html", "notes/mine.txt", "absent")) == (0, 1)
    assert shelf.files() == {"notes/mine.txt": "mine"}


def test_what_is_not_ours_is_in_the_way(shelf: Shelf) -> None:
    """A folder with somebody's file where a file belongs, and a file where a folder belongs, are told of."""
    shelf.place({"notes/index.html": "page"})
    (shelf.output.folder / "notes/mine.txt").write_text("mine", "utf-8")
    (shelf.output.folder / "theirs").write_text("theirs", "utf-8")
    routes = ["notes", "theirs", "theirs/index.html", "theirs/deep/index.html", "free/index.html"]
    assert [problem.path for problem in shelf.output.foreign(routes)] == [
        "site/notes", "site/theirs", "site/theirs/index.html", "site/theirs/deep/index.html",
    ]  # fmt: skip


def test_a_manifest_names_new_files_before_they_are_there(shelf: Shelf) -> None:
    """If a file cannot be put in place, as when the build is killed, the manifest claims it all the same."""
    with pytest.raises(FileNotFoundError):
        shelf.output.place([(str(shelf.output.staging / "absent"), "notes/index.html")], ())
    assert shelf.named() == {"notes/index.html"}
    assert MANIFEST not in shelf.files()


@pytest.fixture
def site(folder: Folder) -> Folder:
    """Return a site with settings."""
    folder.write("storysite.yml", "base_url: https://example.org\n")
    return folder


def page(folder: Folder) -> None:
    """Make `notes` a folder of the site: a page."""
    (folder.path / "static/notes").unlink(missing_ok=True)
    folder.write("content/pages/notes.md", "Notes.")


def static(folder: Folder) -> None:
    """Make `notes` a file of the site: one that is copied."""
    (folder.path / "content/pages/notes.md").unlink(missing_ok=True)
    folder.write("static/notes", "notes")


@pytest.mark.parametrize(
    ("first", "second"),
    [(static, page), (page, static)],
)
def test_a_site_may_turn_a_file_into_a_folder_and_back(
    first: Callable[[Folder], None], second: Callable[[Folder], None], site: Folder, tmp_path: Path
) -> None:
    """The output is that of a clean build, whichever was first."""
    first(site)
    site.build()
    second(site)
    site.build()
    assert tree(site.site) == site.clean(tmp_path / "clean")


def test_somebodys_file_keeps_its_folder(site: Folder) -> None:
    """Where a page's folder has a file of somebody else's in it, no file can take its place: the build says so."""
    page(site)
    site.build()
    (site.site / "notes/mine.txt").write_text("mine", "utf-8")
    before = tree(site.site)
    static(site)
    with pytest.raises(StorysiteError) as caught:
        site.build()
    assert [problem.code for problem in caught.value.problems] == ["output-foreign"]
    assert tree(site.site) == before
