"""Markdown → Text, through Python-Markdown with what people expect of an editor. The only file that knows Markdown."""

import re
from functools import cache
from html import escape
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from storysite.model.slug import slugify
from storysite.model.text import Text
from storysite.render.html import text_of
from storysite.render.lists import settle_lists
from storysite.render.wrapped_links import unwrap_attributes

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
    "pymdownx.superfences": {},
    "pymdownx.tasklist": {},
    "pymdownx.tilde": {"subscript": False},
}
"""The extensions and how each is set; the guide's page on writing says what they give."""

_MORE = re.compile(
    r"^[ ]{0,3}<!--\s*(?:more\b.*?|TEASER_END.*?|excerpt|truncate|/?read-?more)\s*-->[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_CUT = "<!--more-->"


def render_markdown(source: str, title: str) -> Text:
    """Return the Text that the Markdown `source` of a post called `title` gives. Never raises."""
    source = _MORE.sub(f"\n{_CUT}\n", source, count=1)
    engine = _engine()
    engine.reset()
    try:
        html = engine.convert(source)
    except Exception:  # a fault of the library's on strange input must not lose the post: it is shown as written
        _engine.cache_clear()  # and the instance that failed is not whole any more
        html = f'<pre class="as-written">{escape(source)}</pre>'
    return text_of(html, title)


@cache
def _engine() -> Markdown:
    """Return the one Markdown instance of this process: making one takes longer than a post."""
    return Markdown(extensions=[*EXTENSIONS, _AsOthersWrite()], extension_configs=EXTENSIONS, output_format="html")


class _AsOthersWrite(Extension):
    """Reads lists as GitHub does, and links as other generators wrap them."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(
            _Lists(md), "storysite-lists", 28
        )  # after line ends are settled, before code is set aside
        md.preprocessors.register(_Links(md), "storysite-links", 24)  # after code is set aside, before HTML is


class _Lists(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return settle_lists(lines)


class _Links(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [unwrap_attributes(line) if "{{" in line or "{%" in line else line for line in lines]
