"""Pictures that were made before, each in a file of its own that says itself whether it is whole."""

import os
import time
from contextlib import suppress
from pathlib import Path

from storysite.digest import SIZE, digest_bytes

GRACE = 30 * 24 * 3600
"""Seconds for which one is kept that no build asked for: a picture that is put back needs no second work."""
_DAY = 24 * 3600


def kept_at(place: Path) -> bytes | None:
    """Return what was kept there, None if it is not there as it was written: its digest stands before it."""
    try:
        data = place.read_bytes()
        if time.time() - place.stat().st_mtime > _DAY:
            os.utime(place)  # it is still wanted
    except OSError:
        return None
    return data[SIZE:] if digest_bytes(data[SIZE:]) == data[:SIZE] else None


def keep(place: Path, data: bytes) -> None:
    """Keep something for later; where that cannot be, or only a part of it, it is made again."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(digest_bytes(data) + data)


def drop_unused(folder: Path) -> None:
    """Delete what no build asked for in a long time."""
    with suppress(OSError):
        for file in folder.iterdir():
            if time.time() - file.stat().st_mtime > GRACE:
                file.unlink()
