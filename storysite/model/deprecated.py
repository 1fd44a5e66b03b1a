"""What templates and settings may still use and should not any more: for who knows it still, and for the notes of it.

Nothing goes before everybody had a year to see the note: `since` and `until` are days, and a row stays until its day.
"""

from collections.abc import Mapping

from msgspec import Struct


class Deprecation(Struct, frozen=True):
    """How long something stays, which is two school years where it can be, and what to write in its place."""

    since: str
    """The day on which it was first told."""
    until: str
    """The last day on which it works."""
    name: str = ""
    """Its new name, if only the name changes; the old one does the same until then."""
    other: str = ""
    """What to write if it goes away for good, in words."""

    @property
    def instead(self) -> str:
        """What to write in its place, in words."""
        return self.other or f"{self.name}, its new name"


DEPRECATED: Mapping[tuple[str, str], Deprecation] = {
    ("full", ""): Deprecation("27 November 2026", "1 August 2028", "absolute_url"),
    ("gap", ""): Deprecation("27 November 2026", "1 August 2028", "is_break"),
    ("html", "among"): Deprecation("27 November 2026", "1 August 2028", "for_other_page"),
    ("html", "everywhere"): Deprecation("27 November 2026", "1 August 2028", "absolute_links"),
    ("link", ""): Deprecation("27 November 2026", "1 August 2028", "url"),
    ("share", ""): Deprecation("27 November 2026", "1 August 2028", "percent"),
    ("spoken", ""): Deprecation("27 November 2026", "1 August 2028", "lang_attrs"),
    ("times", ""): Deprecation(
        "27 November 2026",
        "1 August 2028",
        other='ngettext("%(num)s story", "%(num)s stories", count), which knows every language',
    ),
    ("words", ""): Deprecation("27 November 2026", "1 August 2028", "impact_label"),
}
"""By the name of a filter and of its argument; no argument is the filter itself."""
DEPRECATED_SETTINGS: Mapping[str, Deprecation] = {}
"""By the name of a setting in storysite.yml."""


def new_filter_names() -> dict[str, str]:
    """Return the new name of each filter that has one, by its old name."""
    return {name: gone.name for (name, argument), gone in DEPRECATED.items() if gone.name and not argument}


def new_argument_names(filter_name: str) -> dict[str, str]:
    """Return the new name of each argument of a filter that has one, by its old name."""
    return {argument: gone.name for (name, argument), gone in DEPRECATED.items() if name == filter_name and argument}
