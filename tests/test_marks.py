"""The marks of tests are found in what they use, and a test without one starts no process."""

import subprocess
import sys
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

from tests.command_line import storysite
from tests.folder import Folder
from tests.marks import starts_processes
from tests.running import Running


def by_itself() -> None:
    """Start a process."""
    subprocess.run([sys.executable, "--version"], check=True, capture_output=True)


def inside() -> None:
    """Define what starts a process."""

    def within() -> None:
        by_itself()

    within()


def in_a_list(folder: Folder) -> None:
    """Start processes in a comprehension."""
    [storysite(folder.path, name) for name in ("build", "status")]


def by_a_class(folder: Folder) -> None:
    """Start a command that runs until it is stopped."""
    with Running(folder.path, "watch"):
        pass


def here(folder: Folder) -> None:
    """Build in this process."""
    folder.build()


@pytest.mark.parametrize("function", [by_itself, inside, in_a_list, by_a_class], ids=lambda each: each.__name__)
def test_what_starts_a_process_by_any_way_is_known(function: object) -> None:
    """A function that does it itself, by way of others, inside of another, or by making a value of a class."""
    assert starts_processes(function)


def test_a_build_in_this_process_is_no_process() -> None:
    """Nor is a test of the tests."""
    assert not starts_processes(here)
    assert not starts_processes(test_a_test_that_is_not_marked_can_start_no_process)


def test_a_test_that_is_not_marked_can_start_no_process() -> None:
    """What the marks did not see is told, with the name of the test and what to do."""
    start = import_module("subprocess").Popen
    with pytest.raises(AssertionError, match=r"test_a_test_that_is_not_marked.* starts a process: mark it with"):
        start([sys.executable, "--version"])


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """By itself pytest looks into no folder that is called `build`."""
    home = Path(__file__).parent
    folders = {part.name for file in home.rglob("test_*.py") for part in file.relative_to(home).parents if part.name}
    passed = pytestconfig.getini("norecursedirs")
    assert {name for name in folders if any(fnmatch(name, pattern) for pattern in passed)} == set()
