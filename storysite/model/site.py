"""The Site: all posts that are shown, in order, with everything that follows from them. Pure: posts in, Site out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

from storysite.digest import digest_bytes
from storysite.model.group import FOLDERS, Group, group_posts
from storysite.model.links import Files, file_candidates, media_url, page_candidates, post_name
from storysite.model.post import PAGE, Card, Post, Reference, card_of
from storysite.model.school_year import SchoolYear, school_year
from storysite.model.urls import month_url
from storysite.source.settings import Config


class Site:
    """All shown posts, oldest first, and what follows from them; a value: nothing here changes after it is made."""

    def __init__(
        self, config: Config, visible: Iterable[Post], files: Files, data: Mapping[str, Any], now: datetime
    ) -> None:
        self.structure_version = object()
        """Stands for all that a Site is but for the texts of its posts: Sites that share it differ in these only."""
        self.visible = list(visible)
        self.config = config
        self.files = files
        self.data = data
        self.now = now
        everything = sorted(self.visible, key=lambda post: (post.moment is not None, post.moment, post.id))
        self.pages = sorted((post for post in everything if post.kind == PAGE), key=attrgetter("source"))
        self.posts = [post for post in everything if post.kind != PAGE]
        self.by_source = {post.source: post for post in everything}
        originals = {post.source for post in self.posts if not post.translates}
        self.originals = [post for post in self.posts if post.translates not in originals]
        self.by_id = {post.id: post for post in self.posts}
        self._links: dict[str, tuple[str | None, ...]] = {}
        self._cards: dict[str, Card] = {}
        self.groups: dict[str, dict[str, Group]] = {kind: group_posts(kind, self.originals) for kind in FOLDERS}

    @property
    def today(self) -> date:
        """The day it is, in the site's time zone."""
        return self.now.date()

    @cached_property
    def coming(self) -> list[datetime]:
        """The moments of posts that are not yet there."""
        return [post.moment for post in self.visible if post.moment and post.moment > self.now]

    def replace_texts(self, changed: Mapping[str, Post]) -> None:
        """Put the posts `changed` in the places of those with the same sources, from which only their texts differ.

        It is for a fresh copy that nobody has seen yet; see revise().
        """
        self.pages, self.posts, self.originals = (
            [changed.get(post.source, post) for post in posts] for posts in (self.pages, self.posts, self.originals)
        )
        self.by_source = {**self.by_source, **changed}
        self.by_id = {**self.by_id, **{post.id: post for post in changed.values() if post.id in self.by_id}}
        self._links = {source: urls for source, urls in self._links.items() if source not in changed}
        self._cards = {source: card for source, card in self._cards.items() if source not in changed}
        for name in ("translations", "answers", "card_digests"):
            self.__dict__.pop(name, None)

    @cached_property
    def months(self) -> dict[tuple[int, int], range]:
        """The calendar months that have posts, and the places of these in `posts`; undated posts have none."""
        starts: dict[tuple[int, int], range] = {}
        for place, post in enumerate(self.originals):
            if day := post.moment:
                known = starts.get((day.year, day.month))
                starts[day.year, day.month] = range(known.start if known else place, place + 1)
        return starts

    @cached_property
    def years(self) -> dict[SchoolYear, range]:
        """The school years that have posts, oldest first, and the places of these in `posts`."""
        starts: dict[SchoolYear, range] = {}
        for place, post in enumerate(self.originals):
            if post.moment:
                year = school_year(post.moment.date(), self.config.school_year_start)
                known = starts.get(year)
                starts[year] = range(known.start if known else place, place + 1)
        return starts

    @cached_property
    def undated(self) -> range:
        """The places of the posts without a date: they stand before all others."""
        return range(sum(post.moment is None for post in self.originals))

    @cached_property
    def translations(self) -> dict[str, list[Post]]:
        """The translations of each story, by the story's source, in the order of their languages."""
        found: dict[str, list[Post]] = {}
        for post in sorted(self.posts, key=attrgetter("language")):
            if post.translates in self.by_source:
                found.setdefault(post.translates, []).append(post)
        return found

    @cached_property
    def homes(self) -> dict[str, str]:
        """The languages of the stories and the URL of the front page in each, the site's own language first.

        A page of the author's own at such a URL is the front page in that language.
        """
        others = sorted({post.language for post in self.posts} - {self.config.language})
        return {self.config.language: "", **{language: f"{language.lower()}/" for language in others}}

    def version_in(self, language: str, post: Post) -> Post:
        """Return the translation of a story into `language`, or the story itself if there is none."""
        return next((version for version in self.versions(post) if version.language == language), post)

    def versions(self, post: Post) -> Sequence[Post]:
        """Return a story and its translations, of whichever language `post` is; none if it has no other."""
        if not self.translations:
            return ()
        original = self.by_source.get(post.translates, post)
        others = self.translations.get(original.source)
        return (original, *others) if others else ()

    @cached_property
    def answers(self) -> dict[str, list[Post]]:
        """The posts that follow up another, by the id of that other."""
        found: dict[str, list[Post]] = {}
        for post in self.originals:
            if post.follows_up:
                found.setdefault(post.follows_up, []).append(post)
        return found

    @cached_property
    def related(self) -> list[tuple[int, ...]]:
        """For each post the places of up to three others: the story before it in its series and on each of its tags."""
        last: dict[str, int] = {}
        found: list[tuple[int, ...]] = []
        for place, post in enumerate(self.originals):
            subjects = (("series " + post.series), *post.tags) if post.series else post.tags
            nearest = dict.fromkeys(last[subject] for subject in subjects if subject in last)
            nearest.pop(place - 1, None)  # the story before this one is linked on the page anyway
            found.append(tuple(nearest)[:3])
            last.update(dict.fromkeys(subjects, place))
        return found

    @cached_property
    def addresses(self) -> set[str]:
        """The URLs of all pages a post may link to by its address."""
        fixed = {"archive/", "atom.xml", "feed.json", "sitemap.xml"}
        fixed |= {home + name for home in self.homes.values() for name in ("", "subscribe/", "feed.xml")}
        posts = {post.url for post in self.by_source.values()}
        groups = {group.url for kind in self.groups.values() for group in kind.values()}
        folders = {f"{FOLDERS[kind]}/" for kind in self.groups}
        months = {month_url(year, month) for year, month in self.months}
        years = {year.url for year in self.years}
        return fixed | posts | groups | folders | months | years

    @cached_property
    def moved(self) -> dict[str, str]:
        """Old addresses: the aliases of all posts, and where they lead now."""
        return {alias: post.url for post in self.by_source.values() for alias in post.aliases}

    def follow(self, reference: Reference, post: Post) -> str | None:
        """Return the URL that a link or picture of `post` leads to, or None if there is nothing of that name."""
        if "://" in reference.target:
            return reference.target
        path = self.file_of(reference, post)
        if path in self.by_source:
            return self.by_source[path].url
        if path in self.files.paths:
            return media_url(path)
        for url in page_candidates(reference.target, post.url):
            if url in self.addresses:
                return url
            if url in self.moved:
                return self.moved[url]
        return None

    def file_of(self, reference: Reference, post: Post) -> str:
        """Return the path of the post or file that a reference means, "" if there is none."""
        candidates = file_candidates(reference.target, post.source)
        for path in candidates:
            if path in self.by_source or path in self.files.paths:
                return path
        for path in candidates:
            if found := self.files.folded.get(path.lower()):
                return found
        return self._by_name.get(post_name(reference.target), "")

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """The source of each post by its file's name alone; a name that two posts share stands for neither."""
        found: dict[str, str] = {}
        for source in self.by_source:
            name = post_name(source)
            found[name] = "" if name in found else source
        return {name: source for name, source in found.items() if name}

    def links(self, post: Post) -> tuple[str | None, ...]:
        """Return the URLs of all references of `post`, in their order."""
        known = self._links.get(post.source)
        if known is None:
            known = self._links[post.source] = tuple(self.follow(reference, post) for reference in post.references)
        return known

    def digest_of(self, post: Post) -> bytes:
        """Return the digest of everything a page may show of `post`, where its links lead included."""
        if not post.references:
            return post.digest
        return digest_bytes(post.digest, *((url or "?").encode() for url in self.links(post)))

    def card(self, post: Post) -> Card:
        """Return the Card of `post`, made once: listings of many kinds show it."""
        known = self._cards.get(post.source)
        if known is None:
            known = self._cards[post.source] = card_of(post, self.picture(post) or "")
        return known

    @cached_property
    def card_digests(self) -> dict[str, bytes]:
        """The digest of the Card of each post and page, by source."""
        return {
            source: post.card_digest
            if post.image < 0
            else digest_bytes(post.card_digest, (self.picture(post) or "").encode())
            for source, post in self.by_source.items()
        }

    def picture(self, post: Post) -> str | None:
        """Return the URL of the card picture of `post`, None if it has none (or its file is missing)."""
        return self.links(post)[post.image] if post.image >= 0 else None

    def media(self) -> Iterator[str]:
        """Yield the files under content/ that a shown post names, and only these: others stay private."""
        seen: set[str] = set()
        for post in self.by_source.values():
            for reference in post.references:
                path = self.file_of(reference, post)
                if path.startswith("content/") and path in self.files.paths and path not in seen:
                    seen.add(path)
                    yield path
