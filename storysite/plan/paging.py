"""Pages of a long listing, numbered from the oldest, so that a new story changes the front page and no other."""

from collections.abc import Sequence


def page_windows(count: int, size: int) -> Sequence[range]:
    """Return the places that each page of a listing of `count` stories shows, oldest page first.

    Every page but the last holds exactly `size` stories and never changes its members again. The last is
    the listing's front page: it holds the newest, from `size` up to `2 * size - 1` of them, so that it is
    never nearly empty after a page was filled.
    """
    full = max(0, count // size - 1)
    return [*(range(page * size, (page + 1) * size) for page in range(full)), range(full * size, count)]
