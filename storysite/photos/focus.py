"""Where a picture has most detail, which is mostly where its people are: around that point it is cut."""

from itertools import accumulate

from PIL import Image, ImageChops, ImageFilter

from storysite.photos.facts import CENTER

_SIDE = 48
"""Pixels of the longer side of the draft that is looked at."""
_REACH = 3
"""The part of the shorter side over which detail is added up is one in so many."""
_PULL = 0.35
"""How much less detail counts at the edge than in the middle."""


def focus_of(picture: Image.Image) -> tuple[int, int]:
    """Return the point of most detail in percent from the left and the top; the center of a picture without any.

    `picture` is upright, of any size and mode. The same pixels always give the same point: numbers are whole.
    """
    scale = _SIDE / max(picture.size)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    draft = picture.convert("RGB").resize((width, height), Image.Resampling.BOX).convert("L")
    soft = draft.filter(ImageFilter.GaussianBlur(2))
    detail = ImageChops.difference(draft, soft).tobytes()
    reach = max(1, min(width, height) // _REACH // 2)
    sums = _sums(detail, width, height)
    best, found = 0, CENTER
    for y in range(height):
        for x in range(width):
            left, right = max(0, x - reach), min(width, x + reach + 1)
            top, bottom = max(0, y - reach), min(height, y + reach + 1)
            inside = sums[bottom][right] - sums[top][right] - sums[bottom][left] + sums[top][left]
            area = (right - left) * (bottom - top)
            away = max(abs(2 * x + 1 - width) * 1000 // width, abs(2 * y + 1 - height) * 1000 // height)
            worth = inside * (1000 - int(away * _PULL)) // area
            if worth > best:
                best, found = worth, ((2 * x + 1) * 50 // width, (2 * y + 1) * 50 // height)
    return found if best > 1000 else CENTER


def _sums(values: bytes, width: int, height: int) -> list[list[int]]:
    """Return the sums of all values above and to the left of each place."""
    sums = [[0] * (width + 1)]
    for y in range(height):
        row = accumulate(values[y * width : (y + 1) * width], initial=0)
        sums.append([above + here for above, here in zip(sums[-1], row, strict=True)])
    return sums
