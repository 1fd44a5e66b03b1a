"""What the files of a site weigh, and how long there is room for more of them, in words for people."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from storysite.cache.database import PageRow
from storysite.model.post import PostHeader
from storysite.photos.kinds import KINDS

PAGES_LIMIT = 1_000_000_000
"""Bytes that a site on GitHub Pages may have: 1 GB (docs.github.com, "GitHub Pages limits")."""
TERM = 84
"""Days of a school term: what fewer days of stories weigh says nothing of a year."""
_PICTURES = tuple(ending for kind in KINDS.values() for ending in kind.endings)
_MB = 1_000_000
_YEAR = 365.25
_FAR = 20


class Weight(Struct, frozen=True):
    """The bytes of all pages and files of an output, and those of the pictures among them.

    Without what is made after a build, such as the search index.
    """

    total: int = 0
    photos: int = 0


def weight_of(rows: Iterable[PageRow]) -> Weight:
    """Return what output files weigh, as they were written; none of them is opened."""
    total = photos = 0
    for row in rows:
        total += row.size
        if row.route.lower().endswith(_PICTURES):
            photos += row.size
    return Weight(total, photos)


def first_day(posts: Iterable[PostHeader]) -> date | None:
    """Return the day of the first of these stories, None if none has a date."""
    return min((post.date for post in posts if post.date), default=None)


def is_heavy(weight: Weight, limit: int = PAGES_LIMIT) -> bool:
    """Return whether a site has passed half of what it may weigh."""
    return weight.total > limit / 2


def weight_in_words(weight: Weight, first: date | None, today: date, limit: int = PAGES_LIMIT) -> str:
    """Return what a site weighs, and for how many years there is room if it grows as it has since its `first` story.

    The pace is all it weighs by the years since then, for what the stories of one year brought is not known. So it
    is too slow for a site that has photos only of late; where there is less than a term of stories, nothing is said.
    """
    photos = f"photos are {_megabytes(weight.photos)} of it" if weight.photos else "none of it is photos"
    room = f"{_megabytes(limit)} that GitHub Pages gives a site; {photos}."
    if weight.total > limit:
        return f"The site weighs {_megabytes(weight.total)}, more than the {room}"
    text = f"The site weighs {_megabytes(weight.total)} of the {room}"
    days = (today - first).days if first else 0
    if days < TERM or not weight.total:
        return text
    return f"{text} At this pace there is room for {_years((limit - weight.total) / weight.total * days / _YEAR)}."


def _megabytes(size: int) -> str:
    return f"{round(size / _MB):,} MB" if size >= _MB else "less than 1 MB"


def _years(years: float) -> str:
    if years > _FAR:
        return f"more than {_FAR} years"
    whole = round(years)
    if not whole or years < 1:
        return "less than a year"
    return "about a year" if whole == 1 else f"about {whole} years"
