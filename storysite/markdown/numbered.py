"""Characters written as numbers (`&#8217;`), as browsers read them: https://html.spec.whatwg.org/#numeric-character-reference-end-state."""

import re

_NUMBERED = re.compile(r"&#(?:x0*+([0-9a-f]*+)(?<=[0-9a-f])|0*+([0-9]*+)(?<=[0-9]));?", re.IGNORECASE)
_NONE = "\ufffd"


def settle_numbered(html: str) -> str:
    """Return HTML in which every number stands for a character that a page and a feed may hold.

    Those of 128 to 159 are of Windows-1252; what is no character at all is shown as U+FFFD, which is seen at least.
    """
    return _NUMBERED.sub(_settled, html) if "&#" in html else html


def unseen_in(line: str) -> str:
    """Return the first number in a line of a post that stands for no character, "" if there is none."""
    return next((found[0] for found in _NUMBERED.finditer(line) if _settled(found) == _NONE), "")


def character_of(number: int) -> str:
    """Return the character that browsers show for `number`, U+FFFD if XML or programs keep that for themselves."""
    if 128 <= number < 160:
        return bytes([number]).decode("cp1252", "replace")
    unseen = number < 32 and number not in (9, 10, 13)
    unseen = unseen or number == 127 or 0xFDD0 <= number < 0xFDF0
    if unseen or 0xD800 <= number < 0xE000 or number > 0x10FFFF or number & 0xFFFE == 0xFFFE:
        return _NONE
    return chr(number)


def _settled(reference: re.Match[str]) -> str:
    digits, base = (reference[2], 10) if reference[1] is None else (reference[1], 16)
    number = int(digits[:8] or "0", base)
    character = character_of(number)
    return reference[0] if character == chr(min(number, 0x10FFFF)) else character
