"""The attributes of an element: those that the policy lets pass, each as far as its rule allows."""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from storysite.markdown.hosts import as_read, full, is_asked, is_named
from storysite.markdown.policy import (
    ADDRESSES,
    IN_DRAWINGS,
    IN_FORMULAS,
    NAMELESS,
    PICTURES,
    PLAIN,
    RULED,
    SCHEMES,
    Place,
)
from storysite.markdown.srcset import candidates
from storysite.markdown.styles import settled_style
from storysite.markdown.template_code.links import unwrap
from storysite.model.config import MarkdownOptions
from storysite.model.urls import host_of

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE).match
_FREE = re.compile(r"aria-[a-z]+|data-(?!pagefind-(?!ignore$))[\w.-]+").fullmatch
"""Attributes of any name that only say something; how a page is searched is for the theme to say."""
_FAR = re.compile(r"url\(\s*[\"']?\s*(?!#)", re.IGNORECASE).search
_MORE = {Place.DRAWING: IN_DRAWINGS, Place.FORMULA: IN_FORMULAS}


class Attributes:
    """Settles the attributes of the elements of a text; `tell` hears the kind of each change and what it is about."""

    def __init__(self, options: MarkdownOptions, tell: Callable[[str, str], None]) -> None:
        self.options = options
        self.tell = tell

    def settle(self, node: LexborNode, name: str, place: Place) -> None:
        """Leave an element those attributes that it may have, as they may be."""
        for attribute, value in node.attributes.items():
            low = attribute.lower()
            if low in PLAIN and low != "name":
                continue
            if not may_have(name, place, low):
                if low.startswith("on") and low.isalpha():
                    self.tell("handler", low)
                del node.attrs[attribute]
            elif low in RULED:
                self._rule(node, name, attribute, value or "")
            elif value and place is Place.DRAWING and _FAR(value):
                del node.attrs[attribute]

    def leads_away(self, address: str) -> bool:
        """Return whether a form with an address sends what readers type to whom the site has not named."""
        if not is_asked(address, self.options.host):
            return _SCHEME(address) is not None and not is_asked(address)
        return not is_named(address, self.options.forms_to)

    def address(self, value: str, *, picture: bool = False) -> str | None:
        """Return an address as browsers read it, None if it leads to no page."""
        address = as_read(value)
        found = _SCHEME(unwrap(address))
        if not found or found[1].lower() in SCHEMES or (picture and address.lower().startswith(PICTURES)):
            return address
        self.tell("address", found[1].lower())
        return None

    def _rule(self, node: LexborNode, name: str, attribute: str, value: str) -> None:
        low = attribute.lower()
        if low in ADDRESSES:
            made = self._settled_address(name, low, value)
        elif low == "srcset":
            parts = [(self.address(address, picture=True), size) for address, size in candidates(value)]
            made = ", ".join(f"{address} {size}".strip() for address, size in parts if address)
        elif low == "style":
            made, told = settled_style(value)
            if told:
                self.tell("lifted", "")
        elif low == "target":
            made = "_blank" if value.lower() == "_blank" else ""
            if made:
                node.attrs["rel"] = " ".join(dict.fromkeys([*(node.attributes.get("rel") or "").split(), "noopener"]))
        elif low == "rel":
            made = " ".join(part for part in value.split() if part.lower() != "opener")
        else:
            made = value if value.strip() in ("0", "-1") else ""
        if made != value:
            if made or (low in ADDRESSES and made is not None):
                node.attrs[attribute] = made
            else:
                del node.attrs[attribute]

    def _settled_address(self, name: str, low: str, value: str) -> str | None:
        address = self.address(value, picture=low in ("src", "poster", "background") or name == "image")
        if address is not None and name == "use" and not address.startswith("#"):
            return None
        if address is not None and low == "formaction" and self.leads_away(address):
            self.tell("form", host_of(full(address)))
            return None
        return address


def may_have(name: str, place: Place, attribute: str) -> bool:
    """Return whether an element may have an attribute of this name, in small letters."""
    if attribute == "name" and name in NAMELESS:
        return False
    known = attribute in PLAIN or attribute in RULED or attribute in _MORE.get(place, ())
    return known or _FREE(attribute) is not None
