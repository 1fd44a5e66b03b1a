"""Markdown → HTML by comrak: GitHub's dialect, a hundred times as fast as Python-Markdown, with fewer extensions."""

import re
from collections.abc import Sequence
from html import unescape

import comrak
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.util import ClassNotFound

from storysite.markdown.html_bounds import TooMuchHtml
from storysite.markdown.numbered import character_of
from storysite.markdown.unclosed_html import close_unclosed

_DEFINITION = re.compile(r" {0,3}:[ \t]+\S").match
_CODE = re.compile(r'<pre><code(?: class="language-(?P<name>[^"]*)")?>(?P<code>.*?)</code></pre>', re.DOTALL)
_ALERT = re.compile(r'class="markdown-alert(?:-(?P<title>title)| markdown-alert-(?P<kind>\w+))"')
_ALIGN = re.compile(r'(?<=<t[hd]) align="(left|right|center)"')
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What comrak makes of references such as `&#146;`; no file can have them."""
_NOTES = '<section class="footnotes" data-footnotes>'


_TOO_DEEP = re.compile(r"^(?:[ \t]*+(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){100}", re.MULTILINE).search
_DEFINITIONS = re.compile(r"^ {0,3}:[ \t]", re.MULTILINE).findall
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_MOST = 5000
"""Definitions in a text and columns in a table."""
_MOST_IN_A_PARAGRAPH = 2000
"""Addresses that a paragraph may have."""


def convert(source: str) -> str:
    """Return the HTML of Markdown as GitHub reads it, in the words that themes know from Python-Markdown.

    Raises TooMuchHtml for what it would read for minutes.
    """
    _refuse_far_too_many(source)
    if "<" in source:
        source = "\n".join(close_unclosed(source.split("\n")))
    if "\n:" in source:
        source = _with_loose_definitions(source)
    # Without a line end comrak does not know the last line for a reference.
    made = _by_comrak(source + "\n")
    made = _UNSEEN.sub(lambda unseen: character_of(ord(unseen[0])), made)
    made = _CODE.sub(_coloured, made)
    made = _ALERT.sub(lambda alert: f'class="admonition{"-title" if alert["title"] else " " + alert["kind"]}"', made)
    made = _ALIGN.sub(r' style="text-align: \1;"', made)
    before, found, notes = made.rpartition(_NOTES)
    if found and notes.rstrip().endswith("</section>"):
        made = f'{before}<div class="footnote">\n<hr>{notes.rstrip().removesuffix("</section>")}</div>'
    return made.replace('class="contains-task-list"', 'class="task-list"').replace(
        ' class="task-list-item-checkbox"', ""
    )


def _refuse_far_too_many(source: str) -> None:
    """Raise TooMuchHtml for what comrak takes the square of the time or of the memory for."""
    if _TOO_DEEP(source):
        raise TooMuchHtml("quotes")
    columns = source.count("|") > _MOST and any(line.count("|") > _MOST for line in source.split("\n"))
    addresses = source.count("@") > _MOST_IN_A_PARAGRAPH and any(
        part.count("@") > _MOST_IN_A_PARAGRAPH for part in _PARAGRAPH_END.split(source)
    )
    if columns or addresses or ("\n:" in source and len(_DEFINITIONS(source)) > _MOST):
        raise TooMuchHtml("elements")


def _by_comrak(source: str) -> str:
    """Return what comrak makes of `source`. Raises RuntimeError where it panics, which in Python is no Exception."""
    try:
        made: str = comrak.render_markdown(source, *_OPTIONS)
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise RuntimeError(str(error)) from error
        raise
    return made


def _with_loose_definitions(source: str) -> str:
    """Return `source` with a blank line above each definition of several blocks, which comrak would run together."""
    lines = source.split("\n")
    for place in range(len(lines) - 1, 0, -1):
        begins = _DEFINITION(lines[place]) and lines[place - 1].strip() and not _DEFINITION(lines[place - 1])
        if begins and _goes_on_below(lines, place):
            lines.insert(place, "")
    return "\n".join(lines)


def _goes_on_below(lines: Sequence[str], start: int) -> bool:
    """Return whether a list of definitions, whose first begins in the line `start`, has blocks below blank lines."""
    for place in range(start + 1, len(lines) - 1):
        if not lines[place].strip() and lines[place + 1].strip():
            return _DEFINITION(lines[place + 1]) is not None or lines[place + 1].startswith(("  ", "\t"))
    return False


def _coloured(block: re.Match[str]) -> str:
    """Return a block of code as Pygments colors it, in the same element as the other engine's."""
    try:
        lexer = get_lexer_by_name(unescape(block["name"] or "text"))
    except ClassNotFound:
        lexer = TextLexer()
    made: str = highlight(unescape(block["code"]), lexer, HtmlFormatter(cssclass="highlight", wrapcode=True))
    return made.rstrip("\n")


def _options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    extensions, parse, render = comrak.ExtensionOptions(), comrak.ParseOptions(), comrak.RenderOptions()
    for name in (
        "alerts",
        "autolink",
        "cjk_friendly_emphasis",
        "description_lists",
        "footnotes",
        "strikethrough",
        "table",
        "tasklist",
    ):
        setattr(extensions, name, True)
    parse.smart = parse.relaxed_tasklist_matching = True
    render.unsafe_ = render.tasklist_classes = True  # raw HTML stays, as with the other engine
    return extensions, parse, render


_OPTIONS = _options()
