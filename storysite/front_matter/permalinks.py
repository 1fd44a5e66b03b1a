"""Where a post's author wants it: permalink, old addresses, and the template it asks for."""

import re
from datetime import datetime

from storysite.front_matter.fields import Fields
from storysite.model.urls import route_of, written_url
from storysite.problems import Severity

_EVERYDAY_LAYOUTS = {
    "post",
    "posts",
    "page",
    "default",
    "single",
    "article",
    "blog",
    "none",
    "layout",
    "home",
    "base",
    "draft",
}
"""Layouts that nearly every generator has; they ask for nothing special."""


_PART = re.compile(r":([a-z]\w*)")
"""What Jekyll fills in: `/:year/:title/`."""


def is_pattern(permalink: str) -> bool:
    """Return whether a permalink is a rule for many posts, which says of none where it is."""
    return _PART.search(permalink) is not None


def read_permalink(fields: Fields, moment: datetime | None, slug: str) -> str:
    """Return the URL that the post's own permalink means, "" if it has none that can be used."""
    text = fields.text("permalink")
    key = fields.key("permalink")
    if not text or text.lower() == "false":
        return ""
    if "{{" in text or "{%" in text:
        what = "this address is template code, which does not run here"
        fields.report(
            key, "post-permalink", what, "write the address itself, or delete the line", severity=Severity.WARNING
        )
        return ""
    values = {"title": slug, "slug": slug, "categories": ""}
    if moment:
        values |= {"year": f"{moment:%Y}", "month": f"{moment:%m}", "day": f"{moment:%d}"}
    url = written_url(_PART.sub(lambda match: values.get(match[1], match[0]), text))
    if url is None:
        hint = "write letters, digits and hyphens, for example /2026/robots/"
        fields.report(key, "post-permalink", f'the address "{text[:60]}" cannot be used', hint)
    return url or ""


def read_aliases(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the old addresses that lead to the post; one that cannot be kept is left out with a warning."""
    urls: dict[str, str] = {}
    for alias in fields.texts(name):
        url = written_url(alias)
        if url is None:
            hint = "an old address is a path such as /2013/11/old-name.html"
            fields.report(fields.key(name), "post-alias", f'the old address "{alias[:60]}" cannot be kept', hint)
        else:
            urls.setdefault(route_of(url).casefold(), url)  # two that differ only in capitals are one file for some
    return tuple(urls.values())


def read_layout(fields: Fields, name: str) -> str:
    """Return the name of the template that the post asks for, "" for the usual one."""
    layout = re.sub(r"\.(html|njk|liquid|jinja2?|hbs|ejs)$", "", fields.text(name))
    return layout if re.fullmatch(r"[\w-]+", layout) and layout not in _EVERYDAY_LAYOUTS else ""
