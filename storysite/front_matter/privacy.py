"""Who may see a post, by what its front matter says in the words of any generator; what is not sure hides.

A story that stays hidden by mistake is missed by its writer, who is told of it; one that is shown by mistake may harm
a child. So whatever looks like a sign hides until its writer has made it plain.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from re import compile as pattern
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storysite.front_matter.fields import Fields, folded, is_empty, plain_text
from storysite.front_matter.keys import KEYS
from storysite.front_matter.signs import (
    DRAFT,
    INSIDE_BUILD,
    KNOWN,
    PRIVATE,
    SHOWN,
    SIGN_OF,
    SIGNS,
    UNLISTED,
    Effect,
    Sign,
    likeness_of,
    sign_of,
    slips_of,
)
from storysite.front_matter.spelling import nearest, squashed

_INSIDE = frozenset({"build", "params", "extra", "meta", "metadata", "seo", "custom", "page"})
"""The keys whose parts other programs read like keys of the post itself."""
_SURE = frozenset(word for sign in SIGNS for word in sign.words)
"""What the values of signs say for sure."""
_HERE = "\0"
"""Stands for the value in what is quoted of a key."""
_STRAY = pattern(
    r"[\"']?([^\W\d][\w-]*)[\"']?(?:(?:[ \t]*+[:=][ \t]*+|[ \t]++)[\"']?(\w++)[\"']?)?[ \t]*+[.,;]?[ \t]*+"
)
"""A line that YAML takes for no name with a value: `private true`, `privat:true`, `private`."""


class Privacy(Struct, frozen=True):
    """What the front matter of a post says of who may see it; `reason` is what it says or has, as a clause."""

    effect: Effect = SHOWN
    reason: str = ""
    unlisted: bool = False
    """Whether it is unlisted, as a draft may be too."""

    @property
    def private(self) -> str:
        """Why nobody is to see it, "" if somebody may."""
        return self.reason if self.effect is PRIVATE else ""


def read_privacy(fields: Fields, own: Collection[str] = ()) -> Privacy:
    """Return what the front matter says of who may see the post, and report what is not sure.

    `own` are keys that only this site has; they are never taken for a slip of the pen.
    """
    reader = _Reader(fields, KNOWN.union(map(squashed, own)))
    found = list(reader.found())
    strictest = max(found, key=lambda privacy: privacy.effect, default=Privacy())
    return replace(strictest, unlisted=any(privacy.effect is UNLISTED for privacy in found))


class _Reader:
    """Looks through the front matter of one file."""

    def __init__(self, fields: Fields, known: frozenset[str]) -> None:
        self.fields = fields
        self.known = known

    def found(self) -> Iterator[Privacy]:
        """Yield what each key says."""
        names: set[str] = set()
        for key, value in self.fields.written:
            yield from self._read(key, value, f"{key}: {_HERE}", key, names)
        yield from self._strays(names)

    def _read(self, key: str, value: Any, form: str, place: str, names: set[str], box: str = "") -> Iterator[Privacy]:
        """Yield what a key or the keys in it say; it is in a `box`, stands below `place`, is quoted in the `form`."""
        name = squashed(key)
        names.add(name)
        inside = self._box(name) if isinstance(value, dict) else ""
        if not inside:
            yield from self._key(key, value, form, place, build=box == "build")
            return
        if inside == "build":
            self.fields.understood.add(folded(key))
        for part, inner in value.items():
            shown = form.replace(_HERE, f"{{{part}: {_HERE}}}")
            for privacy in self._read(part, inner, shown, place, names, inside):
                if privacy.effect and inside != name:
                    self._not_sure(form, place, SIGN_OF[inside], f"{{{part}: …}}", f'"{inside}"')
                yield privacy

    def _box(self, name: str) -> str:
        """Return which key with parts that are keys themselves a name is, or is a slip of the pen for."""
        return name if name in _INSIDE else "" if name in self.known else "".join(nearest(name, ["build"]))

    def _key(self, key: str, value: Any, form: str, place: str, *, build: bool = False) -> Iterator[Privacy]:
        """Yield what one key says, which stands below `place` and is quoted in the `form`."""
        name = squashed(key)
        sign = sign_of(name)
        if not sign and name in self.known:
            return
        if is_empty(value) or (name == INSIDE_BUILD and not build):
            return
        if sign:
            self.fields.understood.add(folded(key))
            effect, meant = _value(sign, value)
            if effect and meant is not None:
                self._not_sure(form, place, sign, value, f'"{meant}"' if meant else "")
            yield from self._said(effect, sign, form, value)
        else:
            yield from self._near(key, value, form, place)

    def _near(self, key: str, value: Any, form: str, place: str) -> Iterator[Privacy]:
        """Yield what a key says that is none of ours, if it is a slip of the pen for one."""
        slips = slips_of(key)
        word = "" if isinstance(value, list) else squashed(plain_text(value))
        alike = likeness_of(key) if not slips and word in _SURE else ()
        signs = [(other, SIGN_OF[other]) for other in slips or alike]
        sure = [(other, sign) for other, sign in signs if word in sign.words]
        found = [(_value(sign, value)[0], other) for other, sign in sure or signs]
        effect, other = max(found, key=lambda each: each[0], default=(SHOWN, ""))
        if effect and (sure or (slips and not _is_odd(value))):
            self.fields.understood.add(folded(key))
            self._not_sure(form, place, SIGN_OF[other], value, f'"{_as_written(other)}"')
            yield from self._said(DRAFT if effect is DRAFT else PRIVATE, SIGN_OF[other], form, value)

    def _said(self, effect: Effect, sign: Sign, form: str, value: Any) -> Iterator[Privacy]:
        if sign.key == "password" and effect:
            yield Privacy(effect, "has a password")
        else:
            yield Privacy(effect, f"says {_quoted(form, value)}")

    def _not_sure(self, form: str, place: str, sign: Sign, value: Any, meant: str) -> None:
        said = form.partition(":")[0] if sign.key == "password" else _quoted(form, value)
        because = f"is probably meant as {meant}" if meant else "is not clear"
        hint = f"write {_example(sign)} to keep it hidden; to show it, delete the line"
        line = 0 if sign.key == "password" else None  # nobody is told a password
        self.fields.report(place, "post-private", f'"{said}" {because}, so this is not shown', hint, line=line)

    def _strays(self, names: set[str]) -> Iterator[Privacy]:
        """Yield what lines say that were read as no name with a value, such as `private true`."""
        for number, line in enumerate(self.fields.header, 1):
            found = _STRAY.fullmatch(line.rstrip())
            name = squashed(found[1]) if found else ""
            if not found or name in names:
                continue
            meant = sign_of(name)
            signs = [meant] if meant else [SIGN_OF[each] for each in slips_of(found[1]) if name not in self.known]
            signs = [sign for sign in signs if sign.key != INSIDE_BUILD and sign.words.get(squashed(found[2] or "yes"))]
            if signs:
                what = f'"{line.strip()}" is probably meant to hide this post, so it is not shown'
                hint = f"write {_example(signs[0])} to keep it hidden; to show it, delete the line"
                self.fields.report("", "post-private", what, hint, line=number)
                yield Privacy(PRIVATE, f"says “{line.strip()}”")


def _value(sign: Sign, value: Any) -> tuple[Effect, str | None]:
    """Return what a value says, and None; of a value that is not sure, what was probably meant, "" if nobody knows."""
    if isinstance(value, list):
        return max(
            (_value(sign, each) for each in value if not is_empty(each)),
            key=lambda said: said[0],
            default=(SHOWN, None),
        )
    text = plain_text(value)
    parts = [text, *(text.split(",") if "," in text and sign.key in ("robots", "visibility", "status") else ())]
    known = [sign.words[word] for part in parts if (word := squashed(part)) in sign.words]
    if known:
        return max(known), None
    if sign.dates and sum(letter.isdigit() for letter in text) > 3:
        return SHOWN, None
    if meant := _meant(sign.key, squashed(text)[:40]):
        return max(sign.words[meant], DRAFT) if sign.words[meant] is not UNLISTED else PRIVATE, meant
    return sign.otherwise, "" if sign.warns and sign.otherwise else None


@lru_cache(10_000)
def _meant(key: str, word: str) -> str:
    """Return the word that hides for which another, behind the sign `key`, is a slip of the pen."""
    words = SIGN_OF[key].words
    return max(nearest(word, [hides for hides, effect in words.items() if effect]), key=words.__getitem__, default="")


def _is_odd(value: Any) -> bool:
    """Whether a value is none that people write behind a sign: a number, several things, or a whole sentence."""
    text = plain_text(value)
    return isinstance(value, dict | list) or len(text) > 40 or any(letter.isdigit() for letter in text)


def _quoted(form: str, value: Any) -> str:
    text = plain_text(value)
    return form.replace(_HERE, text if len(text) <= 40 else text[:39] + "…")


def _as_written(name: str) -> str:
    """Return a spelling of the keys as people write it."""
    return next((each for key in KEYS for each in key.names if squashed(each) == name), name)


def _example(sign: Sign) -> str:
    """Return how to say the same so that it is sure."""
    if UNLISTED in sign.words.values() and PRIVATE not in sign.words.values():
        return "private: true or unlisted: true"
    return "draft: true" if sign.key == "draft" else "private: true"
