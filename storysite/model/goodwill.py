"""The goodwill ledger: what the stories of the last term gave and what they asked for. For the librarian's eyes only.

What each post is worth, and from when it is a good time to ask, are settings (model/goodwill_rules.py): no source has a
ratio that stands on evidence. Four rules do not depend on it: the first ask comes after some stories; how the last ask
ended is told before the next (Burk 2003); thanks and asks do not share a post (Garecht, on letters to donors); and
promotion counts (Solomon 2011).
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice, takewhile

from msgspec import Struct

from storysite.model.asks import AskLife, asks_of
from storysite.model.goodwill_rules import GoodwillRules
from storysite.model.index import Index
from storysite.model.post import KINDS, PostHeader
from storysite.model.site import Site
from storysite.model.visibility import reason_hidden
from storysite.problems import times

INSIDE = "ask_inside"
"""The row of asks inside posts of other kinds."""


class LedgerRow(Struct, frozen=True):
    """How many posts of one kind there were (or asks inside others), and what they added or took together."""

    kind: str
    count: int
    worth: int


class Goodwill(Struct, frozen=True):
    """The ledger of the last days: its rows, the balance, and what to do before the next ask.

    `told` counts the posts that added something, `asked` the asks of both sorts, `promoted` what else took something.
    """

    rules: GoodwillRules
    rows: list[LedgerRow]
    told: int
    asked: int
    promoted: int
    balance: int
    stories: int
    """The posts of all times that added something, counted up to those that stand before a first ask."""
    since: int | None
    """The posts that added something since the last ask, None if there never was one."""
    owed: list[AskLife]
    """The asks that are over and of which nobody heard how they ended, oldest first."""
    mixed: list[PostHeader]
    """The thanks of these days that ask for something as well."""

    def __str__(self) -> str:
        """The ledger in a sentence: where it stands, and what to do next."""
        told = times(self.told, "story", "stories")
        if self.since is None:
            return f"{told} in the last {self.rules.days} days and no ask yet: {self.advice}"
        return f"{times(self.since, 'story', 'stories')} since the last ask: {self.advice}"

    @property
    def state(self) -> str:
        """The state for the next ask in a word: ready, thin or overdrawn."""
        if self.balance >= self.rules.ready:
            return "ready"
        return "thin" if self.balance > 0 else "overdrawn"

    @property
    def advice(self) -> str:
        """What to do next, as a clause."""
        if self.owed:
            return f"first tell people how “{self.owed[0].post.title}” turned out"
        worth = self.rules.worth["victory"]
        short = -(-(self.rules.ready - self.balance) // worth) if worth > 0 else 0
        missing = max(self.rules.first - self.stories, short)
        if missing > 0:
            return f"tell {missing} more {'story' if missing == 1 else 'stories'} before the next ask"
        return "a good time to ask" if self.balance >= self.rules.ready else "not yet a good time to ask"

    @property
    def ratio(self) -> str:
        """Stories for each ask, beside the custom of four to one (80/20); "" if nothing was asked."""
        if not self.asked:
            return ""
        each = self.told / self.asked
        return f"{each:.0f}" if each == int(each) else f"{each:.1f}"


def goodwill(site: Site) -> Goodwill:
    """Return the goodwill ledger of a site; drafts and posts of days to come do not count."""
    index, rules = site.index, site.index.config.goodwill
    begin = site.now - timedelta(days=rules.days)
    newest = _published(site, reversed(index.originals))
    posts = list(takewhile(lambda post: post.moment is not None and post.moment > begin, newest))
    counts = {kind: sum(post.kind == kind for post in posts) for kind in KINDS}
    counts[INSIDE] = sum(post.ask is not None and post.kind != "ask" for post in posts)
    rows = [LedgerRow(kind, count, count * rules.worth[kind]) for kind, count in counts.items() if count]
    told = sum(_adds(post, rules) for post in posts)
    asked = counts["ask"] + counts[INSIDE]
    return Goodwill(
        rules,
        rows,
        told,
        asked,
        promoted=sum(counts[kind] for kind in KINDS if kind != "ask" and rules.worth[kind] < 0),
        balance=sum(row.worth for row in rows),
        stories=sum(1 for _ in islice(_stories(site), rules.first)),
        since=_since_the_last_ask(site),
        owed=[life for life in asks_of(index) if life.owed and reason_hidden(life.post, site.now) is None],
        mixed=[post for post in posts if post.kind == "thanks" and post.ask is not None],
    )


def _published(site: Site, posts: Iterable[PostHeader]) -> Iterator[PostHeader]:
    return (post for post in posts if post.moment and reason_hidden(post, site.now) is None)


def _stories(site: Site) -> Iterator[PostHeader]:
    return (post for post in _published(site, site.index.originals) if _adds(post, site.index.config.goodwill))


def _since_the_last_ask(site: Site) -> int | None:
    posts = site.index.originals
    asks = (place for place in range(len(posts) - 1, -1, -1) if is_ask(posts[place]))
    last = next((place for place in asks if any(_published(site, posts[place : place + 1]))), None)
    if last is None:
        return None
    return sum(_adds(post, site.index.config.goodwill) for post in _published(site, posts[last + 1 :]))


def is_ask(post: PostHeader) -> bool:
    """Return whether a post asks for something, be it of that kind or of another."""
    return post.kind == "ask" or post.ask is not None


def _adds(post: PostHeader, rules: GoodwillRules) -> bool:
    return rules.worth[post.kind] > 0


def months_told(index: Index, posts: Iterable[PostHeader], months: int = 12) -> list[tuple[int, int, list[PostHeader]]]:
    """Return year, month and the posts of each of the last calendar months, oldest first, this month the last."""
    last = index.today.year * 12 + index.today.month - 1
    found: dict[int, list[PostHeader]] = {month: [] for month in range(last - months + 1, last + 1)}
    for post in posts:
        if post.moment and (month := post.moment.year * 12 + post.moment.month - 1) in found:
            found[month].append(post)
    return [(month // 12, month % 12 + 1, told) for month, told in found.items()]
