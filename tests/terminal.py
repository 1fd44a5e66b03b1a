"""A command on a terminal of its own: what it prints there, and what somebody answers."""

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.command_line import ROOT

PATIENCE = 60
"""Seconds until a command that has not ended is one that does not end."""


def answered(arguments: Sequence[str], folder: Path, answers: Sequence[str]) -> str:
    """Run Python with `arguments` on a terminal, answer each question with one line, and return what it showed."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": "1", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    shown = b""
    while True:
        try:
            read = os.read(ours, 65536)
        except OSError:  # Linux says so that nobody is at the other end any more
            break
        if not read:
            break
        shown += read
    os.close(ours)
    assert process.wait(PATIENCE) == 0, shown.decode()
    return shown.decode().replace("\r\n", "\n")
