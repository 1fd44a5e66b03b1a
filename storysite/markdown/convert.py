"""Markdown → Text, through Python-Markdown with what people expect of an editor."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from importlib import import_module
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from msgspec.json import decode, encode
from msgspec.structs import replace

from storysite.markdown.fences import outside_code, settle_fences
from storysite.markdown.github_blocks import read_blocks_as_github
from storysite.markdown.github_inlines import read_signs_as_github, without_angles, without_nested_links
from storysite.markdown.headings import PERMALINK
from storysite.markdown.html_bounds import TooMuchHtml, html_limits
from storysite.markdown.lists import settle_lists
from storysite.markdown.open_html import parts_of
from storysite.markdown.postprocess import document_of
from storysite.markdown.template_code import mark_template_code
from storysite.markdown.template_code.asides import mark_asides
from storysite.markdown.template_code.fill import fill_marks
from storysite.markdown.template_code.marks import Marks, allowed, without_marks
from storysite.markdown.template_code.pieces import Setting
from storysite.markdown.time_limit import TimeLimitReached, time_limit
from storysite.markdown.unclosed_html import close_unclosed
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
    "toc": {"slugify": lambda text, _: slugify(without_marks(text)) or "section"},
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
_LEFT_BEHIND = re.compile(r"(?:klzzwxh|wzxhzdk):\d").search
"""What the library's own marks begin with."""
_TOO_DEEP = re.compile(r"^(?:[ \t]*+>){100}", re.MULTILINE).search
"""Quotes within quotes, as many as the library takes: with how many more it ends depends on who calls it."""


class MarkLeftBehind(Exception):
    """Python-Markdown did not find again what it had set aside, as in `*[**[*<z>`: it would be lost without a word."""


def render_markdown(
    source: str,
    title: str,
    options: MarkdownOptions,
    *,
    html: bool = False,
    language: str = "",
    values: Mapping[str, object] = {},
) -> Document:
    """Return the Text that the Markdown (or the HTML) `source` of a post called `title` gives. Never raises.

    What storysite says in it is said in `language`; `values` is the front matter, which template code may ask for.

    What takes too long is `unread`, what has too much of something names it as `beyond`, and what meets a fault of ours
    or of a library names it in `fault`; the HTML of all three is the source as it was written.
    """
    try:
        with time_limit(options.time_limit), html_limits(options):
            setting, marks = Setting(language, values), Marks()
            marked = _with_cut(allowed(source).replace("\x04", ""), html=html)
            if not html:
                marked = mark_asides(marked, setting, marks)
            marked = mark_template_code(marked, setting, marks, html=html)
            made = fill_marks(marked if html else _converted(marked, options), marks)
            if "<a" in source or marks.made:
                made = without_nested_links(made)
            made = allowed(made)
            if _LEFT_BEHIND(made) and not _LEFT_BEHIND(source):
                raise MarkLeftBehind
            document = document_of(made, title, language, options)
            return replace(document, template_code=tuple(sorted(marks.left.items()))) if marks.left else document
    except TooMuchHtml as error:
        _engine.cache_clear()
        return replace(_as_written(source), beyond=error.what)
    except TimeLimitReached:
        _engine.cache_clear()  # the instance that was stopped is not whole any more
        return replace(_as_written(source), unread=True)
    except Exception as error:
        _engine.cache_clear()
        return replace(_as_written(source), fault=type(error).__name__)


def _with_cut(source: str, *, html: bool) -> str:
    """Return `source` with the first of all marks of a cut, outside of code, as the one that is looked for."""
    found = _MORE.search(source)
    if found and not html and any(sign in source for sign in ("```", "~~~")):
        code_free = {*outside_code(source.split("\n"))}
        marks = _MORE.finditer(source)
        found = next((mark for mark in marks if source.count("\n", 0, mark.start()) in code_free), None)
    return f"{source[: found.start()]}\n{_CUT}\n{source[found.end() :]}" if found else source


def _converted(source: str, options: MarkdownOptions) -> str:
    """Return the HTML of Markdown, which must not depend on posts that were read before.

    Our extensions forget them when they are reset. Those of the site may not, nor do ours with every option (footnotes
    with UNIQUE_IDS count posts), so all are then made anew for each post, in half a millisecond.
    """
    if options.engine == "commonmark":
        from storysite.markdown.commonmark import convert

        return convert(source)
    if _TOO_DEEP(source):
        raise TooMuchHtml("quotes")
    extensions = encode(options.extensions)
    if {name for name, _ in options.extensions} - AS_EVER_WITH:
        try:
            return standard_markdown(decode(extensions, type=Extensions)).convert(source)
        except SystemExit as error:
            raise RuntimeError("an extension ended the program") from error
    return _engine(extensions).reset().convert(source)


def _as_written(source: str) -> Document:
    """Return the Text of what could not be read; nothing is asked of it that could fail once more."""
    return Document(
        Body(f'<pre class="as-written" tabindex="0">{escape(allowed(source))}</pre>'), words=len(source.split())
    )


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
    """Reads lists, HTML and line breaks as GitHub does, as no other part does."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(
            _Lists(md), "storysite-lists", 28
        )  # after line ends are settled, before code is set aside
        md.preprocessors.register(_Fences(md), "storysite-fences", 27)  # the same
        md.preprocessors.register(_References(md), "storysite-references", 24.5)  # after code is set aside
        md.preprocessors.register(_OpenHtml(md), "storysite-html", 22)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "storysite-break", 182)
        read_blocks_as_github(md)
        read_signs_as_github(md)


class _Lists(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return settle_lists(lines)


class _Fences(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return settle_fences(lines)


class _References(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [without_angles(line) if "]:" in line else line for line in lines]


class _OpenHtml(Preprocessor):
    """Sets the tags of an element aside whose text is Markdown, between blank lines, as GitHub does."""

    def run(self, lines: list[str]) -> list[str]:
        written: list[str] = []
        for part in parts_of(close_unclosed(lines)):
            written += ["", self.md.htmlStash.store("\n".join(part.lines)), ""] if part.aside else part.lines
        return written
