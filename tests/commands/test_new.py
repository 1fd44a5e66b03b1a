"""`storysite new`: the questions on a real terminal, the same as options, and what is printed for the shell."""

import os
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tests.command_line import PATIENCE, ROOT, storysite
from tests.folder import tree

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
ANSWERS = ["Maplewood Library", "maplewood/stories", "Spanish", "Chicago", "tuesday", "none"]
OPTIONS = "--school", "--address", "--language", "--timezone", "--promise", "--two-repositories"
ASKED = [
    "school or library called",
    "people read it",
    "menus and dates",
    "time zone",
    "new story",
    "can then be read by",
]
SETTINGS = {
    "school": "Maplewood Library",
    "base_url": "https://maplewood.github.io/stories",
    "language": "es",
    "timezone": "America/Chicago",
    "promise": "Cada martes",
}


def on_terminal(folder: Path, answers: Sequence[bytes | str], *arguments: str) -> tuple[int, str]:
    """Run `storysite new` on a terminal, type an answer at each question, and return how it ended and what was shown."""
    environment = {
        "PYTHONPATH": str(ROOT),
        "PATH": os.defpath,
        "HOME": str(folder),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "TERM": "dumb",
    }
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "storysite", "new", *arguments], environment)
    shown, waiting, until = b"", list(answers), time.monotonic() + PATIENCE
    seen, last = 0, b""
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1.0)[0]:
            if last == b"\x03":  # Python does not hear one that comes right before it begins to wait
                os.write(terminal, last)
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        shown += part
        if shown[seen:].endswith(b"] ") and waiting:
            answer = waiting.pop(0)
            seen, last = len(shown), answer if isinstance(answer, bytes) else f"{answer}\n".encode()
            os.write(terminal, last)
    else:
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8", "replace").replace("\r\n", "\n")


def settings(folder: Path) -> dict[str, str]:
    """Return the settings of a site that may have been asked for."""
    found = yaml.safe_load((folder / "storysite.yml").read_text("utf-8"))
    return {name: found[name] for name in SETTINGS if name in found}


@pytest.mark.process
def test_a_few_questions_are_asked_on_a_terminal(tmp_path: Path) -> None:
    """In plain words, and the answers are the settings."""
    code, shown = on_terminal(tmp_path, ANSWERS, "ours")
    assert code == 0, shown
    assert shown.startswith("A few questions. Press Enter for what is in brackets")
    places = [shown.index(words) for words in ASKED]
    assert places == sorted(places)
    assert settings(tmp_path / "ours") == SETTINGS


@pytest.mark.process
def test_enter_takes_what_is_in_brackets(tmp_path: Path) -> None:
    """Which makes the same site as where nobody can be asked."""
    code, shown = on_terminal(tmp_path, [""] * 6, "asked")
    assert code == 0, shown
    assert storysite(tmp_path, "new", "untold").returncode == 0
    assert settings(tmp_path / "asked") == settings(tmp_path / "untold")
    assert settings(tmp_path / "asked") == {
        "school": "Our School Library",
        "language": "en",
        "timezone": "UTC",
        "promise": "Every Friday",
    }
    for usual in ("Our School Library", "not known yet", "English", "UTC", "Friday", "one public repository"):
        assert f"[{usual}] " in shown


@pytest.mark.process
def test_a_wrong_answer_is_explained_and_asked_again(tmp_path: Path) -> None:
    """As often as it takes."""
    answers = ["x" * 600, ANSWERS[0], "nowhere", ANSWERS[1], "Klingon", "2", ANSWERS[2], "Berlim", ANSWERS[3], "fridy"]
    code, shown = on_terminal(tmp_path, [*answers, ANSWERS[4], "somewhere", ANSWERS[5]], "ours")
    assert code == 0, shown
    assert settings(tmp_path / "ours") == SETTINGS
    for words in (
        "This is longer than 500 characters. Please write a name on one line.",
        '"nowhere" is neither a web address nor a repository on GitHub. Please write an address such as',
        '"Klingon" is not a language that menus and dates are available in. Please write one of these:',
        '"Berlim" is not a time zone. Please write a city',
        '"fridy" is neither a day of the week nor "weekly". Did you mean Friday?',
    ):
        assert words in shown


@pytest.mark.process
def test_only_what_no_option_tells_is_asked(tmp_path: Path) -> None:
    told = [word for pair in list(zip(OPTIONS, ANSWERS, strict=True))[1:4] for word in pair]
    code, shown = on_terminal(tmp_path, [ANSWERS[0], *ANSWERS[4:]], "ours", *told)
    assert code == 0, shown
    assert settings(tmp_path / "ours") == SETTINGS
    assert [words for words in ASKED if words in shown] == [ASKED[0], *ASKED[4:]]
    code, shown = on_terminal(
        tmp_path, [], "told", *[word for pair in zip(OPTIONS, ANSWERS, strict=True) for word in pair]
    )
    assert code == 0, shown
    assert shown.startswith("Your site is in told.")
    assert settings(tmp_path / "told") == SETTINGS


@pytest.mark.process
def test_nothing_is_written_when_somebody_stops(tmp_path: Path) -> None:
    """With Ctrl-C or Ctrl-D, in the middle of the questions."""
    for sign in (b"\x03", b"\x04"):
        code, shown = on_terminal(tmp_path, [ANSWERS[0], sign], "ours")
        assert code != 0
        assert "Traceback" not in shown
        assert not (tmp_path / "ours").exists()


@pytest.mark.process
def test_letters_of_another_alphabet_are_no_traceback(tmp_path: Path) -> None:
    """A terminal that sends Latin-1 is told so, or what it sent is read as that."""
    code, shown = on_terminal(tmp_path, [b"\xc9cole Zo\xeb\n", *ANSWERS[1:], *ANSWERS[1:2]], "ours")
    assert "Traceback" not in shown
    assert code in (0, 1)
    if code == 0:
        assert "�" not in settings(tmp_path / "ours")["school"]


@pytest.mark.process
def test_a_full_folder_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/notes.txt").write_text("mine", "utf-8")
    code, shown = on_terminal(tmp_path, [], "ours")
    assert code == 2
    assert "[new-not-empty]" in shown
    assert "questions" not in shown


def test_options_say_the_same_as_answers(tmp_path: Path) -> None:
    """Where nobody can be asked, nobody is."""
    told = [word for pair in zip(OPTIONS, ANSWERS, strict=True) for word in pair]
    result = storysite(tmp_path, "new", "ours", *told)
    assert (result.returncode, result.stderr) == (0, "")
    assert settings(tmp_path / "ours") == SETTINGS
    result = storysite(tmp_path, "new", "empty", *[word for option in OPTIONS for word in (option, "")])
    assert (result.returncode, result.stderr) == (0, "")
    assert settings(tmp_path / "empty")["school"] == "Our School Library"


def test_all_wrong_options_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = "--address", "nowhere", "--language", "Klingon", "--timezone", "Berlim", "--promise", "fridy"
    (tmp_path / "in").mkdir()
    result = storysite(tmp_path / "in", "new", "ours", *wrong)
    assert result.returncode == 2
    assert result.stderr.count("[new-answer]") == 4
    assert tree(tmp_path / "in") == {}


@pytest.mark.parametrize("name", ["our site", "Mr. O'Neil's", "a$b", "-v", "ours;ls", "读书", "plain"])
def test_what_is_printed_for_the_shell_leads_into_the_folder(name: str, tmp_path: Path) -> None:
    """Whatever it is called."""
    result = storysite(tmp_path, "new", "--", name)
    assert result.returncode == 0, result.stderr
    line = next(line.strip() for line in result.stdout.splitlines() if line.startswith("  cd "))
    moved = subprocess.run(["sh", "-c", f"{line} && pwd -P"], cwd=tmp_path, capture_output=True, check=True)
    assert moved.stdout.decode().strip() == str((tmp_path / name).resolve())
    assert shlex.split(line)[0] == "cd"
