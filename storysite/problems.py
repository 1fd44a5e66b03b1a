"""Problems: what is wrong, where, and how to fix it, as values; and the table of all that can be wrong."""

import re
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Self, TypeVar

from msgspec import Struct
from msgspec.structs import replace

EXAMPLES = 3
"""Things that one problem about many names."""
MANY = 5
"""Things of one kind that are told of one by one before the rest is counted."""
_OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]")
"""Controls of terminals, of lines and of the direction in which letters are read."""
_Thing = TypeVar("_Thing")
_Kind = TypeVar("_Kind", bound=Hashable)


class Severity(IntEnum):
    """How much a Problem matters: an error stops the build, a warning does not, a note is only said."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


class Code(Struct, frozen=True):
    """One kind of problem: how grave it usually is, and its name in words.

    An error that is `fixed` stops every build: what came of it would be wrong, unsafe, or nothing at all. Of any other
    error a site may ask for a warning: the file that it is about is left out.
    """

    severity: Severity
    title: str
    fixed: bool = False


class Problem(Struct, frozen=True, order=True):
    """One thing that is wrong, in words for the person who wrote the file.

    `path` is relative to the site's folder, in POSIX form; `line` counts from 1, 0 when no line is
    to blame; `excerpt` is that line as it stands in the file; `code` is a key of CODES, and explained in the guide.
    """

    path: str
    line: int
    code: str
    what: str
    hint: str = ""
    excerpt: str = ""
    severity: Severity = Severity.ERROR

    @classmethod
    def of(
        cls,
        code: str,
        what: str,
        hint: str = "",
        *,
        path: str = "",
        line: int = 0,
        excerpt: str = "",
        severity: Severity | None = None,
    ) -> Self:
        """Return a problem as grave as its code, unless a `severity` says otherwise. Raises KeyError for no code."""
        usual = CODES[code].severity
        return cls(path, line, code, what, hint, excerpt, usual if severity is None else severity)

    def __str__(self) -> str:
        """The problem as it is printed: place, sentence and code, then the line, then the hint."""
        place = self.path + (f":{self.line}" if self.line else "")
        label = "" if self.severity is Severity.ERROR else f"{self.severity.name.lower()}: "
        lines = [f"{place}: {label}{self.what}  [{self.code}]" if place else f"{label}{self.what}  [{self.code}]"]
        if self.excerpt.strip():
            lines.append(f"{self.line:>5} | {_printable(self.excerpt)}")
        if self.hint:
            lines.append(f"    hint: {self.hint}")
        return "\n".join(map(escaped, lines))


def escaped(text: str) -> str:
    """Return a text on one line that moves no cursor, sets no title, and reads from left to right as it was written.

    What a terminal would obey, in the name of a file or wherever else, is written as it is in Python.
    """
    return _OBEYED.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


def once_per_kind(
    problems: Iterable[Problem], codes: Container[str] = ("html-changed", "template-code")
) -> list[Problem]:
    """Return problems, of those with one of `codes` that say the same only the first, with how often it is there."""
    kept: list[Problem] = []
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.code in codes:
            alike.setdefault((problem.code, problem.what), []).append(problem)
        else:
            kept.append(problem)
    for same in alike.values():
        first, files = min(same), len({problem.path for problem in same})
        where = f" in {files} files" if files > 1 else ""
        kept.append(replace(first, what=f"{first.what} ({len(same)} times{where})") if len(same) > 1 else first)
    return kept


def errors_in(problems: Iterable[Problem], *, strict: bool = False) -> Sequence[Problem]:
    """Return the problems that stop a build: errors, and warnings too when `strict`."""
    bound = Severity.WARNING if strict else Severity.ERROR
    return [problem for problem in problems if problem.severity >= bound]


def with_severities(
    problems: Iterable[Problem], chosen: Mapping[str, Severity | None], drafts: Container[str] = ()
) -> list[Problem]:
    """Return problems as grave as a site wants them: `chosen` says it by code, None for what is not to be told.

    A case that is milder than its code stays as mild, and nothing is made an error of one of the files `drafts`, which
    nobody is shown yet. Twice comes to the same as once.
    """
    found: list[Problem] = []
    for problem in problems:
        severity = chosen.get(problem.code, problem.severity)
        if severity is None:
            continue
        if problem.severity < CODES[problem.code].severity:
            severity = min(severity, problem.severity)
        elif problem.path in drafts:
            severity = min(severity, max(problem.severity, Severity.WARNING))
        found.append(problem if severity is problem.severity else replace(problem, severity=severity))
    return found


def in_short(listed: Sequence[str]) -> str:
    """Return the first few of many things in one line, and how many more there are: a warning for all of a kind."""
    more = len(listed) - EXAMPLES
    return "; ".join([*listed[:EXAMPLES], *([f"and {more:,} more"] if more > 0 else [])])


def times(count: int, one: str, many: str = "") -> str:
    """Return a number with the word for it: "1 post", "12 posts"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def few_of_each(things: Iterable[_Thing], kind_of: Callable[[_Thing], _Kind]) -> tuple[list[_Thing], dict[_Kind, int]]:
    """Return the first MANY of each kind, in their order, and how many more there are of the kinds with more."""
    counts: dict[_Kind, int] = {}
    few: list[_Thing] = []
    for thing in things:
        kind = kind_of(thing)
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= MANY:
            few.append(thing)
    return few, {kind: count - MANY for kind, count in counts.items() if count > MANY}


def _printable(line: str, width: int = 120) -> str:
    """Return `line` safe for a terminal: no control characters, no longer than `width`."""
    text = "".join(character if character.isprintable() else " " for character in line.rstrip("\r\n"))
    return text if len(text) <= width else text[: width - 1] + "…"


_NOTE, _WARNING, _ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR

_POSTS = {
    "ballot-facts": Code(_WARNING, "A public vote without its facts"),
    "ballot-words": Code(_WARNING, "Words that take sides in a public vote"),
    "html-changed": Code(_WARNING, "HTML that a page cannot have"),
    "key-unknown": Code(_WARNING, "A front matter key that looks misspelled"),
    "post-alias": Code(_WARNING, "An old address that cannot be kept"),
    "post-copy": Code(_WARNING, "A file that is a copy of another"),
    "post-date": Code(_ERROR, "A date that cannot be read"),
    "post-id-derived": Code(_NOTE, "Posts without an id"),
    "post-id-twice": Code(_ERROR, "Two posts with the same id", fixed=True),
    "post-kind": Code(_WARNING, "A kind that does not exist"),
    "post-no-date": Code(_WARNING, "A post without a date"),
    "post-part": Code(_WARNING, "A part of front matter that is missing or cannot be used"),
    "post-private": Code(_WARNING, "A line that may mean “not for the public”"),
    "post-permalink": Code(_ERROR, "An address that cannot be used"),
    "post-too-large": Code(_ERROR, "A post that is too large"),
    "post-value": Code(_WARNING, "A value that does not fit its key"),
    "template-code": Code(_WARNING, "Template code from another program"),
    "text-too-large": Code(_WARNING, "A text with far too much HTML"),
    "text-too-slow": Code(_WARNING, "A text that takes too long to read"),
    "text-unreadable": Code(_WARNING, "A text that ran into a bug in storysite"),
}
_FRONT_MATTER = {
    "header-duplicate-key": Code(_WARNING, "A key that appears twice"),
    "header-json": Code(_ERROR, "JSON front matter that cannot be read"),
    "header-not-closed": Code(_WARNING, "Front matter that is not closed"),
    "header-repaired": Code(_WARNING, "A line of front matter that was fixed"),
    "header-tag": Code(_WARNING, "A YAML tag, which has no meaning here"),
    "header-toml": Code(_ERROR, "TOML front matter that cannot be read"),
    "header-too-large": Code(_ERROR, "Front matter that is too large", fixed=True),
    "header-yaml": Code(_ERROR, "A line of front matter that cannot be read"),
}
_LINKS = {
    "address-apart": Code(_WARNING, "Files with the same name for an address"),
    "address-replaced": Code(_WARNING, "A page in the place of one of ours"),
    "address-twice": Code(_ERROR, "Two pages with the same address", fixed=True),
    "link-capitals": Code(_WARNING, "A link whose capital letters do not match the file"),
    "link-missing": Code(_WARNING, "A broken link"),
    "link-outside": Code(_WARNING, "A shortcut that is not followed"),
    "loaded-elsewhere": Code(_WARNING, "Something that is loaded from another site"),
    "link-unseen": Code(_WARNING, "A link to a post that is not shown"),
    "picture-broken": Code(_WARNING, "A file that is not the picture its name says"),
    "picture-missing": Code(_WARNING, "A missing picture"),
}
_FILES = {
    "data-broken": Code(_ERROR, "A data file that cannot be read"),
    "data-table": Code(_WARNING, "A table whose rows or columns do not fit"),
    "data-twice": Code(_WARNING, "Two data files with the same name"),
    "data-unknown": Code(_WARNING, "A file in data/ that is not a data file"),
    "document-author": Code(_WARNING, "A document that tells who wrote it"),
    "file-changed": Code(_ERROR, "A file that changed while it was being read", fixed=True),
    "file-control-characters": Code(_WARNING, "Invisible characters"),
    "file-encoding": Code(_WARNING, "A file that is not saved as UTF-8"),
    "file-name": Code(_WARNING, "A file name that cannot be shown"),
    "file-not-text": Code(_ERROR, "A file that is not text", fixed=True),
    "file-unreadable": Code(_ERROR, "A file that cannot be read", fixed=True),
    "name-windows": Code(_WARNING, "A file name that Windows cannot have"),
    "plan-unread": Code(_WARNING, "Something in the plan that cannot be read"),
    "photo-alt": Code(_WARNING, "A picture that nothing describes"),
    "photo-location": Code(_ERROR, "A photo that tells where it was taken"),
    "photo-private": Code(_WARNING, "A photo that tells who took it, or who is in it"),
}
_SETTINGS = {
    "avif-missing": Code(_NOTE, "A computer that cannot make AVIF pictures"),
    "card-font": Code(_NOTE, "Share cards whose letters no font has"),
    "card-undrawn": Code(_NOTE, "Share cards that cannot be drawn here"),
    "one-process": Code(_NOTE, "A computer that allows no helper processes"),
    "engine-unverified": Code(_NOTE, "A library that storysite has not been tested with"),
    "base-url": Code(_NOTE, "No address for the site"),
    "settings-unknown": Code(_WARNING, "A setting that does not exist"),
    "settings-unreadable": Code(_ERROR, "Settings that cannot be opened", fixed=True),
    "settings-value": Code(_ERROR, "A value that a setting cannot have", fixed=True),
    "settings-yaml": Code(_ERROR, "A line of the settings that cannot be understood", fixed=True),
}
_THEMES = {
    "template": Code(_ERROR, "A template that does not work", fixed=True),
    "theme-contract": Code(_ERROR, "A theme for a newer version of storysite", fixed=True),
    "theme-contrast": Code(_ERROR, "A color that cannot be read", fixed=True),
    "theme-deprecated": Code(_NOTE, "A template that will stop working later"),
    "theme-exists": Code(_ERROR, "A theme with this name already exists", fixed=True),
    "theme-file": Code(_ERROR, "A file that the theme does not have", fixed=True),
    "theme-file-exists": Code(_ERROR, "A theme file that you already have", fixed=True),
    "theme-listing": Code(_WARNING, "A listing of the theme that shows no stories"),
    "theme-manifest": Code(_ERROR, "A theme.yaml that cannot be used", fixed=True),
    "theme-name": Code(_ERROR, "A name that no theme can have", fixed=True),
    "theme-setting": Code(_ERROR, "A setting that the theme does not have", fixed=True),
    "theme-unknown": Code(_ERROR, "A theme that does not exist", fixed=True),
}
_RESULTS = {
    "output-foreign": Code(_ERROR, "A file in the way of a page", fixed=True),
    "output-refused": Code(_ERROR, "An output folder that cannot be used", fixed=True),
    "stories-missing": Code(_ERROR, "A build that would delete most of the stories", fixed=True),
    "search-failed": Code(_WARNING, "A search index that could not be built"),
    "search-missing": Code(_NOTE, "No program to build the search index"),
}
_COMMANDS = {
    "build-busy": Code(_ERROR, "Another build that is still running", fixed=True),
    "cache-unwritable": Code(_WARNING, "A folder in which nothing can be remembered"),
    "document-place": Code(_ERROR, "A file that cannot be written there", fixed=True),
    "explain-unknown": Code(_ERROR, "A page that the site does not have", fixed=True),
    "handover-changed": Code(_ERROR, "A handover page that was changed by hand", fixed=True),
    "listen-table": Code(_ERROR, "A file without answers", fixed=True),
    "new-answer": Code(_ERROR, "An answer that a new site cannot have", fixed=True),
    "new-not-empty": Code(_ERROR, "A new site in a folder that is not empty", fixed=True),
    "no-site": Code(_ERROR, "A folder without a site", fixed=True),
    "photo-post": Code(_ERROR, "A post that does not exist", fixed=True),
    "photo-staged": Code(_ERROR, "Staged photos that git cannot show", fixed=True),
    "photo-unreadable": Code(_ERROR, "A photo that cannot be used", fixed=True),
    "post-name": Code(_ERROR, "A title with no file names left", fixed=True),
    "process-died": Code(_ERROR, "A build that was killed", fixed=True),
    "program-parts": Code(_ERROR, "A storysite that is not whole", fixed=True),
    "publish-conflict": Code(_ERROR, "A story that you and somebody else changed", fixed=True),
    "publish-git": Code(_ERROR, "Something git cannot do", fixed=True),
    "publish-network": Code(_ERROR, "A network that lets nothing through", fixed=True),
    "publish-refused": Code(_ERROR, "Something that was refused", fixed=True),
    "publish-remote": Code(_ERROR, "No place to send to", fixed=True),
    "publish-sign-in": Code(_ERROR, "A sign-in that was refused", fixed=True),
    "publish-target": Code(_ERROR, "A place the site cannot be copied to", fixed=True),
    "publish-undo": Code(_ERROR, "Something that cannot be taken back", fixed=True),
    "publish-unfinished": Code(_ERROR, "A folder that git is not done with", fixed=True),
    "serve-base-path": Code(_ERROR, "A base path that is not a path", fixed=True),
    "serve-port": Code(_ERROR, "A port that the preview cannot use", fixed=True),
    "share-post": Code(_ERROR, "A story that cannot be shared", fixed=True),
    "upgrade-older": Code(_ERROR, "A site with a newer storysite", fixed=True),
    "system": Code(_ERROR, "Something the system refused", fixed=True),
}

_PLUGINS = {
    "plugin-failed": Code(_WARNING, "A plugin that does not work"),
    "plugin-rule": Code(_WARNING, "Something that a plugin found"),
}

CODES: Mapping[str, Code] = {
    **_POSTS,
    **_FRONT_MATTER,
    **_LINKS,
    **_FILES,
    **_SETTINGS,
    **_THEMES,
    **_RESULTS,
    **_COMMANDS,
    **_PLUGINS,
}
"""Every kind of problem by its code. A code is a contract: it is looked up, and sites choose severities by it."""
