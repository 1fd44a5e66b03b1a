"""The frame of the pages that commands write: one file, which asks no other computer for anything."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from storysite.i18n import direction

FILES = Path(__file__).parent / "files"


def mark_of(command: str) -> str:
    """Return what stands in each page that a command wrote, by which it is known again."""
    return f'<meta name="generator" content="storysite {command}">'


def page(command: str, *, title: str, language: str, style: str, body: str, policy: str = "", script: str = "") -> str:
    """Return the page that a command writes, whole in one file; it may do only what its own `style` and `script` say.

    `policy` is what it may load beside these, in the words of a Content-Security-Policy.
    """
    allowed = f"default-src 'none'; style-src {_hash(style)}; {policy}base-uri 'none'; form-action 'none'"
    if script:
        allowed += f"; script-src {_hash(script)}"
    head = f"""<!doctype html>
<html lang="{escape(language)}" dir="{direction(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
{mark_of(command)}
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
"""
    end = f"<script>{script}</script>\n" if script else ""
    return f"{head}{body}\n{end}</body>\n</html>\n"


def _hash(text: str) -> str:
    """Return a part of a page as its policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
