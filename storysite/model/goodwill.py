"""The goodwill ledger: what the stories of the last term gave and what they asked for. For the librarian's eyes only.

After Laura Solomon's "Understanding Social Capital" (American Libraries, 2013): stories and thanks are paid in, each
favor asked draws on it, and so does promotion. That three gifts should stand before one ask is custom (Vaynerchuk
2013), not evidence; that people want to hear how the last ask ended before the next is well supported (Burk 2003).
"""

from datetime import timedelta

from msgspec import Struct

from storysite.model.post import PostHeader
from storysite.model.site import Site
from storysite.model.visibility import reason_hidden

DAYS = 90
"""About a term: twelve weekly stories."""
VALUES = {"victory": 1, "thanks": 1, "news": 1, "listen": 1, "report": 1, "event": -1, "ask": -3}
"""What a post of each kind pays in; an ask within a post of another kind draws one."""
READY = 3
"""The balance from which it is a good time to ask."""
FIRST = 4
"""The stories that stand in the archive before its first ask."""


class Goodwill(Struct, frozen=True):
    """How many posts of the last DAYS gave and how many asked, the balance, and the asks whose end was never told.

    `stories` are the gifts of all times, counted up to FIRST.
    """

    gave: int
    asked: int
    balance: int
    stories: int
    unanswered: list[PostHeader]

    def __str__(self) -> str:
        """The ledger in a sentence: the sums, and what to do next."""
        gifts = "1 story gave" if self.gave == 1 else f"{self.gave} stories gave"
        return f"in the last {DAYS} days, {gifts} and {self.asked or 'none'} asked: {self._advice()}"

    def _advice(self) -> str:
        if self.unanswered:
            return f"first tell people how “{self.unanswered[0].title}” turned out"
        missing = max(FIRST - self.stories, READY - self.balance)
        if missing > 0:
            return f"tell {missing} more {'story' if missing == 1 else 'stories'} before the next ask"
        return "a good time to ask"


def goodwill(site: Site) -> Goodwill:
    """Return the goodwill ledger of a site; drafts and posts of days to come do not count."""
    posts = [post for post in site.index.originals if post.moment and reason_hidden(post, site.now) is None]
    recent = [post for post in posts if post.moment and post.moment > site.now - timedelta(days=DAYS)]
    stories = sum(VALUES.get(post.kind, 0) > 0 for post in posts)
    return Goodwill(
        gave=sum(VALUES.get(post.kind, 0) > 0 for post in recent),
        asked=sum(_asks(post) or VALUES.get(post.kind, 0) < 0 for post in recent),
        balance=sum(VALUES.get(post.kind, 0) - (_asks(post) and post.kind != "ask") for post in recent),
        stories=min(stories, FIRST),
        unanswered=[post for post in posts if _asks(post) and _is_over(post, site) and not _was_answered(post, site)],
    )


def _asks(post: PostHeader) -> bool:
    return post.ask is not None


def _is_over(post: PostHeader, site: Site) -> bool:
    return post.ask is not None and (
        post.ask.status != "open" or (post.ask.by is not None and post.ask.by < site.now.date())
    )


def _was_answered(post: PostHeader, site: Site) -> bool:
    return bool(post.ask and post.ask.outcome) or post.id in site.index.answers
