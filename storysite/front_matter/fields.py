"""Front matter values → typed values. Whatever cannot be meant is a Problem at its line; nothing here raises."""

import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date, datetime, time
from html import unescape
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.json import decode, encode
from msgspec.structs import replace

from storysite.errors import BadValue, did_you_mean, one_line, words_of
from storysite.front_matter.dates import TwoDays, read_moment
from storysite.front_matter.several_texts import only_text
from storysite.front_matter.spelling import ORDINARY
from storysite.front_matter.yaml import without_controls
from storysite.problems import Problem, Severity

TRUE = {"true", "yes", "on", "1", "y"}
FALSE = {"false", "no", "off", "0", "n"}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def folded(key: str) -> str:
    """Return a key as it is compared: without capitals, and with `-` between words."""
    return key.strip().lower().replace("_", "-").replace(" ", "-")


class Fields:
    """The front matter of one file: asks for keys in all their `spellings`, and keeps what is wrong with them."""

    def __init__(
        self,
        values: Mapping[str, Any],
        lines: Mapping[str, int],
        source: list[str],
        path: str,
        zone: ZoneInfo,
        clock: time,
        spellings: Mapping[str, Sequence[str]],
    ) -> None:
        self.written = list(values.items())
        """Every name with its value as the file has them; those that others take the place of may be added."""
        self.header: Sequence[str] = ()
        """The lines of the file above its text."""
        self.understood: set[str] = set()
        """Keys that were read as a slip of the pen for another."""
        self.values = {folded(key): value for key, value in values.items() if not is_empty(value)}
        self.names = {folded(key): key for key in values}
        self.lines, self.source, self.path = lines, source, path
        self.zone, self.clock = zone, clock
        self.spellings = spellings
        self.problems: list[Problem] = []
        self.day_in_name: date | None = None
        """The day that the file's name gives, which decides between two that a date could mean."""
        self.languages: Sequence[str] = ()
        """The languages that a text may be in, the best first, which decide between several."""
        self._told: set[str] = set()

    def get(self, name: str) -> Any:
        """Return the value of the key `name`, in the first of its spellings that is not empty, else None.

        Raises KeyError for a key that is none of this file's, for others() has it already.
        """
        return next((self.values[key] for key in self.spellings[name] if key in self.values), None)

    def key(self, name: str) -> str:
        """Return the spelling of `name` that counts here, as the file writes it."""
        return next((self.names[key] for key in self.spellings[name] if key in self.values), name)

    def text(self, name: str) -> str:
        """Return one line of text; of a list its parts, with commas between them."""
        return plain_text(self.one(name))

    def one(self, name: str) -> Any:
        """Return the value of a key that has one text or list; where there are several, the one that is meant.

        What is not used is told of, once.
        """
        found = only_text(self.get(name), self.languages, is_empty)
        if found.what and name not in self._told:
            self._told.add(name)
            self.report(self.key(name), "post-value", f"{self.key(name)} {found.what}", found.hint)
        return found.value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts: one written as a list, or as words with commas between them; no text twice."""
        return text_list(self.one(name))

    def flag(self, name: str) -> bool | None:
        """Return whether yes or no is said, None if neither (with a warning if something else is)."""
        value = self.get(name)
        if value is None:
            return None
        word = plain_text(value).lower()
        if word in TRUE or word in FALSE:
            return word in TRUE
        self.report(self.key(name), "post-value", f'"{word}" is neither true nor false', "write true or false")
        return None

    def number(self, value: object, key: str, name: str) -> float | None:
        """Return a number; commas and spaces between its digits are taken for what they are."""
        if is_empty(value):
            return None
        text = re.sub(r"(?<=\d)[ ,_\u00a0\u202f](?=\d{3}\b)", "", plain_text(value)).rstrip("%").lstrip("$€£")
        try:
            found = float(text) if len(text) < 30 else float("nan")
        except ValueError:
            found = float("nan")
        if not isfinite(found):
            self.report(
                key,
                "post-value",
                f'{name} "{plain_text(value)[:40]}" is not a number',
                "write digits only, for example 84",
            )
            return None
        return int(found) if found.is_integer() else found

    def moment(self, name: str) -> datetime | None:
        """Return a moment in the site's time zone, None if there is none (with an error if it cannot be read)."""
        value = self.get(name)
        return None if value is None else self.moment_of(value, self.key(name), name)

    def first_moment(self, name: str) -> datetime | None:
        """Return the first moment that can be read of all that are written; the others are told of."""
        before = len(self.problems)
        for key in self.spellings[name]:
            if key in self.values and (moment := self.moment_of(self.values[key], self.names[key], name)):
                self.forgive(before)
                return moment
        del self.problems[before + 1 :]
        return None

    def forgive(self, before: int) -> None:
        """Let what was reported since there were `before` problems be warnings, because something else does as well."""
        since = self.problems[before:]
        self.problems[before:] = [replace(each, severity=min(each.severity, Severity.WARNING)) for each in since]

    def moment_of(self, value: object, key: str, name: str, *, clock: time | None = None) -> datetime | None:
        """Return the moment that `value`, which stands below `key`, means, None (with an error) if it means none.

        A bare date is at `clock`, or at the time of day of this site.
        """
        clock = self.clock if clock is None else clock
        try:
            moment = read_moment(plain_text(value), zone=self.zone, clock=clock, subject=f"{name} {{}}")
        except TwoDays as error:
            if name == "date" and self.day_in_name in error.days:
                return datetime.combine(self.day_in_name, self.clock, self.zone)
            self.report(key, "post-date", error.what, error.hint)
            return None
        except BadValue as error:
            self.report(key, "post-date", error.what, error.hint)
            return None
        if moment.doubt:
            self.report(key, "post-date", *moment.doubt, severity=Severity.WARNING)
        return moment.at

    def day_of(self, value: object, key: str, name: str) -> date | None:
        """Return the day that `value` means."""
        if is_empty(value):
            return None
        moment = self.moment_of(value, key, name)
        return moment.date() if moment else None

    def others(
        self,
        own: Mapping[str, Callable[[object], object]] = {},
        shared: Container[str] = (),
        judged: Container[str] = (),
    ) -> dict[str, Any]:
        """Return what is none of these keys, typed as YAML types it, with a warning where one was probably meant.

        The keys of `own` are read by what stands there; a value that cannot be read is left out, with a warning. The
        keys of `shared` are ours and are returned all the same. What is near those of `judged` was looked at before.
        """
        known = {spelling for spellings in self.spellings.values() for spelling in spellings}
        known.update(map(folded, own), self.understood)
        left = {key: value for key, value in self.values.items() if key not in known}
        for key in left:
            near = did_you_mean(key, known) if len(key) > 3 and key not in ORDINARY else ""
            if near and near not in self.values and near not in judged:
                hint = f"did you mean {near.replace('-', '_')}?"
                self.report(self.names[key], "key-unknown", f'"{self.names[key]}" is not a key storysite knows', hint)
        left |= {key: value for key, value in self.values.items() if key in shared}
        extra = {self.names[key]: typed(value) for key, value in left.items()}
        for key, read in own.items():
            if (value := self.values.get(folded(key))) is not None:
                self._read_own(extra, key, value, read)
        return extra

    def _read_own(self, extra: dict[str, Any], key: str, value: object, read: Callable[[object], object]) -> None:
        """Put into `extra` what a reader makes of a value, as it comes out of the cache: in plain values."""
        written = self.names[folded(key)]
        try:
            extra[key] = decode(encode(read(value)))
        except BadValue as error:
            self.report(written, "post-value", one_line(f"{error.what}"), one_line(f"{error.hint or ''}"))
        except BaseException as error:  # whatever a stranger's code raises
            what = f'"{written}" could not be read by the plugin that reads it: {words_of(error)}'
            self.report(written, "plugin-failed", what, "ask the people who wrote it")

    def report(
        self,
        key: str,
        code: str,
        what: str,
        hint: str = "",
        severity: Severity | None = None,
        line: int | None = None,
    ) -> None:
        """Add what is wrong with a key; it is as grave as its code, unless a `severity` says otherwise.

        The line is that of the key, unless another is named.
        """
        line = self.lines.get(key, 0) if line is None else line
        excerpt = self.source[line - 1] if 0 < line <= len(self.source) else ""
        self.problems.append(
            Problem.of(code, what, hint, path=self.path, line=line, excerpt=excerpt, severity=severity)
        )


def is_empty(value: object) -> bool:
    """Whether a value says nothing: nothing at all, blanks, an empty list, or YAML's words for nothing."""
    if isinstance(value, str):
        return not value.strip() or getattr(value, "value", value) is None
    return value is None or value in ([], {})


def plain_text(value: object) -> str:
    """Return a value as one line of text, with the HTML entities that old exports leave in titles resolved."""
    if is_empty(value):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(plain_text, value)))
    if isinstance(value, dict):
        return plain_text(
            value.get("name") or value.get("display_name") or value.get("title") or next(iter(value.values()), "")
        )
    text = " ".join(str(value).split())
    if "&" not in text:
        return text
    return " ".join(without_controls(_ENTITY.sub(lambda match: unescape(match[0]), text)).split())


def text_list(value: object) -> tuple[str, ...]:
    """Return a value as a list of texts, none empty and none twice."""
    if isinstance(value, str):
        parts: list[Any] = _without_pair(value.strip(), "[]").split(",") if "," in value else [value]
    else:
        parts = value if isinstance(value, list) else [value]
    texts = (plain_text(part) for part in parts)
    return tuple(dict.fromkeys(text for part in texts if (text := _unquoted(part))))


def _unquoted(text: str) -> str:
    """Return a text without the quotes around it, which come in pairs: the apostrophe of '80s is no quote."""
    return _without_pair(_without_pair(text, '""'), "''")


def _without_pair(text: str, pair: str) -> str:
    around = len(text) > 1 and text[0] == pair[0] and text[-1] == pair[1]
    return text[1:-1].strip() if around else text


def typed(value: object) -> Any:
    """Return a value as YAML types it: its numbers, booleans and days no longer as text."""
    if isinstance(value, dict):
        return {str(key): typed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [typed(part) for part in value]
    return getattr(value, "value", value)


def without_markup(text: str) -> str:
    """Return a summary without the links and emphasis of Markdown that other generators allow in it."""
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)", r"\1", text)
    return re.sub(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
