"""Files as pictures: what each is, what it tells beside what it shows, and what of it may be published.

And documents, as far as these tell something as well: each file is opened once for both.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from msgspec import Struct

from storysite.digest import digest_bytes, digest_file
from storysite.documents.look import LARGEST as LARGEST_DOCUMENT
from storysite.documents.look import is_document, told_by
from storysite.documents.told import Told
from storysite.errors import BadValue
from storysite.model.links import Unshown
from storysite.photos.facts import CENTER, Facts
from storysite.photos.kinds import AGAIN, EXPORT, HEAD
from storysite.photos.publish import DRAWING, LARGEST, PHOTO, only_picture, published_as, too_large_to_publish
from storysite.problems import Problem, in_short
from storysite.source.not_pictures import SAVE_AGAIN, no_picture


class Look(Struct, frozen=True, gc=False):
    """What a file is as a picture; nothing of this is so for most other files."""

    way: str = ""
    """How it is published, as photos.publish has it."""
    tells: tuple[str, ...] = ()
    """The names of the grave Things that it tells beside what it shows."""
    unshown: Unshown | None = None
    """Why it cannot be shown."""
    facts: Facts | None = None
    """What it is, if it can be shown."""
    focus: tuple[int, int] = CENTER
    """Around which point it is cut, in percent."""
    document: tuple[Told, ...] = ()
    """What it tells as a document."""


def look_at(path: str, file: BinaryIO) -> tuple[bytes, Look]:
    """Return the digest of an open file and what it is as a picture. One that is large is never held as a whole."""
    head = file.read(HEAD)
    if instead := no_picture(path, head):
        return digest_file(file), Look(unshown=Unshown(f"is not a picture: {instead}", SAVE_AGAIN, published=False))
    way = published_as(path, head)
    if not way:
        return _look_at_document(file) if is_document(path, head) else (digest_file(file), Look())
    data = head + file.read(LARGEST + 1 - len(head))
    if len(data) > LARGEST:
        del data
        return digest_file(file), Look(way, unshown=_left_out(too_large_to_publish()))
    tells: tuple[str, ...] = ()
    try:
        if way == PHOTO:
            tells = _grave(data)
        clean = only_picture(data, way)
        if tells and _grave(clean):
            raise BadValue("it cannot be found out what in this file is the picture", EXPORT)
    except BadValue as error:
        return digest_bytes(data), Look(way, tells, _left_out(error))
    try:
        return digest_bytes(data), Look(way, tells, None, *_shape(data, way))
    except BadValue as error:
        return digest_bytes(data), Look(way, tells, _left_out(error, published=True))


def _look_at_document(file: BinaryIO) -> tuple[bytes, Look]:
    file.seek(0)
    data = file.read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        del data
        return digest_file(file), Look()
    return digest_bytes(data), Look(document=told_by(data))


def _shape(data: bytes, way: str) -> tuple[Facts, tuple[int, int]]:
    """Return what a picture is and where it has most detail. Raises BadValue if it cannot be read to its end."""
    if way == DRAWING:
        from storysite.photos.svg import svg_facts

        return svg_facts(data), CENTER
    from storysite.photos.derive import find_focus  # Pillow takes long to load, and often nothing is new
    from storysite.photos.header import read_facts

    return read_facts(data), find_focus(data)


def _grave(data: bytes) -> tuple[str, ...]:
    from storysite.photos.metadata import private_things  # takes 10 ms to load, and often nothing is new

    return tuple(thing.name for thing in private_things(data) if thing.grave)


def _left_out(error: BadValue, *, published: bool = False) -> Unshown:
    return Unshown(f"is left out: {error.what}", error.hint or AGAIN, published)


def private_pictures(looks: Mapping[str, Look]) -> Iterator[Problem]:
    """Yield a problem for each picture whose file tells something grave to all who can read the repository.

    A place is where a child lives or goes to school, and nobody writes it on purpose. Names are often meant: most
    pictures of agencies and archives have that of the photographer.
    """
    told = {path: look.tells for path, look in looks.items() if look.tells}
    if not told:
        return
    from storysite.photos.metadata import Thing

    for path, tells in told.items():
        code = "photo-location" if Thing.PLACE.name in tells else "photo-private"
        what = f"this photo tells {in_short([Thing[name].words for name in tells])}"
        hint = (
            "run storysite photos clean: it takes that out of the file and changes no pixel (your site never shows it)"
        )
        yield Problem.of(code, what, hint, path=path)
