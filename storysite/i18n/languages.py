"""Languages: one code for each, however people and other programs write it. CLDR knows them, and Babel knows CLDR.

A code is a language of two or three letters, and where it matters a script and a country: `es`, `pt-BR`, `zh-Hant`.
"""

import re
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from babel import Locale

TWO_LETTERS = frozenset(
    (
        "aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
        "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
        "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
        "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
        "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
        "za zh zu "
    ).split()
)
"""Languages of two letters (ISO 639-1), which need no look into CLDR: it takes a while to load."""
_WORDS = frozenset(
    (
        "ace ale arc ban bar bas bin bra bug bum cad car cop del den dum ext fan fat fit fur gag gay got lad "
        "lag lol mad mag man mas men mic mid min mis moe mul nan nap new non nov pal pap pro rap rar rug sad "
        "sam sat see sid sly tog und war was yap zen zxx"
    ).split()
)
"""Codes of three letters that are words or endings of other files, and nearly always that where a name ends in them."""
_IN_SCHOOLS = (
    "am ar bn de es fa fil fr haw hi ht it ja km ko my ne pa pl ps pt ru so sw ta th ti uk ur vi yo zh".split()
)
"""Languages that families speak at home, which may be named in themselves."""
_WITHOUT_NAMES = frozenset("ixl kar kjb ksw mam mix mww myn nah".split())
"""Some more, for which CLDR has no names: Mayan languages, Karen, Mixtec, Nahuatl and Hmong Daw."""
_PRIVATE = re.compile(r"q[a-t][a-z]")
"""Codes that are left to everybody, by the standard."""
_NAME = re.compile(r"[^\d_:;,./\\{}<>\[\]\"|=+*&%$#@!?^~`]{2,40}")
"""What may be the name of a language."""
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
_REST = re.compile(r"[.@].*|(?:[-_][a-z0-9]{5,8})+$")
"""What systems add to a code: `es_MX.UTF-8`, `ca-valencia`."""
_ROMAN = re.compile(r"[IVXLCDM]+")


@lru_cache(maxsize=1024)
def read_code(text: str) -> str:
    """Return the code that `text` is one spelling of, such as `pt-BR` for `PT_br`; "" if it is no code."""
    text = text.strip()
    if text in TWO_LETTERS:
        return text
    found = _CODE.fullmatch(_REST.sub("", text))
    if found is None:
        return ""
    language, script, country = found[1].lower(), (found[2] or "").title(), (found[3] or "").upper()
    if language not in TWO_LETTERS:
        language, _, other = _aliases().get(language, language).partition("_")
        script = script or other
    return "-".join(filter(None, (language, script, country)))


@lru_cache(maxsize=4096)
def code_in_name(text: str) -> str:
    """Return the code that a part of a file's or a folder's name is, "" where it is more likely something else.

    Only languages, scripts and countries that exist count, and no `Vol.II` is a language.
    """
    if text in TWO_LETTERS:
        return text
    found = _CODE.fullmatch(text)
    if found is None or not (found[1].islower() or found[1].isupper()) or _ROMAN.fullmatch(text) or text in _WORDS:
        return ""
    language, script, country = found.groups()
    names = _names()
    known = any(language.lower() in codes for codes in (TWO_LETTERS, _WITHOUT_NAMES, names.languages))
    known = known and (not script or script.title() in names.scripts)
    known = known and (not country or country.upper() in names.territories)
    return read_code(text) if known else ""


def code_of_folder(name: str) -> str:
    """Return the language that a folder may be of: `es`, or Hugo's `content.es`."""
    return code_in_name(name.rpartition(".")[2])


@lru_cache(maxsize=256)
def read_language(text: str, site: str = "en") -> str:
    """Return the code of the language that `text` names: by a code, in English, in itself or in that of the `site`.

    "" if there is none of that name.
    """
    if (code := read_code(text)) and _is_known(code):
        return code
    if not _NAME.fullmatch(text.strip()):
        return ""
    names = [name for part in (text, text.partition("(")[0]) if (name := _folded(part))]
    for table in (partial(_named_in, "en"), partial(_named_in, site), _by_themselves):
        for name in names:
            if found := table().get(name):
                return found
    return ""


def _is_known(code: str) -> bool:
    """Return whether a code is one of a language that exists, or of one that people agreed on among themselves."""
    base = code.partition("-")[0]
    if base in TWO_LETTERS or base in _WITHOUT_NAMES or _PRIVATE.fullmatch(base):
        return True
    return len(base) == 3 and (base in _names().languages or base in _likely())


@lru_cache(maxsize=1024)
def parts(language: str) -> tuple[str, str, str]:
    """Return language, script and country of a code; what it leaves out is what is likely: `zh-TW` is in Hant."""
    found = _CODE.fullmatch(language)
    if found is None:
        return language.lower(), "", ""
    base, script, country = found[1].lower(), (found[2] or "").title(), (found[3] or "").upper()
    if script and country:
        return base, script, country
    likely = _likely()
    for key in filter(None, (script and f"{base}_{script}", country and f"{base}_{country}", base)):
        if key in likely:
            _, likely_script, likely_country = likely[key].split("_")[:3]
            return base, script or likely_script, country or likely_country
    return base, script, country


def is_same(one: str, other: str) -> bool:
    """Return whether two codes are of one language in one script: `en-US` and `en-GB` are, `zh-TW` and `zh` are not."""
    return one == other or (
        one[:2].lower() == other[:2].lower() and parts(one)[:2] == parts(other)[:2]  # most need no look into CLDR
    )


def as_on_site(language: str, site: str, *, regional: bool = False) -> str:
    """Return the code by which a site in the language `site` knows `language`: its own, if they are the same.

    Where a country was named on purpose, as `regional` says, it must be that of the site too.
    """
    if not is_same(language, site):
        return language
    if regional and language.partition("-")[2] and parts(language)[2] != parts(site)[2]:
        return language
    return site


@cache
def own_name(language: str) -> str:
    """Return what a language is called by its own speakers, in English if CLDR has no more; "" if it has neither.

    The script is named where it is not the usual one.
    """
    from babel import Locale, UnknownLocaleError

    base, script, _ = parts(language)
    try:
        name = Locale.parse(language, sep="-").get_language_name()
        if not is_same(language, base):
            name = Locale(base, script=script).get_display_name()
    except (UnknownLocaleError, ValueError):
        name = _names().languages.get(language.partition("-")[0], "")
    return name or ""


def english_name(language: str) -> str:
    """Return what a language is called in English: `Spanish`; its code if CLDR has no name for it."""
    name: str = _names().languages.get(language.partition("-")[0], language)
    return name


@cache
def _names() -> "Locale":
    """Return the names of languages, scripts and countries in English."""
    from babel import Locale  # takes long to load, and most sites need none of it

    return Locale("en")


@cache
def _likely() -> dict[str, str]:
    from babel.core import get_global

    return dict(get_global("likely_subtags"))


@cache
def _aliases() -> dict[str, str]:
    """Return the codes that mean others: `spa` is Spanish too."""
    from babel.core import get_global

    return dict(get_global("language_aliases"))


@cache
def _named_in(language: str) -> dict[str, str]:
    """Return the code of each language by its name in `language`."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language, sep="-").languages
    except (UnknownLocaleError, ValueError):
        return {}
    return {_folded(name): code.replace("_", "-") for code, name in reversed(list(names.items()))}


@cache
def _by_themselves() -> dict[str, str]:
    """Return the code of each language of schools by its own name: to look at all of CLDR would take a second."""
    from babel import Locale

    return {_folded(Locale(code).languages.get(code, code)): code for code in _IN_SCHOOLS}


def _folded(name: str) -> str:
    """Return a language's name as it is compared: without case, accents, brackets and the order of its words."""
    letters = (letter for letter in normalize("NFKD", name.casefold()) if not _is_accent(letter))
    return " ".join(sorted("".join(letter if letter.isalnum() else " " for letter in letters).split()))


def _is_accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f"
