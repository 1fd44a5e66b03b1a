"""Values of settings that are one line: texts, addresses, and words that stand for something.

Each reader raises BadValue for what cannot be meant.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit, urlunsplit

from storysite.errors import BadValue


def one_line(value: object) -> str:
    """Return a text without line breaks and control characters."""
    if isinstance(value, list | dict):
        kind = "list" if isinstance(value, list) else "set of names and values"
        raise BadValue(f"this is a {kind}, but it has to be one line of text", "write one line of text")
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", str(value)).split())


def web_address(value: object) -> str:
    """Return the address of a site, without a slash at its end."""
    text = one_line(value).rstrip("/")
    if not _is_web_address(text):
        full = f"https://{text.lstrip('/')}"
        known = _is_web_address(full) and re.fullmatch(r"/*[\w-]+(\.[\w-]+)+(:\d+)?(/[\w./~-]*)?", text)
        example = full if known else "for example https://library.example.org/stories"
        raise BadValue(f'"{text}" is not a web address', f"write it in full, {example}")
    parts = urlsplit(text)
    return urlunsplit(parts._replace(path=quote(parts.path, safe="/%!$&'()*+,;=:@~")))


_HOST = re.compile(r"[^\s\x00-\x20<>\"\\^`{|}%/?#]+").fullmatch


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:  # brackets around what is no IPv6 address, or a port that is no number
        return False
    return (
        parts.scheme in ("http", "https")
        and _HOST(parts.netloc) is not None
        and port != 0
        and not parts.query + parts.fragment
    )


def choice(setting: str, words: Sequence[str]) -> Callable[[object], str]:
    """Return the reader of a setting that is one of some words, of which "none" is also written as "no"."""

    def read(value: object) -> str:
        text = one_line(value).lower()
        if text in ("false", "no", "off"):
            return "none"
        if text not in words:
            hint = f"write {setting}: {', '.join(words[:-1])} or {words[-1]}"
            raise BadValue(f'"{text}" is none of {", ".join(words)}', hint)
        return text

    return read


def form_address(value: object) -> str:
    """Return the address of a form, which may end in a question mark and what comes after it, as those of forms do."""
    text = one_line(value)
    if not _is_web_address(re.split(r"[?#]", text, maxsplit=1)[0]):
        example = "for example https://forms.example.org/library"
        raise BadValue(f'"{text}" is not a web address', f"write it in full, {example}")
    return quote(text, safe="/%!$&'()*+,;=:@~?#[]")


def grades(value: object) -> tuple[int, int] | None:
    """Return the lowest and the highest school grade that are named, or one for both; None for "no"."""
    text = one_line(value).lower()
    if text in ("no", "none", "off", "false"):
        return None
    match = re.fullmatch(r"(?:grades? )?([0-9]{1,2})(?: ?(?:-|–|to) ?([0-9]{1,2}))?", text)
    lowest, highest = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= lowest <= highest <= 12:
        raise BadValue(f'"{text}" is neither a grade from 1 to 12 nor two of them', "for example reading_level: 6-8")
    return lowest, highest
