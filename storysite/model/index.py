"""The Index: all posts that are shown, in order, with whatever follows from their headers alone. It never changes.

The plan is made from an Index. It cannot depend on a text, for it never sees one: so after a save of texts only, the
Index and the plan stay as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from posixpath import dirname
from typing import Any, TypeVar, cast
from unicodedata import normalize

from storysite.digest import digest
from storysite.model.config import Config
from storysite.model.consent import may_be_shared
from storysite.model.group import Group, group_posts
from storysite.model.links import Files, file_candidates, media_url, path_within, post_name
from storysite.model.pictures import (
    NEWER,
    NEWEST,
    Copies,
    PictureFile,
    card_copies,
    share_copies,
    whole_copies,
)
from storysite.model.post import Header, PageHeader, PostHeader, Reference
from storysite.model.school_year import SchoolYear, school_year
from storysite.model.slug import slugify
from storysite.model.taxonomy import Taxonomy
from storysite.model.translations import originals_of
from storysite.photos.facts import CENTER

Version = TypeVar("Version", bound=Header)


class Index:
    """The headers of all shown posts, oldest first, and of all pages, with the settings, files and data of the site.

    Whoever lists `posts`, `pages` or `originals` lists nothing that is unlisted.
    """

    def __init__(
        self, config: Config, visible: Iterable[Header], files: Files, data: Mapping[str, Any], now: datetime
    ) -> None:
        self.visible: Sequence[Header] = list(visible)
        self.config = config
        self.files = files
        self.data = data
        self.now = now
        """The moment of the build; of a build that planned nothing anew, that of the build which did."""
        posts = [post for post in self.visible if isinstance(post, PostHeader)]
        posts.sort(key=lambda post: (post.moment is not None, post.moment, post.id))
        pages = sorted((page for page in self.visible if isinstance(page, PageHeader)), key=attrgetter("source"))
        self.posts = [post for post in posts if not post.unlisted]
        self.pages = [page for page in pages if not page.unlisted]
        self.unlisted_posts = [post for post in posts if post.unlisted]
        self.unlisted_pages = [page for page in pages if page.unlisted]
        """Those that have a page at their address and stand in no list, no feed and no group."""
        self.by_source: Mapping[str, Header] = {post.source: post for post in (*posts, *pages)}
        listed, unlisted = (*self.posts, *self.pages), (*self.unlisted_posts, *self.unlisted_pages)
        self.original_of = originals_of(listed, config.language) | originals_of(unlisted, config.language)
        """The source of the original of each translation, by that of the translation; both are listed, or neither."""
        self.originals = [post for post in self.posts if post.source not in self.original_of]
        """The posts without the translations of others."""
        self._newer = NEWEST if config.avif else NEWER
        self._known_copies: dict[tuple[object, ...], Copies] = {}
        self.by_id = {post.id: post for post in posts}
        self.taxonomies: Mapping[str, Taxonomy] = {each.name: each for each in config.taxonomies}
        self.groups: Mapping[str, Mapping[str, Group]] = {
            each.name: group_posts(each, self.originals) for each in config.taxonomies if each.listed
        }
        """The groups of each taxonomy that has pages, by its name and their slugs."""

    def holds(
        self, config: Config, visible: Sequence[Header], files: Files, data: Mapping[str, Any], now: datetime
    ) -> bool:
        """Return whether an Index of these would be the same: only texts differ, and no post became due.

        Digests are compared, because mappings in another order are equal, and so are 1 and true.
        """
        if now < self.now or now.date() != self.today or any(moment <= now for moment in self._coming):
            return False
        if files != self.files or len(visible) != len(self.visible):
            return False
        if digest([config, data]) != self._facts_digest:
            return False
        pairs = zip(self.visible, visible, strict=True)
        return all(
            old is new or (type(old) is type(new) and _header_digest(old) == _header_digest(new)) for old, new in pairs
        )

    @cached_property
    def listed(self) -> "Index":
        """The same without all that is unlisted, for those who list whatever they are given."""
        if not self.unlisted_posts and not self.unlisted_pages:
            return self
        visible = (post for post in self.visible if not post.unlisted)
        return Index(self.config, visible, self.files, self.data, self.now)

    @property
    def today(self) -> date:
        """The day it is, in the site's time zone."""
        return self.now.date()

    @cached_property
    def _facts_digest(self) -> bytes:
        return digest([self.config, self.data])

    @cached_property
    def _coming(self) -> list[datetime]:
        """The moments of posts that are shown before their time, as in a preview."""
        posts = (*self.posts, *self.unlisted_posts)
        return [post.moment for post in posts if post.moment and post.moment > self.now]

    @cached_property
    def months(self) -> dict[tuple[int, int], range]:
        """The calendar months that have posts, and the places of these in `originals`; undated posts have none."""
        starts: dict[tuple[int, int], range] = {}
        for place, post in enumerate(self.originals):
            if day := post.moment:
                known = starts.get((day.year, day.month))
                starts[day.year, day.month] = range(known.start if known else place, place + 1)
        return starts

    @cached_property
    def years(self) -> dict[SchoolYear, range]:
        """The school years that have posts, oldest first, and the places of these in `originals`."""
        starts: dict[SchoolYear, range] = {}
        for place, post in enumerate(self.originals):
            if post.moment:
                year = school_year(post.moment.date(), self.config.school_year_start)
                known = starts.get(year)
                starts[year] = range(known.start if known else place, place + 1)
        return starts

    @cached_property
    def undated(self) -> range:
        """The places of the posts without a date: they come before all others."""
        return range(sum(post.moment is None for post in self.originals))

    @cached_property
    def translations(self) -> dict[str, list[Header]]:
        """The translations of each post and page, by its source, in the order of their languages."""
        found: dict[str, list[Header]] = {}
        for source, original in self.original_of.items():
            found.setdefault(original, []).append(self.by_source[source])
        return {original: sorted(versions, key=attrgetter("language")) for original, versions in found.items()}

    @cached_property
    def homes(self) -> dict[str, str]:
        """The languages of the posts and the URL of the front page in each, the site's own language first.

        A page of the author's own at such a URL is the front page in that language.
        """
        others = sorted({post.language for post in self.posts} - {self.config.language})
        return {self.config.language: "", **{language: f"{language.lower()}/" for language in others}}

    def version_in(self, language: str, post: Version) -> Version:
        """Return the translation of a post or page into `language`, or itself if there is none."""
        return next((version for version in self.versions(post) if version.language == language), post)

    def versions(self, post: Version) -> Sequence[Version]:
        """Return a post or page and its translations, of whichever language it is; none if it has no other."""
        if not self.original_of:
            return ()
        original = self.original_of.get(post.source, post.source)
        others = self.translations.get(original)
        return cast("Sequence[Version]", (self.by_source[original], *others)) if others else ()

    @cached_property
    def answers(self) -> dict[str, list[PostHeader]]:
        """The posts that follow up another, by the id of that other."""
        found: dict[str, list[PostHeader]] = {}
        for post in self.originals:
            if post.follows_up:
                found.setdefault(post.follows_up, []).append(post)
        return found

    @cached_property
    def asks(self) -> list[PostHeader]:
        """The posts that ask for something, oldest first."""
        return [post for post in self.originals if post.ask]

    @cached_property
    def related(self) -> list[tuple[int, ...]]:
        """For each original the places of up to three others: the last one in its series and on each of its tags."""
        last: dict[str, int] = {}
        found: list[tuple[int, ...]] = []
        for place, post in enumerate(self.originals):
            subjects = (("series " + post.series), *post.tags) if post.series else post.tags
            nearest = dict.fromkeys(last[subject] for subject in subjects if subject in last)
            nearest.pop(place - 1, None)  # the post before this one is linked on the page anyway
            found.append(tuple(nearest)[:3])
            last.update(dict.fromkeys(subjects, place))
        return found

    @cached_property
    def moved(self) -> dict[str, str]:
        """Old addresses: the aliases of all posts, and where they lead now."""
        found: dict[str, str] = {}
        for post in (*self.pages, *self.posts):  # of two with one old address, the first keeps it
            for alias in post.aliases:
                found.setdefault(alias, post.url)
        return found

    def inner(self, reference: Reference) -> str | None:
        """Return what a reference names within the site, None for an address of another site."""
        target = reference.target
        return path_within(target, self.config.own_address) if "://" in target else target

    def file_of(self, reference: Reference, post: Header) -> str:
        """Return the path of the post or file that a reference means, "" if there is none."""
        if (target := self.inner(reference)) is None:
            return ""
        candidates = file_candidates(target, post.source)
        for path in candidates:
            if path in self.by_source or path in self.files.paths:
                return path
        for path in candidates:
            if found := self.files.folded.get(path.lower()):
                return found
        if found := self._by_name.get(post_name(target), ""):
            return found
        return self._looked_up(reference, post) if reference.lookup else ""

    def _looked_up(self, reference: Reference, post: Header) -> str:
        """Return the path of the one post or file that is called so, wherever it lies, "" if there is none."""
        name = reference.target.strip("/").casefold()
        last = name.rpartition("/")[2]
        if files := self._files_by_name.get(normalize("NFC", last)):
            near = [path for path in files if f"/{path.casefold()}".endswith(f"/{name}")] or files
            beside = [path for path in near if dirname(path) == dirname(post.source)] or near
            return beside[0] if len(beside) == 1 else ""
        stem = post_name(name) or last
        return self._by_word.get(stem) or self._by_word.get(slugify(stem), "")

    @cached_property
    def _files_by_name(self) -> dict[str, list[str]]:
        """The files that posts may name, by their names alone."""
        found: dict[str, list[str]] = {}
        for path in self.files.paths:
            found.setdefault(normalize("NFC", path.rpartition("/")[2].casefold()), []).append(path)
        return found

    @cached_property
    def _by_word(self) -> dict[str, str]:
        """The source of each post by whatever others may call it; what two posts are called stands for neither."""
        found: dict[str, str] = {}
        for source, post in self.by_source.items():
            name = post_name(source) or source.rpartition("/")[2].partition(".")[0].casefold()
            bare = re.sub(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]+", "", name)
            if isinstance(post, PostHeader) and post.translates in self.by_source:
                continue
            for word in {
                name,
                slugify(name),
                bare,
                slugify(bare),
                post.slug,
                post.title.casefold(),
                slugify(post.title),
            }:
                found[word] = "" if found.get(word, source) != source else source
        return {word: source for word, source in found.items() if word and source}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """The source of each post by its file's name alone; a name that two posts share stands for neither."""
        found: dict[str, str] = {}
        for source in self.by_source:
            name = post_name(source)
            found[name] = "" if name in found else source
        return {name: source for name, source in found.items() if name}

    @cached_property
    def files_of(self) -> dict[str, tuple[str, ...]]:
        """For each post with references, by source, the path that each of them means ("" for none)."""
        return {
            source: tuple(self.file_of(reference, post) for reference in post.references)
            for source, post in self.by_source.items()
            if post.references
        }

    def media(self) -> Iterator[str]:
        """Yield the files that a shown post names and that are not in static/, and only these: others stay private.

        Of a picture that is only shown, there are copies.
        """
        shown = self.files.paths.keys() - self.files.unshown.keys()
        named = (path for post, place, path in self._named() if not (post.shows(place) and self._is_copied(path)))
        yield from dict.fromkeys(path for path in named if path in shown and not path.startswith("static/"))

    def shown_pictures(self) -> Iterator[tuple[str, Copies]]:
        """Yield the path of each picture that a shown post shows, and its copies for texts, or those for listings."""
        for post, place, path in self._named():
            if post.shows(place) and (copies := self.copies(path)):
                yield path, copies
                if place == post.image and (card := self.card_picture(post)):
                    yield path, card
                if place == post.image and (card := self.share_picture(post)):
                    yield path, card

    def card_picture(self, post: Header) -> Copies | None:
        """Return the copies of a post's picture that listings show, None for what there are none of."""
        if post.image < 0:
            return None
        return self._copies(self.files_of[post.source][post.image], card_copies, post.focus)

    def share_picture(self, post: Header) -> Copies | None:
        """Return the copy of a post's picture that networks show, None if there is none or it is not for them."""
        if post.image < 0 or not may_be_shared(post):
            return None
        copies = self._copies(self.files_of[post.source][post.image], share_copies, post.focus)
        return copies if copies and copies.recipes else None

    def _is_copied(self, path: str) -> bool:
        copies = self.copies(path)
        return copies is not None and bool(copies.recipes)

    def _named(self) -> Iterator[tuple[Header, int, str]]:
        """Yield each file that a shown post names, and by which of its references."""
        for source, paths in self.files_of.items():
            for place, path in enumerate(paths):
                yield self.by_source[source], place, path

    def copies(self, path: str) -> Copies | None:
        """Return the copies that texts show of a picture, None for what there are none of."""
        return self._copies(path, whole_copies)

    def _copies(
        self, path: str, made: Callable[[PictureFile, str, Sequence[str]], Copies], focus: tuple[int, int] | None = None
    ) -> Copies | None:
        facts = self.files.facts.get(path)
        if facts is None or path in self.files.unshown:
            return None
        known = self._known_copies.get((path, made, focus))
        if known is None:
            file = PictureFile(path, self.files.paths[path], facts, focus or self.files.focus.get(path, CENTER))
            known = self._known_copies[path, made, focus] = made(file, media_url(path), self._newer)
        return known


def _header_digest(post: Header) -> bytes:
    return digest(header_of(post))


def header_of(post: Header) -> tuple[object, ...]:
    """Return the values of a post's header, without its text and its digests."""
    names = PostHeader.__struct_fields__ if isinstance(post, PostHeader) else PageHeader.__struct_fields__
    return tuple([getattr(post, name) for name in names])
