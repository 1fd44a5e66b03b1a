"""Contrast of colors, as WCAG 2.2 measures it, and the nearest color that can be read."""

import re
from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

AA_CONTRAST = 4.5
"""The contrast that text of any size must have with its ground (WCAG 2.2, 1.4.3, level AA)."""
STEPS = 512
"""Lightnesses that are tried between black and white: two neighbors look the same."""


def is_color(text: str) -> bool:
    """Return whether `text` is a color as designers write it: #rgb or #rrggbb."""
    return bool(re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", text, re.IGNORECASE))


@cache
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def least_contrast(color: str, grounds: Sequence[str]) -> float:
    """Return the contrast of a color with that of `grounds` on which it is hardest to read; 21 if there are none."""
    return min((contrast(color, ground) for ground in grounds), default=21.0)


def nearest_readable(color: str, grounds: Sequence[str]) -> str:
    """Return the color of the same hue, nearest in lightness, that can be read on all `grounds`.

    Where none can, because the grounds are too far apart or in the middle, it is black or white, whichever is better.
    """
    hue, lightness, saturation = rgb_to_hls(*_channels(color))
    place = round(lightness * STEPS)
    for step in sorted(range(STEPS + 1), key=lambda step: (abs(step - place), step)):
        made = _written(hls_to_rgb(hue, step / STEPS, saturation))
        if least_contrast(made, grounds) >= AA_CONTRAST:
            return made
    return max(("#000000", "#ffffff"), key=lambda made: least_contrast(made, grounds))


def _channels(color: str) -> tuple[float, float, float]:
    """Return red, green and blue, each from 0 to 1."""
    digits = color.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _written(channels: Sequence[float]) -> str:
    return "#" + "".join(f"{round(events * 255):02x}" for events in channels)


def _luminance(color: str) -> float:
    """Return the relative luminance of a color, from 0 to 1 (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
