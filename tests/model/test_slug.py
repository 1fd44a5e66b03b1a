"""Slugs: any title becomes one segment of an address, the same one however it is typed, in its own script."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.model.slug import slugify

LONGEST = 180
"""Bytes in a slug: file systems end at 255 a name, and a language or a number may be added."""
PLAIN_MARKDOWN_NAME = some.characters().filter(
    lambda sign: unicodedata.normalize("NFKC", sign).lower() == unicodedata.normalize("NFKC", sign.lower())
)
"""Signs that are small letters after `lower`: all but those of mathematics, such as 𝓐."""


@given(some.text())
def test_a_slug_is_one_safe_segment(text: str) -> None:
    """It has no slash, dot, space or capital of ASCII, and no hyphen at an end or beside another."""
    assert re.fullmatch(r"[^\s/\\.\-:?*\"<>|\x00-\x1f]+(-[^\s/\\.\-:?*\"<>|\x00-\x1f]+)*|", slugify(text))


@given(some.text(PLAIN_MARKDOWN_NAME, max_size=40))
def test_a_slug_is_its_own_slug(text: str) -> None:
    """A slug that is written as a slug stays as it is."""
    assert slugify(slugify(text)) == slugify(text)


@given(some.text())
def test_a_slug_is_the_same_however_accents_are_typed(text: str) -> None:
    """A title from a Mac, whose accents stand apart from their letters, has the same address as one from Windows."""
    forms = {slugify(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@pytest.mark.parametrize(
    "text",
    [
        "𝓐 letter",
        "x" * 200,
        "a story " * 40,
        "读" * 200,
        "a library in a school far away " * 5,
    ],
)
def test_a_slug_of_any_title_is_its_own_slug(text: str) -> None:
    """Letters in disguise and long titles are no exception."""
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize("letter", ["读", "ल", "é", "a b ", "word ", "🎉a"])
@given(some.integers(150, 400))
def test_a_long_slug_ends_soon(letter: str, count: int) -> None:
    """Its bytes stay far below what file systems allow, with the digest that tells it from others."""
    assert len(slugify(letter * count).encode()) <= LONGEST + len("-c24cf7")


def test_a_slug_is_never_longer_than_it_may_be() -> None:
    """One word of two hundred letters becomes a slug of no more than 180 bytes."""
    assert len(slugify("x" * 200).encode()) <= LONGEST


@given(some.text("abc é读", min_size=1), some.text("abc é读", min_size=1))
def test_two_long_titles_that_begin_the_same_stay_apart(one: str, other: str) -> None:
    """What is cut off is told by the digest at the end."""
    begin = "a story of a year in the library and of all who came " * 5
    first, second = f"{begin}x{one}", f"{begin}x{other}"
    same = slugify(first[len(begin) :]) == slugify(second[len(begin) :])
    assert (slugify(first) == slugify(second)) == same


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("读书的四十个家庭", "读书的四十个家庭"),
        ("ليلة الصانعين", "ليلة-الصانعين"),
        ("كتابٌ مُفيد", "كتابٌ-مُفيد"),
        ("हिन्दी की कहानी", "हिन्दी-की-कहानी"),
        ("ไทย ดี", "ไทย-ดี"),
        ("Привет, мир!", "привет-мир"),
        ("한국어 이야기", "한국어-이야기"),
        ("ガイド", "ガイド"),
        ("Thư viện trường học", "thu-vien-truong-hoc"),
        ("Đà Nẵng", "da-nang"),
        ("The café’s naïve “Zoë”", "the-cafes-naive-zoe"),
        ("Straße der Bücher", "strasse-der-bucher"),
        ("İstanbul", "istanbul"),
        ("Ｒｏｂｏｔｓ ﬁrst", "robots-first"),
        ("C, C++ and C#", "c-c-plus-and-c-sharp"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", ""),
    ],
)
def test_a_script_is_kept_and_latin_letters_lose_their_accents(title: str, slug: str) -> None:
    """Marks without which a script cannot be read stay; those of Latin letters go."""
    assert slugify(title) == slug
