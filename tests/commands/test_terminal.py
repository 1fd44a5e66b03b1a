"""What is printed can be read on every terminal, and commands say in words what is odd about the folder they run in."""

import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from storysite.cli import COMMANDS, main
from storysite.commands.terminal import wants_colors
from tests.command_line import ROOT, small_site, storysite
from tests.folder import Folder, tree

NO_TERMINALS = pytest.mark.skipif(os.name == "nt", reason="there are no terminals of that kind")
TITLES = {
    "Bức thư từ thư viện": "Buc thu tu thu vien",
    "Đọc sách “hay”": 'Doc sach "hay"',
    "Über Łódź — plötzlich": "Uber Lodz - plotzlich",
    "图书馆": "???",
    "Kites 🪁": "Kites ?",
}
"""Titles, and how they stand where there are no other letters than those of a typewriter."""


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with settings and one story, for the command line."""
    return small_site(tmp_path)


def environment(**changed: str) -> dict[str, str]:
    """Return the variables of this process without those that tell of terminals, with others."""
    told = ("NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONUTF8", "PYTHONIOENCODING", "COLUMNS")
    return {**{key: value for key, value in os.environ.items() if key not in told}, "PYTHONPATH": str(ROOT), **changed}


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp850", "cp1258", "latin-1", "cp932", "utf-8"])
def test_every_title_can_be_printed_in_every_alphabet(shelf: Folder, encoding: str) -> None:
    """Windows writes files and pipes in the alphabet of a region; what it lacks is printed as what comes nearest."""
    for number, title in enumerate(TITLES, 1):
        shelf.post(f"2026-11-0{number}-draft", id=f"d{number}", title=f'"{title}"', draft="true", kind="victroy")
    command = [sys.executable, "-m", "storysite", "status", "--verbose"]
    variables = environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    result = subprocess.run(command, cwd=shelf.path, env=variables, capture_output=True, timeout=60, check=False)
    assert (result.returncode, b"Traceback" in result.stderr) == (0, False)
    printed = result.stdout.decode(encoding)
    for title, plain in TITLES.items():
        try:
            title.encode(encoding)
        except UnicodeEncodeError:
            continue
        assert title in printed, plain
    if encoding == "latin-1":
        plain_letters = unicodedata.normalize("NFD", printed).encode("ascii", "ignore").decode()
        assert [plain for plain in TITLES.values() if plain not in plain_letters] == []


def terminal(arguments: list[str], folder: Path, **variables: str) -> str:
    """Return what a program of Python's writes to a terminal."""
    import pty  # which Windows does not have

    process, end = pty.fork()
    if process == 0:  # pragma: no cover - the program itself
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, *arguments], environment(**variables))
    written = b""
    while True:
        try:
            part = os.read(end, 65536)
        except OSError:  # how a terminal ends
            part = b""
        if not part:
            break
        written += part
    os.waitpid(process, 0)
    os.close(end)
    return written.decode()


@NO_TERMINALS
@pytest.mark.process
@pytest.mark.parametrize(
    ("variables", "colored"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm-256color", "NO_COLOR": "0"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "emacs"}, False),
    ],
)
def test_terminals_that_want_no_colors_get_none(shelf: Folder, variables: dict[str, str], colored: bool) -> None:
    """As https://no-color.org says; and no other signal to a terminal that only adds lines."""
    shelf.post("2026-11-21-kites", id="kites", kind="victroy")
    shelf.post("2026-11-22-kites", id="kites-2", date="2026-13-04")
    for command in ("build", "status", "biuld"):
        assert ("\x1b" in terminal(["-m", "storysite", command], shelf.path, **variables)) == (
            colored and command != "biuld"
        ), command


@NO_TERMINALS
@pytest.mark.process
@pytest.mark.parametrize("variables", [{"TERM": "xterm"}, {"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_the_line_of_progress_is_gone_in_the_end(tmp_path: Path, variables: dict[str, str]) -> None:
    """Blanks go over it, for not each terminal knows more; one that only adds lines is shown none."""
    script = tmp_path / "progress.py"
    script.write_text(
        "from storysite.commands import console\n"
        "console.monotonic = lambda: clock.pop()\n"
        "clock = [9, 9, 9, 0]\n"
        "bar = console.ProgressBar()\n"
        "bar('Reading', 1000, 1000)\nbar('Writing', 1, 2)\nbar.clear()\nprint('Done.')\n",
        "utf-8",
    )
    written = terminal([str(script)], tmp_path, **variables)
    if variables["TERM"] == "dumb":
        assert written.rstrip() == "Done."
    else:
        assert "\x1b" not in written
        assert shown(written).rstrip() == "Done."


def shown(text: str) -> str:
    """Return what stands in the line of a terminal to which `text` was written, which ends no line but the last."""
    line: list[str] = []
    place = 0
    for letter in text.rstrip():
        if letter == "\r":
            place = 0
        else:
            line[place : place + 1] = [letter]
            place += 1
    return "".join(line)


@pytest.mark.parametrize(
    ("variables", "colors"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colors_are_wanted_unless_somebody_says_no(variables: dict[str, str], colors: bool) -> None:
    """On Windows no terminal tells its kind."""
    assert wants_colors(variables) == colors


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder in which somebody is")
@pytest.mark.parametrize(
    "command",
    [
        "build",
        "status",
        "new shelf",
        "post Robots",
        "serve",
        "watch",
        "theme list",
        "theme new ours",
        "theme eject post.html",
    ],
)
def test_a_folder_that_is_gone_is_told_in_words(tmp_path: Path, command: str) -> None:
    """A terminal stays in a folder that was deleted, or replaced by a copy, while it was there."""
    (tmp_path / "site").mkdir()
    line = ["sh", "-c", 'rmdir ../site && exec "$@"', "sh", sys.executable, "-m", "storysite", *command.split()]
    variables = environment(PYTHONUTF8="1")
    result = subprocess.run(
        line, cwd=tmp_path / "site", env=variables, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert result.stderr.startswith(
        "the folder this window is in no longer exists: it was deleted or replaced  [no-site]\n"
    )
    assert (result.returncode, result.stdout, list(tmp_path.iterdir())) == (2, "", [])


def test_help_is_answered_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    """It tells of no folder."""
    if os.name == "nt":
        pytest.skip("Windows keeps a folder in which somebody is")
    (tmp_path / "site").mkdir()
    line = ["sh", "-c", 'rmdir ../site && exec "$@"', "sh", sys.executable, "-m", "storysite", "build", "--help"]
    result = subprocess.run(
        line, cwd=tmp_path / "site", env=environment(), capture_output=True, timeout=60, check=False
    )
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="all names are Unicode")
def test_a_site_may_lie_in_a_folder_named_in_another_encoding(tmp_path: Path) -> None:
    """As on a drive that older Windows wrote: everything works, and the title is read as Windows wrote it."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/biblioth\xe8que"))
    folder.mkdir()
    for command in (
        "new .",
        "build",
        "build --verify",
        "status",
        "post Robots",
        "theme new ours",
        "theme eject post.html",
    ):
        result = storysite(folder, *command.split())
        assert (result.returncode, "Traceback" in result.stderr) == (0, False), command
    assert "\ntitle: Bibliothèque\n" in (folder / "storysite.yml").read_text("utf-8")
    assert (folder / "_site/index.html").exists()
    storysite(folder, "build")
    before = tree(folder / "_site")
    (folder / "themes/ours" / os.fsdecode(b"templates/caf\xe9.html")).write_text("{{", "utf-8")
    (folder / "themes/ours/assets" / os.fsdecode(b"caf\xe9.css")).write_text("", "utf-8")
    (folder / "templates" / os.fsdecode(b"caf\xe9.html")).write_text("{{", "utf-8")
    settings = folder / "storysite.yml"
    settings.write_text(settings.read_text("utf-8") + "theme: ours\n", "utf-8")
    assert storysite(folder, "build").returncode == 0
    assert tree(folder / "_site").keys() == before.keys()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="all names are Unicode")
def test_a_new_site_takes_a_name_in_another_encoding(tmp_path: Path) -> None:
    """The name is typed, or completed by the terminal."""
    line = [sys.executable.encode(), b"-m", b"storysite", b"new", b"caf\xe9"]
    result = subprocess.run(line, cwd=tmp_path, env=environment(), capture_output=True, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"\ntitle: Caf\xc3\xa9\n" in (tmp_path / os.fsdecode(b"caf\xe9") / "storysite.yml").read_bytes()


def commands(group: click.Group = main, names: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Group]]:
    """Yield each group of commands with the names that lead to it."""
    yield names, group
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))


@pytest.mark.parametrize("names", [names for names, _ in commands()], ids=" ".join)
def test_what_a_command_does_is_a_whole_sentence_at_eighty_columns(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Where a line would be longer than a terminal is wide, its end would be three dots."""
    command = [sys.executable, "-m", "storysite", *names, "--help"]
    result = subprocess.run(
        command, cwd=tmp_path, env=environment(COLUMNS="80"), capture_output=True, text=True, timeout=60, check=False
    )
    lines = result.stdout.partition("Commands:\n")[2].splitlines()
    assert len(lines) >= (1 if names else len(COMMANDS))
    assert [line for line in lines if not line.endswith(".") or line.endswith("..") or len(line) > 80] == []
