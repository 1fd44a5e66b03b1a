"""Elements of HTML that are open over blank lines: where their tags end, and where the Markdown in them begins."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_CONTAINERS = (
    "article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form|header|main|nav|ol|section|table|ul"
)
_LITERAL = "pre|script|style|textarea"
_INNER = "dd|dt|figcaption|h[1-6]|iframe|legend|li|p|summary|tbody|td|tfoot|th|thead|tr"
_BLOCKS = rf"{_CONTAINERS}|{_LITERAL}|{_INNER}|hr"
_ENDS_BEFORE = {
    "dd": {"dd", "dt"},
    "dt": {"dd", "dt"},
    "li": {"li"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
}
"""What need not be closed before an element of this name; a paragraph need not before any block."""

_BEGINS = re.compile(rf"[ ]{{0,3}}(?:<(?:{_CONTAINERS}|{_LITERAL}|{_INNER})(?=[\s/>])|<!--)", re.IGNORECASE).match
_BLOCK = re.compile(rf"[ ]{{0,3}}(?:</?(?:{_BLOCKS})(?=[\s/>])|<!--|(?:<[^<>]*>\s*)+$)", re.IGNORECASE).match
_TAG = re.compile(
    rf"<!--|-->|<(?P<slash>/?)(?P<name>{_CONTAINERS}|{_LITERAL}|{_INNER}|hr)(?=[\s/>])[^<>]*>", re.IGNORECASE
)


class Part(NamedTuple):
    """Lines that belong together, and whether they are tags to be set aside from Markdown."""

    lines: Sequence[str]
    aside: bool = False


def parts_of(lines: list[str]) -> Iterator[Part]:
    """Yield all of `lines` in order, in parts. Time grows with their number.

    HTML ends at a blank line (https://spec.commonmark.org/0.31.2/#html-blocks) only where unindented text follows one;
    everywhere else it is left as it was written, blank lines and indentation included.
    """
    start = place = 0
    while place < len(lines):
        if not _BEGINS(lines[place]):
            place += 1
            continue
        element = _Element(lines, place)
        if element.holds_markdown:
            yield Part(lines[start:place])
            yield from element.parts()
            start = element.end
        place = element.end
    yield Part(lines[start:])


class _Element:
    """An element that begins with the line `start`, up to the line `end`, cut where HTML and Markdown take turns."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines = lines
        self.cuts = [start]
        """Where the parts begin; the first is HTML, the second Markdown, and so on."""
        self.open: list[str] = []
        self.left_open = False
        """Whether an element has no end tag of its own, for which Python-Markdown would look to the end of the text."""
        self.literal = ""
        """What must come before anything else is read: the name of the element, or `-->`."""
        self.end = next((place + 1 for place in range(start, len(lines)) if self._ends_at(place)), len(lines))
        parted = len(self.cuts) > 1 or self.left_open
        self.holds_markdown = parted and not any("markdown" in line for line in lines[start : self.end])

    def parts(self) -> Iterator[Part]:
        """Yield the element in its parts."""
        for number, (start, end) in enumerate(zip(self.cuts, [*self.cuts[1:], self.end], strict=True)):
            yield Part(self.lines[start:end], aside=number % 2 == 0)

    def _ends_at(self, place: int) -> bool:
        """Take the line at `place` in, and return whether the element is closed in it."""
        line = self.lines[place]
        if not line.strip():
            return False
        marked_down = len(self.cuts) % 2 == 0
        if not self.literal and place > self.cuts[-1]:
            apart = not self.lines[place - 1].strip()
            turns = _BLOCK(line) if marked_down else apart and not _BLOCK(line) and not line.startswith(("    ", "\t"))
            if turns:
                self.cuts.append(place)
                marked_down = not marked_down
        if not marked_down:
            for tag in _TAG.finditer(line):
                self._take(tag)
        return not self.open and not self.literal and not marked_down

    def _take(self, tag: re.Match[str]) -> None:
        """Open or close an element, unless its tag stands in a comment, a script or other literal text."""
        name = (tag["name"] or tag[0]).lower()
        if self.literal:
            closes = name == self.literal and (tag["slash"] or name == "-->")
            self.literal = "" if closes else self.literal
        elif name == "<!--":
            self.literal = "-->"
        elif name in _LITERAL.split("|"):
            self.literal = "" if tag["slash"] else name
        elif tag["slash"]:
            if name in self.open:
                while self.open.pop() != name:
                    self.left_open = True
        elif name != "-->":
            while self.open and (self.open[-1] == "p" or self.open[-1] in _ENDS_BEFORE.get(name, ())):
                self.open.pop()
                self.left_open = True
            if name != "hr":
                self.open.append(name)
