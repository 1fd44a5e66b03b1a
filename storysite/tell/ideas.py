"""What `status` says of ideas for the next story, those of content/plan.yml and those of the archive, in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from storysite.model.ideas import SERIES, STANDARD, TAG, YEAR_AGO, Idea, PlannedIdea
from storysite.problems import times

_REASONS = (YEAR_AGO, SERIES, TAG, STANDARD)
_OF_EACH = 3
"""Ideas of the same reason that are named."""
_OF_THE_PLAN = 20


def idea_lines(planned: Sequence[PlannedIdea], archive: Sequence[Idea], today: date) -> Iterator[str]:
    """Yield what there is to tell of: ideas without a day to come, and the archive's; nothing where there are none."""
    waiting = [idea for idea in planned if not idea.day or idea.day < today]
    if waiting:
        yield "  Ideas in the plan:"
        yield from _few((f"    {_planned(idea)}" for idea in waiting), _OF_THE_PLAN, len(waiting))
    if archive:
        yield "  Ideas from the archive:"
    for reason in _REASONS:
        found = [idea for idea in archive if idea.reason == reason]
        yield from _few((f"    {_of_archive(idea)}" for idea in found), _OF_EACH, len(found))


def _few(lines: Iterable[str], most: int, count: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == most:
            yield f"      and {count - most:,} more like this"
            return
        yield line


def _planned(idea: PlannedIdea) -> str:
    facts = [*([f"planned for {idea.day:%Y-%m-%d}"] if idea.day else []), *([idea.kind] if idea.kind else [])]
    known = f" ({', '.join(facts)})" if facts else ""
    return f"“{idea.title}”{known}{f': {idea.note}' if idea.note else ''}"


def _of_archive(idea: Idea) -> str:
    told = f"({idea.day:%Y-%m-%d}, {idea.source})"
    since = f"nothing since {idea.day:%Y-%m-%d}, {times(idea.stories, 'story', 'stories')} in all"
    sentences = {
        YEAR_AGO: f"A year ago this week: “{idea.name}” {told}",
        SERIES: f"The series “{idea.name}”: {since}",
        TAG: f"The tag “{idea.name}”: {since}",
        STANDARD: f"The standard {idea.name}: nothing this school year, the last on {idea.day:%Y-%m-%d}",
    }
    return sentences[idea.reason]
