"""The house keeps its order: rows of rooms, no import upward or in a circle, and each library used in one place."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "storysite"
ROWS = [
    {"problems", "errors", "digest", "i18n", "pool", "room", "versions", "new_files", ""},
    {"photos"},
    {"documents"},
    {"model"},
    {"plan", "front_matter", "markdown", "plugins"},
    {"source", "theme", "render", "output", "cache", "check"},
    {"build"},
    {"serve", "starter", "tell"},
    {"publish"},
    {"cli", "commands", "__main__"},
]
"""From the ground up. A room imports only from lower rows: the rooms of one row never know each other."""
PURE = {"model", "plan"}
IMPURE = {
    "os", "io", "time", "sqlite3", "jinja2", "markdown", "yaml", "random", "subprocess", "locale", "secrets", "babel",
    "shutil", "tempfile", "threading", "multiprocessing", "concurrent", "signal", "socket", "gettext",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "thread_time"}
"""What reads a clock."""
READS_CLOCK = {
    "build", "build/load", "build/kept", "build/patience", "build/timings", "build/watch_loop", "build/file_events", "source/scan",
    "commands/new", "commands/post", "commands/watch", "commands/console", "commands/photos", "commands/doctor", "commands/listen",
    "commands/upgrade",
    "publish/live",
}  # fmt: skip
"""The modules that may ask what time it is; all others are told."""
AT_HOME = {
    "jinja2": {"render", "theme/syntax"},
    "markupsafe": {"render"},
    "markdown": {
        "markdown/convert",
        "markdown/extensions",
        "markdown/fast",
        "markdown/github_blocks",
        "markdown/github_inlines",
    },
    "selectolax": {
        "markdown/attributes",
        "markdown/sift",
        "markdown/asked",
        "markdown/described",
        "markdown/embeds",
        "markdown/figures",
        "markdown/headings",
        "markdown/plain_text",
        "markdown/postprocess",
        "markdown/prose",
        "markdown/tree",
    },
    "comrak": {"markdown/commonmark"},
    "yaml": {"front_matter/yaml"},
    "sqlite3": {"cache/connection", "cache/lock"},
    "multiprocessing": {"pool"},
    "concurrent": {"pool"},
    "watchdog": {"build/file_events"},
    "starlette": {"serve"},
    "uvicorn": {"serve/server", "serve/connections"},
    "click": {"commands", "cli"},
    "segno": {"render/filters"},
    "regex": {"tell/count"},
    "icalendar": {"render/calendar"},
    "tzlocal": {"commands/new"},
    "babel": {"render/filters", "i18n"},
    "PIL": {"photos/pillow", "photos/derive", "photos/focus", "photos/compare", "photos/edition", "photos/draw"},
    "typst": {"photos/draw"},
    "pillow_heif": {"photos/pillow"},
}


def name_of(file: Path) -> str:
    """Return the name of a module below the package, such as `source/post`; a package has that of its folder."""
    return file.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("__init__").rstrip("/")


MODULES = {name_of(file): ast.parse(file.read_text("utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports, in full, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def imported_modules(name: str) -> frozenset[str]:
    """Return the modules of the package that a module imports."""
    found = set()
    for path in imports(MODULES[name]):
        parts = path.split(".")
        if parts[0] == "storysite":
            inner = ["/".join(parts[1:count]) for count in range(len(parts), 0, -1)]
            found.add(next(each for each in inner if each in MODULES))
    return frozenset(found - {name})


@cache
def reached_from(name: str) -> frozenset[str]:
    """Return all modules of the package that are imported by a module, by what it imports, and so on."""
    seen, waiting = set[str](), [name]
    while waiting:
        fresh = imported_modules(waiting.pop()) - seen
        seen |= fresh
        waiting.extend(fresh)
    return frozenset(seen)


def room(name: str) -> str:
    """Return the room in which a module stands: its folder, or itself."""
    return name.split("/", maxsplit=1)[0]


def row(name: str) -> int:
    """Return the row of a module's room, from the ground up."""
    return next(number for number, rooms in enumerate(ROWS) if room(name) in rooms)


@pytest.mark.parametrize("name", MODULES)
def test_a_room_imports_only_from_lower_rows(name: str) -> None:
    """Within a room modules may know each other; in another room, only those of a lower row. The ground floor is one."""
    for other in imported_modules(name):
        if room(other) != room(name):
            assert row(other) < row(name) or row(name) in (0, len(ROWS) - 1), f"{name} imports {other}"


@pytest.mark.parametrize("name", MODULES)
def test_no_module_imports_itself_by_way_of_others(name: str) -> None:
    """There is no circle of imports, those inside functions and for types alone included."""
    assert name not in reached_from(name), sorted(other for other in reached_from(name) if name in reached_from(other))


@pytest.mark.parametrize("name", [name for name in MODULES if room(name) in PURE])
def test_model_and_plan_touch_no_disk_clock_or_engine(name: str) -> None:
    """What they return depends on their arguments alone; so does what they import return, all the way down."""
    for other in (name, *reached_from(name)):
        assert not {path.split(".")[0] for path in imports(MODULES[other])} & IMPURE, f"{name} by way of {other}"
        assert other not in READS_CLOCK, f"{name} by way of {other}"


def test_only_those_who_may_read_a_clock_do() -> None:
    """Whoever else needs the time is told it, so that the same arguments always give the same result."""
    asking = set()
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                owner = getattr(getattr(node.func, "value", None), "id", "")
                if called not in CLOCK:
                    continue
                from_time = isinstance(node.func, ast.Name) and f"time.{called}" in imports(tree)
                if owner in ("datetime", "date", "time") or from_time:
                    asking.add(name)
    assert asking == READS_CLOCK


@pytest.mark.parametrize("library", AT_HOME)
def test_a_library_is_used_in_its_own_place(library: str) -> None:
    """Who wants to replace a library has one file or folder to look at."""
    users = {name for name, tree in MODULES.items() if library in {path.split(".")[0] for path in imports(tree)}}
    homes = AT_HOME[library]
    assert users
    assert all(any(name == home or name.startswith(home + "/") for home in homes) for name in users), users


def test_at_most_eight_modules_lie_flat() -> None:
    """Everything else is in the folder of its stage."""
    flat = {file.stem for file in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert len(flat) <= 8, flat
    assert flat | {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()} | {""} == {
        name for rooms in ROWS for name in rooms if name != "__main__"
    }


def test_the_tests_lie_as_what_they_test() -> None:
    """Each folder of tests is that of a room, but for whole pages, the guide, and what tests are made of."""
    rooms = {name for rooms in ROWS for name in rooms}
    folders = {folder.name for folder in TESTS.iterdir() if any(folder.glob("test_*.py"))}
    assert folders - {"pages", "guide"} <= rooms
    assert {file.stem.removeprefix("test_") for file in TESTS.glob("test_*.py")} - rooms == {
        "contributing",
        "dependencies",
        "layers",
        "marks",
        "patterns",
        "tools",
        "workflows",
    }


def test_only_commands_print_or_exit() -> None:
    """Everything else returns values or raises."""
    for name, tree in MODULES.items():
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if room(name) not in ("commands", "cli"):
            assert not called & {"print", "exit", "input"}, name


@pytest.mark.parametrize("home", [PACKAGE, TESTS], ids=["storysite", "tests"])
def test_no_file_is_longer_than_four_hundred_lines(home: Path) -> None:
    """A file that outgrows that is two files."""
    long = {file.name: lines for file in home.rglob("*.py") if (lines := file.read_text("utf-8").count("\n")) > 400}
    assert not long


def test_every_file_and_public_function_says_what_it_is_for() -> None:
    """A module opens with a sentence; so does every function and class that others may call."""
    for name, tree in MODULES.items():
        assert ast.get_docstring(tree), name
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{name}: {node.name}"
