"""The keys of front matter, each with the spellings of other generators that mean the same, the strongest first."""

ALIASES: dict[str, tuple[str, ...]] = {
    "aliases": ("aliases", "alias", "redirect_from"),
    "archived": ("archived",),
    "ask": ("ask",),
    "audience": ("audience",),
    "authors": ("authors", "author"),
    "categories": ("categories", "category"),
    "date": ("date", "publish_date", "publishdate", "pubdate", "created", "date_created"),
    "draft": ("draft",),
    "event": ("event",),
    "expires": ("expires", "expiry_date", "expirydate", "expiry"),
    "follows_up": ("follows_up",),
    "grades": ("grades", "grade"),
    "id": ("id", "guid", "uid"),
    "image": (
        "image",
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
    "image_alt": ("image_alt", "image_alt_text"),
    "impact": ("impact",),
    "kind": ("kind",),
    "lang": ("lang", "language", "locale"),
    "layout": ("layout", "template", "templatekey"),
    "menu": ("menu",),
    "order": ("order", "weight", "nav_order"),
    "people": ("people",),
    "permalink": ("permalink", "url"),
    "photos": ("photos",),
    "pin": ("pin", "pinned", "sticky"),
    "published": ("published",),
    "quote": ("quote",),
    "series": ("series",),
    "slug": ("slug",),
    "standards": ("standards",),
    "status": ("status",),
    "summary": ("summary", "description", "excerpt", "subtitle"),
    "tags": ("tags", "tag"),
    "thanks_to": ("thanks_to", "thanks"),
    "title": ("title",),
    "translation": ("translation",),
    "type": ("type",),
    "updated": (
        "updated",
        "lastmod",
        "modified",
        "date_modified",
        "last_modified_at",
        "last_modified",
        "updateddate",
        "updated_at",
    ),
}
"""Capitals, and `_` or `-` between words, make no difference. Later spellings count if the earlier are empty."""

_OF_A_PAGE = """aliases authors draft image image_alt lang layout menu order permalink published status summary title
    updated"""
PAGE_KEYS = frozenset(_OF_A_PAGE.split())
"""The keys that a page uses; whatever else its front matter has is handed to the theme."""
POST_KEYS = frozenset(ALIASES) - {"menu", "order"}
"""The keys that a post uses. `type`, other generators' word for where a post lies, is known and says nothing."""
