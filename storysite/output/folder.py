"""The output folder: files are staged, then put in place all at once; only what we wrote is replaced or deleted.

The manifest in the output names every file of ours. It is what makes a folder "ours", and it is
written before new files and after deletions, so that a kill at any moment leaves no file unclaimed.
"""

import os
import shutil
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Protocol

from storysite.digest import PIECE, change_mark, digest_file, path_text
from storysite.errors import UsageError
from storysite.model.links import PICTURE_FOLDERS
from storysite.problems import Problem

MANIFEST = ".storysite-manifest"
STAGING = ".storysite-staging"
PREVIEW = ".storysite/preview/site"
"""The one output that may lie among what storysite keeps for itself: drafts in it never come near the site's own."""
_HEAD = "# The files of this folder that storysite wrote, and may replace or delete. Do not edit.\n"
_STORY = "# story "


class Remembered(Protocol):
    """A file as it was written: its size, its time and its mark, which digest.change_mark explains, and its bytes."""

    @property
    def size(self) -> int: ...
    @property
    def mtime(self) -> int: ...
    @property
    def mark(self) -> int: ...
    @property
    def digest(self) -> bytes: ...


class Output:
    """An output folder that is ours to write to; `name` is what the cache knows it by, without one its whole path."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder = folder
        self.name = name or path_text(folder)
        self._path = str(folder)
        self.staging = folder / STAGING
        self.owned, self.stories = _read_manifest(folder / MANIFEST)
        self.is_prepared = False
        """Whether files may be staged in it."""

    def is_ours(self) -> bool:
        """Return whether storysite made the folder."""
        return (self.folder / MANIFEST).is_file()

    @property
    def is_lost(self) -> bool:
        """Whether somebody deleted the folder, or what we keep in it for ourselves, since it was prepared."""
        return self.is_prepared and not (self.is_ours() and self.staging.is_dir())

    def reclaim(self, routes: Iterable[str]) -> None:
        """Make the folder ours again after somebody deleted its manifest; `routes` are the files that we wrote."""
        self.owned |= set(routes)
        self._write_manifest(self.owned)

    def prepare(self) -> None:
        """Make the folder, claim it, and clear what a killed build may have left in the staging folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.clear_staging()
        self.staging.mkdir(exist_ok=True)
        if not self.is_ours():
            self._write_manifest(self.owned)
        self.is_prepared = True

    def clear_staging(self) -> None:
        """Take away files that were made and not put in place, as when a build is stopped."""
        self.is_prepared = False
        shutil.rmtree(self.staging, ignore_errors=True)

    def intact(self, remembered: Mapping[str, Remembered]) -> set[str]:
        """Return the routes whose files are still, by all that the system tells of them, what was written."""
        found: set[str] = set()
        for route, row in remembered.items():
            try:
                if self.state(route) == (row.size, row.mtime, row.mark):
                    found.add(route)
            except OSError:
                continue
        return found

    def copied(self, remembered: Mapping[str, Remembered], intact: Container[str]) -> list[str]:
        """Return the routes that are not `intact` and whose files hold the bytes that were written all the same.

        They were touched, or the whole folder was copied or is one of another checkout.
        """
        return [route for route, row in remembered.items() if route not in intact and self._holds(route, row)]

    def state(self, route: str) -> tuple[int, int, int]:
        """Return size, time and mark of one file, by which a later build sees that nobody touched it."""
        stat = os.stat(f"{self._path}/{route}", follow_symlinks=False)
        return stat.st_size, stat.st_mtime_ns, change_mark(stat)

    def _holds(self, route: str, row: Remembered) -> bool:
        try:
            stat = os.stat(f"{self._path}/{route}", follow_symlinks=False)
            return S_ISREG(stat.st_mode) and stat.st_size == row.size and self.digest(route) == row.digest
        except OSError:
            return False

    def digest(self, route: str) -> bytes:
        """Return the digest of the bytes of one file."""
        with (self.folder / route).open("rb") as opened:
            return digest_file(opened)

    def foreign(self, routes: Iterable[str]) -> list[Problem]:
        """Return an error for each of `routes` whose place in the folder is taken by something we did not write."""
        folders = {"": False}
        return [
            Problem.of(
                "output-foreign",
                "something that storysite did not write is in the way of a page",
                "move it into static/ (if you want it on the site) or delete it",
                path=f"{self.folder.name}/{route}",
            )
            for route in routes
            if self._is_taken(_above(route), folders) or self._is_foreign(route)
        ]

    def place(
        self, staged: Sequence[tuple[str, str]], delete: Iterable[str], stories: Set[str] = frozenset()
    ) -> tuple[int, int]:
        """Put staged files at their routes where the bytes differ, delete `delete`; return written and deleted.

        Of `stories`, which are words to us, the manifest tells the next build.
        """
        routes = {route for _, route in staged}
        gone = set(delete) & self.owned
        if not routes <= self.owned:
            self.owned |= routes
            self._write_manifest(self.owned)
        folders = {"": False}
        for route in sorted(gone):
            if not self._is_taken(_above(route), folders):
                (self.folder / route).unlink(missing_ok=True)
                self._drop_empty_folders(route)
        written = sum([self._put(file, route) for file, route in staged])
        if gone or stories != self.stories:
            self.owned -= gone
            self.stories = stories
            self._write_manifest(self.owned)
        return written, len(gone)

    def remove(self) -> None:
        """Delete every file of ours, and the folder if it is empty then."""
        self.place([], self.owned)  # which follows no link
        (self.folder / MANIFEST).unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()

    def _is_foreign(self, route: str) -> bool:
        path = f"{self._path}/{route}"
        if os.path.isdir(path) and not os.path.islink(path):
            return not self._holds_only_ours(path)
        return route not in self.owned and os.path.lexists(path)

    def _holds_only_ours(self, path: str) -> bool:
        """Return whether all that lies in a folder are files of ours: they go before another takes its place."""
        for here, folders, names in os.walk(path):
            inside = os.path.relpath(here, self._path).replace(os.sep, "/")
            if not (folders or names) or any(f"{inside}/{name}" not in self.owned for name in names):
                return False
        return True

    def _is_taken(self, folder: str, known: dict[str, bool]) -> bool:
        """Whether `folder`, or one above it, is a link or a file that is not ours to replace."""
        if folder not in known:
            path = f"{self._path}/{folder}"
            taken = os.path.islink(path) or (os.path.exists(path) and not os.path.isdir(path))
            ours = taken and folder in self.owned and os.path.isfile(path)
            known[folder] = (taken and not ours) or self._is_taken(_above(folder), known)
        return known[folder]

    def _put(self, file: str, route: str) -> bool:
        target = f"{self._path}/{route}"
        if same_bytes(file, target):
            return False
        try:
            os.replace(file, target)
        except FileNotFoundError:  # there is no folder for it yet
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(file, target)
        return True

    def _drop_empty_folders(self, route: str) -> None:
        for parent in (self.folder / route).parents:
            if parent == self.folder:
                return
            try:
                parent.rmdir()
            except OSError:
                return

    def _write_manifest(self, routes: Iterable[str]) -> None:
        temporary = self.folder / (MANIFEST + "~")
        lines = [*sorted(routes), *(_STORY + story for story in sorted(self.stories))]
        temporary.write_text(_HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        temporary.replace(self.folder / MANIFEST)


def refuse_foreign(output: Path, site: Path, is_known: Callable[[], bool] = lambda: False) -> None:
    """Raise UsageError if `output` must not be written to: home folder, a disk's root, our sources, others' files.

    One whose manifest is gone `is_known` if there are files in it that we remember.
    """
    output = output.resolve()
    reason = ""
    if output in (output.parent, _home()):
        reason = "this is not a folder for a site"
    elif output == site or output in site.parents:
        reason = "this folder contains the site's own source files"
    elif output != site / PREVIEW and any(
        output == site / name or site / name in output.parents
        for name in (".storysite", "content", "static", "templates", "themes", "data", *PICTURE_FOLDERS)
    ):
        reason = "this folder is part of the site's own source files"
    elif output.exists() and not output.is_dir():
        reason = "this is a file, not a folder"
    elif output.is_dir() and not (output / MANIFEST).exists() and any(_known(output)) and not is_known():
        reason = "it contains files that storysite did not write"
    if reason:
        hint = "choose a new or empty folder: storysite build -o my-site"
        raise UsageError(
            Problem.of("output-refused", f"the site cannot be written here: {reason}", hint, path=str(output))
        )


def _home() -> Path | None:
    """Return the home folder of who builds, None for a user of whom the system knows nothing."""
    try:
        return Path.home().resolve()
    except RuntimeError:
        return None


def files_in(folder: Path) -> dict[str, Path]:
    """Return the pages and files in an output folder by route, without what we keep for us and what steps made.

    A step has a folder with a manifest of its own.
    """
    of_steps = {manifest.parent.name for manifest in folder.glob(f"*/{MANIFEST}")}
    return {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.is_file()
        and (first := file.relative_to(folder).parts[0]) not in of_steps
        and not first.startswith(".storysite-")
    }


def same_bytes(first: str, second: str) -> bool:
    """Return whether two files hold the same bytes and `second` is a file, no link. Neither is ever held as a whole."""
    try:
        known = os.stat(second, follow_symlinks=False)
        if not S_ISREG(known.st_mode) or known.st_size != os.stat(first).st_size:
            return False
        with open(first, "rb") as new, open(second, "rb") as old:
            while piece := new.read(PIECE):
                if piece != old.read(PIECE):
                    return False
            return True
    except OSError:
        return False


def _above(path: str) -> str:
    """Return the folder that a route lies in, "" for the output itself."""
    return path.rpartition("/")[0]


def _known(folder: Path) -> Iterable[str]:
    return (name for name in os.listdir(folder) if name not in (STAGING, ".DS_Store"))


def _read_manifest(file: Path) -> tuple[set[str], Set[str]]:
    """Return the routes in a manifest, and the stories; a line that leads outside the folder is not believed."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set(), frozenset()
    stories = {line.removeprefix(_STORY) for line in lines if line.startswith(_STORY)}
    routes = {line for line in lines if line and not line.startswith(("#", "/")) and ".." not in line.split("/")}
    return routes, stories
