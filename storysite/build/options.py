"""What is asked of a build."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class BuildOptions(Struct, frozen=True):
    """What is to be built: the site in `folder`, to `output` (by default `_site` in it), at the moment `now`."""

    folder: Path
    output: Path | None = None
    cache: Path | None = None
    """Where the cache lies, by default in the folder `.storysite` of the site."""
    now: datetime | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    clean: bool = False
    dry_run: bool = False
    allow_deletions: bool = False
    """Whether most of the stories may go at once."""
    jobs: int = 0
    """Processes, 0 for one on each processor."""
    start: str | None = None
    """How processes are started (`fork`, `spawn`), None for the system's own way."""
    patience: float | None = None
    """Seconds after which a build begins no further picture and leaves the rest to the next; None: it makes all."""

    @property
    def target(self) -> Path:
        """Where the site is to lie."""
        return self.output or self.folder / "_site"

    @property
    def affecting_output(self) -> list[object]:
        """Those of the options that decide how the site comes out."""
        return [self.base_url, self.drafts, self.future, self.strict]
