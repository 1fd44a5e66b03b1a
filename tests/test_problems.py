"""The table of problems holds every code there is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import storysite
from storysite.problems import CODES, Problem, Severity

PACKAGE = Path(storysite.__file__).parent


def texts(node: ast.AST) -> set[str]:
    """Return every text that stands in a source below a node."""
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def codes(tree: ast.Module) -> Iterator[str]:
    """Yield each code that a source hands to what makes problems."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = {"of": 0, "_problem": 0, "report": 1}.get(name)
            if place is not None and place < len(call.args) and isinstance(code := call.args[place], ast.Constant):
                yield str(code.value)


def test_every_code_of_the_sources_is_in_the_table_and_every_code_of_the_table_in_the_sources() -> None:
    """No problem is made with a code that the table does not know, and none is listed that nothing makes."""
    trees = [ast.parse(file.read_text("utf-8")) for file in PACKAGE.rglob("*.py") if file.name != "problems.py"]
    used = {code for tree in trees for code in codes(tree)}
    assert used <= CODES.keys()
    assert CODES.keys() <= set().union(*map(texts, trees))
    assert len(used) > 50


def test_a_problem_is_as_grave_as_its_code_and_no_code_is_made_up() -> None:
    """The severity is the table's unless a special case says otherwise; an unknown code is found at once."""
    assert Problem.of("link-missing", "x").severity is Severity.WARNING
    assert Problem.of("post-date", "x").severity is Severity.ERROR
    assert Problem.of("post-date", "x", severity=Severity.NOTE).severity is Severity.NOTE
    with pytest.raises(KeyError):
        Problem.of("link-mising", "x")


def test_titles_are_short_fragments_and_no_two_alike() -> None:
    """A title begins with a capital, has no full stop, and fits a row of a table."""
    titles = [code.title for code in CODES.values()]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if not title[0].isupper() or title.endswith(".") or len(title) > 60] == []


def test_only_errors_are_fixed() -> None:
    """What does not stop a build anyway is for the site to decide."""
    assert {code.severity for code in CODES.values() if code.fixed} == {Severity.ERROR}
