"""A command that runs until it is stopped, as a real process: what it prints, and what comes of it, by a deadline."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.folder import tree

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds until something that was waited for counts as missing; all of it takes less than one on a quiet machine."""


def until(done: Callable[[], bool], what: str = "it") -> None:
    """Return as soon as `done()` is true. Raises AssertionError at the deadline."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.005)


def holds(file: Path, text: str) -> bool:
    """Return whether a file is there and has `text` in it."""
    try:
        return text in file.read_text("utf-8")
    except OSError:
        return False


def is_like(site: Path, clean: dict[str, bytes]) -> bool:
    """Return whether an output, in which files may come and go meanwhile, has the files of `clean` and no other."""
    try:
        return tree(site) == clean
    except FileNotFoundError:
        return False


class Running:
    """`storysite` with `arguments` in a folder, until the block ends."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-u", "-m", "storysite", *arguments],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))),
                "NO_COLOR": "1",
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self.said: list[str] = []
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        """Take in what is printed until all who print have ended; who reads a stream closes it, and nobody else."""
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.said.append(line)
                self._lines.put(line)

    def line(self, text: str) -> str:
        """Return the next line that has `text` in it. Raises queue.Empty at the deadline."""
        end = time.monotonic() + PATIENCE
        while True:
            line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            if text in line:
                return line

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop the command, as Ctrl-C does in a terminal: the whole group is told. Return its exit code."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(signal.SIGKILL if error else signal.SIGINT)
