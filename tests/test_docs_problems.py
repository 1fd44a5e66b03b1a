"""The guide tells of each problem that can be found, with the words in which it is printed."""

import re
from pathlib import Path

from tests.guide import PACKAGE, code_in, page, problem_codes, sections

BROKEN = Path(__file__).parent / "broken"
"""Sites with a mistake each, and what is printed for it."""


def test_the_collector_of_codes_sees_them_all() -> None:
    """Codes are found in calls, in assignments, in methods and in printed lines."""
    assert {"post-date", "settings-value", "header-toml", "picture-missing", "template", "system"} <= problem_codes()


def test_every_problem_is_documented() -> None:
    """The page on problems has a heading for each code, and none for what is no code."""
    assert set(sections(page("problems"), 3)) == problem_codes()


def test_every_problem_has_an_example() -> None:
    """Below each code stand the message as it is printed and how to mend it."""
    for code, text in sections(page("problems"), 3).items():
        message, *explanation = text.strip().split("\n\n")
        assert message.startswith("`"), code
        assert message.endswith(f"[{code}]`"), code
        assert len(" ".join(explanation)) > 40, code


def test_examples_of_problems_are_what_is_printed() -> None:
    """Where a broken site shows what is printed for a code, the example on the page is worded like it."""
    printed = [line for file in BROKEN.glob("*/expected.txt") for line in file.read_text("utf-8").split("\n")]
    shown = {line.rpartition("[")[2][:-1] for line in printed if line.endswith("]")}
    wordings = {_wording(line) for line in printed}
    sources = "\n".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    for code, text in sections(page("problems"), 3).items():
        example = code_in(text)[0]
        if code in shown and f'"{example.partition("  [")[0]}"' not in sources:
            assert any(line.endswith(_wording(example)) for line in wordings), example


def _wording(line: str) -> str:
    """Return a message without what differs from case to case: names, numbers, addresses and what is quoted."""
    return re.sub(r"\([^()]*\)|\"[^\"]*\"|'[^']*'|\S*/\S*|\S+\.\w+|\d+", "…", line)


def test_examples_of_problems_say_how_grave_they_are() -> None:
    """Examples of warnings and notes begin with that word, and stand in the part of the page that is about them."""
    for heading, text in sections(page("problems"), 2).items():
        mark = {"Warnings": "warning: ", "Notes": "note: "}.get(heading, "")
        for example in re.findall(r"^`(.*\[[a-z-]+\])`$", text, re.MULTILINE):
            label = re.match(r"warning: |note: |", example)
            assert label and label[0] == mark, example
