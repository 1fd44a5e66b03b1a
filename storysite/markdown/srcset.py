"""The pictures of a `srcset`, parsed as https://html.spec.whatwg.org/#parsing-a-srcset-attribute has it."""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"[\s,]*([^\s]+)")
_CONDITION = re.compile(r"((?:\([^)]*\)?|[^,(])*),?")


def candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """Yield each address with its condition, such as `2x`, or ""; a comma within an address is one of its letters."""
    place = 0
    while found := _ADDRESS.match(srcset, place):
        address = found[1].rstrip(",")
        place = found.end()
        condition = ""
        if address == found[1] and (said := _CONDITION.match(srcset, place)):
            condition, place = " ".join(said[1].split()), said.end()
        if address:
            yield address, condition
