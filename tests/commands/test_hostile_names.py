"""Names and texts of others, which a terminal would obey, are shown with every sign spelled out by every command."""

import ast
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from storysite.cli import COMMANDS, main
from storysite.commands import terminal
from tests.command_line import ROOT
from tests.folder import Folder
from tests.running import Running

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no file of Windows has such a name")
EVIL = [
    "\x1b]0;mine\x07",
    "\x1b[2J\x1b[1;31m",
    "\rfine",
    "a\nerror: all is lost",
    "\x9b2J",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "\u2028b",
    "\x08\x08\x7f",
]
"""What sets a title, clears the screen, writes over a line or a second one, and reads from right to left."""
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ROLES = {
    "posts": "content/posts/2026-11-20-{}.md",
    "drafts": "content/posts/2026-11-21-{}.md",
    "folders": "content/posts/{}/2026-11-22-post.md",
    "broken posts": "content/posts/2026-13-44-{}.md",
    "pages": "content/pages/{}.md",
    "pictures": "content/posts/{}.png",
    "files": "static/{}.txt",
    "data": "data/{}.yml",
    "odd data": "data/{}.doc",
    "templates": "templates/{}.html",
    "themes": "themes/{}/templates/post.html",
    "assets": "templates/assets/{}.css",
}
"""Where a file with such a name may lie."""
TEXTS = {
    "posts": "---\ntitle: {0}\nkind: {0}\ntags: [{0}]\nlayout: {0}\ntitel: {0}\nslug: {0}\naliases: [{0}]\n---\n[a]({1}) ![b]({1}.png)\n",
    "drafts": "---\ndraft: true\ntitle: {0}\n---\n",
    "folders": "---\nlang: {0}\ndate: {0}\ntitle: {0}\n---\n",
    "broken posts": "---\n{1}: [\n{1}\n---\n",
    "odd data": "",
    "data": "{0}: {0}\n",
    "templates": "{{{{ {1} }}}}",
    "themes": "{{% include {0} %}}",
}
"""What such files say, with the sign in quotation marks and without."""
LOOKS = [
    "build",
    "build -v",
    "build --strict",
    "build -v --dry-run",
    "build --clean",
    "status",
    "status -v",
    "read",
    "share",
    "theme list",
]


def quoted(text: str) -> str:
    """Return a text in the double quotation marks of YAML, which knows escapes."""
    return '"' + text.encode("unicode_escape").decode().replace('"', '\\"') + '"'


def hostile(folder: Folder, roles: list[str]) -> list[str]:
    """Put a file with each odd name in each of some roles, and return the names."""
    folder.write("storysite.yml", "title: Ours\nsearch: no\nbase_url: https://library.example.org\n")
    for role in roles:
        for evil in EVIL:
            folder.write(ROLES[role].format(evil), TEXTS.get(role, "text").format(quoted(evil), evil))
    return EVIL


def shown(arguments: list[str], folder: Path) -> str:
    """Return what a command prints in a folder, to the terminal that it believes to be on."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(main, arguments)
    finally:
        os.chdir(here)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result.output


@pytest.mark.parametrize("role", ROLES)
def test_no_command_prints_what_a_terminal_obeys(folder: Folder, role: str) -> None:
    """Wherever a name or a text with such signs stands, what is printed is lines of letters."""
    hostile(folder, [role, "posts"])
    printed = {command: shown(command.split(), folder.path) for command in LOOKS}
    if role == "templates":
        (folder.path / "templates").rename(folder.path / "kept")
        printed["build"] += shown(["build"], folder.path)
    assert {command for command, text in printed.items() if OBEYED.search(text)} == set()
    assert any("\\x1b" in text for text in printed.values())


@pytest.mark.process
@pytest.mark.parametrize("evil", EVIL)
def test_what_is_typed_is_shown_as_it_is_spelled(folder: Folder, evil: str) -> None:
    """A name that the shell completes is an argument of every command that takes one, right or wrong."""
    folder.write("storysite.yml", f"title: {quoted(evil)}\ntheme: {quoted(evil)}\n{quoted(evil)}: 1\nsearch: no\n")
    typed = [
        [evil],
        [f"--{evil}"],
        ["new", evil],
        ["new", "ours", "--school", evil, "--address", evil, "--language", evil, "--timezone", evil, "--promise", evil],
        ["handover"],
        ["new", "content"],
        ["post", evil],
        ["post", "-k", evil, "Title"],
        ["build", f"--{evil}"],
        ["build", "-j", evil],
        ["build", "-o", evil],
        ["build", "--explain", evil],
        ["build", "--base-url", evil],
        ["serve", "--base-path", evil],
        ["serve", "-p", evil],
        ["serve", "--host", evil],
        ["watch", "-o", f"content/{evil}"],
        ["doctor"],
        ["doctor", f"--{evil}"],
        ["theme", evil],
        ["theme", "new", evil],
        ["theme", "eject", evil],
        ["theme", "list"],
        ["photos"],
        ["photos", evil],
        ["photos", "add", evil],
        ["photos", "add", "storysite.yml", "--to", evil],
        ["status"],
        ["status", "--html", evil],
        ["status", "--calendar", evil],
        ["listen", "import", evil],
        ["read", evil],
        ["share", evil],
        ["share", evil, "--html", evil, "--sheet", evil, "--csv", evil],
        ["publish", "--dry-run"],
        ["publish", "--to", evil],
        ["publish", "--keep", evil],
        ["publish", "--no-wait", "--remote", evil],
        ["publish", "--undo"],
        ["upgrade"],
        ["upgrade", evil],
    ]
    assert {words[0] for words in typed} >= set(COMMANDS)
    for words in typed:
        if words[0] in ("watch", "serve") and evil.isprintable():
            continue
        printed = shown(words, folder.path)
        assert printed, words
        assert not OBEYED.search(printed), (words, printed)
        shutil.rmtree(folder.path / evil, ignore_errors=True)


@pytest.mark.process
@pytest.mark.parametrize("command", ["watch -v", "serve -v --port 8931"])
def test_a_name_that_is_saved_is_shown_as_it_is_spelled(folder: Folder, command: str) -> None:
    """By the commands that run on, too."""
    hostile(folder, [])
    with Running(folder.path, *command.split()) as running:
        running.line("first build")
        for evil in EVIL:
            folder.post(f"2026-01-02-{evil}", title=quoted(evil))
            if evil.startswith("\x1b]"):
                assert "\\x1b]0;mine\\x07" in running.line("saved")
        folder.write("static/last.txt", "text")
        running.line("last.txt")
        running.stop()
    text = "".join(running.said)
    assert not OBEYED.search(text), text


@pytest.mark.parametrize("text", ["Ñandú — “hay”", "读书 👩\u200d👧", "می\u200cخواهم", "क्\u200dष"])
def test_letters_of_every_script_are_shown_as_they_are(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Joiners are part of words, and of pictures of families."""
    terminal.say(text)
    assert capsys.readouterr().out == f"{text}\n"


def test_all_that_commands_print_goes_through_one_place() -> None:
    """Nobody else prints by himself; a line of progress is made of our own words."""
    calls = (
        (file.name, ast.unparse(node.func))
        for file in sorted((ROOT / "storysite").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )
    printing = [
        call
        for call in calls
        if re.fullmatch(r"print|(click\.)?s?echo|(click\.)?secho|sys\.std(out|err)\.write", call[1])
    ]
    assert printing == [("console.py", "click.echo"), ("console.py", "click.echo"), ("terminal.py", "click.secho")]
