"""The plugins that are installed, and those that a site asks for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.errors import BadValue, did_you_mean
from storysite.plugins import Plugin
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


@lru_cache(maxsize=64)  # as long as a process lives, it runs what it has loaded
def _load(name: str) -> LoadedPlugin:
    point = installed_plugins().get(name)
    if point is None:
        points = installed_plugins()
        near = did_you_mean(name, points)
        hint = f"did you mean {near}?" if near else "install the package it is in"
        raise BadValue(f'there is no plugin "{name}"', hint)
    package = point.dist and point.dist.name  # a package that was not installed properly may have no name
    version = installed(package) if package else ""
    known = digest_bytes(name.encode(), version.encode(), *_contents(plugin_home(point)))
    hint = "ask the people who wrote it, or take it out of the list"
    try:
        plugin = point.load()
    except (Exception, SystemExit) as error:  # whatever a stranger's module does when it is imported
        raise BadValue(f'the plugin "{name}" cannot be loaded: {type(error).__name__}: {error}', hint) from error
    if not isinstance(plugin, Plugin):
        raise BadValue(f'"{name}" is not a plugin: {point.value} has to be a storysite.plugins.Plugin', hint)
    return LoadedPlugin(plugin, known)


def plugin_home(point: EntryPoint) -> Path | None:
    """Return the folder, or the one file, of the package that a plugin is in; None if it cannot be found."""
    try:
        spec = find_spec(point.module.partition(".")[0])
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.origin:
        return None
    origin = Path(spec.origin)
    return origin.parent if origin.name == "__init__.py" else origin


def _contents(home: Path | None) -> Iterator[bytes]:
    """Yield name and bytes of each file of a package, but of what Python compiled."""
    for file in sorted(home.rglob("*") if home and home.is_dir() else filter(None, [home])):
        if file.is_file() and file.suffix != ".pyc":
            yield from (file.name.encode(), file.read_bytes())
