"""The reading of a post's Markdown from top to bottom: what is code, what might be template code, what is put there."""

import re
from dataclasses import dataclass, field
from html import escape

from storysite.markdown.template_code.calls import read_call
from storysite.markdown.template_code.forms import make_piece
from storysite.markdown.template_code.marks import Mark, Marks
from storysite.markdown.template_code.pairs import CODE, LITERAL, Pairs
from storysite.markdown.template_code.pieces import Piece, Setting

_REST = r"""|(?P<shown>\{\{[<%]/\*)
    |(?P<shortcode>\{\{[<%])
    |(?P<output>\{\{)
    |(?P<tag>\{%)
    |(?P<comment>\{\#(?=[\s*-]))
    |(?P<kramdown>\{:[:/])
    |(?P<wiki>!?\[\[)
    |(?P<bracket>\[/?(?=[a-z]))"""
_NEXT = re.compile(CODE + LITERAL + _REST, re.VERBOSE | re.MULTILINE | re.IGNORECASE)
_NEXT_IN_HTML = re.compile(LITERAL + _REST, re.VERBOSE | re.MULTILINE | re.IGNORECASE)
_LIST_ITEM = re.compile(r"[ \t]*(?:[-+*][ \t]|\d+[.)][ \t]|>|[ \t])").match
_BLANK = re.compile(r"[ \t\r]*(?=\n|\Z)").match
_MARGIN = 200
"""Blanks on either side of template code that stands alone on its line, at most."""
MOST = 1_000_000
"""Characters that values of front matter may add to one post."""
LONGEST = 5000
"""Characters in one piece of template code."""
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_RAW_LINES = re.compile(r"^[ \t>]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n", re.MULTILINE)


@dataclass(slots=True)
class Reading:
    """One reading from top to bottom; what a piece of template code means is for those that build on it to say."""

    source: str
    setting: Setting
    marks: Marks
    html: bool
    values: dict[str, object]
    """Those of the setting, to which the text may add."""
    place: int = 0
    written: list[str] = field(default_factory=list)
    ends: dict[int, Mark] = field(default_factory=dict)
    """Where the end tags are that belong to what was read, and what stands there."""
    verbatim_to: int = 0
    """Up to where braces are only braces."""
    added: int = 0
    """Characters that values of front matter have added."""
    lost: set[str] = field(default_factory=set)
    """What comes no more."""
    names: frozenset[str] | None = None
    pairs: Pairs = field(init=False)

    def read(self) -> str:
        """Return the text with its marks."""
        self.pairs = Pairs(self.source, html=self.html)
        pattern = _NEXT_IN_HTML if self.html else _NEXT
        while found := pattern.search(self.source, self.place):
            self.written.append(self.source[self.place : found.start()])
            self.place = found.start()
            kind = found.lastgroup
            if kind in ("ticks", "fence", "span"):
                self.keep_code(self.pairs.end_of_code(found))
            elif kind == "escape" and found[0] == "\\{":
                self.put(Mark(found[0], "{", inline="{"), found.end())
            elif kind in ("escape", "literal", "element"):
                self.keep(self.pairs.end_of_code(found))
            elif not self._take_any(kind or "", found):
                self.keep(found.end())
        self.written.append(self.source[self.place :])
        return "".join(self.written)

    # ------------------------------------------------------------------------------------------------------- code

    def keep(self, end: int) -> None:
        self.written.append(self.source[self.place : end])
        self.place = end

    def keep_code(self, end: int) -> None:
        """Keep code, but for what said that its braces are only braces: no other program would have shown that."""
        code = self.source[self.place : end]
        if "endraw" in code and "raw" in code.partition("endraw")[0]:
            code = _RAW.sub(lambda found: found["raw"], _RAW_LINES.sub("", code) if _RAW.search(code) else code)
        self.written.append(code)
        self.place = end

    # ------------------------------------------------------------------------------------------------------ pieces

    def _take_any(self, kind: str, found: re.Match[str]) -> bool:
        """Put a mark in the place of what begins here; return whether it is template code at all."""
        if (mark := self.ends.get(self.place)) is not None:
            self.put(mark, self.place + len(mark.source))
            return True
        if self.place < self.verbatim_to and kind in ("shown", "shortcode", "output", "tag", "comment"):
            self.put(Mark(found[0], escape(found[0]), inline=escape(found[0])), found.end())
            return True
        return self.take(kind)

    def take(self, kind: str) -> bool:
        """Put a mark in the place of the code of this kind that begins here; return whether it is code at all."""
        raise NotImplementedError

    def put(self, mark: Mark, end: int) -> None:
        """Write a mark, and go on at `end`. What stands alone on its line is no part of the lines around it."""
        before = self.margin(end)
        alone = before is not None and not self.html
        nothing = not (mark.html or mark.inline or mark.address)
        if before is not None and alone and nothing and not before.startswith(("    ", "\t")):
            self.marks.left.update([mark.left] if mark.left else [])
            self.place = end
        elif before is not None and alone and mark.block and len(before) < 4 and "\t" not in before:
            above = "" if self.continues_item() and mark.html.startswith("<") else "\n\n"
            text = self.marks.add(mark)
            self.written.append(f"{above}{before}{text}\n\n{before}" if above else f"{text}\n\n{before}")
            self.place = end
        else:
            self.written.append(self.marks.add(mark))
            self.place = end

    def find(self, words: str, start: int) -> int:
        """Return where `words` stand next, -1 if they come no more."""
        if words in self.lost:
            return -1
        place = self.source.find(words, start)
        if place < 0:
            self.lost.add(words)
        return place

    def margin(self, end: int) -> str | None:
        """Return the blanks before the code in hand, which ends at `end`, if it stands alone on its line, else None."""
        before = self.source[max(0, self.place - _MARGIN) : self.place].rpartition("\n")
        if before[2].strip() or not (before[1] or self.place <= _MARGIN):
            return None
        return before[2] if _BLANK(self.source, end, end + _MARGIN) else None

    def continues_item(self) -> bool:
        """Return whether the lines right above belong to an item of a list or to a quotation."""
        above = self.source[max(0, self.place - 4000) : self.source.rfind("\n", 0, self.place) + 1]
        paragraph = re.split(r"\n[ \t]*\n", above)[-1]
        return _LIST_ITEM(paragraph.lstrip("\n")) is not None

    def put_piece(self, piece: Piece, end: int, inner: tuple[int, int] | None = None, left: str = "") -> None:
        """Put a piece in the place of the code up to `end`; `inner` is where its text ends and its end tag."""
        mark = Mark(
            self.source[self.place : inner[1] if inner and piece.body is not None else end],
            piece.html, piece.block, piece.inline, piece.address, piece.lookup, piece.bare, left,
        )  # fmt: skip
        if inner and piece.body is None:
            closing = self.source[inner[0] : inner[1]]
            self.ends[inner[0]] = Mark(closing, piece.closing, piece.block, "" if piece.block else piece.closing)
        self.put(mark, inner[1] if inner and piece.body is not None else end)

    def gone(self, end: int, left: str = "") -> bool:
        """Put nothing in the place of the code up to `end`, and note it by the name `left` if that is a loss."""
        self.put(Mark(self.source[self.place : end], left=left), end)
        return True

    def take_call(
        self, found: re.Match[str], name: str, words: str, signs: str, end: re.Match[str] | None, *, shown: str = ""
    ) -> bool:
        """Put in the place of a tag or a shortcode what it stood for."""
        inner = self.source[found.end() : end.start()] if end else None
        call = read_call(name, words, self.values, signs, inner)
        piece, known = make_piece(call, self.setting)
        left = "" if known else shown or _shown(name, signs)
        self.put_piece(piece, found.end(), end.span() if end else None, left)
        return True


def _shown(name: str, signs: str) -> str:
    """Return how a piece of code is named to people."""
    form = {"%": "{{% {} %}}", "<": "{{{{< {} >}}}}", "[": "[{}]", "include": "{{% include {} %}}"}[signs]
    return form.format(name)
