"""Calls git for whoever sends a site or looks at one: it answers in English, asks for nothing, and never hangs."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from storysite.errors import one_line

NETWORK = 120.0
"""Seconds of silence while something is sent or fetched. As long as git says how far it is, it may take its time:
photos of a whole year go over a slow line as well."""
LOOK = 45.0
"""Seconds of silence at a look at what is there on the web."""
LOCAL = 600.0
"""The same for what is done on this computer: somebody's hook may take its time, and none may take for ever."""
_GLANCE = 0.25
_OTHERS = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_CONFIG", "GIT_PREFIX", "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_TRACE", "GIT_EXTERNAL_DIFF",
)  # fmt: skip
"""What would tell git of another repository, or let it read or answer in another way."""
_ORDER = {
    "LC_ALL": "C",
    "LANGUAGE": "",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": ":",
    "GIT_SEQUENCE_EDITOR": ":",
    "GIT_MERGE_AUTOEDIT": "no",
    "GIT_PAGER": "",
}
_SETTINGS = (
    "core.quotePath=false",
    "color.ui=false",
    "advice.detachedHead=false",
    "merge.conflictStyle=merge",
    "rebase.updateRefs=false",
    "http.lowSpeedLimit=200",
    "http.lowSpeedTime=100",
)
UNFINISHED = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
"""Files in the folder .git that are there until something is done, and what that is."""
_GRACE = 5.0
"""Seconds in which git puts in order what it was doing."""


class GitMissing(Exception):
    """There is no git on this computer."""


class GitFailed(Exception):
    """Git could not do what it was asked: `said` is all it said, `late` whether its time was up."""

    def __init__(self, words: tuple[str, ...], said: str, *, late: bool = False) -> None:
        self.words, self.said, self.late = words, said, late
        super().__init__(f"git {words[0]}: {self.last_line}")

    @property
    def last_line(self) -> str:
        """What it said, in one line: of several the first that names a fault."""
        lines = [line for line in map(one_line, self.said.splitlines()) if line]
        told = (line for line in lines if line.startswith(("error:", "fatal:", "remote: error:", "! [")))
        return next(told, lines[-1] if lines else "it did not say why")[:300]


class Answer(Struct, frozen=True):
    """How git ended, and what it printed."""

    code: int
    out: bytes
    error: str

    @property
    def text(self) -> str:
        """What it printed, as text without the line break at its end."""
        return as_text(self.out).rstrip("\r\n")

    @property
    def parts(self) -> list[str]:
        """What it printed with a null after each part."""
        return [as_text(part) for part in self.out.split(b"\0") if part]


class Git:
    """git in one folder."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("git")
        if program is None:
            raise GitMissing
        self.program = program
        self.folder = folder

    def __call__(
        self,
        *words: str,
        told: bytes | IO[bytes] = b"",
        index: Path | None = None,
        seconds: float = LOCAL,
    ) -> Answer:
        """Return what git answers. Raises GitFailed if it ends with anything but 0."""
        answer = self.ask(*words, told=told, index=index, seconds=seconds)
        if answer.code:
            raise GitFailed(words, f"{answer.error}\n{answer.text}")
        return answer

    def ask(
        self,
        *words: str,
        told: bytes | IO[bytes] = b"",
        index: Path | None = None,
        seconds: float = LOCAL,
    ) -> Answer:
        """Return what git answers, however it ends; `told` is its standard input.

        Raises GitFailed if it does not end and says nothing for so many seconds.
        Ctrl-C breaks off what waits for the network; anything else comes to its end first, so that nothing is half
        done.
        """
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
            if isinstance(told, bytes):
                given.write(told)
                given.seek(0)
            # files and no pipes: whoever git has started may hold a pipe open after it has ended
            process = self._start(
                [self.program, *settings, *words], index, given if isinstance(told, bytes) else told, out, error
            )
            try:
                code = _wait(process, error, seconds)
            except subprocess.TimeoutExpired:
                _end(process)
                raise GitFailed(words, _read(error), late=True) from None
            except BaseException:
                if seconds != LOCAL:
                    _end(process)
                with suppress(BaseException):
                    process.wait(LOCAL)
                raise
            out.seek(0)
            return Answer(code, out.read(), _read(error))

    def _start(
        self, command: list[str], index: Path | None, given: IO[bytes], out: IO[bytes], error: IO[bytes]
    ) -> "subprocess.Popen[bytes]":
        environment = environment_for(os.environ)
        if index:
            environment["GIT_INDEX_FILE"] = str(index)
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=self.folder,
            env=environment,
            stdin=given,
            stdout=out,
            stderr=error,
            start_new_session=sys.platform != "win32",  # without a terminal nothing can be asked for in one
            creationflags=flags,
        )


def environment_for(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which git is called."""
    kept = {name: value for name, value in given.items() if name.upper() not in _OTHERS}
    return {**kept, **_ORDER}


def as_text(data: bytes) -> str:
    """Return what git printed as text; the name of a file can be given back to it as it was."""
    return data.decode("utf-8", "surrogateescape")


def as_bytes(text: str) -> bytes:
    """Return a text as git is told it."""
    return text.encode("utf-8", "surrogateescape")


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _wait(process: "subprocess.Popen[bytes]", error: IO[bytes], seconds: float) -> int:
    """Return how git ends. Raises TimeoutExpired once it has been silent for so many seconds."""
    said, silent = 0, 0.0
    while True:
        try:
            return process.wait(min(_GLANCE, seconds))
        except subprocess.TimeoutExpired:
            size = os.fstat(error.fileno()).st_size
            said, silent = size, silent + _GLANCE if size == said else 0.0
            if silent >= seconds:
                raise


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End git and whatever it has started, in order if it can."""
    if sys.platform == "win32":
        killer = shutil.which("taskkill")
        if killer:
            subprocess.run([killer, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603
        process.kill()
        return
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
            return
