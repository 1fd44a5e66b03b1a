"""CSV reads back as it was meant, whichever program and country it comes from, and no cell of it is ever lost."""

import csv
import random
from io import StringIO
from pathlib import Path

import pytest

from storysite.problems import Problem, Severity
from storysite.source.data import read_data
from storysite.source.tables import read_table
from tests.folder import Folder

TEXTS = [
    "", "1,5", "1.234,50 €", "8:30–15:30", "Ms. Rivera", 'the "big" room', '"', '""', "a;b", "a,b", "a, b; c", "tab\there", "two\nlines", "\n", " blanks ", "读书", "Đọc sách",
    "مكتبة", "é", "'", "=SUM(A1)", "sep=;", "#", "-", "0", "|", "C:\\x", "\\", "a\u00a0b", "\u2009", "🏆",
]  # fmt: skip
NAMES = ["Day", "Open", "Öffnet", "Hours per week", "开放", "id", "n/a", "1", "column 2", "Phone", "E-mail", "'x'"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-sig", "cp1252"]
ENDS = ["\r\n", "\n", "\r"]


def table(chance: random.Random, texts: list[str]) -> tuple[list[str], list[list[str]]]:
    """Return names of columns and rows of random texts; in each row there is something."""
    names = chance.sample(NAMES, chance.randint(1, 6))
    rows = [[chance.choice(texts) for _ in names] for _ in range(chance.randint(0, 12))]
    return names, [row for row in rows if any(map(str.strip, row))]


def written(rows: list[list[str]], separator: str, end: str, *, careful: bool) -> str:
    """Return the rows as a program writes them; a careful one puts all in quotation marks that could be mistaken."""
    if not careful:
        file = StringIO()
        csv.writer(file, delimiter=separator, lineterminator=end).writerows(rows)
        return file.getvalue()
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',;\t"\n\r') else cell for cell in row]
        for row in rows
    ]
    return end.join(separator.join(row) if row != [""] else '""' for row in quoted) + end


def encoded(text: str, encoding: str) -> bytes:
    return b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-sig" else text.encode(encoding)


def reads(folder: Path, data: bytes, name: str = "hours.csv") -> tuple[object, list[Problem]]:
    file = Folder(folder).write(f"data/{name}", data)
    found, problems = read_data(folder, [f"data/{name}"])
    file.unlink()
    return found.get(name.rpartition(".")[0]), problems


def in_encoding(encoding: str) -> list[str]:
    """Return those of the texts that an encoding has, and that reads cannot be taken for other bytes."""
    if encoding != "cp1252":
        return TEXTS
    return [text for text in TEXTS if text.encode("cp1252", "replace").decode("cp1252") == text]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_table_reads_back_the_same(
    tmp_path: Path, separator: str, end: str, encoding: str, *, declared: bool
) -> None:
    """Texts at random, in every way of writing them: the same rows, by the same names, in the same order."""
    chance = random.Random(f"{separator}{end}{encoding}{declared}")
    texts = in_encoding(encoding)
    for number in range(40):
        names, rows = table(chance, texts)
        names = [name for name in names if encoding != "cp1252" or name.isascii() or name == "Öffnet"] or ["Day"]
        rows = [row[: len(names)] for row in rows if any(map(str.strip, row[: len(names)]))]
        text = written(
            [names, *rows], separator, end, careful=bool(number % 2) or end == "\r"
        )  # Python's writer forgets line feeds there
        data = encoded((f"sep={separator}{end}" if declared else "") + text, encoding)
        found, problems = reads(tmp_path, data)
        assert found == [dict(zip(names, row, strict=True)) for row in rows], text
        assert {problem.code for problem in problems if len(names) > 1} <= {"file-encoding"}


@pytest.mark.parametrize(
    "written",
    [
        "Day;Open\nMonday;8,5\nTuesday;9,5\n",
        "sep=;\nDay;Open\nMonday;8,5\nTuesday;9,5",
        '"sep=;"\r\n"Day";"Open"\r\n"Monday";"8,5"\r\n"Tuesday";"9,5"\r\n',
        'SEP=,\nDay,Open\nMonday,"8,5"\nTuesday,"9,5"\n',
        "\ufeffDay\tOpen\nMonday\t8,5\nTuesday\t9,5\n",
        "\n\nDay ; Open;;\nMonday;8,5;;\n;;;\nTuesday;9,5;;\n;;;\n;;;\n",
        'Day,Open,,\nMonday,"8,5",,\nTuesday,"9,5"\n',
        'Day;"Open"\nMonday;"8,5"\nTuesday;"9,5"',
    ],
)
def test_the_same_table_in_every_way_is_the_same(written: str) -> None:
    """Semicolons where commas are decimal, tabs, a declared separator, empty rows and columns, no last line end."""
    rows, problems = read_table(written.removeprefix("\ufeff"), "data/hours.csv")
    assert rows == [{"Day": "Monday", "Open": "8,5"}, {"Day": "Tuesday", "Open": "9,5"}]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Day,Hours; open\nMon,8\nTue,9\n", ["Day", "Hours; open"]),
        ("Day;Hours, open\nMon;8\nTue;9,5\n", ["Day", "Hours, open"]),
        ('Title\n"Hello, you; all"\nBye\n', ["Title"]),
        ("Title\nHello, you; all\nBye, you\n", ["Title"]),
        ("Title\nHello, you; all\nBye\nOh, no, no\n", ["Title"]),
        ('"Day;of, week",Open\nMon,8\n', ["Day;of, week", "Open"]),
        ('"Hours\nper week";Place\n8,5;Here, there\n', ["Hours per week", "Place"]),
    ],
)
def test_a_separator_in_a_name_separates_nothing(text: str, names: list[str]) -> None:
    rows, _ = read_table(text, "data/hours.csv")
    assert [*rows[0]] == names


def test_a_title_above_the_names_of_columns_is_told() -> None:
    rows, problems = read_table("Opening hours\n\nDay;Open\nMonday;8,5\n", "data/hours.csv")
    assert rows == [{"Opening hours": "Day;Open"}, {"Opening hours": "Monday;8,5"}]
    assert [(problem.code, problem.line) for problem in problems] == [("data-table", 1)]


def test_no_cell_is_lost_whatever_does_not_fit() -> None:
    """Rows of any length below names of any kind: each cell is in its row, each row has each column, and it is told."""
    chance = random.Random(7)
    for _ in range(600):
        names = [
            chance.choice(["Day", "Phone", "", "Phone 2", "column 2", "Phone 3"]) for _ in range(chance.randint(2, 6))
        ]
        names[0] = names[0] or "Day"
        rows = [
            [chance.choice(["", "a", "b,c", "1"]) for _ in range(chance.randint(1, 8))]
            for _ in range(chance.randint(1, 6))
        ]
        file = StringIO()
        csv.writer(file, delimiter=";").writerows([names, *rows])
        found, problems = read_table(file.getvalue().replace("\r", ""), "data/hours.csv")
        meant = [[cell for cell in row if cell] for row in rows]
        assert [[cell for cell in row.values() if cell] for row in found] == [row for row in meant if row]
        assert len({tuple(row) for row in found}) <= 1, "all rows have the same columns"
        assert all(row.keys() >= {name for name in names if name} and "" not in row for row in found)
        filled = [row for row in rows if any(row)]
        fits = all(len(row) >= len("x".join(names).rstrip("x").split("x")) for row in filled)
        if not found:
            continue
        if len(set(names)) == len(names) and all(names) and all(len(row) == len(names) for row in filled):
            assert problems == []
        if any(cell for row in filled for cell in row[len(names) :]):
            assert any("this row has" in problem.what for problem in problems)
        assert all(problem.severity is Severity.WARNING and problem.line for problem in problems)
        assert fits or problems


def test_a_quotation_mark_that_is_not_closed_is_named_at_its_row() -> None:
    """All that follows would be one cell, so nothing of the table is used; a mark within a text is only a mark."""
    for text, line in (
        ('Day,Open\nMon,8\nTue,"9\nWed,9\n', 3),
        ('sep=,\nDay,Open\n\nMon,"8\n9\n', 4),
        ('"Day,Open\nMon,8', 1),
        (f'Day,Open\nMon,8\nTue,"{"9" * 200_000}', 3),
    ):
        rows, problems = read_table(text, "data/hours.csv")
        assert rows == []
        assert [(problem.code, problem.line) for problem in problems] == [("data-broken", line)]
    rows, problems = read_table('Size,What\n5" wide,a 6" pipe\n"7""",b\n', "data/hours.csv")
    assert rows == [{"Size": '5" wide', "What": 'a 6" pipe'}, {"Size": '7"', "What": "b"}]
    assert problems == []


def test_many_rows_that_do_not_fit_are_one_warning() -> None:
    _, problems = read_table("A,B\n" + "1\n" * 5000 + "1,2,3\n" * 4000, "data/hours.csv")
    assert [problem.line for problem in problems] == [5002, 2]
    assert "3,999 more rows are like it" in problems[0].what


def test_the_line_that_is_shown_can_be_read(tmp_path: Path) -> None:
    """In whichever encoding the file is."""
    for encoding in ("utf-16", "cp1252", "utf-8"):
        _, problems = reads(tmp_path, "Nombre;Teléfono\nJosé\n".encode(encoding))
        assert [problem.excerpt for problem in problems if problem.code == "data-table"] == ["José"]


def test_of_two_files_with_one_name_the_second_is_named(tmp_path: Path) -> None:
    """Whichever order the system lists them in."""
    folder = Folder(tmp_path)
    folder.write("data/hours.csv", "Day\nMonday\n")
    folder.write("data/hours.json", "[1]")
    folder.write("data/hours.yml", "a: 1\n")
    for paths in (
        ["data/hours.yml", "data/hours.csv", "data/hours.json"],
        ["data/hours.csv", "data/hours.json", "data/hours.yml"],
    ):
        found, problems = read_data(tmp_path, paths)
        assert found == {"hours": [{"Day": "Monday"}]}
        assert [(problem.code, problem.path) for problem in problems] == [
            ("data-twice", "data/hours.json"),
            ("data-twice", "data/hours.yml"),
        ]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"Day,Open\n", "Day\tOpen\r\n".encode("utf-16"), b",,\n,,\n", b"sep=;\n"]
)
def test_a_table_without_rows_has_none(tmp_path: Path, data: bytes) -> None:
    found, problems = reads(tmp_path, data)
    assert found == []
    assert {problem.code for problem in problems} <= {"file-encoding"}
