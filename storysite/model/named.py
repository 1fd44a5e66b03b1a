"""The posts that somebody means by a few words: a path, an address, a file's name, an id, or a part of the title."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from posixpath import dirname
from unicodedata import normalize

from storysite.model.links import path_within, post_name
from storysite.model.post import Post
from storysite.model.slug import slugify
from storysite.model.translations import originals_of

_DAY = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]+")


def posts_named(wanted: str, posts: Iterable[Post], *, root: str, language: str) -> Sequence[Post]:
    """Return the posts that are meant by `wanted`, newest first; more than one if it may mean any of them.

    What is meant exactly comes before what is meant nearly. Of a story and its translations the story is meant, unless
    it is named by what only a translation has. `root` is the site's address and `language` its language.
    """
    all_posts = list(posts)
    given = normalize("NFC", wanted.strip().replace("\\", "/").removeprefix("./"))
    for is_meant in _meanings(given, root):
        if found := [post for post in all_posts if is_meant(post)]:
            return _newest_first(_without_translations(found, language))
    return []


def _meanings(given: str, root: str) -> Iterator[Callable[[Post], bool]]:
    """Yield in which ways a post may be meant, the most exact first."""
    path, words = given.rstrip("/"), slugify(given)
    address = path_within(given, root) if "://" in given else given
    if not given:
        return
    yield lambda post: path in (post.source, dirname(post.source)) or f"/{path}".endswith(f"/{post.source}")
    yield lambda post: bool(address) and f"/{post.url}".rstrip("/") == f"/{(address or '').lstrip('/')}".rstrip("/")
    yield lambda post: given == post.id
    yield lambda post: bool({given.casefold(), words} & {*names_of(post.source), post.slug})
    yield lambda post: given.casefold() == post.title.casefold() or (bool(words) and slugify(post.title) == words)
    yield lambda post: f"-{words}-" in f"-{slugify(post.title)}-" if words else given in post.title
    yield lambda post: bool(words) and (words in slugify(post.title) or words in slugify(post_name(post.source)))


def names_of(source: str) -> set[str]:
    """Return what a post's file may be called: in full, without its ending, and without the day."""
    file = normalize("NFC", source.rpartition("/")[2]).casefold()
    name = post_name(source).strip("_")
    return {file, post_name(source), name, _DAY.sub("", name)} - {""}


def _without_translations(posts: Sequence[Post], language: str) -> Sequence[Post]:
    original_of = originals_of(posts, language)
    return [post for post in posts if post.source not in original_of]


def _newest_first(posts: Sequence[Post]) -> Sequence[Post]:
    return sorted(posts, key=lambda post: (post.moment is not None, post.moment, post.source), reverse=True)
