"""Which edition of Markdown extensions is at hand: all the code that they run is in it, so that no edit goes unnoticed.

Code that was installed as a package stays as it is for as long as this process runs, and is known by its version; code
that merely lies on Python's path is looked at each time, with the modules that it imports.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import invalidate_caches
from importlib.machinery import ModuleSpec
from importlib.metadata import PackageNotFoundError, entry_points, packages_distributions, requires
from importlib.util import find_spec
from pathlib import Path
from warnings import catch_warnings

from storysite.digest import digest_bytes
from storysite.versions import installed

OUTSIDE = {"storysite", "__main__"}
"""What no extension stands on but by mistake; storysite itself is in every key."""
_loaded: dict[str, bytes] = {}
"""The edition in which each package that merely lies on the path was last imported by this process."""


def extensions_digest(names: Sequence[str]) -> bytes:
    """Return the digest of what Markdown extensions are: their packages' files and versions, and all they stand on.

    `names` are written as Python-Markdown takes them: `toc`, `pymdownx.mark`, `package.module:Class`.
    """
    return Look().digest(names)


def load_extensions(names: Sequence[str]) -> "Look":
    """Return a look at extensions that are about to be imported: what comes of them is made by this very code.

    Python is told to forget the modules of those that were changed since it imported them.
    """
    invalidate_caches()
    look = Look()
    look.digest(names)
    local = {package: edition for package, edition in look.editions.items() if not _is_installed(package)}
    if any(_loaded.get(package, edition) != edition for package, edition in local.items()):
        for module in [name for name in sys.modules if name.partition(".")[0] in local]:
            del sys.modules[module]
    _loaded.update(local)
    return look


def module_of(name: str) -> str:
    """Return the module that an extension is in, by any of its names."""
    return _named().get(name) or name.split(":", maxsplit=1)[0]


class Look:
    """One look at the files of extensions: each package is read once, and again only by another look."""

    def __init__(self) -> None:
        self.editions: dict[str, bytes] = {}
        """The edition of each package that was looked at."""
        self._imports: dict[str, set[str]] = {}

    def digest(self, names: Sequence[str]) -> bytes:
        """Return the digest of extensions, as this look found them."""
        modules = sorted({module_of(name) for name in names})
        parts = [part for module in modules for part in (module.encode(), _installed_files(module))]
        for package in sorted(self._packages(modules)):
            parts += package.encode(), self.editions[package]
        return digest_bytes(*parts)

    def _packages(self, modules: Sequence[str]) -> set[str]:
        """Return the packages that modules are in, and all that these import."""
        found = set[str]()
        waiting = list(modules)
        while waiting:
            package = waiting.pop().partition(".")[0]
            if package not in found and package not in sys.stdlib_module_names and package not in OUTSIDE:
                found.add(package)
                waiting += self._looked_at(package)
        return found

    def _looked_at(self, package: str) -> set[str]:
        """Note the edition of a package, and return what it imports if that has to be looked at as well."""
        if package not in self.editions:
            local = not _is_installed(package)
            sources = sorted(_sources(_spec(package))) if local else []
            parts = [part for name, source in sources for part in (name.encode(), source)]
            self.editions[package] = digest_bytes(*parts, *[version.encode() for version in _versions(package)])
            self._imports[package] = {name for _, source in sources for name in _imports(source)}
        return self._imports[package]


@cache
def _is_installed(package: str) -> bool:
    """Return whether a package was installed, and will not be edited where it lies."""
    spec = _spec(package)
    places = [spec.origin or "", *(spec.submodule_search_locations or ())] if spec else []
    return package in _libraries() or any({"site-packages", "dist-packages"} & set(Path(each).parts) for each in places)


@cache
def _libraries() -> Mapping[str, list[str]]:
    """Return which libraries each package was installed with; to find out takes a while."""
    return packages_distributions()


@cache
def _named() -> dict[str, str]:
    """Return the modules of the extensions that have short names."""
    return {point.name: point.module for point in reversed(list(entry_points(group="markdown.extensions")))}


@cache
def _installed_files(module: str) -> bytes:
    """Return the digest of the files of an installed package, or of the first one in a namespace that is shared."""
    if not _is_installed(module.partition(".")[0]):
        return b""
    parts = module.split(".")
    for count in range(1, len(parts) + 1):
        spec = _spec(".".join(parts[:count]))
        if spec is None or spec.origin:
            return digest_bytes(*[part for name, source in sorted(_sources(spec)) for part in (name.encode(), source)])
    return b""


@cache
def _versions(package: str) -> list[str]:
    """Return the names and versions of the libraries that a package came with, and of all that they require."""
    known: dict[str, str] = {}
    waiting = list(_libraries().get(package, ()))
    while waiting:
        name = waiting.pop()
        if name not in known:
            known[name] = installed(name)
            waiting += _required(name)
    return [f"{name} {version}" for name, version in sorted(known.items())]


def _required(library: str) -> list[str]:
    """Return the names of the libraries that one requires, but for those of its extras."""
    try:
        wanted = requires(library) or []
    except PackageNotFoundError:
        return []
    return [name[0] for each in wanted if "extra ==" not in each and (name := re.match(r"[\w.-]+", each))]


def _spec(module: str) -> ModuleSpec | None:
    """Return where a module lies, None if it is not there."""
    try:
        return find_spec(module)
    except (ImportError, ValueError, AttributeError):
        return None


def _sources(spec: ModuleSpec | None) -> Iterator[tuple[str, bytes]]:
    """Yield the names and bytes of the Python files of a package, or of a module that is one file."""
    if spec is None:
        return
    if not spec.submodule_search_locations:
        yield spec.name, _bytes_of(Path(spec.origin or ""))
        return
    for place in spec.submodule_search_locations:
        for folder, folders, files in os.walk(place):
            folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
            for name in files:
                if name.endswith(".py"):
                    file = Path(folder, name)
                    yield file.relative_to(place).as_posix(), _bytes_of(file)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.suffix in (".py", ".pyc", ".so", ".pyd") else b""
    except OSError:
        return b""


def _imports(source: bytes) -> Iterator[str]:
    """Yield what a Python file imports from other packages, wherever in it the import stands."""
    try:
        with catch_warnings(action="ignore"):  # it says them when it is imported
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
