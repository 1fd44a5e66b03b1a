"""Slugs: any title becomes one segment of an address, the same one however it is typed, in its own script."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.model.group import group_slug
from storysite.model.slug import slugify
from storysite.model.urls import page_url, post_url, written_url

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


SIGNS = ["❤️", "👩‍🏫", "1️⃣", "📚", "🏳️‍🌈", "☕︎", "©", "—"]


@given(some.lists(some.sampled_from([*SIGNS, "a", "é", "読", "नि", "7", " "]), max_size=6).map("".join))
def test_a_slug_has_nothing_that_cannot_be_seen(text: str) -> None:
    """What chooses or joins pictures is dropped with them; the marks of letters stay."""
    slug = slugify(text)
    assert not set(slug) & set("\ufe0f\ufe0e\u200d\u20e3")
    assert ("नि" in slug) == ("नि" in text)


@pytest.mark.parametrize("name", SIGNS)
def test_a_tag_of_signs_alone_has_an_address_of_its_own(name: str) -> None:
    assert re.fullmatch(r"(x|1)(-[0-9a-f]{6})?", group_slug(name))
    assert group_slug("❤️") == group_slug("❤") != group_slug("📚")


DEVICES = ["con", "prn", "aux", "nul", "com1", "lpt9", "AUX", "Con"]


@pytest.mark.parametrize("name", DEVICES)
def test_no_address_is_the_name_of_a_device(name: str) -> None:
    """Windows can have no file or folder called so, with any ending."""
    slug = slugify(name)
    made: list[str | None] = [
        post_url("/{year}/{slug}/", slug=slug, moment=None),
        post_url("/{slug}.html", slug=slug, moment=None),
    ]
    made += [
        page_url(f"a/{name}/b"),
        written_url(f"/{name}/"),
        written_url(f"/x/{name}.html"),
        f"tags/{group_slug(name)}/",
    ]
    segments = [segment.partition(".")[0].lower() for url in made if url for segment in url.split("/")]
    assert not set(segments) & {device.lower() for device in DEVICES}
    assert post_url("/{slug}/", slug="contact", moment=None) == "contact/"
