"""Commands that only look, such as `status`, work where nothing can be written: a school's shared drive, a backup."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from msgspec.structs import replace

from storysite.build.options import BuildOptions
from storysite.build.session import CACHE_FILE, CACHE_FOLDER


@contextmanager
def without_writing(options: BuildOptions) -> Iterator[BuildOptions]:
    """Give options with a cache that can be written: where a site's own cannot, a copy of it that the block ends."""
    folder = options.cache or options.folder.resolve() / CACHE_FOLDER
    if _can_be_written(folder):
        yield options
        return
    with TemporaryDirectory(prefix="storysite-", ignore_cleanup_errors=True) as elsewhere:
        for name in (CACHE_FILE, f"{CACHE_FILE}-wal"):
            with suppress(OSError):  # there is none, or nobody may read it: all is read again
                shutil.copyfile(folder / name, Path(elsewhere, name))
        yield replace(options, cache=Path(elsewhere))


def _can_be_written(folder: Path) -> bool:
    """Return whether SQLite can work in a folder, which is made if it is not there."""
    file = folder / CACHE_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return not file.exists() or os.access(file, os.W_OK)
    except OSError:
        return False
