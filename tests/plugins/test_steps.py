"""Steps of strangers: whatever they want, return, raise or make, the site stays as it is, and so does what is not theirs."""

from functools import partial
from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from storysite.output.folder import MANIFEST
from storysite.output.steps import clear_steps, due_steps, take_step
from storysite.plugins import Plugin, Step
from storysite.plugins.shape import faults_in
from storysite.problems import Problem
from tests.folder import Folder, tree

EDITION = b"one"


def write(_: Path, into: Path) -> list[Problem]:
    """Make one file."""
    (into / "sub").mkdir()
    (into / "sub/made.txt").write_text("made")
    return []


def make(code: str) -> Step:
    """Return a step of which a line of code makes the files."""
    return Step("a step", "strange", lambda pages, into: eval(code))


@pytest.fixture
def built(folder: Folder) -> Folder:
    """Return a site that is built."""
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\n")
    folder.post("2026-11-02-kites", id="kites")
    folder.build()
    return folder


@pytest.mark.parametrize(
    "place",
    ["", ".", "..", "a/b", "../_site", "/tmp", "a\\b", "C:", "con", "Nul", "evil.", " ", "a b", ".hidden", "a\0b", "é", "x" * 300],
)  # fmt: skip
def test_a_step_has_one_folder_with_a_name_that_every_system_can_write(place: str) -> None:
    """An empty one would be the whole site."""
    assert "cannot be a folder" in next(faults_in(Plugin(steps=(Step("a step", place, write),)), None))


@pytest.mark.parametrize(
    ("code", "said"),
    {
        "7": "TypeError",
        "True": "TypeError",
        "'text'": "something other than problems",
        "[7]": "something other than problems",
        "[Problem.of('plugin-failed', 7)]": "ValidationError",
        "exit(0)": "SystemExit: 0",
        "(into / 'a').symlink_to('/etc/passwd')": "a link or a device",
        "(into / 'a').symlink_to('/etc')": "a link or a device",
        r"(into / 'a\nb').write_text('') and 0": "a name that no file",
        "(into / '#a').write_text('') and 0": "a name that no file",
        "(into / '.storysite-manifest').write_text('') and 0": "a name that no file",
        "(into / '.storysite-staging').mkdir()": "a name that no file",
        r"(into / 'a\udcff').write_text('') and 0": "a name that no file",
    }.items(),
)
def test_what_a_step_does_wrong_is_said(code: str, said: str, built: Folder) -> None:
    """And nothing of it is used."""
    before = tree(built.site)
    (problem,) = take_step(make(code), built.site, EDITION)
    assert said in problem.what
    assert tree(built.site) == before
    assert not (built.site / "strange").exists()


def test_a_step_that_does_not_know_whether_it_is_wanted_is_said(built: Folder) -> None:
    step = Step("a step", "strange", write, is_wanted=lambda pages: 1 / 0 > 1)
    (due,) = due_steps(built.site, EDITION, [step])
    assert ["ZeroDivisionError" in problem.what for problem in take_step(due, built.site, EDITION)] == [True]


def test_what_is_not_of_a_step_stays(built: Folder, tmp_path: Path) -> None:
    """A file in its folder, one behind a link in it, and one behind a link that is its folder."""
    step, home = Step("a step", "strange", write), built.site / "strange"
    assert take_step(step, built.site, EDITION) == []
    theirs = Step("a step", "strange", partial(_write_more, "mine.txt"))
    (home / "mine.txt").write_text("mine")
    (problem,) = take_step(theirs, built.site, EDITION)
    assert "storysite did not write strange/mine.txt" in problem.what
    assert (home / "mine.txt").read_text() == "mine"
    assert not (home / "sub").exists()  # what was made before is of other pages
    (home / "mine.txt").unlink()
    assert take_step(step, built.site, EDITION) == []
    (home / "mine.txt").write_text("mine")
    elsewhere = (home / "sub").rename(tmp_path / "elsewhere")
    (home / "sub").symlink_to(elsewhere)
    (elsewhere / "made.txt").write_text("mine")
    assert len(take_step(step, built.site, EDITION)) == 1
    (home / ".storysite-step").touch()
    clear_steps(built.site, [])
    assert (elsewhere / "made.txt").read_text() == (home / "mine.txt").read_text() == "mine"


def test_a_link_in_place_of_its_folder_is_not_followed(built: Folder, tmp_path: Path) -> None:
    """Even where it leads to another site of ours."""
    other = tmp_path / "other"
    for name in (MANIFEST, ".storysite-step", "index.html"):
        other.mkdir(exist_ok=True)
        (other / name).write_text("index.html\n")
    (built.site / "strange").symlink_to(other)
    assert len(take_step(Step("a step", "strange", write), built.site, EDITION)) == 1
    clear_steps(built.site, [])
    assert sorted(file.name for file in other.iterdir()) == [MANIFEST, ".storysite-step", "index.html"]


@pytest.mark.parametrize("place", ["archive", "Archive", "2026", "feed", "notes"])
def test_a_folder_of_pages_or_files_is_none_for_a_step(
    place: str, built: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said before anything is written, so that no page depends on which was there first."""
    built.write("static/notes/a.txt", "a")
    built.write("static/feed/a.txt", "a")
    plugin = Plugin(steps=(Step("a step", place, write),))
    monkeypatch.setattr("storysite.build.load.load_plugins", lambda names: {"strange": plugin})
    before = tree(built.site)
    with pytest.raises(ProblemsFound, match=f"a plugin makes a step in /{place}/, where the site has pages or files"):
        built.build()
    assert tree(built.site) == before


def _write_more(name: str, pages: Path, into: Path) -> list[Problem]:
    (into / name).write_text("theirs")
    return write(pages, into)
