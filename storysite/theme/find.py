"""Themes: where templates and a theme's own files are looked for, and how a fault in one is told."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from storysite.errors import ProblemsFound, StorysiteError, UsageError
from storysite.front_matter.yaml import FrontMatterError, read_any
from storysite.model.leftovers import is_leftover, is_sayable
from storysite.problems import Problem
from storysite.theme.faults import shown_path
from storysite.theme.installed import installed_themes
from storysite.theme.places import ThemeFile, files_below, is_in, outside, places_in

PACKAGE = Path(__file__).resolve().parent.parent
BUILT_IN = PACKAGE / "theme" / "builtin"
"""Feeds, sitemap and redirects, and the script of the search: a theme may replace them and seldom should."""
DEFAULT = "default"
MANIFEST = "theme.yaml"
"""What a theme declares; one that has none is taken to be like the default theme."""


class ThemeFolders(Struct, frozen=True):
    """The folders of a theme, in the order in which they are searched."""

    name: str
    folders: tuple[str, ...]
    assets: tuple[str, ...]
    manifests: tuple[str, ...]
    """Its theme.yaml, and that of each theme it extends, the nearest first."""
    places: tuple[str, ...] = ()
    """Where files of themes may lie; links that lead elsewhere are not followed."""


def places_of(site: Path, installed: Mapping[str, Path]) -> tuple[str, ...]:
    """Return where files of the themes of a site may lie: in its own, in those that come with storysite, and these."""
    return places_in(site, (shipped_themes(), BUILT_IN, *installed.values()))


def shipped_themes() -> Path:
    """Return the folder of the themes that come with storysite: in the package, or beside it in a checkout."""
    inside = PACKAGE / "themes"
    return inside if inside.is_dir() else PACKAGE.parent / "themes"


def find_theme(site: Path, name: str) -> ThemeFolders:
    """Return the theme `name`: the site's own, else one that comes with storysite, else one that is installed.

    Raises UsageError if there is no such theme, ProblemsFound if it extends one that is not there, or itself, or if it
    is a link to a place outside all themes.
    """
    fallback = shipped_themes() / DEFAULT
    places = places_of(site, installed_themes())
    ordered: list[Path] = []
    manifests: list[str] = []
    for homes in _extended_homes(site, name, places):
        ordered += homes
        manifests.append(
            str(next((home / MANIFEST for home in homes if (home / MANIFEST).is_file()), fallback / MANIFEST))
        )
    ordered += [fallback] if fallback not in ordered else []
    assets = next((home / "assets" for home in ordered if os.path.lexists(home / "assets")), fallback / "assets")
    found = ThemeFolders(
        name,
        (str(site / "templates"), *(str(home / "templates") for home in ordered), str(BUILT_IN)),
        (str(site / "templates" / "assets"), str(assets), str(BUILT_IN / "assets")),
        tuple(manifests),
        places,
    )
    files = (file for folder in (*found.folders, *found.assets) for file in _files(folder, places))
    if links := dict.fromkeys(file.path for file in files if file.is_outside):
        raise ProblemsFound(outside(link, site) for link in links)
    return found


def _extended_homes(site: Path, name: str, places: Sequence[str]) -> Iterator[list[Path]]:
    """Yield the folders of a theme, and of each that it extends by its theme.yaml."""
    seen: list[str] = []
    file: Path | None = None
    while True:
        homes = _homes(site, name)
        if not homes or name in seen:
            raise _unusable(site, file, seen, name)
        if links := [path for home in homes for path in (home, home / MANIFEST) if not is_in(places, path)]:
            raise ProblemsFound(outside(str(links[0]), site))
        yield homes
        seen.append(name)
        file = next((home / MANIFEST for home in homes if (home / MANIFEST).is_file()), None)
        if not file or not (name := _extends(file)):
            return


def _unusable(site: Path, file: Path | None, seen: Sequence[str], name: str) -> StorysiteError:
    """Return the error for a theme that is not there, or that extends itself; `file` is the theme.yaml that says so."""
    hint = f"the themes are: {', '.join(theme_names(site))}"
    if not file:
        return UsageError(Problem.of("theme-unknown", f'there is no theme "{name}"', hint, path="storysite.yml"))
    what = f'it extends "{name}", but there is no such theme'
    if name in seen:
        what = f"it extends itself ({' → '.join([*seen, name])})"
        hint = "make it extend another theme, or delete the line"
    return ProblemsFound(
        Problem.of("theme-manifest", f"this theme cannot be used: {what}", hint, path=shown_path(file, site))
    )


def _extends(file: Path) -> str:
    """Return the name of the theme that a theme.yaml extends, "" for none and where the file cannot be read."""
    try:
        text = file.read_text("utf-8-sig")
        found = read_any(text) if "extends" in text else {}
    except (OSError, UnicodeDecodeError, FrontMatterError):
        return ""
    return str(found.get("extends", "")).strip() if isinstance(found, dict) else ""


def _homes(site: Path, name: str) -> list[Path]:
    """Return the folders of the theme `name` itself, in order: the site's own, and that which comes with storysite.

    Where none of that name does, it is an installed one, by its name or by that of its package.
    """
    if not re.fullmatch(r"[^./\\:][^/\\:]*", name):
        return []
    other: Path | None = shipped_themes() / name
    if other and not other.is_dir():
        installed = installed_themes()
        other = installed.get(name) or next((home for home in installed.values() if home.name == name), None)
    return [home for home in (site / "themes" / name, other) if home and home.is_dir()]


def theme_names(site: Path) -> list[str]:
    """Return the names of all themes that a site can use."""
    homes = [home for home in (site / "themes", shipped_themes()) if home.is_dir()]
    folders = {folder.name for home in homes for folder in home.iterdir() if (folder / "templates").is_dir()}
    return sorted(folders | installed_themes().keys())


def folders_of_theme(site: Path, theme: str) -> Sequence[str]:
    """Return where FILE of `THEME:FILE` is looked for, in order: as for a site with that theme that changes no file.

    There are no such folders if there is no such theme. Raises ProblemsFound for links that lead out of all themes.
    """
    try:
        return find_theme(site, theme).folders[1:]
    except (UsageError, ProblemsFound) as error:
        if any(problem.code == "link-outside" for problem in error.problems):
            raise
        return ()


def files_of(folder: Path | str, places: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files of a theme's folder by name, in order, but what systems and editors leave in every folder.

    What is named in no encoding that we know, no page can name either. What does not lie in `places` is none.
    """
    return ((file.name, Path(file.path)) for file in _files(folder, places) if not file.is_outside)


def template_files(folders: Sequence[str], places: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the templates by name, the first folder that has one winning; a colon in a name would tell of a theme."""
    seen: set[str] = set()
    for folder in folders:
        for name, file in files_of(folder, places):
            if name not in seen and ":" not in name and not name.startswith("assets/"):
                seen.add(name)
                yield name, file


def _files(folder: Path | str, places: Sequence[str]) -> Iterator[ThemeFile]:
    for file in files_below(folder, places):
        if not any(map(is_leftover, file.name.split("/"))) and is_sayable(file.name):
            yield file
