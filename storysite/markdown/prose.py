"""The text of a post as HTML → its prose: what somebody reads aloud to see whether it reads well."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storysite.markdown.html_bounds import TooMuchHtml
from storysite.markdown.plain_text import INLINE, is_nothing
from storysite.markdown.tree import parsed

_NOT_PROSE = {"code", "dl", "figure", "form", "kbd", "nav", "pre", "samp", "table"}
"""Elements with names, numbers, captions and code, of which none makes sentences."""
_PLACEHOLDER = re.compile("\x01[0-9]*[\x02\x03]?").sub


def passages_of(html: str) -> list[str]:
    """Return the paragraphs, headings and items of lists of a text, each on one line, in their order.

    `html` is that of a Body: the placeholders in it are left out, as are tables, code, captions and notes.
    Of HTML without end there are none.
    """
    try:
        body = parsed(_PLACEHOLDER("", html))
    except TooMuchHtml:
        return []
    if body is None:
        return []
    lines = "".join(_pieces(body)).split("\n")
    return [line for line in (" ".join(each.split()) for each in lines) if line]


def _pieces(top: LexborNode) -> Iterator[str]:
    """Yield the texts in `top`, and the end of a line where a block begins or ends; in a loop, for HTML may be deep."""
    waiting: list[LexborNode | str] = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield (node.text() or "").replace("\n", " ")
        elif tag == "br":
            yield " "
        elif node is top or not (tag in _NOT_PROSE or is_nothing(node)):
            if tag not in INLINE:
                yield "\n"
                waiting.append("\n")
            waiting += reversed([*node.iter(include_text=True)])
        elif tag not in INLINE:
            yield "\n"
