"""What other sites would show within a text becomes a link to it, so that a page asks nothing of anybody by itself."""

import re
from collections.abc import Collection, Iterator
from html import escape
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from storysite.markdown.cards import link_card, open_address, video_site
from storysite.markdown.hosts import full, is_asked, is_named
from storysite.markdown.template_code.links import unwrap
from storysite.markdown.tree import replace
from storysite.model.urls import host_of, split

_EMBEDS = "iframe, embed, object, video, audio, script[src], img, [data-href]"
_PROGRAM = re.compile(
    r"""^(?:cdn|cdnjs|ajax|code|unpkg|use|stackpath|maxcdn|polyfill)\.|googletagmanager|analytics
    |/(?:npm|gh|libs)/|[.-]min\.js|@\d|\d\.\d+\.\d|(?:jquery|mathjax|katex|bootstrap|gtag|analytics|polyfill)[^/]*\.js""",
    re.IGNORECASE | re.VERBOSE,
).search
"""A script that others build on, or that counts readers: it shows nothing by itself."""
_ID = re.compile(r"/[^/]*\d{4}[^/]*$").search
_OPEN = {"body", "div", "section", "article", "figure", "center", "blockquote", "li", "td", "th", "main", "aside", "dd"}
"""Elements in which a paragraph may stand."""
_KEPT = _OPEN - {"div", "center"}
"""Those of them that stay where a card is all they hold; others are frames around what is not there any more."""


def make_cards(body: LexborNode, own: str, language: str, kept: Collection[str] = ()) -> None:
    """Make a link card of each frame, player and widget of another host than `own`; what a card cannot tell, goes.

    It speaks the `language` of the page. Left alone is what the site itself has, and what is of the hosts `kept`.
    """
    gone: set[int] = set()
    for node in body.css(_EMBEDS):
        if _is_within(node, gone):
            continue
        if node.tag in ("img", "iframe") and _counts_readers(node, own):
            gone.add(node.mem_id)
            _drop(node)
        elif address := _shown_elsewhere(node, own):
            if node.tag == "iframe" and is_named(address, kept):
                continue
            gone.add(node.mem_id)
            put_card(node, address, language)


def _shown_elsewhere(node: LexborNode, own: str) -> str:
    """Return the address of what an element would show of another host, "" if there is none."""
    if node.tag in ("video", "audio"):
        sources = [(part, unwrap((part.attributes.get("src") or "").strip())) for part in (node, *node.css("source"))]
        foreign = [(part, address) for part, address in sources if is_asked(address, own)]
        if len(foreign) == sum(1 for _, address in sources if address):
            return foreign[0][1] if foreign else ""
        for part, _ in foreign:  # the site has the film itself, too
            if part is node:
                del node.attrs["src"]
            else:
                part.decompose()
        return ""
    addresses = [unwrap(address.strip()) for address in _addresses(node) if address]
    address = next(iter(addresses), "")
    if node.tag == "script" and _PROGRAM(address.partition("//")[2]):
        return ""
    return address if is_asked(address, own) else ""


def _addresses(node: LexborNode) -> Iterator[str | None]:
    """Yield what an element of today or of old may be told to show."""
    if node.tag in ("iframe", "embed", "script", "object"):
        for name in ("src", "data", "data-src", "data-lazy-src"):
            yield node.attributes.get(name)
        if node.tag == "object":
            for part in node.css('param[name="movie" i], param[name="src" i], param[name="url" i], embed'):
                yield part.attributes.get("value") or part.attributes.get("src")
    elif node.tag in ("div", "span", "p") and not node.text().strip():
        yield node.attributes.get("data-href")


def put_card(node: LexborNode, address: str, language: str) -> None:
    """Put a link to `address`, which speaks the `language` of the page, in the place of an element."""
    address = full(address)
    if node.tag == "script":
        if _links_beside(node, address):
            _drop(node)
            return
        address = _page_of_script(address)
    title = node.attributes.get("title") or node.attributes.get("aria-label") or ""
    if not title and node.tag in ("video", "audio"):
        title = unquote(split(address).path.rpartition("/")[2])
    address, title = open_address(address), " ".join(title.split())
    place = _place_of(node)
    if place is not None:
        replace(place, link_card(address, title, video_site(address), language))
    else:
        words = title or host_of(address)
        replace(node, f'<a href="{escape(address)}" rel="noopener">{escape(words, quote=False)}</a>')


def _place_of(node: LexborNode) -> LexborNode | None:
    """Return what a card takes the place of: an element and all that is there for its sake; None within a line."""
    place, parent = node, node.parent
    while parent is not None and parent.tag not in _KEPT:
        if not _is_only(place):
            return place if parent.tag in _OPEN else None
        place, parent = parent, parent.parent
    return place


def _links_beside(script: LexborNode, address: str) -> bool:
    """Return whether what stands before or after a script leads where the script would have shown more of it."""
    site = _domain(address)
    for beside in (_next(script, back=True), _next(script, back=False)):
        if beside is not None and beside.tag not in ("script", "-text"):
            links = beside.css("a[href], p.video a")
            if any(_domain(link.attributes.get("href") or "") == site for link in links):
                return True
    return False


def _next(node: LexborNode, *, back: bool) -> LexborNode | None:
    """Return what stands before or after an element, or before or after the paragraph that it stands alone in."""
    place: LexborNode | None = node
    if node.parent is not None and node.parent.tag == "p" and not node.parent.text().strip():
        place = node.parent
    while place is not None:
        place = place.prev if back else place.next
        if place is not None and (place.tag != "-text" or place.text().strip()):
            return place
    return None


def _domain(address: str) -> str:
    return ".".join(host_of(address).split(".")[-2:])


def _page_of_script(address: str) -> str:
    """Return where people see what a script would have shown: by its id, as for a piece of code, or the site."""
    parts = split(address)
    path = parts.path.removesuffix(".js")
    return f"https://{parts.netloc}{path if _ID(path) else '/'}"


def _counts_readers(picture: LexborNode, own: str) -> bool:
    """Return whether a picture of another host is there to be asked for, not to be seen."""
    sizes = {picture.attributes.get("width") or "", picture.attributes.get("height") or ""}
    return sizes <= {"0", "1", "0px", "1px"} and is_asked(picture.attributes.get("src") or "", own)


def _drop(node: LexborNode) -> None:
    """Take out an element, and the paragraph in which there was nothing else."""
    place = node
    while place.parent is not None and place.parent.tag in ("p", "noscript") and _is_only(place):
        place = place.parent
    place.decompose()


def _is_only(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and not any(
        part.mem_id != node.mem_id and (part.tag != "-text" or part.text().strip())
        for part in parent.iter(include_text=True)
    )


def _is_within(node: LexborNode, gone: set[int]) -> bool:
    """Return whether an element stood in one that is not there any more."""
    place = node.parent if gone else None
    while place is not None:
        if place.mem_id in gone:
            return True
        place = place.parent
    return False
