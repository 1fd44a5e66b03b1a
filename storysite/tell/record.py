"""The record of what was offered for posting: a table that grows, and that a spreadsheet opens without running it."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from storysite.tell.share import ShareText
from storysite.tell.story import Story

COLUMNS = ("date", "post", "url", "network", "text", "count", "alt")
HEAD = ",".join(COLUMNS)
"""By which a file is known for a record."""
_MARK = "\ufeff"
"""By which Excel knows UTF-8."""
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""With which a spreadsheet takes a cell for a formula (OWASP, CSV injection)."""


def record_of(story: Story, texts: Sequence[ShareText], *, post: str, day: date) -> Sequence[Sequence[str]]:
    """Return the rows for the texts of a story on the `day` they were made; `post` is its file."""
    alts = "\n".join(f"{picture.file.rpartition('/')[2]}: {picture.alt}" for picture in story.pictures if picture.alt)
    return [
        [_cell(cell) for cell in (day.isoformat(), post, story.link, each.network.name, each.text, each.told, alts)]
        for each in texts
        if each.text
    ]


def record_with(data: bytes, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a record with more rows at its end; those it has already are not added, and nothing of it is changed."""
    text = data.decode("utf-8", "surrogateescape") if data else f"{_MARK}{_lines([COLUMNS])}"
    known = _rows_of(text.removeprefix(_MARK))
    fresh = _lines([row for row in rows if tuple(row) not in known])
    if fresh and not text.endswith("\n"):
        text += "\r\n"
    return (text + fresh).encode("utf-8", "surrogateescape")


def _rows_of(text: str) -> set[tuple[str, ...]]:
    """Return the rows of a record; none if somebody has written into it what is no table."""
    try:
        return {tuple(row) for row in csv.reader(StringIO(text, newline=""))}
    except csv.Error:
        return set()


def _cell(text: str) -> str:
    """Return a cell that every spreadsheet takes for text."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _lines(rows: Sequence[Sequence[str]]) -> str:
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()
