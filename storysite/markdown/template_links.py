"""Links as Jekyll, Eleventy, Hugo and Pelican wrap them: the address inside is what was meant.

Only where a link or a picture leads is read this way. All other template code is text and never runs.
"""

import re

from storysite.model.group import group_slug
from storysite.model.taxonomy import TAXONOMIES

_SITE = re.compile(r"\{\{-?\s*(?:site\.(?:base_?url|url)|base_?url|page\.url\s*\|\s*root)\s*-?\}\}", re.IGNORECASE)
_QUOTED = re.compile(r"""\{\{-?\s*(["'])(?P<address>[^"']*)\1\s*(?:\|[^{}]*)?-?\}\}""")
_POST = re.compile(r"\{%-?\s*post_url\s+(?P<name>\S+?)\s*-?%\}")
_FILE = re.compile(
    r"""\{%-?\s*link\s+(?P<name>\S+?)\s*-?%\}|\{\{[<%]\s*(?:rel)?ref\s+["'](?P<page>[^"']+)["']\s*[%>]\}\}"""
)
_WRAPPED = r"""\{\{-?[^{}]*-?\}\}|\{%-?[^{}%]*-?%\}|\{\{[<%][^{}]*[%>]\}\}"""
_PELICAN = re.compile(r"[{|](?P<what>filename|static|attach|index|tag|category|author)[}|](?P<rest>.*)", re.DOTALL)
_ATTRIBUTE = re.compile(
    rf"""(?P<before>\b(?:href|src)\s*=\s*(?P<quote>["']))(?P<code>{_WRAPPED})(?P<rest>[^"'<>]*)(?P=quote)""",
    re.IGNORECASE,
)
_INLINE = re.compile(rf"(?P<before>\]\()(?P<code>{_WRAPPED})(?P<rest>[^\s()]*)(?=[\s)])")
_DEFINITION = re.compile(rf"^(?P<before>\s{{0,3}}\[[^\]]+\]:\s*)(?P<code>{_WRAPPED})(?P<rest>\S*)")


def unwrap(address: str) -> str:
    """Return `address` without template code around it; one that cannot be understood is returned as it is."""
    if pelican := _PELICAN.match(address):
        what, rest = pelican["what"], pelican["rest"]
        return f"/{TAXONOMIES[what].folder}/{group_slug(rest)}/" if what in TAXONOMIES else rest or "/"
    if "{{" not in address and "{%" not in address:
        return address
    address = _SITE.sub("", address)
    address = _QUOTED.sub(lambda match: match["address"], address)
    address = _POST.sub(lambda match: match["name"].rpartition("/")[2], address)
    return _FILE.sub(lambda match: (match["name"] or match["page"]).removeprefix("_posts/"), address).strip()


def unwrap_attributes(line: str) -> str:
    """Return a line of Markdown in which links in HTML tags and link definitions are unwrapped."""
    return _DEFINITION.sub(_settled, _ATTRIBUTE.sub(_settled, line))


def unwrap_inline(line: str) -> str:
    """Return a line of Markdown in which the addresses of links are unwrapped, for an engine that allows no blanks."""
    return _INLINE.sub(_settled, line)


def _settled(match: re.Match[str]) -> str:
    inner = unwrap(match["code"])
    if "{{" in inner or "{%" in inner:
        return match[0]
    return match["before"] + inner + match["rest"] + (match.groupdict().get("quote") or "")
