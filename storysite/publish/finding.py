"""A finding of the doctor: one sentence, one way to fix it, one place to read or to do it."""

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct


class Level(IntEnum):
    """How much a finding matters: what is wrong keeps stories from readers, or will; the rest is good to know."""

    FINE = 0
    KNOW = 1
    WRONG = 2


class Finding(Struct, frozen=True):
    """What was found out about one `subject`.

    `what` is one sentence that may stand in a public bug report: no title, no name of a person, a file, a branch or a
    repository is in it. `seen` has these, and `fix` may; a report leaves both out.
    """

    level: Level
    subject: str
    what: str
    fix: str = ""
    link: str = ""
    """An address on the web, or a page of the guide."""
    seen: tuple[str, ...] = ()


def fine(subject: str, what: str) -> Finding:
    """Return a finding of something that is as it should be."""
    return Finding(Level.FINE, subject, what)


def guide(page: str) -> str:
    """Return where in the guide to read on."""
    return f"the guide: {page}"


def worst(findings: Iterable[Finding]) -> Level:
    """Return the level of the gravest finding."""
    return max((finding.level for finding in findings), default=Level.FINE)
