"""Puts links and pictures into the HTML of a post: the last step, for both depend on the page that shows it."""

import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from storysite.model.post import Body, Reference

_ADDRESS = re.compile("\x01(\\d+)\x02")
_IMAGE = re.compile("\x01(\\d+)\x03")


def fill_links(
    body: Body, references: Sequence[Reference], links: Sequence[str | None], address: Callable[[str], str]
) -> str:
    """Return the HTML of `body` with its pictures, and with what `address` makes of each link in its place.

    A link that leads nowhere stays as its author wrote it.
    """
    if not references:
        return body.html

    def put(match: re.Match[str]) -> str:
        place = int(match[1])
        reference, url = references[place], links[place]
        return escape((quote(reference.target) if url is None else address(url)) + reference.suffix)

    images = dict(body.images)
    html = _IMAGE.sub(lambda match: images[int(match[1])], body.html) if images else body.html
    return _ADDRESS.sub(put, html)
