"""Addresses of links as Pelican, Nikola, Zola and Ghost write them: the address inside is what was meant."""

import re

from storysite.model.group import group_slug
from storysite.model.taxonomy import TAXONOMIES

_PELICAN = re.compile(
    r"(?:[{|]|%7[BC])(?P<what>filename|static|attach|photo|lightbox|index|tag|category|author)(?:[}|]|%7[CD])(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_NIKOLA = re.compile(r"link://(?P<what>\w+)/(?P<rest>.*)", re.DOTALL)
_HOME = re.compile(r"__GHOST_URL__|%7B%7B[^%]*%7D%7D|@(?=/)", re.IGNORECASE)
"""What stands for the address of the site: Ghost's exports, and Zola's mark of its own posts."""


def unwrap(address: str) -> str:
    """Return `address` without what other programs put around it; any other as it is."""
    found = _PELICAN.match(address) or _NIKOLA.match(address)
    if found is None:
        return _HOME.sub("", address, count=1) if address[:1] in "_@%" else address
    what, rest = found["what"].lower(), found["rest"]
    if what in TAXONOMIES:
        return f"/{TAXONOMIES[what].folder}/{group_slug(rest)}/"
    return rest or "/"


def is_lookup(address: str) -> bool:
    """Return whether an address names a post by its file or its slug, not by where it lies."""
    found = _PELICAN.match(address) or _NIKOLA.match(address)
    return found is not None and found["what"].lower() in ("filename", "slug")
