"""Files and folders for people, whole or not at all: also on a full disk, and new ones never over what is there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EEXIST
from pathlib import Path
from secrets import token_hex

UNFINISHED = ".storysite-new"
"""The folder, in a new one, where its files are written before they are put in place."""


def write_new(file: Path, data: bytes) -> None:
    """Write a file that is not there yet, with the folders above it.

    Raises FileExistsError if it is there, and another OSError, which names it, if it cannot be written; then nothing is
    left of it.
    """
    with _unfinished(file) as temporary:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(temporary, data)
        _put(temporary, file)


def replace_file(file: Path, data: bytes) -> None:
    """Write new bytes in the place of a file that is there, with the same rights; it is the old one or the new one.

    Raises an OSError that names it if it cannot be written; then the old one is there.
    """
    with _unfinished(file) as temporary:
        _write(temporary, data)
        shutil.copymode(file, temporary)
        temporary.replace(file)


def _write(file: Path, data: bytes) -> None:
    with file.open("xb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """Give the path of a file beside `file`, which is gone when the block ends; an OSError in it names `file`."""
    temporary = file.with_name(f"{UNFINISHED}-{token_hex(4)}~")
    try:
        yield temporary
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield a folder to write to; what is in it is in `folder` when the block ends, and nowhere if it fails."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    placed: list[Path] = []
    try:
        unfinished.mkdir()
        yield unfinished
        for entry in sorted(unfinished.iterdir()):
            placed.append(folder / entry.name)
            entry.rename(placed[-1])
        unfinished.rmdir()
    except BaseException:
        for each in (unfinished, *placed):
            shutil.rmtree(each, ignore_errors=True)
            with suppress(OSError):
                each.unlink()
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def _put(temporary: Path, file: Path) -> None:
    try:
        os.link(temporary, file)
    except FileExistsError:
        raise
    except OSError:  # a disk, such as that of a camera, on which a file has one name
        if os.path.lexists(file):
            raise FileExistsError(EEXIST, os.strerror(EEXIST)) from None
        temporary.rename(file)
