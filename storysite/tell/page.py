"""The frame of the pages that are for the librarian alone: one file, which asks no other computer for anything."""

from collections.abc import Iterable
from html import escape
from pathlib import Path

_STYLE = Path(__file__).with_name("page.css")


def mark_of(command: str) -> str:
    """Return what stands in each file that a command wrote, by which it is known again."""
    return f'<meta name="generator" content="storysite {command}">'


def private_page(command: str, title: str, below: str, parts: Iterable[str]) -> str:
    """Return a page with a title, a line `below` it, and `parts`, which are HTML already."""
    head = (
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">',
        mark_of(command),
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE.read_text('utf-8')}</style>",
        f'<main>\n<h1>{escape(title)}</h1>\n<p class="soft">{escape(below)}</p>',
    )
    return "\n".join([*head, *parts, "</main>", "</html>", ""])
