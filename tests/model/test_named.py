"""A story is found by whatever somebody may call it; what may be several is several, newest first."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.model.named import posts_named
from storysite.model.post import Post

ROOT = "https://library.example.org/stories/"


def story(name: str, title: str, *, slug: str = "", language: str = "en", translates: str = "") -> Post:
    """Return a story in the file `name`."""
    day = datetime.fromisoformat(name[:10]).replace(tzinfo=UTC)
    slug = slug or name[11:].partition(".")[0].partition("/")[0]
    url = f"{'' if language == 'en' else language + '/'}{day:%Y/%m}/{slug}/"
    return Post(
        source=f"content/posts/{name}",
        id=f"id-{name}",
        title=title,
        slug=slug,
        url=url,
        language=language,
        translates=translates,
        moment=day,
    )


FAMILIES = story("2026-11-20-forty-families.md", "Forty families built robots")
SPANISH = story(
    "2026-11-20-forty-families.es.md",
    "Cuarenta familias",
    slug="forty-families",
    language="es",
    translates="content/posts/2026-11-20-forty-families.md",
)
SEEDS = story("2026-04-17-the-seed-library.md", "The seed library")
FIRST = story("2026-11-27-the-first-seeds.md", "The first seeds came back")
POETRY = story("2025-04-25-poetry-night/index.md", "The night the lights stayed off")
NAMED_SEEDS = story("2024-02-02-packets.md", "Seeds")
POSTS = [FAMILIES, SPANISH, SEEDS, FIRST, POETRY]


def named(wanted: str, posts: list[Post] = POSTS) -> list[str]:
    """Return the files of the stories that are meant."""
    return [post.source for post in posts_named(wanted, posts, root=ROOT, language="en")]


@pytest.mark.parametrize(
    "wanted",
    [
        "content/posts/2026-11-20-forty-families.md",
        "./content/posts/2026-11-20-forty-families.md",
        "content\\posts\\2026-11-20-forty-families.md",
        "/home/ana/shelf/content/posts/2026-11-20-forty-families.md",
        "2026-11-20-forty-families.md",
        "2026-11-20-forty-families",
        "forty-families",
        "forty families",
        "Forty Families",
        "id-2026-11-20-forty-families.md",
        "/2026/11/forty-families/",
        "2026/11/forty-families",
        "https://library.example.org/stories/2026/11/forty-families/",
        "forty families built robots",
        "built ROBOTS",
        "famil",
    ],
)
def test_a_story_is_found_by_whatever_it_may_be_called(wanted: str) -> None:
    assert named(wanted) == [FAMILIES.source]


def test_a_story_in_a_folder_is_called_by_its_folder() -> None:
    for wanted in ("content/posts/2025-04-25-poetry-night/", "2025-04-25-poetry-night", "poetry-night", "lights"):
        assert named(wanted) == [POETRY.source], wanted


def test_a_translation_is_meant_only_by_what_it_alone_is_called() -> None:
    for wanted in (
        "content/posts/2026-11-20-forty-families.es.md",
        "2026-11-20-forty-families.es",
        "cuarenta",
        "es/2026/11/forty-families",
    ):
        assert named(wanted) == [SPANISH.source], wanted


def test_what_may_be_several_is_all_of_them() -> None:
    assert named("seed") == [SEEDS.source]
    assert named("the") == [FIRST.source, SEEDS.source, POETRY.source]
    assert named("seeds", [*POSTS, NAMED_SEEDS]) == [NAMED_SEEDS.source]


@pytest.mark.parametrize(
    "wanted", ["", " ", "/", "robbots", "https://elsewhere.example.org/2026/11/forty-families/", "2027", "…"]
)
def test_what_is_called_otherwise_is_not_found(wanted: str) -> None:
    assert named(wanted) == []


@given(some.text())
def test_any_words_may_be_asked_for(wanted: str) -> None:
    assert set(named(wanted)) <= {post.source for post in POSTS}
