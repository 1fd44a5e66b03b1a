"""Groups: the posts that share a tag, a category, an author or whatever else a taxonomy names."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct

from storysite.model.post import KINDS, PostHeader
from storysite.model.slug import slugify
from storysite.model.taxonomy import Taxonomy, names_in
from storysite.model.urls import is_device

_SELECTOR = "\ufe0f"
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
    """The name of its taxonomy."""
    name: str
    slug: str
    url: str
    members: list[int]


def group_posts(taxonomy: Taxonomy, posts: Iterable[PostHeader]) -> dict[str, Group]:
    """Return the groups of a taxonomy by slug, in the order of their first posts.

    Names that differ only in case, spaces or hyphens are one group, shown as its oldest post writes it.
    """
    kind, names = taxonomy.name, names_in(taxonomy)
    groups: dict[str, Group] = {}
    by_name: dict[str, list[int]] = {}
    for place, post in enumerate(posts):
        for name in names(post):
            members = by_name.get(name)
            if members is None:
                slug = group_slug(name)
                if slug not in groups:
                    shown = KIND_NAMES.get(name, name) if kind == "kind" else name
                    groups[slug] = Group(kind, shown, slug, f"{taxonomy.folder}/{slug}/", [])
                members = by_name[name] = groups[slug].members
            if not members or members[-1] != place:
                members.append(place)
    if kind == "kind":
        return {name: groups[name] for name in KINDS if name in groups}
    return groups


@lru_cache(maxsize=65536)
def group_slug(name: str) -> str:
    """Return the slug of a group's name: never empty, so that "???" has a listing too, and never `page` or `aux`."""
    slug = slugify(name)
    if slug in ("", "page") or is_device(slug):
        # The selector that makes a picture of a sign makes no other group of it.
        return f"{slug or 'x'}-{blake2b(name.replace(_SELECTOR, '').encode(), digest_size=3).hexdigest()}"
    return slug
