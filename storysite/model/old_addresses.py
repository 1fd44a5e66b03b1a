"""Links by an address that a post had in another program: `/2014/03/robots.html`, `/article/robots/`, `robots.php`.

Nobody wrote these addresses down as aliases. The last part of nearly all of them is the name by which the post is known
here too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import unquote

from storysite.model.post import PostHeader
from storysite.model.slug import slugify
from storysite.model.taxonomy import TAXONOMIES

_PAGE = re.compile(r"\.(?:x?html?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_OTHER_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_DAY = re.compile(r"(?:^|/)(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?=[-/]|$)")
_YEAR = re.compile(r"(?:^|/)((?:19|20)\d\d)(?=/)")
_DAY_IN_NAME = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")
_LISTINGS = {"tag", "tags", "category", "categories", "label", "labels", "topic", "topics", "author", "authors", "user"}
"""Folders of listings in other programs: what comes last in such an address is the name of no post."""


class OldAddresses:
    """The posts of a site by what their addresses in other programs end in."""

    def __init__(self, posts: Iterable[PostHeader], folders: Iterable[str] = ()) -> None:
        self._by_slug: dict[str, list[PostHeader]] = {}
        for post in posts:
            self._by_slug.setdefault(post.slug, []).append(post)
        ours = {name for each in TAXONOMIES.values() for name in (each.name, each.folder)}
        self._listings = {*_LISTINGS, *ours, *folders}

    def post_at(self, target: str) -> PostHeader | None:
        """Return the one post that an address can have meant: of this name, and of the date in it if there is one."""
        path = unquote(re.split(r"[?#]", target.replace("\\", "/"), maxsplit=1)[0]).rstrip("/")
        path = re.sub(r"/(?:index|default)$", "", _PAGE.sub("", path))
        above, _, last = path.rpartition("/")
        if not last or _OTHER_FILE.search(last) or not self._listings.isdisjoint(above.casefold().split("/")):
            return None
        named = self._named(last) or self._named(_DAY_IN_NAME.sub("", last))
        fitting = [post for post in named if _fits(path, post)]
        return fitting[0] if len(fitting) == 1 else None

    def _named(self, last: str) -> Sequence[PostHeader]:
        return self._by_slug.get(slugify(last), ())


def _fits(path: str, post: PostHeader) -> bool:
    """Return whether a post is of the day, month or year in a path; a day off is another time zone."""
    written: Mapping[str, int] = {}
    if found := _DAY.search(path):
        written = {name: int(part) for name, part in zip(("year", "month", "day"), found.groups(), strict=True) if part}
    elif found := _YEAR.search(path):
        written = {"year": int(found[1])}
    if not written:
        return True
    if post.moment is None:
        return False
    days = [post.moment.date() + timedelta(days=off) for off in (-1, 0, 1)]
    return any(all(getattr(day, name) == number for name, number in written.items()) for day in days)
