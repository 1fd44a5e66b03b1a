"""Times saves under `storysite watch` beside `hugo --watch`: `python -m tests.bench.watch 1000 10000`.

Both run at the same time on sites of the same stories; a story is saved in one and then in the other, each after both
have been idle for a while. A figure is the time from the save until the new text stands in the output file.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.peers import peers
from tests.bench.run import Site, made, start

SAVES = 7
IDLE = 1.5
"""Seconds between two saves; the first save of each is not counted."""
PATIENCE = 120.0
WATCH = {"storysite": ["watch"], "Hugo": ["--watch"]}


def main() -> None:
    parser = argparse.ArgumentParser(description="Time saves while a site is watched.")
    parser.add_argument("sizes", type=int, nargs="*", default=[200])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "storysite-bench")
    given = parser.parse_args()
    for size in given.sizes:
        with tempfile.TemporaryDirectory(prefix=f"watch-{size}-", dir=made(given.folder)) as folder:
            figures = measure(size, Path(folder))
        for name, seconds in figures.items():
            shown = ", ".join(f"{1000 * each:.0f}" for each in seconds)
            sys.stdout.write(f"{size} posts, {name}: median {1000 * median(seconds):.0f} ms ({shown})\n")


def measure(size: int, folder: Path) -> dict[str, list[float]]:
    """Return the seconds of each save, by generator."""
    chosen = {name: peer for name, peer in peers().items() if name in WATCH}
    sites = {name: start(peer, folder / name, size) for name, peer in chosen.items()}
    commands = {name: [*site.peer.command, *WATCH[name]] for name, site in sites.items()}
    commands["storysite"] = [sys.executable, "-m", "storysite", "watch"]
    running = [
        subprocess.Popen(commands[name], cwd=site.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name, site in sites.items()
    ]
    try:
        for site in sites.values():
            arrival(site, site.edited.stem)
        found: dict[str, list[float]] = {name: [] for name in sites}
        for number in range(SAVES + 1):
            for name, site in sites.items():
                time.sleep(IDLE + size / 5000)
                seconds = save(site, f"Mark{number}end")
                if number:
                    found[name].append(seconds)
        return found
    finally:
        for process in running:
            process.terminate()
            process.wait(20)


def save(site: Site, mark: str) -> float:
    """Save a story with `mark` in its text, and return the seconds until its page has it."""
    text = site.edited.read_text("utf-8")
    began = time.perf_counter()
    site.edited.write_text(f"{text}\n\n{mark} was added.\n", encoding="utf-8")
    return arrival(site, mark) - began


def arrival(site: Site, mark: str) -> float:
    """Return the moment at which the page of the edited story has `mark` in it."""
    pages = [site.folder / site.peer.output / path for path in _pages(site)]
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        for page in pages:
            if page.exists() and mark in page.read_text("utf-8", "replace"):
                return time.perf_counter()
        time.sleep(0.002)
    raise SystemExit(f"{mark} never came to {pages}")


def _pages(site: Site) -> list[str]:
    name, year = site.edited.stem, site.edited.parent.name
    return [f"posts/{year}/{name}/index.html", *(f"{year}/{month:02}/{name}/index.html" for month in range(1, 13))]


if __name__ == "__main__":
    main()
