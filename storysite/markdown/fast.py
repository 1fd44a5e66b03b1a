"""Python-Markdown without the work that a post does not need: the same bytes in a fifth of the time.

The library tries every pattern on every text and runs every processor on every post. Here each is asked only where
the sign stands that it cannot do without; paragraphs, headings and the plainest inline marks are taken at first sight;
quotation marks are set in one pass over the finished tree. Nothing else may differ: the tests hold both side by side,
over all samples and over generated text.

Import this module only where versions.py knows the library's version: another may have no such inner parts.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from itertools import combinations
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.toc import TocTreeprocessor, remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.serializers import RE_AMP, to_html_string
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE, INLINE_PLACEHOLDER_PREFIX, AtomicString, Registry, code_escape

from storysite.markdown.triggers import INLINE_TRIGGERS, QUOTE_SIGNS, TRIGGERS

_SIGN = re.compile(r"`|\\|\[|<|\*|_|~|@|&[#a-zA-Z0-9]|://").search
"""Where there is none of these, no `www.` and no break, no inline pattern matches."""
_MARK = re.compile(
    r"""`(?<![`\\]`)(?P<code>[^`\s\\](?:[^`\\\n]*[^`\s\\])?)`(?!`)
    |\*(?<!\S\*)(?P<star>\*?)(?P<words>\w(?:[^*\n]*\w)?)\*(?P=star)(?=$|[\s.,;:!?)])
    |\[(?<!!\[)(?P<link>[^\[\]\n]+)\]\((?P<address>[^\s()<>\[\]"'`\\{}*]+)\)(?![\[({:])""",
    re.VERBOSE,
).finditer
"""Inline marks that can be nothing else: code, emphasis between blanks, a link to a plain address."""
_PARAGRAPH = re.compile(r"[^\W\d_]|[\"'(“‘]|\*\*?\w|\d+(?![\d.])|`(?!`)").match
_OTHER_LINE = re.compile(r"\n *(?:[#>:\[!]|[*_=-][*_= -]*(?:\n|$|\[)|$)").search
"""What in a later line of a paragraph makes something else of it."""
_HEADING = re.compile(r"(#{1,6}) +([^\s#\\|\x02](?:[^#\\|\x02\n]*[^\s#\\|\x02])?) *").fullmatch
_MARKUP = re.compile("[&<>\x02]").search
_QUOTES = ("'", '"', "--", "...")
"""What stands for quotation marks, dashes and ellipses; each rule's sign is made of one or two of these."""
_UNLIKE = {"script", "style"}
_SET = re.compile("\x02q(\\d+)\x03")
# Patterns here begin with plain characters where they can: `re` then looks for these at five times the speed.


def fast(md: Markdown) -> Markdown:
    """Return `md`, changed to do the same with less work."""
    quotes: Any = md.treeprocessors["smarty"]
    toc: Any = md.treeprocessors["toc"]
    md.__class__, md.parser.__class__, toc.__class__ = _FastMarkdown, _Parser, _Anchors
    md.treeprocessors.register(_Inline(md), "inline", 20)
    md.treeprocessors.register(_Quotes(md, quotes.inlinePatterns), "smarty", 6)
    md.treeprocessors.register(_LineBreaks(md), "prettify", 10)
    md.treeprocessors.register(_Unescape(md), "unescape", 0)
    md.serializer = _html
    for registry in (md.preprocessors, md.treeprocessors):
        for name, processor in named(registry):
            if name in TRIGGERS:
                _skip_unless(md, processor, TRIGGERS[name])
    return md


def named(registry: Registry[Any]) -> Iterator[tuple[str, Any]]:
    """Yield what is in a registry, in order, each with its name."""
    names = {registry.get_index_for_name(name): name for name in vars(registry)["_data"]}
    return ((names[place], each) for place, each in enumerate(registry))


def _skip_unless(md: Any, processor: Any, signs: tuple[str, ...]) -> None:
    run = processor.run

    def run_if_needed(given: Any) -> Any:
        for sign in signs:
            if sign in md.source:
                return run(given)
        return given

    processor.run = run_if_needed


class _FastMarkdown(Markdown):
    """Keeps the source at hand, by which processors are asked or not."""

    source = ""

    def convert(self, source: str) -> str:
        self.source = source
        return super().convert(source)


class _Parser(BlockParser):
    """Takes paragraphs and headings at first sight; all other blocks go the library's way."""

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        processors = list(self.blockprocessors)
        while blocks:
            block = blocks[0]
            if _is_paragraph(block):
                self._add_paragraph(parent, blocks.pop(0))
            elif heading := _HEADING(block):
                del blocks[0]
                SubElement(parent, f"h{len(heading[1])}").text = heading[2]
            else:
                for processor in processors:
                    if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                        break

    def _add_paragraph(self, parent: Element, text: str) -> None:
        if not self.state.isstate("list"):
            SubElement(parent, "p").text = text
        elif len(parent):
            parent[-1].tail = f"{parent[-1].tail or ''}\n{text}"
        else:
            parent.text = f"{parent.text}\n{text}" if parent.text else text


def _is_paragraph(block: str) -> bool:
    return _PARAGRAPH(block) is not None and not ("|" in block or "\x02" in block or _OTHER_LINE(block))


class _Inline(InlineProcessor):
    """Walks the tree as the library does, but reads a text with none but the plainest marks in one go."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.tried = [(pattern, INLINE_TRIGGERS.get(name, ("",))) for name, pattern in named(md.inlinePatterns)]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Put an element for each inline mark into `tree`, the root of a post."""
        self.stashed_nodes: dict[str, Element | str] = {}
        waiting = [(tree, [*(ancestors or ()), tree.tag.lower()])]
        for element, self.ancestors in waiting:
            added: list[tuple[Element, list[Element]]] = []
            for child in element:
                if child.text and _has_marks(child.text):
                    self.ancestors.append(child.tag.lower())
                    child.text, inside = self._read(child.text)
                    waiting += [(each, [*self.ancestors, each.tag.lower()]) for each in inside]
                    added.append((child, inside))
                    self.ancestors.pop()
                if child.tail and _has_marks(child.tail):
                    child.tail, after = self._read(child.tail)
                    place = list(element).index(child) + 1
                    element[place:place] = after
                if len(child):
                    waiting.append((child, [*self.ancestors, child.tag.lower()]))
            for child, inside in added:
                child[0:0] = inside
        return tree

    def _read(self, text: str) -> tuple[str | None, list[Element]]:
        """Return the words before the first mark in `text`, and an element for each mark, with the words behind it."""
        if found := _plain_marks(text):
            return found
        holder = Element("d")
        placed = self._of_library("processPlaceholders")(self._InlineProcessor__handleInline(text), holder)
        return holder.text, [element for element, _ in placed]

    def _of_library(self, name: str) -> Any:
        """Return the library's own method of this name, which Python hides from classes that build on it."""
        return getattr(self, f"_InlineProcessor__{name}")

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Apply the patterns from `patternIndex` on whose signs are in `data`. The library calls this by its name."""
        if not _has_marks(data):
            return data
        apply = self._of_library("applyPattern")
        for place in range(patternIndex, len(self.tried)):
            pattern, needs = self.tried[place]
            if any(sign in data for sign in needs):
                found, start = True, 0
                while found:
                    data, found, start = apply(pattern, data, place, start)
        return data


def _has_marks(text: str) -> bool:
    return _holds_sign(text) and not isinstance(text, AtomicString)


def _holds_sign(text: str) -> bool:
    return _SIGN(text) is not None or "  \n" in text or INLINE_PLACEHOLDER_PREFIX in text or "www." in text.lower()


def _plain_marks(text: str) -> tuple[str | None, list[Element]] | None:
    """Return what `_read` does if there are plain marks in `text` and none but these, else None."""
    lead: str | None = None
    elements: list[Element] = []
    words_around: list[str] = []
    place = 0
    for match in _MARK(text):
        between = text[place : match.start()]
        words_around.append(between)
        if not elements:
            lead = between or None
        elif between:
            elements[-1].tail = between
        if match["code"]:
            element = Element("code")
            element.text = AtomicString(code_escape(match["code"]))
        elif match["link"]:
            element = Element("a", href=match["address"])
            element.text = match["link"]
            words_around.append(match["link"])
        else:
            element = Element("strong" if match["star"] else "em")
            element.text = match["words"]
            words_around.append(match["words"])
        elements.append(element)
        place = match.end()
    if not elements:
        return None
    rest = text[place:]
    elements[-1].tail = rest or None
    return None if _holds_sign("\0".join([*words_around, rest])) else (lead, elements)


class _Rule:
    """One of the library's rules for quotation marks: the sign it is about, and what is set in its place."""

    def __init__(self, sign: str, rule: Any) -> None:
        self.sign = sign
        self.pattern: re.Pattern[str] = rule.compiled_re
        self.parts = [part if isinstance(part, int) else part.replace("&", AMP_SUBSTITUTE) for part in rule.replace]
        self.begins_before = self.pattern.pattern.startswith("(\\s")

    def match(self, text: str, place: int) -> re.Match[str] | None:
        """Return the first match from `place` on; looking for the sign first takes a third of the time."""
        if self.begins_before:
            return self.pattern.search(text, place)
        place = text.find(self.sign, place)
        while place >= 0:
            if match := self.pattern.match(text, place):
                return match
            place = text.find(self.sign, place + 1)
        return None


class _Quotes(Treeprocessor):
    """Sets quotation marks, dashes and ellipses by the library's rules, without a second inline pass."""

    def __init__(self, md: Markdown, patterns: Registry[Any]) -> None:
        super().__init__(md)
        rules = [_Rule(QUOTE_SIGNS[name], pattern) for name, pattern in named(patterns)]
        self.rules = {
            signs: [rule for rule in rules if any(sign in rule.sign for sign in signs)]
            for count in range(1, len(_QUOTES) + 1)
            for signs in combinations(_QUOTES, count)
        }
        """The rules that may apply to a text, by the signs that it holds."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if (text := element.text) and (signs := _quotes_in(text)) and element is not root:
                element.text = self._set(text, self.rules[signs])
            if (text := element.tail) and (signs := _quotes_in(text)):
                element.tail = self._set(text, self.rules[signs])

    def _set(self, text: str, rules: list[_Rule]) -> str:
        """Return `text` with all marks set. What is set is out of reach of later rules until all are through."""
        done: list[str] = []
        for rule in rules:
            place = 0
            while rule.sign in text and (match := rule.match(text, place)):
                holder = f"\x02q{len(done)}\x03"
                done.append("".join(match[part] if isinstance(part, int) else part for part in rule.parts))
                text = text[: match.start()] + holder + text[match.end() :]
                place = match.start() + len(holder)
        return _SET.sub(lambda match: done[int(match[1])], text) if done else text


def _quotes_in(text: str) -> tuple[str, ...]:
    return () if isinstance(text, AtomicString) else tuple([sign for sign in _QUOTES if sign in text])


class _LineBreaks(PrettifyTreeprocessor):
    """Puts the library's line breaks between blocks, and asks once for each tag whether it is a block's."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.is_block = cache(md.is_block_level)

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802
        is_block = self.is_block
        if is_block(elem.tag) and elem.tag not in ("code", "pre"):
            if len(elem) and not (elem.text and elem.text.strip()) and is_block(elem[0].tag):
                elem.text = "\n"
            for child in elem:
                if is_block(child.tag):
                    self._prettifyETree(child)
        if not (elem.tail and elem.tail.strip()):
            elem.tail = "\n"


class _Unescape(UnescapeTreeprocessor):
    """Looks for letters that were escaped only if there is a backslash, the author's or one that settles a list."""

    def run(self, root: Element) -> None:
        if any("\\" in line for line in [self.md.source, *self.md.lines]):  # type: ignore[attr-defined]
            super().run(root)


def _html(root: Element) -> str:
    """Return what the library's serializer makes of a tree; what is rare in one is left to it altogether."""
    parts: list[str] = []
    try:
        _write(root, parts.append)
    except (TypeError, RecursionError):
        return to_html_string(root)
    return "".join(parts)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    if type(tag) is not str or tag.lower() in _UNLIKE:
        raise TypeError
    write(f"<{tag}")
    for name, value in sorted(element.items()):
        if type(name) is not str or type(value) is not str or name == value:
            raise TypeError
        write(' {}="{}"'.format(name, _escaped(value).replace('"', "&quot;")))
    write(">")
    if text:
        write(_escaped(text))
    for child in element:
        _write(child, write)
    if tag.lower() not in HTML_EMPTY:
        write(f"</{tag}>")
    if tail:
        write(_escaped(tail))


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


class _Anchors(TocTreeprocessor):
    """Gives each heading its anchor; the table of contents is made only where the post asks for one."""

    def run(self, doc: Element) -> None:
        source = getattr(self.md, "source", "")
        if self._does_more() or self.marker in source or "data-toc-label" in source:
            super().run(doc)
            return
        headings = [element for element in doc.iter() if self.header_rgx.match(element.tag)]
        if not headings:
            return
        used = {element.attrib["id"] for element in doc.iter() if "id" in element.attrib}
        counted: dict[str, int] = {}
        for heading in headings:
            if "id" not in heading.attrib:
                words = heading.text or ""
                if len(heading) or _MARKUP(words):
                    words = unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
                heading.attrib["id"] = unique(self.slugify(" ".join(words.split()), self.sep), used, counted)

    def _does_more(self) -> bool:
        """Return whether the site's options ask for more than anchors, or for another sign than is known in a source.

        All other options are about the table of contents alone: its title, its depth, its classes.
        """
        links = self.use_anchors or self.use_permalinks not in (False, None)
        return links or self.base_level != 0 or self.marker != "[TOC]"
