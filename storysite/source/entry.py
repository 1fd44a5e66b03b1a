"""What reading a file depends on, and what it gives: known without loading all that reads."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Protocol

from msgspec import Struct

from storysite.front_matter.fields import text_list
from storysite.model.config import MarkdownOptions
from storysite.model.document import Document
from storysite.model.post import AnyPost
from storysite.plugins.load import load_plugins
from storysite.problems import Problem


class ReadSettings(Struct, frozen=True):
    """The settings that reading depends on; nothing else of the settings is handed to it."""

    timezone: str
    clock: time
    language: str
    author: str
    post_url: str
    markdown: MarkdownOptions = MarkdownOptions()
    languages: tuple[str, ...] = ()
    """Those that folders may be named after, beside the site's own."""
    own_keys: tuple[str, ...] = ()
    """The keys by which the site's own taxonomies sort stories."""
    plugins: tuple[str, ...] = ()
    """Those that may have keys of their own."""

    @property
    def readers(self) -> Mapping[str, Callable[[object], object]]:
        """What reads each key that only this site has; taxonomies are text, for the 020 of a shelf is no number."""
        plugins = load_plugins(self.plugins).values()
        own = {key: read for plugin in plugins for key, read in plugin.keys.items()}
        return {**own, **dict.fromkeys(self.own_keys, text_list)}


class Markup(Protocol):
    """Makes a Text of a post's Markdown (or its HTML) and the title above it."""

    def __call__(
        self,
        source: str,
        title: str,
        options: MarkdownOptions,
        *,
        html: bool = False,
        language: str = "",
        values: Mapping[str, object] = {},
    ) -> Document: ...


class Entry(Struct, frozen=True, gc=False, array_like=True):
    """What reading one file gave: a Post (None if it is broken) and everything wrong with the file."""

    post: AnyPost | None
    problems: tuple[Problem, ...]
    stopped: bool = False
    """Whether its text took too long, which is true of one moment only: it must be read anew each time."""
