"""A Site after texts were edited: whatever follows from the headers of posts alone is taken over from the Site before.

It is what makes a save of one text cheap among 100,000: their order, groups and neighbours are not found out again.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from storysite.model.links import Files
from storysite.model.post import Post
from storysite.model.site import Site
from storysite.source.settings import Config


def update_site(
    before: Site | None, config: Config, visible: Iterable[Post], files: Files, data: Mapping[str, Any], now: datetime
) -> Site:
    """Return the Site of the `shown` posts, in the frame of the Site `before` if it differs from it in texts only.

    The result is the same as that of `Site(config, shown, files, data, now)` but for its `frame`.
    """
    visible = list(visible)
    if before is None:
        return Site(config, visible, files, data, now)
    changed = _texts_changed(before, visible)
    clock_stood = before.now <= now and now.date() == before.today and not any(day <= now for day in before.coming)
    if changed is None or not clock_stood or (config, files, data) != (before.config, before.files, before.data):
        return Site(config, visible, files, data, now)
    site = copy(before)
    site.now, site.visible = now, visible
    if changed:
        site.replace_texts(changed)
    return site


def _texts_changed(before: Site, visible: list[Post]) -> dict[str, Post] | None:
    """Return the posts that differ from those of `before`, by source; None if more than their texts differ."""
    if len(visible) != len(before.visible):
        return None
    changed = {}
    for old, new in zip(before.visible, visible, strict=True):
        if old is not new and old != new:
            if _without_text(old) != _without_text(new):
                return None
            changed[new.source] = new
    return changed


def _without_text(post: Post) -> tuple[Post, list[tuple[str, str, bool]]]:
    """Return a post without what only pages that show it look at, and its links, which decide what files are shown."""
    links = [(reference.target, reference.suffix, reference.picture) for reference in post.references]
    bare = replace(
        post,
        summary="",
        image=-1,
        words=0,
        headings=(),
        references=(),
        body_digest=b"",
        digest=b"",
        card_digest=b"",
    )
    return bare, links
