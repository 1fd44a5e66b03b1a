"""Asks about a public vote: a levy, a bond, a referendum. For a public school these are law and not taste.

It may inform, and no more. Which words take sides follows what districts are told by their states and lawyers (Ohio:
Bricker Graydon; Texas: the questions of pacelectionguide and a district's do's and don'ts; Washington: guidelines of
the Public Disclosure Commission in district policies; California: CCSA). A list of words cannot decide what is lawful.
"""

import re
from collections.abc import Iterable, Iterator

from storysite.model.post import PostHeader

_VOTES = re.compile(
    r"""
    \b(?: levy | levies | millage | referendums? | referenda | plebiscite
    | ballot \s+ (?:measure|question|issue|initiative|proposal|language)s? | on \s+ the \s+ ballot
    | bond \s+ (?:measure|issue|election|proposal|proposition|referendum|package|question|program|vote)s?
    | (?:school|district|facilities|library|building) \s+ bonds?
    | (?:the|this|our|a|million) \s+ bond (?!\s+(?:with|between|over|paper))
    | (?:budget|override|bond|levy|tax|school \s+ board) \s+ (?:vote|election)s?
    | vote \s+ on \s+ (?:the|our|a) \s+ (?:\w+\s+)? (?:budget|bond|levy|tax|measure|proposal)
    | parcel \s+ tax | tax \s+ (?:measure|increase|renewal) | prop(?:osition)? \s+ \d+
    | refer[ée]ndum | bonos? \s+ escolar(?:es)? | medida \s+ electoral
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MEASURE = re.compile(r"\b(?:Measure|Proposition|Question) [A-Z]{1,2}\b")
_VOTE_ALONE = re.compile(r"\s*(?:a |your |the )?(?:vote|election|ballot)s?\s*", re.IGNORECASE)

_GAP = r"[\s*_~]+"
_PHRASES = (
    r"vote[sd]? (?:yes|no|for|against|in favor(?: of)?)",
    r"(?:say|saying) yes",
    r"(?:we|our [a-z]+) need(?:s)? your (?:support|vote|help|yes)",
    r"(?:please )?(?:support|back|oppose|defeat|pass|approve|reject) (?:the|this|our)(?: [a-z]+)?"
    r" (?:levy|bond|measure|referendum|budget|tax|proposal|override)",
    r"(?:please )?(?:support|oppose|pass|approve|reject) (?:measure|proposition|prop|question|issue) [a-z0-9]+",
    r"(?:it|this) deserves your (?:support|vote)",
    r"(?:every|your) vote (?:counts|matters|will save)",
    r"vot(?:e|en|a|ar|emos) (?:que )?(?:s[ií]|no|por|a favor|en contra)",
    r"(?:apoy(?:e|en|a|ar|emos)|necesitamos su (?:apoyo|voto))",
)
_ADVOCACY = re.compile("|".join(rf"\b{phrase.replace(' ', _GAP)}(?!\w)" for phrase in _PHRASES), re.IGNORECASE)

LAWS = {
    "CA": ("California", "public resources may not be used to support or oppose a measure"),
    "OH": ("Ohio", "a school district may not publish what supports or opposes a levy or bond issue"),
    "TX": ("Texas", "a district may publish facts, dates and places, and not “vote for”, “support” or the like"),
    "WA": ("Washington", "a school's machines, staff time, publications and mailing lists may not help a campaign"),
}
"""What is known of the rules of some states, by their short names; where to read them, see the top of this file."""


def looks_like_ballot(what: str, title: str, tags: Iterable[str] = ()) -> bool:
    """Return whether an ask for `what` is about a public vote; children who vote for a book are none."""
    texts = (what, title, *tags)
    return bool(_VOTE_ALONE.fullmatch(what)) or any(_VOTES.search(text) or _MEASURE.search(text) for text in texts)


def is_ballot(post: PostHeader) -> bool:
    """Return whether a post asks about a public vote, so that it may only inform."""
    if post.ask:
        return post.ask.ballot
    return post.kind == "ask" and looks_like_ballot("", post.title, post.tags)


def advocacy_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each phrase that takes sides in a vote, and the phrase on one line."""
    for found in _ADVOCACY.finditer(text):
        yield found.start(), " ".join(re.sub(r"[*_~]", "", found[0]).split())
