"""Themes in installed packages: found by their entry points, without running any of their code."""

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

GROUP = "storysite.themes"
"""The group of entry points by which a package says that it is a theme: the theme's name, and the package."""


def installed_themes() -> dict[str, Path]:
    """Return the folder of each theme that is installed, by the theme's name."""
    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return {point.name: folder for point in points if (folder := _folder_of(point.value))}


def _folder_of(package: str) -> Path | None:
    """Return the folder of a package, None if it is not there or has no templates."""
    top, *parts = package.partition(":")[0].strip().split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return None
    places = (spec.submodule_search_locations or ()) if spec else ()
    folders = (Path(place, *parts) for place in places)
    return next((folder for folder in folders if (folder / "templates").is_dir()), None)
