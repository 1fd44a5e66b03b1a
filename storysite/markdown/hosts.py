"""The hosts of others that addresses, style sheets and scripts make a browser ask for something by itself."""

import re
from collections.abc import Iterator

from storysite.model.urls import host_of

_WEB = re.compile(r"\s*(?:https?:)?//[^\s/]", re.IGNORECASE).match
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IN_STYLE = re.compile(
    r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//(?!www\.w3\.org/)[^\s"')]+)|src\(\s*["']((?:https?:)?//[^"']+)""",
    re.IGNORECASE,
)
_IN_SCRIPT = re.compile(
    r"""(?<![\w:])https?:\\?/\\?/(?!www\.w3\.org/|schema\.org)[\w.-]+|(?<=["'`])//[\w-]+(?:\.[\w-]+)+""", re.IGNORECASE
)
_ASKS = re.compile(
    r"""fetch\s*\(|XMLHttpRequest|sendBeacon|\.(?:src|href)\s*=|\bimport\b|importScripts|document\.write|createElement
    |new\s+(?:Image|WebSocket|EventSource|Worker)|\.(?:ajax|getJSON|getScript|load)\s*\(|insertAdjacentHTML|innerHTML""",
    re.VERBOSE,
).search
"""How a script asks for something."""


def is_asked(address: str, own: str = "") -> bool:
    """Return whether what has `address` is asked of another host than the site's `own`."""
    return _WEB(address) is not None and not _is_of(address, own)


def is_own(address: str, own: str) -> bool:
    """Return whether an address in full is one of the site's `own` host."""
    return bool(own) and _WEB(address) is not None and _is_of(address, own)


def _is_of(address: str, host: str) -> bool:
    return host_of(full(address)) == host.removeprefix("www.")


def full(address: str) -> str:
    """Return an address with its scheme, as browsers read one that begins with two slashes."""
    address = address.strip()
    return "https:" + address if address.startswith("//") else address


def hosts_in_style(text: str) -> list[str]:
    """Return the hosts that a style sheet asks for pictures, letters and other style sheets."""
    return sorted({host_of(full(address)) for address in addresses_in_style(text)} - {""})


def hosts_in_script(text: str) -> list[str]:
    """Return the hosts that a script names which asks for something; nobody can tell whether it asks them."""
    return sorted({host_of(full(address)) for address in addresses_in_script(text)} - {""})


def addresses_in_style(text: str) -> Iterator[str]:
    """Yield the addresses elsewhere that a style sheet, or a `style`, names."""
    if "//" in text:
        yield from (found[1] or found[2] for found in _IN_STYLE.finditer(_COMMENT.sub(" ", text)))


def addresses_in_script(text: str) -> Iterator[str]:
    """Yield the beginnings of addresses elsewhere that a script names, if it asks for anything at all."""
    if "/" in text and _ASKS(text):
        yield from (found[0].replace("\\", "") for found in _IN_SCRIPT.finditer(_COMMENT.sub(" ", text)))
