"""Signs within a line, read as GitHub reads them: what a backslash stands before, and links within links."""

import re
from html import unescape
from string import punctuation
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import EscapeInlineProcessor
from markdown.util import AMP_SUBSTITUTE

_ANGLED = re.compile(r"^([ ]{0,3}\[[^\[\]\n]+\]:[ \t]*)<([^<>\n]*)>(?=\s|$)")
_A = re.compile(
    r"<(?P<slash>/?)a(?=[\s>])[^<>]*>|(?P<end></(?:p|div|li|h[1-6]|td|th|blockquote|dd|pre)>)", re.IGNORECASE
)
_HREF = re.compile(r'\shref="([^"]*)"', re.IGNORECASE)


def read_signs_as_github(md: Markdown) -> None:
    """Let a backslash take its meaning from any sign of ASCII, as CommonMark has it."""
    md.ESCAPED_CHARS = list(punctuation)
    patterns: Any = md.inlinePatterns
    if "escape" in patterns and type(patterns["escape"]) is EscapeInlineProcessor:
        patterns["escape"].__class__ = _Escape


class _Escape(EscapeInlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> Any:
        if m[1] == "&":  # any other way `\\&copy;` would be a sign of its own again
            return f"{AMP_SUBSTITUTE}amp;", m.start(), m.end()
        return super().handleMatch(m, data)


def without_angles(line: str) -> str:
    """Return the line of a reference with its address as it is without angle brackets, which look like HTML."""
    return _ANGLED.sub(lambda found: found[1] + found[2].strip().replace(" ", "%20"), line)


def without_nested_links(html: str) -> str:
    """Return HTML in which no address within a link was made a link of its own; browsers would end the first there."""
    parts: list[str] = []
    place, opened, nested = 0, False, False
    for tag in _A.finditer(html):
        if tag["end"]:
            opened = nested = False
        elif tag["slash"]:
            if nested:
                parts.append(html[place : tag.start()])
                place, nested = tag.end(), False
            else:
                opened = False
        elif not opened:
            opened = _HREF.search(tag[0]) is not None
        elif _is_automatic(html, tag):
            parts.append(html[place : tag.start()])
            place, nested = tag.end(), True
    return "".join([*parts, html[place:]]) if parts else html


def _is_automatic(html: str, tag: re.Match[str]) -> bool:
    """Return whether the words of a link are its address."""
    found = _HREF.search(tag[0])
    if found is None:
        return False
    address, words = unescape(found[1]), unescape(html[tag.end() : html.find("<", tag.end())])
    return words == address or words in (address.removeprefix(scheme) for scheme in ("http://", "https://", "mailto:"))
