"""Copies of a theme, whole or one file of it, for a site to change; never over a file that is there."""

import os
import re
from pathlib import Path

from storysite.errors import UsageError, did_you_mean
from storysite.new_files import new_folder, write_new
from storysite.problems import Problem
from storysite.theme.find import (
    BUILT_IN,
    DEFAULT,
    ThemeFolders,
    files_of,
    folders_of_theme,
    shipped_themes,
    template_files,
)


def ejectable(theme: ThemeFolders) -> dict[str, Path]:
    """Return the files of a theme that a site can replace, by the names they have in templates/."""
    found: dict[str, Path] = {}
    homes = [(Path(home), "") for home in theme.folders[1:]] + [(Path(home), "assets/") for home in theme.assets[1:]]
    for home, prefix in homes:
        for name, file in files_of(home, theme.places):
            found.setdefault(prefix + name, file)
    return dict(sorted(found.items(), key=lambda item: (BUILT_IN in item[1].parents, item[0])))


def eject_file(site: Path, theme: ThemeFolders, name: str) -> Path:
    """Copy one file of the theme to templates/ and return it. Raises UsageError if it cannot be.

    `name` may name another theme, as in `gazette:post.html`.
    """
    other, _, file = name.rpartition(":")
    files = dict(template_files(folders_of_theme(site, other), theme.places)) if other else ejectable(theme)
    if file not in files:
        near = did_you_mean(file, files)
        hint = f"did you mean {near}?" if near else "storysite theme list shows them all"
        raise UsageError(Problem.of("theme-file", f'the theme {other or theme.name} has no file "{file}"', hint))
    target = site / "templates" / file
    try:
        write_new(target, files[file].read_bytes())
    except FileExistsError:
        what = "you already have this file; it was left unchanged"
        raise UsageError(Problem.of("theme-file-exists", what, path=f"templates/{file}")) from None
    return target


def start_theme(site: Path, name: str) -> Path:
    """Copy the default theme to themes/NAME and return its folder. Raises UsageError if the name cannot be used."""
    if not re.fullmatch(r"[\w-]+", name):
        raise UsageError(
            Problem.of("theme-name", f'"{name}" cannot be the name of a theme', "use letters, digits and hyphens")
        )
    folder = site / "themes" / name
    if folder.exists() or name == DEFAULT:
        raise UsageError(
            Problem.of(
                "theme-exists", "a theme with this name already exists", "choose another name", path=f"themes/{name}"
            )
        )
    with new_folder(folder) as unfinished:
        home = shipped_themes() / DEFAULT
        for copied, file in files_of(home, [os.path.realpath(home)]):
            write_new(unfinished / copied, file.read_bytes())
    return folder
