"""The engine digest: storysite's own code and the libraries that decide what bytes it writes. It enters every key."""

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from storysite.digest import digest_bytes

LIBRARIES = (
    "Jinja2",
    "Markdown",
    "PyYAML",
    "pymdown-extensions",
    "Pygments",
    "selectolax",
    "babel",
    "msgspec",
    "comrak",
    "segno",
)


@cache
def engine_digest() -> bytes:
    """Return the digest of everything but the site itself that a page's bytes depend on."""
    package = Path(__file__).parent.parent
    files = sorted([*package.rglob("*.py"), *package.glob("locale/*.po")])
    code = [part for file in files for part in (file.name.encode(), file.read_bytes())]
    libraries = [f"{name} {_version(name)}".encode() for name in LIBRARIES]
    return digest_bytes(f"python {sys.version_info[:2]}".encode(), *libraries, *code)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
