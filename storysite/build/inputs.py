"""The inputs of a build: every file it may look at, and one digest of these, settings, options and storysite itself."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from msgspec import Struct

from storysite.cache.engine_digest import engine_digest
from storysite.digest import digest, digest_bytes, path_text
from storysite.model.config import FILE
from storysite.plugins.load import files_of, installed_plugins, plugin_home
from storysite.source.scan import RACY, Scan, scan
from storysite.theme.find import BUILT_IN, shipped_themes
from storysite.theme.installed import installed_themes


class Inputs(Struct, frozen=True):
    """The files a build looks at, and one digest of these and of everything else that decides its result."""

    found: Scan
    digest: bytes
    settled: bool
    """Whether no file was changed just before it was looked at."""
    templates: Mapping[str, tuple[int, int]] = {}
    """The site's own templates, themes and settings, by path below its folder, with their times and sizes."""
    installed: Mapping[str, Path] = {}
    """The folders of the themes and plugins that are installed as packages."""


def snapshot_inputs(
    folder: Path, options: object, before: Inputs | None = None, changed_paths: Iterable[str] = ()
) -> Inputs:
    """Return what there is to look at for a build: files, themes, settings, options and storysite itself.

    With earlier Inputs, only the folders of `changed_paths` are looked at again (scan() explains).
    """
    found = scan(folder, before.found if before else None, changed_paths)
    installed = before.installed if before else {**_plugin_homes(), **installed_themes()}
    homes = [folder / "templates", folder / "themes", shipped_themes(), BUILT_IN, *installed.values()]
    themes = list(_seen(files_of(homes)))
    times = chain((file.mtime for file in chain(found.posts, found.files, found.data)), (time for _, time, _ in themes))
    folders = {here: entries.digest for here, entries in found.folders_seen.items()}
    packages = {name: path_text(home) for name, home in installed.items()}
    seen = [folders, found.problems, themes, packages, options]
    settled = max(times, default=0) < found.began - RACY
    own = _own_files(folder, themes)
    return Inputs(found, digest_bytes(engine_digest(), digest(seen), _settings(folder)), settled, own, installed)


def _own_files(folder: Path, themes: Iterable[tuple[str, int, int]]) -> dict[str, tuple[int, int]]:
    """Return what a person may save of the settings and of themes in the site's folder."""
    above = path_text(folder) + os.sep
    files = ((path.removeprefix(above).replace(os.sep, "/"), time, size) for path, time, size in themes)
    settings = ((FILE, time, size) for _, time, size in _seen([str(folder / FILE)]))
    own = ("templates/", "themes/")
    return {path: (time, size) for path, time, size in chain(files, settings) if path.startswith(own) or path == FILE}


def _plugin_homes() -> dict[str, Path]:
    homes = {name: plugin_home(point) for name, point in installed_plugins().items()}
    return {f"plugin {name}": home for name, home in homes.items() if home}


def _settings(folder: Path) -> bytes:
    try:
        return (folder / FILE).read_bytes()
    except OSError:
        return b""


def _seen(paths: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Yield path, time and size of each file that is there."""
    for path in paths:
        with suppress(OSError):
            stat = os.stat(path)
            yield path_text(path), stat.st_mtime_ns, stat.st_size
