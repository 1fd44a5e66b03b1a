"""Where files of themes may lie: nothing else of a computer is ever read or published as one, whatever links to it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from storysite.problems import Problem, Severity
from storysite.theme.faults import shown_path

LINKS = 2
"""Links followed on one way: without a bound, ten folders that link to each other are read a thousand times."""


class ThemeFile(Struct, frozen=True, gc=False):
    """A file in a folder of themes: its name there in POSIX form, its path, and whether a link leads elsewhere."""

    name: str
    path: str
    is_outside: bool = False


def places_in(site: Path, others: Iterable[Path]) -> tuple[str, ...]:
    """Return the folders in which all files of themes lie: two of the site's, and those of `others` that come with it.

    Of the site's own neither is taken where it is a link: a theme must not bring out what lies elsewhere in the site,
    such as its drafts.
    """
    home = os.path.realpath(site)
    return (*(os.path.join(home, name) for name in ("templates", "themes")), *map(os.path.realpath, others))


def is_in(places: Sequence[str], path: Path | str) -> bool:
    """Return whether a file or a folder lies in one of `places`, wherever the links on its way lead."""
    real = os.path.realpath(path)
    return any(real == place or real.startswith(place + os.sep) for place in places)


def files_below(folder: Path | str, places: Sequence[str]) -> Iterator[ThemeFile]:
    """Yield all that lies in a folder, in order. A link that leads out of `places` is told of and not followed."""
    if is_in(places, folder):
        yield from _below(str(folder), "", places, (os.path.realpath(folder),), 0)
    elif os.path.lexists(folder):
        yield ThemeFile("", str(folder), is_outside=True)


def outside(path: str, site: Path) -> Problem:
    """Return the error for a link that leads out of all themes."""
    what = "this is a link to a place outside the site's themes, so it is not followed"
    hint = "delete it; or if you made it yourself, put a copy of what it points to in its place"
    return Problem.of("link-outside", what, hint, path=shown_path(Path(path), site), severity=Severity.ERROR)


def _below(here: str, before: str, places: Sequence[str], above: tuple[str, ...], links: int) -> Iterator[ThemeFile]:
    try:
        entries = sorted(os.scandir(here), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name, path = f"{before}{entry.name}", f"{here}{os.sep}{entry.name}"
        if entry.is_dir():
            real = os.path.realpath(path)  # of every folder, for not all that lead elsewhere say that they are links
            linked = links + (real != os.path.join(above[-1], entry.name))
            if not is_in(places, real):
                yield ThemeFile(name, path, is_outside=True)
            elif linked <= LINKS and real not in above:
                yield from _below(path, f"{name}/", places, (*above, real), linked)
        elif entry.is_symlink() and not is_in(places, path):
            yield ThemeFile(name, path, is_outside=True)
        elif entry.is_file():
            yield ThemeFile(name, path)
