"""`share:` is read as one text for all or as one for each network; what other programs write there is no text."""

import pytest

from storysite.markdown.convert import render_markdown
from storysite.model.post import Post
from storysite.problems import Problem
from storysite.source.post import read_post
from tests.guide_pages import RULES


def read(share: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the texts of a post with this line, and what is wrong with it."""
    source = f"---\nid: robots\ntitle: Robots\ndate: 2026-11-20\nshare: {share}\n---\n\nTen robots.\n"
    entry, _ = read_post(source.encode(), "content/posts/2026-11-20-robots.md", RULES, render_markdown)
    assert isinstance(entry.post, Post)
    return entry.post.share, entry.problems


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("Come and see.", {"": "Come and see."}),
        ("{short: Ten., facebook: Ten robots dance.}", {"short": "Ten.", "facebook": "Ten robots dance."}),
        ("{Twitter: Ten., bsky: Nine.}", {"x": "Ten.", "bluesky": "Nine."}),
        ("\n  long: |\n    Ten robots.\n\n    They   dance.", {"long": "Ten robots.\n\nThey dance."}),
        ("true", {}),
        ("no", {}),
        ('""', {}),
        ("{x: , mastodon: ~, twitter: true}", {}),
        ("[a, b]", {}),
    ],
)
def test_the_texts_are_those_that_somebody_wrote(written: str, texts: dict[str, str]) -> None:
    assert read(written) == (texts, ())


def test_a_misspelled_network_is_told_of() -> None:
    texts, problems = read("{fcebook: Ten.}")
    assert texts == {}
    assert [(problem.code, problem.what, problem.line) for problem in problems] == [
        ("post-part", 'share has no "fcebook"', 5)
    ]
    assert problems[0].hint.startswith("did you mean facebook? there can be short, long, x, ")
