"""Where the front matter of a file begins and ends, in each of the forms that site generators know."""

import re
from collections.abc import Iterator

from msgspec import Struct

from storysite.front_matter.keys import KEYS

LARGEST = 64 * 1024
"""Bytes of front matter: a thousand lines of it are no front matter."""


PROSE_KEYS = frozenset(name for key in KEYS if key.prose for name in key.names) | {"abstract", "lead", "teaser"}
"""Names whose value is a sentence or more; the last three are other generators' and mean nothing here."""
TEXT_KEYS = PROSE_KEYS | {name for key in KEYS if key.words for name in key.names} | {"image_caption", "keywords"}
"""Names whose value is text or a list of texts; the last two are other generators' and mean nothing here."""
KNOWN_KEYS = TEXT_KEYS | {name for key in KEYS for name in key.names} | {"toc", "comments", "link"}
"""Names that show that a line belongs to front matter: all that are read, and some that only others read."""
_WORDS = frozenset(
    (
        "created expiry grade images menu order pinned sticky thanks build deleted exclude hidden hide ignore listed "
        "passphrase password privacy private protected public publish render robots skip visibility visible"
    ).split()
)
"""Those of them that a text may well begin with ("Thanks: to all"), so that they alone are no front matter."""
_ANSWER = re.compile(
    r"[^:=]*[:=][ \t]*[\"']?(?:true|false|yes|no|on|off|never|public|private|hidden|unlisted)[\"']?[ \t]*",
    re.IGNORECASE,
)
"""A line with an answer that no text gives: such a word is front matter after all."""

_BLANK = re.compile(r"(?:[ \t\ufeff]*\n)*\ufeff?")
_FENCE = {
    "---": re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+{3}[ \t]*$", re.MULTILINE),
    ";;;": re.compile(r"^;{3}[ \t]*$", re.MULTILINE),
}
_KEY_LINE = re.compile(r"([^\W\d][\w-]*|\"[^\"\n]+\"|'[^'\n]+')[ \t]*[:=](?:[ \t]|$)")
_NAME = re.compile(r"([^\W\d][\w-]*(?: [\w-]+){0,3}|\"[^\"\n]+\"|'[^'\n]+')[ \t]*[:=](?!//)")
_TWO_WORDS = re.compile(r"[\w-]+ +[\w-]").match
_META_LINE = re.compile(r"([^\W\d][\w-]*(?: [\w-]+){0,3})[ \t]*:(?:[ \t]+(.*))?$")
_NIKOLA_LINE = re.compile(r"\.\. ([\w-]+):(?:[ \t]+(.*))?$")
_OBJECT = re.compile(r"\{\s*(?:\"(?:[^\"\\\n]|\\.)*\"\s*:|\})")
_BRACE = re.compile(r"\"(?>(?:[^\"\\]|\\.)*)(?:\"|\Z)|[{}]", re.DOTALL)
_FORMS = {"---": "yaml", "+++": "toml", ";;;": "json"}
_NAMED = {
    "---yaml": "yaml",
    "---yml": "yaml",
    "---json": "json",
    "---toml": "toml",
    "---js": "yaml",
    "---javascript": "yaml",
}
"""First lines as Eleventy knows them; the plain objects that people write in JavaScript are YAML too."""


class Block(Struct, frozen=True):
    """Front matter as it stands: its `form` (yaml, toml, json, meta), its text without fences, and what follows it.

    `line` and `body_line` are the lines of the file, from 1, on which `source` and `body` begin.
    """

    form: str
    source: str
    line: int
    body: str
    body_line: int
    closed: bool = True


def known(key: str) -> str:
    """Return `key` as the sets of names above write it."""
    return key.strip("\"'").strip().lower().replace("-", "_").replace(" ", "_")


def blocks_in(text: str) -> Iterator[Block]:
    """Yield what may be the front matter of `text`, the likeliest first; the reader of its form has the last word."""
    found = _BLANK.match(text)
    start = found.end() if found else 0
    end = text.find("\n", start)
    first = (text[start:] if end < 0 else text[start:end]).rstrip()
    fence = "---" if first.startswith("---") and not first.strip("-") else first
    if first.lower() in _NAMED and (close := _FENCE["---"].search(text, end)):
        yield _block(text, _NAMED[first.lower()], end + 1, close.start(), close.end() + 1)
    elif fence in _FENCE:
        yield from _fenced(text, fence, len(text) if end < 0 else end + 1)
    elif first.startswith("{"):
        yield from _object(text, start)
    elif first.startswith("<!--"):
        yield from _comment(text, start)
    elif first.startswith(".. "):
        yield from _listed(text, start, _NIKOLA_LINE)
    elif first.startswith('"') and (close := _FENCE[";;;"].search(text, start)):
        yield _block(text, "json", start, close.start(), close.end() + 1)
    elif _META_LINE.match(first):
        yield from _unopened(text, start)


def known_key(line: str) -> str:
    """Return the well-known name that `line` begins with, or ""; the space behind its colon may be missing."""
    found = _NAME.match(line)
    name = known(found[1]) if found else ""
    return name if name in KNOWN_KEYS else ""


def has_known_key(source: str) -> bool:
    """Return whether any line of `source` begins with a name that only front matter has.

    A name of two words, as MultiMarkdown has them, may begin a sentence: "Thanks to: all who came".
    """
    lines = (line.lstrip() for line in source.split("\n"))
    names = ((known_key(line), line) for line in lines if not _TWO_WORDS(line))
    return any(name and (name not in _WORDS or _ANSWER.fullmatch(line)) for name, line in names)


def header_lines(source: str) -> int:
    """Return how many lines of `source` look like front matter: up to a blank line, or one that looks like Markdown."""
    lines = source.split("\n")
    count = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    listing = False
    for line in lines[count:]:
        if (found := _KEY_LINE.match(line)) or known_key(line):
            listing = found is not None and not line[found.end() :].strip()
        elif not line.strip() or not (line[0] in " \t" or (listing and line.startswith("- "))):
            break
        count += 1
    return count


def _fenced(text: str, fence: str, start: int) -> Iterator[Block]:
    """Yield what stands between two fences, then what looks like front matter after the first."""
    if close := _FENCE[fence].search(text, start):
        yield _block(text, _FORMS[fence], start, close.start(), close.end() + 1)
    if fence == ";;;":
        return
    rest = text[start:]
    end = start + sum(len(line) + 1 for line in rest.split("\n")[: header_lines(rest)])
    if has_known_key(text[start:end]):
        yield _block(text, _FORMS[fence], start, end, end, closed=False)


def _unopened(text: str, start: int) -> Iterator[Block]:
    """Yield Hexo's front matter without its first fence, or the "Title: …" lines of Pelican and MultiMarkdown."""
    end = _paragraph_end(text, start)
    close = _FENCE["---"].search(text, start, end)
    if close and has_known_key(text[start : close.start()]):
        yield _block(text, "yaml", start, close.start(), close.end() + 1)
        return
    lines = text[start:end].split("\n")
    if all(line[0] in " \t" or _META_LINE.match(line) for line in lines) and has_known_key(text[start:end]):
        yield _block(text, "meta", start, end, end + 1)


def _object(text: str, start: int) -> Iterator[Block]:
    """Yield the JSON object that the text begins with, if it fills its lines."""
    if not _OBJECT.match(text, start):
        return
    depth = 0
    for found in _BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            end = text.find("\n", found.end())
            end = len(text) if end < 0 else end
            if not text[found.end() : end].strip():
                yield _block(text, "json", start, found.end(), end + 1)
            return
    end = _paragraph_end(text, start)
    yield _block(text, "json", start, end, end + 1)


def _comment(text: str, start: int) -> Iterator[Block]:
    """Yield the ".. title: …" lines that Nikola keeps in a comment."""
    end = text.find("-->", start)
    inside = text[start + 4 : end] if end >= 0 else ""
    if has_nikola_lines(inside):
        after = text.find("\n", end)
        yield _block(text, "meta", start + 4, end, after + 1 if after >= 0 else len(text))


def lines_on_top(lines: list[str]) -> list[str]:
    """Return the first lines of a file that was found to have no front matter, as far as somebody may have meant one.

    That is what stands between two fences, or the first paragraph; lines of it that are plain words are "". More than
    a few lines are a text.
    """
    first = lines[0].rstrip() if lines else ""
    if closes := _FENCE.get(first):
        end = next((number for number, line in enumerate(lines[1:20], 1) if closes.match(line)), 0)
        return lines[:end]
    end = next((number for number, line in enumerate(lines[:20]) if not line.strip()), len(lines))
    words = known_key(first) != ""
    return [line if words or ":" in line or "=" in line else "" for line in lines[:end][:20]]


def has_nikola_lines(source: str) -> bool:
    """Return whether `source` is all ".. name: value" lines."""
    lines = [line.strip() for line in source.split("\n") if line.strip()]
    return bool(lines) and all(_NIKOLA_LINE.match(line) for line in lines)


def _listed(text: str, start: int, form: re.Pattern[str]) -> Iterator[Block]:
    """Yield the lines of `form` that the text begins with, if a name among them is known."""
    end = _paragraph_end(text, start)
    keys = [found[1] for line in text[start:end].split("\n") if (found := form.match(line))]
    if len(keys) == text.count("\n", start, end) + 1 and any(known(key) in KNOWN_KEYS for key in keys):
        yield _block(text, "meta", start, end, end + 1)


def _paragraph_end(text: str, start: int) -> int:
    """Return where the lines from `start` to the first blank line end."""
    found = re.compile(r"\n[ \t]*(?:\n|$)").search(text, start)
    return found.start() if found else len(text)


def _block(text: str, form: str, start: int, end: int, body: int, *, closed: bool = True) -> Block:
    """Return the block whose source is `text` from `start` to `end`, and whose body begins at `body`."""
    body_line = text.count("\n", 0, body) + 1 + (body > len(text))
    return Block(form, text[start:end], text.count("\n", 0, start) + 1, text[body:], body_line, closed)
