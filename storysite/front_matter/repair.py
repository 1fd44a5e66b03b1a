"""Front matter that YAML cannot read, or would read as less than was written, fixed name by name."""

import json
import re
from textwrap import dedent

from msgspec import Struct

from storysite.front_matter.delimiters import KNOWN_KEYS, PROSE_KEYS, TEXT_KEYS, known, known_key
from storysite.front_matter.fields import is_empty
from storysite.front_matter.yaml import FrontMatterError, Value, read_yaml
from storysite.problems import Problem

_KEY = re.compile(r"(\w[\w.-]*(?: [\w.-]+)?|\"[^\"\n]+\"|'[^'\n]+')[ \t]*:(?=\s|$)")
_TIGHT = re.compile(r"([A-Za-z][\w-]*):(?=[^\s:/])")
_LEAD = re.compile(r"(\s*+(?>(?:-[ \t]++)*)(?:[\w.-]++:[ \t]++)?)(\S.*)$")
_NAME_ALONE = re.compile(r"\s*+(?>(?:-[ \t]++)*)[\w.-]++:\s*+$")
_ITEM = re.compile(r"(\s*+-[ \t]++)(\S.*)$")
_QUIET = re.compile(
    rf"""^((?:{"|".join(sorted(TEXT_KEYS)).replace("_", "[_-]")})[ ]*+:[ \t]++)
    (\#.*|[!&][^\s!&].*|[^"'\[{{|>\#&*!\n][^\n]*?[ \t]\#[^\s\#].*|"[A-Za-z]:(?!(?:[^"\\\n]|\\\\)*"$)\\[^"\n]*")$
    (?!\n[ \t]+\S)""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_QUIET_ITEM = re.compile(r"^([ \t]*+-[ \t]++)(#[^\s#].*)$", re.MULTILINE)
_PAIRS = (("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("‘", "’"), ("‚", "‘"), ("«", "»"))
_PARTS = set(
    """affiliation avatar bio description display_name email en full_name github homepage id image key label link
    mastodon name orcid path picture role slug src text title twitter uri url value website""".split()
)
"""Parts of a person, a group or a picture; and a text in English, which some keep beside other languages."""
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
"""What a text stands below where others would stand below other languages."""
_CURLY = re.compile("[“”„‘‚«]")


class _Entry(Struct):
    """One name with its value: the lines of it, from `first` (counted from 0)."""

    first: int
    lines: list[str]


def repair_silently_truncated(source: str) -> tuple[str, list[Problem]]:
    """Return `source` with quotes around values that YAML would cut short without a word, and what was done."""
    problems: list[Problem] = []

    def quote(found: re.Match[str]) -> str:
        value = found[2].rstrip()
        if value.startswith("&") and f"*{value[1:].split()[0]}" in source:
            return found[0]
        line = source.count("\n", 0, found.start()) + 1
        problems.append(_quoted_problem(line, found[1], value))
        return found[1] + quoted(_bare(value))

    for form in (_QUIET, _QUIET_ITEM):
        if form.search(source):
            source = form.sub(quote, source)
    return source, problems


def repair(source: str) -> tuple[str, list[Problem]]:
    """Return `source`, as many lines long, so that YAML can read it, and what was done or had to be left out."""
    entries, problems = _entries(dedent(source))
    lines = [""] * (source.count("\n") + 1)
    for entry in entries:
        if not _reads(entry.lines, source):
            problems += _repair_entry(entry, source)
        lines[entry.first : entry.first + len(entry.lines)] = entry.lines
    fixed = "\n".join(lines)
    try:
        if read_yaml("---\n" + fixed) is not None:
            return fixed, sorted(problems)
    except FrontMatterError as fault:
        return "", [_error(max(fault.line - 1, 1))]
    return "", [_error(1)]


def unquote_curly(values: dict[str, Value], lines: dict[str, int], source: str) -> list[Problem]:
    """Take off the curly quotes that wrap whole values in `values`, and return what was done.

    Quotes within quotes are meant: they stay.
    """
    problems: list[Problem] = []
    if not _CURLY.search(source):
        return problems
    written = source.split("\n")

    def plain(value: Value, name: str) -> Value:
        if not isinstance(value, str) or (inside := _uncurled(value)) is None:
            return value
        line = _line_of(value, lines.get(name, 1), written)
        if re.search(f"[\"']{re.escape(value[:2])}", written[line - 1]):
            return value
        problems.append(_curly(line, value, inside))
        return inside

    for name, value in values.items():
        if isinstance(value, list):
            values[name] = [plain(item, name) for item in value]
        elif known(name) in TEXT_KEYS:
            values[name] = plain(value, name)
    return problems


def join_at_colons(values: dict[str, Value], lines: dict[str, int], source: str) -> list[Problem]:
    """Make texts again of what a colon made names and values where texts belong, and return what was done.

    `- Book club: Holes` is one tag; what has a name that people and groups have parts by (`name:`) is left alone.
    """
    problems: list[Problem] = []
    written = source.split("\n")

    def joined(value: Value, name: str) -> Value:
        if not isinstance(value, dict) or len(value) != 1:
            return value
        ((first, rest),) = value.items()
        if (
            known(first) in _PARTS
            or not isinstance(rest, str)
            or (_LANGUAGE.fullmatch(first) and value is values[name])
        ):
            return value
        text = first if is_empty(rest) else f"{first}: {rest}"
        line = _line_of(first, lines.get(name, 1), written)
        problems.append(_warning(line, "this value has a colon in it; it was read as plain text", f"- {quoted(text)}"))
        return text

    for name, value in values.items():
        if known(name) in TEXT_KEYS:
            values[name] = [joined(item, name) for item in value] if isinstance(value, list) else joined(value, name)
    return problems


def prose_follows(source: str) -> bool:
    """Return whether `source` is front matter that was never closed, and then the text up to a thematic break.

    A second paragraph of a summary is none of it: it ends right before the closing line.
    """
    lines = source.rstrip("\n").split("\n")
    last = max((number for number, line in enumerate(lines) if known_key(line)), default=-1)
    blank = next((number for number in range(last + 1, len(lines)) if not lines[number].strip()), None)
    if last < 0 or blank is None:
        return False
    stray = [line for line in lines[blank:] if line.strip() and line[0] not in " \t-#" and not _KEY.match(line)]
    return bool(stray) and (known_key(lines[last]) not in PROSE_KEYS or source.endswith("\n\n"))


def quoted(value: str) -> str:
    """Return `value` in quotes, in the way that is easiest to read."""
    if not value.isprintable():
        return json.dumps(value, ensure_ascii=False)
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _entries(source: str) -> tuple[list[_Entry], list[Problem]]:
    """Return the names of `source` with all their lines; a known name that only spaces shift is one too."""
    entries: list[_Entry] = []
    problems: list[Problem] = []
    for number, written in enumerate(source.split("\n")):
        line = written
        shifted = line[:1] in (" ", "\t") and known_key(line.strip()) and (not entries or _has_text(entries[-1]))
        if shifted:
            line = line.strip()
            problems.append(_warning(number + 1, "this line begins with a space that does not belong there", line))
        if _KEY.match(line) or known_key(line) or not entries:
            entries.append(_Entry(number, [line]))
        else:
            entries[-1].lines.append(line)
    return entries, problems


def _has_text(entry: _Entry) -> bool:
    """Return whether a value stands behind the name, so that no names can follow further in."""
    value = entry.lines[0].partition(":")[2].strip()
    return bool(value) and value[0] not in "|>[{\"'#&"


def _reads(lines: list[str], source: str) -> bool:
    """Return whether YAML can read these lines by themselves; a value repeated from elsewhere in `source` may be."""
    try:
        return read_yaml("---\n" + "\n".join(lines)) is not None
    except FrontMatterError as fault:
        return bool(fault.alias) and f"&{fault.alias}" in source


def _repair_entry(entry: _Entry, source: str) -> list[Problem]:
    """Fix `entry` in place, in the way that changes least, and return what was done."""
    problems: list[Problem] = []
    for way in (_without_tabs, _spaced, _items_quoted, _values_quoted, _one_text, _without_strays):
        lines, done = way(entry)
        if not done:
            continue
        if _reads(lines, source):
            entry.lines = lines
            return problems + done
        if way in (_without_tabs, _spaced):
            entry.lines = lines
            problems += done
    line, name = _fault_line(entry.lines), entry.lines[0].partition(":")[0].strip()
    entry.lines = [""] * len(entry.lines)
    return [_error(entry.first + line, name)]


def _fault_line(lines: list[str]) -> int:
    """Return which of `lines`, from 1, YAML cannot read."""
    try:
        read_yaml("---\n" + "\n".join(lines))
    except FrontMatterError as fault:
        return min(max(fault.line - 1, 1), len(lines))
    return 1


def _without_tabs(entry: _Entry) -> tuple[list[str], list[Problem]]:
    """Replace tabs by spaces: two for one that indents."""
    lines, done = [], []
    for number, line in enumerate(entry.lines, start=entry.first + 1):
        rest = line.lstrip(" \t")
        indent = line[: len(line) - len(rest)].replace("\t", "  ")
        lines.append(indent + rest.replace("\t", " ").rstrip())
        if "\t" in line:
            done.append(_tab(number))
    return lines, done


def _spaced(entry: _Entry) -> tuple[list[str], list[Problem]]:
    """Put a space behind the colon of a known name."""
    found = _TIGHT.match(entry.lines[0])
    if not found or known(found[1]) not in KNOWN_KEYS:
        return entry.lines, []
    line = f"{found[0]} {entry.lines[0][found.end() :]}"
    return [line, *entry.lines[1:]], [_warning(entry.first + 1, "a space is missing after the colon", line)]


def _items_quoted(entry: _Entry) -> tuple[list[str], list[Problem]]:
    """Put quotes around each item of a list in brackets."""
    name, _, value = entry.lines[0].partition(":")
    inside = value.strip().removeprefix("[").removesuffix("]")
    if not value.lstrip().startswith("[") or known(name) in PROSE_KEYS or re.search(r"[\[\]{}]", inside):
        return entry.lines, []
    items = [_bare(item) for item in inside.split(",") if item.strip()]
    line = f"{name}: [{', '.join(quoted(item) for item in items)}]"
    return [line, *entry.lines[1:]], [_warning(entry.first + 1, "this list needs quotes around its items", line)]


def _values_quoted(entry: _Entry) -> tuple[list[str], list[Problem]]:
    """Put quotes around every value that cannot be read where it stands, if it is no list in brackets."""
    name = known(entry.lines[0].partition(":")[0])
    lines, done = [], []
    for number, written in enumerate(entry.lines, start=entry.first + 1):
        line = written
        found = _ITEM.match(line) if name in TEXT_KEYS and not name.startswith("author") else None
        found = None if _NAME_ALONE.match(line) else found or _LEAD.match(line)
        if found and not _bracketed(found[2], name) and not _reads([f"value: {found[2]}"], ""):
            line = found[1] + quoted(_bare(found[2]))
            done.append(_quoted_problem(number, found[1], found[2]))
        lines.append(line)
    return lines, done


def _bracketed(value: str, name: str) -> bool:
    """Return whether `value` is meant as a list or as names and values, under the `name` of the setting."""
    if name in PROSE_KEYS or value[0] not in "[{":
        return False
    return name not in TEXT_KEYS or value[0] + value[-1] in ("[]", "{}")


def _one_text(entry: _Entry) -> tuple[list[str], list[Problem]]:
    """Take all lines for one text, if the name may have one and nothing looks like a list."""
    name, colon, value = entry.lines[0].partition(":")
    rest = [line.strip() for line in entry.lines[1:]]
    if not colon or (value.strip() in ("", "|", ">") and known(name) not in PROSE_KEYS):
        return entry.lines, []
    if value.strip().startswith(("[", "{")) or any(line.startswith(("- ", "? ")) for line in rest):
        return entry.lines, []
    if known(name) in KNOWN_KEYS - TEXT_KEYS and any(rest):
        return entry.lines, []
    line = f"{name}: {quoted(_bare(_folded([value.strip(), *rest])))}"
    stray = next((number for number, line in enumerate(rest, entry.first + 2) if line), 0)
    done = _joined(stray, name.strip()) if stray else _quoted_problem(entry.first + 1, f"{name}: ", value.strip())
    return [line] + [""] * len(rest), [done]


def _without_strays(entry: _Entry) -> tuple[list[str], list[Problem]]:
    """Leave out, as errors, the lines that do not belong to a list."""
    lines, done = entry.lines[:1], []
    belongs = " \t#" if _has_text(entry) else " \t#-]}"
    for number, line in enumerate(entry.lines[1:], start=entry.first + 2):
        stray = line.strip() and line[0] not in belongs
        lines.append("" if stray else line)
        if stray:
            done.append(_stray(number))
    return lines, done


def _folded(lines: list[str]) -> str:
    """Return `lines` as YAML folds them: a line feed where a blank line was."""
    text = ""
    for line in lines:
        text += (line if not text or text.endswith("\n") else f" {line}") if line else "\n"
    return text.strip()


def _bare(value: str) -> str:
    """Return `value` without the quotes that were meant to wrap it, straight or curly."""
    value = value.strip()
    value = _uncurled(value) or value
    mark = value[:1]
    if mark not in ('"', "'"):
        return value
    second = value.find(mark, 1)
    if second < 0:
        return value if re.match(r"'[0-9]", value) else value[1:].lstrip()
    closes_early = second < len(value) - 1 and value[second - 1] != " " and not value[second + 1].isalnum()
    return value[1:-1] if value.endswith(mark) and not closes_early else value


def _uncurled(value: str) -> str | None:
    """Return `value` without the curly quotes around it, or None if none wrap the whole of it."""
    for opening, closing in _PAIRS:
        inside = value[1:-1].strip()
        if len(value) > 2 and value[0] == opening and value[-1] == closing and inside:
            return inside if opening not in inside and (closing not in inside or closing == "’") else None
    return None


def _line_of(value: str, first: int, written: list[str]) -> int:
    """Return the line, not before `first`, on which `value` begins."""
    start = value.split(maxsplit=1)[0]
    return next((number for number in range(first, len(written) + 1) if start in written[number - 1]), first)


def _quoted_problem(line: int, lead: str, value: str) -> Problem:
    """Return the warning that `value` needs quotes, and why."""
    if value[0] in "\"'":
        why = "the quotes around this value end too early or not at all"
        why = "this value has a backslash inside double quotes" if "\\" in value else why
    elif value[0] in "@`%!&*|>#[{":
        why = f'this value begins with "{value[0]}", which has a special meaning in YAML'
    elif re.search(r":(?:\s|$)", value):
        why = "this value has a colon in it"
    else:
        why = "this value has a character in it with a special meaning in YAML"
    return _warning(line, f"{why}; it was read as plain text", lead.strip() + " " + quoted(_bare(value)))


def _warning(line: int, what: str, better: str) -> Problem:
    return Problem.of("header-repaired", what, f"write {better}", line=line)


def _curly(line: int, value: str, inside: str) -> Problem:
    what = f"the curly quotes {value[0]}{value[-1]} around this value were removed"
    return Problem.of("header-repaired", what, f"write {quoted(inside)}", line=line)


def _tab(line: int) -> Problem:
    what = "this line has a tab where only spaces are allowed"
    return Problem.of("header-repaired", what, "write two spaces instead", line=line)


def _joined(line: int, name: str) -> Problem:
    what = f'this line does not begin with a word and a colon; it was read as part of "{name}"'
    return Problem.of("header-repaired", what, "put two spaces before it", line=line)


def _stray(line: int) -> Problem:
    what = "this line of the front matter does not belong to anything: it does not begin with a word and a colon"
    return Problem.of("header-yaml", what, "move it below the closing ---, or delete it", line=line)


def _error(line: int, name: str = "") -> Problem:
    what = "this line of the front matter cannot be read" + (f', and "{name}" was left out' if name else "")
    hint = "look for an unmatched bracket or quotation mark, or put quotation marks around the text"
    return Problem.of("header-yaml", what, hint, line=line)
