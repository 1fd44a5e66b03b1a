"""The networks that texts are written for: how much of a text each takes, and how it treats hashtags and links."""

from collections.abc import Callable

from msgspec import Struct

from storysite.tell.count import characters, seen, stored, thread_length, units, weight


class Limit(Struct, frozen=True):
    """The most that a network takes, and how it counts; `unit` is the word for what is counted if that is unusual."""

    most: int
    count: Callable[[str], int]
    unit: str = ""


class Network(Struct, frozen=True):
    """A network by its name in front matter and in words, with its limits and how many hashtags a text for it has."""

    key: str
    name: str
    limits: tuple[Limit, ...]
    hashtags: int
    short: bool = False
    """Whether a text for it is a title and a sentence, and not a small story."""
    link: bool = True
    """Whether a link in a text can be followed there."""
    picture: bool = False
    """Whether nothing can be put there without a picture."""

    def fits(self, text: str) -> bool:
        """Return whether the network takes a text."""
        return all(limit.count(text) <= limit.most for limit in self.limits)

    def count(self, text: str) -> int:
        """Return how long the network says a text is."""
        return self.limits[0].count(text)

    def told(self, text: str) -> str:
        """Return how much of its limits a text takes, in words: `212 of 280`."""
        parts = (
            f"{limit.count(text):,} of {limit.most:,}{f' {limit.unit}' if limit.unit else ''}" for limit in self.limits
        )
        return ", ".join(parts)


NETWORKS = (
    Network("x", "X", (Limit(280, weight),), 2, short=True),
    Network("mastodon", "Mastodon", (Limit(500, characters),), 4, short=True),
    Network("bluesky", "Bluesky", (Limit(300, seen), Limit(3000, stored, "bytes")), 3, short=True),
    Network(
        "threads", "Threads", (Limit(500, thread_length),), 1, short=True
    ),  # of more tags it follows the first only
    Network("facebook", "Facebook", (Limit(63_206, units),), 2),
    Network("instagram", "Instagram", (Limit(2200, units),), 5, link=False, picture=True),  # it takes five tags at most
    Network("linkedin", "LinkedIn", (Limit(3000, units),), 3),
)
"""In the order in which texts are shown. Limits: FACTS of the networks' own pages, looked up in November 2026."""
