"""The theme's own files, under names that change with their bytes, so that browsers may keep them for ever."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from storysite.digest import digest_file
from storysite.markdown.hosts import hosts_in_script, hosts_in_style
from storysite.model.theme import Asset
from storysite.photos.kinds import HEAD
from storysite.photos.publish import PHOTO, published_as
from storysite.theme.find import files_of

LARGEST = 2 * 1024 * 1024
"""Bytes of a style sheet or a script that is read for whom it asks."""


def read_assets(folders: Sequence[str], places: Sequence[str]) -> Mapping[str, Asset]:
    """Return the theme's files by name: `style.css` has the URL `assets/style.3f9a2c1b.css`.

    A drawing is as much a program of the theme's author as a script is, and is left as it is.
    """
    found: dict[str, Asset] = {}
    for folder in folders:
        for name, file in files_of(folder, places):
            if name not in found:
                with file.open("rb") as opened:
                    way = published_as(name, opened.read(HEAD))
                    digest = digest_file(opened)
                shown = Path("assets") / Path(name).with_stem(f"{Path(name).stem}.{digest.hex()[:8]}")
                found[name] = Asset(file, shown.as_posix(), digest, _hosts_in(file), way if way == PHOTO else "")
    return found


def _hosts_in(file: Path) -> tuple[str, ...]:
    """Return the hosts of others that a style sheet or a script makes browsers ask, or may."""
    look = {".css": hosts_in_style, ".js": hosts_in_script, ".mjs": hosts_in_script}.get(file.suffix.lower())
    if look is None or file.stat().st_size > LARGEST:
        return ()
    return tuple(look(file.read_text("utf-8", "replace")))
