"""Packs files as a wheel, so that pip can install the program that a site carries; always in the same bytes.

The layout is that of https://packaging.python.org/en/latest/specifications/binary-distribution-format/.
"""

import csv
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO

from msgspec import Struct

from storysite.starter.zip_archive import zipped

_KIND = "Wheel-Version: 1.0\nGenerator: storysite\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class Facts(Struct, frozen=True):
    """What an installer must know of a program beside its files."""

    name: str
    version: str
    summary: str
    license: str
    """As SPDX writes it, and its text."""
    license_text: bytes
    python: str
    """The versions of Python it runs on."""
    needs: tuple[str, ...]
    """Other packages, as `click<9,>=8.2` or `comrak<0.1; extra == 'commonmark'`, sorted."""
    extras: tuple[str, ...]
    scripts: Mapping[str, str]
    """Commands, each as `package.module:function`."""


def wheel_name(facts: Facts) -> str:
    """Return the name of the file; an installer reads name and version from it."""
    return f"{facts.name}-{facts.version}-py3-none-any.whl"


def pack(facts: Facts, files: Mapping[str, bytes]) -> bytes:
    """Return a wheel of `files`, by their paths from the folder into which they are installed.

    Equal arguments give equal bytes, on every system and in every version of Python.
    """
    about = f"{facts.name}-{facts.version}.dist-info"
    scripts = "".join(f"{name} = {place}\n" for name, place in sorted(facts.scripts.items()))
    whole = {name: files[name] for name in sorted(files)}
    whole[f"{about}/METADATA"] = _metadata(facts).encode()
    whole[f"{about}/WHEEL"] = _KIND.encode()
    whole[f"{about}/entry_points.txt"] = f"[console_scripts]\n{scripts}".encode()
    whole[f"{about}/licenses/LICENSE"] = facts.license_text
    whole[f"{about}/RECORD"] = _record(whole, f"{about}/RECORD")
    return zipped(whole)


def _metadata(facts: Facts) -> str:
    """Return what https://packaging.python.org/en/latest/specifications/core-metadata/ asks for, and no description."""
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {facts.name}",
        f"Version: {facts.version}",
        f"Summary: {facts.summary}",
        f"License-Expression: {facts.license}",
        "License-File: LICENSE",
        f"Requires-Python: {facts.python}",
        *(f"Requires-Dist: {need}" for need in facts.needs),
        *(f"Provides-Extra: {extra}" for extra in facts.extras),
    ]
    return "\n".join(lines) + "\n"


def _record(files: Mapping[str, bytes], own: str) -> bytes:
    """Return the list of all files with their digests and sizes; an installer holds them against it."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for name, data in files.items():
        digest = urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
        rows.writerow([name, f"sha256={digest}", len(data)])
    rows.writerow([own, "", ""])
    return text.getvalue().encode()
