"""How hard a text is to read: a grade in English, a score in Spanish, nothing rather than something wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from storysite.model.reading import HIGHEST, ReadingLevel, english_grade, reading_level, spanish_score

EASY = """The cat came in at noon. It sat by the door of the book room. A boy named Sam fed it some milk. Then the cat slept
on a red chair. We read to it each day that week. It liked the book with the big blue fish. Three girls drew a sign and hung
it up. The sign said please do not wake the cat. More kids came to read at lunch. Some of them had not come in since May. They
sat on the floor and read out loud. The cat did not mind at all. By June it had heard twelve books."""
"""105 words of one syllable each, in 13 sentences."""
MIDDLE = "Our librarian moved the lowest shelf because children in wheelchairs could not reach the books. "
"""15 words, 22 syllables."""
HARD = """The children in the library investigated a variety of recyclable materials and the community contributed to an
impressive exhibition of creative engineering. """
"""22 words, 54 syllables."""
SPANISH = "Los niños de la escuela hicieron robots con el cartón del lunes. "
"""12 words, 20 syllables."""
HARD_SPANISH = """La participación de las familias en la actividad demostró la extraordinaria creatividad de nuestra comunidad
educativa. """
"""16 words, 44 syllables."""
OTHERS = {
    "pt": """As crianças da escola fizeram robôs com o papelão da segunda-feira. As famílias vieram à noite e ficaram até
    tarde. A bibliotecária leu um conto para todos e depois cada um levou um livro para casa. """,
    "it": """I bambini della scuola hanno fatto dei robot con il cartone del lunedì. Le famiglie sono venute la sera e sono
    rimaste fino a tardi. La bibliotecaria ha letto una storia per tutti e poi ognuno ha portato a casa un libro. """,
    "ca": """Els nens de l'escola van fer robots amb el cartó del dilluns. Les famílies van venir al vespre i es van quedar
    fins tard. La bibliotecària va llegir un conte per a tothom i després cadascú es va endur un llibre a casa. """,
    "fr": """Les enfants de l'école ont fait des robots avec le carton du lundi. Les familles sont venues le soir et sont
    restées tard. La bibliothécaire a lu une histoire pour tous et puis chacun a pris un livre à la maison. """,
    "de": """Die Kinder der Schule haben aus dem Karton vom Montag Roboter gebaut. Die Familien kamen am Abend und blieben
    lange. Die Bibliothekarin hat für alle gelesen und dann hat jeder ein Buch mit nach Hause genommen. """,
    "vi": "Các em học sinh đã làm robot bằng bìa cứng. Các gia đình đến vào buổi tối. Họ ở lại muộn. ",
    "ru": "Дети сделали роботов из картона. Семьи пришли вечером. Было очень весело всем вместе. ",
    "zh": "孩子们用纸板做了机器人。家长们晚上来了。大家都很高兴。 ",
    "ar": "صنع الأطفال روبوتات من الورق المقوى. جاءت العائلات في المساء. كان الجميع سعداء. ",
}


@pytest.mark.parametrize(
    ("words", "sentences", "syllables", "grade"),
    [(105, 13, 105, -0.64), (105, 7, 154, 7.57), (110, 5, 270, 21.95), (100, 5, 150, 9.91)],
)
def test_the_english_grade_is_that_of_kincaid(words: int, sentences: int, syllables: int, grade: float) -> None:
    """0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid and others 1975), worked out by hand."""
    assert round(english_grade(words, sentences, syllables), 2) == grade


@pytest.mark.parametrize(
    ("words", "sentences", "syllables", "score"),
    [(108, 9, 180, 91.0), (112, 7, 308, 19.51), (100, 5, 200, 62.24), (100, 2, 400, 0), (100, 100, 100, 100)],
)
def test_the_spanish_score_is_that_of_szigriszt(words: int, sentences: int, syllables: int, score: float) -> None:
    """206.835 − 62.3 × syllables a word − words a sentence (Szigriszt Pazos 1993), worked out by hand, from 0 to 100."""
    assert round(spanish_score(words, sentences, syllables), 2) == score


@pytest.mark.parametrize(
    ("text", "language", "words", "sentences", "score", "said"),
    [
        (EASY, "en", 105, 13, -0.64, "grade 1"),
        (MIDDLE * 7, "en-US", 105, 7, 7.57, "grade 8"),
        (HARD * 5, "en", 110, 5, 21.95, "grade 18 or above"),
        (SPANISH * 9, "es", 108, 9, 91.0, "INFLESZ 91 of 100, very easy: elementary school"),
        (HARD_SPANISH * 7, "es-MX", 112, 7, 19.51, "INFLESZ 20 of 100, very hard: college"),
    ],
)
def test_texts_whose_words_and_syllables_were_counted_by_hand(
    text: str, language: str, words: int, sentences: int, score: float, said: str
) -> None:
    """What comes out is what the formula gives for the numbers that were counted."""
    level = reading_level([text], language)
    assert level
    assert (level.words, level.sentences, round(level.score, 2), str(level)) == (words, sentences, score, said)


@pytest.mark.parametrize(
    ("score", "word", "school"),
    [
        (0, "very hard", "college"),
        (39.9, "very hard", "college"),
        (40, "rather hard", "high school"),
        (55, "normal", "middle school"),
        (65, "rather easy", "elementary school"),
        (80, "very easy", "elementary school"),
    ],
)
def test_the_words_of_the_spanish_score_are_those_of_inflesz(score: float, word: str, school: str) -> None:
    """The scale of Barrio-Cantalejo and others 2008: each word from its lowest score on."""
    level = replace(_level(SPANISH * 9, "es"), score=score)
    assert str(level) == f"INFLESZ {score:.0f} of 100, {word}: {school}"


def test_a_text_is_above_a_goal_whose_highest_grade_is_lower() -> None:
    """In Spanish the grade is the one with which the level of school begins, so that "normal" is within 6 to 8."""
    assert [_level(MIDDLE * 7, "en").is_above(goal) for goal in ((6, 7), (6, 8), (9, 12))] == [True, False, False]
    assert _level(HARD_SPANISH * 7, "es").is_above((6, 8))
    assert not _level(SPANISH * 9, "es").is_above((6, 8))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("own", OTHERS)
def test_a_text_in_another_language_has_no_level(own: str, language: str) -> None:
    """Neither under its own name, nor where its front matter, or nobody, says that it is another."""
    text = OTHERS[own] * 20
    assert reading_level([text], own) is None
    assert reading_level([text], language) is None
    assert reading_level([MIDDLE * 7], "es") is None
    assert reading_level([SPANISH * 9], "en") is None


def test_a_short_text_has_no_level() -> None:
    """With 99 words or two sentences a formula that was made for a hundred words says nothing."""
    words = EASY.replace("\n", " ").split()
    assert reading_level([" ".join(words[:99])], "en") is None
    assert reading_level([" ".join(words[:100])], "en") is not None
    long = MIDDLE.replace(".", ",").strip()
    assert reading_level([f"{long} {long} {long} {long}.", f"{long} {long} {long}."], "en") is None


def test_headings_and_items_are_sentences_but_labels_are_none() -> None:
    """A line of a list ends, whatever stands at its end; one of a word or two without a mark says nothing."""
    plain = _level(EASY, "en")
    more = reading_level(["What happened?", EASY, "three sheets of card", "Glue", "Red tape"], "en")
    assert more
    assert (more.sentences, more.words) == (plain.sentences + 2, plain.words + 2 + 4)


def test_the_hardest_sentences_are_named_hardest_first() -> None:
    """By the formula of the whole; one of a few long words is not among them."""
    text = f"Congratulations, enthusiastic volunteers! {EASY} {MIDDLE} {HARD}"
    found = [sentence.text.split(" ")[:2] for sentence in _level(text, "en").hardest]
    assert found[:2] == [["The", "children"], ["Our", "librarian"]]
    assert len(found) == 3


WORDS = st.lists(
    st.sampled_from("the and of to a is el la de que y un robot librarian biblioteca".split()), min_size=3, max_size=30
)


@given(st.lists(st.text(max_size=300), max_size=20), st.sampled_from(["en", "es", "de", "", "en-", "zh-Hant"]))
def test_whatever_the_text_is_its_level_is_within_bounds(passages: list[str], language: str) -> None:
    """Nothing fails, and no grade is lower than 1 or higher than the highest."""
    level = reading_level(passages, language)
    assert level is None or 1 <= level.grade <= HIGHEST


@given(st.lists(WORDS, min_size=8, max_size=20), st.sampled_from(["en", "es"]))
def test_two_sentences_that_become_one_are_never_easier(sentences: list[list[str]], language: str) -> None:
    """A longer sentence is harder, all else being equal."""
    apart = [" ".join(words).capitalize() + "." for words in sentences]
    together = [f"{apart[0][:-1]}, {apart[1].lower()}", *apart[2:]]
    before, after = (reading_level([" ".join(parts)], language) for parts in (apart, together))
    if before and after:
        assert after.grade >= before.grade


@given(st.integers(100, 500), st.integers(3, 50), st.integers(100, 1500))
def test_more_syllables_are_never_easier(words: int, sentences: int, syllables: int) -> None:
    """In both formulas: the grade goes up, the score goes down."""
    assert english_grade(words, sentences, syllables + 1) > english_grade(words, sentences, syllables)
    assert spanish_score(words, sentences, syllables + 1) <= spanish_score(words, sentences, syllables)


def _level(text: str, language: str) -> ReadingLevel:
    level = reading_level([text], language)
    assert level
    return level
