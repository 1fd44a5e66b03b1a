"""Where addresses meet that nobody wrote, each file gets one of its own, and no newer post ever moves an older one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from storysite.model.addresses import place_of, settle
from storysite.model.config import Config
from storysite.model.post import AnyPost, Post, StaticPage, Text
from storysite.model.urls import page_url, post_url, route_of
from storysite.plan.reserved import reserved_places

PATTERNS = ["/{year}/{month}/{slug}/", "/{slug}/", "/{slug}.html", "/{year}/{month}/{day}/{slug}/", "/tags/{slug}/",
            "/{year}/{slug}/", "/{slug}/{year}/", "/Blog/{slug}.html"]  # fmt: skip
FIRST = datetime(2026, 11, 6, 6, tzinfo=UTC)
STATIC = ("robots/index.html", "about.html", "archive.html", "notes")
WORDS = Text(words=9)
PERMALINKS = [
    "",
    "",
    "",
    "",
    "robots/",
    "Robots/",
    "2026/11/news/",
    "news.html",
    "news.html/more/",
    "archive/",
    "es/news/",
    "news/index.html",
]


def told(
    source: str = "a", slug: str = "news", day: int | None = 0, pattern: str = PATTERNS[0], **fields: object
) -> Post:
    """Return a post as it is read, told so many days after the first."""
    moment = None if day is None else FIRST + timedelta(days=day)
    url = post_url(pattern, slug=slug, moment=moment)
    permalink = str(fields.pop("permalink", ""))
    given = {"id": f"id of {source}", "title": slug, "text": WORDS, "derived_url": url if permalink else "", **fields}
    return Post(source=f"content/posts/{source}.md", slug=slug, url=permalink or url, moment=moment, **given)  # type: ignore[arg-type]


def page(name: str, **fields: object) -> StaticPage:
    """Return a page outside the stream as it is read."""
    given = {"id": name, "title": name, "slug": name, "url": page_url(name), "text": WORDS, **fields}
    return StaticPage(source=f"content/pages/{name}.md", **given)  # type: ignore[arg-type]


def addresses(
    *posts: AnyPost, pattern: str = PATTERNS[0], static: Sequence[str] = (), site: str = "en"
) -> dict[str, str]:
    """Return the address of each file, by its name."""
    config = Config(post_url=pattern, language=site)
    settled, _ = settle(posts, config, static, reserved_places(config))
    return {post.source.split("/", 2)[2].removesuffix(".md"): post.url for post in settled}


@pytest.mark.parametrize(
    ("second", "url"),
    [
        (told("b", language="es", day=7, authors=("B",)), "es/2026/11/news/"),
        (told("b", language="zh-TW"), "zh-tw/2026/11/news/"),
        (told("b", day=7, authors=("B",)), "2026/11/news-13/"),
        (told("sports/b", authors=("B",)), "2026/11/news-sports/"),
        (told("sports/index"), "2026/11/news-2/"),
        (told("clubs/sports/index", slug="news"), "2026/11/news-clubs/"),
        (told("b", authors=("Ms. Rivera", "C")), "2026/11/news-ms-rivera/"),
        (told("b"), "2026/11/news-2/"),
        (told("b", slug="NEWS".lower()), "2026/11/news-2/"),
    ],
)  # fmt: skip
def test_posts_are_told_apart_by_the_first_thing_that_does(second: Post, url: str) -> None:
    """Language, day, folder, author, number; and the older one keeps the plain address."""
    assert addresses(told("a"), second) == {"a": "2026/11/news/", second.source.split("/", 2)[2][:-3]: url}


def test_the_weekly_habit_is_told_apart_by_its_days() -> None:
    """What the address says of the day anyway is not said twice."""
    weekly = [told(f"w{week}", "friday-news", 7 * week) for week in range(5)]
    assert list(addresses(*weekly).values()) == [
        "2026/11/friday-news/",
        "2026/11/friday-news-13/",
        "2026/11/friday-news-20/",
        "2026/11/friday-news-27/",
        "2026/12/friday-news/",
    ]
    plain = [told(f"w{week}", "friday-news", 7 * week, "/{slug}.html") for week in range(2)]
    assert list(addresses(*plain, pattern="/{slug}.html").values()) == [
        "friday-news.html",
        "friday-news-2026-11-13.html",
    ]


def test_many_of_one_name_are_counted() -> None:
    """On one day in one folder, and by a way that does not take the square of the time."""
    found = addresses(*(told(f"{number:04}") for number in range(3000)))
    assert [found[f"{number:04}"] for number in (0, 1, 2999)] == [
        "2026/11/news/", "2026/11/news-2/", "2026/11/news-3000/"
    ]  # fmt: skip


def test_what_was_written_by_hand_is_kept() -> None:
    """Whoever did not write an address gives way, the older one too; two that were written are left for the error."""
    found = addresses(
        told("a"), told("b", day=7, permalink="2026/11/news/"), told("c", day=8, permalink="2026/11/news/")
    )
    assert found == {"a": "2026/11/news-06/", "b": "2026/11/news/", "c": "2026/11/news/"}


def test_one_written_address_in_two_languages_is_one_in_each() -> None:
    """A translation that was copied with its permalink is no mistake."""
    found = addresses(told("a", permalink="robots/"), told("b", permalink="robots/", language="es"))
    assert found == {"a": "robots/", "b": "es/robots/"}


def test_the_pages_that_every_site_has_are_in_nobodys_way() -> None:
    """A story called Archive or a page called Tags is somewhere else; one that was put there on purpose stays there."""
    found = addresses(
        told("a", "archive", pattern="/{slug}/"), told("b", "feed", pattern="/{slug}/"), page("tags"), page("search"),
        page("index"), page("es"), page("mine", url="subscribe/", derived_url="mine/"),
        page("outline", url="categories/", derived_url="outline/", text=Text()),
        pattern="/{slug}/",
    )  # fmt: skip
    assert found == {
        "a": "archive-2026-11-06/", "b": "feed/", "tags": "tags-2/", "search": "search-2/", "index": "", "es": "es/",
        "mine": "subscribe/", "outline": "outline/",
    }  # fmt: skip


def test_files_in_static_stay_where_they_lie() -> None:
    """Also where the file would be in the way of a folder, or a post was told to be there."""
    found = addresses(
        told("a", "robots", pattern="/{slug}/"), told("b", "notes", pattern="/{slug}/"),
        told("c", "x", pattern="/{slug}/", permalink="about.html"), pattern="/{slug}/", static=STATIC,
    )  # fmt: skip
    assert found == {"a": "robots-2026-11-06/", "b": "notes-2026-11-06/", "c": "x/"}


@pytest.mark.parametrize(
    ("one", "other"), [("Robots/", "robots/"), ("Ünder/", "U\u0308nder/"), ("é/", "E\u0301/"), ("a/index.html", "a/")]
)
def test_addresses_meet_that_are_one_file_on_some_system(one: str, other: str) -> None:
    """Macs and Windows ignore capitals, and Macs how accents are written."""
    assert place_of(one) == place_of(other)


def test_pages_whose_names_become_one_address_are_two() -> None:
    """Also at the top, where a README and an index mean the same."""
    found = addresses(
        page("About Us"), page("about-us"), page("README"), page("index"), page("guide"), page("guide/index")
    )
    assert found == {
        "About Us": "about-us/", "about-us": "about-us-2/", "README": "", "index": "home-2/", "guide": "guide/",
        "guide/index": "guide-2/",
    }  # fmt: skip


def test_an_older_post_that_comes_later_has_the_plain_address() -> None:
    """It is the one thing that moves another, which `permalink` prevents: the archive alone decides, whatever was built."""
    newer = told("b", day=7)
    assert addresses(newer)["b"] == "2026/11/news/"
    assert addresses(newer, told("a"))["b"] == "2026/11/news-13/"
    assert addresses(replace(newer, derived_url=newer.url), told("a")) == {
        "b": "2026/11/news/",
        "a": "2026/11/news-06/",
    }


def test_of_one_day_the_story_that_was_begun_first_has_the_plain_address() -> None:
    """An id that storysite made tells when, wherever the file lies; a story without such an id is of an older archive."""
    first, second = "01JD8TZZZZ0000000000000000", "01JD9T00000000000000000000"
    assert addresses(told("a", id=second), told("folder/z", id=first)) == {
        "folder/z": "2026/11/news/",
        "a": "2026/11/news-2/",
    }
    assert addresses(told("a", id=first), told("z"))["z"] == "2026/11/news/"
    assert addresses(told("news-more"), told("news"))["news"] == "2026/11/news/"


def test_a_draft_without_a_date_takes_no_address_from_what_is_shown() -> None:
    """It will have a date when it is told, and that is newer."""
    found = addresses(
        told("b", pattern="/{slug}/"), told("a", day=None, pattern="/{slug}/", draft=True), pattern="/{slug}/"
    )
    assert found["b"] == "news/"


def test_ids_that_nobody_wrote_are_kept_apart() -> None:
    """The oldest keeps its own; two that were written are left for the error, unless one is in another language."""
    config = Config()
    posts = [told(name, id=name[0], id_derived=derived, day=day, language=language) for name, derived, day, language in (
        ("a1", True, 7, "en"), ("a2", True, 0, "en"), ("b1", False, 0, "en"), ("b2", False, 1, "en"), ("b3", False, 2, "es"),
        ("b4", True, -9, "en"),
    )]  # fmt: skip
    settled, _ = settle(posts, config, (), reserved_places(config))
    ids = [post.id for post in settled]
    assert ids[1:5] == ["a", "b", "b", "b.es"]
    assert len({*ids}) == 5


FIELDS = some.fixed_dictionaries(
    {
        "source": some.sampled_from(["", "x/", "x/y/", "es/", "_posts/", "X/", "a-very-long-folder-name/" * 12]),
        "name": some.sampled_from(["", "index"]),
        "slug": some.sampled_from(
            ["news", "News".lower(), "news-2", "news-13", "news-x", "archive", "11", "es", "é", "e\u0301", "robots", "tags", "n" * 180]
        ),
        "day": some.sampled_from([None, 0, 0, 7, 7, 14, 30, 365]),
        "language": some.sampled_from(["en", "en", "es", "zh-Hant"]),
        "authors": some.sampled_from([(), ("A",), ("B", "A"), ("???",)]),
        "permalink": some.sampled_from(PERMALINKS),
        "draft": some.booleans(),
        "page": some.integers(0, 9).map(lambda number: number == 0),
    }
)  # fmt: skip


def made(number: int, facts: dict[str, object], pattern: str) -> AnyPost:
    """Return the post or page of some facts, in a file of its own."""
    facts = {**facts}
    folder, name, is_page = str(facts.pop("source")), facts.pop("name"), facts.pop("page")
    if is_page:
        return page(f"p{number}", url=page_url(str(facts["slug"])), language=facts["language"])
    return told(f"{folder}{number}/index" if name else f"{folder}{number}", pattern=pattern, **facts)  # type: ignore[arg-type]


@given(some.lists(FIELDS, max_size=14), some.sampled_from(PATTERNS), some.integers(), some.sampled_from(["en", "es"]))
def test_no_two_files_of_any_archive_share_a_place(
    facts: list[dict[str, object]], pattern: str, seed: int, site: str
) -> None:
    """But for what was written twice by hand in one language. In which order files are found makes no difference."""
    archive = [made(number, each, pattern) for number, each in enumerate(facts)]
    found = addresses(*archive, pattern=pattern, static=STATIC, site=site)
    written = {place_of(post.url) for post in archive if post.derived_url}
    taken = [place_of(route_of(url)) for url in [*found.values(), *STATIC]]
    assert {place for place in taken if taken.count(place) > 1} <= written
    folders = {place.rpartition("/")[0] for place in taken}
    folders |= {folder.rpartition("/")[0] for folder in folders}
    assert not folders & set(taken)
    assert all(len(part.encode()) <= 255 for url in found.values() for part in url.split("/"))
    shuffled = archive.copy()
    Random(seed).shuffle(shuffled)
    assert addresses(*shuffled, pattern=pattern, static=STATIC, site=site) == found


@given(some.lists(FIELDS, max_size=14), some.lists(FIELDS, min_size=1, max_size=3), some.sampled_from(PATTERNS))
def test_a_newer_post_moves_no_other(
    facts: list[dict[str, object]], more: list[dict[str, object]], pattern: str
) -> None:
    """Whatever was there before keeps its address and its id, hidden or shown, as long as nobody wrote that address."""
    archive = [
        made(number, each, pattern) for number, each in enumerate(facts) if not (each["draft"] and each["day"] is None)
    ]
    days = (400 + number for number in range(9))
    newer = [
        made(100 + number, {**each, "permalink": "", "page": False, "day": next(days)}, pattern)
        for number, each in enumerate(more)
    ]
    config = Config(post_url=pattern)
    before, _ = settle(archive, config, STATIC, reserved_places(config))
    after, _ = settle([*archive, *newer], config, STATIC, reserved_places(config))
    assert after[: len(before)] == before
    assert len({post.id for post in after}) == len(after)


def test_nothing_moves_on_the_day_when_a_post_appears() -> None:
    """Addresses are of the archive, not of what is shown: settle() knows no day."""
    posts = [told("a"), told("b", day=9999), told("c", day=9999, draft=True)]
    assert (
        addresses(*posts)
        == addresses(*posts[::-1])
        == {"a": "2026/11/news/", "b": "2054/03/news/", "c": "2054/03/news-2/"}
    )
