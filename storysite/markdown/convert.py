"""Markdown → Text, through Python-Markdown with what people expect of an editor. The only file that knows Markdown."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from msgspec.json import decode, encode
from msgspec.structs import replace

from storysite.markdown.lists import settle_lists
from storysite.markdown.postprocess import PERMALINK, document_of
from storysite.markdown.template_links import unwrap_attributes
from storysite.markdown.time_limit import TimeLimitReached, time_limit
from storysite.model.config import MarkdownOptions
from storysite.model.document import Document
from storysite.model.post import Body
from storysite.model.slug import slugify
from storysite.versions import is_verified

EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {"BACKLINK_TITLE": "Back to the text"},
    "md_in_html": {},
    "sane_lists": {},
    "smarty": {},
    "tables": {},
    "toc": {"slugify": lambda text, _: slugify(text) or "section"},
    "pymdownx.highlight": {"guess_lang": False, "css_class": "highlight", "auto_title": False},
    "pymdownx.magiclink": {},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.superfences": {},
    "pymdownx.tasklist": {},
    "pymdownx.tilde": {"subscript": False},
}
"""The extensions and how each is set; the guide's page on writing says what they give."""

AS_EVER_WITH = {"toc"}
"""Those with whose options, whatever they are, the fast engine was compared, and that remember no post with any."""

Extensions: TypeAlias = tuple[tuple[str, dict[str, Any]], ...]
"""Extensions by name, each with its options."""
_MORE = re.compile(
    r"^[ ]{0,3}<!--\s*(?:more\b.*?|TEASER_END.*?|excerpt|truncate|/?read-?more)\s*-->[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_CUT = "<!--more-->"
_TEMPLATE_CODE = r"\{\{[^\n]{0,1000}?\}\}|\{%[^\n]{0,1000}?%\}"
_WIKI_LINK = (
    r"(?P<sign>!?)\[\[(?P<name>[^\[\]|#\n]{0,200})(?P<part>#[^\[\]|\n]{0,200})?"
    r"(?:\|(?P<words>[^\[\]\n]{0,300}))?\]\](?![(\[])"
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$", re.IGNORECASE)

_CONTAINERS = (
    "article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form|header|main|nav|ol|section|table|ul"
)
_LITERAL = "pre|script|style|textarea"
_BLOCKS = rf"{_CONTAINERS}|{_LITERAL}|dd|dt|figcaption|h[1-6]|hr|iframe|legend|li|p|summary|tbody|td|tfoot|th|thead|tr"

_BEGINS = re.compile(rf"[ ]{{0,3}}(?:<(?:{_CONTAINERS}|{_LITERAL})(?=[\s/>])|<!--)", re.IGNORECASE).match
_BLOCK = re.compile(rf"[ ]{{0,3}}(?:</?(?:{_BLOCKS})(?=[\s/>])|<!--|(?:<[^<>]*>\s*)+$)", re.IGNORECASE).match
_TAG = re.compile(rf"<!--|-->|<(?P<slash>/?)(?P<name>{_CONTAINERS}|{_LITERAL})(?=[\s/>])[^<>]*>", re.IGNORECASE)


def render_markdown(source: str, title: str, options: MarkdownOptions, *, html: bool = False) -> Document:
    """Return the Text that the Markdown (or the HTML) `source` of a post called `title` gives. Never raises.

    What takes too long is `unread`, and what meets a fault of ours or of a library names it in `fault`; the HTML of
    both is the source as it was written.
    """
    try:
        with time_limit(options.time_limit):
            marked = _MORE.sub(f"\n{_CUT}\n", source, count=1)
            return document_of(marked if html else _converted(marked, options), title)
    except TimeLimitReached:
        _engine.cache_clear()  # the instance that was stopped is not whole any more
        return replace(_as_written(source), unread=True)
    except Exception as error:
        _engine.cache_clear()
        return replace(_as_written(source), fault=type(error).__name__)


def _converted(source: str, options: MarkdownOptions) -> str:
    """Return the HTML of Markdown, which must not depend on posts that were read before.

    Our extensions forget them when they are reset. Those of the site may not, nor do ours with every option (footnotes
    with UNIQUE_IDS count posts), so all are then made anew for each post, in half a millisecond.
    """
    if options.engine == "commonmark":
        from storysite.markdown.commonmark import convert

        return convert(source)
    extensions = encode(options.extensions)
    if {name for name, _ in options.extensions} - AS_EVER_WITH:
        try:
            return standard_markdown(decode(extensions, type=Extensions)).convert(source)
        except SystemExit as error:
            raise RuntimeError("an extension ended the program") from error
    return _engine(extensions).reset().convert(source)


def _as_written(source: str) -> Document:
    """Return the Text of what could not be read; nothing is asked of it that could fail once more."""
    return Document(Body(f'<pre class="as-written" tabindex="0">{escape(source)}</pre>'), words=len(source.split()))


@lru_cache(maxsize=4)
def _engine(extensions: bytes) -> Markdown:
    """Return the Markdown instance of this process, with options for those of AS_EVER_WITH.

    Making one takes longer than a post, and reading one with the plain library four times as long.
    """
    made = standard_markdown(decode(extensions, type=Extensions))
    if not is_verified("Markdown", "pymdown-extensions"):
        return made
    from storysite.markdown.fast import fast  # with other versions even to import it may fail

    return fast(made)


def standard_markdown(more: Extensions = ()) -> Markdown:
    """Return Python-Markdown as its own extensions and ours make it, and `more`, whose options stand over ours.

    Raises whatever an extension does that is not there or does not know its options.
    """
    for name, _ in more:
        refuse_other_classes(name)
    options = {**EXTENSIONS, **{name: {**EXTENSIONS.get(name, {}), **given} for name, given in more}}
    made = Markdown(extensions=[*options, _AsOthersWrite()], extension_configs=options, output_format="html")
    _mark_permalinks(made)
    return made


def _mark_permalinks(md: Markdown) -> None:
    """Let the link of a heading to itself be known by its class, whatever the site calls it and writes in it."""
    toc: Any = md.treeprocessors["toc"] if "toc" in md.treeprocessors else None  # noqa: SIM401 -- it has no `get`
    add_as_set = getattr(toc, "add_permalink", None)
    if add_as_set is None:
        return

    def add(heading: Element, anchor: str) -> None:
        others = set(heading)
        add_as_set(heading, anchor)
        for link in heading:
            if link not in others:
                link.set("class", PERMALINK + link.get("class", ""))

    toc.add_permalink = add


def refuse_other_classes(name: str) -> None:
    """Raise TypeError if `name` (module:Class) is no extension: Python-Markdown would call whatever it is."""
    module, _, part = name.partition(":")
    named = getattr(import_module(module), part) if part else Extension
    if not (isinstance(named, type) and issubclass(named, Extension)):
        raise TypeError(f"{part} is not an extension")


class _AsOthersWrite(Extension):
    """Reads lists, HTML and line breaks as GitHub does, links as other programs write them, and no template code."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(
            _Lists(md), "storysite-lists", 28
        )  # after line ends are settled, before code is set aside
        md.preprocessors.register(_Links(md), "storysite-links", 24)  # after code is set aside, before HTML is
        md.preprocessors.register(_OpenHtml(md), "storysite-html", 22)
        md.inlinePatterns.register(_TemplateCode(_TEMPLATE_CODE, md), "storysite-template-code", 185)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "storysite-break", 182)
        md.inlinePatterns.register(_WikiLink(_WIKI_LINK, md), "storysite-wiki-link", 175)
        blocks: Any = md.parser.blockprocessors
        headings: Any = blocks["hashheader"] if "hashheader" in blocks else None  # noqa: SIM401 -- it has no `get`
        if pattern := getattr(headings, "RE", None):  # a later version may keep it elsewhere
            headings.RE = re.compile(pattern.pattern.replace("(?P<level>", r"(?!#[^\s#])(?P<level>", 1))  # "#1 fan"


class _Lists(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return settle_lists(lines)


class _Links(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [unwrap_attributes(line) if "{{" in line or "{%" in line else line for line in lines]


class _OpenHtml(Preprocessor):
    """Sets the tags of an element aside whose text is Markdown, between blank lines, as GitHub does."""

    def run(self, lines: list[str]) -> list[str]:
        written: list[str] = []
        for part in _parts_of(lines):
            written += ["", self.md.htmlStash.store("\n".join(part.lines)), ""] if part.aside else part.lines
        return written


class _TemplateCode(InlineProcessor):
    """Keeps template code as it was typed: its quotes are no quotation marks, its braces no attributes."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        return self.md.htmlStash.store(escape(m[0])), m.start(), m.end()


class _WikiLink(InlineProcessor):
    """Reads `[[page]]`, `[[page#part|words]]` and `![[picture.jpg|300]]`, as Obsidian and wikis write them."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        name, part, words = (m[key] or "" for key in ("name", "part", "words"))
        name, words = name.strip(" \\"), words.strip()
        if not name and not part:
            return None, None, None
        anchor = slugify(part) if not part.startswith("#^") else ""
        if m["sign"] and _PICTURE.search(name):
            element = Element("img", src=quote(name), alt="" if words.isdigit() else words)
            if words.isdigit():
                element.set("width", words)
        else:
            element = Element("a", href=quote(name) + (f"#{anchor}" if anchor else ""))
            element.text = words or name or part[1:]
        return element, m.start(), m.end()


class _Part(NamedTuple):
    """Lines that belong together, and whether they are tags to be set aside from Markdown."""

    lines: Sequence[str]
    aside: bool = False


def _parts_of(lines: list[str]) -> Iterator[_Part]:
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
            yield _Part(lines[start:place])
            yield from element.parts()
            start = element.end
        place = element.end
    yield _Part(lines[start:])


class _Element:
    """An element that begins with the line `start`, up to the line `end`, cut where HTML and Markdown take turns."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines = lines
        self.cuts = [start]
        """Where the parts begin; the first is HTML, the second Markdown, and so on."""
        self.open: Counter[str] = Counter()
        self.literal = ""
        """What must come before anything else is read: the name of the element, or `-->`."""
        self.end = next((place + 1 for place in range(start, len(lines)) if self._ends_at(place)), len(lines))
        self.holds_markdown = len(self.cuts) > 1 and not any("markdown" in line for line in lines[start : self.end])

    def parts(self) -> Iterator[_Part]:
        """Yield the element in its parts."""
        for number, (start, end) in enumerate(zip(self.cuts, [*self.cuts[1:], self.end], strict=True)):
            yield _Part(self.lines[start:end], aside=number % 2 == 0)

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
        return not self.open.total() and not self.literal and not marked_down

    def _take(self, tag: re.Match[str]) -> None:
        """Count a tag, unless it stands in a comment, a script or other literal text."""
        name = (tag["name"] or tag[0]).lower()
        if self.literal:
            closes = name == self.literal and (tag["slash"] or name == "-->")
            self.literal = "" if closes else self.literal
        elif name == "<!--":
            self.literal = "-->"
        elif name in _LITERAL.split("|"):
            self.literal = "" if tag["slash"] else name
        elif name != "-->" and not tag["slash"]:
            self.open[name] += 1
        elif self.open[name] > 0:
            self.open[name] -= 1
