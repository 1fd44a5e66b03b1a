"""The values that go into a build and come out of it: what is wanted, what there is, and what was done."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from storysite.build.inputs import BuildResult
from storysite.build.load import Archive
from storysite.errors import Problem
from storysite.model.site import Site
from storysite.model.visibility import HiddenPost
from storysite.plan.diff import Work
from storysite.plan.page import Page

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class BuildOptions(Struct, frozen=True):
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
    def affecting_output(self) -> list[object]:
        """What of it decides how the site comes out."""
        return [self.base_url, self.drafts, self.future, self.strict]


class Build(Struct):
    """A build as it was done: what it came to, the Site, and all wanted pages."""

    result: BuildResult
    site: Site
    pages: list[Page]
    output: Path
    read: int
    work: Work
    templates_digest: bytes
    """The digest of all templates."""
    written: int = 0
    deleted: int = 0

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the archive and does not stop a build."""
        return self.result.problems

    @property
    def hidden(self) -> list[HiddenPost]:
        """The posts that are not shown, each with the reason."""
        return self.result.hidden


class Survey(Struct):
    """What a site's folder holds: the Site that is shown now, the files it was made of, and what is not shown."""

    site: Site
    archive: Archive
    hidden: list[HiddenPost]
    problems: list[Problem]
