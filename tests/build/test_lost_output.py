"""An output that is deleted, in whole or in part, comes back whole and with its manifest, whenever that happens."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from pkgutil import resolve_name

import pytest

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from storysite.errors import UsageError
from storysite.output.folder import MANIFEST, STAGING, Output
from tests.folder import NOW, Folder, tree


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site of a few stories, not yet built."""
    folder.write("storysite.yml", "base_url: https://example.org\n")
    for number in range(1, 5):
        folder.post(f"2026-0{number}-02-story-{number}", f"Text {number}.", id=f"s-{number}")
    folder.write("static/hours.txt", "9 to 3")
    return folder


def whole(site: Path) -> None:
    shutil.rmtree(site)


def one_folder(site: Path) -> None:
    shutil.rmtree(site / "2026", ignore_errors=True)


def manifest(site: Path) -> None:
    (site / MANIFEST).unlink(missing_ok=True)


def staging(site: Path) -> None:
    shutil.rmtree(site / STAGING, ignore_errors=True)


def replaced(site: Path) -> None:
    """Delete the output, and make an empty folder in its place."""
    shutil.rmtree(site)
    site.mkdir()


LOSSES: list[Callable[[Path], None]] = [whole, one_folder, manifest, staging, replaced]


def is_whole(folder: Folder, clean: dict[str, bytes]) -> bool:
    """Return whether all pages are there, and in the manifest."""
    return tree(folder.site) == clean and Output(folder.site).owned == clean.keys()


@pytest.mark.parametrize("kept", [False, True], ids=["builds", "a session"])
@pytest.mark.parametrize("lose", LOSSES)
def test_what_is_lost_between_two_builds_comes_back(
    lose: Callable[[Path], None], shelf: Folder, tmp_path: Path, *, kept: bool
) -> None:
    """Also its manifest alone: by what it remembers of them, storysite knows its own files."""
    options = BuildOptions(shelf.path, now=NOW, jobs=1)
    clean = shelf.clean(tmp_path / "clean")
    with closing(BuildSession(options)) as session:
        build(options, session=session)
        for _ in range(2):
            lose(shelf.site)
            assert session.forget_if_output_changed() or lose is staging
            if kept:
                build(options, session=session)
            else:
                shelf.build_if_needed()
            assert is_whole(shelf, clean)
        shelf.post("2026-05-02-story-5", id="s-5")
        build(options, session=session)
        assert is_whole(shelf, shelf.clean(tmp_path / "cleaner"))


MOMENTS = {
    "before the first page": ("storysite.render.page.render_batch", "before"),
    "after the last page": ("storysite.render.page.render_batch", "after"),
    "after files were copied": ("storysite.build.render.copy_batch", "after"),
    "before files are copied": ("storysite.build.render.copy_batch", "before"),
    "before pages are put in place": ("storysite.output.folder.Output.place", "before"),
    "after pages are put in place": ("storysite.output.folder.Output.place", "after"),
    "before it is remembered": ("storysite.build.save_result", "before"),
    "at the end": ("storysite.build.save_result", "after"),
}


@pytest.mark.parametrize("first", [False, True], ids=["a later build", "the first build"])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("lose", LOSSES)
def test_what_is_lost_while_a_site_is_built_is_there_at_the_end(
    lose: Callable[[Path], None],
    moment: str,
    shelf: Folder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    first: bool,
) -> None:
    """The same build goes on until all is there."""
    if not first:
        shelf.build()
        shelf.write("static/hours.txt", "9 to 4")
        shelf.post("2026-05-02-story-5", id="s-5")
    clean = shelf.clean(tmp_path / "clean")
    name, when = MOMENTS[moment]
    lost: list[str] = []
    real: Callable[..., object] = resolve_name(name.replace(".Output.", ":Output."))

    def losing(*given: object) -> object:
        if when == "before" and not lost:
            lost.append(moment)
            lose(shelf.site)
        made = real(*given)
        if when == "after" and not lost:
            lost.append(moment)
            lose(shelf.site)
        return made

    monkeypatch.setattr(name, losing)
    shelf.build()
    assert lost
    assert is_whole(shelf, clean)
    assert not (shelf.site / STAGING).exists()


def test_a_folder_of_somebody_elses_is_not_taken_for_ours(shelf: Folder) -> None:
    """Without a manifest, and with none of the files that were written, nothing in it is touched."""
    shelf.build()
    shutil.rmtree(shelf.site)
    shelf.write("_site/index.html", "mine")
    with pytest.raises(UsageError, match="files that storysite did not write"):
        shelf.build()
    assert tree(shelf.site) == {"index.html": b"mine"}


def test_what_somebody_puts_beside_files_of_ours_stays_when_the_manifest_is_gone(shelf: Folder, tmp_path: Path) -> None:
    """Only what is remembered as it lies there is ours again."""
    shelf.build()
    shelf.write("_site/CNAME", "library.example.org")
    (shelf.site / MANIFEST).unlink()
    shelf.post("2026-05-02-story-5", id="s-5")
    shelf.build()
    assert tree(shelf.site) == {**shelf.clean(tmp_path / "clean"), "CNAME": b"library.example.org"}
    assert "CNAME" not in Output(shelf.site).owned
