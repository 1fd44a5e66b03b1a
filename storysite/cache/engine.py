"""The engine digest: storysite's own code and the libraries that decide what bytes it writes. It enters every key."""

import sys
import zoneinfo
from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points, packages_distributions
from importlib.util import find_spec
from pathlib import Path

from storysite.digest import digest_bytes
from storysite.versions import installed

LIBRARIES = (
    "Jinja2",
    "MarkupSafe",
    "Markdown",
    "PyYAML",
    "pymdown-extensions",
    "Pygments",
    "selectolax",
    "babel",
    "msgspec",
    "comrak",
    "segno",
    "tzdata",
)


@cache
def engine_digest() -> bytes:
    """Return the digest of everything but the site itself that a page's bytes depend on."""
    package = Path(__file__).parent.parent
    files = sorted([*package.rglob("*.py"), *package.glob("locale/*.po")])
    code = [part for file in files for part in (file.name.encode(), file.read_bytes())]
    libraries = [f"{name} {installed(name)}".encode() for name in LIBRARIES]
    zones = f"zones {zone_data(zoneinfo.TZPATH)}".encode()
    return digest_bytes(f"python {sys.version_info[:2]}".encode(), zones, *libraries, *code)


def extensions_digest(names: Sequence[str]) -> bytes:
    """Return the digest of what Markdown extensions are: the versions of their packages, else their own files.

    `names` are written as Python-Markdown takes them: `toc`, `pymdownx.mark`, `package.module:Class`.
    """
    return digest_bytes(*[part for name in sorted(names) for part in (name.encode(), _edition_of(name))])


def _edition_of(name: str) -> bytes:
    named = next(iter(entry_points(group="markdown.extensions", name=name)), None)
    module = named.module if named else name.split(":", maxsplit=1)[0]
    packages = packages_distributions().get(module.partition(".")[0], [])
    if packages:
        return " ".join(f"{each} {installed(each)}" for each in sorted(set(packages))).encode()
    try:
        found = find_spec(module)
    except (ImportError, ValueError):
        found = None
    if found is None or not found.origin:
        return b"absent"
    home = Path(found.origin)
    files = sorted(home.parent.rglob("*.py")) if home.name == "__init__.py" else [home]
    return digest_bytes(*[file.read_bytes() for file in files if file.is_file()])


def zone_data(places: Sequence[str]) -> list[str]:
    """Return which edition of the time zones each folder of `places` holds, as far as it tells.

    Python asks these folders, which are the system's, before the library tzdata. Most systems keep the edition in the
    first line of `tzdata.zi`; macOS and the BSDs in a file `+VERSION`.
    """
    return [edition for place in places for name in ("tzdata.zi", "+VERSION") if (edition := _first_line(place, name))]


def _first_line(place: str, name: str) -> str:
    try:
        with open(f"{place}/{name}", "rb") as file:
            return file.readline(200).decode("ascii", "replace").strip()
    except OSError:
        return ""
