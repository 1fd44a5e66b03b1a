"""What people wrote into a form becomes a draft, without who wrote it, and never twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.errors import StorysiteError
from storysite.front_matter.split import split_front_matter
from storysite.markdown.convert import render_markdown
from storysite.markdown.plain_text import text_of_html
from storysite.model.config import MarkdownOptions
from storysite.starter.answers_of_form import answers_of, draft_text, marks_of
from storysite.starter.listen import HEARD, Heard, hear
from tests.command_line import small_site, spoken, storysite

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
GOOGLE = """Timestamp,Email Address,Your name (optional),What should we buy?,Anything else?
11/20/2026 10:33:12,ana@example.org,Ana Castellanos,More graphic novels,"I am Ana, call 555-010-1234.
Or write to ana@example.org!"
11/21/2026 8:02:44,ben@example.org,,More graphic novels,
11/22/2026 9:00:00,,Cy,<b>Seeds</b> # {{ x }} [a](javascript:b),
"""
DRAFT = """## What should we buy?

- “More graphic novels” (2 times)
- “\\<b\\>Seeds\\</b\\> \\# &#123;&#123; x }} \\[a\\](javascript:b)”

## Anything else?

- “I am (…), call (…). Or write to (…)!”

## What we did

"""


def heard(folder: Path, text: str | bytes, now: datetime = NOW) -> Heard:
    """Return what came of a table of answers."""
    table = folder / "answers.csv"
    table.write_bytes(text.encode() if isinstance(text, str) else text)
    return hear(folder, table, now=now)


def test_answers_become_one_draft_without_who_wrote_them(tmp_path: Path) -> None:
    """Each answer is a line, what several said is said once, and nothing of it is markup."""
    found = heard(tmp_path, GOOGLE)
    assert found.file == tmp_path / "content/posts/2026-11-28-you-said-we-did.md"
    header = split_front_matter(found.file.read_text("utf-8"), "a.md")
    assert {name: str(value) for name, value in header.values.items() if name != "id"} == {
        "title": "You said, we did",
        "date": "2026-11-28",
        "kind": "listen",
        "draft": "true",
    }
    assert header.body.lstrip() == DRAFT
    assert found.answers.left_out == ["Timestamp", "Email Address", "Your name (optional)"]
    assert found.answers.count == 3
    shown = text_of_html(render_markdown(header.body, "A title", MarkdownOptions()).body.html)
    assert "“<b>Seeds</b> # {{ x }} [a](javascript:b)”" in shown


def test_a_second_import_puts_nothing_in_twice(tmp_path: Path) -> None:
    """Also when the draft was edited or deleted since, and when the form has one more question by then."""
    first = heard(tmp_path, GOOGLE)
    assert first.file
    first.file.write_text("Mine now.", "utf-8")
    again = heard(tmp_path, GOOGLE)
    assert (again.file, again.answers.count, again.answers.known) == (None, 0, 3)
    head, rest = GOOGLE.split("\n", 1)
    more = f"{head},A new question?\n{rest}11/23/2026,,,Chairs,,Yes\n"
    third = heard(tmp_path, more)
    assert third.file == first.file.with_name("2026-11-28-you-said-we-did-2.md")
    assert first.file.read_text("utf-8") == "Mine now."
    text = third.file.read_text("utf-8")
    assert "Chairs" in text
    assert "graphic novels" not in text
    assert (third.answers.count, third.answers.known) == (1, 3)
    third.file.unlink()
    assert heard(tmp_path, more).file is None


def test_equal_answers_without_a_time_are_different_ones(tmp_path: Path) -> None:
    """Where a form notes no time, two may say the same, and a third says it later."""
    assert heard(tmp_path, "Like it?\nYes\nYes\n").answers.count == 2
    assert heard(tmp_path, "Like it?\nYes\nYes\nYes\n").answers.count == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_of_spreadsheets_are_read(tmp_path: Path, encoding: str, separator: str) -> None:
    """As Excel, Numbers and Google write them anywhere in the world."""
    text = separator.join(["Hora de inicio", "Nombre", "¿Qué falta?"]) + "\r\n"
    text += separator.join(["20/11/2026", "Íñigo", '"Más, más; café"']) + "\r\n"
    found = heard(tmp_path, text.encode(encoding))
    assert found.answers.questions == [("¿Qué falta?", [("Más, más; café", 1)])]
    assert found.answers.left_out == ["Hora de inicio", "Nombre"]


@pytest.mark.parametrize(
    ("column", "cells", "left_out"),
    [
        ("Email", ["a@b.org"], True),
        ("Start time", ["11/20/2026"], True),
        ("Student’s first name", ["Ana"], True),
        ("Correo electrónico", ["a@b.org"], True),
        ("Vorname", ["Ana"], True),
        ("您的姓名", ["安娜"], True),
        ("الاسم", ["آنا"], True),
        ("How do we reach you?", ["a@b.org", "c@d.org", "by bus"], True),
        ("Phone", ["555"], True),
        ("What should we buy?", ["Kites", "write to a@b.org"], False),
        ("Grade", ["3"], False),
        ("你喜欢什么书？", ["科学"], False),
    ],
)
def test_columns_that_say_who_somebody_is_are_left_out(column: str, cells: list[str], *, left_out: bool) -> None:
    """By their names in the languages of the interface, or because they have addresses."""
    found = answers_of([{column: cell} for cell in cells], frozenset())
    assert (found.left_out == [column]) == left_out
    assert bool(found.questions) != left_out


@pytest.mark.parametrize(
    ("name", "answer", "public"),
    [
        ("Bo", "A club, says Bo", "A club, says (…)"),
        ("Al", "Gracias al equipo, Al", "Gracias al equipo, (…)"),
        ("Ana Castellanos", "ana castellanos, or Ana. Banana!", "(…), or (…). Banana!"),
        ("安娜", "我是安娜喜欢科学", "我是(…)喜欢科学"),
        ("J", "J is for joy", "J is for joy"),
        ("a.*(b", "a.*(b and ab", "(…) and ab"),
    ],
)
def test_a_name_that_was_given_is_left_out_of_the_answer_too(name: str, answer: str, public: str) -> None:
    """As a word of its own, where the script has words, and a short one only as it was written."""
    (question,) = answers_of([{"Name": name, "Q": answer}], frozenset()).questions
    assert question == ("Q", [(public, 1)])


def test_numbers_that_are_none_of_a_telephone_stay() -> None:
    """Years, amounts and ISBN-like rows of fewer digits are part of an answer."""
    (question,) = answers_of([{"Q": "In 2026 we read 1,200 pages (12-14)."}], frozenset()).questions
    assert question == ("Q", [("In 2026 we read 1,200 pages (12-14).", 1)])


CELL = st.text(max_size=40)


@given(st.lists(st.dictionaries(st.sampled_from(["Name", "Q", "Why?", ""]), CELL, max_size=4), max_size=8))
def test_whatever_is_answered_can_be_put_into_a_draft_once(rows: list[dict[str, str]]) -> None:
    """Nothing fails, and with all marks known nothing is new."""
    found = answers_of(rows, frozenset())
    assert draft_text(found).endswith("## What we did\n\n")
    assert len(set(marks_of(rows))) == len(rows) == found.count
    again = answers_of(rows, frozenset(found.marks))
    assert (again.questions, again.count, again.known) == ([], 0, len(rows))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Timestamp,Q\n", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20])
def test_what_is_no_table_of_answers_is_refused(tmp_path: Path, data: bytes) -> None:
    """In words, and nothing is written."""
    with pytest.raises(StorysiteError):
        heard(tmp_path, data)
    assert {file.name for file in tmp_path.iterdir()} == {"answers.csv"}


def test_the_command_says_what_it_did_and_publishes_nothing(tmp_path: Path) -> None:
    """A draft is not on the site, and `status` says how long people wait for an answer."""
    folder = small_site(tmp_path)
    folder.write("answers.csv", GOOGLE)
    told = spoken(folder, "listen", "import", "answers.csv").split("\n")
    assert told[0].endswith("-you-said-we-did.md is a draft with 3 new answers.")
    assert told[1].endswith(": Timestamp, Email Address, Your name (optional)")
    assert told[2].startswith("answers.csv says who wrote what: move it out of this folder")
    told = spoken(folder, "listen", "import", "answers.csv").split("\n")
    assert told[0] == "Nothing is new in answers.csv. 3 answers had been put into a draft before."
    assert storysite(folder.path, "build", "--strict").returncode == 0
    assert not any("you-said" in route for route in folder.routes())
    assert "Heard and not answered (1): " in spoken(folder, "status")
    (draft,) = folder.path.glob("content/posts/*you-said*.md")
    draft.write_text(draft.read_text("utf-8").replace("date: 2", "date: 2020-01-01 #"), "utf-8")
    assert "“You said, we did” has waited for " in spoken(folder, "status")
    assert (folder.path / HEARD).read_text("utf-8").startswith("# Answers that storysite listen import")
