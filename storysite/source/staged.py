"""What git has staged: the files of the next commit that are not in the last one, byte for byte as git keeps them.

Git is asked in its plainest words, whose answers no setting, attribute, filter or name of a file changes. Its
environment is left as it is: a hook is told there which repository and which list of files are meant.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from storysite.errors import UsageError
from storysite.photos.facts import LARGEST_FILE
from storysite.photos.kinds import HEAD
from storysite.problems import Problem

_FILES = (b"100644", b"100755")
"""What is neither a link nor another repository."""
_CHUNK = 1 << 20
_DAMAGED = "git cannot read what is staged in this folder"
_ORDER = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0"}
"""Lets git show the very bytes that are committed, and write nothing."""


def staged_pictures(
    folder: Path, kind_of: Callable[[bytes], str], progress: Callable[[str, int, int], None]
) -> Iterator[tuple[str, bytes]]:
    """Yield the path below `folder` and the bytes of each new or changed file of which `kind_of` its head is not "".

    One at a time is held, and none that is larger than a picture can be. Raises UsageError if git cannot tell.
    """
    git = shutil.which("git")
    if git is None:
        raise UsageError(_unknown("git is not on this computer, so nothing can be staged"))
    files = _staged(git, folder)
    try:
        with subprocess.Popen(  # noqa: S603
            [git, "cat-file", "--batch"],
            cwd=folder,
            env={**os.environ, **_ORDER},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            questions, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
            for number, (path, name) in enumerate(files):
                progress("Photo", number, len(files))
                if data := _picture(questions, answers, name, kind_of):
                    yield path, data
    except BrokenPipeError:
        raise UsageError(_unknown(_DAMAGED)) from None
    if process.returncode:
        raise UsageError(_unknown(_DAMAGED))


def _staged(git: str, folder: Path) -> list[tuple[str, bytes]]:
    """Return path and name of what the next commit has and the last has not; before the first, of all of it."""
    listed = _asked(git, folder, "-c", "core.fsmonitor=false", "ls-files", "--stage", "-z")
    if listed is None:
        raise UsageError(_unknown("git cannot tell what is staged in this folder"))
    committed = {(path, head.split()[2]) for head, path in _rows(_asked(git, folder, "ls-tree", "-r", "-z", "HEAD"))}
    staged = []
    for head, path in _rows(listed):
        mode, name, _ = head.split()
        if mode in _FILES and (path, name) not in committed:
            staged.append((path.decode("utf-8", "replace"), name))
    return sorted(staged)


def _asked(git: str, folder: Path, *words: str) -> bytes | None:
    """Return what git answers, None if it cannot."""
    result = subprocess.run(  # noqa: S603
        [git, *words],
        cwd=folder,
        env={**os.environ, **_ORDER},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return result.stdout if result.returncode == 0 else None


def _rows(answer: bytes | None) -> Iterator[tuple[bytes, bytes]]:
    """Yield what git says of each file, and its path."""
    for row in (answer or b"").split(b"\0"):
        head, _, path = row.partition(b"\t")
        if path:
            yield head, path


def _picture(questions: IO[bytes], answers: IO[bytes], name: bytes, kind_of: Callable[[bytes], str]) -> bytes:
    """Return the bytes that git keeps under a name, b"" if they are no picture, or more than one can have."""
    questions.write(name + b"\n")
    questions.flush()
    answer = answers.readline().split()
    if len(answer) != 3:
        return b""
    size = int(answer[2])
    head = answers.read(min(size, HEAD))
    wanted = kind_of(head) and size <= LARGEST_FILE
    data = head + answers.read(size - len(head)) if wanted else b""
    _skip(answers, 1 if wanted else size - len(head) + 1)
    return data


def _skip(answers: IO[bytes], size: int) -> None:
    while size > 0 and (read := answers.read(min(size, _CHUNK))):
        size -= len(read)


def _unknown(what: str) -> Problem:
    hint = "run git status to see why; without --staged all photos in the folder are looked at"
    return Problem.of("photo-staged", what, hint)
