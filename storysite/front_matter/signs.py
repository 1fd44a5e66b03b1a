"""What says "not for the public", in the words of any generator: one table of signs, each a key and what it says."""

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from re import compile as pattern

from msgspec import Struct

from storysite.errors import did_you_mean
from storysite.front_matter.fields import FALSE, TRUE, folded
from storysite.front_matter.keys import KEYS
from storysite.front_matter.spelling import ORDINARY, nearest, squashed


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
    negation: str = ""
    """The key that says the opposite, with "no" or the like before this one: `no-publish`."""


def _words(effect: Effect, words: str) -> dict[str, Effect]:
    return dict.fromkeys(words.split(), effect)


_YES, _NO = " ".join(TRUE), " ".join(FALSE) + " never none"
_NARROW = (
    _words(UNLISTED, "unlisted link linkonly withlink anyonewiththelink notlisted")
    | _words(DRAFT, "draft")
    | _words(
        PRIVATE,
        "private hidden secret members membersonly paid tiers subscribers followers friends internal staff staffonly "
        "restricted confidential protected password passwordprotected me onlyme self",
    )
)
"""Those who see it, where they are not all."""
SIGNS = (
    Sign("draft", _words(DRAFT, _YES) | _words(SHOWN, _NO), DRAFT),
    Sign("private", _words(PRIVATE, _YES) | _words(SHOWN, _NO)),
    Sign("hide", _words(PRIVATE, _YES), SHOWN),
    Sign("unlisted", _words(UNLISTED, _YES) | _words(SHOWN, _NO)),
    Sign("listed", _words(SHOWN, _YES) | _words(UNLISTED, _NO), negation="unlisted"),
    Sign("public", _words(SHOWN, _YES) | _words(PRIVATE, _NO), negation="private"),
    Sign(
        "published",
        _words(SHOWN, _YES + " published")
        | _words(PRIVATE, _NO + " unpublished private hidden")
        | _words(DRAFT, "draft"),
        dates=True,
        negation="private",
    ),
    Sign(
        "visibility",
        _words(
            SHOWN,
            _YES + " public published publish everyone everybody all world open visible show shown listed default",
        )
        | _words(PRIVATE, _NO)
        | _NARROW,
    ),
    Sign("access", _NARROW, SHOWN),
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
    Sign("render", _words(PRIVATE, _NO + " link local"), SHOWN, negation="private"),
    Sign("build", _words(PRIVATE, "false no never off"), SHOWN),
    Sign("list", _words(UNLISTED, _NO + " local"), SHOWN, negation="unlisted"),
    Sign("robots", _words(UNLISTED, "noindex none"), SHOWN),
    Sign("permalink", _words(PRIVATE, "false"), SHOWN),
)
"""Every sign. Ghost's, WordPress' and Drupal's words are among those of `status` and `visibility`."""
INSIDE_BUILD = "list"
"""The one sign that is no key of the post itself: a list of anything may stand there."""
_NAMES_OF = {key.name: tuple(map(squashed, key.names)) for key in KEYS}
KNOWN = frozenset(name for names in _NAMES_OF.values() for name in names)
"""The names of all keys, signs or not, by their letters and digits."""
SIGN_OF: Mapping[str, Sign] = {name: sign for sign in SIGNS for name in _NAMES_OF.get(sign.key, ()) or (sign.key,)}
"""The sign that each name stands for, by its letters and digits."""
_OF_WORDS = [squashed(each) for key in KEYS for each in key.names if "_" in each and squashed(each) in SIGN_OF]
"""Those of them that have several words."""
SIGN_SPELLINGS = frozenset(folded(each) for sign in SIGNS for key in KEYS if key.name == sign.key for each in key.names)
"""The names as Fields compares them."""
_WORDS = pattern(r"[A-Z]?[^\W_A-Z]+|[^\W_]+")
"""The words of a key: `publishedBy` and `published_by` have two."""
_NEGATION = pattern(r"(?:do)?no[tn]?|dont|never|un")
_LONGEST = 40
"""Letters of a key that is compared with others: no longer one is a slip of the pen for one of ours."""


@lru_cache(10_000)
def sign_of(name: str) -> Sign | None:
    """Return the sign that a name, by its letters and digits, stands for: `nopublish` is that of `private`."""
    if found := SIGN_OF.get(name):
        return found
    negated = _NEGATION.match(name)
    sign = SIGN_OF.get(name[negated.end() :]) if negated else None
    return SIGN_OF[sign.negation] if sign and sign.negation else None


@lru_cache(10_000)
def slips_of(key: str) -> tuple[str, ...]:
    """Return the signs that a key may be a slip of the pen for; `published_by` is for none, for it has a word more."""
    words = [squashed(word) for word in _WORDS.findall(key)]
    name = "".join(words)
    if len(name) > _LONGEST:
        return ()
    return nearest(name, _OF_WORDS if len(words) > 1 and not SIGN_OF.keys().isdisjoint(words) else SIGN_OF)


@lru_cache(10_000)
def likeness_of(key: str) -> tuple[str, ...]:
    """Return the sign that a key looks like, if any, though more than a letter or two differ, as in `prvte`."""
    name = squashed(key)
    if not 4 < len(name) <= _LONGEST or name in ORDINARY or not SIGN_OF.keys().isdisjoint(_WORDS.findall(key.lower())):
        return ()
    near = did_you_mean(name, KNOWN)
    return (near,) if near in SIGN_OF and near[0] == name[0] and len(near) > 4 else ()
