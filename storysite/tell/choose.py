"""Which story somebody wants to share, and what has to be said before it is: that nobody can read it yet, or at all."""

from collections.abc import Sequence
from posixpath import basename
from urllib.parse import quote

from storysite.build.open_site import OpenSite
from storysite.errors import UsageError, one_line
from storysite.model.ballot import is_ballot
from storysite.model.named import names_of, posts_named
from storysite.model.post import Body, Post
from storysite.model.translations import originals_of
from storysite.model.visibility import HiddenPost
from storysite.problems import Problem
from storysite.render.filters import SAFE
from storysite.tell.story import Story, story_of

_HINT = "write the path of a post, the name of its file, its address, or words of its title"
LISTED = 8
"""Stories that are named to choose from."""
_TOLD_OF = ("draft", "scheduled")
"""Why a story is not shown that will be."""


def chosen_post(found: OpenSite, wanted: str) -> tuple[Post, Sequence[str]]:
    """Return the post that is `wanted`, the newest if none is named, and what to say before it is shared.

    Raises UsageError if there is none, if several may be meant, and for one that is not for the public.
    """
    known = {post.source: post for post in (*found.everything, *found.posts) if isinstance(post, Post)}
    hidden = {post.source: post for post in found.hidden}
    post = _named(found, known, hidden, wanted) if wanted else _newest(found)
    why = hidden.get(post.source)
    if why and why.reason not in _TOLD_OF:
        raise UsageError(_no(f"{why.source} cannot be shared: it {why.sentence}", "choose another story"))
    if not why and post.private:
        raise UsageError(_no(f"{post.source} cannot be shared: it {post.private}", "choose another story"))
    if is_ballot(post):
        hint = "readers find it on the site; have the district office read what else goes out"
        raise UsageError(_no(f"{post.source} cannot be shared: it asks about a public vote", hint))
    return post, _notices(post, why)


def story_to_share(found: OpenSite, post: Post) -> Story:
    """Return what may be told of a post in networks, with its address in full."""
    index = found.index_of([post])
    files = [path if index.files.shows(path) else "" for path in index.files_of.get(post.source, ())]
    body = found.bodies([post]).get(post.source, Body(""))
    return story_of(post, found.config.root + quote(post.url, safe=SAFE), files, body)


def _named(found: OpenSite, known: dict[str, Post], hidden: dict[str, HiddenPost], wanted: str) -> Post:
    posts = posts_named(wanted, known.values(), root=found.config.root, language=found.config.language)
    if len(posts) == 1:
        return posts[0]
    if posts:
        listed = "; ".join(f"{post.source} (“{post.title}”)" for post in posts[:LISTED])
        more = f"; and {len(posts) - LISTED:,} more" if len(posts) > LISTED else ""
        what = f"{len(posts):,} stories are called {one_line(wanted)[:200]}: {listed}{more}"
        raise UsageError(_no(what, "write the path of the one you mean"))
    unread = [
        each
        for each in hidden.values()
        if {wanted, basename(wanted).casefold()} & {each.source, *names_of(each.source)}
    ]
    if unread:  # a file that is broken, or that its name keeps from being read
        raise UsageError(_no(f"{unread[0].source} cannot be shared: it {unread[0].sentence}", "choose another story"))
    raise UsageError(_no(f"no story is called {one_line(wanted)[:200]}", _HINT))


def _newest(found: OpenSite) -> Post:
    posts = [post for post in found.posts if isinstance(post, Post) and post.moment and not post.unlisted]
    translations = originals_of(posts, found.config.language)
    stories = [post for post in posts if post.source not in translations]
    if not stories:
        raise UsageError(_no("there is no story to share yet", "publish one first, or name a draft"))
    return max(stories, key=lambda post: (str(post.moment), post.id))


def _notices(post: Post, why: HiddenPost | None) -> Sequence[str]:
    """Return what to know before a post is shared, each in a sentence."""
    said: list[str] = []
    if why and why.reason == "draft":
        said.append(
            "This story is a draft: its link leads nowhere until it is published, so do not post these texts yet."
        )
    if why and why.appears:
        moment = f"{why.appears:%Y-%m-%d at %H:%M}"
        said.append(f"This story goes live on {moment}, post then: until that moment its link leads nowhere.")
    if post.unlisted:
        said.append("This story is unlisted: whoever sees one of these texts can find it.")
    if post.expires:
        said.append(f"Readers can open this story until {post.expires:%Y-%m-%d}.")
    return said


def _no(what: str, hint: str) -> Problem:
    return Problem.of("share-post", what, hint)
