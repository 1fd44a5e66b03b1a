"""What readers are promised, in the words of a site → how often: "Every Friday", "weekly", "cada semana".

The words are for readers, and people write them as they like. What they leave open gives no Rhythm rather than a wrong
one: "Twice a week" and "When something happens" are promises, and none that can be counted.
"""

import re
from unicodedata import normalize

from storysite.i18n.weekdays import weekdays
from storysite.model.rhythm import MONTH, Rhythm

_NUMBERS = {"two": 2, "second": 2, "other": 2, "three": 3, "third": 3, "four": 4, "fourth": 4}
_ENGLISH_DAY = "(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_UNREAD = re.compile(
    r"\b(?:twice|thrice|(?:two|three|four|five|several|[2-9]) (?:times|stories|posts)|daily"
    r"|(?:every|each|a) (?:school ?)?day|every (?:other|two|second|three|few) months?|every few weeks|bi-?monthly"
    r"|dos veces|deux fois|zweimal|duas vezes)\b"
)
"""What is more often than once a turn, or in turns that are not counted."""
_SOME_WEEKS = re.compile(
    r"\b(?:every|each) (?P<number>other|second|two|third|three|fourth|four|[2-9])(?:nd|rd|th)? "
    rf"(?P<unit>weeks?\b|{_ENGLISH_DAY}\b)"
)
_TWO_WEEKS = re.compile(
    r"\b(?:bi-?weekly|fortnight(?:ly)?|quincenal(?:mente)?|cada (?:dos|2) semanas|cada quincena"
    r"|toutes les (?:deux|2) semaines|(?:une semaine|un \w+) sur deux|tous les (?:quinze|15) jours"
    r"|alle (?:zwei|2) wochen|zwei-?wöchentlich|(?:14|vierzehn)-?tägig|jede zweite woche|jeden zweiten \w+"
    r"|quinzenal(?:mente)?|a cada (?:duas|2) semanas|hai tuần một lần|(?:mỗi|cứ) (?:hai|2) tuần)\b"
    r"|每(?:两|兩|2)个?(?:周|週|星期)|隔周|隔週|كل أسبوعين"
)
_MONTHLY = re.compile(
    r"\b(?:monthly|(?:every|each|a|per) month|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:\w+ )?(?:of|in) "
    r"(?:the|every|each|a) month|mensual(?:mente)?|(?:cada|al|por) mes|todos los meses"
    r"|mensuel(?:le)?(?:ment)?|(?:chaque|par) mois|tous les mois|monatlich|jeden monat|(?:im|pro) monat"
    r"|mensal(?:mente)?|(?:todo|cada|por) mês|todos os meses|(?:hằng|hàng|mỗi) tháng)\b|每个?月|每個月|كل شهر|شهري"
)
_WEEKLY = re.compile(
    r"\b(?:weekly|(?:every|each|a|per) (?:school )?week|semanal(?:mente)?|(?:cada|por|a la) semana|todas las semanas"
    r"|hebdomadaire(?:ment)?|(?:chaque|par) semaine|toutes les semaines|wöchentlich|jede woche|(?:pro|in der) woche"
    r"|(?:toda|cada|por) semana|todas as semanas|(?:hằng|hàng|mỗi) tuần)\b|每(?:周|週|个?星期|礼拜)|كل أسبوع|أسبوعي"
)
_WITHOUT_SPACES = ("zh", "ja", "th")


def read_rhythm(promise: str, language: str) -> Rhythm | None:
    """Return how often a story is promised by these words, written in English or in `language`; None if they are open.

    A month has no day: of "the first Friday of the month" only the month is counted.
    """
    text = " ".join(normalize("NFC", promise).casefold().replace("’", "'").split())
    if _UNREAD.search(text):
        return None
    days = _days_in(text, language)
    day = days.pop() if len(days) == 1 else None
    if found := _SOME_WEEKS.search(text):
        number = found["number"]
        return None if days else Rhythm(every=_NUMBERS.get(number) or int(number), day=day)
    if _MONTHLY.search(text):
        return Rhythm(unit=MONTH)
    if days:
        return None
    if _TWO_WEEKS.search(text):
        return Rhythm(every=2, day=day)
    return Rhythm(day=day) if day is not None or _WEEKLY.search(text) else None


def _days_in(text: str, language: str) -> set[int]:
    """Return the days of the week that a text names; Monday is 0."""
    found = {number for number, name in enumerate(weekdays("en")) if _names(text, name.casefold(), "en")}
    for number, name in enumerate(weekdays("en")):
        if re.search(rf"\b(?:every|each|on) {name[:3].lower()}\b", text):
            found.add(number)
    for number, name in enumerate(weekdays(language)):
        own = normalize("NFC", name).casefold()
        if _names(text, own, language):
            found.add(number)
    return found


def _names(text: str, day: str, language: str) -> bool:
    """Return whether a text names a day, in the forms that days have after "every", and as many."""
    if language.partition("-")[0] in _WITHOUT_SPACES:
        return day in text or any(day.replace("星期", short) in text for short in ("周", "週", "礼拜"))
    first, _, rest = day.removeprefix("ال").partition("-")
    whole = f"{re.escape(first)}s?(?:-{re.escape(rest)}s?)?" if rest else f"{re.escape(first)}s?"
    return re.search(rf"(?<!\w)(?:ال)?{whole}(?!\w)", text) is not None
