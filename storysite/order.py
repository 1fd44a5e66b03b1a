"""The values that go into a build and come out of it: what is wanted, what there is, and what was done."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from storysite.errors import Problem
from storysite.gather import Archive
from storysite.model.shown import Unseen
from storysite.model.site import Site
from storysite.outcome import Outcome
from storysite.plan.diff import Work
from storysite.plan.page import Page

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class Order(Struct, frozen=True):
    """What is to be built: the site in `folder`, to `output` (by default `_site` in it), at the moment `now`."""

    folder: Path
    output: Path | None = None
    cache: Path | None = None
    """Where the memory of earlier builds lies, by default `.storysite` in the folder."""
    now: datetime | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    clean: bool = False
    dry_run: bool = False
    jobs: int = 0
    """Processes, 0 for one on each processor."""
    start: str | None = None
    """How processes are started (`fork`, `spawn`), None for the system's own way."""

    @property
    def target(self) -> Path:
        """Where the site is to lie."""
        return self.output or self.folder / "_site"

    @property
    def options(self) -> list[object]:
        """What of it decides how the site comes out."""
        return [self.base_url, self.drafts, self.future, self.strict]


class Report(Struct):
    """A build as it was done: what it came to, the Site, and all wanted pages."""

    outcome: Outcome
    site: Site
    pages: list[Page]
    output: Path
    read: int
    work: Work
    seal: bytes
    """The digest of all templates."""
    written: int = 0
    deleted: int = 0

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the archive and does not stop a build."""
        return self.outcome.problems

    @property
    def unseen(self) -> list[Unseen]:
        """The posts that are not shown, each with the reason."""
        return self.outcome.unseen


class Survey(Struct):
    """What a site's folder holds: the Site that is shown now, the files it was made of, and what is not shown."""

    site: Site
    archive: Archive
    unseen: list[Unseen]
    problems: list[Problem]
