"""What is to be said of the computer: its Python, the libraries, and its clock beside the site's."""

import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, distribution
from zoneinfo import ZoneInfo

from msgspec import Struct

from storysite.publish.finding import Finding, Level, fine, guide
from storysite.versions import installed

OLDEST = (3, 11)
NEWEST = (3, 14)
"""The Pythons that storysite is tested with: the first and the last."""
CARED_FOR: Mapping[tuple[int, int], date] = {
    (3, 11): date(2027, 10, 31),
    (3, 12): date(2028, 10, 31),
    (3, 13): date(2029, 10, 31),
    (3, 14): date(2030, 10, 31),
}
"""Until when each gets fixes for security holes (devguide.python.org/versions)."""
HALF_A_YEAR = timedelta(days=182)
GET_PYTHON = "https://www.python.org/downloads/"
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*)(?:;(.*))?")
_BOUND = re.compile(r"(>=|<|==|!=|<=|>|~=)\s*([\w.]+)")


class Computer(Struct, frozen=True):
    """The program and what it runs on, as far as others may know."""

    python: tuple[int, int, int]
    bits: int
    system: str
    today: date

    @property
    def words(self) -> str:
        """The same in a line of text."""
        return f"Python {'.'.join(map(str, self.python))}, {self.bits} bit, {self.system}"


class Library(Struct, frozen=True):
    """A library that storysite needs: the versions it may have, and the one that is there, "absent" if none is."""

    name: str
    bounds: str
    found: str
    optional: bool = False
    """Whether it is for some computers only."""


def this_computer(today: date) -> Computer:
    """Return what this process runs on."""
    bits = 64 if sys.maxsize > 2**32 else 32
    system = f"{platform.system() or 'unknown system'} {platform.release()}".strip()
    return Computer(sys.version_info[:3], bits, system, today)


def needed_libraries() -> list[Library]:
    """Return the libraries that the installed storysite asks for; none where it runs without being installed."""
    try:
        lines = distribution("storysite").requires or []
    except PackageNotFoundError:
        return []
    found = []
    for line in lines:
        match = _REQUIREMENT.match(line)
        if match and "extra" not in (match[3] or ""):
            name = match[1]
            found.append(Library(name, match[2].strip(" ()"), installed(name), optional=bool(match[3])))
    return found


def python_findings(computer: Computer) -> Iterator[Finding]:
    """Yield what is to be said of the Python that runs storysite."""
    version = computer.python[:2]
    said = f"Python {version[0]}.{version[1]}"
    if version < OLDEST:
        what = f"{said} is too old: storysite needs Python {OLDEST[0]}.{OLDEST[1]} or newer."
        yield Finding(Level.WRONG, "Python", what, "Install a newer Python, then storysite again.", GET_PYTHON)
    elif (3, 11, 0) <= computer.python < (3, 11, 5):
        what = "Python 3.11.0 to 3.11.4 have a bug in how they search texts, which storysite works around."
        yield Finding(Level.KNOW, "Python", what, "Install a newer Python when you can.", GET_PYTHON)
    elif version > NEWEST:
        what = f"{said} is newer than any that this storysite was tested with."
        yield Finding(Level.KNOW, "Python", what, "Upgrade storysite if something looks odd.", guide("getting-started"))
    elif (end := CARED_FOR.get(version)) and computer.today > end:
        what = f"{said} gets no more fixes since {end:%B} {end.year}."
        yield Finding(Level.KNOW, "Python", what, "Install a newer Python, then storysite again.", GET_PYTHON)
    else:
        yield fine("Python", f"{said} is supported.")
    if computer.bits < 64:
        what = "This is a 32-bit Python, for which some libraries, such as the search, do not exist."
        yield Finding(Level.KNOW, "Python", what, "Install the 64-bit edition of Python.", GET_PYTHON)


def library_findings(libraries: Iterable[Library]) -> Iterator[Finding]:
    """Yield what is to be said of libraries that are missing, or older or newer than storysite knows."""
    libraries = list(libraries)
    wrong = False
    for each in libraries:
        if each.found == "absent":
            if each.optional:
                continue
            what = f"The library {each.name} is missing."
        elif not _within(each.found, each.bounds):
            what = f"The library {each.name} is of version {each.found}, and storysite needs {each.bounds}."
        else:
            continue
        wrong = True
        yield Finding(Level.WRONG, "Libraries", what, "Install storysite again.", guide("getting-started"))
    if libraries and not wrong:
        yield fine("Libraries", f"All {len(libraries)} libraries are of versions that fit.")


def offsets_here(now: datetime) -> tuple[timedelta, timedelta]:
    """Return how far the clock of this computer is ahead of UTC, `now` and half a year later."""
    return _offset(now.astimezone()), _offset((now + HALF_A_YEAR).astimezone())


def clock_findings(
    zone: str, now: datetime, here: tuple[timedelta, timedelta], *, written: bool = True
) -> Iterator[Finding]:
    """Yield what is to be said of the site's time zone beside the clock of the computer, as offsets_here has it.

    They agree if they are at one now and half a year later. A computer on UTC is somebody else's, such as one in the
    cloud, and tells nothing. `written` says whether the settings name a zone.
    """
    there = ZoneInfo(zone)
    if not written:
        what = "The settings name no time zone, so a day begins and ends as in Greenwich."
        fix = "Add a line such as timezone: America/Chicago to storysite.yml."
        yield Finding(Level.KNOW, "Time zone", what, fix, guide("settings"))
    elif any(here) and here != (_offset(now.astimezone(there)), _offset((now + HALF_A_YEAR).astimezone(there))):
        what = "The site's time zone is not that of this computer, so a post may appear at another hour than here."
        fix = "If the school is where this computer is, change timezone: in storysite.yml."
        yield Finding(Level.KNOW, "Time zone", what, fix, guide("settings"), (f"timezone: {zone}",))
    else:
        yield fine("Time zone", "The site has a time zone.")


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _within(found: str, bounds: str) -> bool:
    return all(_holds(_numbers(found), sign, _numbers(bound)) for sign, bound in _BOUND.findall(bounds))


def _holds(found: tuple[int, ...], sign: str, bound: tuple[int, ...]) -> bool:
    if sign == ">=":
        return found >= bound
    if sign == "<":
        return found < bound
    return True  # storysite bounds its libraries by these two alone


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", re.split(r"[a-z+-]", version, maxsplit=1)[0])]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
