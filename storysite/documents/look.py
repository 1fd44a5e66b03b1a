"""Looks into a file that readers download: whether it is a document, and what it tells."""

import re

from storysite.documents.told import Told, names_told

LARGEST = 100_000_000
"""Bytes of a document that is looked into: what GitHub takes at most."""
_OFFICE = re.compile(r"\.(?:do[ct][xm]|xl[st][xm]|xlsb|p[op][ts][xm]|o[dt][tspg])$", re.IGNORECASE)
"""Documents, templates, shows, drawings, and those with macros."""


def is_document(path: str, head: bytes) -> bool:
    """Return whether a file, which begins with `head`, is a document that can be looked into."""
    return _is_pdf(head) or (head.startswith(b"PK\3\4") and _OFFICE.search(path) is not None)


def told_by(data: bytes) -> tuple[Told, ...]:
    """Return what a document tells: each thing in its order, with no name twice; nothing for what cannot be read."""
    if _is_pdf(data):
        from storysite.documents.pdf import told_by_pdf

        return names_told(told_by_pdf(data))
    from storysite.documents.office import told_by_office

    return names_told(told_by_office(data))


def _is_pdf(data: bytes) -> bool:
    """Return whether a file is a PDF; some have a few bytes before their beginning."""
    return b"%PDF-" in data[:1024]
