"""The librarian's own calendar, for `status --calendar FILE`: the site's dates, and the plan that nobody else sees."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from storysite.build.open_site import OpenSite
from storysite.digest import digest_bytes
from storysite.errors import UsageError
from storysite.model.calendar import CalendarEntry, entries_of, whole_day
from storysite.model.ideas import PlannedIdea
from storysite.model.post import Post
from storysite.model.promise import IDEA, Planned, days_owed
from storysite.problems import Problem
from storysite.render.calendar import PRODUCT, calendar_text
from storysite.tell.own_file import write_own
from storysite.tell.promised import promised_by


def write_private_calendar(file: Path, folder: Path, site: OpenSite, ideas: Sequence[PlannedIdea]) -> None:
    """Write a calendar with the dates of all stories, drafts too, what is planned, and when a story is due.

    Raises UsageError if it would lie in the site's `folder`, from which it could be published, or in the place of a
    file that is no calendar of ours.
    """
    if file.resolve().is_relative_to(folder.resolve()):
        what = "a calendar with your drafts and plans is not for the site's folder, from which it could be published"
        raise UsageError(Problem.of("document-place", what, "write it elsewhere, such as ../plan.ics", path=str(file)))
    title = f"{site.config.title} (plan)"
    text = calendar_text(title, private_entries(site, ideas), site.config.root)
    write_own(file, text, PRODUCT, folder=folder, output=folder)


def private_entries(site: OpenSite, ideas: Sequence[PlannedIdea]) -> list[CalendarEntry]:
    """Return the entries of a private calendar: dates of stories, then stories and ideas, then days that are open."""
    config, everything = site.config, site.everything
    promised = promised_by(site, ideas)
    notes = {idea.title: idea.note for idea in ideas}
    found = [
        CalendarEntry(
            _id(each),
            f"{each.title} ({each.state})",
            whole_day(each.day),
            whole=True,
            note=notes.get(each.title, "") if each.state == IDEA else each.source,
        )
        for each in promised.planned
    ]
    if promised.rhythm:
        open_days = days_owed(promised.kept, promised.planned, promised.rhythm, promised.breaks, site.now.date())
        found += [_due(day, config.promise) for day in open_days]
    shown = {post.source for post in site.posts}
    posts = [post for post in everything if isinstance(post, Post) and not post.private]
    linked = [post if post.source in shown else replace(post, url="") for post in posts]
    return [*entries_of(linked, "Last day: %(what)s"), *found]


def _due(day: date, promise: str) -> CalendarEntry:
    return CalendarEntry(f"due-{day}", f"A story is due: {promise}", whole_day(day), whole=True)


def _id(planned: Planned) -> str:
    """Return what stays while a story moves to another day, or an idea does; of an idea, as long as its words do."""
    parts = (planned.source, planned.title) if planned.state == IDEA else (planned.source,)
    return f"plan-{digest_bytes(*(part.encode() for part in parts)).hex()}"
