"""Where the links and pictures of a post lead: to another post's file, a file beside it, under static/, or a page."""

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath, splitext
from unicodedata import normalize
from urllib.parse import quote

from msgspec import Struct

from storysite.documents.told import Told
from storysite.model.urls import FORBIDDEN, host_of, split
from storysite.photos.facts import Facts

_ENDINGS = (".md", ".markdown", "/index.md")
"""What may be missing at the end of a link to a post."""


PICTURE_FOLDERS = ("assets", "images", "img")
"""Folders beside content/ in which other programs keep pictures; only what a shown post names is published."""
_HOMES = ("images", "img", "assets", "uploads", "media")
"""Folders in which other programs look for a picture that is named without one."""
_POST = re.compile(r"(?:/index)?\.(?:md|markdown)$", re.IGNORECASE)


class Unshown(Struct, frozen=True):
    """Why a file is not shown that has the name of a picture: what follows its name in a sentence, and what to do."""

    what: str
    hint: str
    published: bool = True
    """Whether it is published all the same if it lies in static/: browsers show what there is of a damaged picture."""


class Files(Struct, frozen=True):
    """The files that posts may name, as paths relative to the site's folder, and the same without case."""

    paths: Mapping[str, bytes]
    """Path → digest of the file's bytes."""
    folded: Mapping[str, str]
    """Path in lower case → path."""
    unshown: Mapping[str, Unshown] = {}
    """Path of a file that has the name of a picture and cannot be shown → why; nothing leads to it."""
    pictures: Mapping[str, str] = {}
    """Path of a picture → how nothing else of it is published, as photos.publish has it."""
    facts: Mapping[str, Facts] = {}
    """Path of a picture that can be shown → what it is."""
    focus: Mapping[str, tuple[int, int]] = {}
    """Path of such a picture → around which point it is cut, in percent."""
    told: Mapping[str, tuple[Told, ...]] = {}
    """Path of a document → what it tells beside what stands in it."""

    def shows(self, path: str) -> bool:
        """Return whether a file is there and can be shown."""
        return path in self.paths and path not in self.unshown


def media_url(path: str) -> str:
    """Return the URL of a file: those of static/ and of folders for pictures keep their place, others lie in media/."""
    folder, _, rest = path.partition("/")
    if folder in PICTURE_FOLDERS:
        return path
    return rest if folder == "static" else f"media/{rest}"


def post_name(path: str) -> str:
    """Return the name by which a post's file is known wherever it lies, "" for what is no post's file."""
    path = normalize("NFC", path).casefold()
    return _POST.sub("", path).rpartition("/")[2] if _POST.search(path) else ""


def file_candidates(target: str, source: str) -> list[str]:
    """Return the paths that `target`, written in the file `source`, may mean, best first; none leads outside."""
    target = target.replace("\\", "/")  # as Windows shows paths
    if FORBIDDEN.search(target):
        return []
    paths = [path for spelling in _spellings(target) for path in _places(spelling, source)]
    if re.search(r"\.[A-Za-z0-9]{2,8}$", target):
        return paths
    return paths + [path + ending for path in paths for ending in _ENDINGS]


def _spellings(target: str) -> list[str]:
    """Return the names that `target` may be of: accents apart from their letters, or percent signs kept in the name."""
    if target.isascii() and " " not in target:
        return [target]
    return list(dict.fromkeys((target, normalize("NFC", target), normalize("NFD", target), quote(target))))


def _places(target: str, source: str) -> Iterator[str]:
    """Yield where a file called `target` may lie: beside `source`, in the folder of its name, or at the top.

    A mere name may also be one in `images/`, where exports of WordPress keep the pictures of a story.
    """
    rest = _inside(target.lstrip("/"))
    if not target.startswith("/"):
        for folder in (dirname(source), splitext(source)[0]):
            if path := _inside(join(folder, target)):
                yield path
    if rest:
        absolute = ("static", "content", "content/posts", "content/pages")
        yield from (
            f"{folder}/{rest}" for folder in (absolute if target.startswith("/") else ("static", "content/posts"))
        )
        if rest.partition("/")[0] in PICTURE_FOLDERS:
            yield rest
        if "/" not in rest.removeprefix("./"):
            yield from (f"{top}/{home}/{rest}" for top in ("static", "content") for home in _HOMES)
            yield from (f"{folder}/{rest}" for folder in PICTURE_FOLDERS)
    if "/" not in target and (path := _inside(join(dirname(source), "images", target))):
        yield path


def path_within(address: str, own: str) -> str | None:
    """Return the path of an `address` in full from the top of the site at `own`, None for one of another site."""
    host = host_of(own)
    if not host or host_of(address) != host:
        return None
    base = split(own).path.rstrip("/") + "/"
    path = split(address).path or "/"
    return "/" + path[len(base) :] if f"{path}/".startswith(base) else None


def page_candidates(target: str, url: str) -> list[str]:
    """Return the URLs that `target`, written on the page `url`, may mean, with and without the slash at the end."""
    path = target.lstrip("/") if target.startswith("/") else normpath(join("/", url, target)).lstrip("/")
    path = path.removesuffix("index.html").rstrip("/")
    return [path + "/" if path else "", path]


def _inside(path: str) -> str:
    """Return `path` without dots, or "" if it leads out of its folder, or into what some programs take for a home."""
    path = normpath(path)
    return "" if path in (".", "..") or path.startswith(("../", "/", "~")) else path
