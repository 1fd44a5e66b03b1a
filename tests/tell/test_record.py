"""The record of what was offered for posting grows, is never rewritten, and runs nothing in a spreadsheet."""

import csv
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.tell.networks import NETWORKS
from storysite.tell.record import COLUMNS, HEAD, record_of, record_with
from storysite.tell.share import ShareText
from storysite.tell.story import Story, ToldPicture

LINK = "https://library.example.org/stories/robots/"
STORY = Story(
    "Robots", "Ten.", LINK, "en", (), None, (), (), {}, (ToldPicture("content/posts/robot.png", "A robot"),), ()
)
DAY = date(2026, 11, 28)


def rows_in(data: bytes) -> list[list[str]]:
    """Return the table as a spreadsheet reads it."""
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_record_has_a_row_for_each_text() -> None:
    texts = [ShareText(NETWORKS[0], f"Robots\n{LINK}"), ShareText(NETWORKS[5], "", "It needs a picture.")]
    made = record_with(b"", record_of(STORY, texts, post="content/posts/robots.md", day=DAY))
    assert made.startswith(b"\xef\xbb\xbfdate,post,url,network,text,count,alt\r\n")
    assert rows_in(made) == [
        list(COLUMNS),
        ["2026-11-28", "content/posts/robots.md", LINK, "X", f"Robots\n{LINK}", "30 of 280", "robot.png: A robot"],
    ]
    assert HEAD in made.decode()


def test_a_record_keeps_what_is_in_it_and_has_no_row_twice() -> None:
    rows = [["2026-11-28", "a.md", LINK, "X", "One", "3 of 280", ""]]
    once = record_with(b"", rows)
    assert record_with(once, rows) == once
    by_hand = once.rstrip() + b"\r\n2026-12-01,by hand,,,Approved,,"
    more = record_with(by_hand, [["2026-12-04", "b.md", LINK, "X", "Two", "3 of 280", ""]])
    assert more.startswith(by_hand + b"\r\n")
    assert rows_in(more)[-1][4] == "Two"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(text: str) -> None:
    rows = record_of(STORY, [ShareText(NETWORKS[0], text)], post=text, day=DAY)
    assert rows[0][1] == rows[0][4] == f"'{text}"


@given(some.text())
def test_a_spreadsheet_reads_back_every_text(text: str) -> None:
    made = record_with(b"", record_of(STORY, [ShareText(NETWORKS[0], text)], post="a.md", day=DAY))
    read = rows_in(made)[1:]
    assert [row[4].removeprefix("'") for row in read] == ([text.removeprefix("'")] if text else [])
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in read for cell in row)
