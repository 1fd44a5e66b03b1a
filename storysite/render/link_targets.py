"""Puts links and pictures into the HTML of a post: the last step, for both depend on the page that shows it."""

import re
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from storysite.model.post import Body, Reference

_ADDRESS = re.compile("\x01(\\d+)\x02")
_IMAGE = re.compile("\x01(\\d+)\x03")
_LINK = re.compile('<a(?=\\s)[^>]*?\\shref="\x01(\\d+)\x02"(?:\\s[^\\s=>]+="[^"]*")*>(.*?)</a>', re.DOTALL)


def fill_links(
    body: Body, references: Sequence[Reference], links: Sequence[str | None], address: Callable[[str], str]
) -> str:
    """Return the HTML of `body` with its pictures, and with what `address` makes of each link in its place.

    A link that leads nowhere stays as its author wrote it; one that looks a name up in vain is no link.
    """
    if not references:
        return body.html
    unfound = {place for place, url in enumerate(links) if url is None and references[place].lookup}

    def put(match: re.Match[str]) -> str:
        place = int(match[1])
        reference, url = references[place], links[place]
        written = reference.target if "://" in reference.target else quote(reference.target)
        return escape((written if url is None else address(url)) + reference.suffix)

    def unlink(match: re.Match[str]) -> str:
        place = int(match[1])
        return match[0] if place not in unfound else escape(references[place].written, quote=False) or match[2]

    images = dict(body.images)
    html = _IMAGE.sub(lambda match: images[int(match[1])], body.html) if images else body.html
    if unfound:
        html = _LINK.sub(unlink, html)
    return _ADDRESS.sub(put, html)
