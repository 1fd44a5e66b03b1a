"""How hard the stories are to read, in words for their author: which are above the goal, and why."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from heapq import nlargest
from pathlib import Path

from msgspec import Struct

from storysite.build.open_site import OpenSite
from storysite.front_matter.split import split_front_matter
from storysite.markdown.prose import passages_of
from storysite.model.post import AnyPost, Post
from storysite.model.reading import SENTENCES, WORDS, ReadingLevel, reading_level
from storysite.source.encoding import read_text
from storysite.source.sentence_places import lines_of_sentences

DAYS = 90
"""About a term: what was told before is not told otherwise any more."""
LOOKED_AT = 60
"""Stories of the last DAYS and drafts that are read at most, the newest: a year of weekly ones."""
TOLD = 5
_SHOWN = 120
"""Letters of a sentence that are shown."""
NO_LEVEL = f"no grade: only English and Spanish texts of {WORDS} words and {SENTENCES} sentences or more have one"


class Read(Struct, frozen=True):
    """A post that was read, and how hard it is, None if that cannot be said."""

    post: AnyPost
    level: ReadingLevel | None


def recent_stories(site: OpenSite, *, most: int = LOOKED_AT) -> list[Post]:
    """Return the newest stories, `most` of them: those of the last DAYS, those to come, and all drafts."""
    since = site.now - timedelta(days=DAYS)
    others = {post.source for post in site.hidden if post.reason not in ("draft", "scheduled")}
    posts = (post for post in site.everything if isinstance(post, Post))
    recent = [post for post in posts if post.draft or (post.moment is not None and post.moment > since)]
    recent = [post for post in recent if post.source not in others]
    return nlargest(most, recent, key=lambda post: (post.moment is None, post.moment or since, post.source))


def read(site: OpenSite, posts: Sequence[AnyPost]) -> list[Read]:
    """Return how hard each post is. Raises ProblemsFound if a file changed since it was found."""
    texts = site.bodies(posts)
    return [Read(post, reading_level(passages_of(texts[post.source].html), post.language)) for post in posts]


def summary(site: OpenSite, folder: Path) -> list[str]:
    """Return what `storysite status` says of recent stories that are above the goal: a heading and lines."""
    goal = site.config.reading_level
    if goal is None:
        return []
    above = [each for each in read(site, recent_stories(site)) if each.level is not None and each.level.is_above(goal)]
    if not above:
        return []
    lines = [f"Hard to read ({len(above)}): above {goal_in_words(goal)}, which is your goal"]
    for each in above[:TOLD]:
        lines += [f"  {each.post.source} “{each.post.title}” is at {each.level}"]
        lines += [f"    {line}" for line in hardest(folder, each)][:1]
    rest = len(above) - TOLD
    more = f"… and {rest:,} more. " if rest > 0 else ""
    return [*lines, f"  {more}To see the hardest sentences of one, run storysite read and the name of its file."]


def of_one(site: OpenSite, folder: Path, post: AnyPost) -> Iterator[str]:
    """Yield what `storysite read` says of one post: its level beside the goal, and its hardest sentences."""
    (each,) = read(site, [post])
    level, goal = each.level, site.config.reading_level
    if level is None:
        yield f"{post.source}: {NO_LEVEL}"
        return
    beside = ""
    if goal is not None:
        beside = f", {'above' if level.is_above(goal) else 'within'} your goal of {goal_in_words(goal)}"
    yield f"{post.source} is at {level}{beside}"
    length = level.words / level.sentences
    yield f"  {level.words:,} words in {level.sentences:,} sentences, {length:.0f} words in each"
    found = hardest(folder, each)
    if found:
        yield ""
        yield "The hardest sentence:" if len(found) == 1 else f"The {len(found)} hardest sentences:"
        yield from (f"  {line}" for line in found)


def overview(site: OpenSite) -> Iterator[str]:
    """Yield what `storysite read` says without a post: how hard each recent story is, the newest first."""
    goal = site.config.reading_level
    stories = read(site, recent_stories(site))
    if not stories:
        yield f"There are no stories of the last {DAYS} days, and no drafts."
        return
    yield f"How hard to read are the stories of the last {DAYS} days, and drafts?"
    if goal is not None:
        yield f"Your goal is {goal_in_words(goal)}."
    yield ""
    for each in stories:
        note = " (above your goal)" if goal and each.level and each.level.is_above(goal) else ""
        yield f"  {each.post.source} “{each.post.title}”: {each.level or 'no grade'}{note}"
    if any(each.level is None for each in stories):
        yield ""
        yield f"{NO_LEVEL[:1].upper()}{NO_LEVEL[1:]}."


def goal_in_words(goal: tuple[int, int]) -> str:
    """Return the goal as people say it."""
    return f"grade {goal[0]}" if goal[0] == goal[1] else f"grades {goal[0]} to {goal[1]}"


def hardest(folder: Path, each: Read) -> list[str]:
    """Return the hardest sentences of a post, each with its line in the file, as far as it is found there."""
    if each.level is None:
        return []
    sentences = each.level.hardest
    try:
        source, _ = read_text((folder / each.post.source).read_bytes(), each.post.source)
    except OSError:
        source = ""
    start = split_front_matter(source, each.post.source).body_line
    lines = lines_of_sentences([sentence.text for sentence in sentences], source.split("\n"), start)
    return [
        f"{f'line {line}: ' if line else ''}{_in_short(sentence.text)} ({sentence.words} words)"
        for line, sentence in zip(lines, sentences, strict=True)
    ]


def _in_short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
