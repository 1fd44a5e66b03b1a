"""Copies: files that are, byte for byte, another post under another name. Each story is shown once."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from storysite.model.post import AnyPost, Post

_TOPS = ("content", "pages")
"""What lies inside itself if the whole folder was copied into itself."""
Item = TypeVar("Item", bound=AnyPost)


def without_copies(posts: Sequence[Item], bytes_of: Mapping[str, bytes]) -> tuple[list[Item], dict[str, str]]:
    """Return the posts without those that are copies, and for each copy the source of what it is a copy of.

    `bytes_of` tells files of the same bytes, by source. They are one story only if readers would see the same one
    twice: of two weeks with the same words, or of a text that was not translated yet, each is a story. So is each page,
    for its folders are its address, unless a folder was put inside itself.
    """
    same: dict[bytes, list[Item]] = {}
    for post in posts:
        same.setdefault(bytes_of[post.source], []).append(post)
    if len(same) == len(posts):
        return list(posts), {}
    copies: dict[str, str] = {}
    for alike in same.values():
        if len(alike) > 1:
            first: dict[object, Item] = {}
            for post in sorted(alike, key=_order):
                kept = first.setdefault(_as_read(post), post)
                if kept is not post:
                    copies[post.source] = kept.source
    return [post for post in posts if post.source not in copies], copies


def _order(post: AnyPost) -> tuple[object, ...]:
    """Order what is shown before what is not, and what lies in fewer folders and has the shorter name before others."""
    return post.draft, post.source.count("/"), len(post.source), post.source


def _as_read(post: AnyPost) -> tuple[object, ...]:
    if isinstance(post, Post):
        return post.title, post.moment, post.language
    return post.title, post.language, *_once(post.source.split("/")[2:])


def _once(path: list[str]) -> list[str]:
    """Return a path without the folders that were put inside themselves: its last part is the page's own."""
    while len(path) > 1 and (path[0] in path[1:-1] or path[0] in _TOPS):
        path = path[1:]
    return path
