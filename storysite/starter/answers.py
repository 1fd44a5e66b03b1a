"""What somebody tells of a new site, as settings can have it; whatever cannot be meant is explained."""

import re
from zoneinfo import available_timezones

from msgspec import Struct

from storysite.errors import BadValue, did_you_mean, one_line
from storysite.i18n import has_interface, interface_languages
from storysite.i18n.languages import own_name, read_language
from storysite.i18n.weekdays import weekdays
from storysite.source.settings import READERS
from storysite.starter.phrases import phrases
from storysite.starter.remote import HOST, Remote

EDITORS = ("pages-cms", "sveltia", "none")
"""Editors in the browser that a new site has forms for."""
LONGEST = 500
"""The letters that an answer may have. No school has a longer name; it is what a slip of the mouse pastes."""
_NOTHING = {"", "-", "no", "none", "nothing", "not yet", "not known yet"}
_OWNER, _NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})", r"[A-Za-z0-9._-]{1,100}"
_REPOSITORY = re.compile(rf"({_OWNER})/({_NAME}?)(?:\.git)?/?")
_AT_GITHUB = re.compile(
    rf"(?:https?://|git@|ssh://git@)?(?:www\.)?github\.com[/:]({_OWNER})/({_NAME}?)(?:\.git)?(?:/.*)?"
)
_ON_PAGES = re.compile(rf"https?://({_OWNER})\.github\.io(?:/({_NAME}))?/?", re.IGNORECASE)
_LABEL = r"[^\W_](?:[^\W_]|[-_](?=[\w-]*[^\W_])){0,62}"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_OTHER_HOSTS = re.compile(r"(?:https?://)?(?:www\.)?(?:gitlab\.com|bitbucket\.org|codeberg\.org)/.*", re.IGNORECASE)
_IN_THE_US = {
    "eastern": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "central": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago",
    "mountain": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles", "arizona": "America/Phoenix", "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
}  # fmt: skip
"""What people call their time. Some of these are names of zones that never change their clocks, which nobody means."""


class Place(Struct, frozen=True):
    """Where a site is read, and the repository on GitHub it lies in; each may be unknown, which is ""."""

    base_url: str = ""
    repository: str = ""


class Answers(Struct, frozen=True):
    """What somebody told of a new site; whatever is "" was not told."""

    school: str = ""
    place: Place = Place()
    language: str = "en"
    timezone: str = ""
    promise: str | None = None
    """In the words of the language; "" if there is to be none."""
    public: str = ""
    """The repository that has the site, if it is another than that of the stories."""
    editor: str = EDITORS[0]

    @property
    def settled(self) -> Place:
        """Where the site is read, and where the stories are, if there are two repositories."""
        if not self.public:
            return self.place
        told = self.place.repository
        address = self.place.base_url if not told else _of_repository(*self.public.split("/")).base_url
        return Place(address or _of_repository(*self.public.split("/")).base_url, "" if told == self.public else told)


NOTHING_TOLD = Answers()


def read_school(text: str) -> str:
    """Return the name of a school as typed, on one line. Raises BadValue."""
    return _short(text)


def read_place(text: str) -> Place:
    """Return where a site is to be, told by its address or its repository, in any way people write them.

    Raises BadValue for what is neither.
    """
    text = _short(text)
    if text.lower() in _NOTHING:
        return Place()
    match = _AT_GITHUB.fullmatch(text) or _REPOSITORY.fullmatch(text)
    if match and match[2].strip("."):
        return _of_repository(match[1], match[2])
    if _OTHER_HOSTS.fullmatch(text):
        raise BadValue(f'"{text}" is where files are kept, not where people read', "write the address of the site")
    address = text if "://" in text else f"https://{text}"
    host = re.sub(r"^\w+://|[/:?#].*", "", address)
    if "@" in address or not _HOST.fullmatch(host) or host.lower() in ("github.com", "www.github.com", "github.io"):
        hint = "write an address such as https://stories.school.org, or a repository such as maplewood/stories"
        raise BadValue(f'"{text}" is neither a web address nor a repository on GitHub', hint)
    address = str(READERS["base_url"](address))
    if match := _ON_PAGES.fullmatch(address):
        return _of_repository(match[1], match[2] or f"{match[1]}.github.io")
    return Place(address)


def repository_of(address: str) -> str:
    """Return the repository on GitHub that the address of a site or one of git's names: `maplewood/stories`; or ""."""
    try:
        return read_place(address).repository
    except BadValue:
        return ""


def _of_repository(owner: str, name: str) -> Place:
    """Return the place of a repository, whose site is in a folder unless it has the name of the owner's own site."""
    return Place(Remote(HOST, owner, name).site, f"{owner}/{name}")


def read_repository(text: str) -> str:
    """Return the repository on GitHub that is told by its name or any address of it; "" for none. Raises BadValue."""
    place = read_place(text)
    if place.base_url and not place.repository:
        hint = "write its owner and its name, such as maplewood/stories-site"
        raise BadValue(f'"{_short(text)[:60]}" is not a repository on GitHub', hint)
    return place.repository


def read_interface_language(text: str) -> str:
    """Return the code of a language that the pages can speak, told by a code or a name. Raises BadValue."""
    text = _short(text)
    code = read_language(text[:60])
    if code and has_interface(code):
        return code
    hint = f"write one of these: {', '.join(f'{own_name(each)} ({each})' for each in sorted(interface_languages()))}"
    what = "is not a language that menus and dates are available in" if code else "is not a language"
    raise BadValue(f'"{text[:60]}" {what}', hint)


def read_zone(text: str) -> str:
    """Return the name of a time zone, told by that, by a city in it, or as people in the United States call it.

    Raises BadValue.
    """
    text = _short(text)
    wanted = re.sub(r"\s+", "_", text.strip()).casefold()
    usual = re.sub(r"^us/|_(standard|daylight|time)(?=_|$)", "", wanted)
    if usual in _IN_THE_US:
        return _IN_THE_US[usual]
    names = {name.casefold(): name for name in sorted(available_timezones())}
    if wanted in names:
        return names[wanted]
    cities = [name for name in names.values() if name.rpartition("/")[2].casefold() == wanted]
    if cities:
        return min(cities, key=lambda name: (name.count("/"), name))
    near = did_you_mean(wanted, names)
    hint = f"did you mean {names[near]}?" if near else "write a city, such as Chicago, or a name such as Europe/Berlin"
    raise BadValue(f'"{text[:60]}" is not a time zone', hint)


def read_promise(text: str, language: str) -> str:
    """Return what readers are promised, in their language, told by a day of the week or "weekly"; "" for nothing.

    Raises BadValue.
    """
    text = _short(text)
    told = text.casefold()
    if told in _NOTHING:
        return ""
    ours = phrases(language)
    days = weekdays(language)
    known = {ours.weekly.casefold(): ours.weekly, **{ours.every(day).casefold(): ours.every(day) for day in range(7)}}
    if told in known:
        return known[told]
    told = re.sub(r"^(every|each|on)\s+", "", told)
    if told in ("weekly", "week", "once a week", "one a week", "a story a week"):
        return ours.weekly
    for number, (english, own) in enumerate(zip(weekdays("en"), days, strict=True)):
        if told in (english.lower(), f"{english.lower()}s", english[:3].lower(), own.casefold()):
            return ours.every(number)
    near = did_you_mean(told, [day.lower() for day in weekdays("en")])
    hint = f"did you mean {near.capitalize()}?" if near else "write a day, such as Friday, or weekly, or none"
    raise BadValue(f'"{text[:60]}" is neither a day of the week nor "weekly"', hint)


def _short(text: str) -> str:
    """Return a text on one line, as settings can have it. Raises BadValue if it is too long."""
    text = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", "", one_line(text))
    if len(text) > LONGEST:
        raise BadValue(f"this is longer than {LONGEST} characters", "write a name on one line")
    return text
