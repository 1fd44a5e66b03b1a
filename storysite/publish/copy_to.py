"""Copies a built site to another place: a folder, with a list of what is ours in it, or a computer with rsync."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from storysite.errors import one_line
from storysite.output.folder import MANIFEST, same_bytes
from storysite.publish.pages import published
from storysite.publish.told import not_sent

LIST = ".storysite-published"
"""The list of what was put into a folder, one name a line; by it the next time knows what is ours."""
RSYNC = "rsync:"
_HEAD = "# The files that storysite publish --to put here, and may replace or delete. Do not edit.\n"
_RSYNC_SECONDS = 1800
_PARTIAL = 23
"""How rsync ends if a file that was asked for is not there."""


class Copied(Struct, frozen=True):
    """How many files were written and deleted; all others were there already."""

    written: int
    deleted: int


def copy_to(output: Path, target: Path, site: Path) -> Copied:
    """Put the files of a built site into a folder, and take away what an earlier time put there and is no more.

    Nothing else in it is touched. Raises NotSent if it is not a folder for that, or something is in the way.
    """
    target, files = target.expanduser(), published(output)
    ours = _refuse_or_known(target, output.resolve(), site.resolve())
    known = {*ours, *files}
    in_the_way = [route for route in files if _is_in_the_way(target, route, ours)]
    if in_the_way:
        what = f"{target / in_the_way[0]} is in the way of a page, and storysite did not put it there"
        raise not_sent("publish-target", what, "move it elsewhere, and publish again")
    target.mkdir(parents=True, exist_ok=True)
    _write_list(target, known)
    gone = sorted(ours - files.keys())
    for route in gone:
        _drop(target, route)
    written = sum([_put(file, target / route) for route, file in files.items()])
    _write_list(target, files)
    return Copied(written, len(gone))


def rsync_to(output: Path, place: str) -> Copied:
    """Put a built site on another computer, and take away what an earlier time put there and is no more.

    Nothing else there is touched. Raises NotSent if that cannot be.
    """
    program = shutil.which("rsync")
    if program is None:
        hint = "install rsync, or copy the folder _site in another way"
        raise not_sent("publish-target", "rsync is not on this computer", hint)
    if place.startswith("-") or not place.strip():
        raise not_sent(
            "publish-target", f"“{place}” is no place for rsync", "write it like rsync:host.example.org:/www"
        )
    files, place = published(output), place.rstrip("/") + "/"
    with tempfile.TemporaryDirectory() as scratch:
        kept, names = Path(scratch, LIST), Path(scratch, "names")
        _rsync(program, place, "-t", "--", place + LIST, str(kept), may_fail=True)  # there is none the first time
        gone = sorted((_read_list(kept) or set()) - files.keys())
        listed = ["-lt", "--chmod=D755,F644", "--from0", f"--files-from={names}"]
        _write_names(names, files)
        _rsync(program, place, *listed, "--", f"{output}{os.sep}", place)
        if gone:
            empty = Path(scratch, "empty")  # the same folders without these files: what is missing is taken away
            for route in gone:
                (empty / route).parent.mkdir(parents=True, exist_ok=True)
            _write_names(names, gone)
            _rsync(program, place, *listed, "--delete-missing-args", "--", f"{empty}{os.sep}", place)
        _write_list(kept.parent, files)
        _rsync(program, place, "-t", "--chmod=F644", "--", str(kept), place)
    return Copied(len(files), len(gone))


def _rsync(program: str, place: str, *words: str, may_fail: bool = False) -> None:
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603
            [program, "--timeout=60", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_RSYNC_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise not_sent("publish-target", f"{place} does not answer", "check the connection, and try again") from None
    if done.returncode == 0 or (may_fail and done.returncode == _PARTIAL):
        return
    said = one_line(done.stderr.decode("utf-8", "replace"))[:200]
    if "delete-missing-args" in said:
        what = "the rsync of this computer is too old to take away what is no longer part of the site"
        raise not_sent("publish-target", what, "install rsync 3.1 or newer")
    raise not_sent("publish-target", f"rsync could not copy the site to {place}: {said}", "check the address")


def _refuse_or_known(target: Path, output: Path, site: Path) -> set[str]:
    """Return what an earlier time put into a folder. Raises NotSent if the folder is not for that."""
    real = target.resolve()
    if target.exists() and not target.is_dir():
        raise not_sent("publish-target", f"{target} is a file, not a folder", "choose a folder for the site")
    if real in (output, site) or output in real.parents or real in output.parents or real in site.parents:
        what = f"{target} is the folder of the site itself, or holds it"
        raise not_sent("publish-target", what, "choose a folder elsewhere, such as that of your web server")
    if (real / MANIFEST).exists() or (real / "storysite.yml").exists():
        raise not_sent("publish-target", f"{target} is a site of its own", "choose an empty folder")
    known = _read_list(real / LIST)
    if known is None and real.is_dir() and any(name not in (".DS_Store", "Thumbs.db") for name in os.listdir(real)):
        what = f"{target} holds other files, and was never published to"
        raise not_sent("publish-target", what, "choose a new or empty folder")
    return known or set()


def _is_in_the_way(target: Path, route: str, ours: set[str]) -> bool:
    place = target / route
    if os.path.lexists(place) and route not in ours:
        return True
    above = [parent for parent in place.parents if target in parent.parents]
    return place.is_dir() or any(
        parent.is_symlink()
        or (parent.exists() and not parent.is_dir() and parent.relative_to(target).as_posix() not in ours)
        for parent in above
    )


def _put(file: Path, place: Path) -> bool:
    if same_bytes(str(file), str(place)):
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.storysite~")
    shutil.copyfile(file, fresh)
    fresh.replace(place)
    return True


def _drop(target: Path, route: str) -> None:
    place = target / route
    if any(parent.is_symlink() for parent in place.parents if target in parent.parents):
        return
    place.unlink(missing_ok=True)
    for parent in place.parents:
        if parent == target:
            return
        try:
            parent.rmdir()
        except OSError:
            return


def _read_list(file: Path) -> set[str] | None:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return {line for line in lines if line and not line.startswith(("#", "/")) and ".." not in line.split("/")}


def _write_names(file: Path, routes: Iterable[str]) -> None:
    file.write_bytes(b"".join(os.fsencode(route) + b"\0" for route in routes))


def _write_list(target: Path, routes: Mapping[str, object] | set[str]) -> None:
    fresh = target / f"{LIST}~"
    fresh.write_text(_HEAD + "".join(f"{route}\n" for route in sorted(routes)), "utf-8", newline="\n")
    fresh.replace(target / LIST)
