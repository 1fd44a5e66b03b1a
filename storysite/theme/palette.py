"""Colors that can be read on every ground they stand on, whoever chose them."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from storysite.model.theme import Color
from storysite.theme.contrast import AA_CONTRAST, is_color, least_contrast, nearest_readable

GROUNDS = ("paper", "sheet", "wash")
"""Colors that text stands on."""
LINES = ("rule", "board")
"""Colors that no text has."""
SCHEMES = ("light", "dark")


class Fault(Struct, frozen=True):
    """A color that cannot be read: its role, the scheme, its contrast, and the nearest one that can."""

    role: str
    scheme: str
    color: str
    contrast: float
    nearest: str


def faults(colors: Iterable[Color]) -> Iterator[Fault]:
    """Yield each color of a text that is too near to one of the grounds it may stand on."""
    by_role = {color.role: color for color in colors}
    for scheme in SCHEMES:
        grounds = [getattr(by_role[role], scheme) for role in GROUNDS if role in by_role]
        for role, color in by_role.items():
            if role not in (*GROUNDS, *LINES) and grounds:
                given = getattr(color, scheme)
                if (found := least_contrast(given, grounds)) < AA_CONTRAST:
                    yield Fault(role, scheme, given, found, nearest_readable(given, grounds))


def are_colors(text: str) -> bool:
    """Return whether `text` is one color, or two with a space between: for light and for dark."""
    parts = text.split()
    return 1 <= len(parts) <= 2 and all(map(is_color, parts))


def color_pair(role: str, given: str, palette: Mapping[str, Color]) -> Color:
    """Return the color of a role that is written as one color, or as two for light and dark with a space between.

    One color alone is that of the light scheme; the dark one is the nearest of its hue that can be read there.
    Raises ValueError for what is no color.
    """
    if not are_colors(given):
        raise ValueError(given)
    parts = given.split()
    if len(parts) == 2:
        return Color(role, *parts)
    if role in (*GROUNDS, *LINES):
        return Color(role, parts[0], palette[role].dark)
    grounds = [palette[ground].dark for ground in GROUNDS if ground in palette]
    return Color(role, parts[0], nearest_readable(parts[0], grounds))
