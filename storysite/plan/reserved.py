"""The places of pages that every site has, which no post or page is given by its name alone."""

import re
from collections.abc import Callable

from storysite.model.addresses import place_of
from storysite.model.config import Config
from storysite.plan.page_types import PAGE_TYPES

_DATED = re.compile(r"\d{4}/\d{2}/|archive/\d{4}(-\d{2})?/(term-\d+/)?|sitemap-\d+\.xml")
"""Months, school years and their terms, and the parts of a long sitemap."""
_VARIES = re.compile(r"\{\w+\}/")
"""The language or the group that a page of a kind is for."""
_FIXED = frozenset(
    place
    for kind in PAGE_TYPES.values()
    if (place := _VARIES.sub("", kind.url.lstrip("/"), 1)) and "{" not in place and not kind.gives_way
)


def reserved_places(config: Config) -> Callable[[str], bool]:
    """Return what tells whether a place is that of a page which every site has: it follows from the settings alone."""
    fixed = _FIXED | {f"{place_of(taxonomy.folder)}/" for taxonomy in config.taxonomies if taxonomy.listed}
    return lambda place: place in fixed or _DATED.fullmatch(place) is not None
