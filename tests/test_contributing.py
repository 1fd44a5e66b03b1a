"""CONTRIBUTING.md is true: its files exist, its examples fit the files that they change, and no recipe is longer than said."""

import re
from pathlib import Path

import pytest

from tests.guide_pages import sections

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = sections(TEXT, 3)
STEP = re.compile(r"^\d\. (New: )?`([^`]+)`(.*?)(?=^\d\. |^\S|\Z)", re.DOTALL | re.MULTILINE)
"""A step of a recipe: whether its file is new, the file, and the rest, in which an example may stand."""
DIFF = re.compile(r"^   ```diff\n(.*?)^   ```$", re.DOTALL | re.MULTILINE)
STEPS = [(name, file, bool(new), text) for name, recipe in RECIPES.items() for new, file, text in STEP.findall(recipe)]
MOST = 3
"""Files of a recipe, besides tests."""


def test_there_are_six_recipes() -> None:
    """One for each thing that maintainers add."""
    assert list(RECIPES) == [
        "A front-matter key",
        "A feed",
        "A page type",
        "A Markdown construct",
        "A problem code",
        "A command",
    ]


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_touches_three_files_at_the_most_and_a_test(name: str) -> None:
    """Its steps are counted by the file that each begins with."""
    files = [file for recipe, file, _, _ in STEPS if recipe == name]
    tests = [file for file in files if file.startswith("tests/")]
    assert len(tests) == 1
    assert files[-1] == tests[0]
    assert len(files) - len(tests) <= MOST


@pytest.mark.parametrize(("recipe", "file", "new", "text"), STEPS, ids=[f"{name}: {file}" for name, file, *_ in STEPS])
def test_an_example_fits_the_file_that_it_changes(recipe: str, file: str, new: bool, text: str) -> None:
    """Every line that it keeps or takes away stands in the file, in that order; a file that it makes is not there."""
    lines = [line[3:] for line in "\n".join(DIFF.findall(text)).split("\n") if line.strip()]
    assert {line[0] for line in lines} <= {"+", "-", " "}
    kept = [line[1:] for line in lines if line[0] != "+"]
    assert (ROOT / file).exists() != new
    assert bool(kept) != new or file.startswith("tests/")
    there = [] if new else (ROOT / file).read_text("utf-8").split("\n")
    place = 0
    for line in kept:
        assert line in there[place:]
        place = there.index(line, place) + 1


def test_every_file_that_is_named_exists() -> None:
    """Files of this repository, whether linked or as code; but those that a recipe makes."""
    prose = re.sub(r"^ *```.*?^ *```$", "", TEXT, flags=re.DOTALL | re.MULTILINE)
    made = {file for _, file, new, _ in STEPS if new}
    named = {name for span in re.findall(r"`([^`]+)`", prose) for name in re.findall(r"[\w./-]+", span)}
    named |= set(re.findall(r"\]\(([^)]+)\)", prose))
    files = {name for name in named - made if re.match(r"(?:storysite|tests|content|themes|\.ci)/", name)}
    assert len(files) > 20
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []


def test_the_table_of_rooms_has_them_all() -> None:
    """A row for each, of one or a few, and for none that is not there."""
    from tests.test_layers import ROWS

    table = sections(TEXT, 2)["How to read the tree"]
    named = {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)", row)}
    assert named == set().union(*ROWS) - {"", "__main__"}
