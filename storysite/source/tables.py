"""CSV as Excel, Numbers and Google write it, anywhere in the world → the rows of a table, no cell of which is lost.

Where commas are decimal, Excel separates cells by semicolons; "Unicode text" has tabs. Python's own guess of the
separator (csv.Sniffer) finds letters of words in small tables, so it is found out here by rule.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from storysite.problems import Problem

Row = dict[str, str]
SEPARATORS = "\t;,"
"""What may stand between cells; where a table could be read with several, the first of these."""
_SAID = {"\t": "a tab", ";": "a semicolon", ",": "a comma"}
_NONE = "\x1f"
"""Separates nothing: reading drops control characters."""
_SAMPLE = 100
"""Rows by which separators are compared."""


def read_table(text: str, path: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of the CSV file `path`, each by the names of the columns, and what is wrong with it.

    Rows that have nothing in them are left out. A column without a name, or with that of another, gets one.
    """
    lines = StringIO(text).readlines()  # which ends lines at line feeds alone
    separator, skipped = _declared(lines)
    lines = lines[skipped:]
    separator = separator or _separator(lines)
    rows: list[tuple[int, list[str]]] = []
    try:
        for line, cells in _rows(lines, separator):
            if any(map(str.strip, cells)):
                rows.append((line + skipped, cells))
    except csv.Error:  # a cell of more than 131,072 letters
        return [], [_open_quotation(rows[-1][0] + 1 if rows else 1 + skipped, path)]
    if not rows:
        return [], []
    if _is_open(lines[rows[-1][0] - skipped - 1 :], separator):
        return [], [_open_quotation(rows[-1][0], path)]
    (header_line, header), *body = rows
    names, problems = _names(header, body, path, header_line)
    problems += _uneven(header, body, path, _SAID.get(separator, "the separator"))
    if separator == _NONE and (count := _cells_of_all(lines)):
        what = f"this line names 1 column, but every row below it can be taken for {count} cells"
        hint = "if this line is a title, delete it, so that the names of the columns come first"
        problems.append(Problem.of("data-table", what, hint, path=path, line=header_line))
    filled = ({name: cells[at] if at < len(cells) else "" for at, name in names} for _, cells in body)
    return list(filled), problems


def _declared(lines: Sequence[str]) -> tuple[str, int]:
    """Return the separator that the first line declares for Excel, as in `sep=;`, and how many lines that took."""
    first = lines[0].strip("\r\n").strip(' "') if lines else ""
    return (first[4], 1) if first[:4].lower() == "sep=" and len(first) == 5 and not first[4].isalnum() else ("", 0)


def _separator(lines: Sequence[str]) -> str:
    """Return the separator by which most rows have as many cells as the first; of these the one that makes most.

    Where the first row has one cell whatever separates, so has each other.
    """
    sizes = {each: _sizes(lines, each) for each in SEPARATORS}
    found = {each: (many.count(many[0]), many[0]) for each, many in sizes.items() if many and many[0] > 1}
    return max(found, key=lambda each: found[each]) if found else _NONE


def _cells_of_all(lines: Sequence[str]) -> int:
    """Return how many cells all of two or more rows have below a first line of one cell, 0 if they differ."""
    sizes = (_sizes(lines, each)[1:] for each in SEPARATORS)
    return max([many[0] for many in sizes if len(many) > 1 and many[0] > 1 and len({*many}) == 1], default=0)


def _sizes(lines: Sequence[str], separator: str) -> list[int]:
    """Return how many cells the first rows have that are not blank; none if they cannot be read."""
    try:
        return [len(cells) for _, cells in islice(_rows(lines, separator), _SAMPLE)]
    except csv.Error:
        return []


def _rows(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with the number of its first line. Raises csv.Error."""
    reader = csv.reader(lines, delimiter=separator)
    before = 0
    for cells in reader:
        if cells:
            yield before + 1, cells
        before = reader.line_num


def _is_open(lines: Sequence[str], separator: str) -> bool:
    """Return whether a quotation mark that begins a cell of the last row, which `lines` are, is not closed."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _width(cells: Sequence[str]) -> int:
    """Return how many cells a row has up to the last in which there is something."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)


def _names(
    header: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], path: str, line: int
) -> tuple[list[tuple[int, str]], list[Problem]]:
    """Return the place and the name of each column, all names different, and what is wrong with those in the file."""
    width = max([len(header), *(_width(cells) for _, cells in body)])
    given = [" ".join(name.split()) for name in header] + [""] * (width - len(header))
    taken = set(given)
    names: list[tuple[int, str]] = []
    problems: list[Problem] = []
    used: set[str] = set()
    for at, name in enumerate(given):
        if not name and not any(at < len(cells) and cells[at].strip() for _, cells in body):
            continue  # as Excel writes a column that was once used
        if not name or name in used:
            fresh = _fresh(f"{name} 2" if name else f"column {at + 1}", taken | used)
            if at < len(header):  # what is longer than the header is told of at its row
                what = (
                    f'two columns are called "{name}", so the second' if name else f"column {at + 1} has no name, so it"
                )
                hint = "give each column a name of its own in this line"
                problems.append(Problem.of("data-table", f'{what} is called "{fresh}"', hint, path=path, line=line))
        else:
            fresh = name
        used.add(fresh)
        names.append((at, fresh))
    return names, problems


def _fresh(name: str, taken: set[str]) -> str:
    """Return a name that no other column has: `name`, or it with the first number that does it."""
    number = 2
    fresh = name
    while fresh in taken:
        number += 1
        fresh = f"{name.rpartition(' ')[0]} {number}"
    return fresh


def _uneven(
    header: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], path: str, sign: str
) -> Iterator[Problem]:
    """Yield a warning for the rows that are too long, and one for those that are too short, at the first of each."""
    wide, named = len(header), _width(header)
    long = [(line, _width(cells)) for line, cells in body if _width(cells) > wide]
    short = [(line, len(cells)) for line, cells in body if len(cells) < named]
    for rows, then, hint in (
        (
            long,
            f'the rest is called "column {wide + 1}" and so on',
            f"a cell that has {sign} in it goes in quotation marks",
        ),
        (short, "the rest is empty", f"write {sign} for each empty cell at its end, or save the table again in Excel"),
    ):
        if rows:
            line, count = rows[0]
            more = (
                "" if len(rows) == 1 else f" ({len(rows) - 1:,} more row{'s are' if len(rows) > 2 else ' is'} like it)"
            )
            cells = "1 cell" if count == 1 else f"{count} cells"
            what = f"this row has {cells}, but the table has {named} columns, so {then}{more}"
            yield Problem.of("data-table", what, hint, path=path, line=line)


def _open_quotation(line: int, path: str) -> Problem:
    what = "a quotation mark that begins a cell here is not closed, so all that follows would be one cell"
    hint = "put another quotation mark at the end of the cell, and write two for one that is part of the text"
    return Problem.of("data-broken", what, hint, path=path, line=line)
