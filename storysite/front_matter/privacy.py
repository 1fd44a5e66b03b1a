"""What says "not for the public", in the words of any generator: one table of signs, and what is not sure hides.

A story that stays hidden by mistake is missed by its writer, who is told of it; one that is shown by mistake may harm
a child. So whatever looks like a sign hides until its writer has made it plain.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import IntEnum
from re import compile as pattern
from typing import Any

from msgspec import Struct

from storysite.front_matter.fields import FALSE, TRUE, Fields, folded, is_empty, plain_text
from storysite.front_matter.keys import KEYS
from storysite.front_matter.spelling import nearest, squashed


class Effect(IntEnum):
    """Who sees a post: everybody, those who have its address, its writer in a preview, or nobody."""

    SHOWN = 0
    UNLISTED = 1
    DRAFT = 2
    PRIVATE = 3


SHOWN, UNLISTED, DRAFT, PRIVATE = Effect


class Sign(Struct, frozen=True):
    """What the values of one key say; `key` is a row of KEYS, whose spellings all count."""

    key: str
    words: Mapping[str, Effect]
    """What each value says, by its letters and digits."""
    otherwise: Effect = PRIVATE
    """What any other value says. PRIVATE is for keys that have no other meaning."""
    warns: bool = True
    """Whether a value that is none of the `words` may be a mistake."""
    dates: bool = False
    """Whether a date here is only a date."""


def _words(effect: Effect, words: str) -> dict[str, Effect]:
    return dict.fromkeys(words.split(), effect)


_YES, _NO = " ".join(TRUE), " ".join(FALSE) + " never none"
SIGNS = (
    Sign("draft", _words(DRAFT, _YES) | _words(SHOWN, _NO), DRAFT),
    Sign("private", _words(PRIVATE, _YES) | _words(SHOWN, _NO)),
    Sign("hide", _words(PRIVATE, _YES), SHOWN),
    Sign("unlisted", _words(UNLISTED, _YES) | _words(SHOWN, _NO)),
    Sign("listed", _words(SHOWN, _YES) | _words(UNLISTED, _NO)),
    Sign("public", _words(SHOWN, _YES) | _words(PRIVATE, _NO)),
    Sign(
        "published",
        _words(SHOWN, _YES + " published")
        | _words(PRIVATE, _NO + " unpublished private hidden")
        | _words(DRAFT, "draft"),
        dates=True,
    ),
    Sign(
        "visibility",
        _words(
            SHOWN,
            _YES + " public published publish everyone everybody all world open visible show shown listed default",
        )
        | _words(UNLISTED, "unlisted link linkonly withlink anyonewiththelink notlisted")
        | _words(DRAFT, "draft")
        | _words(
            PRIVATE,
            _NO + " private hidden secret members membersonly paid tiers subscribers followers friends internal staff "
            "restricted confidential protected password passwordprotected me onlyme self",
        ),
    ),
    Sign(
        "status",
        _words(DRAFT, "draft drafts autodraft")
        | _words(UNLISTED, "unlisted")
        | _words(
            PRIVATE,
            _NO + " private hidden skip pending pendingreview trash trashed deleted unpublished notpublished withdrawn "
            "removed retracted internal confidential secret password protected members membersonly paid sent inherit",
        ),
        SHOWN,
    ),
    Sign("password", _words(SHOWN, "false no none off"), warns=False),
    Sign("headless", _words(PRIVATE, _YES) | _words(SHOWN, _NO)),
    Sign("render", _words(PRIVATE, _NO + " link local"), SHOWN),
    Sign("build", _words(PRIVATE, "false no never off"), SHOWN),
    Sign("list", _words(UNLISTED, _NO + " local"), SHOWN),
    Sign("robots", _words(UNLISTED, "noindex none"), SHOWN),
    Sign("permalink", _words(PRIVATE, "false"), SHOWN),
)
"""Every sign. Ghost's, WordPress' and Drupal's words are among those of `status` and `visibility`."""
_INSIDE = frozenset({"build", "params", "extra", "meta", "metadata", "seo", "custom", "page"})
"""The keys whose parts other programs read like keys of the post itself."""
_NAMES_OF = {key.name: tuple(map(squashed, key.names)) for key in KEYS}
_SIGN_OF: Mapping[str, Sign] = {name: sign for sign in SIGNS for name in _NAMES_OF.get(sign.key, ()) or (sign.key,)}
_ONLY_IN_BUILD = "list"
"""The one sign that is no key of the post itself: a list of anything may stand there."""
_KNOWN = frozenset(name for names in _NAMES_OF.values() for name in names)
_WORDS = pattern(r"[A-Z]?[^\W_A-Z]+|[^\W_]+")
"""The words of a key: `publishedBy` and `published_by` have two."""
_HERE = "\0"
"""Stands for the value in what is quoted of a key."""
_STRAY = pattern(r"[\"']?([^\W\d][\w-]*)[\"']?(?:[ \t]*[:=][ \t]*|[ \t]+)[\"']?(\w+)[\"']?[ \t]*[.,;]?[ \t]*")
"""A line that YAML takes for no name with a value: `private true`, `privat:true`."""


class Privacy(Struct, frozen=True):
    """What the front matter of a post says of who may see it; `reason` is what it says or has, as a clause."""

    effect: Effect = SHOWN
    reason: str = ""

    @property
    def private(self) -> str:
        """Why nobody is to see it, "" if somebody may."""
        return self.reason if self.effect is PRIVATE else ""


def read_privacy(fields: Fields, own: Collection[str] = ()) -> Privacy:
    """Return what the front matter says of who may see the post, and report what is not sure.

    `own` are keys that only this site has; they are never taken for a slip of the pen.
    """
    reader = _Reader(fields, _KNOWN.union(map(squashed, own)))
    return max(reader.found(), key=lambda privacy: privacy.effect, default=Privacy())


class _Reader:
    """Looks through the front matter of one file."""

    def __init__(self, fields: Fields, known: frozenset[str]) -> None:
        self.fields = fields
        self.known = known

    def found(self) -> Iterator[Privacy]:
        """Yield what each key says."""
        names: set[str] = set()
        for key, value in self.fields.written:
            name = squashed(key)
            names.add(name)
            if isinstance(value, dict) and (inside := self._inside(name)):
                if inside == "build":
                    self.fields.understood.add(folded(key))
                for part, inner in value.items():
                    names.add(squashed(part))
                    yield from self._key(part, inner, f"{key}: {{{part}: {_HERE}}}", key, build=inside == "build")
            else:
                yield from self._key(key, value, f"{key}: {_HERE}", key)
        yield from self._strays(names)

    def _inside(self, name: str) -> str:
        """Return which key with parts that are keys themselves a name is, or is a slip of the pen for."""
        return name if name in _INSIDE else "" if name in self.known else nearest(name, ["build"])

    def _key(self, key: str, value: Any, form: str, place: str, *, build: bool = False) -> Iterator[Privacy]:
        """Yield what one key says, which stands below `place` and is quoted in the `form`."""
        name = squashed(key)
        if is_empty(value) or (name == _ONLY_IN_BUILD and not build):
            return
        if sign := _SIGN_OF.get(name):
            self.fields.understood.add(folded(key))
            effect, meant = _value(sign, value)
            if effect and meant is not None:
                self._not_sure(form, place, sign, value, f'"{meant}"' if meant else "")
            yield from self._said(effect, sign, form, value)
        elif name not in self.known and (other := _slip(key)):
            sign = _SIGN_OF[other]
            effect, meant = _value(sign, value)
            if not effect or (meant is not None and _is_odd(value)):
                return
            self.fields.understood.add(folded(key))
            self._not_sure(form, place, sign, value, f'"{_as_written(other)}"')
            yield from self._said(DRAFT if effect is DRAFT else PRIVATE, sign, form, value)

    def _said(self, effect: Effect, sign: Sign, form: str, value: Any) -> Iterator[Privacy]:
        if sign.key == "password" and effect:
            yield Privacy(effect, "has a password")
        else:
            yield Privacy(effect, f"says {_quoted(form, value)}")

    def _not_sure(self, form: str, place: str, sign: Sign, value: Any, meant: str) -> None:
        said = form.partition(":")[0] if sign.key == "password" else _quoted(form, value)
        because = f"is probably meant as {meant}" if meant else "may mean that this is not for the public"
        hint = f"write {_example(sign)} to keep it hidden; to show it, delete the line"
        line = 0 if sign.key == "password" else None  # nobody is told a password
        self.fields.report(place, "post-private", f'"{said}" {because}, so it is not shown', hint, line=line)

    def _strays(self, names: set[str]) -> Iterator[Privacy]:
        """Yield what lines say that were read as no name with a value, such as `private true`."""
        for number, line in enumerate(self.fields.header, 1):
            found = _STRAY.fullmatch(line.rstrip())
            name = squashed(found[1]) if found else ""
            if not found or name in names:
                continue
            sign = _SIGN_OF.get(name if name in self.known else _slip(found[1]))
            if sign and sign.key != _ONLY_IN_BUILD and sign.words.get(squashed(found[2])):
                what = f'"{line.strip()}" is probably meant to hide this, so it is not shown'
                hint = f"write {_example(sign)} to keep it hidden; to show it, delete the line"
                self.fields.report("", "post-private", what, hint, line=number)
                yield Privacy(PRIVATE, f"says “{line.strip()}”")


def _slip(key: str) -> str:
    """Return the sign that a key is a slip of the pen for; `published_by` is none, for it has a word more."""
    words = [squashed(word) for word in _WORDS.findall(key)]
    return "" if len(words) > 1 and not _SIGN_OF.keys().isdisjoint(words) else nearest(squashed(key), _SIGN_OF)


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
    if squashed(text) and (meant := nearest(squashed(text), [word for word, effect in sign.words.items() if effect])):
        return max(sign.words[meant], DRAFT) if sign.words[meant] is not UNLISTED else PRIVATE, meant
    return sign.otherwise, "" if sign.warns and sign.otherwise else None


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
