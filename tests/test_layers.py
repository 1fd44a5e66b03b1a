"""The house keeps its order: a module imports only from lower rows, and each library is used in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "storysite"
ROWS = [
    {"", "errors", "excerpt", "digest", "values", "config", "engine", "stopwatch", "catalogue"},
    {"model"},
    {"plan"},
    {"read", "render", "write", "memo", "pool"},
    {"gather", "produce", "outcome"},
    {"order"},
    {"desk"},
    {"build"},
    {"watch", "rebuild", "verify", "explain", "new", "eject", "search"},
    {"serve"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
"""From the ground up; what stands in the third row from below never imports its siblings."""
SIBLINGS = {"read", "render", "write", "memo", "pool"}
PURE = {"model", "plan"}
IMPURE = {"os", "io", "time", "sqlite3", "jinja2", "markdown", "yaml", "random", "subprocess", "locale", "secrets"}
AT_HOME = {
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "markdown": {"render/markup", "render/frugal"},
    "selectolax": {"render/html"},
    "comrak": {"render/commonmark"},
    "yaml": {"values"},
    "sqlite3": {"memo"},
    "multiprocessing": {"pool"},
    "concurrent": {"pool"},
    "watchdog": {"watch"},
    "starlette": {"serve"},
    "uvicorn": {"serve/server"},
    "click": {"commands", "cli"},
    "segno": {"render/filters"},
    "babel": {"render/filters", "catalogue"},
    "datetime.datetime.now": set(),
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module by its name below the package, such as `read/post`."""
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("__init__").rstrip("/")
        yield name, ast.parse(file.read_text("utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports, in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def row(room: str) -> int:
    """Return the row in which a module or folder of the package stands."""
    return next(number for number, rooms in enumerate(ROWS) if room in rooms)


MODULES = dict(modules())


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_lower_rows(name: str) -> None:
    """Within a folder modules may know each other; siblings of the working row never do."""
    room = name.split("/", maxsplit=1)[0]
    for imported in imports(MODULES[name]):
        if imported.split(".")[0] != "storysite":
            continue
        other = [*imported.split("."), ""][1]
        if other != room:
            assert row(other) <= row(room), f"{name} imports {imported}"
            assert not {room, other} <= SIBLINGS, f"{name} imports its sibling {imported}"


@pytest.mark.parametrize("name", [name for name in MODULES if name.split("/")[0] in PURE])
def test_model_and_plan_touch_no_disk_clock_or_engine(name: str) -> None:
    """What they return depends on their arguments alone."""
    assert not {imported.split(".")[0] for imported in imports(MODULES[name])} & IMPURE


@pytest.mark.parametrize("library", [library for library in AT_HOME if "." not in library])
def test_a_library_is_used_in_its_own_place(library: str) -> None:
    """Who wants to replace a library has one file or folder to look at."""
    users = {
        name for name, tree in MODULES.items() if library in {imported.split(".")[0] for imported in imports(tree)}
    }
    assert users
    assert all(any(name == home or name.startswith(home + "/") for home in AT_HOME[library]) for name in users), users


def test_only_commands_print_or_exit() -> None:
    """Everything else returns values or raises."""
    for name, tree in MODULES.items():
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if name.split("/")[0] not in ("commands", "cli"):
            assert not called & {"print", "exit", "input"}, name


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    """A file of the program or of its tests that outgrows that is two files."""
    files = [*PACKAGE.rglob("*.py"), *Path(__file__).parent.rglob("*.py")]
    long = {file.name: lines for file in files if (lines := file.read_text("utf-8").count("\n")) > 400}
    assert long == {}


def test_every_file_and_public_function_says_what_it_is_for() -> None:
    """A module opens with a sentence; so does every function and class that others may call."""
    for name, tree in MODULES.items():
        assert ast.get_docstring(tree), name
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{name}: {node.name}"
