"""One piece of template code → a Call: its name and its arguments, whichever program it was written for."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

Values = Mapping[str, object]
"""What template code may ask for by name: the front matter of its post."""

WEB = re.compile(r"(?:https?:)?//[^\s\"'<>]+", re.IGNORECASE)
"""An address on the web."""
_QUOTES = (
    r"""(?:"(?P<{0}double>(?>(?:\\.|[^"\\])*))"|'(?P<{0}single>(?>(?:\\.|[^'\\])*))'"""
    r"""|`(?P<{0}back>[^`]*)`|“(?P<{0}curly>[^“”]*+)”)"""
)
_ARGUMENT = re.compile(
    rf"""(?:(?P<key>[A-Za-z_][\w.-]*)\s*(?:=\s*|:\s*(?=["'`“])))?
    (?:{_QUOTES.format("")}|(?P<bare>(?:\{{\{{[^{{}}]*\}}\}}|[^\s,"'“`(){{}}\[\]|])+))""",
    re.VERBOSE | re.DOTALL,
)
_OUTPUT = re.compile(r"\{\{-?\s*+([^{}]*?)-?\}\}")
_FILTER = re.compile(rf"""\s*+(?>(?:{_QUOTES.format("")}|(?P<bare>[^|"'`“]++))+)(?:\||$)""", re.DOTALL)
_BASE = re.compile(
    r"(?:site\.(?:github\.)?(?:base_?url|url)|base_?url|siteurl|base_?path|pathprefix|metadata\.url|root"
    r"|page\.url\s*\|\s*root|\$?\.?site\.baseurl|site\.metadata\.url)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
"""Template code in a value, which other programs do not run."""
_NAMED = re.compile(r"\$?(?:page|this|post|\.page|\.params|\.)?\.?([A-Za-z_][\w-]*(?:[.\[][\w'\"\]-]+)*)")
_LONGEST = 5000
"""Characters of one value: a text that is appended to itself again and again must end."""
ADDRESS_FILTERS = {
    "absolute_url", "absurl", "asset_path", "asset_url", "asset", "escape", "img_url", "prepend", "relative_url",
    "relurl", "safe", "slash", "url", "url_encode", "url_for", "uri_escape", "strip", "trim", "default", "append",
}  # fmt: skip
"""Filters after which a text still says what it said before."""


class Call(Struct, frozen=True):
    """A tag or a shortcode: what it is called, what it is given, and the text up to its end tag if it has one."""

    name: str
    args: tuple[str, ...] = ()
    named: Mapping[str, str] = {}
    signs: str = "%"
    """How it is written: `%` for a tag, `<` for a shortcode, `include`, `[` for WordPress, `|` for an output."""
    inner: str | None = None
    program_words: str = ""
    """All that stands behind the name, as it was typed."""

    def get(self, *keys: str) -> str:
        """Return the first argument that is there of those called `keys`, without blanks around it, or ""."""
        return next((words for key in keys if (words := self.named.get(key, "").strip())), "")

    @property
    def words(self) -> frozenset[str]:
        """The words of its name: `linked-figure.html` is linked and figure."""
        return frozenset(re.split(r"[-_./:]+", self.name))


class Output(NamedTuple):
    """What `{{ … }}` stands for: a text, whether that is one of an address, and whether all of it was understood."""

    text: str
    known: bool = True
    filters: tuple[tuple[str, str], ...] = ()


def read_call(name: str, words: str, values: Values, signs: str = "%", inner: str | None = None) -> Call:
    """Return the Call of a tag `name` with `words` behind it; names of front matter in these stand for its values."""
    args: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(words.lstrip("=: ") if signs == "[" else words):
        text = _quoted(found)
        if text is None:
            bare = found["bare"].strip().rstrip(";")
            if not bare or bare in ("/", "-", "=", ":"):
                continue
            text = expand(bare, values) if "{{" in bare else None if signs in "<[" else _value_text(bare, values)
            text = bare if text is None else text
        elif "{{" in text:
            text = expand(text, values)
        if found["key"]:
            named.setdefault(found["key"].lower().replace("-", "_"), text)
        else:
            args.append(text)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
    return Call(name, tuple(args), named, signs, inner, words.strip())


def expand(text: str, values: Values) -> str:
    """Return `text` with what each `{{ … }}` in it stands for, nothing for one that is not known."""
    return _OUTPUT.sub(lambda found: read_output(found[1], values).text, text)[:_LONGEST]


def read_output(expression: str, values: Values) -> Output:
    """Return what the inside of `{{ … }}` stands for."""
    if _BASE.fullmatch(expression.strip()):
        return Output("")
    parts = _piped(expression)
    head = parts[0] if parts else ""
    if quoted := re.fullmatch(_QUOTES.format(""), head, re.DOTALL):
        text, known = _quoted(quoted) or "", True
    elif _BASE.fullmatch(head):
        text, known = "", True
    else:
        value = _value_text(head, values)
        text, known = value or "", value is not None
    filters: list[tuple[str, str]] = []
    for part in parts[1:]:
        name, _, given = part.partition(":")
        name = name.split("(")[0].strip().lower()
        call = read_call(name, given or part[len(name) :], values, "|")
        first = call.args[0] if call.args else ""
        filters.append((name, first))
        if name == "append" and not _BASE.fullmatch(first):
            text += first
        elif name == "prepend" and not _BASE.fullmatch(first):
            text = first + text
        elif name == "default" and not text:
            text, known = first, bool(first)
    return Output(text[:_LONGEST], known, tuple(filters))


def _piped(expression: str) -> list[str]:
    """Return the parts of an expression between the bars that stand in no quotes."""
    parts: list[str] = []
    place = 0
    while place < len(expression) and (found := _FILTER.match(expression, place)) and found.end() > place:
        parts.append(found[0].strip().removesuffix("|").strip())
        place = found.end()
    return parts if place >= len(expression) else [expression.strip()]


def _quoted(found: re.Match[str]) -> str | None:
    """Return the text in quotes that an argument is, None if it is bare."""
    for quotes in ("double", "single", "back", "curly"):
        if (text := found[quotes]) is not None:
            return re.sub(r"\\([\"'\\])", r"\1", text)
    return None


def _value_text(name: str, values: Values) -> str | None:
    """Return the front matter called `name`, as in `page.title` or `image`, None if there is no such text."""
    found = _NAMED.fullmatch(name.strip())
    if found is None:
        return None
    value: object = values
    for key in re.split(r"[.\[]", found[1]):
        value = value.get(key.strip("]'\"")) if isinstance(value, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return _CODE.sub("", value) if isinstance(value, str) and "{" in value else str(value)
