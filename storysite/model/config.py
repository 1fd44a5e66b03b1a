"""The settings of a site as one frozen value; source/settings.py reads it from storysite.yml."""

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from storysite.model.breaks import Break
from storysite.model.goodwill_rules import GoodwillRules
from storysite.model.taxonomy import TAXONOMIES, Taxonomy
from storysite.problems import Severity

FILE = "storysite.yml"
ENGINES = ("python-markdown", "commonmark")
"""What Markdown can be read with."""


SHARE_CARDS = ("newest", "all", "none")
"""For which stories cards are drawn that networks show."""


class MarkdownOptions(Struct, frozen=True):
    """How Markdown is read: by which engine, within which limits, and with which extensions.

    The limits of one post are seconds of work, levels of elements within each other, and elements.
    """

    engine: str = "python-markdown"
    time_limit: float = 5.0
    nesting_limit: int = 500
    element_limit: int = 100_000
    extensions: tuple[tuple[str, dict[str, Any]], ...] = ()
    """Extensions of Python-Markdown beyond our own, by name, each with its options."""
    edition: bytes = b""
    """The digest of the code of these extensions: with other code a post is another."""
    host: str = ""
    """The site's own host, whose frames and pictures are no other's; a preview has it from the settings, too."""
    frames_from: tuple[str, ...] = ()
    forms_to: tuple[str, ...] = ()
    """The hosts that the site has frames from, and sends forms to."""


class Config(Struct, frozen=True):
    """A site's settings; each field is one key of storysite.yml and has a row in the guide's settings page."""

    title: str = "Our story shelf"
    tagline: str = ""
    school: str = ""
    state: str = ""
    """The short name of the state of the US that the school is in."""
    base_url: str = ""
    own_address: str = ""
    """`base_url` as the settings have it, also where a preview has an address of its own."""
    language: str = "en"
    languages: tuple[str, ...] = ()
    timezone: str = "UTC"
    publish_time: time = time(6, 0)
    school_year_start: tuple[int, int] = (8, 1)
    terms: tuple[tuple[int, int], ...] = ((1, 1),)
    breaks: tuple[Break, ...] | None = None
    """When school is out; None for the summer alone."""
    author: str = ""
    contact: str = ""
    listen: str = "mailto"
    """How readers reply to a story: one of LISTEN in model/reply.py."""
    listen_form: str = ""
    promise: str = "The latest stories"
    reading_level: tuple[int, int] | None = (6, 8)
    """The school grades that stories are written for, None if nobody wants to be told."""
    theme: str = "default"
    plugins: tuple[str, ...] = ()
    post_url: str = "/{year}/{month}/{slug}/"
    posts_per_page: int = 20
    taxonomies: tuple[Taxonomy, ...] = tuple(TAXONOMIES.values())
    search: bool = True
    share_cards: str = SHARE_CARDS[0]
    avif: bool = False
    markdown: MarkdownOptions = MarkdownOptions()
    frames_from: tuple[str, ...] = ()
    forms_to: tuple[str, ...] = ()
    problems: dict[str, Severity | None] = {}
    theme_settings: dict[str, Any] = {}
    goodwill: GoodwillRules = GoodwillRules()

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def root(self) -> str:
        """The site's address with a slash at its end; http://localhost:8000/ until `base_url` is set."""
        return (self.base_url or "http://localhost:8000").rstrip("/") + "/"
