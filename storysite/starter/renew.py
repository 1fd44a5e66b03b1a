"""Which of the files that a site carries for storysite differ from the newest, and puts those in their place.

A file that is as storysite wrote it may be replaced. One that somebody changed is theirs: what to do with it is asked.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from pathlib import Path

from msgspec import Struct

from storysite import __version__
from storysite.errors import UsageError
from storysite.problems import Problem
from storysite.starter.contents import files_of_new, workflow_facts
from storysite.starter.program import NAME, program
from storysite.starter.record import (
    BEFORE_RECORDS,
    RECORD,
    TOOL,
    Record,
    digest_of,
    is_carried,
    read_record,
    record_bytes,
)
from storysite.starter.start import write_starter


class State(Enum):
    """How a file that a site carries compares with the newest."""

    SAME = "up to date"
    OLD = "older, and as storysite wrote it"
    CHANGED = "changed by hand"
    MISSING = "missing"


class Carried(Struct, frozen=True):
    """A file that a site carries, as it is and as this storysite would write it."""

    path: str
    state: State
    old: bytes | None
    """What is there, None if nothing is."""
    new: bytes | None
    """What would be in its place, None if nothing would: an older wheel goes."""
    is_offered: bool
    """Whether there is something newer than what storysite wrote here before; a change by hand alone is no reason."""
    is_new: bool = False
    """Whether no storysite is known to have written it here before."""

    @property
    def is_theirs(self) -> bool:
        """Whether to ask before it is touched: somebody changed it, or nobody knows, or somebody took it away."""
        return self.state is State.CHANGED or (self.state is State.MISSING and not self.is_new)

    @property
    def is_text(self) -> bool:
        """Whether people can read what differs."""
        return not self.path.endswith(".whl")


def what_differs(folder: Path, *, today: date) -> list[Carried]:
    """Return each file that a site carries for storysite, by path, and how it compares with the newest.

    A site that was begun before there was a record is compared with what storysite wrote then; whatever is neither that
    nor the newest may have been changed. Raises UsageError if the program is not whole, and OSError.
    """
    record = read_record(folder)
    newest = carried_files(folder, today)
    wheels = {f"{TOOL}/{file.name}" for file in (folder / TOOL).glob(f"{NAME}-*.whl")}
    known = [path for path in record.files if _may_be_ours(path)] if record else []
    return [_compared(folder, path, newest.get(path), record) for path in sorted({*newest, *wheels, *known})]


def carried_files(folder: Path, today: date) -> dict[str, bytes]:
    """Return the files that this storysite would write for a site and may renew, the program among them, by path.

    They fit its settings: the hours of publishing are those of its time zone. Raises what what_differs() does.
    """
    files = files_of_new(workflow_facts(folder, today))
    wheel, data = program()
    return {**{path: text for path, text in files.items() if is_carried(path)}, f"{TOOL}/{wheel}": data}


def _may_be_ours(path: str) -> bool:
    """Return whether a path of the record, which anybody may have written, is one that storysite might have."""
    return is_carried(path) and ".." not in path and re.fullmatch(r"[\w./-]+", path) is not None


def _compared(folder: Path, path: str, new: bytes | None, record: Record | None) -> Carried:
    """Return how one file compares: with the newest, and with what was written here."""
    try:
        old = (folder / path).read_bytes()
    except FileNotFoundError:
        old = None
    wanted = None if new is None else digest_of(path, new)
    found = None if old is None else digest_of(path, old)
    written = record.files.get(path) if record else found if found in BEFORE_RECORDS else None
    if found == wanted:
        state = State.SAME
    elif found is None:
        state = State.MISSING
    else:
        state = State.OLD if found == written else State.CHANGED
    is_offered = written != wanted or new is None  # two programs in one site, and pip installs neither
    return Carried(path, state, old, new, state is not State.SAME and is_offered, written is None)


def refuse_older(folder: Path) -> None:
    """Raise UsageError if a newer storysite than this one wrote what the site carries."""
    record = read_record(folder)
    if record and _numbers(record.storysite) > _numbers(__version__):
        what = f"this site carries storysite {record.storysite}, and the one you are running is older: {__version__}"
        hint = f"install the one in {TOOL}/ first: pipx install --force, and the name of the .whl file"
        raise UsageError(Problem.of("upgrade-older", what, hint, path=TOOL))


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:4]]


def renew(folder: Path, found: Iterable[Carried], chosen: Iterable[Carried]) -> None:
    """Put the newest in the place of the `chosen` files of those that were `found`, and note what was written.

    The program comes first and an older one goes last, so that at each moment the site has one. Raises OSError.
    """
    record = read_record(folder)
    digests = dict(record.files) if record else {}
    for each in found:
        if each.state is State.SAME:
            _note(digests, each)
    for each in sorted(chosen, key=lambda each: (each.new is None, not each.path.startswith(f"{TOOL}/"))):
        if each.new is None:
            (folder / each.path).unlink(missing_ok=True)
        else:
            write_starter(folder, each.path, each.new)
        _note(digests, each)
    data = record_bytes(digests)
    if record is None or data != (folder / RECORD).read_bytes():
        write_starter(folder, RECORD, data)


def _note(digests: dict[str, str], written: Carried) -> None:
    if written.new is None:
        digests.pop(written.path, None)
    else:
        digests[written.path] = digest_of(written.path, written.new)
