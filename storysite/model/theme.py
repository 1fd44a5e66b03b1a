"""A theme as the plan and the engine know it: its templates, its own files, and what it makes of a site's settings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.problems import Problem

ORDERS = ("newest", "oldest")


class Template(Struct, frozen=True):
    """A template of a theme: a digest of it and of all it extends or includes, and the names these use."""

    name: str
    digest: bytes
    names: frozenset[str]
    """Every name that is looked up in it, or in what it draws in."""
    needs: frozenset[str] = frozenset()
    """Those of `names` that it does not set itself: they must be given to it."""
    notes: tuple[Problem, ...] = ()
    """What in it will not always work."""


class Asset(Struct, frozen=True):
    """A file of a theme: where it lies, its URL on the site, and the digest of its bytes."""

    file: Path
    url: str
    digest: bytes


class Color(Struct, frozen=True):
    """The colour of one role, such as `accent`, in each scheme."""

    role: str
    light: str
    dark: str


class ThemeListing(Struct, frozen=True):
    """An extra list of stories that a theme asks for: which groups they are in, in what order, and how many."""

    groups: tuple[tuple[str, str], ...] = ()
    """Kind and slug of each group that the stories must be in."""
    order: str = "newest"
    length: int = 5


class Design(Struct, frozen=True):
    """The settings of a theme as templates receive them, its colours and its extra listings by name."""

    settings: Mapping[str, Any] = {}
    colors: tuple[Color, ...] = ()
    listings: Mapping[str, ThemeListing] = {}


class Theme(Struct, frozen=True):
    """A theme in full: the folders in which its templates are looked for, in order, and what was read of it."""

    folders: tuple[str, ...]
    design: Design = Design()
    templates: Mapping[str, Template] = {}
    assets: Mapping[str, Asset] = {}

    @property
    def digest(self) -> bytes:
        """One digest of all templates."""
        return digest_bytes(*(template.digest for template in self.templates.values()))
