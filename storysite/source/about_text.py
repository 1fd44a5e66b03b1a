"""What to warn of in the text of a post, and on which line of its file."""

import re

from storysite.front_matter.fields import Fields
from storysite.markdown.numbered import unseen_in
from storysite.markdown.plain_words import plain_words
from storysite.markdown.policy import SAID
from storysite.model.config import MarkdownOptions
from storysite.model.document import Change, Document
from storysite.problems import Problem

_READ_ALOUD = ("title", "summary", "image_alt")
"""Keys whose lines are read as they are, and have no template code."""


def line_of(words: str, lines: list[str], start: int) -> int:
    """Return the first line, from `start` on, in which `words` stand, 0 if there is none.

    One where they are no part of a longer name or address goes first.
    """
    found = [number for number in range(start, len(lines) + 1) if words in lines[number - 1]]
    whole = re.compile(rf"(?<![\w/-]){re.escape(words)}(?![\w-])").search
    return next((number for number in found if whole(lines[number - 1])), found[0] if found else 0)


def about_text(text: Document, fields: Fields, start: int, options: MarkdownOptions) -> list[Problem]:
    """Return what to warn of in the text of a file, which begins on line `start` and is read with `options`."""
    path, lines = fields.path, fields.source
    found: list[Problem] = []
    if text.unread:
        what = f"this text takes more than {options.time_limit:g} seconds to read, so it is shown as is"
        hint = "look for long rows of brackets or backticks, or see the setting markdown in the guide"
        found.append(Problem.of("text-too-slow", what, hint, path=path, line=start))
    if text.beyond:
        limits = {
            "levels": f"more than {options.nesting_limit:,} HTML elements within each other",
            "elements": f"more than {options.element_limit:,} HTML elements",
            "quotes": "a hundred quotes or lists within each other",
            "attributes": "an HTML element with more than a thousand attributes",
        }
        what = f"this text has {limits[text.beyond]}, so it is shown as is"
        hint = "look for tags that are never closed, or see the setting markdown in the guide"
        found.append(Problem.of("text-too-large", what, hint, path=path, line=start))
    if text.fault:
        what = f"storysite could not turn this text into a page ({text.fault}), so it is shown as is"
        hint = "this is not your mistake: please report it to the makers of storysite, and include this file"
        found.append(Problem.of("text-unreadable", what, hint, path=path, line=start))
    if "\ufffd" in text.body.html:
        found += _unseen(path, lines, start)
    found += [_about_html(change, path, lines, start) for change in text.changes]
    in_lines = [name for key in _READ_ALOUD for name in plain_words(fields.text(key))[1]]
    for name, count in (*text.template_code, *((name, 1) for name in in_lines)):
        line = line_of(re.sub(r"^\W+|[\s\W]+$", "", name).split(" | ")[0], lines, 1 if name in in_lines else start)
        what = f"this template code of another program stands for nothing here, so it is left out: {name}"
        hint = "put what it stood for in its place, or delete it; the guide lists the template code that is understood"
        found += [Problem.of("template-code", what, hint, path=path, line=line)] * count
    return found


def _about_html(change: Change, path: str, lines: list[str], start: int) -> Problem:
    """Return the warning of a change in the HTML of a text, at the first line that has what was changed."""
    said = SAID[change.kind]
    sought = [words.format(about=change.about) for words in said.sought]
    small = [line.lower() for line in lines[start - 1 :]]
    found = (number for words in sought for number, line in enumerate(small, start) if words in line)
    what, hint = (words.format(about=change.about) for words in (said.what, said.hint))
    return Problem.of("html-changed", what, hint, path=path, line=next(found, start))


def _unseen(path: str, lines: list[str], start: int) -> list[Problem]:
    """Return the warning that a text has a number, such as `&#1;`, that stands for no character."""
    for number, line in enumerate(lines[start - 1 :], start):
        if unseen := unseen_in(line):
            what = f"{unseen} stands for no character that a page can show; a question mark in a box is shown"
            hint = "delete it, or write the character itself"
            return [Problem.of("file-control-characters", what, hint, path=path, line=number, excerpt=line)]
    return []
