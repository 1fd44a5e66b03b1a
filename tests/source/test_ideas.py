"""The plan is a list of ideas in whatever form people write it; what cannot be read is named with its line."""

from datetime import date
from pathlib import Path

import pytest

from storysite.model.ideas import PlannedIdea
from storysite.source.ideas import read_plan
from tests.folder import Folder

SEEDS = PlannedIdea("The seeds came back", date(2026, 12, 4), "victory", "Ask Mr. Ortiz for the photo", 2)


def plan(folder: Path, text: str | bytes, name: str = "plan.yml") -> tuple[list[PlannedIdea], list[tuple[int, str]]]:
    """Return the ideas of a plan, and the line and the sentence of each problem."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content" / name).write_bytes(text.encode() if isinstance(text, str) else text)
    ideas, problems = read_plan(folder)
    assert {problem.code for problem in problems} <= {
        "plan-unread",
        "file-encoding",
        "file-not-text",
        "file-control-characters",
    }
    return ideas, [(problem.line, problem.what) for problem in problems]


def test_ideas_are_words_or_have_a_day_a_kind_and_a_note(tmp_path: Path) -> None:
    text = """- Ten books for the break
- idea: The seeds came back
  date: 2026-12-04
  kind: Victory
  note: Ask Mr. Ortiz for the photo
-
- Robots: round two
- 42
"""
    ideas, problems = plan(tmp_path, text)
    assert problems == []
    assert ideas == [
        PlannedIdea("Ten books for the break", line=1),
        SEEDS,
        PlannedIdea("Robots: round two", line=7),
        PlannedIdea("42", line=8),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ideas:\n  - Ten books\n",
        "- Ten books\n",
        "[Ten books]",
        "- title: Ten books\n",
        "- What: Ten books\n",
        "# Ideas\n\n- 'Ten books'\n",
        "\ufeff- Ten books\r\n",
        "  - Ten books",
    ],
)
def test_a_plan_may_be_written_in_many_ways(tmp_path: Path, text: str) -> None:
    ideas, problems = plan(tmp_path, text)
    assert ([idea.title for idea in ideas], problems) == (["Ten books"], [])


@pytest.mark.parametrize("text", ["", "\n", "# Nothing yet\n", "ideas:\n", "ideas: []", "-\n-\n", "[]", "~"])
def test_an_empty_plan_is_none(tmp_path: Path, text: str) -> None:
    assert plan(tmp_path, text) == ([], [])


@pytest.mark.parametrize(
    ("text", "count", "line", "what"),
    [
        ("- Ten books\n- [open\n", 0, 2, "the plan cannot be read from here on, so none of its ideas is shown"),
        ("Ten books", 0, 1, "the plan is not a list of ideas"),
        ("title: A\nnote: B", 0, 1, "the plan is not a list of ideas"),
        ("- Ten books\n- [a, b]\n", 1, 2, "an idea is one line of words, and this is a list"),
        ("- idea: A\n  date: soon\n", 1, 2, 'date "soon" cannot be read'),
        ("- idea: A\n  note: B\n  When: 2026-13-04\n", 1, 3, 'date "2026-13-04" is not a real date'),
        ("- idea: A\n  kind: victroy\n", 1, 2, 'there is no kind "victroy"'),
        ("- idea: A\n  dat: 2026-12-04\n", 1, 2, 'an idea has no "dat"'),
        ("- date: 2026-12-04\n  note: B\n", 0, 1, "this idea has no words"),
        ("- A\n- {idea: B, date: soon}\n", 2, 2, 'date "soon" cannot be read'),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str, count: int, line: int, what: str
) -> None:
    """And the rest of the idea is kept."""
    ideas, problems = plan(tmp_path, text)
    assert len(ideas) == count
    ((found, said),) = problems
    assert (found, said.startswith(what)) == (line, True), said


@pytest.mark.parametrize(
    "text",
    [
        b"\x00\x01\x02\xff\xfe" * 100,
        b"- caf\xe9\n",
        "- \U0001f600 \u202e x\n",
        "- " + "x" * 9000,
        "-" * 5000,
        "- &a [*a]",
        "- " * 3000,
        "&a [" + ",".join(["*a"] * 50) + "]",
        "- {idea: {a: {b: c}}, date: [1, 2], kind: {x: y}, note: [[]]}",
        "- !!python/object:os.system x",
        "x" * 1_000_001,
        "--- a\n--- b\n",
        "- ? [a]\n  : b",
    ],
)
def test_whatever_a_plan_holds_nothing_is_thrown(tmp_path: Path, text: str | bytes) -> None:
    ideas, _ = plan(tmp_path, text)
    assert all(len(idea.title) <= 500 for idea in ideas)


def test_there_need_be_no_plan_and_a_second_name_will_do(tmp_path: Path) -> None:
    assert read_plan(tmp_path) == ([], [])
    assert plan(tmp_path, "- Ten books", "plan.yaml")[0] == [PlannedIdea("Ten books", line=1)]
    (tmp_path / "content/plan.yml").mkdir()
    ideas, problems = read_plan(tmp_path)
    assert (ideas, [problem.code for problem in problems]) == ([], ["plan-unread"])


def test_a_plan_is_never_published_not_even_where_a_story_links_to_it(folder: Folder) -> None:
    """The link is told of as one that leads nowhere."""
    folder.write("content/plan.yml", "- A secret party\n")
    folder.post("2026-11-20-a", "[The plan](../plan.yml) and ![it](/content/plan.yml)", id="a")
    build = folder.build()
    assert "link-missing" in {problem.code for problem in build.problems}
    assert not [route for route in folder.routes() if b"A secret party" in (folder.site / route).read_bytes()]
    assert not [route for route in folder.routes() if "plan" in route]
