"""Which posts are shown today, and for each that is not: why, and when it will be. Nothing vanishes silently."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from msgspec import Struct

from storysite.errors import Problem
from storysite.model.post import PAGE, Post


class HiddenPost(Struct, frozen=True):
    """A file that is not shown: the reason in one word, and in a sentence; `appears` where there is a moment."""

    source: str
    title: str
    reason: str
    """`draft`, `scheduled`, `expired`, `skipped` or `broken`."""
    sentence: str
    appears: datetime | None = None


def visible_posts(
    posts: Iterable[Post], now: datetime, *, drafts: bool = False, future: bool = False
) -> tuple[list[Post], list[HiddenPost]]:
    """Return the posts that are shown at `now`, and the others with the reason."""
    seen: list[Post] = []
    hidden: list[HiddenPost] = []
    for post in posts:
        reason = reason_hidden(post, now, drafts=drafts, future=future)
        if reason:
            hidden.append(reason)
        else:
            seen.append(post)
    return seen, hidden


def reason_hidden(post: Post, now: datetime, *, drafts: bool = False, future: bool = False) -> HiddenPost | None:
    """Return why `post` is not shown at `now`, None if it is."""
    if post.draft and not drafts:
        return HiddenPost(post.source, post.title, "draft", "is a draft: it appears when it is no longer marked as one")
    if post.expires and post.expires < now.date():
        return HiddenPost(post.source, post.title, "expired", f"expired: it was shown until {post.expires:%Y-%m-%d}")
    if post.moment and post.moment > now and not future and post.kind != PAGE:
        sentence = f"is scheduled: it appears on {post.moment:%Y-%m-%d at %H:%M}"
        return HiddenPost(post.source, post.title, "scheduled", sentence, post.moment)
    return None


def next_change(posts: Iterable[Post], now: datetime) -> datetime:
    """Return the first moment after `now` at which the clock alone changes what is shown: a post's, or midnight."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return min((post.moment for post in posts if post.moment and now < post.moment < midnight), default=midnight)


def duplicate_ids(posts: Iterable[Post]) -> list[Problem]:
    """Return an error for each two posts with one id: feed readers would take them for one and the same."""
    first: dict[str, Post] = {}
    problems: list[Problem] = []
    for post in sorted(posts, key=lambda post: post.source):
        other = first.setdefault(post.id, post)
        if other is not post and PAGE not in (post.kind, other.kind):
            what = f'this post has the id "{post.id}" of {other.source}, so feed readers would take them for one'
            hint = "the newer one was probably copied: delete its id line (or run storysite post for a fresh one)"
            problems.append(Problem(post.source, 0, "post-id-twice", what, hint))
    return problems
