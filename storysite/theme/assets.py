"""The theme's own files, under names that change with their bytes, so that browsers may keep them for ever."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from storysite.digest import digest_file
from storysite.markdown.hosts import hosts_in_script, hosts_in_style
from storysite.model.theme import Asset

LARGEST = 2 * 1024 * 1024
"""Bytes of a style sheet or a script that is read for whom it asks."""


def read_assets(folders: Sequence[str]) -> Mapping[str, Asset]:
    """Return the theme's files by name: `style.css` has the URL `assets/style.3f9a2c1b.css`."""
    found: dict[str, Asset] = {}
    for folder in map(Path, folders):
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder)
            if re.search("[\udc80-\udcff]", name.as_posix()):
                continue  # a name in no encoding that we know, which no page can name
            if not file.resolve().is_relative_to(folder.resolve()):
                continue  # a link to a file of somebody else's
            if file.is_file() and not any(part.startswith(".") for part in name.parts) and name.as_posix() not in found:
                with file.open("rb") as opened:
                    digest = digest_file(opened)
                asked = _hosts_in(file)
                url = (Path("assets") / name.with_name(f"{name.stem}.{digest.hex()[:8]}{name.suffix}")).as_posix()
                found[name.as_posix()] = Asset(file, url, digest, asked)
    return found


def _hosts_in(file: Path) -> tuple[str, ...]:
    """Return the hosts of others that a style sheet or a script makes browsers ask, or may."""
    look = {".css": hosts_in_style, ".js": hosts_in_script, ".mjs": hosts_in_script}.get(file.suffix.lower())
    if look is None or file.stat().st_size > LARGEST:
        return ()
    return tuple(look(file.read_text("utf-8", "replace")))
