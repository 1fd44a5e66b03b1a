"""The words of the interface, as the plan asks for them."""

from typing import Protocol


class Words(Protocol):
    """The words of the interface in each language; storysite.i18n is one."""

    SOURCE: str
    """The language of the sources, which is always there."""

    def gettext(self, language: str, text: str) -> str:
        """Return English words in `language`."""

    def has_interface(self, language: str) -> bool:
        """Return whether there are words in `language`."""

    def direction(self, language: str) -> str:
        """Return how `language` is written: `ltr` or `rtl`."""
