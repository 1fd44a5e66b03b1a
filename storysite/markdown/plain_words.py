"""Lines of front matter that readers see → the same without template code."""

import re

from storysite.markdown.template_code.brackets import is_bracket
from storysite.markdown.template_code.pairs import BRACKET

_IN_A_LINE = re.compile(r"\{\{[<%{]?-?(?P<inside>[^{}]*?)-?[>%}]?\}\}|\{%-?(?P<tag>[^{}%]*)-?%\}")


def plain_words(text: str) -> tuple[str, list[str]]:
    """Return a line of front matter without template code, and what of that said nothing a reader would miss.

    Words in braces (`How to use {{ mustache }}`) are words.
    """
    left: list[str] = []

    def settle(found: re.Match[str]) -> str:
        inside = (found["inside"] or found["tag"] or "").strip()
        quoted = re.fullmatch(r"""["'](.*?)["'](?:\s*\|.*)?""", inside)
        if quoted or re.fullmatch(r"[^\W\d_][\w-]*(?: [\w-]+){0,3}", inside):
            return quoted[1] if quoted else inside
        left.append(found[0][:60])
        return ""

    if "{" in text:
        text = _IN_A_LINE.sub(settle, text)
    if "[" in text:
        text = BRACKET.sub(
            lambda found: "" if is_bracket(found["name"]) and (found["close"] or "=" in found["words"]) else found[0],
            text,
        )
    return (" ".join(text.split()) if left else text), left
