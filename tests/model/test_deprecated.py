"""What a site of today may use works for a year at least after somebody is told that it goes away."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest

from storysite.front_matter.keys import KEYS
from storysite.model.deprecated import DEPRECATED, DEPRECATED_SETTINGS, Deprecation
from storysite.render.filters import FILTERS
from storysite.source.settings import READERS

SETTINGS = """author avif base_url breaks contact forms_to frames_from goodwill language languages listen listen_form
    markdown plugins post_url posts_per_page problems promise publish_time reading_level school
    school_year_start search share_cards state tagline taxonomies terms theme theme_settings timezone
    title""".split()
FRONT_MATTER = """access aliases archived ask audience authors build categories date draft event expires focus
    follows_up grades headless hide id image image_alt impact kind lang layout listed menu order password people
    permalink photos pin private public published quote render robots series share slug standards status summary
    tags thanks_to title translation translation_key type unlisted updated visibility""".split()
OF_TEMPLATES = """absolute_url as_html cdata clock day filed full gap group_url html ics impact_label is_break iso
    json_text lang_attrs language_name link number percent picture qr reply_address rfc822 share spoken
    times uri url words""".split()
"""What sites may have used so far. Names are added to these and never taken away."""


def day_of(text: str) -> date:
    """Return a day as the table writes it: `1 August 2028`."""
    return datetime.strptime(text, "%d %B %Y").replace(tzinfo=UTC).date()


@pytest.mark.parametrize("gone", [*DEPRECATED.items(), *DEPRECATED_SETTINGS.items()], ids=str)
def test_nothing_goes_away_before_everybody_had_a_year(gone: tuple[object, Deprecation]) -> None:
    """From the day on which it was first told."""
    assert day_of(gone[1].until) - day_of(gone[1].since) >= timedelta(days=365)


@pytest.mark.parametrize(
    ("used", "known", "told"),
    [
        (SETTINGS, READERS, DEPRECATED_SETTINGS),
        (FRONT_MATTER, {key.name for key in KEYS}, {}),
        (OF_TEMPLATES, FILTERS, {name: gone for (name, argument), gone in DEPRECATED.items() if not argument}),
    ],
    ids=["settings", "front matter", "filters"],
)
def test_whatever_a_site_used_works_until_its_day(
    used: list[str], known: Collection[str], told: dict[str, Deprecation]
) -> None:
    """A name that is known no more has a row in the table, and its day is over."""
    today = datetime.now(UTC).date()
    for name in set(used) - set(known):
        assert name in told, f"{name} is gone, and nobody was told"
        assert day_of(told[name].until) < today, f"{name} was to work until {told[name].until}"


def test_every_name_of_today_is_promised() -> None:
    """Whoever adds one adds it here as well, and so promises it."""
    assert set(READERS) <= set(SETTINGS)
    assert {key.name for key in KEYS} <= set(FRONT_MATTER)
    assert set(FILTERS) <= set(OF_TEMPLATES)
