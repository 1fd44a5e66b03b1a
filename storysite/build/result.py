"""What a build came to: a BuildResult in plain values, which can be stored, and the Build with the site itself."""

from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from storysite.build.weight import Weight
from storysite.model.site import Site
from storysite.model.visibility import HiddenPost
from storysite.plan.diff import Work
from storysite.plan.plan import Plan
from storysite.problems import Problem


class BuildResult(Struct, frozen=True):
    """What a build came to; `since` and `until` are the moments between which it stays true."""

    posts: int
    pages: int
    problems: list[Problem]
    hidden: list[HiddenPost]
    since: datetime
    until: datetime
    made: list[tuple[str, str]] = []
    """The address of each page that was made, and the reason."""
    gone: list[str] = []
    """The files that were deleted."""
    written: int = 0
    seconds: dict[str, float] = {}
    """The seconds of each stage."""
    extensions: tuple[str, ...] = ()
    """The Markdown extensions of the site's own, and what they were."""
    extensions_digest: bytes = b""
    plugins: tuple[str, ...] = ()
    """The plugins that the site asks for, and what they were."""
    plugins_digest: bytes = b""
    edition: bytes = b""
    """What stands for the HTML of the output: the search index is made again when it is another.

    Builds that follow others in one process, which make no index, leave it empty.
    """
    unlisted: int = 0
    """How many posts and pages have an address and stand in no list."""
    weight: Weight = Weight()
    """What the output weighs; not known where `edition` is not."""
    first: date | None = None
    """The day of the first story."""
    goodwill: str = ""
    """The goodwill ledger in a sentence, "" for a site without stories."""


class Build(Struct, frozen=True):
    """A build as it was done: its result, the Site, the Plan, and the Work that was done of it."""

    result: BuildResult
    site: Site
    plan: Plan
    output: Path
    read: int
    """How many posts were read; all others were known."""
    work: Work
    deleted: int = 0
    left: int = 0
    """How many pictures were left for later builds, for want of patience."""

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the archive and does not stop a build."""
        return self.result.problems

    @property
    def hidden(self) -> list[HiddenPost]:
        """The posts that are not shown, each with the reason."""
        return self.result.hidden

    @property
    def written(self) -> int:
        """How many files of the output were written."""
        return self.result.written
