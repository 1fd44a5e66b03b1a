"""The pictures in a site's folder, or in its next commit: which private things they tell; how these are taken out."""

import os
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from storysite.errors import BadValue
from storysite.model.links import PICTURE_FOLDERS
from storysite.new_files import replace_file, write_new
from storysite.photos.facts import LARGEST_FILE
from storysite.photos.header import read_picture
from storysite.photos.kinds import EXPORT, HEAD, kind_of
from storysite.photos.metadata import Thing, private_things
from storysite.photos.scrub import scrub
from storysite.problems import Problem, in_short
from storysite.source.scan import is_ignored, scan
from storysite.source.staged import staged_pictures

LOOKED_AT = ("content", "static", *PICTURE_FOLDERS)
"""The folders whose pictures are looked at and cleaned."""


class PrivatePhoto(Struct, frozen=True):
    """A picture that tells more than it shows."""

    path: str
    """Below the site's folder, in POSIX form."""
    things: tuple[Thing, ...]

    @property
    def grave(self) -> bool:
        """Whether it tells something that may not be published."""
        return any(thing.grave for thing in self.things)

    @property
    def code(self) -> str:
        """The problem that it is, if it is grave."""
        return "photo-location" if Thing.PLACE in self.things else "photo-private"

    @property
    def sentence(self) -> str:
        """What it tells, for people: the gravest first."""
        return f"{self.path} tells {in_short([thing.words for thing in self.things])}"


def private_photos(
    folder: Path, problems: list[Problem], progress: Callable[[str, int, int], None]
) -> Iterator[PrivatePhoto]:
    """Yield the pictures of a site that tell more than they show; what cannot be read is added to `problems`."""
    files = sorted(scan(folder).files, key=attrgetter("path"))
    for number, file in enumerate(files):
        progress("Photo", number, len(files))
        try:
            with open(folder / file.path, "rb") as opened:
                if not _kind_of_photo(opened.read(HEAD)):
                    continue
            if file.size <= LARGEST_FILE and (things := private_things(read_picture(folder / file.path))):
                yield PrivatePhoto(file.path, things)
        except OSError as error:
            what = f"this file cannot be read: {error.strerror}"
            hint = "check that it still exists and that you have permission to read it"
            problems.append(Problem.of("file-unreadable", what, hint, path=file.path))


def staged_photos(folder: Path, progress: Callable[[str, int, int], None]) -> Iterator[PrivatePhoto]:
    """Yield the pictures that tell more than they show and that git would commit next, in whichever folder they lie.

    Raises UsageError if git cannot tell what that is.
    """
    for path, data in staged_pictures(folder, _kind_of_photo, progress):
        if things := private_things(data):
            yield PrivatePhoto(path, things)


def is_cleaned(path: str) -> bool:
    """Whether a picture lies where private_photos() looks."""
    parts = path.split("/")
    below = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    return parts[0] in LOOKED_AT and not any(map(is_ignored, below))


def _kind_of_photo(head: bytes) -> str:
    kind = kind_of(head)
    return "" if kind == "svg" else kind


def clean_photo(file: Path, backup: Path) -> Sequence[Thing]:
    """Take out of a picture all that is no picture, and return what that was; the file as it was is kept at `backup`.

    No pixel changes: the picture is looked at before and after. Raises BadValue if it cannot be, and OSError; then the
    file is as it was.
    """
    from storysite.photos.compare import same_pixels

    file = Path(os.path.realpath(file))
    before = file.stat()
    data = read_picture(file)
    things = private_things(data)
    clean = scrub(data)
    if left := private_things(clean):
        raise BadValue(f"this picture would still tell {left[0].words}", EXPORT)
    if not same_pixels(data, clean):
        raise BadValue("this picture would look different without what it tells", EXPORT)
    write_new(backup, data)
    now = file.stat()
    if (now.st_mtime_ns, now.st_size) != (before.st_mtime_ns, before.st_size):
        raise BadValue("this file changed while it was being read", "run the command again")
    replace_file(file, clean)
    return things
