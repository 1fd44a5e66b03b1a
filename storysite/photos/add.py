"""A picture as it comes from a phone, a camera or a scanner → one that may be committed and published."""

from storysite.photos.derive import derive
from storysite.photos.facts import Facts
from storysite.photos.header import read_facts
from storysite.photos.kinds import KINDS
from storysite.photos.recipe import Recipe
from storysite.photos.scrub import scrub
from storysite.photos.svg import clean_svg

LONGEST = 2560
"""Pixels of the longer side: enough for paper, and a tenth of what a phone's file weighs."""
_QUALITY = {"jpeg": 88, "webp": 86, "avif": 75}
"""Higher than that of what is published, which is made from it."""


def added(data: bytes) -> tuple[bytes, str]:
    """Return a picture without anything but the picture, no larger than LONGEST, and the ending for its name.

    What is small enough keeps every pixel, if browsers know its kind. Raises BadValue for what cannot be read.
    """
    facts = read_facts(data)
    if facts.kind == "svg":
        return clean_svg(data), ".svg"
    kind = _kept_as(facts)
    ending = KINDS[kind].endings[0]
    if facts.frames > 1 and kind == facts.kind:
        return scrub(data), ending
    scale = min(1.0, LONGEST / max(facts.width, facts.height))
    size = max(1, round(facts.width * scale)), max(1, round(facts.height * scale))
    recipe = Recipe(kind, *size, _QUALITY.get(kind, 0))
    (copy,) = derive(data, [recipe])  # also of what is kept as it is, to see that it can be decoded
    as_it_is = kind == facts.kind and scale == 1.0 and facts.color != "cmyk"
    return scrub(data) if as_it_is else copy, ending


def _kept_as(facts: Facts) -> str:
    if KINDS[facts.kind].shown and facts.kind != "bmp":
        return facts.kind
    return "png" if facts.transparent or facts.kind == "bmp" else "jpeg"
