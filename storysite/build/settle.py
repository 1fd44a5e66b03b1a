"""The archive as a whole: copies are found, and every file gets an address of its own."""

from msgspec import Struct
from msgspec.structs import replace

from storysite.build.archive import Archive
from storysite.i18n.languages import parts
from storysite.model.addresses import Apart, oldest_first, settle
from storysite.model.config import Config
from storysite.model.copies import without_copies
from storysite.model.links import Files, media_url
from storysite.model.post import AnyPost, settled_as
from storysite.model.visibility import HiddenPost
from storysite.plan.reserved import reserved_places


class Settled(Struct, frozen=True):
    """All posts and pages, hidden ones included, each once and at an address of its own."""

    posts: list[AnyPost]
    apart: list[Apart]
    """Those that do not have the address they would have by themselves."""
    copies: dict[str, str]
    """The files that are copies, and what each is a copy of."""
    hidden: list[HiddenPost]
    """The same, as files that are not shown."""
    files: Files
    """The files that posts may name; a copy is found as what it is a copy of."""


def settle_archive(archive: Archive, config: Config, unsaved: AnyPost | None = None) -> Settled:
    """Return the archive's posts with their addresses; `unsaved` is in the place of what lies in its file."""
    read = [post for post in archive.posts if not unsaved or post.source != unsaved.source]
    posts, copies = without_copies(read, {path: loaded.key for path, loaded in archive.loaded.items()})
    fixed = (media_url(path) for path in archive.files.paths if path.startswith("static/"))
    alone, apart = settle([*posts, unsaved] if unsaved else posts, config, fixed, reserved_places(config))
    settled = _in_one_code_each(alone, config.language)
    titles = {post.source: post.title for post in read} if copies else {}
    hidden = [
        HiddenPost(copy, titles[copy], "copy", f"is the same file as {kept}, which is shown")
        for copy, kept in copies.items()
    ]
    files = archive.files
    if copies:
        files = replace(files, folded={path: copies.get(source, source) for path, source in files.folded.items()})
    return Settled(settled, apart, copies, hidden, files)


def _in_one_code_each(posts: list[AnyPost], site: str) -> list[AnyPost]:
    """Return the posts with one code for each language: that of the `site`, or of the oldest post in it.

    `zh` and `zh-CN` are one, and so are `es` and `es-MX`, unless some story is told in both. Addresses stay what they
    are.
    """
    codes = {post.language for post in posts} | {site}
    if len({code.partition("-")[0] for code in codes}) == len(codes):
        return posts
    told_in: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for post in posts:
        told_in.setdefault((post.translates or post.source, *parts(post.language)[:2]), set()).add(parts(post.language))
    by_country = {story[1:] for story, countries in told_in.items() if len(countries) > 1}

    def language_of(code: str) -> tuple[str, ...]:
        whole = parts(code)
        return whole if whole[:2] in by_country else whole[:2]

    first = {language_of(site): site}
    for post in oldest_first(posts, site):
        first.setdefault(language_of(post.language), post.language)
    known = {code: first[language_of(code)] for code in codes}
    return [settled_as(post, url=post.url, own_id=post.id, language=known[post.language]) for post in posts]
