"""Times saves while sites are watched and served, beside other generators: `python -m tests.bench.watch 1000 10000`.

All run at the same time on sites of the same stories: first those that write files (`storysite watch`, `hugo --watch`),
then those that serve (`storysite serve`, `hugo server`, and `zola serve` where it is found), each with its story open in
a browser. The story is saved for one and then for the next, each after all have had nothing to do for a while. A figure
is the time from the save until the new text stands in the output file, or on the page that the browser shows; medians
are printed, with the ratio to Hugo's. `--long` adds what `storysite watch` holds after few and after many rebuilds, and
what it uses while nothing is saved.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from random import random
from statistics import median
from subprocess import DEVNULL, Popen

from tests.bench.browser import CHROMIUM, answers, shows, tabs
from tests.bench.peers import peers
from tests.bench.process import memory, work
from tests.bench.run import Site, made, ratio, say, start
from tests.running import holds
from tests.serve.test_serve import free_port

SAVES = {1000: 11, 10_000: 7, sys.maxsize: 3}
"""Saves that are timed at corpora up to so many posts; one before them is not."""
IDLE = 1.5
"""Seconds in which nobody has anything to do before a save."""
BEAT = 0.5
"""Seconds over which saves are scattered after that, for Hugo looks twice a second at what its system told it."""
BUSY = 0.05
"""Seconds of processors that may pass in them all the same."""
PATIENCE = 1200.0
"""Seconds until something that was waited for counts as missing; of 100,000 posts a first build takes hundreds."""
FEW, MANY, LONG = 10, 200, 30.0
"""Rebuilds after which memory is looked at, and seconds of waiting."""

Running = Mapping[str, Popen[bytes]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time saves while sites are watched and served.")
    parser.add_argument("sizes", type=int, nargs="*", default=[200])
    parser.add_argument("--long", action="store_true", help="look at memory after many rebuilds, and at waiting")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "storysite-bench")
    given = parser.parse_args()
    if not CHROMIUM:
        say("There is no Chromium on this computer, so what it would show is left out.")
    for size in given.sizes:
        with tempfile.TemporaryDirectory(prefix=f"watch-{size}-", dir=made(given.folder)) as folder:
            sites = {
                name: start(peer, Path(folder) / str(number), size)
                for number, (name, peer) in enumerate(peers().items())
                if peer.watch or peer.serve
            }
            show(size, {"in its file": in_files(sites), "in the browser": in_browser(sites) if CHROMIUM else {}})
            if given.long:
                show_long(sites["storysite"])


def in_files(sites: Mapping[str, Site]) -> dict[str, list[float]]:
    """Return the seconds of each save until the output file has the new text, by generator."""
    commands = {name: site.peer.watch for name, site in sites.items() if site.peer.watch}
    pages = {name: sites[name].page for name in commands}
    with started(commands, sites) as running:
        for name, page in pages.items():
            until(page.exists, running[name])
        return measure(sites, running, lambda name, mark: until(partial(holds, pages[name], mark), running[name]))


def in_browser(sites: Mapping[str, Site]) -> dict[str, list[float]]:
    """Return the seconds of each save until the browser shows the new text, by generator."""
    ports = {name: str(free_port()) for name, site in sites.items() if site.peer.serve}
    commands = {name: [*sites[name].peer.serve, port] for name, port in ports.items()}
    addresses = {name: f"http://127.0.0.1:{port}/{sites[name].address}" for name, port in ports.items()}
    with started(commands, sites) as running:
        for name, address in addresses.items():
            until(partial(answers, address), running[name])
        with tabs(addresses) as pages:
            return measure(sites, running, lambda name, mark: shows(pages[name], mark, PATIENCE))


def measure(
    sites: Mapping[str, Site], running: Running, arrival: Callable[[str, str], float]
) -> dict[str, list[float]]:
    """Return the seconds of each save, by generator; `arrival` returns the moment at which one has brought a mark."""
    found: dict[str, list[float]] = {name: [] for name in running}
    size = max(len(site.posts) for site in sites.values())
    saves = next(count for most, count in SAVES.items() if size <= most)
    for number in range(saves + 1):
        for name in running:
            rest(running)
            time.sleep(BEAT * random())
            began = time.time()
            seconds = arrival(name, save(sites[name])) - began
            print(f"save {number}, {name}: {1000 * seconds:.0f} ms", file=sys.stderr)
            if number:
                found[name].append(seconds)
    return found


@contextmanager
def started(commands: Mapping[str, Sequence[str]], sites: Mapping[str, Site]) -> Iterator[Running]:
    """Run a command in the folder of each site until the block ends."""
    with ExitStack() as stack:
        running = {}
        for name, command in commands.items():
            running[name] = Popen(command, cwd=sites[name].folder, stdout=DEVNULL, stderr=DEVNULL)
            stack.callback(running[name].wait, 20)
            stack.callback(running[name].terminate)
        yield running


def save(site: Site) -> str:
    """Save the story with a new mark in place of the last one, and return the mark."""
    text, _, _ = site.edited.read_text("utf-8").partition("\n\nMark")
    mark = f"Mark{time.time_ns()}end"
    site.edited.write_text(f"{text}\n\n{mark} was added.\n", encoding="utf-8")
    return mark


def until(done: Callable[[], bool], process: Popen[bytes]) -> float:
    """Return the moment at which `done()` is true, for which `process` must run."""
    end = time.perf_counter() + PATIENCE
    while not done():
        if process.poll() is not None or time.perf_counter() > end:
            raise SystemExit(f"{process.args!r} brought nothing")
        time.sleep(0.002)
    return time.time()


def rest(running: Running) -> None:
    """Return when none of the processes has had anything to do for a while."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        before = sum(work(process.pid) for process in running.values())
        time.sleep(IDLE)
        if sum(work(process.pid) for process in running.values()) - before <= BUSY:
            return
    raise SystemExit("they never come to rest")


def show(size: int, found: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    """Print the medians as a table: milliseconds, and the ratio to Hugo."""
    say(f"\n### {size:,} posts\n\n| | {' | '.join(found)} |\n|---|{'---|' * len(found)}")
    for name in dict.fromkeys(name for figures in found.values() for name in figures):
        cells = []
        for figures in found.values():
            mine = median(figures[name]) if name in figures else 0.0
            hugo = figures.get("Hugo", []) if name != "Hugo" else []
            cells.append(f"{1000 * mine:,.0f} ms{ratio(mine, hugo)}" if mine else "–")
        say(f"| {name} | {' | '.join(cells)} |")


def show_long(site: Site) -> None:
    """Print what `storysite watch` holds after few and many rebuilds, and its work while it waits."""
    held = []
    with started({"storysite": site.peer.watch}, {"storysite": site}) as running:
        process = running["storysite"]
        rest(running)
        for number in range(1, MANY + 1):
            until(partial(holds, site.page, save(site)), process)
            if number in (FEW, MANY):
                rest(running)
                held.append(f"{memory(process.pid):.0f} MB after {number} rebuilds")
        before = work(process.pid)
        time.sleep(LONG)
        share = 100 * (work(process.pid) - before) / LONG
    say(f"\n`storysite watch` holds {', '.join(held)}; while it waits it uses {share:.1f} % of a processor.")


if __name__ == "__main__":
    main()
