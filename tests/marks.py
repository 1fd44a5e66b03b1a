"""What kind of test a test is, found in what it uses, so that `make check` runs those that need nothing but Python."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from inspect import isclass, unwrap
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

PACKAGES = ("tests.", "storysite.")
"""Whose functions are looked into."""
FIXTURES = {"browser": "browser", "sample": "process"}
"""The mark that a test has for a fixture it asks for."""
STARTS_A_PROCESS = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}
"""What Python's audit hooks are told when a process is started: https://docs.python.org/3/library/audit_events.html."""


@cache
def starts_processes(test: Callable[..., Any]) -> bool:
    """Return whether a function names `subprocess`, or a function of ours or a class that does, and so on.

    What it reaches as a method of a value is not seen: a test that builds with two jobs is marked by hand.
    """
    seen, waiting = set[Any](), [unwrap(test)]
    while waiting:
        function = waiting.pop()
        if isinstance(function, ModuleType):
            return True
        if function not in seen:
            seen.add(function)
            waiting.extend(_used_by(function))
    return False


@cache
def _used_by(function: Any) -> frozenset[Any]:
    """Return what the code of a function, or of a class's methods, names: `subprocess`, our functions and classes."""
    used = set[Any]()
    for part in vars(function).values() if isclass(function) else [function]:
        if isinstance(part, FunctionType):
            for name in _names_in(part.__code__):
                value = unwrap(found) if callable(found := part.__globals__.get(name)) else found
                ours = isinstance(value, FunctionType | type) and value.__module__.startswith(PACKAGES)
                if ours or value is sys.modules.get("subprocess"):
                    used.add(value)
    return frozenset(used)


def _names_in(code: CodeType) -> Iterator[str]:
    """Yield the names in a piece of code, and in the functions that it defines."""
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _names_in(part)


def mark(test: pytest.Item) -> None:
    """Mark a test as `browser` or `process` if it is one."""
    if isinstance(test, pytest.Function):
        fixtures = [each.func for found in test._fixtureinfo.name2fixturedefs.values() for each in found]
        for name in FIXTURES.keys() & set(test.fixturenames):
            test.add_marker(FIXTURES[name])
        if any(map(starts_processes, [test.function, *fixtures])):
            test.add_marker("process")


class Guard:
    """Lets no test start a process that is not marked for it: `make check` would be slower than it says."""

    def __init__(self) -> None:
        self.test: pytest.Item | None = None
        sys.addaudithook(self._heard)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Look at a test while it runs."""
        self.test = None if any(map(item.get_closest_marker, ("browser", "process"))) else item
        try:
            return (yield)
        finally:
            self.test = None

    def _heard(self, event: str, _: object) -> None:
        if event in STARTS_A_PROCESS and self.test:
            raise AssertionError(f"{self.test.nodeid} starts a process: mark it with @pytest.mark.process")
