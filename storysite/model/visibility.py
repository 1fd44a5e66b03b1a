"""Which posts are shown today, and for each that is not: why, and when it will be. Nothing vanishes silently."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from storysite.model.post import AnyPost, Header, PostHeader, with_digests
from storysite.model.translations import originals_of


class HiddenPost(Struct, frozen=True):
    """A file that is not shown: the reason in one word, and in a sentence; `appears` where there is a moment."""

    source: str
    title: str
    reason: str
    """`private`, `draft`, `scheduled`, `expired`, `skipped`, `copy` or `broken`."""
    sentence: str
    appears: datetime | None = None


def visible_posts(
    posts: Iterable[AnyPost], now: datetime, *, site: str, drafts: bool = False, future: bool = False
) -> tuple[list[AnyPost], list[HiddenPost]]:
    """Return the posts of a `site` of some language that are shown at `now`, and the others with the reason."""
    seen: list[AnyPost] = []
    hidden: list[HiddenPost] = []
    for post in like_their_originals(list(posts), site):
        reason = reason_hidden(post, now, drafts=drafts, future=future)
        if reason:
            hidden.append(reason)
        else:
            seen.append(post)
    return seen, hidden


def like_their_originals(posts: Sequence[AnyPost], site: str) -> Iterator[AnyPost]:
    """Yield posts, of which a translation is as private and as unlisted as the story that it is a translation of."""
    quiet = {post.source: post for post in posts if post.private or post.unlisted}
    original_of = originals_of(posts, site) if quiet else {}
    for post in posts:
        # also what is named as a translation and is one more story in the same language
        original = quiet.get(original_of.get(post.source, "")) or quiet.get(post.translates)
        if original is None or post.private or (post.unlisted and not original.private):
            yield post
        elif original.private:
            yield with_digests(replace(post, private=f"is a translation of {original.source}"))
        else:
            yield with_digests(replace(post, unlisted=True))


def reason_hidden(post: Header, now: datetime, *, drafts: bool = False, future: bool = False) -> HiddenPost | None:
    """Return why `post` is not shown at `now`, None if it is."""
    if post.private:
        return HiddenPost(post.source, post.title, "private", f"{post.private}, so it is not for the public")
    if post.draft and not drafts:
        return HiddenPost(post.source, post.title, "draft", "is a draft")
    if post.expires and post.expires < now.date():
        return HiddenPost(post.source, post.title, "expired", f"expired: it was shown until {post.expires:%Y-%m-%d}")
    if isinstance(post, PostHeader) and post.moment and post.moment > now and not future:
        sentence = f"is scheduled: it appears on {post.moment:%Y-%m-%d at %H:%M}"
        return HiddenPost(post.source, post.title, "scheduled", sentence, post.moment)
    return None


def next_change(posts: Iterable[Header], now: datetime) -> datetime:
    """Return the first moment after `now` at which the clock alone changes what is shown: a post's, or midnight."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    moments = (post.moment for post in posts if isinstance(post, PostHeader) and post.moment)
    return min((moment for moment in moments if now < moment < midnight), default=midnight)
