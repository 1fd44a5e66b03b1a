"""The keys of front matter, each declared once: how it is spelled and read, and what the guide says of it.

A key that `reads` is read into the field of its name of a Post or a page. All others decide several fields together;
source/post.py does that.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from storysite.front_matter.fields import Fields, folded
from storysite.front_matter.permalinks import read_aliases, read_layout
from storysite.front_matter.readers import day, flag, place, tags, text, texts, updated, word
from storysite.front_matter.structured import read_ask, read_event, read_impact, read_people, read_photos, read_quote


class Key(Struct, frozen=True):
    """One key: what its value is and means, in the words of the guide, and how it is read."""

    name: str
    value: str
    meaning: str
    aliases: tuple[str, ...] = ()
    """Spellings of other generators that mean the same, the strongest first; they count where the key itself is empty.

    Capitals, and `_` or `-` between words, make no difference.
    """
    reads: Callable[[Fields, str], Any] | None = None
    """What reads it, by its name."""
    posts: bool = True
    """Whether a post uses it."""
    pages: bool = False
    """Whether a page uses it; whatever it does not use is handed to the theme."""
    words: bool = False
    """Whether its value is text or a list of texts, so that a repair may put quotes around it."""
    prose: bool = False
    """Whether that text is a sentence or more."""

    @property
    def names(self) -> tuple[str, ...]:
        """The key and its aliases."""
        return (self.name, *self.aliases)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The same as they are compared."""
        return tuple(map(folded, self.names))


KEYS = (
    Key("title", "text", "The title. Without it: the first heading, then the file's name.", pages=True, prose=True),
    Key(
        "summary",
        "text",
        "One plain sentence for cards, feeds and search results. Without it: the first paragraph. "
        "At most 400 characters.",
        aliases=("description", "excerpt", "subtitle"),
        pages=True,
        prose=True,
    ),
    Key(
        "kind",
        "one word",
        "`victory`, `thanks`, `news`, `event`, `ask`, `listen` or `report`. Without it: `victory`.",
        words=True,
    ),
    Key(
        "authors",
        "list",
        "Who wrote it. Without it: the setting `author`.",
        aliases=("author",),
        pages=True,
        words=True,
    ),
    Key(
        "id",
        "text",
        "What feed readers know the post by. `storysite post` writes one. Never change it. "
        "Without it: made from the file's name.",
        aliases=("guid", "uid"),
    ),
    Key(
        "lang",
        "language",
        "The language of the text, such as `es` or `pt-BR`. "
        "Without it: that of the file's name, then the setting `language`.",
        aliases=("language", "locale"),
        pages=True,
    ),
    Key(
        "translation",
        "one word",
        "Who translated it: `human`, `reviewed` or `machine`. Themes may show it.",
        reads=word,
    ),
    Key(
        "date",
        "day or moment",
        "When the post appears. Without it: the day in the file's name.",
        aliases=("publish_date", "publishdate", "pubdate", "created", "date_created"),
    ),
    Key(
        "updated",
        "day or moment",
        "When it was last changed. Feeds and the sitemap say it.",
        aliases=(
            "lastmod",
            "modified",
            "date_modified",
            "last_modified_at",
            "last_modified",
            "updateddate",
            "updated_at",
        ),
        reads=updated,
        pages=True,
    ),
    Key("draft", "true or false", "`true`: not shown.", pages=True),
    Key(
        "published",
        "true or false, or a day",
        "`false`: not shown. A day here is the date, if there is no other.",
        pages=True,
    ),
    Key(
        "status",
        "one word",
        "`draft`, `hidden`, `private`, `skip`, `pending` or `trash`: not shown. `featured`: the same as `pin`.",
        pages=True,
    ),
    Key(
        "expires",
        "day",
        "The last day on which it is shown.",
        aliases=("expiry_date", "expirydate", "expiry"),
        reads=day,
    ),
    Key("pin", "true or false", "`true`: stands first on the home page.", aliases=("pinned", "sticky")),
    Key("archived", "true or false", "`true`: kept, but no longer current. Themes may mark it.", reads=flag),
    Key("tags", "list", "What it is about. Each tag has a page and a feed.", aliases=("tag",), reads=tags, words=True),
    Key("categories", "list", "The same, kept apart from tags.", aliases=("category",), reads=texts, words=True),
    Key("series", "text", "The series that it is a part of, which has a page and a feed.", reads=text, words=True),
    Key("audience", "list", "Whom it is for: families, staff, board. Each has a page and a feed.", reads=texts),
    Key("grades", "list", "The grades that took part.", aliases=("grade",), reads=texts),
    Key("standards", "list", "The standards that it shows at work.", reads=texts),
    Key(
        "follows_up", "text", "The `id` of an earlier post that this one answers. Both link to each other.", reads=text
    ),
    Key(
        "image",
        "file or address",
        "The picture of its card. Without it: the first picture of the text.",
        aliases=(
            "featured_image",
            "featuredimage",
            "feature_image",
            "cover",
            "cover_image",
            "coverimage",
            "thumbnail",
            "images",
            "hero_image",
            "heroimage",
            "preview_image",
            "previewimage",
            "header_image",
        ),
        pages=True,
    ),
    Key(
        "image_alt",
        "text",
        "What there is to see on it, for people who cannot see it.",
        aliases=("image_alt_text",),
        reads=text,
        pages=True,
        words=True,
    ),
    Key("impact", "list", "Numbers that changed: see [impact](#inside-impact).", reads=read_impact),
    Key("quote", "text or parts", "Somebody's words: see [quote](#inside-quote).", reads=read_quote),
    Key("people", "list", "Who is named or can be recognized: see [people](#inside-people).", reads=read_people),
    Key(
        "photos", "list", "Whose pictures they are and who is on them: see [photos](#inside-photos).", reads=read_photos
    ),
    Key("thanks_to", "list", "Whom you thank.", aliases=("thanks",), reads=texts, words=True),
    Key("ask", "text or parts", "What you ask for, in any kind of post: see [ask](#inside-ask).", reads=read_ask),
    Key("event", "day or parts", "What takes place, and when: see [event](#inside-event).", reads=read_event),
    Key("slug", "text", "The last part of the address. Without it: the file's name."),
    Key(
        "permalink",
        "address",
        "The whole address, such as `/robots/`. `:year`, `:month`, `:day`, `:title` and `:slug` are filled in.",
        aliases=("url",),
        pages=True,
    ),
    Key(
        "aliases",
        "list of addresses",
        "Old addresses. A visitor of one is led to the post.",
        aliases=("alias", "redirect_from"),
        reads=read_aliases,
        pages=True,
    ),
    Key(
        "layout",
        "one word",
        "The template to use: `wide` asks for `wide.html`. A theme that has none uses the usual one.",
        aliases=("template", "templatekey"),
        reads=read_layout,
        pages=True,
    ),
    Key(
        "menu",
        "number",
        "Only for pages: a place in the menu, small numbers first. `true` puts it last.",
        reads=place,
        pages=True,
        posts=False,
    ),
    Key(
        "order",
        "number",
        "Only for pages: a place in the list of pages in one folder.",
        aliases=("weight", "nav_order"),
        reads=place,
        pages=True,
        posts=False,
    ),
    Key("type", "one word", "Nothing. Other programs write it; here the folder says what a file is."),
)
"""Every key, in the order of the guide."""
POST_KEYS: Mapping[str, Key] = {key.name: key for key in KEYS if key.posts}
PAGE_KEYS: Mapping[str, Key] = {key.name: key for key in KEYS if key.pages}
POST_SPELLINGS: Mapping[str, tuple[str, ...]] = {name: key.spellings for name, key in POST_KEYS.items()}
PAGE_SPELLINGS: Mapping[str, tuple[str, ...]] = {name: key.spellings for name, key in PAGE_KEYS.items()}
"""What Fields asks for, by the name of each key."""


def read_keys(keys: Mapping[str, Key], fields: Fields) -> dict[str, Any]:
    """Return the value of each key that is read by itself, by its name."""
    return {name: key.reads(fields, name) for name, key in keys.items() if key.reads}
