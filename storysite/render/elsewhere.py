"""The text of a post for where it is not at home: feeds, and pages with several texts."""

import re
from html import escape

_TAG = re.compile(r'<[a-z](?:"[^"]*"|[^"<>])*>', re.IGNORECASE)
_ATTRIBUTE = re.compile(r' (?:loading="lazy"|tabindex="0"|id="[^"]*")')
_ANY_TAG = re.compile(r'<(?P<slash>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>(?:"[^"]*"|[^">])*)>', re.IGNORECASE)
_LEFT_OUT = {"button", "script", "select", "style", "template", "textarea"}
"""Elements that go with all that is in them."""
_OPENED = {"fieldset", "form", "input", "label", "legend"}
"""Elements of which only the words stay."""
_SENT_NOWHERE = re.compile(rf"<(?:iframe|{'|'.join(sorted(_LEFT_OUT | _OPENED))})\b", re.IGNORECASE).search
_ADDRESS = re.compile(r'\ssrc="([^"]*)"', re.IGNORECASE)
_TITLE = re.compile(r'\stitle="([^"]*)"', re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE).match


def for_elsewhere(html: str, address: str) -> str:
    """Return the text of the page `address` for another: its places there, nothing that waits, and no form or script.

    What is embedded becomes a link to it, and a form its words. In `html`, as the serializer wrote it, all is closed.
    """
    if _SENT_NOWHERE(html):
        html = _without_forms(html)
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub("", tag[0]).replace(' href="#', f' href="{address}#'), html)


def _without_forms(html: str) -> str:
    parts: list[str] = []
    place = 0
    inside = ""
    """The element that is being left out."""
    for tag in _ANY_TAG.finditer(html):
        name = tag["name"].lower()
        if inside:
            if tag["slash"] and name == inside:
                inside, place = "", tag.end()
        elif name in _LEFT_OUT or name in _OPENED or name == "iframe":
            parts.append(html[place : tag.start()])
            place = tag.end()
            if not tag["slash"] and name not in _OPENED:
                inside = name
                parts.append(_link(tag["rest"]) if name == "iframe" else "")
    return "".join([*parts, "" if inside else html[place:]])


def _link(attributes: str) -> str:
    """Return a link to what an embedded page shows, "" if that is no address."""
    address = _ADDRESS.search(attributes)
    if address is None or not _WEB(address[1]):
        return ""
    title = _TITLE.search(attributes)
    words = title[1] if title and title[1].strip() else address[1]
    return f'<a href="{address[1]}">{escape(words, quote=False) if "<" in words else words}</a>'
