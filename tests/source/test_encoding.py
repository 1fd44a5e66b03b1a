"""read_text: whatever bytes a file holds, what comes out is clean text or an error in plain words."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.problems import Severity
from storysite.source.encoding import read_text

_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("Niños\n".encode(), "Niños\n"),
        (b"\xef\xbb\xbfTitle", "Title"),
        (b"\xef\xbb\xbf\xef\xbb\xbfTitle", "Title"),
        (b"a\r\nb\rc\nd", "a\nb\nc\nd"),
        (b"a\tb", "a\tb"),
        ("a\u2028b\u2029c".encode(), "a b c"),
        ("日本語 😀".encode(), "日本語 😀"),
    ],
)
def test_reads_what_is_in_order(data: bytes, text: str) -> None:
    """UTF-8 with any line ends, with or without a byte-order mark, is read without a word."""
    assert (text, []) == read_text(data, "a.md")


@pytest.mark.parametrize(
    ("data", "text", "line"),
    [
        ("Café\nniño".encode("utf-16"), "Café\nniño", 1),
        ("Café".encode("utf-16-be").join([b"\xfe\xff", b""]), "Café", 1),
        (b"plain\r\nplain\rCaf\xe9 \x93quoted\x94 text\n", "plain\nplain\nCafé “quoted” text\n", 3),
        ("Niños y ".encode() + b"ni\xf1as", "Niños y niñas", 1),
    ],
)
def test_reads_other_encodings_with_a_warning(data: bytes, text: str, line: int) -> None:
    """UTF-16 and Windows-1252 are read, even beside UTF-8, and the first line at fault is named."""
    found, problems = read_text(data, "a.md")
    assert text == found
    assert [("file-encoding", line, Severity.WARNING)] == [(p.code, p.line, p.severity) for p in problems]
    assert text.split("\n")[line - 1] == problems[0].excerpt


def test_leaves_out_control_characters_with_one_warning() -> None:
    """Characters that no page can show are left out, and one warning names the first line that has some."""
    text, problems = read_text("one\ntw\x00o\x01\nth\x7fre\x02e\x85\n".encode(), "a.md")
    assert text == "one\ntwo\nthree\n"
    assert [(p.code, p.line, p.severity) for p in problems] == [("file-control-characters", 2, Severity.WARNING)]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(5000),
        b"PK\x03\x04" + random.Random(2).randbytes(500),
        b"text" * 10 + b"\0" * 400,
        "こんにちは、世界。今日は図書館の日です。".encode("shift-jis"),
    ],
)
def test_refuses_what_is_no_text(data: bytes) -> None:
    """A photo or a document with the wrong name is an error, and nothing of it is read."""
    text, problems = read_text(data, "a.md")
    assert text == ""
    assert [(p.path, p.code, p.severity) for p in problems] == [("a.md", "file-not-text", Severity.ERROR)]


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_never_raises_and_is_always_clean(data: bytes) -> None:
    """Any bytes give text without control characters, carriage returns or separators."""
    text, problems = read_text(data, "a.md")
    assert not _UNCLEAN.search(text)
    assert len(problems) <= 2
    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in problems)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cn"]) | st.just("\n")))
def test_changes_nothing_that_is_clean(text: str) -> None:
    """Clean text comes back as it went in, but for a mark at its start."""
    assert (text.lstrip("\ufeff"), []) == read_text(text.encode(), "a.md")
