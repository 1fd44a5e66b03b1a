"""Which story each translation is one of."""

from collections.abc import Iterable

from storysite.model.post import Header, PostHeader


def originals_of(posts: Iterable[Header], site: str) -> dict[str, str]:
    """Return the source of the original of each translation among `posts`, by that of the translation.

    The original is the file without a language in its name; where there is none, the story in the language of the
    `site`, else the first. A second one in the same language is a story of its own. What no name tells, the slug does:
    a story of the same slug and the same day as one in the language of the site is its translation.
    """
    by_source = {post.source: post for post in posts}
    found: dict[str, str] = {}
    for versions in _versions(by_source.values()):
        path = versions[0].translates
        original = by_source.get(path) or next((post for post in versions if post.language == site), versions[0])
        seen = {original.language}
        for post in versions:
            if post is not original and post.language not in seen:
                seen.add(post.language)
                found[post.source] = original.source
    return found | _of_one_slug(by_source.values(), found, site)


def _versions(posts: Iterable[Header]) -> Iterable[list[Header]]:
    """Return the posts that tell one story, as their names or their front matter say."""
    told: dict[str, list[Header]] = {}
    for post in posts:
        if post.translates:
            told.setdefault(post.translates, []).append(post)
    return told.values()


def _of_one_slug(posts: Iterable[Header], found: dict[str, str], site: str) -> dict[str, str]:
    """Return the originals of posts in other languages that are told apart from them by nothing but the language."""
    taken = {*found, *found.values()}
    alone = [post for post in posts if isinstance(post, PostHeader) and post.date and post.source not in taken]
    others = [post for post in alone if post.language != site]
    if not others:
        return {}
    named: dict[tuple[object, ...], list[PostHeader]] = {}
    for post in alone:
        named.setdefault((post.slug, post.date, post.language), []).append(post)
    pairs = ((post, named.get((post.slug, post.date, site), [])) for post in others)
    return {
        post.source: originals[0].source
        for post, originals in pairs
        if len(originals) == 1 == len(named[post.slug, post.date, post.language])
    }
