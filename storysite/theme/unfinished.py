"""Whether a template is a whole one: an editor at work, a full disk and a sync program leave empty files and halves."""

import re

_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", re.DOTALL)
_OUTERMOST = re.compile(r"<(html|feed|rss|urlset|sitemapindex)\b", re.IGNORECASE)
"""What a whole page or feed begins with, and so has to end with."""
_OPEN_TAG = re.compile(r"<[A-Za-z/][^<>]*\Z")


_EMPTY = "delete it to go back to the theme's own file, or write {# nothing #} in it if nothing is to be shown here"
_HALF = "the end of the file may be missing: save it again, or delete it to go back to the theme's own file"


def unfinished(source: str) -> tuple[str, str]:
    """Return what shows that a template is empty or ends in the middle, and how to fix it; "" if nothing does.

    A template that is to show nothing says so in a remark.
    """
    if not source.strip("\ufeff \t\r\n\f\0"):
        return "the file is empty", _EMPTY
    text = _CODE.sub(" ", source)
    if (begun := _OUTERMOST.search(text)) and not re.search(rf"</{begun[1]}\s*>", text, re.IGNORECASE):
        return f"it has <{begun[1]}> but no </{begun[1]}>", _HALF
    if tag := _OPEN_TAG.search(text.rstrip()):
        return f"it ends in the middle of a tag: {tag[0][:30].strip()}", _HALF
    return "", ""
