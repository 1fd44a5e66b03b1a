"""What other packages may add to storysite: pure functions by name, and steps after a build. Nothing is ever patched.

A package names a Plugin by an entry point of the group `storysite.plugins`; a site asks for it by that name in its
settings. There are no events and there is no site to change: a filter, a reader and a page are functions of what they
are given, so that name, version and files of the package in every key are enough for incremental to equal clean.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from storysite.model.site import Site
from storysite.model.theme import AddedPages
from storysite.problems import Problem

SEARCH = "pagefind"
"""The folder of the step that comes with storysite."""


class Step(Struct, frozen=True):
    """What is made of the finished pages, such as a search index, in a folder of the output that is its own.

    `make(pages, into)` reads the output and writes what it makes into the empty folder `into`; where it returns
    problems, nothing of that is used. It need not make the same bytes twice, and no build compares them.
    """

    name: str
    place: str
    """The folder below the output."""
    make: Callable[[Path, Path], Sequence[Problem]]
    is_wanted: Callable[[Path], bool] = lambda _: True
    """Whether these pages need it."""
    code: str = "plugin-failed"
    """What a problem with it is filed under."""
    version: str = ""
    """Another one has it made again."""


class Plugin(Struct, frozen=True):
    """All that a package adds, each by the name under which it is used."""

    filters: Mapping[str, Callable[..., object]] = {}
    """Functions of values that templates may use as filters."""
    keys: Mapping[str, Callable[[object], object]] = {}
    """Front-matter keys, each with what reads it: a plain value, or BadValue, which becomes a warning at its line."""
    pages: tuple[AddedPages, ...] = ()
    """Kinds of pages."""
    rules: tuple[Callable[[Site], Iterable[Problem]], ...] = ()
    """What is looked for in every site; problems of the code `plugin-rule`."""
    commands: Mapping[str, str] = {}
    """Commands as `package.module:name`, each a command of Click; they are there in every folder."""
    steps: tuple[Step, ...] = ()
    """What is made after a build."""
    templates: Path | None = None
    """A folder of templates, asked after those of the site and its theme."""
