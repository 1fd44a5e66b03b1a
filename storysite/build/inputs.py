"""The inputs of a build: every file it may look at, and one digest of these, settings, options and storysite itself."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from msgspec import Struct

from storysite.cache.engine_digest import engine_digest
from storysite.digest import change_mark, digest, digest_bytes, path_text
from storysite.model.config import FILE
from storysite.plugins.load import files_of, installed_plugins, plugin_home
from storysite.source.scan import RACY, Scan, scan
from storysite.theme.find import BUILT_IN, places_of, shipped_themes
from storysite.theme.installed import installed_themes
from storysite.theme.places import files_below


class Inputs(Struct, frozen=True):
    """The files a build looks at, and one digest of these and of everything else that decides its result."""

    found: Scan
    digest: bytes
    settled: bool
    """Whether no file was changed just before it was looked at."""
    templates: Mapping[str, tuple[int, ...]] = {}
    """The site's own templates, themes and settings, by path below its folder, with their times, sizes and marks."""
    installed: Mapping[str, Path] = {}
    """The folders of the themes that are installed as packages."""
    plugins: Mapping[str, Path] = {}
    """Those of plugins."""


def snapshot_inputs(
    folder: Path, options: object, before: Inputs | None = None, changed_paths: Iterable[str] = ()
) -> Inputs:
    """Return what there is to look at for a build: files, themes, settings, options and storysite itself.

    With earlier Inputs, only the folders of `changed_paths` are looked at again (scan() explains).
    """
    found = scan(folder, before.found if before else None, changed_paths)
    installed = before.installed if before else installed_themes()
    plugins = before.plugins if before else _plugin_homes()
    own = chain([str(folder / FILE)], _theme_files(folder, installed))
    themes = list(_seen(chain(own, files_of(plugins.values()))))
    times = chain(
        (file.mtime for file in chain(found.posts, found.files, found.data)), (time for _, time, *_ in themes)
    )
    folders = {here: entries.digest for here, entries in found.folders_seen.items()}
    packages = [[(name, path_text(home)) for name, home in each.items()] for each in (installed, plugins)]
    seen = [folders, found.problems, themes, packages, options]
    settled = max(times, default=0) < found.began - RACY
    made = digest_bytes(engine_digest(), digest(seen), _settings(folder))
    return Inputs(found, made, settled, _own_files(folder, themes), installed, plugins)


def _theme_files(folder: Path, installed: Mapping[str, Path]) -> Iterator[str]:
    """Yield all that themes can be read from, and the links among it that nobody follows."""
    places = places_of(folder, installed)
    homes = [folder / "templates", folder / "themes", shipped_themes(), BUILT_IN, *installed.values()]
    return (file.path for home in homes for file in files_below(home, places))


def _own_files(folder: Path, seen: Iterable[tuple[str, int, int, int]]) -> dict[str, tuple[int, ...]]:
    """Return what a person may save of the settings and of themes in the site's folder."""
    above, own = path_text(folder) + os.sep, ("templates/", "themes/", FILE)
    files = {path.removeprefix(above).replace(os.sep, "/"): tuple(state) for path, *state in seen}
    return {path: state for path, state in files.items() if path.startswith(own)}


def _plugin_homes() -> dict[str, Path]:
    homes = {name: plugin_home(point) for name, point in installed_plugins().items()}
    return {name: home for name, home in homes.items() if home}


def _settings(folder: Path) -> bytes:
    try:
        return (folder / FILE).read_bytes()
    except OSError:
        return b""


def _seen(paths: Iterable[str]) -> Iterator[tuple[str, int, int, int]]:
    """Yield path, time, size and mark of each file that is there."""
    for path in paths:
        with suppress(OSError):
            stat = os.stat(path)
            yield path_text(path), stat.st_mtime_ns, stat.st_size, change_mark(stat)
