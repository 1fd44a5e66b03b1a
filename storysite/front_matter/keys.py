"""The keys of front matter, each declared once: how it is spelled and read, and what the guide says of it.

A key that `reads` is read into the field of its name of a Post or a page. All others decide several fields together;
source/post.py does that.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from storysite.front_matter.fields import Fields, folded
from storysite.front_matter.focus import read_focus
from storysite.front_matter.permalinks import read_aliases, read_layout
from storysite.front_matter.readers import day, flag, place, tags, text, texts, updated, word
from storysite.front_matter.structured import (
    read_ask,
    read_event,
    read_impact,
    read_people,
    read_photos,
    read_quote,
    read_share,
)


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
    shared: bool = False
    """Whether it may mean something else to a theme, which is then handed it as well."""

    @property
    def names(self) -> tuple[str, ...]:
        """The key and its aliases."""
        return (self.name, *self.aliases)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The same as they are compared."""
        return tuple(map(folded, self.names))


KEYS = (
    Key(
        "title",
        "text",
        "The title. If left out: the heading that the text begins with, or else the file name.",
        pages=True,
        prose=True,
    ),
    Key(
        "summary",
        "text",
        "One plain sentence for cards, feeds and search results. If left out: the first paragraph. "
        "At most 400 characters.",
        aliases=("description", "excerpt", "subtitle"),
        pages=True,
        prose=True,
    ),
    Key(
        "kind",
        "one word",
        "`victory`, `thanks`, `news`, `event`, `ask`, `listen` or `report`. If left out: `victory`.",
        words=True,
    ),
    Key(
        "authors",
        "list",
        "Who wrote it. If left out: the setting `author`.",
        aliases=("author",),
        pages=True,
        words=True,
    ),
    Key(
        "id",
        "text",
        "How feed readers recognize the post. `storysite post` writes one. Never change it. "
        "If left out: made from the file name.",
        aliases=("guid", "uid"),
    ),
    Key(
        "lang",
        "language",
        "The language of the text, such as `es`, `pt-BR` or `Spanish`. "
        "If left out: the one in the file name, or else the setting `language`.",
        aliases=("language", "locale"),
        pages=True,
    ),
    Key(
        "translation_key",
        "text",
        "The same in all versions of a story whose files do not have the same name.",
        aliases=("translationkey", "translation_id", "page_id"),
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
        "date or date and time",
        "When the post appears. If left out: the date in the file name.",
        aliases=("publish_date", "publishdate", "pubdate", "created", "date_created"),
    ),
    Key(
        "updated",
        "date or date and time",
        "When it was last changed. Feeds and the sitemap use it.",
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
    Key(
        "expires",
        "date",
        "The last day it is shown.",
        aliases=("expiry_date", "expirydate", "expiry"),
        reads=day,
    ),
    Key("pin", "true or false", "`true`: shown first on the home page.", aliases=("pinned", "sticky")),
    Key("archived", "true or false", "`true`: kept, but no longer current. Themes may mark it.", reads=flag),
    Key(
        "draft",
        "true or false",
        "`true`: not finished. Only `--drafts` and the preview show it.",
        aliases=("is_draft", "wip"),
        pages=True,
    ),
    Key(
        "private",
        "true or false",
        "`true`: never shown to anybody, not even with `--drafts`.",
        aliases=(
            "hidden",
            "is_private",
            "is_hidden",
            "unpublished",
            "protected",
            "encrypted",
            "trashed",
            "deleted",
            "members_only",
            "invisible",
        ),
        pages=True,
    ),
    Key(
        "unlisted",
        "true or false",
        "`true`: a page with its address, but in no list, feed, search or sitemap.",
        aliases=("noindex", "robots_no_index", "hidden_in_home_list", "eleventyexcludefromcollections"),
        pages=True,
    ),
    Key("listed", "true or false", "`false`: the same as `unlisted`.", aliases=("discoverable",), pages=True),
    Key(
        "visibility",
        "one word",
        "`private`, `hidden`, `members` and anything else but `public`: never shown. `unlisted`: unlisted.",
        aliases=("privacy",),
        pages=True,
    ),
    Key(
        "access",
        "one word",
        "`private`, `members` and the like: never shown.",
        aliases=("access_level", "security", "state"),
        pages=True,
        shared=True,
    ),
    Key(
        "public",
        "true or false",
        "`false`: never shown.",
        aliases=("is_public", "visible", "is_visible", "routable", "dg_publish"),
        pages=True,
    ),
    Key(
        "published",
        "true or false, or a date",
        "`false`: never shown. A date here is used if there is no `date`.",
        aliases=("publish", "is_published"),
        pages=True,
    ),
    Key(
        "status",
        "one word",
        "`draft`: the same as `draft`. `private`, `hidden`, `skip`, `pending`, `trash`: never shown. "
        "`featured`: the same as `pin`.",
        aliases=("post_status",),
        pages=True,
    ),
    Key(
        "password",
        "text",
        "Anything: never shown, because a website cannot ask for a password.",
        aliases=("post_password", "passphrase"),
        pages=True,
    ),
    Key("headless", "true or false", "`true`: never shown.", pages=True),
    Key("render", "one word", "`never` or `false`: never shown.", pages=True, shared=True),
    Key(
        "build",
        "parts",
        "`{render: never}`: never shown. `{list: never}`: unlisted. `_build` is the same.",
        pages=True,
        shared=True,
    ),
    Key(
        "hide",
        "true or false",
        "`true`: never shown.",
        aliases=("skip", "ignore", "exclude", "email_only", "secret", "confidential", "restricted", "internal"),
        pages=True,
        shared=True,
    ),
    Key("robots", "one word", "`noindex`: unlisted.", pages=True, shared=True),
    Key("tags", "list", "What it is about. Each tag has a page and a feed.", aliases=("tag",), reads=tags, words=True),
    Key(
        "categories", "list", "Like tags, but kept separate from them.", aliases=("category",), reads=texts, words=True
    ),
    Key("series", "text", "The series it belongs to. Each series has a page and a feed.", reads=text, words=True),
    Key("audience", "list", "Who it is for: families, staff, board. Each has a page and a feed.", reads=texts),
    Key(
        "grades",
        "list",
        "The grades that took part. "
        "The setting [taxonomies](settings.md#taxonomies) can give each grade a page and a feed.",
        aliases=("grade",),
        reads=texts,
    ),
    Key("standards", "list", "The standards it demonstrates.", reads=texts),
    Key(
        "follows_up",
        "text",
        "The `id` of an earlier post that this one follows up on. They link to each other.",
        reads=text,
    ),
    Key(
        "image",
        "file or address",
        "The picture on its card. If left out: the first picture in the text.",
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
        'What the picture shows, for people who cannot see it; `""` if it is only decoration.',
        aliases=(
            "image_alt_text",
            "imagealt",
            "featured_image_alt",
            "feature_image_alt",
            "cover_alt",
            "cover_image_alt",
            "thumbnail_alt",
            "hero_image_alt",
            "header_image_alt",
        ),
        reads=text,
        pages=True,
        words=True,
    ),
    Key(
        "focus",
        "place in the picture",
        "Around which point the picture is cut for cards: see [where a picture is cut](#where-a-picture-is-cut). "
        "If left out: the part with most detail.",
        aliases=("focal_point", "image_focus"),
        reads=read_focus,
        pages=True,
        shared=True,
    ),
    Key("impact", "list", "Numbers that changed: see [impact](#inside-impact).", reads=read_impact),
    Key("quote", "text or parts", "What somebody said: see [quote](#inside-quote).", reads=read_quote),
    Key("people", "list", "Who is named or can be recognized: see [people](#inside-people).", reads=read_people),
    Key("photos", "list", "Who took the pictures and who is in them: see [photos](#inside-photos).", reads=read_photos),
    Key("thanks_to", "list", "Who you are thanking.", aliases=("thanks",), reads=texts, words=True),
    Key(
        "ask", "text or parts", "What you are asking for, in any kind of post: see [ask](#inside-ask).", reads=read_ask
    ),
    Key("event", "date or parts", "What is happening, and when: see [event](#inside-event).", reads=read_event),
    Key(
        "share",
        "text or parts",
        "Your own words for [storysite share](commands.md#storysite-share): see [share](#inside-share).",
        reads=read_share,
        shared=True,
    ),
    Key("slug", "text", "The last part of the address. If left out: the file name."),
    Key(
        "permalink",
        "address",
        "The whole address, such as `/robots/`. `:year`, `:month`, `:day`, `:title` and `:slug` are filled in. "
        "`false`: never shown.",
        aliases=("url",),
        pages=True,
    ),
    Key(
        "aliases",
        "list of addresses",
        "Old addresses. Visitors who use one are sent to the post.",
        aliases=("alias", "redirect_from"),
        reads=read_aliases,
        pages=True,
    ),
    Key(
        "layout",
        "one word",
        "The template to use: `wide` means `wide.html`. If the theme does not have it, the usual one is used.",
        aliases=("template", "templatekey"),
        reads=read_layout,
        pages=True,
    ),
    Key(
        "menu",
        "number",
        "Only for pages: its place in the menu, lowest number first. `true` puts it last.",
        reads=place,
        pages=True,
        posts=False,
    ),
    Key(
        "order",
        "number",
        "Only for pages: its place in the list of pages in the same folder.",
        aliases=("weight", "nav_order"),
        reads=place,
        pages=True,
        posts=False,
    ),
    Key("type", "one word", "Nothing. Other programs write it; here the folder decides what a file is."),
)
"""Every key, in the order of the guide."""
POST_KEYS: Mapping[str, Key] = {key.name: key for key in KEYS if key.posts}
PAGE_KEYS: Mapping[str, Key] = {key.name: key for key in KEYS if key.pages}
POST_SPELLINGS: Mapping[str, tuple[str, ...]] = {name: key.spellings for name, key in POST_KEYS.items()}
PAGE_SPELLINGS: Mapping[str, tuple[str, ...]] = {name: key.spellings for name, key in PAGE_KEYS.items()}
"""What Fields asks for, by the name of each key."""
SHARED_SPELLINGS = frozenset(spelling for key in KEYS if key.shared for spelling in key.spellings)
"""What themes are handed though we read it."""


def read_keys(keys: Mapping[str, Key], fields: Fields) -> dict[str, Any]:
    """Return the value of each key that is read by itself, by its name."""
    return {name: key.reads(fields, name) for name, key in keys.items() if key.reads}
