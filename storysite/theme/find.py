"""Themes: where templates and a theme's own files are looked for, and how a fault in one is told."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from storysite.errors import UsageError
from storysite.problems import Problem

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
    manifest: str
    """Its theme.yaml."""


def shipped_themes() -> Path:
    """Return the folder of the themes that come with storysite: in the package, or beside it in a checkout."""
    inside = PACKAGE / "themes"
    return inside if inside.is_dir() else PACKAGE.parent / "themes"


def find_theme(site: Path, name: str) -> ThemeFolders:
    """Return the theme `name`: the site's own, else one that comes with storysite. Raises UsageError for no theme."""
    named = re.fullmatch(r"[^./\\:][^/\\:]*", name)
    homes = [home / name for home in (site / "themes", shipped_themes()) if named and (home / name).is_dir()]
    if not homes:
        known = ", ".join(theme_names(site))
        raise UsageError(
            Problem.of("theme-unknown", f'there is no theme "{name}"', f"the themes are: {known}", path="storysite.yml")
        )
    fallback = shipped_themes() / DEFAULT
    ordered = [*homes, *([fallback] if fallback not in homes else [])]
    assets = next((home / "assets" for home in ordered if (home / "assets").is_dir()), fallback / "assets")
    return ThemeFolders(
        name,
        (str(site / "templates"), *(str(home / "templates") for home in ordered), str(BUILT_IN)),
        (str(site / "templates" / "assets"), str(assets), str(BUILT_IN / "assets")),
        str(next((home / MANIFEST for home in ordered if (home / MANIFEST).is_file()), fallback / MANIFEST)),
    )


def theme_names(site: Path) -> list[str]:
    """Return the names of all themes that a site can use."""
    homes = [home for home in (site / "themes", shipped_themes()) if home.is_dir()]
    return sorted({folder.name for home in homes for folder in home.iterdir() if (folder / "templates").is_dir()})


def folders_of_theme(site: Path, theme: str) -> Sequence[str]:
    """Return where FILE of `THEME:FILE` is looked for, in order: as for a site with that theme that changes no file.

    There are no such folders if there is no such theme.
    """
    try:
        return find_theme(site, theme).folders[1:]
    except UsageError:
        return ()


def template_files(folders: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the templates by name, the first folder that has one winning; a colon in a name would tell of a theme."""
    seen: set[str] = set()
    for folder in map(Path, folders):
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name not in seen and not re.search(r"(^|/)\.|~$|^assets/|:", name):
                seen.add(name)
                yield name, file
