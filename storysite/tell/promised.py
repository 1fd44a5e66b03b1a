"""How a site's promise stands and what it plans, for all that tells of it: the lines of `status`, and the calendar."""

from collections.abc import Sequence

from msgspec import Struct

from storysite.build.open_site import OpenSite
from storysite.model.breaks import Break, breaks_or_summer
from storysite.model.ideas import PlannedIdea
from storysite.model.promise import IDEA, Kept, Planned, days_told, planned_posts, promise_kept
from storysite.model.rhythm import Rhythm, turn_of
from storysite.model.school_year import term_start
from storysite.source.promise import read_rhythm
from storysite.source.scan import PLANS


class Promised(Struct, frozen=True):
    """A promise by its rhythm, None if it says none; how it was kept, the breaks, and what is planned, by its days."""

    rhythm: Rhythm | None
    kept: Kept
    breaks: Sequence[Break]
    planned: list[Planned]


def promised_by(site: OpenSite, ideas: Sequence[PlannedIdea]) -> Promised:
    """Return how the promise of a site stands today; without a rhythm it is counted in weeks."""
    config, today = site.config, site.now.date()
    rhythm = read_rhythm(config.promise, config.language)
    since = turn_of(today, rhythm).first if rhythm else today
    dated = [Planned(idea.day, idea.title, PLANS[0], IDEA) for idea in ideas if idea.day and idea.day >= today]
    breaks = breaks_or_summer(config.breaks, config.school_year_start)
    term = term_start(today, config.school_year_start, config.terms)
    told = days_told(site.everything, site.now, config.language)
    kept = promise_kept(told, rhythm or Rhythm(), breaks, today, term)
    planned = planned_posts(site.everything, site.now, config.language, since)
    return Promised(rhythm, kept, breaks, sorted([*planned, *dated]))
