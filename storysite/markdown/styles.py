"""The `style` of an element: what leaves its words in their place on the page."""

import re

from storysite.markdown.policy import LIFTED, STYLE_FAMILIES, STYLES

_DECLARATION = re.compile(
    r"""(?:[^;"'(]|"[^"]*"|'[^']*'|\((?:[^()"']|"[^"]*"|'[^']*')*\))+""",
)
"""Up to a semicolon that stands in no text and in no brackets."""
_HIDDEN = re.compile(r"\\|/\*|[\x00-\x08\x0e-\x1f]").search
"""What lets a name or an address be written so that only a browser sees it: nobody writes these by hand."""
_NEGATIVE = re.compile(r"(?<![\w.)])-\s*[\d.]").search
_LONGEST = 4000


def settled_style(style: str) -> tuple[str, bool]:
    """Return a style without what would take its element out of the text, and whether that is to be told."""
    if _HIDDEN(style) or len(style) > _LONGEST:
        return "", True
    kept: list[str] = []
    told = False
    declarations = _DECLARATION.findall(style)
    for declaration in declarations:
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if name == "position":
            told = told or not LIFTED.isdisjoint(value.lower().replace("!", " ").split())
        elif name.startswith("margin") and _NEGATIVE(value):
            told = True
        elif colon and (name in STYLES or name.startswith(STYLE_FAMILIES)):
            kept.append(declaration)
    whole = kept == declarations and ";".join(kept) == style.rstrip().removesuffix(";")
    return style if whole else "; ".join(declaration.strip() for declaration in kept), told
