"""The search index: Pagefind reads the finished pages, and what it makes lies beside them in `pagefind/`.

Its names differ from one run of Pagefind to the next.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from storysite.model.leftovers import is_sayable
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
    with TemporaryDirectory(prefix="search-", dir=into.parent, ignore_cleanup_errors=True) as made:
        # -P: Python files in the site's folder, such as json.py, are not ours to run
        program = [sys.executable, "-P", "-m", "pagefind"]
        command = [*program, "--site", _sayable(pages, made), "--output-path", ".", "--silent"]
        try:
            subprocess.run(  # noqa: S603 -- ours
                command,
                cwd=made,
                env={name: value for name, value in os.environ.items() if is_sayable(name + value)},
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=TIMEOUT,
                check=True,
            )
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


def _sayable(pages: Path, made: str) -> str:
    """Return a path to the pages, seen from `made`, in UTF-8: Pagefind takes no other, nor any other variable."""
    pages = pages.resolve()
    if is_sayable(str(pages)):
        return str(pages)
    Path(made, "site").symlink_to(pages, target_is_directory=True)
    return "site"


def _has_search_page(pages: Path) -> bool:
    return (pages / "search" / "index.html").is_file()


SEARCH_INDEX = Step("the search index", SEARCH, make_index, _has_search_page, code="search-failed")
