"""What people answer when they start a site: every way in which it is written, and settings that are read back as told."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from storysite.errors import BadValue
from storysite.i18n import interface_languages
from storysite.source.settings import read_config
from storysite.starter.answers import (
    LONGEST,
    Answers,
    Place,
    read_interface_language,
    read_place,
    read_promise,
    read_school,
    read_zone,
)
from storysite.starter.start import start_site
from tests.folder import Folder

IN_REPOSITORY = Place("https://maplewood.github.io/stories", "maplewood/stories")
OF_OWNER = Place("https://maplewood.github.io", "maplewood/maplewood.github.io")
PLACES = {
    "": Place(),
    " none ": Place(),
    "Not yet": Place(),
    "maplewood/stories": IN_REPOSITORY,
    "https://github.com/maplewood/stories": IN_REPOSITORY,
    "https://github.com/maplewood/stories.git": IN_REPOSITORY,
    "https://github.com/maplewood/stories/tree/main/content": IN_REPOSITORY,
    "github.com/maplewood/stories/": IN_REPOSITORY,
    "git@github.com:maplewood/stories.git": IN_REPOSITORY,
    "https://maplewood.github.io/stories/": IN_REPOSITORY,
    "maplewood.github.io": OF_OWNER,
    "maplewood/maplewood.github.io": OF_OWNER,
    "Maplewood/Stories": Place("https://maplewood.github.io/Stories", "Maplewood/Stories"),
    "https://stories.school.org": Place("https://stories.school.org"),
    "stories.school.org/library": Place("https://stories.school.org/library"),
    "http://10.1.2.3:8080/stories": Place("http://10.1.2.3:8080/stories"),
    "https://bücherei.example/über": Place("https://bücherei.example/%C3%BCber"),
}
NO_PLACES = [
    "maplewood", "rivera@school.org", "a/b/c", "..", "maplewood/..", "https://x..y", "C:\\Sites", "javascript:alert(1)",
    "https://school.org/?page=1", "https://github.com/maplewood", "https://gitlab.com/maplewood/stories", "https://-a.org",
    "our school", "https://" + "a" * 70 + ".org", "x" * (LONGEST + 1), "file:///etc/passwd", "https://user:word@school.org",
]  # fmt: skip
HOSTILE = [
    "Mr. O'Neil's", 'The "Best" School', "School: a library", "# not a comment", "yes", "null", "2026-11-20", "- dash",
    "🎉 Zoë’s 读书 ليلة 🎉", "@ZONE@ @TITLE@", "{{ template }}", "&anchor *star !tag", "a\\nb", "\\", "'", '"', "%", "|", ">",
    "---", "...", "x: y: z", "[a, b]", "{a: b}", "<script>alert(1)</script>", "`code`", "a\x07b\x1b[2Jc\u2028d\u202ee",
    "x" * LONGEST, "é" * LONGEST, "~", "trailing:", "a #b", "\ufeffmarked", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", PLACES)
def test_a_place_is_told_by_its_address_or_its_repository(text: str) -> None:
    assert read_place(text) == PLACES[text]


@pytest.mark.parametrize("text", NO_PLACES)
def test_what_is_no_place_is_explained(text: str) -> None:
    """In words, and with what to write instead."""
    with pytest.raises(BadValue) as error:
        read_place(text)
    assert error.value.hint.startswith("write ")


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("America/Chicago", "America/Chicago"),
        ("america/chicago", "America/Chicago"),
        ("Chicago", "America/Chicago"),
        ("new york", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("Central Time", "America/Chicago"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("MST", "America/Denver"),
        ("US/Hawaii", "Pacific/Honolulu"),
        ("utc", "UTC"),
        ("Ho Chi Minh", "Asia/Ho_Chi_Minh"),
    ],
)
def test_a_zone_is_told_by_its_name_a_city_or_what_people_call_it(text: str, zone: str) -> None:
    """`EST` is also the name of a zone without daylight saving, which nobody means."""
    assert read_zone(text) == zone


def test_a_zone_that_is_nearly_right_is_guessed() -> None:
    with pytest.raises(BadValue) as error:
        read_zone("Europe/Berlim")
    assert error.value.hint == "did you mean Europe/Berlin?"
    for text in ("", "Klingon", "../../etc/passwd", "x" * LONGEST, "\0"):
        with pytest.raises(BadValue):
            read_zone(text)


def test_a_language_is_one_that_menus_are_in() -> None:
    """By a code or a name; of others the answer says which there are."""
    told = {"es": "es", "Spanish": "es", "español": "es", "pt_BR.UTF-8": "pt-BR", "中文": "zh", "English": "en"}
    assert {text: read_interface_language(text) for text in told} == told
    for text in ("tagalog", "zh-TW", "gibberish", "x" * 90):
        with pytest.raises(BadValue) as error:
            read_interface_language(text)
        assert "español (es)" in error.value.hint


@pytest.mark.parametrize(
    ("text", "language", "promise"),
    [
        ("Friday", "en", "Every Friday"),
        ("fridays", "en", "Every Friday"),
        ("every Fri", "en", "Every Friday"),
        ("Weekly", "en", "Every week"),
        ("once a week", "en", "Every week"),
        ("none", "en", ""),
        ("friday", "es", "Cada viernes"),
        ("viernes", "es", "Cada viernes"),
        ("Cada viernes", "es", "Cada viernes"),
        ("weekly", "de", "Jede Woche"),
        ("Saturday", "pt-BR", "Todo sábado"),
        ("Monday", "pt", "Toda segunda-feira"),
        ("Friday", "fr", "Chaque vendredi"),
        ("Friday", "vi", "Thứ Sáu hằng tuần"),
        ("Friday", "zh", "每星期五"),
        ("Friday", "ar", "كل يوم جمعة"),
    ],
)
def test_a_promise_is_a_day_or_weekly_in_the_words_of_the_site(text: str, language: str, promise: str) -> None:
    assert read_promise(text, language) == promise
    if promise:
        assert read_promise(promise, language) == promise


def test_what_is_no_promise_is_explained() -> None:
    for text, hint in (("fridy", "did you mean Friday?"), ("sometimes", "write a day")):
        with pytest.raises(BadValue) as error:
            read_promise(text, "en")
        assert error.value.hint.startswith(hint)


@pytest.mark.parametrize("school", HOSTILE)
def test_whatever_a_school_is_called_the_settings_say_it(school: str, tmp_path: Path) -> None:
    """Letter by letter, but for what moves a cursor or turns letters around."""
    told = read_school(school.encode("utf-8", "replace").decode())
    answers = Answers(school=told, place=IN_REPOSITORY)
    start_site(tmp_path / "ours", today=date(2026, 11, 24), zone="UTC", answers=answers)
    config, problems = read_config(tmp_path / "ours")
    assert problems == []
    assert config.school == told
    assert config.base_url == IN_REPOSITORY.base_url
    if school.isprintable():
        assert told == school


def test_a_school_with_the_longest_name_is_long_enough() -> None:
    with pytest.raises(BadValue):
        read_school("x" * (LONGEST + 1))


@pytest.mark.parametrize("language", sorted(interface_languages()))
def test_every_combination_builds_without_a_warning(language: str, tmp_path: Path) -> None:
    """In each language: with and without an address, in a zone of one's own, with each kind of promise."""
    places, promises = (Place(), PLACES["https://bücherei.example/über"]), (None, "", read_promise("weekly", language))
    for number, (place, promise) in enumerate(product(places, promises)):
        answers = Answers("École: «Zoë»", place, language, "America/St_Johns", promise)
        folder = tmp_path / f"{language}-{number}"
        start_site(folder, today=date(2026, 11, 24), zone="UTC", answers=answers)
        config, problems = read_config(folder)
        assert problems == []
        assert (config.language, config.timezone, config.school) == (language, "America/St_Johns", "École: «Zoë»")
        if promise:
            assert config.promise == promise
        if number in (0, 5):
            built = Folder(folder).build()
            assert [problem.code for problem in built.problems] == ([] if place.base_url else ["base-url"])
            assert len(built.site.index.posts) == 3
            assert {post.language for post in built.site.index.posts} == {"en"}
