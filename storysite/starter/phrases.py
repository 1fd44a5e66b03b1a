"""What a new site says of itself in each language that its pages can speak."""

from collections.abc import Callable

from msgspec import Struct

from storysite.i18n import base
from storysite.i18n.weekdays import weekdays


class Phrases(Struct, frozen=True):
    """The first words of a site, until its people write their own."""

    tagline: str
    school: str
    author: str
    weekly: str
    every: Callable[[int], str]
    """Returns "every Friday" by the number of the day; Monday is 0."""


def phrases(language: str) -> Phrases:
    """Return the phrases of a language, in English if there are none."""
    return _PHRASES.get(base(language), _PHRASES["en"])


def _portuguese(day: int) -> str:
    """Return the day with the article's gender: the days of work are feminine, those of the weekend are not."""
    return f"{'Toda' if day < 5 else 'Todo'} {weekdays('pt')[day]}"


_PHRASES = {
    "en": Phrases(
        "Small true stories from our school library",
        "Our School Library",
        "The librarian",
        "Every week",
        lambda day: f"Every {weekdays('en')[day]}",
    ),
    "es": Phrases(
        "Pequeñas historias reales de nuestra biblioteca escolar",
        "Nuestra biblioteca escolar",
        "La biblioteca",
        "Cada semana",
        lambda day: f"Cada {weekdays('es')[day]}",
    ),
    "fr": Phrases(
        "De petites histoires vraies de la bibliothèque de notre école",
        "La bibliothèque de notre école",
        "La bibliothèque",
        "Chaque semaine",
        lambda day: f"Chaque {weekdays('fr')[day]}",
    ),
    "de": Phrases(
        "Kleine wahre Geschichten aus unserer Schulbibliothek",
        "Unsere Schulbibliothek",
        "Die Bibliothek",
        "Jede Woche",
        lambda day: f"Jeden {weekdays('de')[day]}",
    ),
    "pt": Phrases(
        "Pequenas histórias reais da nossa biblioteca escolar",
        "Nossa biblioteca escolar",
        "A biblioteca",
        "Toda semana",
        _portuguese,
    ),
    "vi": Phrases(
        "Những câu chuyện nhỏ có thật từ thư viện trường chúng tôi",
        "Thư viện trường chúng tôi",
        "Thư viện",
        "Hằng tuần",
        lambda day: f"{weekdays('vi')[day]} hằng tuần",
    ),
    "zh": Phrases(
        "来自我们学校图书馆的真实小故事",
        "我们学校的图书馆",
        "图书馆",
        "每周",
        lambda day: f"每{weekdays('zh')[day]}",
    ),
    "ar": Phrases(
        "قصص صغيرة حقيقية من مكتبة مدرستنا",
        "مكتبة مدرستنا",
        "المكتبة",
        "كل أسبوع",
        lambda day: f"كل يوم {weekdays('ar')[day].removeprefix('ال')}",
    ),
}
