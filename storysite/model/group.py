"""Groups: the posts that share a tag, category, author, series, kind, audience, school year or month."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct

from storysite.model.post import KINDS, PostHeader
from storysite.model.slug import slugify

FOLDERS = {
    "tag": "tags",
    "category": "categories",
    "author": "authors",
    "series": "series",
    "kind": "kinds",
    "audience": "audiences",
}
"""The kinds of groups that have listings of their own, and the folders they lie in."""

MEMBERSHIPS: dict[str, Callable[[PostHeader], Sequence[str]]] = {
    "tag": lambda post: post.tags,
    "category": lambda post: post.categories,
    "author": lambda post: post.authors,
    "series": lambda post: (post.series,) if post.series else (),
    "kind": lambda post: (post.kind,),
    "audience": lambda post: post.audience,
}

KIND_NAMES = {
    "victory": "Victories",
    "thanks": "Thanks",
    "news": "News",
    "event": "Events",
    "ask": "Asks",
    "listen": "You said, we did",
    "report": "Reports",
}


class Group(Struct, frozen=True):
    """Posts that belong together: `members` are places in Index.originals, oldest first; `url` is the listing's."""

    kind: str
    name: str
    slug: str
    url: str
    members: list[int]


def group_posts(kind: str, posts: Iterable[PostHeader]) -> dict[str, Group]:
    """Return the groups of one kind by slug, in the order of their first posts.

    Names that differ only in case, spaces or hyphens are one group, shown as its oldest post writes it.
    """
    names = MEMBERSHIPS[kind]
    groups: dict[str, Group] = {}
    by_name: dict[str, list[int]] = {}
    for place, post in enumerate(posts):
        for name in names(post):
            members = by_name.get(name)
            if members is None:
                slug = group_slug(name)
                if slug not in groups:
                    shown = KIND_NAMES.get(name, name) if kind == "kind" else name
                    groups[slug] = Group(kind, shown, slug, f"{FOLDERS[kind]}/{slug}/", [])
                members = by_name[name] = groups[slug].members
            if not members or members[-1] != place:
                members.append(place)
    if kind == "kind":
        return {name: groups[name] for name in KINDS if name in groups}
    return groups


@lru_cache(maxsize=65536)
def group_slug(name: str) -> str:
    """Return the slug of a group's name: never empty, so that "???" has a listing too, and never `page`."""
    slug = slugify(name)
    if slug in ("", "page"):
        return f"{slug or 'x'}-{blake2b(name.encode(), digest_size=3).hexdigest()}"
    return slug
