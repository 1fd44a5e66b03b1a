"""Lists in Markdown source, written as Python-Markdown reads them, so that they look as they do in GitHub's editor.

GitHub follows CommonMark: a list needs no blank line above it, and what stands as far right as an item's text belongs
to the item. Python-Markdown wants the blank line, and four columns for every level. The rules are those of
https://spec.commonmark.org/0.31.2/#list-items, made milder where they would break a list written for Python-Markdown.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from storysite.markdown.fences import settle_fences

_LEVEL = 4
"""Columns that Python-Markdown counts as one level; also the width of a tab."""
_DEEPEST = 20
"""Levels of lists, and of quotes, that are followed; what is nested deeper stays as it was written."""

_LISTED = re.compile(r"[ \t>]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)").match
_BLOCK = re.compile(
    r"""(?P<rule>([-*_])[ \t]*(?:\2[ \t]*){2,}$)
    |(?P<item>(?P<marker>[-+*]|\d{1,9}[.)])(?:(?P<gap>[ \t]+)(?=\S)|[ \t]*$))
    |(?P<heading>\#{1,6}(?:[ \t]|$))
    |(?P<fence>(?P<ticks>`{3,})[^`]*$|(?P<waves>~{3,}))
    |(?P<quote>>[ ]?)
    |(?P<markup><(?:(?P<raw>script|pre|style|textarea)\b|(?P<comment>!--)
        |/?(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form
        |h[1-6]|header|hr|iframe|legend|li|link|main|menu|nav|ol|option|p|section|summary|table|tbody|td|tfoot|th|thead
        |tr|ul)(?=[\s/>]|$)))
    |(?P<tag></?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>\s*$)
    |(?P<aside>\[\^[^\]]+\]:|:[ ]{1,3}(?=\S)|!!![ ]?\w)""",
    re.VERBOSE | re.IGNORECASE,
).match
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*").fullmatch
_NUMBER = re.compile(r"(\d+)\.(?= )")
_QUOTE_SIGN = re.compile(r">[ ]?")
_BLANK = re.compile(r"$")
_RAW_END = re.compile(r".*</(?:script|pre|style|textarea)>", re.IGNORECASE)
_COMMENT_END = re.compile(r".*-->")

_Open = Literal["nothing", "fence", "marker", "item", "note", "paragraph"]
"""What ends just above: a code fence, a marker that has no text yet, the text beside a marker, the first line of a note
(which is prose if no text follows further in), any other paragraph."""


def settle_lists(lines: list[str]) -> list[str]:
    """Return Markdown lines in which lists that GitHub would show are written as Python-Markdown reads them.

    Where nothing looks like a list, that is the very list that was given. Text, code and raw HTML outside lists keep
    their lines. Inside lists indentation changes, `1)` becomes `1.`, and blank lines part what Python-Markdown would
    run together. Lists written for Python-Markdown stay as they are. Time grows with the length of the lines.
    """
    return _settle(lines, quotes=0)


def _settle(lines: list[str], *, quotes: int) -> list[str]:
    if quotes > _DEEPEST or not any(map(_LISTED, lines)):
        return lines
    settling = _Settling(quotes)
    for line in lines:
        settling.read(line)
    settling.end_quote()
    settling.close_fence()
    return settling.written


def _interrupts(found: re.Match[str]) -> bool:
    """Return whether a list may begin with this in the middle of a paragraph: not with an empty item, nor `2020.`"""
    return bool(found["gap"]) and (found["marker"] in "-+*" or int(found["marker"][:-1]) == 1)


def _sign_of(fence: re.Match[str]) -> str:
    return fence["ticks"] or fence["waves"] or ""


class _Line(NamedTuple):
    """A line that is not blank, and where it stands."""

    source: str
    text: str
    """The line without the space before it."""
    indent: int
    """Columns of that space."""
    depth: int
    """Number of blocks that the line stands in, the document aside."""

    def settled(self) -> str:
        """Return the line at the column where Python-Markdown looks for it; outside all blocks, just as it is."""
        return " " * (_LEVEL * self.depth) + self.text if self.depth else self.source


@dataclass(slots=True)
class _Block:
    """A block that owns the indented lines below it: the document, a list item, a footnote, a definition, a note."""

    kind: str
    """"ul" or "ol" for an item of such a list, "" for other blocks."""
    content: int
    """Column from which on a line belongs to the block."""
    reach: int
    """Last column at which a block inside may begin; what begins further right is code."""


@dataclass(frozen=True, slots=True)
class _Verbatim:
    """Lines up to the one that matches `end`, which at most move sideways together: fenced code or raw HTML."""

    end: re.Pattern[str]
    first: _Line


class _Settling:
    """One reading from top to bottom: the blocks open at the line in hand, and the lines written so far."""

    def __init__(self, quotes: int) -> None:
        self.written: list[str] = []
        self.blocks = [_Block("", 0, _LEVEL - 1)]
        self.open: _Open = "nothing"
        self.apart = False  # whether the next block needs a blank line above it
        self.chunk = -1  # depth of the first line below the last blank one
        self.code: int | None = None  # columns by which the indented code in hand is moved
        self.verbatim: _Verbatim | None = None
        self.quotes = quotes
        self.quoted: list[_Line] = []

    def read(self, source: str) -> None:
        """Write a line, and note which blocks it opens and closes."""
        if (not source or source[0].isalpha()) and self._is_plain():
            self.written.append(source)
            self.open, self.chunk = ("paragraph", 0) if source else ("nothing", -1)
            return
        text = source.lstrip(" \t")
        indent = len(source) - len(text)
        if indent and "\t" in source[:indent]:
            indent = len(source[:indent].expandtabs(_LEVEL))
        if self.verbatim and self._goes_on(self.verbatim, source, text, indent):
            return
        if not text:
            self.end_quote()
            self.written.append(source)
            self.open, self.chunk = "nothing", -1
            return
        # No block begins with a letter, and most lines do.
        found = None if text[0].isalpha() else _BLOCK(text)
        depth = self._depth(indent, found)
        if self.open == "note":
            self.open = "nothing" if depth == len(self.blocks) - 1 else "paragraph"
            del self.blocks[depth + 1 :]
        line = _Line(source, text, indent, depth)
        kind = self._kind(line, found)
        if self.code is not None and kind != "code":
            self.code, self.apart = None, self._listed()
        if self.quoted and (kind != "quote" or depth != self.quoted[0].depth):
            self.end_quote()
        if kind == "code":
            self._write_code(line)
        elif kind == "underline":
            self.written.append(line.settled())
            self.open = "nothing"
        elif found is None or kind == "text":
            self._write_text(line)
        elif kind == "item":
            self._write_item(line, found)
        else:
            self._write_block(line, found, kind)

    def _is_plain(self) -> bool:
        """Return whether a line that begins with a letter is only written: no block is open, and none waits."""
        waits = self.apart or self.verbatim or self.quoted or self.code is not None
        return len(self.blocks) == 1 and self.chunk <= 0 and not waits

    def end_quote(self) -> None:
        """Write the quote in hand, if there is one, with the lists inside it settled."""
        if not self.quoted:
            return
        inside = [_QUOTE_SIGN.sub("", line.text, count=1) for line in self.quoted]
        settled = settle_fences(_settle(inside, quotes=self.quotes + 1))
        depth = self.quoted[0].depth
        if settled == inside:
            shown = [line.settled() for line in self.quoted]
        else:
            shown = [" " * (_LEVEL * depth) + (f"> {line}" if line else ">") for line in settled]
        for each in shown:
            self._put(depth, each)
        self.apart = depth > 0 and self._listed()
        self.quoted = []

    def _depth(self, indent: int, found: re.Match[str] | None) -> int:
        """Return the number of open blocks, the document aside, that a line at this column stands in."""
        depth = 0
        while depth + 1 < len(self.blocks) and indent >= self.blocks[depth + 1].content:
            depth += 1
        if indent > self.blocks[depth].reach and self.open == "item" and found and _interrupts(found):
            # CommonMark reads on with the item's text; whoever indents a marker that far means a list inside the item.
            if depth + 1 < len(self.blocks):
                depth += 1
                self.blocks[depth].content = indent
            else:
                self.blocks[depth].reach = indent + _LEVEL - 1
        return depth

    def _kind(self, line: _Line, found: re.Match[str] | None) -> str:
        """Return what the line begins: a group of `_BLOCK`, "code", the "underline" of a heading, or "text"."""
        kind = (found and found.lastgroup) or "text"
        flowing = self.open in ("item", "paragraph")
        continues = flowing and line.depth == len(self.blocks) - 1 and not self.quoted
        if line.indent > self.blocks[line.depth].reach:
            return "text" if flowing else "code"
        if continues and line.text[0] in "-=" and _UNDERLINE(line.text):
            return "underline"
        if found and kind == "item":
            return "text" if line.depth >= _DEEPEST or (continues and not _interrupts(found)) else "item"
        if flowing and (kind == "tag" or (kind == "aside" and line.text[0] == ":" and self._listed())):
            return "text"
        return kind

    def _write_text(self, line: _Line) -> None:
        if self.open == "marker" and line.depth == len(self.blocks) - 1:
            self.written[-1] += line.text
            self.open = "item"
        elif self.open in ("item", "paragraph"):
            # Python-Markdown would begin an item with a number at the start of any line in a list.
            listed = line.text[0].isdigit() and self._listed()
            self.written.append(_NUMBER.sub(r"\1\\.", line.settled()) if listed else line.settled())
        else:
            self.apart = self.apart or self.open == "marker"
            del self.blocks[line.depth + 1 :]
            self._put(line.depth, line.settled())
            self.open = "paragraph"

    def _write_code(self, line: _Line) -> None:
        """Write a line of indented code; all lines move as the first does, and that only if it must."""
        least = _LEVEL * (line.depth + 1)
        if self.code is None or line.depth < len(self.blocks) - 1:
            self.code = 0 if line.indent >= least else _LEVEL * line.depth - self.blocks[line.depth].content
            del self.blocks[line.depth + 1 :]
        self._put(line.depth, " " * max(least, line.indent + self.code) + line.text if self.code else line.source)

    def _write_item(self, line: _Line, found: re.Match[str]) -> None:
        marker, rest = found["marker"], line.text[found.end() :]
        kind = "ul" if marker in "-+*" else "ol"
        beside = self.blocks[line.depth + 1].kind if line.depth + 1 < len(self.blocks) else None
        self.apart = self.apart or (self.open in ("paragraph", "fence") if beside is None else beside != kind)
        del self.blocks[line.depth + 1 :]
        start = line.indent + len(marker)
        gap = " " * (len((" " * start + (found["gap"] or " ")).expandtabs(_LEVEL)) - start)
        # More than four spaces would begin code, which nobody means who writes `-      text`.
        content = start + (len(gap) if len(gap) <= _LEVEL else 1)
        self.blocks.append(_Block(kind, content, content + _LEVEL - 1))
        margin, marker = " " * (_LEVEL * line.depth), marker.replace(")", ".")
        within = _BLOCK(rest)
        begins = within.lastgroup if within else None
        if rest and begins not in ("item", "fence", "quote", "rule"):
            self._put(line.depth, margin + marker + gap + rest)
            self.open, self.apart = ("nothing", True) if begins == "heading" else ("item", False)
            return
        # A hyphen without text would make the line above it a heading.
        self._put(line.depth, f"{margin}{'*' if marker == '-' else marker} ")
        self.open = "marker"
        if rest:
            self.read(" " * content + rest)

    def _write_block(self, line: _Line, found: re.Match[str], kind: str) -> None:
        """Write the first line of a block that is neither text nor list; in lists it gets blank lines around it."""
        self.apart = self.apart or self._listed()
        del self.blocks[line.depth + 1 :]
        self.open = "nothing"
        if kind == "quote":
            self.quoted.append(line)
            self.open = "paragraph"
            return
        self._put(line.depth, line.settled())
        self.apart = line.depth > 0 and self._listed()
        if kind == "aside":
            self.blocks.append(_Block("", line.indent + _LEVEL, line.indent + 2 * _LEVEL - 1))
            self.open, self.apart = ("note" if line.text[0] == "!" else "paragraph"), False
        elif kind == "fence":
            sign = _sign_of(found)
            self.verbatim = _Verbatim(re.compile(rf"{sign}{sign[0]}*[ \t]*$"), line)
        elif kind in ("markup", "tag") and "markdown" not in line.text:
            end = _RAW_END if found["raw"] else _COMMENT_END if found["comment"] else _BLANK
            if not end.match(line.text):
                self.verbatim = _Verbatim(end, line)

    def _goes_on(self, verbatim: _Verbatim, source: str, text: str, indent: int) -> bool:
        """Write a line of verbatim lines, and return True, unless it stands outside the block that they are in."""
        first, block = verbatim.first, self.blocks[verbatim.first.depth]
        if text and indent < block.content:
            self.close_fence()
            self.verbatim = None
            return False
        fenced = first.text[0] in "`~"
        ends = verbatim.end.match(text) is not None and not (fenced and indent > block.reach)
        if first.depth and text:
            # Python-Markdown sees the end of a fence only at the very column of its beginning.
            within = 0 if fenced and ends else max(0, indent - first.indent)
            sign = _BLOCK(first.text) if fenced and ends else None
            source = " " * (_LEVEL * first.depth + within) + (_sign_of(sign) if sign else text)
        self.written.append(source)
        if ends:
            self.verbatim = None
            self.open = "fence" if fenced else "nothing"
            if not text:
                self.chunk = -1
        return True

    def close_fence(self) -> None:
        """Close the fence in hand, if there is one in a list: code ends where its item does."""
        if (
            self.verbatim
            and self.verbatim.first.depth
            and (found := _BLOCK(self.verbatim.first.text))
            and found["fence"]
        ):
            self.written.append(" " * (_LEVEL * self.verbatim.first.depth) + _sign_of(found))

    def _listed(self) -> bool:
        """Return whether a list item is among the open blocks."""
        return any(block.kind for block in self.blocks)

    def _put(self, depth: int, line: str) -> None:
        """Write a line that begins a block, below a blank one if Python-Markdown would run it into what is above.

        It measures the lines between two blank ones by the first of them, and misreads any that is shallower.
        """
        if (self.apart or depth < self.chunk) and self.written and self.written[-1].strip():
            self.written.append("")
            self.chunk = -1
        if self.chunk < 0:
            self.chunk = depth
        self.apart = False
        self.written.append(line)
