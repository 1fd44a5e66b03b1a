"""Taxonomies: the ways in which stories are sorted into groups, such as tags. A site may add some of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from msgspec import Struct

from storysite.model.post import PostHeader


class Taxonomy(Struct, frozen=True):
    """One way to sort stories into groups: where a story names its groups, what they are called, where they lie."""

    name: str
    """What templates and theme.yaml call it, such as `tag`."""
    key: str
    """Which field of a post holds the names of its groups; any other is a key of `extra`."""
    folder: str
    """The first part of the addresses of its groups."""
    title: str
    """What all its groups together are called."""
    filed: str = ""
    """What is written before the names at the end of a story, "" if a story shows them elsewhere."""
    announced: int = 0
    """Its place on the subscribe page, 0 for none."""
    listed: bool = True
    """Whether its groups have pages and feeds; if not, a story shows their names alone."""
    translated: bool = False
    """Whether the words are ours, so that a page shows them in its language."""


def _ours(
    name: str, key: str, folder: str, title: str, *, filed: str = "", announced: int = 0, listed: bool = True
) -> Taxonomy:
    return Taxonomy(name, key, folder, title, filed, announced, listed, translated=True)


TAXONOMIES: Mapping[str, Taxonomy] = {
    each.name: each
    for each in (
        _ours("tag", "tags", "tags", "Tags", filed="Tags", announced=4),
        _ours("category", "categories", "categories", "Categories", filed="Filed under"),
        _ours("author", "authors", "authors", "Authors"),
        _ours("series", "series", "series", "Series", announced=3),
        _ours("kind", "kind", "kinds", "Kinds of stories", announced=1),
        _ours("audience", "audience", "audiences", "Who it is for", filed="For", announced=2),
        _ours("grades", "grades", "grades", "Grades", filed="Grades", announced=5, listed=False),
        _ours("standards", "standards", "standards", "Standards", filed="Standards", announced=6, listed=False),
    )
}
"""The taxonomies that every site has; those that are not listed have pages only if the settings ask for them."""

OTHERS = 7
"""The place of a site's own taxonomies on the subscribe page: after all of ours."""
FIELDS: Mapping[str, Callable[[PostHeader], Sequence[str]]] = {
    **{
        name: attrgetter(name)
        for name in ("tags", "categories", "authors", "audience", "grades", "standards", "thanks_to")
    },
    "series": lambda post: (post.series,) if post.series else (),
    "kind": lambda post: (post.kind,),
}
"""The fields of a post that can name its groups, and how they do."""


def names_in(taxonomy: Taxonomy) -> Callable[[PostHeader], Sequence[str]]:
    """Return the function that gives the names of the groups of `taxonomy` that a post is in."""
    key = taxonomy.key
    return FIELDS.get(key) or (lambda post: post.extra.get(key, ()))


def own_keys(taxonomies: Iterable[Taxonomy]) -> tuple[str, ...]:
    """Return the keys of front matter that are read only because a taxonomy of the site's own asks for them."""
    return tuple(each.key for each in taxonomies if each.key not in FIELDS)


def nameable(taxonomies: Iterable[Taxonomy]) -> tuple[str, ...]:
    """Return the names that a theme may use: of those with groups, and of ours that a site has turned off."""
    return tuple(each.name for each in taxonomies if each.listed or _is_default(each.name))


def _is_default(name: str) -> bool:
    return name in TAXONOMIES and TAXONOMIES[name].listed
