"""One code for each language, however it is written, and none for what is no language."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.i18n import direction, gettext, has_interface
from storysite.i18n.languages import (
    TWO_LETTERS,
    as_on_site,
    code_in_name,
    is_same,
    own_name,
    parts,
    read_code,
    read_language,
)

CODES = some.one_of(
    some.sampled_from(sorted(TWO_LETTERS)),
    some.sampled_from(["hmn", "haw", "fil", "quc", "es-MX", "pt-BR", "zh-Hant", "zh-Hant-HK", "sr-Latn", "es-419"]),
)


@given(CODES, some.booleans(), some.booleans(), some.sampled_from(["", " ", ".UTF-8", "@euro"]))
def test_a_code_is_the_same_in_every_spelling(code: str, upper: bool, joined: bool, more: str) -> None:
    """Capitals, the line between its parts, and what systems add make no difference."""
    written = (code.upper() if upper else code.lower()).replace("-", "_" if joined else "-") + more
    assert read_code(written) == read_language(written) == code
    assert is_same(code, code)
    assert parts(code)[0] == code.split("-", maxsplit=1)[0]


@given(some.text(max_size=80))
def test_whatever_is_written_is_a_language_or_is_none(text: str) -> None:
    """What is understood is understood again, and nothing raises."""
    for read in (read_code, code_in_name, read_language):
        found = read(text)
        assert not found or read_code(found) == found
    assert isinstance(own_name(text[:8]), str)
    assert direction(text) in ("ltr", "rtl")
    assert gettext(text, "Archive")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Spanish", "es"), ("español", "es"), ("ESPAÑOL", "es"), ("espanol", "es"), ("中文", "zh"), ("العربية", "ar"),
        ("Tiếng Việt", "vi"), ("Haitian Creole", "ht"), ("Kreyòl Ayisyen", "ht"), ("Hmong", "hmn"), ("Hawaiian", "haw"),
        ("Traditional Chinese", "zh-Hant"), ("Chinese (Traditional)", "zh-Hant"), ("Brazilian Portuguese", "pt-BR"),
        ("English (US)", "en"), ("Soomaali", "so"), ("spa", "es"), ("eng", "en"), ("iw", "he"), ("ca-valencia", "ca"),
        ("tl", "tl"), ("Elvish", ""), ("en, es", ""), ("{{ page.lang }}", ""), ("", ""), ("1", ""), ("http://a.b", ""),
    ],
)  # fmt: skip
def test_a_language_is_understood_by_its_name(written: str, code: str) -> None:
    """In English and in itself; two at once are none."""
    assert read_language(written) == code


def test_a_language_is_understood_in_that_of_the_site() -> None:
    assert read_language("inglés", "es") == read_language("Englisch", "de") == "en"


@pytest.mark.parametrize(
    "name",
    [
        "v2",
        "new",
        "min",
        "Vol",
        "II",
        "VI",
        "Es",
        "es-draft",
        "no-text",
        "en-final",
        "xx",
        "qqq",
        "index",
        "e",
        "zh-Abcd",
    ],
)
def test_a_name_that_ends_in_letters_is_no_translation(name: str) -> None:
    """Roman numerals, versions and words are parts of a name."""
    assert not code_in_name(name)


@pytest.mark.parametrize(
    ("language", "site", "known"),
    [
        ("en-US", "en", "en"), ("en", "en-US", "en-US"), ("en-GB", "en", "en"), ("zh-TW", "zh", "zh-TW"),
        ("zh-CN", "zh", "zh"), ("zh-HK", "zh-Hant", "zh-Hant"), ("es", "en", "es"), ("hmn", "hmn", "hmn"), ("sr-Latn", "sr", "sr-Latn"),
        ("qaa", "en", "qaa"), ("fil", "fi", "fil"),
    ],
)  # fmt: skip
def test_a_site_knows_its_own_language_in_every_country(language: str, site: str, known: str) -> None:
    assert as_on_site(language, site) == known


def test_a_country_in_a_file_name_is_meant() -> None:
    assert as_on_site("pt-PT", "pt-BR", regional=True) == "pt-PT"
    assert as_on_site("en-US", "en", regional=True) == "en"


@pytest.mark.parametrize("language", ["zh-Hant", "zh-TW", "zh-HK", "zh-MO", "zh-Hant-CN"])
def test_no_simplified_words_for_who_reads_traditional_ones(language: str) -> None:
    assert not has_interface(language)
    assert gettext(language, "Archive") == "Archive"
    assert own_name(language) != own_name("zh")


def test_a_language_has_its_own_name() -> None:
    assert [own_name(code) for code in ("es", "es-MX", "hmn", "haw", "zz")] == [
        "español",
        "español",
        "Hmong",
        "ʻŌlelo Hawaiʻi",
        "",
    ]


@pytest.mark.parametrize("code", ["ESP", "sp", "jp", "cn", "xx", "sp-MX", "qqqq", "xyz"])
def test_a_code_of_a_country_or_of_nothing_is_no_language(code: str) -> None:
    """It is named instead: nobody would find the stories of a language called `esp`."""
    assert not read_language(code)


@pytest.mark.parametrize("code", ["mam", "ixl", "kek", "quc", "hmn", "mww", "hnj", "chk", "qaa", "nah", "ase"])
def test_languages_of_families_are_known_also_where_they_have_no_name(code: str) -> None:
    assert read_language(code.upper()) == code
