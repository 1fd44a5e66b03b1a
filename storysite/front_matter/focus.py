"""Where a picture is cut, as people write it: in percent, in parts of one, or in words, and always left before top."""

import re

from storysite.errors import BadValue
from storysite.front_matter.fields import Fields, is_empty, plain_text

_SIDES = {"left": 0, "right": 100, "top": 0, "bottom": 100}
_DOWN = ("top", "bottom")
_PART = re.compile(
    r"(?P<word>left|right|top|bottom|center|centre|middle)|(?P<number>(?:(?<![\d%.])-)?(?:\d+(?:\.\d*)?|\.\d+))\s*%?"
)
_BETWEEN = " ,;/-_()[]"
_AUTOMATIC = ("auto", "automatic", "smart")
_LONGEST = 60


def read_focus(fields: Fields, name: str) -> tuple[int, int] | None:
    """Return the point that the key `name` has, in percent from the left and the top, None for none."""
    return focus_of(fields, fields.get(name), fields.key(name))


def focus_of(fields: Fields, value: object, key: str) -> tuple[int, int] | None:
    """Return the point that `value` means, which stands at or below `key`; a wrong one is told of, and is none."""
    try:
        return point(value)
    except BadValue as error:
        written = _in_words(value)
        what = f'focus "{written[:_LONGEST]}" {error.what}, so the part with most detail is shown'
        fields.report(key, "post-value", what, error.hint, line=_line(fields, key, written))
        return None


def point(value: object) -> tuple[int, int] | None:
    """Return a point in percent from the left and the top, None for none. Raises BadValue, with what is wrong with it.

    Words and their order are those of CSS (`background-position`), where a side alone is its middle.
    """
    if is_empty(value):
        return None
    if isinstance(value, dict):
        value = [_sides(value, "x", "left"), _sides(value, "y", "top")]
    parts = value if isinstance(value, list) else [value]
    text = " ".join(map(plain_text, parts)).lower()
    if not text.strip() or text in _AUTOMATIC:
        return None
    if len(text) > _LONGEST or _PART.sub("", text).strip(_BETWEEN):
        raise _no_place()
    found = list(_PART.finditer(text))
    numbers = [match["number"] for match in found if match["number"]]
    if len(found) not in (1, 2) or (len(found) == len(numbers) == 1):
        raise _no_place()
    whole = "%" in text or not any("." in number for number in numbers) or any(float(each) > 1 for each in numbers)
    places: dict[bool, int] = {}
    for match in found:
        if (word := match["word"]) in _SIDES and places.setdefault(word in _DOWN, _SIDES[word]) != _SIDES[word]:
            raise _no_place()
    for match in found:
        if match["word"] not in _SIDES:
            number = float(match["number"]) * (1 if whole else 100) if match["number"] else 50
            places[False in places] = min(max(round(number), -1), 101)
    across, down = places.get(False, 50), places.get(True, 50)
    if not (0 <= across <= 100 and 0 <= down <= 100):
        raise BadValue("is outside the picture", "write two numbers from 0% to 100%, from the left and from the top")
    return across, down


def _sides(value: dict[str, object], *names: str) -> object:
    given = {str(name).strip().lower(): part for name, part in value.items()}
    found = next((given[name] for name in names if not is_empty(given.get(name))), None)
    if found is None or isinstance(found, list | dict):
        raise _no_place()
    return found


def _no_place() -> BadValue:
    hint = "write how far from the left and from the top it is, for example 40% 30%"
    return BadValue("is not a place in a picture", hint)


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {plain_text(part)}" for name, part in value.items())
    return plain_text(value)


def _line(fields: Fields, key: str, written: str) -> int:
    """Return the line on which a focus is written, at or below its key."""
    start = fields.lines.get(key, 0)
    stop = min((line for line in fields.lines.values() if line > start), default=len(fields.header))
    words = re.findall(r"[^\s,]+", written)
    lines = range(start, min(stop, len(fields.source)) if start else 0)
    named = [line for line in lines if "foc" in fields.source[line - 1].lower()]
    return next((line for line in named if all(word in fields.source[line - 1] for word in words)), start)
