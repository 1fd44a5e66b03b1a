"""Which story each translation is one of."""

from collections.abc import Iterable

from storysite.model.post import Header


def originals_of(posts: Iterable[Header], site: str) -> dict[str, str]:
    """Return the source of the original of each translation among `posts`, by that of the translation.

    The original is the file without a language in its name; where there is none, the story in the language of the
    `site`, else the first. A second one in the same language is a story of its own.
    """
    by_source = {post.source: post for post in posts}
    told: dict[str, list[Header]] = {}
    for post in by_source.values():
        if post.translates:
            told.setdefault(post.translates, []).append(post)
    found: dict[str, str] = {}
    for path, versions in told.items():
        original = by_source.get(path) or next((post for post in versions if post.language == site), versions[0])
        seen = {original.language}
        for post in versions:
            if post is not original and post.language not in seen:
                seen.add(post.language)
                found[post.source] = original.source
    return found
