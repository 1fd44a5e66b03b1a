"""The search index: Pagefind reads the finished pages, and what it makes lies beside them in `pagefind/`.

Its files are no pages of ours: they follow from the pages alone, are made after them, and their names differ from one
run of Pagefind to the next, so they are not compared byte for byte. The folder has a manifest of its own.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode

from storysite.output.folder import SEARCH, Output
from storysite.problems import Problem

ENTRY = "pagefind-entry.json"
STATE = ".storysite-index"
"""Where it stands of what an index was made."""
NEEDED = ("pagefind.js", "pagefind-worker.js", "*.pagefind", "*.pf_meta", "index/*", "fragment/*", "filter/*", ENTRY)
"""What our search page loads; Pagefind's own forms and styles, 400 KB of them, are left away."""
TIMEOUT = 600
"""Seconds after which Pagefind is given up: it reads about 1,000 pages a second."""


class IndexState(Struct, frozen=True):
    """What an index was made of, and its files with their sizes: written last, when it is whole."""

    edition: bytes
    files: dict[str, int]


def is_due(output: Path, edition: bytes) -> bool:
    """Return whether there is a search page without a whole index of this `edition` of the pages."""
    if not (output / "search" / "index.html").is_file():
        return False
    place = output / SEARCH
    try:
        state = decode((place / STATE).read_bytes(), type=IndexState)
        return state.edition != edition or state.files != _sizes(place, state.files)
    except (OSError, MsgspecError):
        return True


def _sizes(place: Path, names: Iterable[str]) -> dict[str, int]:
    return {name: (place / name).stat().st_size for name in names}


def index(output: Path, edition: bytes) -> list[Problem]:
    """Make the search index of the pages in `output`, which are of an `edition`.

    Without Pagefind there is none, and a note says how to get it. Its state is taken away first and written last, so
    that an index that was not finished is made again.
    """
    if find_spec("pagefind") is None:
        hint = "run: pipx inject storysite 'pagefind[bin]'; or write search: no in storysite.yml"
        what = "the search page only shows the archive, because Pagefind, the search program, is not installed"
        return [Problem.of("search-missing", what, hint)]
    place = Output(output / SEARCH)
    if place.folder.exists() and not place.is_ours():
        what = f"the search index cannot be written: storysite did not write what is already in {SEARCH}"
        hint = f"rename it if it is in static/, and delete {output.name}/{SEARCH}"
        return [Problem.of("search-failed", what, hint)]
    (place.folder / STATE).unlink(missing_ok=True)
    with TemporaryDirectory(prefix="storysite-search-") as made:
        command = [sys.executable, "-m", "pagefind", "--site", str(output), "--output-path", made, "--silent"]
        try:
            subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)  # noqa: S603 -- ours
            said = ""
        except subprocess.CalledProcessError as error:
            said = (error.stderr or error.stdout).strip() or f"it ended with {error.returncode}"
        except (OSError, subprocess.TimeoutExpired) as error:
            said = str(error)
        if said:
            what = f"the search index could not be built: {said.splitlines()[-1]}"
            hint = "the site was built without it; run storysite build again, or write search: no in storysite.yml"
            return [Problem.of("search-failed", what, hint)]
        place.prepare()
        files = [(file.relative_to(made).as_posix(), file) for name in NEEDED for file in sorted(Path(made).glob(name))]
        staged = []
        for number, (route, file) in enumerate(files):
            shutil.move(file, place.staging / str(number))
            staged.append((str(place.staging / str(number)), route))
        place.place(staged, place.owned - {route for _, route in files})
        place.clear_staging()
    state = IndexState(edition, _sizes(place.folder, place.owned))
    (place.folder / STATE).write_bytes(encode(state))
    return []
