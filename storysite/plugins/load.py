"""The plugins that are installed, and those that a site asks for."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.errors import BadValue, ProblemsFound, did_you_mean, one_line, words_of
from storysite.plugins import Plugin
from storysite.plugins.shape import faults_in
from storysite.problems import Problem, Severity
from storysite.versions import installed

GROUP = "storysite.plugins"
"""The group of entry points by which a package says that it has a plugin: the plugin's name, and `package:object`."""


class LoadedPlugin(Struct, frozen=True):
    """A plugin, and the digest of its name, its version and all files of its package when it was loaded."""

    plugin: Plugin
    digest: bytes


def installed_plugins() -> dict[str, EntryPoint]:
    """Return the plugins that are installed, by name, without running any of their code."""
    return {each.name: each for each in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))}


def load_plugins(names: Sequence[str]) -> Mapping[str, Plugin]:
    """Return the plugins `names`, in their order. Raises BadValue if one is not installed or does not work."""
    return {name: _load(name).plugin for name in names}


def plugins_digest(names: Sequence[str]) -> bytes:
    """Return what stands for all that plugins do. Raises BadValue as load_plugins does."""
    return digest_bytes(*(_load(name).digest for name in names))


@cache  # as long as a process lives, it runs what it has loaded
def _load(name: str) -> LoadedPlugin:
    points = entry_points(group=GROUP, name=name)
    if not points:
        near = did_you_mean(name, installed_plugins())
        hint = f"did you mean {near}?" if near else "install the package it is in"
        raise BadValue(f'there is no plugin "{name}"', hint)
    owners = sorted({each.dist.name if each.dist else each.value for each in points})
    if len(owners) > 1:
        what = f'two packages have a plugin "{name}": {" and ".join(owners)}'
        raise BadValue(what, "uninstall the one that you do not use")
    point = max(points, key=lambda each: each.value)
    package = point.dist and point.dist.name  # a package that was not installed properly may have no name
    version = installed(package) if package else ""
    home = plugin_home(point)
    known = digest_bytes(name.encode(), version.encode(), *(_contents(home) if home else ()))
    hint = "ask the people who wrote it, or take it out of the list"
    try:
        plugin = point.load()
    except BaseException as error:  # whatever a stranger's module does when it is imported
        raise BadValue(f'the plugin "{name}" cannot be loaded: {words_of(error)}', hint) from error
    if not isinstance(plugin, Plugin):
        raise BadValue(f'"{name}" is not a plugin: {point.value} has to be a storysite.plugins.Plugin', hint)
    if fault := next(faults_in(plugin, home), ""):
        raise BadValue(f'the plugin "{name}" cannot be used: {one_line(fault)}', hint)
    return LoadedPlugin(plugin, known)


def require_plugins(names: Sequence[str], known: bytes) -> None:
    """Raise ProblemsFound unless the plugins here are those of the process that this one helps, whose digest is known.

    A process runs what it has loaded; one that it starts later, after an upgrade, would load something else.
    """
    with suppress(BadValue):
        if plugins_digest(names) == known:
            return
    what, hint = "a plugin was changed while storysite was running", "stop storysite and start it again"
    raise ProblemsFound(Problem.of("plugin-failed", what, hint, severity=Severity.ERROR))


def plugin_home(point: EntryPoint) -> Path | None:
    """Return the folder, or the one file, of the package that a plugin is in; None if it cannot be found.

    A namespace is shared by packages of different makers, so it is the first folder in it that is one package's.
    """
    parts = point.module.split(".")
    for length in range(1, len(parts) + 1):
        try:
            spec = find_spec(".".join(parts[:length]))
        except Exception:  # whatever a stranger's import hook raises
            return None
        if spec and spec.origin:
            origin = Path(spec.origin)
            if origin.is_file():
                return origin.parent if origin.stem == "__init__" else origin
            return next((each for each in origin.parents if each.is_file()), None)  # inside an archive
    return None


def files_of(homes: Iterable[Path]) -> Iterator[str]:
    """Yield the paths of all that lies in packages or themes, or of the one file that a home is.

    What Python compiled is left out. Links are followed, but a folder that they lead to twice is seen once.
    """
    known: set[str] = set()
    for home in homes:
        if home.is_file():
            yield str(home)
        for here, folders, names in os.walk(home, followlinks=True):
            if (real := os.path.realpath(here)) in known:
                folders.clear()
                continue
            known.add(real)
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            yield from (f"{here}/{name}" for name in sorted(names))


def _contents(home: Path) -> Iterator[bytes]:
    """Yield name and bytes of each file of a package."""
    for file in map(Path, files_of([home])):
        if file.is_file():
            yield from (file.relative_to(home).as_posix().encode("utf-8", "surrogateescape"), file.read_bytes())
