"""The calendar that families can follow: the events that readers see, and the last days to help."""

from storysite.model.calendar import entries_of
from storysite.model.index import Index
from storysite.model.visibility import reason_hidden
from storysite.plan.context import CalendarContext
from storysite.plan.page import Page
from storysite.plan.page_builder import PageBuilder
from storysite.plan.page_types import PAGE_TYPES
from storysite.plan.slices import Constant


def calendar_page(index: Index, builder: PageBuilder) -> Page | None:
    """Return the calendar, None if there is nothing in it.

    As in feeds there are no drafts in it, nothing of a day to come and nothing unlisted, also where a preview shows
    these. An entry is there as long as its story is, so that a calendar which somebody follows stays.
    """
    seen = (post for post in index.originals if reason_hidden(post, index.now) is None)
    entries = entries_of(seen, builder.gettext("Last day: %(what)s"))
    if not entries:
        return None
    title = builder.gettext(index.config.title)
    url = PAGE_TYPES["calendar"].template
    dates = CalendarContext(title, url, index.config.language, tuple(entries))
    return builder.page("calendar", url, "the calendar", calendar_dates=Constant(dates))
