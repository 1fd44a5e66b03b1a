"""The life of an ask: it is open, then met or closed, then people are thanked and told what came of it.

People who gave want to be thanked soon, and to hear what it did before they are asked again: the one rule about asking
that is well supported (Penelope Burk, "Donor-Centered Fundraising", 2003).
"""

from datetime import date

from msgspec import Struct

from storysite.model.index import Index
from storysite.model.post import Ask, PostHeader

OPEN, MET, CLOSED = STATUSES = ("open", "met", "closed")
"""What front matter says of an ask."""


class AskLife(Struct, frozen=True):
    """How far an ask has come: whether it is over, and what followed."""

    post: PostHeader
    ask: Ask
    over: bool
    """Whether it is met or closed, has an outcome, or its day has passed."""
    thanked: bool
    told: bool
    """Whether readers were told what came of it, by the ask itself or by a story that follows it up."""

    @property
    def owed(self) -> bool:
        """Whether people wait to hear how it ended: neither thanked nor told."""
        return self.over and not (self.thanked or self.told)

    def state(self, today: date) -> str:
        """The state in a clause, as it stands behind the ask's name."""
        if self.told:
            return "told how it turned out" if self.thanked else "told how it turned out, nobody thanked"
        if self.thanked:
            return "thanked, but not told how it turned out"
        if self.is_met:
            return "met"
        if self.ask.status != OPEN:
            return "closed"
        if self.over and self.ask.by:
            return f"its date was {self.ask.by:%B} {self.ask.by.day}" + (
                f", {self.ask.by.year}" if self.ask.by.year != today.year else ""
            )
        return "open"

    @property
    def is_met(self) -> bool:
        """Whether front matter says so, or as much is there as was asked for."""
        return self.ask.status == MET or is_full(self.ask)


def is_full(ask: Ask) -> bool:
    """Return whether there is as much as was asked for."""
    return ask.goal is not None and ask.have is not None and 0 < ask.goal <= ask.have


def is_open(ask: Ask, today: date) -> bool:
    """Return whether people can still help: it has no end yet, and its day has not passed."""
    return ask.status == OPEN and not ask.outcome and (ask.by is None or ask.by >= today)


def life_of(post: PostHeader, index: Index) -> AskLife | None:
    """Return how far the ask of a post has come on the day of the index, None if it asks for nothing."""
    if post.ask is None:
        return None
    after = index.answers.get(post.id, [])
    over = not is_open(post.ask, index.today)
    thanked = any(each.kind == "thanks" or each.thanks_to for each in after) or (over and bool(post.thanks_to))
    return AskLife(post, post.ask, over, thanked, bool(post.ask.outcome or after))


def asks_of(index: Index) -> list[AskLife]:
    """Return the asks of all posts, oldest first."""
    return [life for post in index.asks if (life := life_of(post, index))]
