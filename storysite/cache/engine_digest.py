"""The engine digest: storysite's own code and the libraries that decide what bytes it writes. It enters every key."""

import sys
import zoneinfo
from collections.abc import Sequence
from functools import cache
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
    "icalendar",
    "python-dateutil",
    "Pillow",
    "pillow-heif",
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
