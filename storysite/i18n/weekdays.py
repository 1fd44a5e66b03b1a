"""The days of the week in other languages, Monday first."""

from functools import cache

from storysite.i18n import locale_of


@cache
def weekdays(language: str) -> tuple[str, ...]:
    """Return what the days of the week are called in a language, from Monday to Sunday, in English if it is unknown."""
    from babel.dates import get_day_names  # takes long to load

    names = get_day_names("wide", locale=locale_of(language))
    return tuple(names[day] for day in range(7))
