"""Asks about a public vote: what they must say, and that somebody at the district office has to read them."""

from collections.abc import Iterator

from storysite.model.ballot import LAWS, is_ballot
from storysite.model.post import PostHeader
from storysite.model.site import Site
from storysite.problems import Problem


def ballot_facts(site: Site) -> Iterator[Problem]:
    """Yield a warning for each ask about a public vote without a day, a link to the facts, or who has read it."""
    config = site.index.config
    for post in site.index.posts:
        if (post.ask or post.kind == "ask") and is_ballot(post):
            missing = list(_missing(post))
            if missing:
                what = f"this is about a public vote and does not say {_listed(missing)}"
                hint = "add what is missing to ask:, and have the district office read this before it goes out"
                if law := LAWS.get(config.state):
                    hint += f"; in {law[0]}, {law[1]}"
                yield Problem.of("ballot-facts", what, hint, path=post.source)


def _missing(post: PostHeader) -> Iterator[str]:
    if not (post.ask and post.ask.by) and post.event is None:
        yield "when it is (by:)"
    if not (post.ask and post.ask.url):
        yield "where the facts are (url:)"
    if not (post.ask and post.ask.reviewed_by):
        yield "who at the district office read it (reviewed_by:)"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"
