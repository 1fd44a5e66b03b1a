"""Where the links and pictures of a post lead: to another post's file, a file beside it, under static/, or a page."""

from collections.abc import Mapping
from posixpath import dirname, join, normpath

from msgspec import Struct

from storysite.model.routes import FORBIDDEN


class Files(Struct, frozen=True):
    """The files that posts may name, as paths relative to the site's folder, and the same without case."""

    paths: Mapping[str, bytes]
    """Path → digest of the file's bytes."""
    folded: Mapping[str, str]
    """Path in lower case → path."""


def media_url(path: str) -> str:
    """Return the URL of a file under content/ or static/: static files keep their place, others lie in media/."""
    folder, _, rest = path.partition("/")
    return rest if folder == "static" else f"media/{rest}"


def file_candidates(target: str, source: str) -> list[str]:
    """Return the paths that `target`, written in the file `source`, may mean, best first; none leads outside."""
    if FORBIDDEN.search(target):
        return []
    if target.startswith("/"):
        rest = _inside(target.lstrip("/"))
        return (
            [f"{folder}/{rest}" for folder in ("static", "content", "content/posts", "content/pages")] if rest else []
        )
    beside = _inside(join(dirname(source), target))
    rest = _inside(target)
    return ([beside] if beside else []) + ([f"static/{rest}", f"content/posts/{rest}"] if rest else [])


def page_candidates(target: str, url: str) -> list[str]:
    """Return the URLs that `target`, written on the page `url`, may mean, with and without the slash at the end."""
    path = target.lstrip("/") if target.startswith("/") else normpath(join("/", url, target)).lstrip("/")
    path = path.removesuffix("index.html").rstrip("/")
    return [path + "/" if path else "", path]


def _inside(path: str) -> str:
    """Return `path` without dots, or "" if it leads out of its folder."""
    path = normpath(path)
    return "" if path in (".", "..") or path.startswith(("../", "/")) else path
