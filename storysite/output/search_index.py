"""The search index: Pagefind reads the finished pages, and what it makes lies beside them in `pagefind/`.

Its names differ from one run of Pagefind to the next.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from storysite.plugins import SEARCH, Step
from storysite.problems import Problem

ENTRY = "pagefind-entry.json"
NEEDED = ("pagefind.js", "pagefind-worker.js", "*.pagefind", "*.pf_meta", "index/*", "fragment/*", "filter/*", ENTRY)
"""What our search page loads; Pagefind's own forms and styles, 400 KB of them, are left away."""
TIMEOUT = 600
"""Seconds after which Pagefind is given up: it reads about 1,000 pages a second."""


def make_index(pages: Path, into: Path) -> list[Problem]:
    """Make the search index of the pages in a folder. Without Pagefind there is none, and a note says how to get it."""
    if find_spec("pagefind") is None:
        hint = "run: pipx inject storysite 'pagefind[bin]'; or write search: no in storysite.yml"
        what = "the search page only shows the archive, because Pagefind, the search program, is not installed"
        return [Problem.of("search-missing", what, hint)]
    with TemporaryDirectory(prefix="storysite-search-") as made:
        command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", made, "--silent"]
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
        for file in (file for name in NEEDED for file in Path(made).glob(name)):
            target = into / file.relative_to(made)
            target.parent.mkdir(exist_ok=True)
            shutil.move(file, target)
    return []


def _has_search_page(pages: Path) -> bool:
    return (pages / "search" / "index.html").is_file()


SEARCH_INDEX = Step("the search index", SEARCH, make_index, _has_search_page, code="search-failed")
