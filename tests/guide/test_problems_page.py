"""The guide tells of each problem that can be found, with the words in which it is printed."""

import re
from pathlib import Path

from storysite.problems import CODES, Severity
from tests.guide_pages import PACKAGE, code_in, page, sections

BROKEN = Path(__file__).parents[1] / "broken"
"""Sites with a mistake each, and what is printed for it."""


def test_every_problem_is_documented() -> None:
    """The page on problems has a heading for each code, and none for what is no code."""
    assert set(sections(page("problems"), 3)) == CODES.keys()


def test_every_problem_has_an_example() -> None:
    """Below each code stand its title, the message as it is printed, and how to fix it."""
    for code, text in sections(page("problems"), 3).items():
        message, *explanation = text.strip().split("\n\n")
        assert message.startswith(f"{CODES[code].title}: `"), code
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
    """A code stands in the part of the page that is about problems as grave as it, and so does its example's label."""
    for heading, text in sections(page("problems"), 2).items():
        severity = {"Warnings": Severity.WARNING, "Notes": Severity.NOTE}.get(heading, Severity.ERROR)
        mark = "" if severity is Severity.ERROR else f"{severity.name.lower()}: "
        for example, code in re.findall(r"^[^`\n]+: `(.*\[([a-z-]+)\])`$", text, re.MULTILINE):
            label = re.match(r"warning: |note: |", example)
            assert label and label[0] == mark, example
            assert CODES[code].severity is severity, code


def test_errors_that_may_become_warnings_are_documented() -> None:
    """The setting `problems` names just the errors that do not stop every build."""
    sentence = re.search(r"Of the errors only (.*?) may become", sections(page("settings"), 3)["problems"], re.DOTALL)
    milder = {code for code, found in CODES.items() if found.severity is Severity.ERROR and not found.fixed}
    assert sentence
    assert set(code_in(sentence[1])) == milder
