"""How copies of a picture are made: a Recipe says all that decides their bytes, and a ladder says which there are."""

from collections.abc import Sequence

from msgspec import Struct

from storysite.photos.card import HEIGHT, LARGEST, WIDTH
from storysite.photos.facts import MOST_FRAMES, Facts
from storysite.photos.kinds import KINDS

WIDTHS = (400, 800, 1200, 1800)
"""Pixels: a phone's column and its double, a desktop's column and its double. The largest is what a reader enlarges."""
_NEAR = 1.15
"""A picture that is hardly larger than a step is that step."""
QUALITY = {"jpeg": 80, "webp": 76, "avif": 58}
"""Where nobody sees a difference on a photo: each kind counts in its own way."""
MOST_MOVING_PIXELS = 24_000_000
"""Of all frames together: 80 of 640 by 480, about 3 MB. A longer film is shown by its first frame."""


class Recipe(Struct, frozen=True, order=True):
    """What a copy is to be: a kind of KINDS, and its size in pixels, into which the picture is fitted.

    With a `focus`, in percent from the left and the top, the picture is cut to fill the size around that point.
    """

    kind: str
    width: int
    height: int
    quality: int = 0
    focus: tuple[int, int] | None = None
    moving: bool = False
    most: int = 0
    """Bytes that the copy may have, 0 for any number: its quality is lowered until it has no more."""

    @property
    def name(self) -> str:
        """The recipe as part of a file's name, a different one for each: `800x600-f40-30-q76.webp`."""
        focus = f"-f{self.focus[0]}-{self.focus[1]}" if self.focus else ""
        quality = f"-q{self.quality}" if self.quality else ""
        most = f"-{self.most // 1000}k" if self.most else ""
        return f"{self.width}x{self.height}{focus}{quality}{'-m' * self.moving}{most}{KINDS[self.kind].endings[0]}"


def widths(facts: Facts, most: int = WIDTHS[-1]) -> Sequence[int]:
    """Return the widths of a picture's copies, smallest first; none is wider than the picture, or than `most`."""
    widest = min(facts.width, most)
    return (*(width for width in WIDTHS if width * _NEAR < widest), widest)


def fitted(facts: Facts, width: int, kind: str) -> Recipe:
    """Return the recipe of a copy of the whole picture that is `width` wide, but never wider than the picture."""
    width = min(width, facts.width)
    height = max(1, round(facts.height * width / facts.width))
    return Recipe(kind, width, height, QUALITY.get(kind, 0), moving=keeps_moving(facts, kind, width, height))


def cropped(facts: Facts, width: int, ratio: tuple[int, int], focus: tuple[int, int], kind: str) -> Recipe:
    """Return the recipe of a copy cut to a ratio of width to height around a point."""
    across, down = ratio
    width = max(1, min(width, facts.width, facts.height * across // down))
    height = max(1, round(width * down / across))
    return Recipe(kind, width, height, QUALITY.get(kind, 0), focus)


def share_recipe(facts: Facts, focus: tuple[int, int]) -> Recipe | None:
    """Return the recipe of the card that networks show of a picture, None for one that is too small or a drawing.

    From half its size on a picture is shown in large by all of them (Facebook, Sharing best practices: 600 by 315).
    """
    across, down = WIDTH // 2, HEIGHT // 2
    if facts.kind == "svg" or facts.width < across or facts.height < down:
        return None
    width = min(WIDTH, facts.width, facts.height * WIDTH // HEIGHT)
    return Recipe("jpeg", width, round(width * HEIGHT / WIDTH), QUALITY["jpeg"], focus, most=LARGEST)


def fallback_kind(facts: Facts) -> str:
    """Return the kind of copies for readers that know nothing newer: PNG for holes or few colors, else JPEG."""
    if facts.frames > 1 and facts.kind == "gif":
        return "gif"
    return "png" if facts.transparent or facts.kind in ("gif", "bmp") else "jpeg"


def keeps_moving(facts: Facts, kind: str, width: int, height: int) -> bool:
    """Return whether a copy moves as its picture does: where its kind can, up to a number of frames and of pixels."""
    few = 1 < facts.frames < MOST_FRAMES and facts.frames * width * height <= MOST_MOVING_PIXELS
    whole = facts.frames * facts.pixels <= 10 * MOST_MOVING_PIXELS
    return KINDS[kind].moving and few and whole


def recipes(facts: Facts, kinds: Sequence[str] = ("webp",)) -> Sequence[Recipe]:
    """Return the recipes of all copies of a picture, by kind and width: those of newer `kinds`, then the fallbacks.

    A film is never made as AVIF, for that takes minutes.
    """
    fallback = fallback_kind(facts)
    steps = widths(facts)
    middle = steps[min(len(steps) - 1, 1)]
    if fallback == "gif":  # as it is: a GIF that is made smaller is no smaller file
        steps, middle = (facts.width,), facts.width
    newer = [fitted(facts, width, kind) for kind in kinds if _is_quick(facts, kind) for width in steps]
    return [*newer, *(fitted(facts, width, fallback) for width in sorted({middle, steps[-1]}))]


def _is_quick(facts: Facts, kind: str) -> bool:
    return kind != "avif" or facts.frames == 1
