"""An edit is seen although size and time of the file were put back; what is only copied or touched is not made again."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from tests.folder import ICON, NOW, Folder, tree

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows does not keep when a file was last changed")

FILES = {
    "content/posts/2026-01-02-story.md": ("---\nid: story\n---\n\n![A picture](photo.png) one\n", "one", "two"),
    "content/posts/photo.png": (ICON + "one", "one", "two"),
    "content/pages/about.md": ("About one.\n", "one", "two"),
    "static/hours.txt": ("open one", "one", "two"),
    "data/team.yml": ("lead: one\n", "one", "two"),
    "templates/404.html": ("{{ data.team }} one", "one", "two"),
    "templates/assets/own.css": ("p { color: red }", "red", "tan"),
    "storysite.yml": ("title: One\n", "One", "Two"),
}


def in_place(file: Path, text: str) -> None:
    """Write over a file, then give it the time that it had, as `touch -r` does."""
    before = file.stat()
    file.write_text(text, "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def by_another(file: Path, text: str) -> None:
    """Put another file of the same time in its place, as `cp -p`, `rsync -t` and tools that restore files do."""
    fresh = file.with_name("fresh.tmp")
    fresh.write_text(text, "utf-8")
    shutil.copystat(file, fresh)
    fresh.replace(file)


def swapped(file: Path, text: str) -> None:
    """Move the file away and another there that has its time and was written long before it was looked at."""
    kept = file.with_name("kept.tmp")
    if not kept.exists():
        kept.write_text(text, "utf-8")
    shutil.copystat(file, kept)
    aside = file.rename(file.with_name("aside.tmp"))
    kept.rename(file)
    aside.rename(kept)


@pytest.fixture
def shelf(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a site whose files are all believed at once."""
    for module in ("inputs", "file_rows"):
        monkeypatch.setattr(f"storysite.build.{module}.RACY", 0)
    for name, (text, _, _) in FILES.items():
        folder.write(name, text)
    return folder


@pytest.mark.parametrize("how", [in_place, by_another, swapped])
@pytest.mark.parametrize("name", FILES)
def test_an_edit_is_seen_although_size_and_time_are_what_they_were(
    name: str, how: Callable[[Path, str], None], shelf: Folder, tmp_path: Path
) -> None:
    """By the next build, and by one that goes on in the same process."""
    text, old, new = FILES[name]
    options = BuildOptions(shelf.path, now=NOW, jobs=1, output=tmp_path / "kept", cache=tmp_path / "kept-cache")
    with closing(BuildSession(options)) as session:
        for told in (text.replace(old, new), text, text.replace(old, new)):
            before = shelf.build_if_needed().edition, tree(shelf.site)
            build(options, session=session)
            stat = (shelf.path / name).stat()
            how(shelf.path / name, told)
            after = (shelf.path / name).stat()
            assert (after.st_size, after.st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
            shelf.build_if_needed()
            build(options, session=session)
            assert tree(shelf.site) == shelf.clean(tmp_path / "clean") == tree(tmp_path / "kept") != before[1]


def test_a_page_that_was_changed_in_the_output_is_put_back_although_its_size_and_time_are_what_they_were(
    shelf: Folder,
) -> None:
    """What lies in the output is compared in the same way."""
    shelf.build_if_needed()
    page = shelf.site / "404.html"
    whole = page.read_text("utf-8")
    in_place(page, whole.replace("one", "odd"))
    shelf.build_if_needed()
    assert page.read_text("utf-8") == whole


def touched(folder: Folder, elsewhere: Path) -> Folder:
    """Give every file of the site, its output and its cache the time of now."""
    for file in folder.path.rglob("*"):
        os.utime(file)
    return folder


def moved_back(folder: Folder, elsewhere: Path) -> Folder:
    """Put a copy of the whole folder in its place, as a backup that is restored, with all times."""
    shutil.copytree(folder.path, elsewhere / "copy", symlinks=True)
    shutil.rmtree(folder.path)
    (elsewhere / "copy").rename(folder.path)
    return folder


def moved_elsewhere(folder: Folder, elsewhere: Path) -> Folder:
    """Move the whole folder to another place, as from one laptop to the next."""
    return Folder(folder.path.rename(elsewhere / "moved"))


def checked_out(folder: Folder, elsewhere: Path) -> Folder:
    """Copy the sources to another place, as git does, and bring back from a store what storysite made and remembers."""
    shutil.copytree(folder.path, elsewhere / "checkout", symlinks=True, copy_function=shutil.copyfile)
    return Folder(elsewhere / "checkout")


@pytest.mark.parametrize("how", [touched, moved_back, moved_elsewhere, checked_out])
def test_what_is_only_copied_or_touched_is_read_once_and_not_made_again(
    how: Callable[[Folder, Path], Folder], shelf: Folder, tmp_path: Path
) -> None:
    """No text is read anew and no page is made; the build after that does not even plan."""
    shelf.build_if_needed()
    before = tree(shelf.site)
    shelf = how(shelf, tmp_path)
    built = shelf.build()
    assert (built.read, built.work.render, built.work.delete, built.written) == (0, [], [], 0)
    shelf.build_if_needed()
    assert not shelf.build_if_needed().seconds
    assert tree(shelf.site) == before
