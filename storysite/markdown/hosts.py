"""The hosts of others that addresses, style sheets and scripts make a browser ask for something by itself."""

import re
from collections.abc import Collection, Iterator

from storysite.model.urls import host_of

_BLANKS = "".join(map(chr, range(0x21)))
_LINE_ENDS = str.maketrans("", "", "\t\n\r")
_ODD = re.compile(r"[\x00-\x20\\]|^/{3}|^https?:(?!//(?!/))", re.IGNORECASE).search
"""What browsers read in another way than it is written."""
_BEFORE_HOST = re.compile(r"(https?:)?[\\/]{2,}|(https?:)[\\/]?", re.IGNORECASE).match
"""How an address in full may begin: https://url.spec.whatwg.org/#special-authority-ignore-slashes-state."""
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


def as_read(address: str) -> str:
    """Return an address as browsers read it: no blanks around it, no line ends in it, a backslash for a slash."""
    if not _ODD(address):
        return address
    address = address.strip(_BLANKS).translate(_LINE_ENDS)
    found = _BEFORE_HOST(address)
    if found is None:
        return address
    place, *_ = re.split("[?#]", address[found.end() :], maxsplit=1)
    return (found[1] or found[2] or "") + "//" + place.replace("\\", "/") + address[found.end() + len(place) :]


def is_asked(address: str, own: str = "") -> bool:
    """Return whether what has `address` is asked of another host than the site's `own`."""
    address = as_read(address)
    return _WEB(address) is not None and not _is_of(address, own)


def is_own(address: str, own: str) -> bool:
    """Return whether an address in full is one of the site's `own` host."""
    return bool(own) and _WEB(address) is not None and _is_of(address, own)


def is_named(address: str, hosts: Collection[str]) -> bool:
    """Return whether an address in full is one of these hosts."""
    return bool(hosts) and host_of(full(address)) in hosts


def _is_of(address: str, host: str) -> bool:
    return host_of(full(address)) == host.removeprefix("www.")


def full(address: str) -> str:
    """Return an address with its scheme, as browsers read one that begins with two slashes."""
    address = as_read(address)
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
