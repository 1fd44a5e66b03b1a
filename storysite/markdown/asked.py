"""Which other hosts a reader's browser asks by itself when it shows a text: what these learn is more than a link tells.

A browser that loads a picture tells its host the reader's internet address, the page, and what the reader reads with.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storysite.markdown.hosts import addresses_in_script, addresses_in_style, full, is_asked
from storysite.markdown.html_bounds import TooMuchHtml
from storysite.markdown.srcset import candidates
from storysite.markdown.tree import parsed
from storysite.model.document import Request
from storysite.model.urls import host_of

_ASKING = (
    ":is([src], [srcset], [imagesrcset], [poster], [data], [background], [style], [ping], [srcdoc], [lowsrc]), "
    "link[href], image, use, feimage, script, style"
)
_LOADED = {"src", "poster", "data", "background", "lowsrc"}
_PICTURES = {"img", "source", "input", "image", "feimage"}
_FETCHED = {
    *("stylesheet", "icon", "apple-touch-icon", "mask-icon", "preload", "modulepreload", "prefetch", "prerender"),
    *("preconnect", "dns-prefetch", "manifest"),
}
"""What a <link> is for which browsers go to its address by themselves."""
_DATA = re.compile(r"json|template|text/(?!javascript|ecmascript)", re.IGNORECASE).search
"""The type of a script that never runs."""


def asked_by(body: LexborNode, own: str = "") -> tuple[Request, ...]:
    """Return what a browser that shows `body` asks of other hosts than `own`, each address once."""
    found: dict[str, Request] = {}
    for node in body.css(_ASKING):
        for address, picture in _addresses(node):
            if is_asked(address, own):
                found.setdefault(address, Request(host_of(full(address)), address.strip(), picture))
    return tuple(found.values())


def hosts_asked_by(html: str) -> list[str]:
    """Return the other hosts that a page with this HTML asks."""
    try:
        body = parsed(html)
    except TooMuchHtml:  # no parser is asked about such a template
        return []
    return sorted({request.host for request in asked_by(body)}) if body is not None else []


def _addresses(node: LexborNode) -> Iterator[tuple[str, bool]]:
    """Yield the addresses elsewhere that an element makes a browser ask for, and whether that is for a picture."""
    tag, attributes = node.tag or "", node.attributes
    picture = tag in _PICTURES
    for name, value in attributes.items():
        if not value or "//" not in value:
            continue
        if name in _LOADED or (name == "href" and _fetches(tag, attributes.get("rel"))) or name == "xlink:href":
            yield from [(value, picture or name in ("poster", "background"))] if is_asked(value) else []
        elif name in ("srcset", "imagesrcset"):
            yield from ((address, True) for address, _ in candidates(value) if is_asked(address))
        elif name == "ping":
            yield from ((address, False) for address in value.split() if is_asked(address))
        elif name == "style":
            yield from ((address, True) for address in addresses_in_style(value))
        elif name == "srcdoc" and (inner := parsed(value)) is not None:
            yield from ((request.address, request.picture) for request in asked_by(inner))
    if tag == "style":
        yield from ((address, False) for address in addresses_in_style(node.text()))
    elif tag == "script" and not _DATA(attributes.get("type") or ""):
        yield from ((address, False) for address in addresses_in_script(node.text()))


def _fetches(tag: str, rel: str | None) -> bool:
    """Return whether a browser goes by itself to the address that an element has as its `href`."""
    return tag in ("image", "use", "feimage") or (
        tag == "link" and not _FETCHED.isdisjoint((rel or "").lower().split())
    )
