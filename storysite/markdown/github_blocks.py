"""Headings, tables, notes and reference targets in Python-Markdown, read as GitHub reads them, so that no word is lost.

The library's own processors are kept and asked first to do less: what they would take for something else than a
CommonMark parser does (https://spec.commonmark.org/0.31.2/, https://github.github.com/gfm/) stays text.
"""

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor, ReferenceProcessor, SetextHeaderProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.tables import TableProcessor

_HEADING = re.compile(r"(?:^|\n)[ ]{0,3}(?!#[^\s#]|#{7})(?P<level>#{1,6})(?P<header>[^\n]*)(?:\n|$)")
"""A heading's line; "#1 fan" and seven signs begin none."""
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*$").match
_UNDERLINED = re.compile(r"\n[ ]*(?:=+|-+)[ \t]*(?:\n|$)").search
_NO_TEXT = re.compile(r" {4}|[ ]{0,3}(?:>|\#{1,6}(?:\s|$)|(?:[-+*]|\d{1,9}[.)])(?:\s|$)|(?:[-*_][ ]*){3,}$|\x02)").match
"""How a line begins that is no text of a paragraph: code, quote, heading, item, rule, what was set aside."""
_INTERRUPTS = re.compile(r"[ ]{0,3}(?:>|\#{1,6}(?:\s|$)|(?:[-+*]|1[.)])\s+\S|(?:[-*_][ ]*){3,}$|\x02)").match
"""The same for a line below text."""
_DELIMITERS = re.compile(r"\n[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*(?:\n|$)").search
_BEGINS_BLOCK = re.compile(r"[ ]{0,3}(?:>|\#{1,6}(?:\s|$)|([-*_])[ ]*(?:\1[ ]*){2,}$|\x02[^\x03]*\x03$)").match
"""What ends a table without a blank line."""
_NOTE = re.compile(
    r"""(?:^|\n)!!![ ]?([\w-]+(?:[ ]+[\w-]+)*(?=[ ]+"[^"\n]*"[ ]*(?:\n|$))|[\w-]+(?=[ ]*(?:\n|$)))
    (?:[ ]+"([^"\n]*)")?[ ]*(?:\n(?=[ ]{4}|\t)|$)""",
    re.VERBOSE,
)
"""The first line of a note: one word, or a title in quotes behind it; an indented text follows."""

_NAME = r"[\w:-]"
_ATTRIBUTE = rf"""(?:[#.][^\s{{}}"'=#.,;]+|{_NAME}{{2,}}=(?:"[^"\n]*"|'[^'\n]*'|[^\s{{}}"'=,;]+))"""
_LIST = rf"\{{(?::[ ]*|[ ]*(?={_ATTRIBUTE}))((?:{_ATTRIBUTE}|{_NAME}+)(?:[ ]+(?:{_ATTRIBUTE}|{_NAME}+))*)[ ]*\}}"
"""Attributes: `.class`, `#name`, `name=value` and words behind these; a colon before them says that words are some."""
_LAST_SIGNS = re.compile(rf"[ ]#+(?=[ ]+{_LIST}$)")
_BEHIND_SIGN = re.compile(rf"(?<=[^\s\\]#)[ ]+{_LIST}$")


def read_blocks_as_github(md: Markdown) -> None:
    """Change the processors of `md` that are the library's own to read blocks as GitHub does.

    Those that an extension of the site put in their place are left as they are.
    """
    blocks: Any = md.parser.blockprocessors
    for name, own, ours in (
        ("hashheader", HashHeaderProcessor, _Heading),
        ("setextheader", SetextHeaderProcessor, _Underlined),
        ("table", TableProcessor, _Table),
        ("admonition", AdmonitionProcessor, _Note),
        ("reference", ReferenceProcessor, _Reference),
    ):
        if name in blocks and type(blocks[name]) is own:
            blocks[name].__class__ = ours
    trees: Any = md.treeprocessors
    if "attr_list" in trees and type(trees["attr_list"]) is AttrListTreeprocessor:
        trees["attr_list"].__class__ = _Attributes


class _Heading(HashHeaderProcessor):
    """Closing signs are some only behind a blank: C# keeps its own."""

    RE = _HEADING

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        heading = parent[-1]
        words = (heading.text or "").strip()
        without = words.rstrip("#")
        if without == words:
            heading.text = self._with_attributes(heading, _LAST_SIGNS.sub("", words)) if "#" in words else words
        elif not without or without[-1] in " \t":
            heading.text = without.rstrip()
        else:
            heading.text = words

    def _with_attributes(self, heading: Element, words: str) -> str:
        """Take attributes behind a sign that is a word's own; their extension would take that sign away."""
        trees: Any = self.parser.md.treeprocessors
        found = _BEHIND_SIGN.search(words) if "attr_list" in trees else None
        if found is None:
            return words
        trees["attr_list"].assign_attrs(heading, found[1])
        return words[: found.start()]


class _Underlined(SetextHeaderProcessor):
    """All lines of text above the underline are the heading."""

    def test(self, parent: Element, block: str) -> bool:
        return _UNDERLINED(block) is not None and _underline_in(self._lines(block)) > 0

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = self._lines(blocks.pop(0))
        place = _underline_in(lines)
        heading = SubElement(parent, "h1" if "=" in lines[place] else "h2")
        heading.text = "\n".join(line.strip() for line in lines[:place])
        if rest := "\n".join(lines[place + 1 :]):
            blocks.insert(0, rest)

    def _lines(self, block: str) -> list[str]:
        """Return the lines of a block; in the text of an item, all but the first still have the space of the item."""
        lines = block.split("\n")
        if self.parser.state.isstate("list"):
            lines[1:] = [line.removeprefix("    ") for line in lines[1:]]
        return lines


def _underline_in(lines: Sequence[str]) -> int:
    """Return the place of the line that underlines all the lines above it, 0 if these are no text or none does."""
    for place, line in enumerate(lines):
        if place and _UNDERLINE(line):
            return place
        if (_INTERRUPTS if place else _NO_TEXT)(line):
            return 0
    return 0


class _Table(TableProcessor):
    """A table may stand right below text and right above another block; a pipe with a backslash is one in code too."""

    def test(self, parent: Element, block: str) -> bool:
        if "|" not in block or not _DELIMITERS(block):
            return False
        return bool(super().test(parent, block)) or self._start(parent, block) > 0

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks[0].split("\n")
        if not super().test(parent, blocks[0]):
            start = self._start(parent, blocks.pop(0))
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
            blocks.insert(0, "\n".join(lines[start:]))
            return
        end = next((place for place in range(2, len(lines)) if _BEGINS_BLOCK(lines[place])), len(lines))
        if end < len(lines):
            blocks[0:1] = ["\n".join(lines[:end]), "\n".join(lines[end:])]
        super().run(parent, blocks)

    def _start(self, parent: Element, block: str) -> int:
        """Return the place of the line with which a table begins below text, 0 if there is none."""
        lines = block.split("\n")
        if _NO_TEXT(lines[0]) and not lines[0].lstrip().startswith("#"):
            return 0
        for place in range(1, len(lines) - 1):
            if _DELIMITERS(f"\n{lines[place + 1]}") and super().test(parent, "\n".join(lines[place : place + 2])):
                return place
        return 0

    def _split(self, row: str) -> list[str]:
        cells: list[str] = super()._split(row)  # type: ignore[misc]
        return [cell.replace("\\|", "|") for cell in cells]


class _Note(AdmonitionProcessor):
    """A note has a text; `!!! words of a sentence` is one."""

    RE = _NOTE

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        block = blocks[0]
        found = self.RE.search(block)
        if found and found.end() == len(block) and not (len(blocks) > 1 and blocks[1].startswith("    ")):
            self.current_sibling = None
            return False
        super().run(parent, blocks)
        return None


class _Reference(ReferenceProcessor):
    """The address of a reference may stand in angle brackets, with blanks in it."""

    RE = re.compile(ReferenceProcessor.RE.pattern.replace(r"([^\s]+)", r"(<[^<>\n]*>|[^\s]+)", 1), re.MULTILINE)


class _Attributes(AttrListTreeprocessor):
    """Braces hold attributes only if all that stands in them is one; behind a picture, over two lines too."""

    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile("^" + _LIST.replace("[ ]+", r"(?:[ ]+|[ ]*\n[ ]*)"))  # type: ignore[misc]

    def assign_attrs(self, elem: Element, attrs_string: str, **options: Any) -> Any:
        return super().assign_attrs(elem, attrs_string.replace("\n", " "), **options)
