"""Times builds of storysite and of its peers, in turn, and prints a table: `make bench BENCH="1000 10000"`.

Every step is a new process in the site's folder. A round lets each generator do a step before the next step begins, so
that a slow moment of the machine meets all; figures are medians over the rounds, and the ratio is to Hugo's median of
the same step. Time is that of a clock around the process, memory the greatest sum over all its processes (Linux: of
what each holds for itself and its share of the rest). Output is moved away before a cold build, for deleting much slows
down a disk for a while. Each build is checked: the text that was added must stand in the output.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.corpus import write
from tests.bench.peers import Peer, peers
from tests.bench.process import memory

STEPS = ("cold", "nothing changed", "one body", "one title", "one tag", "a template")
ROUNDS = {1000: 5, 10_000: 3}
"""Rounds at corpora up to so many posts; one above."""
SLOW = {"Pelican": 5_000}
"""Posts above which a generator is left out, for it would take hours."""


class Site(NamedTuple):
    """A generator's site: its folder, its posts, the one that is edited."""

    peer: Peer
    folder: Path
    posts: list[Path]

    @property
    def edited(self) -> Path:
        return self.posts[len(self.posts) // 3]

    @property
    def address(self) -> str:
        """Where the page of the edited post is, below the site's root."""
        lines = self.edited.read_text("utf-8").splitlines()
        day = next(line for line in lines if line.lower().startswith("date: "))[6:]
        return self.peer.address.format(day=date.fromisoformat(day), name=self.edited.stem)

    @property
    def page(self) -> Path:
        """The file of that page, in the output of a build."""
        return self.folder / self.peer.output / self.address / "index.html"


class Figure(NamedTuple):
    """One build: seconds, seconds of all processors, and mebibytes at the peak."""

    seconds: float
    work: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Time builds beside other generators.")
    parser.add_argument("sizes", type=int, nargs="*", default=[200])
    parser.add_argument("--only", action="append", help="the name of a generator; may be given several times")
    parser.add_argument("--step", action="append", choices=STEPS, help="a step; by default all")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "storysite-bench")
    given = parser.parse_args()
    chosen = {name: peer for name, peer in peers().items() if not given.only or name in given.only}
    say(
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors, {platform.platform()}, Python {platform.python_version()}"
    )
    for size in given.sizes:
        with tempfile.TemporaryDirectory(prefix=f"{size}-", dir=made(given.folder)) as folder:
            show(size, measure(size, given.step or STEPS, chosen, Path(folder)))


def measure(
    size: int, steps: Sequence[str], chosen: dict[str, Peer], folder: Path
) -> dict[tuple[str, str], list[Figure]]:
    """Return the figures of each generator at each step."""
    sites = {
        name: start(peer, folder / str(number), size)
        for number, (name, peer) in enumerate(chosen.items())
        if size <= SLOW.get(name, size)
    }
    found: dict[tuple[str, str], list[Figure]] = {}
    for number in range(next((rounds for most, rounds in ROUNDS.items() if size <= most), 1)):
        for step in steps:
            for name, site in sites.items():
                if step == "a template" and not site.peer.template:
                    continue
                mark = prepare(site, step, f"{number}{STEPS.index(step)}")
                found.setdefault((name, step), []).append(build(site))
                check(site, name, mark)
                print(f"{size} posts, round {number + 1}, {step}, {name}: {found[name, step][-1]}", file=sys.stderr)
    return found


def start(peer: Peer, folder: Path, size: int) -> Site:
    """Make the site of a generator."""
    posts = write(folder, size, peer.form)
    for name, text in peer.files.items():
        made((folder / name).parent).joinpath(folder / name).write_text(text, encoding="utf-8")
    return Site(peer, folder, posts)


def prepare(site: Site, step: str, mark: str) -> str:
    """Change the site as the step says, and return what must then stand in its output."""
    mark, file = f"Mark{mark}end", site.edited
    if step == "cold":
        for name in (site.peer.output, ".storysite", "resources", "cache"):
            if (site.folder / name).exists():
                (site.folder / name).rename(site.folder.parent / f"{site.folder.name}-{name}-{mark}")
        return ""
    text = file.read_text("utf-8")
    if step == "one body":
        file.write_text(f"{text}\n\n{mark} was added.\n", encoding="utf-8")
    elif step in ("one title", "one tag"):
        key = "title" if step == "one title" else "tags"
        line = next(line for line in text.split("\n") if line.lower().lstrip().startswith(f"{key}: "))
        name, _, value = line.partition(": ")
        value = f"{mark} {value}" if key == "title" else f"{mark}, {value.strip('[]')}"
        new = f"{name}: " + (f"[{value}]" if line.endswith("]") else value)
        file.write_text(text.replace(line, new, 1), encoding="utf-8")
    elif step == "a template":
        template = site.folder / site.peer.template
        template.write_text(template.read_text("utf-8").replace("<article", f'<article data-mark="{mark}"', 1), "utf-8")
    else:
        return ""
    return mark if step != "one tag" else mark.lower()


def build(site: Site) -> Figure:
    """Run the generator once and return how long it took and what it held."""
    began = time.perf_counter()
    with subprocess.Popen(
        site.peer.command, cwd=site.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        problems = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop.set()
        watch.join()
    if process.returncode:
        raise SystemExit(f"{site.peer.command} ended with {process.returncode}: {problems.decode()}")
    return Figure(seconds, used.ru_utime + used.ru_stime, watch.peak)  # its own ru_maxrss begins with what this one had


class Watch(threading.Thread):
    """Looks twenty times a second at what a process and all that it started hold."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.stop = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self.stop.wait(0.05):
            self.peak = max(self.peak, memory(self.pid))


def check(site: Site, name: str, mark: str) -> None:
    """Stop if the build did not do what it was timed for."""
    if mark not in site.page.read_text("utf-8"):
        raise SystemExit(f"{name}: “{mark}” does not stand in {site.page}")


def show(size: int, found: dict[tuple[str, str], list[Figure]]) -> None:
    """Print the medians as a table: seconds, the ratio to Hugo, and the greatest peak of memory."""
    names = list(dict.fromkeys(name for name, _ in found))
    say(f"\n### {size:,} posts\n\n| | {' | '.join(STEPS)} | peak memory | cold, work of all processors |")
    say("|---|" + "---|" * (len(STEPS) + 2))
    for name in names:
        cells = []
        for step in STEPS:
            mine = median(figure.seconds for figure in found.get((name, step), [])) if (name, step) in found else None
            hugo = [figure.seconds for figure in found.get(("Hugo", step), [])]
            cells.append(f"{mine:.2f} s{ratio(mine, hugo) if name != 'Hugo' else ''}" if mine else "–")
        peak = max(figure.memory for each, figures in found.items() if each[0] == name for figure in figures)
        work = median(figure.work for figure in found[name, "cold"])
        say(f"| {name} | {' | '.join(cells)} | {peak:.0f} MB | {work:.1f} s |")


def ratio(mine: float, hugo: Sequence[float]) -> str:
    """Return how many times as long as Hugo's median something took, in brackets; "" if Hugo did not do it."""
    return f" ({mine / median(hugo):.2f} ×)" if hugo else ""


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
