"""How hard a text is to read, for its author: a school grade in English, a score and a level of school in Spanish.

What schools write for families is at grade 11, where 5 to 8 is recommended (Nagro and Stein 2016, 461 documents). A
formula sees only how long sentences and words are, so it is advice and never a fault. No score is better than a wrong
one, so a text in another language has none, nor has a short one.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec import Struct

from storysite.model.sentences import LANGUAGES, sentences_of, share_of_common_words, words_in
from storysite.model.syllables import syllables

WORDS = 100
"""Below that no score: the formulas were made with passages of a hundred words and more (Flesch 1948, Kincaid 1975)."""
SENTENCES = 3
COMMON = 0.3
"""The share of the commonest words of a language below which a text is in another, whatever its front matter says."""
HARDEST = 3
"""How many sentences are named."""
LONG_ENOUGH = 8
"""Words of a sentence from which it can be one of the hardest: of fewer, one long word would decide."""
_LABEL = 2
"""Words up to which a heading or an item without a mark at its end is a label ("Glue") and no sentence."""
HIGHEST = 18
"""Grades end here, at the last year of a master's degree: beyond, a number says nothing."""

INFLESZ = (
    (80, "very easy", 1, "elementary school"),
    (65, "rather easy", 6, "elementary school"),
    (55, "normal", 7, "middle school"),
    (40, "rather hard", 11, "high school"),
    (0, "very hard", 13, "college"),
)
"""The INFLESZ scale (Barrio-Cantalejo and others 2008): the score from which on, its word, the grade that its level of
school begins with in Spain (primaria, ESO, Bachillerato, universidad), and that level."""


class Sentence(Struct, frozen=True):
    """A sentence and how many words and syllables it has."""

    text: str
    words: int
    syllables: int


class ReadingLevel(Struct, frozen=True):
    """How hard a text is: the school grade that its readers need, and its hardest sentences, the hardest first."""

    language: str
    grade: int
    """From 1 to HIGHEST."""
    score: float
    """In English the grade with its fraction, in Spanish the score from 0 (hard) to 100 (easy)."""
    words: int
    sentences: int
    hardest: tuple[Sentence, ...]

    def is_above(self, goal: tuple[int, int]) -> bool:
        """Return whether the text needs readers of a higher grade than the highest of a `goal`."""
        return self.grade > goal[1]

    def __str__(self) -> str:
        """The level in a few words."""
        if self.language == "es":
            _, word, _, school = _band(self.score)
            return f"INFLESZ {self.score:.0f} of 100, {word}: {school}"
        return f"grade {self.grade}{' or above' if self.grade == HIGHEST else ''}"


def reading_level(passages: Iterable[str], language: str) -> ReadingLevel | None:
    """Return how hard a text is; `passages` are its paragraphs, headings and items of lists.

    None if it is in no language of LANGUAGES (`language` may have a region, as in es-MX), or too short.
    """
    language = language.lower().partition("-")[0]
    if language not in LANGUAGES:
        return None
    sentences = [_counted(text, language) for passage in passages for text in _of_passage(passage, language)]
    words = sum(sentence.words for sentence in sentences)
    if words < WORDS or len(sentences) < SENTENCES:
        return None
    if share_of_common_words(list(chain.from_iterable(words_in(each.text) for each in sentences)), language) < COMMON:
        return None
    said = sum(sentence.syllables for sentence in sentences)
    score = _score(words, len(sentences), said, language)
    grade = _band(score)[2] if language == "es" else max(1, min(HIGHEST, round(score)))
    return ReadingLevel(language, grade, score, words, len(sentences), _hardest(sentences, language))


def english_grade(words: int, sentences: int, syllables: int) -> float:
    """Return the Flesch-Kincaid grade: Kincaid, Fishburne, Rogers and Chissom 1975, "Derivation of new readability
    formulas …", Naval Technical Training Command, Research Branch Report 8-75.
    """
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def spanish_score(words: int, sentences: int, syllables: int) -> float:
    """Return the score that the INFLESZ scale is of, from 0 to 100: Szigriszt Pazos 1993, "Sistemas predictivos de
    legibilidad del mensaje escrito".

    Not Fernández Huerta's (1959), mostly quoted with sentences per 100 words where words per sentence are meant
    (G. Law 2011, linguistlist.org/issues/22/22-2332), and whose scale was never tried with readers; this one was.
    """
    return max(0.0, min(100.0, 206.835 - 62.3 * syllables / words - words / sentences))


def _score(words: int, sentences: int, said: int, language: str) -> float:
    return (spanish_score if language == "es" else english_grade)(words, sentences, said)


def _band(score: float) -> tuple[int, str, int, str]:
    return next(band for band in INFLESZ if score >= band[0])


def _of_passage(passage: str, language: str) -> list[str]:
    """Return the sentences of a passage, none of a label."""
    found = list(sentences_of(passage, language))
    if len(found) == 1 and found[0][-1] not in '.!?…"”»)' and len(words_in(found[0])) <= _LABEL:
        return []
    return found


def _counted(text: str, language: str) -> Sentence:
    words = words_in(text)
    return Sentence(text, len(words), sum(syllables(word, language) for word in words))


def _hardest(sentences: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
    """Return the hardest sentences by the formula of the whole text; of two that are alike the first."""

    def hardness(sentence: Sentence) -> float:
        score = _score(sentence.words, 1, sentence.syllables, language)
        return -score if language == "es" else score

    long = [sentence for sentence in sentences if sentence.words >= LONG_ENOUGH]
    return tuple(sorted(long, key=hardness, reverse=True)[:HARDEST])
