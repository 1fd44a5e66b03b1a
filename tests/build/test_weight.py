"""What a site weighs, and for how long there is room."""

from datetime import date, timedelta

import pytest

from storysite.build.weight import PAGES_LIMIT, Weight, is_heavy, weight_in_words, weight_of
from storysite.cache.database import PageRow
from tests.command_line import storysite
from tests.folder import Folder

TODAY = date(2026, 11, 27)
MB = 1_000_000


def test_photos_are_what_has_the_ending_of_a_picture() -> None:
    """In capitals too; a page about photos is none."""
    routes = {"2026/a.jpg": 5, "B.PNG": 7, "c.webp": 11, "photos/index.html": 13, "jpg": 17}
    rows = [PageRow(route, b"", b"", size, 0, 0) for route, size in routes.items()]
    assert weight_of(rows) == Weight(53, 23)


def test_a_site_is_heavy_past_half_of_what_it_may_weigh() -> None:
    """Of 1 GB, if nothing else is said."""
    assert not is_heavy(Weight(PAGES_LIMIT // 2))
    assert is_heavy(Weight(PAGES_LIMIT // 2 + 1))
    assert is_heavy(Weight(60), limit=100)


@pytest.mark.parametrize(
    ("weight", "days", "expected"),
    [
        (
            Weight(612 * MB, 580 * MB),
            5 * 365,
            "The site weighs 612 MB of the 1,000 MB that GitHub Pages gives a site; photos are 580 MB of it. "
            "At this pace there is room for about 3 years.",
        ),
        (
            Weight(612 * MB, 580 * MB),
            83,
            "The site weighs 612 MB of the 1,000 MB that GitHub Pages gives a site; photos are 580 MB of it.",
        ),
        (
            Weight(1_200 * MB, 20),
            900,
            "The site weighs 1,200 MB, more than the 1,000 MB that GitHub Pages gives a site; "
            "photos are less than 1 MB of it.",
        ),
        (
            Weight(400),
            900,
            "The site weighs less than 1 MB of the 1,000 MB that GitHub Pages gives a site; none of it is photos. "
            "At this pace there is room for more than 20 years.",
        ),
    ],
)
def test_the_weight_is_told_as_people_would(weight: Weight, days: int, expected: str) -> None:
    """In whole megabytes and about years, of which nothing is said before a term of stories is there."""
    assert weight_in_words(weight, TODAY - timedelta(days), TODAY) == expected


@pytest.mark.parametrize(
    ("total", "days", "expected"),
    [
        (950, 365, "less than a year"),
        (500, 366, "about a year"),
        (500, 731, "about 2 years"),
        (10, 365, "more than 20"),
    ],
)
def test_years_are_rounded(total: int, days: int, expected: str) -> None:
    """To whole ones."""
    assert expected in weight_in_words(Weight(total * MB), TODAY - timedelta(days), TODAY)


def test_stories_without_a_date_give_no_pace() -> None:
    """Then nothing is said of years."""
    assert "pace" not in weight_in_words(Weight(MB), None, TODAY)


def test_build_tells_the_weight_of_a_heavy_site_last_and_again_when_nothing_changed(folder: Folder) -> None:
    """It is remembered with the result; status says it of a light site too."""
    folder.post("2026-01-20-robots", id="robots")
    assert "run storysite build first" in storysite(folder.path, "status").stdout
    light = storysite(folder.path, "build")
    assert "weighs" not in light.stdout
    assert "\nThe site weighs less than 1 MB of the 1,000 MB" in storysite(folder.path, "status").stdout
    folder.write("static/film.mp4", "")
    with (folder.path / "static/film.mp4").open("r+b") as film:
        film.truncate(501 * MB)
    for _ in range(2):
        heavy = storysite(folder.path, "build")
        assert heavy.stdout.splitlines()[-1].startswith("The site weighs 501 MB of the 1,000 MB"), heavy.stderr
    assert ": 0 pages built" in heavy.stdout
