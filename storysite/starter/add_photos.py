"""Puts photos beside a post: scrubbed, made smaller, under a name of their own, and never over a file that is there."""

import re
from collections.abc import Sequence
from pathlib import Path
from posixpath import basename, dirname

from msgspec import Struct

from storysite.errors import BadValue, UsageError, one_line
from storysite.model.camera_names import is_camera_name
from storysite.model.slug import slugify
from storysite.new_files import write_new
from storysite.photos.header import read_facts, read_picture
from storysite.photos.kinds import AGAIN, HEAD
from storysite.photos.metadata import Thing, private_things
from storysite.problems import Problem, in_short
from storysite.source.not_pictures import no_picture
from storysite.source.scan import MARKDOWN, POSTS, scan

_DAY = re.compile(r"\d{4}-\d\d-\d\d-")


class AddedPhoto(Struct, frozen=True):
    """A photo that was put into the site."""

    file: Path
    size: tuple[int, int]
    before: int
    """Bytes of the file it came from, and of the one it is now."""
    after: int
    things: tuple[Thing, ...]
    """What was left out of it."""


def find_post(folder: Path, wanted: str) -> str:
    """Return the path of the post that somebody means: by its path, its name, or its name without the day.

    Raises UsageError if there is none, or more than one.
    """
    found = scan(folder)
    posts = [*(post.path for post in found.posts), *(path for path in found.private if not path.endswith("/"))]
    given = wanted.replace("\\", "/").rstrip("/").removeprefix("./")
    exact = [post for post in posts if given in (post, dirname(post))]
    named = exact or [post for post in posts if given.lower() in _names(post)]
    if len(named) == 1:
        return named[0]
    if named:
        what = f"more than one post is called {wanted}: {in_short(named)}"
        raise UsageError(Problem.of("photo-post", what, "write the path of the one you mean"))
    hint = "write the path of the post, such as content/posts/2026-11-20-robots.md, or the name of its file"
    raise UsageError(Problem.of("photo-post", f"there is no post called {one_line(wanted)}", hint))


def add_photo(folder: Path, source: Path, post: str) -> AddedPhoto:
    """Put a photo beside a post, or, where none is named, among the posts; return what became of it.

    Raises BadValue for a file that is no picture or is damaged, and OSError.
    """
    from storysite.photos.add import added

    try:
        data = read_picture(source)
        data_of_new, ending = added(data)
    except BadValue as error:
        with source.open("rb") as opened:
            instead = no_picture(source.name, opened.read(HEAD))
        raise BadValue(instead or error.what, AGAIN if instead else error.hint) from None
    name = photo_name(source.stem, post)
    for number in range(1, 10_000):
        file = folder / (dirname(post) or POSTS.rstrip("/")) / f"{name}{f'-{number}' if number > 1 else ''}{ending}"
        try:
            write_new(file, data_of_new)
        except FileExistsError:
            continue
        facts = read_facts(data_of_new)
        return AddedPhoto(file, (facts.width, facts.height), len(data), len(data_of_new), private_things(data))
    raise BadValue(f"ten thousand photos called {name} already exist", "choose another name")


def photo_name(stem: str, post: str) -> str:
    """Return the name for a photo: its own in letters that fit an address, or that of its post if a camera gave it."""
    if is_camera_name(stem):
        return slugify(_names(post)[-1]) if post else "photo"
    return slugify(stem.encode("utf-8", "replace").decode()) or "photo"


def _names(post: str) -> Sequence[str]:
    """Return what a post may be called: its file, that without the ending, and that without the day."""
    name = basename(post)
    stem = MARKDOWN.sub("", name)
    if stem in ("index", "post"):
        stem = basename(dirname(post))
    return name.lower(), stem.lower(), _DAY.sub("", stem).lower()
