"""What readers are promised is read for how often; whatever leaves that open gives no rhythm, rather than a wrong one."""

import pytest

from storysite.i18n import interface_languages
from storysite.model.config import Config
from storysite.model.rhythm import MONTH, Rhythm
from storysite.source.promise import read_rhythm
from storysite.starter.phrases import phrases

READ = {
    "weekly": Rhythm(),
    "WEEKLY": Rhythm(),
    "Every week": Rhythm(),
    "A story a week": Rhythm(),
    "One story each school week": Rhythm(),
    "Every Friday": Rhythm(day=4),
    "every  friday": Rhythm(day=4),
    "Fridays": Rhythm(day=4),
    "on Fri": Rhythm(day=4),
    "New stories every Friday at 3 pm": Rhythm(day=4),
    "Small true stories from our library, one every Friday.": Rhythm(day=4),
    "Every week, on Tuesday": Rhythm(day=1),
    "every other week": Rhythm(every=2),
    "Every two weeks": Rhythm(every=2),
    "biweekly": Rhythm(every=2),
    "Once a fortnight": Rhythm(every=2),
    "Every other Friday": Rhythm(every=2, day=4),
    "Every 3 weeks": Rhythm(every=3),
    "Monthly": Rhythm(unit=MONTH),
    "Every month": Rhythm(unit=MONTH),
    "The first Friday of the month": Rhythm(unit=MONTH),
}
OPEN = [
    "", Config().promise, "When something happens", "Twice a week", "Every day", "Two stories every week", "Tuesdays and Fridays",
    "Every other month", "Every few weeks", "Stories", "a weekend", "Sunshine and stories", "每", "\0", "x" * 10_000, "every 0 weeks",
]  # fmt: skip
OF_OTHERS = [
    ("Jede Woche", "de", Rhythm()),
    ("Freitags", "de", Rhythm(day=4)),
    ("Jeden zweiten Freitag", "de", Rhythm(every=2, day=4)),
    ("Einmal im Monat", "de", Rhythm(unit=MONTH)),
    ("Los viernes", "es", Rhythm(day=4)),
    ("Todos los sábados", "es", Rhythm(day=5)),
    ("Cada dos semanas", "es", Rhythm(every=2)),
    ("Un vendredi sur deux", "fr", Rhythm(every=2, day=4)),
    ("Tous les mois", "fr", Rhythm(unit=MONTH)),
    ("Todas as sextas-feiras", "pt-BR", Rhythm(day=4)),
    ("Toda sexta", "pt", Rhythm(day=4)),
    ("每周五", "zh", Rhythm(day=4)),
    ("隔周", "zh", Rhythm(every=2)),
    ("كل أسبوعين", "ar", Rhythm(every=2)),
    ("Every Friday", "ko", Rhythm(day=4)),
    ("Every Friday", "no-such", Rhythm(day=4)),
]
"""Of a language that the interface has no words in, the days are known, and English."""


@pytest.mark.parametrize("words", READ)
def test_how_often_is_read_in_whatever_words_it_stands(words: str) -> None:
    assert read_rhythm(words, "en") == READ[words]


@pytest.mark.parametrize("words", OPEN)
def test_words_that_leave_it_open_give_no_rhythm(words: str) -> None:
    assert read_rhythm(words, "en") is None


@pytest.mark.parametrize(("words", "language", "rhythm"), OF_OTHERS)
def test_it_is_read_in_the_language_of_the_site(words: str, language: str, rhythm: Rhythm) -> None:
    assert read_rhythm(words, language) == rhythm


@pytest.mark.parametrize("language", sorted(interface_languages()))
def test_what_a_new_site_promises_is_read(language: str) -> None:
    """In each language of the interface, weekly and on each day of the week."""
    ours = phrases(language)
    assert read_rhythm(ours.weekly, language) == Rhythm()
    assert [read_rhythm(ours.every(day), language) for day in range(7)] == [Rhythm(day=day) for day in range(7)]
