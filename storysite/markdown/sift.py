"""The last way of a text's HTML: only what the policy lets pass, in a form that every browser reads alike."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from storysite.markdown.attributes import Attributes, may_have
from storysite.markdown.embeds import put_card
from storysite.markdown.hosts import full, is_asked, is_named
from storysite.markdown.policy import (
    AS_TYPED,
    CHOICES,
    DRAWING,
    ELEMENTS,
    FORMULA,
    GONE,
    ONLY_WORDS,
    SANDBOX,
    SANDBOX_ELSEWHERE,
    SHOWN_BY_OTHERS,
    Place,
)
from storysite.markdown.tree import parsed, replace
from storysite.model.config import MarkdownOptions
from storysite.model.document import Change
from storysite.model.urls import host_of, split

CUT = "<!--more-->"
_OF_THE_THEME = re.compile(r"[a-z][a-z0-9._]*-[a-z0-9._-]*").fullmatch
_STEADY = frozenset(
    """a b blockquote br code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li ol p pre
    q s small span strong sub sup table tbody td th thead tr u ul""".split()
)
"""What Markdown makes; how these are nested, they are read the same way again."""
_USUAL = frozenset(
    "align alt checked class colspan disabled height id lang rowspan start title type value width".split()
)
_USUAL_ADDRESS = re.compile(
    r"(?:https?://(?=[a-z0-9])|mailto:(?=[a-z0-9])|/(?![/\\])|\.{1,2}/|[#\w-])[^\s\\:\x00-\x20]*", re.IGNORECASE
).fullmatch
_USUAL_STYLE = re.compile("text-align: ?(?:left|right|center);?").fullmatch
_ROUNDS = 5
_EACH = 3
"""How many changes of a kind are told of one by one."""


class NeverTheSameError(ValueError):
    """HTML that is another tree each time it is read."""


class Sieve:
    """Sifts the HTML of one text; `changes` is what was done to it that its author is to be told of."""

    def __init__(self, options: MarkdownOptions, language: str) -> None:
        self.options = options
        self.language = language
        self.changes: dict[Change, None] = {}
        self.attributes = Attributes(options, self._tell)
        self.steady = True
        """Whether all that was found is read the same way again."""

    def sift(self, body: LexborNode) -> None:
        """Take out of `body`, which has no comments but the cut, what the policy does not let pass."""
        if not _is_ordinary(body):
            self._walk(body, self._settle)

    def settled(self, html: str) -> str:
        """Return the HTML of what was sifted as browsers read it. Raises NeverTheSameError if each reading differs.

        What is nested as no browser would nest it is another tree when it is read again, and may hold what was not
        there before.
        """
        if self.steady:
            return html
        for _ in range(_ROUNDS):
            body = parsed(html)
            if body is None:
                return html
            self._walk(body, _look_again)
            again = (body.inner_html or "").strip()
            if again == html:
                return html
            html = again
        raise NeverTheSameError

    def _walk(self, body: LexborNode, settle: Callable[[LexborNode, str, Place], bool]) -> None:
        """Settle each element below `body`, in a loop, for HTML may be deep; its parts only if it stays."""
        hollow: list[LexborNode] = []
        """Paragraphs that something was taken out of."""
        waiting = [(node, Place.PAGE) for node in body.iter(include_text=True)]
        while waiting:
            node, place = waiting.pop()
            if node.is_text_node:
                continue
            if not node.is_element_node:
                if node.html != CUT:
                    node.decompose()
                continue
            name = (node.tag or "").lower()
            inside = place
            if name not in _STEADY or place is not Place.PAGE:
                self.steady = False
                inside = _inside(name, place)
                if name in GONE and inside is not Place.WORDS:
                    self._tell_of_loss(name, node)
                    if node.parent is not None and node.parent.tag == "p":
                        hollow.append(node.parent)
                    node.decompose()
                    continue
                if inside is Place.NOWHERE:
                    waiting += [(child, place) for child in self._opened(node, name)]
                    continue
            if settle(node, name, inside if inside in (Place.DRAWING, Place.FORMULA) else place):
                waiting += [(child, inside) for child in node.iter(include_text=True)]
        for paragraph in hollow:
            if paragraph.parent is not None and not (paragraph.inner_html or "").strip():
                paragraph.decompose()

    def _opened(self, node: LexborNode, name: str) -> list[LexborNode]:
        """Put what an element holds in its place, and return it."""
        if name in AS_TYPED:
            replace(node, f'<pre tabindex="0">{escape(unescape(node.text()), quote=False)}</pre>')
            return []
        parts = [*node.iter(include_text=True)]
        if name in SHOWN_BY_OTHERS and not node.text().strip() and not node.css_first("img"):
            address = self.attributes.address(node.attributes.get("data") or node.attributes.get("src") or "")
            if address:
                replace(node, _link(address, node.attributes.get("title") or ""))
                return []
        if parts:
            node.unwrap()
        else:
            node.decompose()
        return parts

    def _settle(self, node: LexborNode, name: str, place: Place) -> bool:
        """Settle the attributes of an element, and return whether it stays."""
        if name == "iframe" and not self._settle_frame(node):
            return False
        if name == "form":
            address = self.attributes.address(node.attributes.get("action") or "") or ""
            if self.attributes.leads_away(address):
                if is_asked(address):
                    self._tell("form", host_of(full(address)))
                    put_card(node, address, self.language)
                else:
                    replace(node, _link(address, ""))
                return False
        self.attributes.settle(node, name, place)
        if name == "iframe":
            self._shut_in(node)
        return True

    def _settle_frame(self, node: LexborNode) -> bool:
        """Return whether a frame stays: one of a page of the site, or of a host that the settings name."""
        attributes = node.attributes
        written = attributes.get("src") or attributes.get("data-src") or ""
        address = self.attributes.address(written) if written else ""
        if not address or address.startswith("#") or not (is_asked(address) or ":" not in address.split("/")[0]):
            if address is not None:
                self._tell("frame", "")
            node.decompose()
        elif is_asked(address, self.options.host) and not is_named(address, self.options.frames_from):
            put_card(node, address, self.language)
        elif split(address).path.lower().endswith((".svg", ".svgz")):
            replace(node, f'<img src="{escape(address)}" alt="{escape(attributes.get("title") or "")}">')
        else:
            node.attrs["src"] = address
            return True
        return False

    def _shut_in(self, frame: LexborNode) -> None:
        """Let a frame do all but reach the page around it; a document is shown by a program that knows no other way."""
        for part in [*frame.iter(include_text=True)]:
            part.decompose()
        address = frame.attributes.get("src") or ""
        if not split(address).path.lower().endswith(".pdf"):
            frame.attrs["sandbox"] = SANDBOX_ELSEWHERE if is_asked(address, self.options.host) else SANDBOX

    def _tell_of_loss(self, name: str, node: LexborNode) -> None:
        kind, attributes = GONE[name], node.attributes
        sends = name == "meta" and "http-equiv" in attributes
        if sends or (name == "link" and "stylesheet" in (attributes.get("rel") or "").lower()):
            kind = "head"
        if kind:
            self._tell(kind, name if kind == "head" else "")

    def _tell(self, kind: str, about: str) -> None:
        if sum(change.kind == kind for change in self.changes) < _EACH:
            self.changes[Change(kind, about)] = None


def _is_ordinary(body: LexborNode) -> bool:
    """Return whether a text has only what nearly all have, and what no rule would change."""
    parts = body.traverse()
    next(parts)
    for node in parts:
        if node.tag not in _STEADY:
            return False
        for name, value in node.attributes.items():
            if name in _USUAL or (name in ("href", "src") and _USUAL_ADDRESS(value or "")):
                continue
            if name != "style" or not _USUAL_STYLE(value or ""):
                return False
    return True


def _look_again(node: LexborNode, name: str, place: Place) -> bool:
    """Leave an element those attributes, settled before, that it may have; it stays."""
    for attribute in node.attributes:
        if not may_have(name, place, attribute.lower()) and (name, attribute) != ("iframe", "sandbox"):
            del node.attrs[attribute]
    return True


def _inside(name: str, place: Place) -> Place:
    """Return what kind of place an element is that stands in a `place`; nowhere if it may not stand there."""
    if place is Place.PAGE:
        special = {"svg": Place.DRAWING, "math": Place.FORMULA, "select": Place.CHOICE}.get(name)
        return special or (Place.PAGE if name in ELEMENTS or _OF_THE_THEME(name) else Place.NOWHERE)
    known = {Place.DRAWING: DRAWING, Place.FORMULA: FORMULA, Place.CHOICE: CHOICES, Place.WORDS: frozenset[str]()}
    if name not in known[place]:
        return Place.NOWHERE
    return Place.WORDS if name in ONLY_WORDS or (place is Place.CHOICE and name == "option") else place


def _link(address: str, title: str) -> str:
    words = title.strip() or unquote(split(address).path.rpartition("/")[2]) or address
    return f'<a href="{escape(address)}">{escape(words, quote=False)}</a>'
