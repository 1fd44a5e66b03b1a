"""Drawn share cards: every script is shaped right, none is too large for a network, and each is drawn the same again."""

import subprocess
import sys
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec.structs import replace
from PIL import Image, ImageChops

from storysite.photos.card import HEIGHT, LARGEST, WIDTH, Drawing, is_plain, shortened
from storysite.photos.draw import _shown, draw, drawing_edition, missing_letters
from tests.command_line import ROOT
from tests.tools import require

COLORS = (("paper", "#fdfbf6"), ("ink", "#1d2530"), ("soft", "#5a6470"), ("accent", "#8a2b35"), ("kind", "#1f6f5c"))
CARD = Drawing("Robots in the library", "Victory", "Our story shelf", date(2026, 11, 20), "en", "ltr", COLORS)
PAPER = (0xFD, 0xFB, 0xF6)
NOWHERE = "\U00010570"
"""A letter of the Vithkuqi script, which hardly a computer has a font for."""
TITLES = {
    "long": "How forty-one fourth graders, two robots and one very patient custodian turned a flooded basement into the "
    "reading room that the whole school had been asking for since before any of them was born, and kept it dry",
    "one long word": "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssellochabdeckungsschraube" * 2,
    "accents": "Ĥodiaŭ: Čtení pro žáky, ſ, ﬁn, Ελληνικά, Русский, Tiếng Việt",
    "Arabic": "مكتبة المدرسة: قصة نجاح",
    "Hebrew": "ספריית בית הספר",
    "Chinese": "學校圖書館的故事",
    "Devanagari": "पुस्तकालय की कहानी",
    "emoji": "🤖 We read 1,000 books! 👩🏽‍🚀🏳️‍🌈🇺🇸",
    "both ways": "We read مكتبة and 圖書館 together",
    "code": '#panic("no") $x$ \\ @ <label> *bold* _it_ `raw` // no /* no */ [x] {{ x }} {% x %} http://x.example',
    "signs": "\"Yes\" & 'no' <b>—</b> … “quoted” ‘so’ 100% 5 € ™",
    "marks": "e\u0301\u0323\u0308" * 30,
    "invisible": "\u200b\u2066\u2069\ufeff\u00ad",
    "nothing": "",
}


def shown(data: bytes) -> Image.Image:
    """Return a card as a picture, which has to have the size of one."""
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    return picture.convert("RGB")


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the box of all that is drawn between the two sides, one of which is a band of color."""
    room = picture.crop((40, 0, WIDTH - 40, HEIGHT))
    left, top, right, bottom = ImageChops.difference(room, Image.new("RGB", room.size, PAPER)).getbbox() or (0, 0, 0, 0)
    return left + 40, top, right + 40, bottom


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_every_title_has_a_card_of_the_right_size(title: str, direction: str) -> None:
    """Within its margins, in less than 300 KB, with the same bytes each time."""
    card = replace(CARD, title=shortened(title), direction=direction)
    data = draw(card)
    left, top, right, bottom = ink(shown(data))
    assert len(data) <= LARGEST
    assert left >= 60
    assert top >= 60
    assert right <= WIDTH - 60
    assert bottom <= HEIGHT - 40
    assert draw(card) == data


def test_the_words_of_a_title_are_no_code() -> None:
    """A card of signs that mean something to typst differs from one without: they are drawn, not obeyed."""
    assert shown(draw(replace(CARD, title="#pagebreak()"))).size == (WIDTH, HEIGHT)
    assert draw(replace(CARD, title="#lorem(9)")) != draw(replace(CARD, title="lorem(9)"))


def test_arabic_is_joined_and_runs_from_the_right() -> None:
    """Four letters that join are narrower than the same ones with signs between them that keep them apart."""
    require("fonts")
    joined, apart = (ink(shown(draw(_bare(title, "rtl")))) for title in ("بببب", "ب\u200cب\u200cب\u200cب"))
    assert joined[2] - joined[0] < 0.9 * (apart[2] - apart[0])
    assert joined[0] > (WIDTH - 40) / 2


def _bare(title: str, direction: str) -> Drawing:
    """Return a card with nothing but a title."""
    return Drawing(title, "", "", None, "ar" if direction == "rtl" else "en", direction, COLORS)


def test_emoji_have_colors() -> None:
    require("fonts")
    red, green, blue = shown(draw(_bare("🍎", "ltr"))).crop((88, 0, 300, HEIGHT)).split()
    assert max(ImageChops.subtract(red, ImageChops.lighter(green, blue)).histogram()[120:])


def test_what_no_font_has_is_left_out_and_told_of() -> None:
    """Nobody is shown boxes: a sign is left out, of a word of such letters nothing is shown, and the rest is."""
    odd = replace(CARD, title=f"We read {NOWHERE}{NOWHERE} today")
    assert missing_letters(odd) == NOWHERE
    assert draw(odd) == draw(replace(CARD, title="We read today"))
    assert missing_letters(CARD) == ""


def test_chinese_lacks_nothing_where_there_is_a_font_for_it() -> None:
    require("fonts")
    assert missing_letters(replace(CARD, title=TITLES["Chinese"])) == ""


def test_plain_words_are_the_same_whatever_fonts_a_computer_has() -> None:
    """Their edition has no font of the computer in it; that of others has."""
    assert drawing_edition(CARD) == drawing_edition(replace(CARD, title="Čtení"))
    assert drawing_edition(CARD) != drawing_edition(replace(CARD, title="圖書館"))
    assert drawing_edition(CARD) != drawing_edition(
        replace(CARD, language="zh")
    )  # whose days have letters of their own


def test_every_letter_that_is_called_plain_is_in_the_fonts_of_typst() -> None:
    """All of them: the promise that a plain card is the same everywhere."""
    code = (
        "import sys; from storysite.photos import draw, card\n"
        "draw._fonts = lambda plain: draw.Fonts(include_system_fonts=False)\n"
        "letters = [chr(n) for n in range(0x20, 0x3000) if card.is_plain(chr(n)) "
        "and draw.category(chr(n)) not in draw._INVISIBLE]\n"
        "sys.stdout.write(' '.join(f'{ord(each):x}' for each in draw._not_drawable(''.join(letters))))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == ""


@settings(max_examples=40, deadline=None)
@given(some.text(max_size=60), some.text(max_size=30), some.sampled_from(["en", "ar", "zh-Hant", "x-none", ""]))
def test_any_words_have_a_card(title: str, above: str, language: str) -> None:
    """Whatever somebody types, or pastes from elsewhere."""
    card = Drawing(shortened(title), above, shortened(title), date(2026, 1, 2), language, "ltr", COLORS)
    assert shown(draw(card)).size == (WIDTH, HEIGHT)


@given(some.text(some.characters(max_codepoint=0x2500)))
def test_what_is_plain_is_plain_letter_by_letter(words: str) -> None:
    assert is_plain(words) == all(map(is_plain, words))
    assert _shown(words, set()) == words


@given(some.text())
def test_a_title_is_shortened_between_words(title: str) -> None:
    """No more than there is room for; what has room is only tidied."""
    short = shortened(title)
    assert len(short) <= 182
    assert short == " ".join(title.split()) or short.endswith("\u00a0…")
    assert shortened("word " * 60) == "word " * 35 + "word\u00a0…"
