"""How hard a post is to read as its file has it at this moment, for the preview."""

from pathlib import Path

from storysite.build.archive import read_settings_of
from storysite.markdown.prose import passages_of
from storysite.model.config import Config
from storysite.model.post import Post
from storysite.model.reading import ReadingLevel, reading_level

LONGEST = 20_000
"""Words of a text that is read at most: a longer one would keep the preview from answering."""


def reading_level_of(folder: Path, post: Post, config: Config) -> ReadingLevel | None:
    """Return how hard a post in `folder` is to read, None if that cannot be said."""
    from storysite.markdown.convert import render_markdown  # all that reads takes long to load
    from storysite.source.post import read_post

    if post.words > LONGEST:
        return None
    try:
        data = (folder / post.source).read_bytes()
    except OSError:
        return None
    _, body = read_post(data, post.source, read_settings_of(config), render_markdown)
    return reading_level(passages_of(body.html), post.language)
