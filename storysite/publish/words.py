"""What is said of what goes out: in one screen to who sends it, and in the message that is kept with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from storysite import __version__
from storysite.errors import one_line
from storysite.publish.changes import Change

TRAILER = "Published-with"
"""The line by which `publish` knows again what it saved."""
UNDONE = "Takes-back"
LISTED = 8
"""Titles of a kind that are named."""
_LONGEST = 200
"""Letters of a title in a message."""
_COUNTED = {
    "new": ("new story", "new stories"),
    "changed": ("changed story", "changed stories"),
    "withdrawn": ("story taken off the site", "stories taken off the site"),
    "scheduled": ("scheduled story", "scheduled stories"),
    "draft": ("draft", "drafts"),
    "page": ("page", "pages"),
    "photo": ("photo", "photos"),
    "other": ("other file", "other files"),
}
_NAMED = {
    "new": "New",
    "changed": "Changed",
    "withdrawn": "Taken off the site",
    "scheduled": "Scheduled",
    "draft": "Draft",
    "page": "Page",
}


def summary(changes: Sequence[Change]) -> str:
    """Return in a few words what goes out: "1 new story, 2 changed stories and 3 photos"."""
    by_kind = _by_kind(changes)
    parts = [
        f"{len(by_kind[how]):,} {words[len(by_kind[how]) != 1]}" for how, words in _COUNTED.items() if how in by_kind
    ]
    return joined(parts)


def listing(changes: Sequence[Change]) -> Iterator[str]:
    """Yield a line for each story and page that goes out, of each kind the first few."""
    by_kind = _by_kind(changes)
    for how, name in _NAMED.items():
        titles = [change.title for change in by_kind.get(how, ())]
        for title in titles[:LISTED]:
            yield f"{name}: {title}"
        if len(titles) > LISTED:
            yield f"… and {len(titles) - LISTED:,} more"


def staying(stay: Sequence[str], titles: Mapping[str, str]) -> str:
    """Return in a sentence what does not go along, "" if all does; `titles` are those of the stories by their paths."""
    stories = [f"“{titles[path]}”" for path in stay if path in titles]
    others = len(stay) - len(stories)
    parts = []
    if stories:
        more = [f"{len(stories) - 3:,} more"] if len(stories) > 3 else []
        parts.append(("the draft " if len(stories) == 1 else "the drafts ") + joined([*stories[:3], *more]))
    if others:
        parts.append("1 file that no story shows yet" if others == 1 else f"{others:,} files that no story shows yet")
    return joined(parts)


def message(changes: Sequence[Change]) -> str:
    """Return what is kept with what was sent: the title of the first story, a line for each, and who saved it."""
    named = sorted((each for each in changes if each.how in _NAMED), key=lambda each: [*_NAMED].index(each.how))
    if named:
        first, rest = named[0], len(named) - 1
        verb = "Take off" if first.how == "withdrawn" else "Publish"
        subject = f"{verb}: {one_line(first.title)[:_LONGEST]}" + (f" and {rest:,} more" if rest else "")
    else:
        subject = f"Publish: {summary(changes) or 'the site'}"
    lines = [one_line(line)[:_LONGEST] for line in listing(changes)] if len(named) > 1 else []
    return "\n".join([subject, "", *([*lines, ""] if lines else []), f"{TRAILER}: storysite {__version__}", ""])


def joined(parts: Iterable[str]) -> str:
    """Return parts as one says them: "a, b and c"."""
    *first, last = [*parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _by_kind(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.how, []).append(change)
    return found
