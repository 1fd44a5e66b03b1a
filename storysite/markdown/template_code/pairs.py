"""Where code is in a text, and which end tag belongs to which tag, found in one pass for all names.

Time grows with the length of the text, however many tags have no end.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

TAG = re.compile(r"\{%[-+~]?\s*+(?P<name>[\w./-]*+)(?P<words>(?>(?:(?!%\}|\{%).)*))%\}", re.DOTALL)
SHORTCODE = re.compile(
    r"\{\{[<%]-?\s*+(?P<close>/?)\s*+(?P<name>[\w./-]*+)(?P<words>(?>(?:(?![>%]\}\}|\{\{[<%]).)*))[>%]\}\}", re.DOTALL
)
BRACKET = re.compile(
    r"\[(?P<close>/?)(?P<name>[a-z][\w-]*+)(?P<words>(?:[\s=:][^\[\]]{0,2000})?/?)\](?![(:])", re.IGNORECASE
)
Kind = Literal["tag", "shortcode", "bracket"]

CODE = r"(?P<fence>^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?P<ticks>`{3,}|~{3,})[^`\n]*$)|(?P<span>`+)|"
LITERAL = r"(?P<escape>\\[`\\\[{])|(?P<literal><!--|<(?P<element>pre|code|script|style|textarea)(?=[\s>]))"
_CODE = re.compile(CODE + LITERAL, re.MULTILINE | re.IGNORECASE)
_CODE_IN_HTML = re.compile(LITERAL, re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n[ \t>]*(?:\n|$|[-+*][ \t]|\d+[.)][ \t]|#{1,6}[ \t]|```|~~~)")
"""Where a paragraph ends, and a code span with it."""
_VERBATIM = {"raw", "verbatim", "comment", "highlight", "codeblock"}
"""Tags between which no other tag is one."""


class _Token(NamedTuple):
    """A tag as its pair is sought: by which name, and whether it is the end."""

    found: re.Match[str]
    name: str
    end: bool


class Pairs:
    """The code in one text, and the pairs of tags outside it."""

    def __init__(self, source: str, *, html: bool) -> None:
        self.source = source
        self._pattern = _CODE_IN_HTML if html else _CODE
        self._endless: set[str] = set()
        self._made: dict[Kind, dict[int, re.Match[str]]] = {}

    def end_of(self, kind: Kind, place: int) -> re.Match[str] | None:
        """Return the end tag of what begins at `place`, None if it has none."""
        if kind not in self._made:
            self._made[kind] = self._pairs(kind)
        return self._made[kind].get(place)

    def end_of_code(self, found: re.Match[str]) -> int:
        """Return where the code ends that a match of CODE or LITERAL begins; its own end if it begins none."""
        if found["literal"]:
            return self._find("-->" if found[0] == "<!--" else f"</{found['element'].lower()}", found.end())
        if found["escape"]:
            return found.end()
        if (ticks := found["ticks"]) is not None:
            pattern = rf"^[ \t>]*{ticks[0]}{{{len(ticks)},}}[ \t]*$"
            end = re.compile(pattern, re.MULTILINE).search(self.source, found.end())
            return end.end() if end else len(self.source)
        stop = self._paragraph_ends[bisect_left(self._paragraph_ends, found.end())]
        key = f"{found[0]} {stop}"
        if key in self._endless:
            return found.end()
        end = re.compile(rf"(?<!`){found[0]}(?!`)").search(self.source, found.end(), stop)
        if end is None:
            self._endless.add(key)
        return end.end() if end else found.end()

    @cached_property
    def _paragraph_ends(self) -> list[int]:
        return [*(end.start() for end in _PARAGRAPH_END.finditer(self.source)), len(self.source)]

    def _find(self, words: str, start: int) -> int:
        """Return where the next `words` end, `start` if they come no more."""
        if words in self._endless:
            return start
        found = re.compile(re.escape(words), re.IGNORECASE).search(self.source, start)
        if found is None:
            self._endless.add(words)
        return found.end() if found else start

    @cached_property
    def _code(self) -> list[tuple[int, int]]:
        """Where code begins and ends."""
        made: list[tuple[int, int]] = []
        place = 0
        while found := self._pattern.search(self.source, place):
            place = self.end_of_code(found)
            if place > found.end():
                made.append((found.start(), place))
        return made

    def is_code(self, place: int) -> bool:
        """Return whether code that is meant to be read stands at `place`."""
        before = bisect_right(self._code, (place, len(self.source)))
        return before > 0 and place < self._code[before - 1][1]

    def _pairs(self, kind: Kind) -> dict[int, re.Match[str]]:
        """Return the end tag of each tag that has one, by where that tag begins: an end belongs to the last one."""
        tokens = [token for token in _TOKENS[kind](self.source) if not self.is_code(token.found.start())]
        last_end = {token.name: place for place, token in enumerate(tokens) if token.end}
        pairs: dict[int, re.Match[str]] = {}
        opened: dict[str, list[int]] = {}
        verbatim = ""
        for place, (found, name, end) in enumerate(tokens):
            if verbatim and not (end and name == verbatim):
                continue
            if not end:
                opened.setdefault(name, []).append(found.start())
                verbatim = name if kind == "tag" and name in _VERBATIM and last_end.get(name, -1) > place else ""
            elif opened.get(name):
                pairs[opened[name].pop()] = found
                verbatim = ""
        return pairs


def _tags(source: str) -> Iterator[_Token]:
    for found in TAG.finditer(source):
        name, words = found["name"].rstrip("-"), found["words"].strip(" -+~\n")
        if name == "set" and "=" in words:
            continue
        if ended := re.fullmatch(r"(?:end_?|/)([\w.-]*)", name):
            yield _Token(found, ended[1] or "(", end=True)
        elif not words.endswith("/"):
            yield _Token(found, "(" if found["words"].startswith(("(", "::")) else name, end=False)


def _shortcodes(source: str) -> Iterator[_Token]:
    for found in SHORTCODE.finditer(source):
        if found["close"] or not is_closed(found["words"]):
            yield _Token(found, found["name"], end=bool(found["close"]))


def _brackets(source: str) -> Iterator[_Token]:
    for found in BRACKET.finditer(source):
        if found["close"] or not is_closed(found["words"]):
            yield _Token(found, found["name"].lower(), end=bool(found["close"]))


def is_closed(words: str) -> bool:
    """Return whether a tag is closed by its own sign: `{{< figure … />}}`."""
    return words.rstrip(" \t\n-").endswith("/")


_TOKENS = {"tag": _tags, "shortcode": _shortcodes, "bracket": _brackets}
