"""The commands as people type them: status, theme, and what the command line itself says."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from storysite import __version__
from storysite.cli import COMMANDS
from storysite.starter.contents import STARTER
from tests.command_line import ROOT, SETTINGS, said, small_site, storysite
from tests.folder import Folder, tree


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with settings and one story, for the command line."""
    return small_site(tmp_path)


def test_status_names_everything_that_is_not_shown_and_why(shelf: Folder) -> None:
    """Each draft, scheduled, expired, skipped and broken file is named, with its day where there is one."""
    shelf.post("2026-11-01-draft", id="draft", title="Not yet", draft="true")
    shelf.post("2099-01-02-later", id="later", title="Later")
    shelf.post("2099-01-01-soon", id="soon", title="Soon")
    shelf.post("2026-10-01-gone", id="gone", title="Gone", expires="2026-10-31")
    shelf.post("2026-10-02-broken", id="broken", date="2026-13-04")
    shelf.write("content/posts/minutes.docx", b"PK")
    shelf.write("content/posts/README.md", "About this folder.")
    result = storysite(shelf.path, "status")
    shown, _, rest = result.stdout.partition("Goodwill in the last")
    assert rest.endswith("\nTo see what the site weighs, run storysite build first.\n\n")
    assert (
        shown
        == """1 post published, the newest on 2026-11-20: Robots

Drafts (1)
  content/posts/2026-11-01-draft.md “Not yet” is a draft

Scheduled (2)
  content/posts/2099-01-01-soon.md “Soon” is scheduled: it appears on 2099-01-01 at 06:00
  content/posts/2099-01-02-later.md “Later” is scheduled: it appears on 2099-01-02 at 06:00

Expired (1)
  content/posts/2026-10-01-gone.md “Gone” expired: it was shown until 2026-10-31

Broken (1)
  content/posts/2026-10-02-broken.md has a problem that must be fixed first

Skipped (2)
  content/posts/README.md is a note for people who look at the folder
  content/posts/minutes.docx is not Markdown: save it as a .md file, or link to it from a post

"""
    )
    assert result.stderr.startswith('content/posts/2026-10-02-broken.md:3: date "2026-13-04" is not a real date')
    assert result.returncode == 1
    assert not shelf.site.exists()


def test_status_of_a_healthy_shelf_is_short(shelf: Folder) -> None:
    """With nothing to tell it tells only that; warnings are counted, and shown when asked for."""
    result = storysite(shelf.path, "status")
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout.startswith(
        "1 post published, the newest on 2026-11-20: Robots\n\nGoodwill in the last 90 days\n"
    )
    assert result.stdout.endswith("\n\nTo see what the site weighs, run storysite build first.\n")
    assert len(result.stdout.splitlines()) < 30
    shelf.post("2026-11-20-robots", id="robots", title="Robots", kind="victroy")
    result = storysite(shelf.path, "status")
    assert result.stdout.endswith("\n1 warning. To see them, run storysite status --verbose.\n")
    assert "[post-kind]" in storysite(shelf.path, "status", "--verbose").stderr


def test_status_names_what_is_not_for_everybody(shelf: Folder) -> None:
    """With the line or the name that says so, and the address of what only some people find."""
    shelf.post("2026-11-01-list", id="list", title="Class list", password="swordfish")
    shelf.post("2026-11-02-board", id="board", title="For the board", unlisted="true")
    shelf.post("_2026-11-03-idea", id="idea", title="Idea")
    result = storysite(shelf.path, "status")
    assert (
        result.stdout.partition("Goodwill in the last")[0]
        == """1 post published, the newest on 2026-11-20: Robots

Not for the public (2)
  content/posts/2026-11-01-list.md “Class list” has a password, so it is not for the public
  content/posts/_2026-11-03-idea.md has a name that begins with an underscore (_), so it is not for the public; to show it, rename it to 2026-11-03-idea.md

Unlisted (1): only people who have the address find these
  content/posts/2026-11-02-board.md “For the board” is at /2026/11/board/

"""
    )
    assert "1 post (1 more unlisted) on " in storysite(shelf.path, "build").stdout


def test_a_copied_file_of_the_theme_changes_the_pages_until_it_is_deleted(shelf: Folder) -> None:
    """One file of the theme becomes the site's own; a second copy never goes over it; without it all is as before."""
    shelf.build()
    before = tree(shelf.site)
    result = storysite(shelf.path, "theme", "eject", "post.html")
    assert result.stdout.startswith("templates/post.html is yours to change")
    shelf.build()
    assert tree(shelf.site) == before
    mine = shelf.write("templates/post.html", "<title>{{ post.title }}</title>Mine alone")
    result = storysite(shelf.path, "theme", "eject", "post.html")
    assert (result.returncode, said(result, shelf.path)) == (
        2, "templates/post.html: you already have this file; it was left unchanged  [theme-file-exists]\n",
    )  # fmt: skip
    shelf.build()
    assert shelf.page("2026/11/robots/index.html") == "<title>Robots</title>Mine alone"
    assert "post.html  (changed by you)" in storysite(shelf.path, "theme", "list").stdout
    mine.unlink()
    shelf.build()
    assert tree(shelf.site) == before


def test_a_theme_of_ones_own_is_a_copy_that_works(shelf: Folder) -> None:
    """A started theme is listed, and a site that uses it looks the same until a file of it is changed."""
    shelf.build()
    before = tree(shelf.site)
    assert storysite(shelf.path, "theme", "new", "ours").stdout.startswith("themes/ours is ready.")
    shelf.write("storysite.yml", SETTINGS + "theme: ours\n")
    shelf.build()
    assert tree(shelf.site) == before
    listed = storysite(shelf.path, "theme", "list").stdout
    assert listed.startswith("default\ngazette\nours  (in use)\n\nFiles in ours. ")
    assert "  base.html\n" in listed
    assert "  feed.xml\n" in listed
    copied = tree(shelf.path / "themes/ours")
    for name in ("ours", "default", "../theirs", "a/b", ""):
        assert storysite(shelf.path, "theme", "new", name).returncode == 2, name
    assert tree(shelf.path / "themes/ours") == copied


def test_every_command_can_be_called() -> None:
    """Each file of commands/ is one that the command line knows, but what they share and what finds those of plugins."""
    files = {file.stem for file in (ROOT / "storysite/commands").glob("*.py")}
    assert files - {"__init__", "console", "interrupt", "plugins", "questions", "terminal"} == set(COMMANDS)


def test_a_mistyped_command_is_guessed(tmp_path: Path) -> None:
    """A command that is nearly right gets a "did you mean", any other the usual help; both end with exit code 2."""
    result = storysite(tmp_path, "biuld")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.endswith("Error: There is no command 'biuld'. Did you mean 'build'?\n")
    result = storysite(tmp_path, "xyzzy")
    assert result.returncode == 2
    assert "No such command 'xyzzy'" in result.stderr
    assert storysite(tmp_path, "build", "--color").returncode == 2


def test_help_and_version_are_answered_anywhere(tmp_path: Path) -> None:
    """Help names every command with a sentence, works without a site, and ends with exit code 0."""
    result = storysite(tmp_path, "-h")
    assert result.returncode == 0
    assert all(f"  {name}" in result.stdout for name in COMMANDS)
    assert storysite(tmp_path, "--version").stdout == f"storysite {__version__}\n"
    assert storysite(tmp_path, "build", "--help").returncode == 0
    for command in ("build", "status"):
        result = storysite(tmp_path, command)
        assert result.returncode == 2, command
        assert "[no-site]" in result.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals of that kind")
def test_colours_are_for_terminals_that_want_them(shelf: Folder) -> None:
    """What goes to a file or a pipe has no escape codes in it."""
    shelf.post("2026-11-21-kites", id="kites", kind="victroy")
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment["PYTHONPATH"] = str(ROOT)
    result = subprocess.run(
        [sys.executable, "-m", "storysite", "build"], cwd=shelf.path, env=environment, capture_output=True, check=True
    )
    assert b"\x1b" not in result.stdout + result.stderr


def test_the_wheel_holds_theme_and_starter(tmp_path: Path) -> None:
    """What is installed has everything that `new` and `build` need beside the code."""
    pytest.importorskip("hatchling")
    # built in a copy: the backend looks at the folder it is called in
    for name in ("storysite", "themes"):
        shutil.copytree(ROOT / name, tmp_path / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path / "source" / name)
    script = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    result = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=tmp_path / "source",
        capture_output=True,
        text=True,
        check=True,
    )
    with zipfile.ZipFile(tmp_path / result.stdout.split()[-1]) as wheel:
        names = set(wheel.namelist())
        points = next(name for name in names if name.endswith("entry_points.txt"))
        assert "storysite = storysite.cli:main" in wheel.read(points).decode()
    starter = {f"storysite/starter/files/{name}" for name in tree(STARTER)}
    assert {
        "storysite/starter/files/dot-github/workflows/publish.yml",
        "storysite/starter/files/storysite.yml",
    } <= starter
    theme = {f"storysite/themes/default/{name}" for name in tree(ROOT / "themes/default")}
    assert {"storysite/themes/default/templates/base.html", "storysite/themes/default/assets/style.css"} <= theme
    machine = {f"storysite/theme/builtin/{name}" for name in tree(ROOT / "storysite/theme/builtin")}
    assert starter | theme | machine <= names
    assert not [name for name in names if not name.startswith(("storysite/", f"storysite-{__version__}.dist-info/"))]
