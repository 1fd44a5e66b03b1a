"""Addresses nobody wrote: where those of two files meet, the older keeps it and the other gets one of its own.

What comes out follows from the archive alone: hidden posts count as shown ones do, so that nothing moves on the day
when a post appears, and it makes no difference what was built before. Posts are settled from the oldest to the newest,
each among those before it: so a newer post moves no older one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import count, takewhile
from operator import attrgetter
from unicodedata import normalize
from uuid import UUID, uuid5

from msgspec import Struct

from storysite.model.config import Config
from storysite.model.post import AnyPost, Post, settled_as
from storysite.model.slug import slugify
from storysite.model.urls import folders_of, url_of

_LONGEST_NAME = 240
"""Bytes in the name of a file: systems end at 255."""
_BEGUN = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{9}(?=[0-9A-HJKMNP-TV-Z]{16}(\.|$))")
"""The milliseconds in an id that `storysite post` made (a ULID), which are in order as they are written."""
_IDS = UUID("c1a0b6de-6a0f-5d53-8f60-2f4c5b1f7d1e")
"""The namespace of ids of posts that have the same name in other folders; it must never change."""


class Apart(Struct, frozen=True):
    """A file that does not have the address it would have by itself, because that was taken."""

    source: str
    wanted: str
    url: str
    holder: str = ""
    """The source of the post or page that has it, "" for a page of ours or a file in static/."""


class Places:
    """The addresses that are taken, as the files that they become on systems which ignore capitals."""

    def __init__(self, fixed: Iterable[str]) -> None:
        self._holders: dict[str, AnyPost | None] = {}
        self._folders: set[str] = set()
        for url in fixed:
            self.take(place_of(url))

    def take(self, place: str, holder: AnyPost | None = None) -> None:
        """Note that a place is taken; the first who took it keeps it."""
        self._holders.setdefault(place, holder)
        self._folders.update(takewhile(lambda folder: folder not in self._folders, folders_of(place)))

    def is_free(self, place: str) -> bool:
        """Return whether a file can be there: no other is, nor a folder of its name, nor a file where its folder is."""
        if place in self._holders or place in self._folders:
            return False
        unknown = takewhile(lambda folder: folder not in self._folders, folders_of(place))
        return not any(folder in self._holders for folder in unknown)

    def holder(self, place: str) -> AnyPost | None:
        """Return the post or page that has a place, None where none or something else has it."""
        return self._holders.get(place)


def place_of(url: str) -> str:
    """Return what is the same for two addresses that are one file on some system: case and accents' form are not."""
    if url.endswith("index.html") and url_of(url) != url:
        url = url_of(url)
    return url.lower() if url.isascii() else normalize("NFD", normalize("NFD", url).casefold())


def settle(
    posts: Sequence[AnyPost], config: Config, fixed: Iterable[str], is_ours: Callable[[str], bool]
) -> tuple[list[AnyPost], list[Apart]]:
    """Return `posts` in their order, each with an address and an id of its own, and those that had to give way.

    `fixed` are the URLs of files that cannot lie elsewhere; `is_ours` tells the places of pages that every site has.
    Two addresses that were both written by hand stay as they are even if they are the same, which is an error.
    """
    fixed = list(fixed)
    if _are_apart(posts, fixed, is_ours):
        return list(posts), []
    ordered = oldest_first(posts, config.language)
    places, urls, apart = Places(fixed), dict[str, str](), list[Apart]()

    def give(post: AnyPost, url: str) -> None:
        place = place_of(url)
        if url != post.url:
            holder = places.holder(place_of(post.url))
            apart.append(Apart(post.source, post.url, url, holder.source if holder else ""))
            urls[post.source] = url
        places.take(place, post)

    derived = []
    for post in ordered:
        written = _written(post, places, is_ours) if post.derived_url else None
        if written is None:
            derived.append(post)
        else:
            give(post, written)
    numbers: dict[str, int] = {}
    for post in derived:
        url = post.derived_url or post.url
        place = place_of(url)
        if is_ours(place) or not places.is_free(place):
            others = _others(post, url, places.holder(place), config, numbers)
            url = next(other for other in others if places.is_free(place_of(other)) and not is_ours(place_of(other)))
        give(post, url)
    ids = _own_ids(ordered)
    settled = [
        settled_as(
            post,
            url=urls.get(post.source, post.url),
            own_id=ids.get(post.source, post.id),
            language=post.language,
        )
        for post in posts
    ]
    return settled, apart


def _are_apart(posts: Sequence[AnyPost], fixed: Sequence[str], is_ours: Callable[[str], bool]) -> bool:
    """Return whether nothing can meet, as in most archives: it takes a fifth of the time to see that."""
    places = {place_of(post.url) for post in posts}
    return (
        len(places) == len(posts) == len({post.id for post in posts})
        and places.isdisjoint(map(place_of, fixed))
        and not any(post.derived_url for post in posts)
        and not any(map(is_ours, places))
        and all(place.endswith("/") and "." not in place for place in places if place)
        and all("." in url.rpartition("/")[2] or url.endswith("/") for url in fixed)
    )


def oldest_first(posts: Iterable[AnyPost], site: str) -> list[AnyPost]:
    """Return pages, then posts from the oldest to the newest; those of one moment by what hardly ever changes.

    A post without a date is older than all others; a draft without one is newer, for it will get one when it is told.
    Of one moment, an id that storysite made tells which was begun first.
    """
    return sorted(posts, key=partial(_age, site))


def _age(site: str, post: AnyPost) -> tuple[object, ...]:
    told = post.moment if isinstance(post, Post) else None
    rank = 1 if told else 2 if isinstance(post, Post) and post.draft else 0
    begun = found[0] if (found := _BEGUN.match(post.id)) else ""
    stem = post.source.rpartition(".")[0]
    return isinstance(post, Post), rank, told, begun, post.language != site, post.source.count("/"), stem, post.source


def _written(post: AnyPost, places: Places, is_ours: Callable[[str], bool]) -> str | None:
    """Return the address that was written for a post, None where it cannot have that.

    A file lies there; or a page of ours, of which this one is only the outline that another program filled in. Of two
    languages with the same words for an address, the second has its language before them.
    """
    place = place_of(post.url)
    if (holder := places.holder(place)) is not None:
        other = f"{post.language.lower()}/{post.url}"
        apart = holder.language != post.language and places.is_free(place_of(other))
        return other if apart else post.url
    if not places.is_free(place) or (is_ours(place) and not post.words):
        return None
    return post.url


def _others(post: AnyPost, url: str, holder: AnyPost | None, config: Config, numbers: dict[str, int]) -> Iterator[str]:
    """Yield addresses for a post that cannot have `url`, which `holder` has: the first by what tells the two apart.

    Numbers go on where those for the same address ended.
    """
    prefix = post.language.lower() + "/"
    if post.language != (holder.language if holder else config.language) and not url.startswith(prefix):
        yield prefix + url
    if isinstance(post, Post):
        kept = holder if isinstance(holder, Post) else None
        if post.date and not (kept and kept.date == post.date):
            yield from _longer(url, _day_beyond(post.date, config.post_url))
        if not kept or _folder(kept) != _folder(post):
            yield from _longer(url, slugify(_folder(post)))
    if holder and post.authors[:1] != holder.authors[:1]:
        yield from _longer(url, slugify(" ".join(post.authors[:1])))
    place = place_of(url)
    for number in count(numbers.get(place, 2)):
        numbers[place] = number + 1
        yield from _longer(url, str(number))


def _longer(url: str, words: str) -> Iterator[str]:
    """Yield `url` with words at the end of its last name, if there are any and file systems can have it."""
    path, slash, name = url.removesuffix("/").rpartition("/")
    stem, dot, ending = name.partition(".") if not url.endswith("/") else (name, "", "/")
    name = f"{stem or 'home'}-{words}{dot}{ending or '/'}"
    if words and len(name.encode()) <= _LONGEST_NAME:
        yield path + slash + name


def _day_beyond(day: date, pattern: str) -> str:
    """Return what of a day is not in an address of the `pattern` anyway: `13` under `/2026/11/`."""
    parts = (("{year}", f"{day.year:04}"), ("{month}", f"{day.month:02}"), ("{day}", f"{day.day:02}"))
    return "-".join(text for part, text in parts if part not in pattern)


def _folder(post: AnyPost) -> str:
    """Return the folder below content/posts in which a post lies, or the folder that is the post."""
    folders = post.source.split("/")[2:-1]
    name = post.source.rpartition("/")[2]
    return "/".join(folders[:-1] if name.partition(".")[0] == "index" else folders)


def _own_ids(ordered: Sequence[AnyPost]) -> dict[str, str]:
    """Return another id for each post whose own, which nobody wrote for it, an older post has.

    Two that were both written are left as they are, unless one is the other in another language.
    """
    posts = [post for post in ordered if isinstance(post, Post)]
    if len({post.id for post in posts}) == len(posts):
        return {}
    first: dict[str, Post] = {}
    others: dict[str, str] = {}
    for post in sorted(posts, key=attrgetter("id_derived")):
        holder = first.setdefault(post.id, post)
        if holder is post:
            continue
        if post.id_derived:
            others[post.source] = f"urn:uuid:{uuid5(_IDS, f'{post.id} {post.source}')}"
        elif post.language != holder.language:
            others[post.source] = f"{post.id}.{post.language}"
    return others
