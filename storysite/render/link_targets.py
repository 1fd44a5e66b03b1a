"""Puts the addresses of a post's links into its HTML: the last step, for they depend on the page it stands on."""

import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from storysite.model.post import Reference

_MARK = re.compile("\x01(\\d+)\x02")


def fill_links(
    html: str, references: Sequence[Reference], links: Sequence[str | None], address: Callable[[str], str]
) -> str:
    """Return `html` with what `address` makes of each link in its place; one that leads nowhere stays as written."""
    if not references:
        return html

    def put(match: re.Match[str]) -> str:
        place = int(match[1])
        reference, url = references[place], links[place]
        return escape((quote(reference.target) if url is None else address(url)) + reference.suffix)

    return _MARK.sub(put, html)
