"""The signs of Markdown: what a post must hold for each part of Python-Markdown to have anything to do."""

TRIGGERS: dict[str, tuple[str, ...]] = {
    "abbr": ("*[",),
    "attr_list": ("{",),
    "fenced_code_block": ("```", "~~~"),
    "footnote": ("[^",),
    "footnote-duplicate": ("[^",),
    "html_block": ("<", "&#"),
    "quotes": (">",),
    "storysite-fences": ("```", "~~~"),
    "storysite-html": ("<",),
    "storysite-references": ("]:",),
    "task-list": ("[ ]", "[x]", "[X]"),
}
"""What a post must hold, any of it, for this processor of lines or of the tree to change anything."""

INLINE_TRIGGERS: dict[str, tuple[str, ...]] = {
    "autolink": ("<",),
    "automail": ("<",),
    "backtick": ("`",),
    "delimiter": ("~",),
    "em_strong": ("*", "_"),
    "entity": ("&",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "html": ("<",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "linebreak": ("  \n",),
    "link": ("[",),
    "magic-link": ("://", "ww", "WW", "wW", "Ww"),
    "magic-mail": ("@",),
    "reference": ("[",),
    "short_image_ref": ("![",),
    "short_reference": ("[",),
    "storysite-break": ("\\\n",),
}
"""What a text must hold, any of it, for this inline pattern to match."""

QUOTE_SIGNS: dict[str, str] = {
    "smarty-em-dashes": "---",
    "smarty-en-dashes": "--",
    "smarty-quotes-0": "'",
    "smarty-quotes-1": '"',
    "smarty-quotes-2": "\"'",
    "smarty-quotes-3": "'\"",
    "smarty-quotes-4": "'\"",
    "smarty-quotes-5": "\"'",
    "smarty-quotes-6": "'",
    "smarty-quotes-7": "'",
    "smarty-quotes-8": "'",
    "smarty-quotes-9": "'",
    "smarty-quotes-10": "'",
    "smarty-quotes-11": '"',
    "smarty-quotes-12": '"',
    "smarty-quotes-13": '"',
    "smarty-quotes-14": '"',
    "smarty-ellipses": "...",
}
"""The sign that each of the library's rules for quotation marks, dashes and ellipses is about."""
