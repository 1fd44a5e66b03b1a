"""The setting `goodwill` of storysite.yml → how the goodwill ledger counts."""

import re

from storysite.errors import BadValue, did_you_mean
from storysite.front_matter.fields import plain_text
from storysite.model.goodwill_rules import WORTH, GoodwillRules

_BOUNDS = {"days": (7, 730), "ready": (0, 100), "first": (0, 100)}
_WORTH = (-20, 20)
_OURS = GoodwillRules()
_USUAL = {"days": _OURS.days, "ready": _OURS.ready, "first": _OURS.first, **WORTH}


def read_goodwill_rules(value: object) -> GoodwillRules:
    """Return how the ledger counts; what is not named counts as it always does. Raises BadValue."""
    if not isinstance(value, dict):
        raise BadValue("this needs settings of its own, indented below it", "for example days: 90")
    found: dict[str, int] = {}
    for name, written in value.items():
        key = re.sub(r"[\s-]+", "_", str(name).strip().lower())
        if key not in _USUAL:
            near = did_you_mean(key, _USUAL)
            hint = f"did you mean {near}?" if near else f"there are {', '.join(_USUAL)}"
            raise BadValue(f'there is no "{str(name)[:60]}" here', hint, where=str(name))
        found[key] = _whole_number(key, plain_text(written))
    worth = WORTH | {key: found.pop(key) for key in WORTH if key in found}
    return GoodwillRules(**found, worth=worth)


def _whole_number(key: str, text: str) -> int:
    least, most = _BOUNDS.get(key, _WORTH)
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", text) or not least <= int(text) <= most:
        what = f'{key} "{text[:60]}" is not a whole number from {least} to {most}'
        raise BadValue(what, f"for example {key}: {_USUAL[key]}", where=key)
    return int(text)
