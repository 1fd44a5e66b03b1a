"""Whatever decides the bytes of a page is in the engine digest, so that a renewed library makes pages anew."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement

from storysite.cache.engine_digest import LIBRARIES, zone_data

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
NO_BYTES = {
    "click": "reads the command line and prints",
    "pagefind": "reads finished pages, and its index is made anew whenever one of them is",
    "regex": "counts letters as networks do, in texts that are on no page",
    "tzlocal": "is asked only for the settings of a new site, where its answer then stands",
    "typst": "draws cards and nothing else, in whose keys it is",
    "starlette": "serves the preview",
    "uvicorn": "serves the preview",
    "watchdog": "tells which files were saved",
}
"""Dependencies that decide no byte of a page, and why."""
NO_BYTES_BELOW = {"typing-extensions": "names types, and only for an old Python"}
"""The same of what those need that are named."""


def plain(name: str) -> str:
    """Return a distribution's name as every spelling of it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(asked: list[str]) -> set[str]:
    """Return the names of the requirements that hold on this system, without those of extras."""
    found = map(Requirement, asked)
    return {plain(each.name) for each in found if not each.marker or each.marker.evaluate({"extra": ""})}


def behind(name: str) -> set[str]:
    """Return what a library needs itself."""
    try:
        return needed(requires(name) or [])
    except PackageNotFoundError:
        return set()


def test_every_library_that_decides_bytes_is_in_the_engine_digest() -> None:
    """Each dependency is named there, or here with the reason why not; so are those below the ones that are named."""
    known = {plain(name) for name in LIBRARIES}
    optional = [each for extra in ("commonmark", "heic") for each in PROJECT["optional-dependencies"][extra]]
    declared = {plain(Requirement(each).name) for each in [*PROJECT["dependencies"], *optional]}
    below = {name for library in known for name in behind(library)}
    assert (declared | below) - NO_BYTES.keys() - NO_BYTES_BELOW.keys() == known
    assert not known & NO_BYTES.keys()
    assert NO_BYTES.keys() <= declared


def test_the_edition_of_the_systems_time_zones_is_known(tmp_path: Path) -> None:
    """It is read from whichever file a system keeps it in; where there is none, nothing is said."""
    folders = [tmp_path / name for name in ("linux", "mac", "bare", "absent")]
    for folder in folders[:3]:
        folder.mkdir()
    (folders[0] / "tzdata.zi").write_text("# version 2025b\n# redo posix_only\n", "utf-8")
    (folders[1] / "+VERSION").write_text("2025a\n", "utf-8")
    assert zone_data([str(folder) for folder in folders]) == ["# version 2025b", "2025a"]
