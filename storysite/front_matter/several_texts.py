"""Names and values where one text belongs: which of them is meant, and what is to be told of the others."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

_LANGUAGE = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?|[a-z]{3}")
"""`en`, `pt-BR`, `zh_Hant`, `hmn`; three letters count only beside two."""
_NAMES = ("name", "display_name", "title")
"""What the name of a person, a group or a series may be called: then the rest tells about it."""


class Choice(NamedTuple):
    """The value that is meant, and what is to be told of it: nothing, if there is no doubt."""

    value: Any
    what: str = ""
    hint: str = ""


def only_text(value: Any, languages: Sequence[str], empty: Callable[[object], bool]) -> Choice:
    """Return what is meant by the value of a key that has one text; `languages` are those of the file, the best first.

    `{en: Hello, es: Hola}` is a text for each language. Words in braces without values, `{a, b}`, are a list.
    """
    if not isinstance(value, dict):
        return Choice(value)
    parts: Mapping[str, Any] = {str(name).strip(): part for name, part in value.items()}
    if all(map(empty, parts.values())):
        return Choice(list(parts))
    if any(not empty(parts.get(name)) for name in _NAMES):
        return Choice(value)
    names = ", ".join(list(parts)[:6])
    if _are_languages(list(parts)):
        told = {name.lower().replace("_", "-"): part for name, part in parts.items() if not empty(part)}
        wanted = [language for each in languages for language in (each.lower(), each.lower().partition("-")[0])]
        best = next(each for each in (*wanted, *told) if each in told)
        what = f"has a text for each language ({names}), so the one for {best} is used"
        return Choice(
            told[best], what, "write one line of text; a translation is a file of its own, such as story.es.md"
        )
    first = next(name for name, part in parts.items() if not empty(part))
    what = f"has names and values ({names}) where one text belongs, so only {first} is used"
    return Choice(parts[first], what, "write one line of text")


def _are_languages(names: Sequence[str]) -> bool:
    return all(_LANGUAGE.fullmatch(name) for name in names) and any(len(name) != 3 for name in names)
