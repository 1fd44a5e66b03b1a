"""Draws share cards with typst, which shapes the words of every script: Arabic runs from the right, emoji have colors.

Words that are plain are drawn with fonts that lie within typst, so such a card is the same on every computer. For all
others the fonts of the computer are asked as well, and what none of them has is left out: nobody is shown boxes.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import category

from PIL import Image
from typst import Compiler, Fonts, TypstError

from storysite.digest import digest_bytes
from storysite.i18n import day_in_words
from storysite.photos.card import LARGEST, Drawing, is_plain
from storysite.photos.edition import code_digest
from storysite.versions import installed

_CARD = rb"""
#let given = sys.inputs
#let color(role) = rgb(given.at(role))
#set page(width: 1200pt, height: 630pt, margin: 0pt, fill: color("paper"))
#set text(
  font: "Libertinus Serif", lang: given.language, fill: color("ink"), hyphenate: false,
  dir: if given.direction == "rtl" { rtl } else { ltr },
)
#set par(leading: 0.32em)
#let title(size) = block(width: 1024pt, text(size: size, weight: "bold", tracking: -0.01em, given.title))
#place(start + top, rect(width: 28pt, height: 630pt, fill: color("kind")))
#place(start + top, block(inset: (x: 88pt, y: 72pt), width: 1200pt, height: 630pt)[
  #if given.above != "" {
    block(below: 38pt, text(size: 30pt, weight: "semibold", fill: color("kind"), given.above))
  }
  #layout(_ => {
    let sizes = (92pt, 84pt, 76pt, 68pt, 60pt, 52pt, 46pt, 40pt)
    let fits(size) = {
      let widest = text(size: size, weight: "bold", tracking: -0.01em, given.longest)
      measure(title(size)).height <= 320pt and measure(widest).width <= 1024pt
    }
    title(sizes.filter(fits).at(0, default: sizes.last()))
  })
])
#place(start + bottom, block(inset: (x: 88pt, y: 64pt), width: 1200pt, grid(
  columns: (1fr, auto), align: (start + horizon, end + horizon), column-gutter: 40pt,
  text(size: 30pt, fill: color("soft"), given.below),
  if given.day != "" {
    rotate(-1.6deg, box(stroke: 2.5pt + color("accent"), inset: (x: 16pt, y: 11pt), radius: 3pt,
      text(font: "DejaVu Sans Mono", size: 23pt, fill: color("accent"), upper(given.day))))
  },
)))
"""
"""A card of 1200 times 630 points. What a stranger wrote is never part of it: it comes as values, not as code."""
_LINE = b'#set text(font: "Libertinus Serif")\n#sys.inputs.text'
_UNBROKEN = re.compile(
    "[^\\s\u200b\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef-]+"
)
"""What no line ends within: words, but not those of Chinese, Japanese, Korean, Thai, Lao, Burmese and Khmer."""
_ENDLESS = re.compile(r"([^\W_]{20})(?=[^\W_]{20})")
"""Each piece of a word that is wider than a card in the smallest letters."""
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Zl", "Zp", "Zs"}
"""The Unicode categories of what has no shape of its own."""


class CannotDraw(Exception):
    """The system does not let typst begin the threads it works with."""


def draw(drawing: Drawing) -> bytes:
    """Return a card as PNG of at most LARGEST bytes. Raises CannotDraw."""
    missing = set(missing_letters(drawing))
    title = _ENDLESS.sub("\\1\u200b", _shown(drawing.title, missing))
    values = {
        "title": title,
        "longest": max(_UNBROKEN.findall(title), key=len, default=""),
        "above": _shown(drawing.above, missing),
        "below": _shown(drawing.below, missing),
        "day": _shown(_day(drawing), missing),
        "language": _code(drawing.language),
        "direction": drawing.direction,
        **dict(drawing.colors),
    }
    made = _compiled(_CARD, values, plain=is_plain(_words(drawing)), png=True)
    return made if len(made) <= LARGEST else _with_few_colors(made)


def missing_letters(drawing: Drawing) -> str:
    """Return the letters of a card that no font on this computer has, each once. Raises CannotDraw."""
    return "".join(_missing(_words(drawing)))


def drawing_edition(drawing: Drawing) -> bytes:
    """Return the digest of all that the card depends on beside the drawing itself."""
    return _edition(is_plain(_words(drawing)))


@cache
def _edition(plain: bool) -> bytes:
    fonts = b"" if plain else digest_bytes(*_system_fonts())
    return digest_bytes(installed("typst").encode(), installed("babel").encode(), code_digest(), fonts)


def _system_fonts() -> Iterable[bytes]:
    """Yield name and size of each file with fonts on this computer."""
    for place in sorted({font.path for font in _fonts(False).fonts() if font.path}):
        try:
            size = Path(place).stat().st_size
        except OSError:
            continue
        yield f"{Path(place).name} {size}".encode()


def _words(drawing: Drawing) -> str:
    """Return all that is drawn, the day too, which has letters of its own in some languages."""
    return f"{drawing.words} {_day(drawing)}"


def _day(drawing: Drawing) -> str:
    return day_in_words(drawing.day, drawing.language) if drawing.day else ""


def _code(language: str) -> str:
    """Return a language as typst takes it: two or three letters."""
    code = language.replace("_", "-").partition("-")[0].lower()
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else "en"


def _shown(words: str, missing: set[str]) -> str:
    """Return the words that can be drawn: signs that no font has are left out, and so are words with such letters."""
    if missing.isdisjoint(words):
        return words
    signs = {letter for letter in missing if not letter.isalnum()}
    without = "".join(letter for letter in words if letter not in signs)
    return " ".join(word for word in without.split() if not missing.intersection(word))


@cache
def _fonts(plain: bool) -> Fonts:
    return Fonts(include_system_fonts=not plain)


@cache
def _compiler(plain: bool) -> Compiler:
    return Compiler(b"", font_paths=_fonts(plain), ignore_system_fonts=True)


def _compiled(source: bytes, values: dict[str, str], *, plain: bool, png: bool = False) -> bytes:
    """Return a page as PNG, or as PDF/A. Raises TypstError, and CannotDraw where typst can begin no threads."""
    compiler = _compiler(plain)
    try:
        if png:
            made = compiler.compile(source, format="png", ppi=72, sys_inputs=values)
        else:
            made = compiler.compile(source, format="pdf", pdf_standards="a-2b", sys_inputs=values)
    except BaseException as panic:
        if type(panic).__name__ == "PanicException":
            raise CannotDraw from panic
        raise
    return made if isinstance(made, bytes) else b""


def _with_few_colors(card: bytes) -> bytes:
    """Return a card with 256 colors; only one full of emoji has more that can be seen."""
    written = BytesIO()
    Image.open(BytesIO(card)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


@cache
def _missing(words: str) -> Sequence[str]:
    """Return the letters that no font has; an archive may be read that lacks none, and typst says of the first."""
    odd = sorted({letter for letter in words if not is_plain(letter) and category(letter) not in _INVISIBLE})
    return _not_drawable("".join(odd))


def _not_drawable(letters: str) -> Sequence[str]:
    if not letters or _is_drawable(letters):
        return ()
    if len(letters) == 1:
        return (letters,)
    half = len(letters) // 2
    return (*_not_drawable(letters[:half]), *_not_drawable(letters[half:]))


def _is_drawable(letters: str) -> bool:
    """Return whether there are fonts for all of `letters`: PDF/A refuses what has none (ISO 19005-2, 6.2.11.8)."""
    try:
        _compiled(_LINE, {"text": letters}, plain=False)
    except TypstError:
        return False
    return True
