"""A theme as the plan and the engine know it: its templates, its own files, and what it makes of a site's settings."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.model.index import Index
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
    file: str = ""
    """Where it lies."""
    source: str = ""
    """What stood there when the digest was taken: this is what is rendered, whatever is saved there meanwhile."""
    other_hosts: tuple[str, ...] = ()
    """The hosts of others that a page of it, as far as its own words say, makes a browser ask for something."""


class Asset(Struct, frozen=True):
    """A file of a theme: where it lies, its URL on the site, and the digest of its bytes."""

    file: Path
    url: str
    digest: bytes
    other_hosts: tuple[str, ...] = ()
    """The hosts of others that it makes a browser ask for something."""
    way: str = ""
    """How nothing but the picture is published, if it is one, as photos.publish has it."""


class Color(Struct, frozen=True):
    """The color of one role, such as `accent`, in each scheme."""

    role: str
    light: str
    dark: str


class ThemeListing(Struct, frozen=True):
    """An extra list of stories that a theme asks for: which groups they are in, in what order, and how many."""

    groups: tuple[tuple[str, str], ...] = ()
    """Kind and slug of each group that the stories must be in."""
    order: str = "newest"
    length: int = 5
    """The most stories it has, 0 for all there are."""
    written: tuple[str, ...] = ()
    """These groups as theme.yaml names them."""
    file: str = ""
    """That file, if it is the site's own, "" if the theme comes from elsewhere."""
    line: int = 0


class ThemePage(Struct, frozen=True):
    """A page that a theme adds to a site: where it lies, its template and title, and the stories it lists."""

    url: str
    template: str
    title: str
    listing: ThemeListing = ThemeListing(length=0)
    paging: int = 0
    """Stories on each of its numbered pages, 0 for all of them on one page."""


class AddedPage(Struct, frozen=True):
    """One page of a plugin's: its address, such as `books/`, its title, and what its template receives, by name."""

    url: str
    title: str
    slices: Mapping[str, Any] = {}
    """Slices of storysite.plan.slices: what they refer to is what the page depends on."""
    summary: str = ""


class AddedPages(Struct, frozen=True):
    """One kind of page that a plugin adds: its name, template, what it is in words, and all of them for an Index."""

    name: str
    template: str
    what: str
    url: str
    """Its address as a pattern, for people to read: /books/{author}/."""
    make: Callable[[Index], Iterable[AddedPage]]
    names: tuple[str, ...] = ()
    """What the template receives beside `page` and what all pages share."""


class Design(Struct, frozen=True):
    """What a theme declares, with a site's settings: these as templates receive them, colors, listings and pages."""

    settings: Mapping[str, Any] = {}
    colors: tuple[Color, ...] = ()
    listings: Mapping[str, ThemeListing] = {}
    pages: Mapping[str, ThemePage] = {}
    """The pages of the theme's own, by the names of their page types."""
    card_fields: tuple[str, ...] = ()
    """The front matter that listings may show as `card.extra`, beside what every Card has."""


class Theme(Struct, frozen=True):
    """A theme in full: the folders in which its templates are looked for, in order, and what was read of it."""

    folders: tuple[str, ...]
    design: Design = Design()
    templates: Mapping[str, Template] = {}
    assets: Mapping[str, Asset] = {}
    added: tuple[AddedPages, ...] = ()
    """The kinds of pages that plugins add."""

    @property
    def files(self) -> tuple[tuple[str, str, str], ...]:
        """The name of each template, the file in which it lies, and what stood there."""
        return tuple((name, template.file, template.source) for name, template in self.templates.items())

    @property
    def other_hosts(self) -> frozenset[str]:
        """The hosts of others that the theme makes browsers ask for something, whatever the stories are."""
        templates = (host for template in self.templates.values() for host in template.other_hosts)
        return frozenset(templates).union(host for asset in self.assets.values() for host in asset.other_hosts)

    @property
    def digest(self) -> bytes:
        """One digest of all templates."""
        return digest_bytes(*(template.digest for template in self.templates.values()))
