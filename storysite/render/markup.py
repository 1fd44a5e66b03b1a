"""Markdown → Text, through Python-Markdown with what people expect of an editor. The only file that knows Markdown."""

import re
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor

from storysite.model.slug import slugify
from storysite.model.text import Text
from storysite.render.html import text_of
from storysite.render.lists import settle_lists
from storysite.render.wrapped_links import parts_of_open_html, unwrap_attributes

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
