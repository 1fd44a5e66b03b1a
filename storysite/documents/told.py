"""What a document tells of people and places, in words: which program wrote it does not matter."""

from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct

_LONGEST = 60
_MOST = 4
"""Names that are told of each thing."""
_NOBODY = {
    "", "admin", "administrator", "anonymous", "author", "default", "guest", "microsoft", "microsoft corporation",
    "microsoft office", "microsoft office user", "none", "office", "openpyxl", "owner", "python-docx", "python-pptx",
    "student", "teacher", "un-named", "unknown", "unknown author", "user", "windows user", "xlsxwriter",
}  # fmt: skip
"""What programs write in the place of a name."""


class Thing(Enum):
    """Something that a document tells; the value is what stands before the name."""

    AUTHOR = "who wrote it"
    EDITOR = "who saved it last"
    MANAGER = "who the manager is"
    COMPANY = "the company or school"
    PLACE = "where a photo in it was taken"


class Told(Struct, frozen=True, gc=False):
    """One thing that a document tells, by its name in Thing, and the name that it gives, "" for a place."""

    thing: str
    name: str = ""


def sentence(told: Sequence[Told]) -> str:
    """Return what a document tells, as the end of a sentence."""
    parts = []
    for thing in Thing:
        names = [each.name for each in told if each.thing == thing.name]
        if names:
            more = [f"and {len(names) - _MOST} more"] if len(names) > _MOST else []
            parts.append(": ".join(filter(None, [thing.value, ", ".join([*names[:_MOST], *more])])))
    return "; ".join(parts)


def names_told(found: Iterable[tuple[Thing, str]]) -> tuple[Told, ...]:
    """Return what was found in a document in the order of Thing: no name twice, and none that is nobody's."""
    names: dict[tuple[Thing, str], Told] = {}
    for thing, written in found:
        name = " ".join("".join(sign if sign.isprintable() else " " for sign in written).split())
        name = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        if thing is Thing.PLACE or name.casefold() not in _NOBODY:
            names.setdefault((thing, name.casefold()), Told(thing.name, name))
    order = list(Thing)
    return tuple(names[key] for key in sorted(names, key=lambda key: order.index(key[0])))
