"""What of a post may be told in networks: everything but what shows, names or quotes somebody without consent."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import unescape

from msgspec import Struct
from msgspec.structs import replace

from storysite.i18n import gettext, number_in_words
from storysite.model.consent import may_be_named, may_be_quoted, may_be_shown
from storysite.model.photos import photos_by_file, plain_target
from storysite.model.post import Body, Impact, Post, Quote
from storysite.problems import times
from storysite.tell.hashtags import hashtags
from storysite.tell.shorten import sentences

_ALT = re.compile(r"""\balt=(?:"([^"]*)"|'([^']*)')""")


class ToldPicture(Struct, frozen=True):
    """A picture that may be shown in networks: its file in the site's folder, and what it shows, "" if nobody said."""

    file: str
    alt: str


class Story(Struct, frozen=True):
    """What of a post may be told: its own words, and others' if they consented; `left_out` says what is not here."""

    title: str
    summary: str
    link: str
    language: str
    numbers: tuple[str, ...]
    quote: Quote | None
    thanks_to: tuple[str, ...]
    hashtags: tuple[str, ...]
    written: Mapping[str, str]
    """The author's own texts, by network."""
    pictures: tuple[ToldPicture, ...]
    left_out: tuple[str, ...]
    """What must not go out, each in a sentence."""


def story_of(post: Post, link: str, files: Sequence[str], body: Body) -> Story:
    """Return what may be told of a post; `files` are those that its references mean, `link` its address in full."""
    left_out: list[str] = []
    kept = _Kept([person.name for person in post.people if not may_be_named(person)], left_out)
    quote = post.quote
    if quote and not may_be_quoted(post, quote):
        by = f" by {quote.by}" if quote.by else ""
        left_out.append(f"The quote{by}: it has no consent that covers networks.")
        quote = None
    if quote and not (kept.without_names(quote.text) and kept.names_nobody(quote.by)):
        quote = None
    title = kept.without_names(post.title)
    story = Story(
        title=title,
        summary=kept.without_names(post.summary),
        link=link,
        language=post.language,
        numbers=tuple(
            number for impact in post.impact if kept.names_nobody(number := _in_words(impact, post.language))
        ),
        quote=quote,
        thanks_to=tuple(filter(kept.names_nobody, post.thanks_to)),
        hashtags=tuple(hashtags(filter(kept.names_nobody, post.tags))),
        written={network: kept.without_names(text) for network, text in post.share.items()},
        pictures=tuple(
            ToldPicture(picture.file, kept.without_names(picture.alt))
            for picture in _pictures(post, files, body, left_out)
        ),
        left_out=(),
    )
    kept.tell(in_title=title != post.title.strip())
    return replace(story, left_out=tuple(left_out))


class _Kept:
    """Leaves out whatever names somebody who must not be named, and counts it."""

    def __init__(self, names: Sequence[str], left_out: list[str]) -> None:
        every = {part for name in names for part in (name, name.split()[0]) if len(part) > 1 and part[-1] != "."}
        self._found: dict[str, int] = {}
        self._left_out = left_out
        self._in_texts = _any_of({*every, *map(str.upper, every)})  # a girl called Grace, and no grace
        self._in_labels = _any_of(every, re.IGNORECASE)

    def names_nobody(self, label: str) -> bool:
        """Return whether a few words, such as a tag, name nobody who must not be named."""
        return self._count(self._in_labels, label)

    def without_names(self, text: str) -> str:
        """Return a text without the sentences that name such a person."""
        kept = (sentence for sentence in sentences(text) if self._count(self._in_texts, sentence))
        return "".join(kept).strip() if self._in_texts else text.strip()

    def _count(self, names: re.Pattern[str] | None, text: str) -> bool:
        found = names.search(text) if names else None
        if found:
            name = found[0].casefold()
            self._found[name] = self._found.get(name, 0) + 1
        return found is None

    def tell(self, *, in_title: bool) -> None:
        """Say what was left out."""
        for name, count in self._found.items():
            places = times(count, "place")
            self._left_out.append(f"{places} with the name {name.title()}: there is no consent that covers networks.")
        if in_title:
            self._left_out.append(
                "The title names somebody, too, and networks show the title of a page below its link: "
                "change it before you share the link."
            )


def _any_of(names: Collection[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    """Return what finds one of these names, the longest first, None if there are none."""
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", flags) if names else None


def _in_words(impact: Impact, language: str) -> str:
    what = impact.label or impact.metric.replace("_", " ")
    said = f"{number_in_words(impact.value, language)} {what}".strip()
    if impact.compare is None:
        return said
    before = number_in_words(impact.compare, language)
    return gettext(language, "%(what)s, %(number)s before") % {"what": said, "number": before}


def _pictures(post: Post, files: Sequence[str], body: Body, left_out: list[str]) -> Iterator[ToldPicture]:
    """Yield the pictures of a post, that of its card first, each once, and say which must not be shown."""
    elements = dict(body.images)
    photos = photos_by_file(post)
    places = [place for place, _ in enumerate(post.references) if post.shows(place)]
    seen = set[str]()
    for place in sorted(places, key=lambda place: (place != post.image, place)):
        target = post.references[place].target
        file = files[place] if place < len(files) else ""
        if not file or file in seen:
            continue
        seen.add(file)
        if not may_be_shown(post, target):
            name = file.rpartition("/")[2]
            left_out.append(f"The picture {name}: not everybody it can show has a consent that covers networks.")
            continue
        alt = post.image_alt if place == post.image else ""
        said = photos.get(plain_target(target))
        yield ToldPicture(file, alt or _alt_of(elements.get(place, "")) or (said.alt if said else ""))


def _alt_of(element: str) -> str:
    found = _ALT.search(element)
    return " ".join(unescape(found[1] or found[2] or "").split()) if found else ""
