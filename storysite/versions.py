"""Versions of libraries whose inner parts storysite changes to be faster, and which were compared with the plain ones.

With any other version the plain library is used: slower, and the bytes are the same.
"""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

VERIFIED: Mapping[str, tuple[str, ...]] = {
    "Markdown": ("3.11.3",),
    "pymdown-extensions": ("12", "13"),
    "Jinja2": ("3.1.6",),
    "MarkupSafe": ("3.0",),
}
"""Whole versions, or their first numbers where only what these promise is relied on."""


@cache
def installed(library: str) -> str:
    """Return the version of a library that is installed, "absent" if none is."""
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


def is_verified(*libraries: str) -> bool:
    """Return whether all of `libraries` are installed in versions that were compared."""
    return all(_matches(installed(library), VERIFIED[library]) for library in libraries)


def _matches(found: str, verified: tuple[str, ...]) -> bool:
    return any(f"{found}.".startswith(f"{known}.") for known in verified)
