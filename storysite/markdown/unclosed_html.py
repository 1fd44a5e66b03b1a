"""Elements that would hide or swallow all that follows, because nobody closed them: each is closed where it began.

A browser takes all text behind `<iframe>` or `<!--` for theirs until the end tag comes, be it at the end of the post.
"""

import re
from bisect import bisect_left

from storysite.markdown.fences import outside_code

_AT_ONCE = "iframe|noembed|noframes|plaintext|title|xmp"
"""What nobody means to write text in."""
_WITH_PARAGRAPH = (
    "audio|button|canvas|dialog|h[1-6]|math|noscript|object|pre|script|select|style|svg|table|template|textarea|video"
)
_LITERAL = {"script", "style", "textarea"}
_SHORT = "a|abbr|b|cite|code|del|div|em|font|i|ins|kbd|li|mark|p|q|s|small|span|strong|sub|sup|td|th|u"
"""What XML may close in its own tag (`<i/>`), and HTML may not."""
_HINT = re.compile(
    rf"<(?:!--|\?|!\[CDATA\[|![a-z]|(?:{_AT_ONCE}|{_WITH_PARAGRAPH})(?=[\s/>]))|/>", re.IGNORECASE
).search
_SIGN = re.compile(
    rf"""(?<![`\\])(?P<ticks>`+)(?!`)
    |(?P<remark><!--|<\?|<!\[CDATA\[|<!(?=[a-z]))
    |<(?P<slash>/?)(?P<name>{_AT_ONCE}|{_WITH_PARAGRAPH}|{_SHORT})(?=[\s/>])(?:"[^"]*"|'[^']*'|[^<>"'])*>""",
    re.VERBOSE | re.IGNORECASE,
)
_REMARK_END = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
_CLOSED_HERE = re.compile(r"""(?:[\s"']|<\w+)/>$""").search
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?=\n|\Z)")
_IS_AT_ONCE = re.compile(_AT_ONCE).fullmatch
_IS_SHORT = re.compile(_SHORT).fullmatch


def close_unclosed(lines: list[str]) -> list[str]:
    """Return lines of Markdown in which no element hides what follows it; code is left alone.

    Where there is nothing to close, that is the very list that was given. Time grows with the length of the lines.
    """
    text = "\n".join(lines)
    if not _HINT(text):
        return lines
    reading = _Reading(text, {*outside_code(lines)})
    parts: list[str] = []
    place = 0
    for where, length, words in sorted(reading.changes, key=lambda change: change[0]):
        parts += [text[place:where], words]
        place = where + length
    return "".join([*parts, text[place:]]).split("\n") if parts else lines


class _Reading:
    """One reading of a text, and the changes that it asks for: where, in the place of how many characters, what."""

    def __init__(self, text: str, outside: set[int]) -> None:
        self.text = text
        self.changes: list[tuple[int, int, str]] = []
        self.open: dict[str, list[re.Match[str]]] = {}
        """Start tags whose end tag did not come yet, by name."""
        self.endless: set[str] = set()
        """What does not come any more."""
        self.paragraph_ends = [*(end.start() for end in _PARAGRAPH_END.finditer(text)), len(text)]
        line = place = counted = 0
        while found := _SIGN.search(text, place):
            line += text.count("\n", counted, found.start())
            counted = found.start()
            place = self._take(found) if line in outside else found.end()
        for name, tags in self.open.items():
            for tag in tags:
                self._close(name, tag)

    def _take(self, found: re.Match[str]) -> int:
        """Read a sign, and return the place from which to read on."""
        if ticks := found["ticks"]:
            return self._end_of_span(ticks, found.end())
        if remark := found["remark"]:
            end = self._find(_REMARK_END[remark.upper()], found.end())
            if end < 0 and remark == "<!--":
                self._add(self._paragraph_end(found.end()), " -->")
            elif end < 0:
                self.changes.append((found.start(), 1, "&lt;"))
            return max(end, found.end())
        name = found["name"].lower()
        if found["slash"]:
            if self.open.get(name):
                self.open[name].pop()
        elif _CLOSED_HERE(found[0]):
            # Within a drawing or a formula that is XML it is closed indeed.
            if not (name in ("svg", "math") or self.open.get("svg") or self._ends_at(found.end(), name)):
                self.changes.append((found.end() - 2, 2, f"></{name}>"))
        elif name in _LITERAL:
            end = self._find(f"</{name}", found.end())
            if end < 0:
                self._close(name, found)
            return max(end, found.end())
        elif not _IS_SHORT(name):
            self.open.setdefault(name, []).append(found)
        return found.end()

    def _end_of_span(self, ticks: str, start: int) -> int:
        """Return where the code ends that begins with `ticks`; behind these if they begin none."""
        key = f"{ticks} {(end := self._paragraph_end(start))}"
        if key in self.endless:
            return start
        found = re.compile(f"(?<!`){ticks}(?!`)").search(self.text, start, end)
        if not found:
            self.endless.add(key)
        return found.end() if found else start

    def _find(self, words: str, start: int) -> int:
        """Return where the next `words` end, in small letters or capitals, -1 if they come no more."""
        if words in self.endless:
            return -1
        found = re.compile(re.escape(words), re.IGNORECASE).search(self.text, start)
        if not found:
            self.endless.add(words)
        return found.end() if found else -1

    def _ends_at(self, place: int, name: str) -> bool:
        return re.compile(rf"\s{{0,9}}</{name}\s*>", re.IGNORECASE).match(self.text, place) is not None

    def _close(self, name: str, tag: re.Match[str]) -> None:
        self._add(tag.end() if _IS_AT_ONCE(name) else self._paragraph_end(tag.end()), f"</{name}>")

    def _paragraph_end(self, start: int) -> int:
        return self.paragraph_ends[bisect_left(self.paragraph_ends, start)]

    def _add(self, place: int, words: str) -> None:
        self.changes.append((place, 0, words))
