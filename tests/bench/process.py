"""What a process and all that it started hold and have used, as Linux tells it; elsewhere that is nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
"""In how many parts of a second the system counts."""


def memory(pid: int) -> float:
    """Return the mebibytes that a process and all below it hold: each for itself, and its share of the rest."""
    return sum(_held(each) for each in _family(pid)) / 1024


def work(pid: int) -> float:
    """Return the seconds of all processors that a process and all below it have used, those that ended included."""
    return sum(_used(each) for each in _family(pid)) / TICKS


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _held(pid: int) -> int:
    """Return the KiB that a process holds, its share of what it has in common with others included."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _used(pid: int) -> int:
    """Return the ticks that a process has used, with those of its children that it saw end (proc(5), fields 14 to 17)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    return sum(int(field) for field in text.rpartition(")")[2].split()[11:15])
