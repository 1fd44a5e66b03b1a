"""What networks show of each page when somebody shares it: its picture, a card that is drawn, or the site's card."""

from collections.abc import Iterator
from datetime import date

from storysite.model.index import Index
from storysite.model.pictures import SHARED
from storysite.model.post import Header, PostHeader
from storysite.model.slug import slugify
from storysite.model.theme import Design
from storysite.photos.card import HEIGHT, WIDTH, Drawing, shortened
from storysite.plan.context import ShareImage
from storysite.plan.page import Drawn, Page
from storysite.plan.words import Words

NEWEST = 50
"""Stories that have a drawn card of their own, up to twice as many minus one: who shares an older one shows the site's.

A card takes 12 ms, four times as long as all else of a story. They come in whole steps of so many, so that a new story
changes no page of an old one but once in fifty.
"""
_COLORS = {"paper": "#ffffff", "ink": "#1c1c1c", "soft": "#555555", "accent": "#1c1c1c"}
"""The roles that a card is drawn with, and their colors in a theme that has none."""


class ShareCards:
    """Finds the share picture of each page, and knows which of them are to be drawn."""

    def __init__(self, index: Index, words: Words, design: Design) -> None:
        self.index = index
        self.words = words
        self._colors = _COLORS | {c.role: c.light for c in design.colors}
        self._cards: dict[str, tuple[str, Drawing]] = {}
        self._of_site: dict[str, ShareImage] = {}
        self._shown: set[str] = set()
        self._with_card = self._stories_with_card()
        kinds = index.groups.get("kind", {})
        self._kinds = {kind: group.name for kind, group in kinds.items()}

    def of(self, post: Header) -> ShareImage | None:
        """Return what networks show of the page of a post."""
        if copies := self.index.share_picture(post):
            picture = copies.picture
            return ShareImage(picture.url, picture.width, picture.height, post.image_alt or post.title)
        if post.source not in self._with_card:
            return self.of_site(self.index.config.language if post.unlisted else post.language)
        kind = post.kind if isinstance(post, PostHeader) else ""
        name = self._kinds.get(kind, "")
        return self._card(
            post.slug or slugify(post.title),
            f"the share card of {post.source}",
            post.title,
            above=self.words.gettext(post.language, name) if name else "",
            day=post.date if isinstance(post, PostHeader) else None,
            language=post.language,
            color=self._colors.get(kind),
        )

    def of_site(self, language: str) -> ShareImage | None:
        """Return what networks show of all pages that have nothing of their own."""
        if self.index.config.share_cards == "none":
            return None
        if language not in self._of_site:  # thousands of old stories show it
            config = self.index.config
            title, below = self.words.gettext(language, config.title), config.school or config.tagline
            self._of_site[language] = self._card(
                "site", "the share card of the site", title, below=below, language=language
            )
        return self._of_site[language]

    def show(self, image: object) -> None:
        """Remember that the template of a page names what `of` or `of_site` returned."""
        if isinstance(image, ShareImage):
            self._shown.add(image.url)

    def pages(self) -> Iterator[Page]:
        """Yield the cards that are shown and have to be drawn."""
        for url, (subject, drawing) in self._cards.items():
            if url in self._shown:
                yield Page(url, url, subject, Drawn(drawing))

    def _stories_with_card(self) -> frozenset[str]:
        """Return the sources of what is drawn on a card of its own; what is unlisted leaves no trace but its page."""
        config, stories = self.index.config, self.index.posts
        if config.share_cards == "none":
            return frozenset()
        first = 0 if config.share_cards == "all" else max(0, len(stories) // NEWEST - 1) * NEWEST
        return frozenset(post.source for post in (*stories[first:], *self.index.pages))

    def _card(
        self,
        name: str,
        subject: str,
        title: str,
        *,
        above: str = "",
        below: str | None = None,
        day: date | None = None,
        language: str = "",
        color: str | None = None,
    ) -> ShareImage:
        config = self.index.config
        site = self.words.gettext(language, config.title)
        whose = below if below is not None else " · ".join(dict.fromkeys(filter(None, (site, config.school))))
        colors = {role: self._colors[role] for role in _COLORS} | {"kind": color or self._colors["accent"]}
        drawing = Drawing(
            shortened(title),
            above,
            shortened(whose) if whose != title else "",
            day,
            language,
            self.words.direction(language),
            tuple(colors.items()),
        )
        url = f"{SHARED}/{name[:60]}-{drawing.name}.png"
        self._cards.setdefault(url, (subject, drawing))
        return ShareImage(url, WIDTH, HEIGHT, title if site == title else f"{title} – {site}")
