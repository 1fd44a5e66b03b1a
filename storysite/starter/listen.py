"""Puts what people wrote into a form into a draft, and remembers which answers were: none is put in twice."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from storysite.errors import UsageError, one_line, raise_if_errors
from storysite.new_files import replace_file, write_new
from storysite.problems import Problem
from storysite.source.encoding import read_text
from storysite.source.tables import read_table
from storysite.starter.answers_of_form import Answers, answers_of, draft_text
from storysite.starter.identity import mint
from storysite.starter.words import yaml_text

HEARD = "responses/heard.txt"
"""Where the marks of answers are kept that were put into a draft: nobody can read an answer from its mark."""
_ABOUT = (
    "# Answers that storysite listen import has put into drafts. Keep this file, or they will be put into one again.\n"
)
LARGEST = 20 * 1024 * 1024
"""Bytes of a table of answers: a hundred thousand of them."""


class Heard(Struct, frozen=True):
    """What came of a table of answers: the draft, None if nothing in it was new, and what is odd in the table."""

    file: Path | None
    answers: Answers
    problems: list[Problem]


def hear(folder: Path, table: Path, *, now: datetime) -> Heard:
    """Put the new answers of a `table` into a new draft of the site in `folder`. No file of its author's is changed.

    Raises UsageError for what is no table, and OSError.
    """
    rows, problems = _rows(table)
    known = frozenset(_marks(folder))
    answers = answers_of(rows, known)
    if not answers.questions:
        _remember(folder, answers.marks)
        return Heard(None, answers, problems)
    title = "You said, we did"
    lines = [
        "---",
        f"id: {mint(now)}",
        f"title: {yaml_text(title)}",
        f"date: {now:%Y-%m-%d}",
        "kind: listen",
        "draft: true",
        "---",
        "",
        "",
    ]
    text = "\n".join(lines) + draft_text(answers)
    for number in range(1, 1000):
        file = folder / f"content/posts/{now:%Y-%m-%d}-you-said-we-did{f'-{number}' if number > 1 else ''}.md"
        with suppress(FileExistsError):
            write_new(file, text.encode("utf-8", "replace"))
            _remember(folder, answers.marks)  # only now: what is lost before is put into a draft again
            return Heard(file, answers, problems)
    raise UsageError(Problem.of("post-name", "a thousand posts with this title already exist for today"))


def _rows(table: Path) -> tuple[list[dict[str, str]], list[Problem]]:
    """Return the rows of a table in whatever encoding and with whatever separator, and what is odd in it."""
    if table.stat().st_size > LARGEST:
        what = f"{one_line(table.name)} has more than {LARGEST // 1024 // 1024} MB, which is too much for answers"
        raise UsageError(Problem.of("listen-table", what, "export the answers of the form as a CSV file"))
    text, found = read_text(table.read_bytes(), table.name)
    rows: list[dict[str, str]] = []
    if text.strip() and not text.startswith("PK"):
        rows, more = read_table(text, table.name)
        found += more
    raise_if_errors(found)
    if not rows:
        what = f"there are no answers in {one_line(table.name)}"
        hint = "in Google Forms or Microsoft Forms open the answers as a spreadsheet, and save that as CSV"
        raise UsageError(Problem.of("listen-table", what, hint))
    return rows, [problem for problem in found if problem.code != "file-encoding"]


def _marks(folder: Path) -> list[str]:
    try:
        lines = (folder / HEARD).read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _remember(folder: Path, marks: list[str]) -> None:
    """Add marks to those that are kept."""
    if not marks:
        return
    file = folder / HEARD
    added = "".join(f"{mark}\n" for mark in marks)
    try:
        write_new(file, (_ABOUT + added).encode())
    except FileExistsError:
        before = file.read_bytes()
        replace_file(file, before + b"\n" * (not before.endswith(b"\n")) + added.encode())
