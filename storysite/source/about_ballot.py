"""The warnings of an ask about a public vote that takes sides, each at its line: a public school may only inform."""

from collections.abc import Sequence

from storysite.model.ballot import advocacy_in, is_ballot
from storysite.model.post import AnyPost, Post
from storysite.problems import Problem

_EACH = 5
"""Phrases of one post that are told of."""
_HINT = "say what is decided, when and where, leave the rest to others, and have the district office read this"


def about_ballot(post: AnyPost, source: str, lines: Sequence[str]) -> list[Problem]:
    """Return the warnings of a post whose file has the text `source`, in these `lines`."""
    if not isinstance(post, Post) or not is_ballot(post):
        return []
    found: dict[str, Problem] = {}
    for place, phrase in advocacy_in(source):
        line = source.count("\n", 0, place) + 1
        what = f'"{phrase[:60]}" takes sides in a public vote, and a public school may only inform'
        found.setdefault(
            phrase.casefold(),
            Problem.of("ballot-words", what, _HINT, path=post.source, line=line, excerpt=lines[line - 1]),
        )
    return list(found.values())[:_EACH]
