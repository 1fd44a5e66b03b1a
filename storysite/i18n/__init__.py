"""The words of the interface in other languages: `locale/es.po` is Spanish, English is what the sources say.

Templates and the plan ask here for the words that readers see; what the author wrote is never translated.
"""

from datetime import date
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from storysite.i18n.languages import is_same

HOME = Path(__file__).parent.parent / "locale"
SOURCE = "en"
RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
"""Languages written from right to left (Unicode CLDR, characterOrder)."""


@cache
def interface_languages() -> frozenset[str]:
    """Return the languages that the interface has words in."""
    return frozenset({SOURCE, *(file.stem for file in HOME.glob("*.po"))})


def base(language: str) -> str:
    """Return a language without its country: `pt-BR` is `pt`."""
    return language.replace("_", "-").split("-")[0].lower()


def has_interface(language: str) -> bool:
    """Return whether the interface has words in `language`, and in its script."""
    return bool(_interface(language))


def direction(language: str) -> str:
    """Return how `language` is written: `ltr` or `rtl`."""
    return "rtl" if base(language) in RIGHT_TO_LEFT else "ltr"


def gettext(language: str, text: str) -> str:
    """Return the English words `text` in `language`, as they are where its catalog lacks them or there is none."""
    return catalog(_interface(language)).gettext(text)


def ngettext(language: str, one: str, many: str, number: int) -> str:
    """Return the words for one thing or for `number` things in `language`, which may have up to six forms for that."""
    return catalog(_interface(language)).ngettext(one, many, number)


@lru_cache(maxsize=64)
def locale_of(language: str) -> str:
    """Return what Babel calls a language, English for one it does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return SOURCE


def day_in_words(day: date, language: str) -> str:
    """Return a day as people who speak `language` write it: November 3, 2026 or 3 de noviembre de 2026."""
    from babel.dates import format_date

    return format_date(day, "long", locale=locale_of(language))


@lru_cache(maxsize=65536)
def number_in_words(value: float, language: str) -> str:
    """Return a number as people who speak `language` write it, with Latin digits: 1,240 or 1.240."""
    if base(language) == SOURCE:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0.##########", locale=locale_of(language), numbering_system="latn")


@cache
def _interface(language: str) -> str:
    """Return which of the languages that the interface has words in is `language`, "" if none is.

    A script is not another's: who reads `zh-Hant` or `zh-TW` is shown no simplified words.
    """
    code = base(language)
    return code if code in interface_languages() and is_same(language, code) else ""


@cache
def catalog(language: str) -> NullTranslations:
    """Return the catalog of `language`; an empty one for English and where there is none."""
    file = HOME / f"{language}.po"
    if language in ("", SOURCE) or language not in interface_languages():
        return NullTranslations()
    from babel.messages.mofile import write_mo  # takes long to load, and English needs none of it
    from babel.messages.pofile import read_po

    packed = BytesIO()
    with file.open("rb") as opened:
        write_mo(packed, read_po(opened, locale=language))
    packed.seek(0)
    return GNUTranslations(packed)
