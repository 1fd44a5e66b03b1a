"""The theme's own files, under names that change with their bytes, so that browsers may keep them for ever."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from storysite.digest import digest_file
from storysite.model.theme import Asset


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
                url = (Path("assets") / name.with_name(f"{name.stem}.{digest.hex()[:8]}{name.suffix}")).as_posix()
                found[name.as_posix()] = Asset(file, url, digest)
    return found
