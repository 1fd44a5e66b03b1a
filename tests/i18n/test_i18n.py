"""The words of the interface: every language has them all, and pages are in one language from top to bottom."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from storysite.i18n import HOME, SOURCE, direction, gettext, has_interface, interface_languages, ngettext
from tests.folder import Folder
from tests.words import messages

LANGUAGES = sorted(interface_languages() - {SOURCE})
SPANISH = {"lang": "es", "title": "Cuarenta familias"}


@pytest.fixture
def two_languages(folder: Folder) -> Folder:
    """Return a built site of three stories, one of which is told in Spanish too."""
    for number in (1, 2, 3):
        folder.post(f"2026-11-0{number}-story-{number}", f"Text {number}.", id=f"s{number}", title=f"Story {number}")
    folder.post("2026-11-02-story-2.es", "Texto.", title="Cuento 2", translation="machine")
    folder.build()
    return folder


def test_there_are_eight_languages() -> None:
    assert interface_languages() == {"en", "es", "fr", "de", "pt", "vi", "zh", "ar"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_a_translation_for_every_text_and_no_other(language: str) -> None:
    """Each with the same places to fill in. To bring it up to date: python -m tests.words es."""
    with (HOME / f"{language}.po").open("rb") as opened:
        catalog = read_po(opened, locale=language)
    found = {message.id if isinstance(message.id, str) else tuple(message.id): message for message in catalog}
    found.pop("", None)
    assert found.keys() == messages().keys()
    for text, message in found.items():
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        assert all(forms), f"{text} is not translated"
        for form in forms:
            places = set(re.findall(r"%\(\w+\)s|%%", text if isinstance(text, str) else text[1]))
            assert set(re.findall(r"%\(\w+\)s|%%", str(form))) == places, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_in_words_are_twenty(language: str) -> None:
    numbers = next(text for text in messages() if isinstance(text, str) and text.startswith("One Two"))
    assert len(gettext(language, numbers).split()) == 20


def test_words_come_in_the_nearest_language_there_is() -> None:
    assert gettext("es-MX", "Archive") == gettext("es", "Archive") != "Archive"
    assert gettext("so", "Archive") == gettext("en-GB", "Archive") == "Archive"
    assert has_interface("pt-BR")
    assert not has_interface("so")
    assert [direction(language) for language in ("ar", "fa-IR", "en", "zh")] == ["rtl", "rtl", "ltr", "ltr"]


def test_many_things_have_the_form_that_their_number_asks_for() -> None:
    """Arabic has six, some of them alike with the number beside them."""
    forms = {ngettext("ar", "%(num)s story", "%(num)s stories", number) for number in (0, 1, 2, 5, 11, 100)}
    assert len(forms) >= 2
    assert ngettext("en", "%(num)s story", "%(num)s stories", 1) == "%(num)s story"


@pytest.mark.parametrize("language", [*LANGUAGES, SOURCE])
def test_a_site_speaks_one_language(language: str, folder: Folder) -> None:
    """No English word is left in the frame of a page, and the page says what it is in."""
    folder.write("storysite.yml", f"language: {language}\n")
    folder.post(
        "2026-11-01-a", "—", id="a", title="—", ask="{what: —, goal: 12, have: 9, by: 2026-12-02}", thanks_to="[A, B]"
    )
    folder.post("2026-11-02-b", "—", id="b", title="—", tags="[x]", impact="[{metric: —, value: 1240, compare: 900}]")
    folder.build()
    for route in (
        "index.html",
        "archive/index.html",
        "2026/11/b/index.html",
        "2026/11/a/index.html",
        "search/index.html",
    ):
        page = folder.page(route)
        assert f'<html lang="{language}" dir="{direction(language)}"' in page
        if language != SOURCE:
            assert not re.search(r">[^<]*\b(the|of|and|stories|Archive|Subscribe|Search)\b[^<]*<", page), route


def test_a_translation_is_in_its_language_from_top_to_bottom(two_languages: Folder) -> None:
    """Menu, labels, dates and links to what is in Spanish; nothing in it is marked as foreign."""
    page = two_languages.page("es/2026/11/story-2/index.html")
    assert '<html lang="es" dir="ltr"' in page
    assert "2 nov 2026" in page
    assert f">{gettext('es', 'Archive')}<" in page
    assert gettext("es", "This translation was made by a machine; nobody has checked it yet.") in page
    body = page[page.index("<main") : page.index("</main>")]
    assert 'lang="es"' not in re.sub(r"<nav.*?</nav>", "", body, flags=re.DOTALL)


def test_every_language_has_a_front_page_that_falls_back(two_languages: Folder) -> None:
    """Stories without a translation are there in English and say so; the others lead to the translation."""
    page = two_languages.page("es/index.html")
    assert 'href="2026/11/story-2/index.html">Cuento 2</a>' in page
    assert '<h2 lang="en" dir="auto"><a href="../2026/11/story-3/index.html">Story 3</a></h2>' in page
    assert '<span class="tongue">English</span>' in page
    assert page.count('hreflang="en"') >= 2
    english = two_languages.page("index.html")
    assert "Cuento" not in english
    assert '<link rel="alternate" hreflang="es"' in english


def test_the_feed_of_a_language_has_its_stories_only(two_languages: Folder) -> None:
    feed = two_languages.page("es/feed.xml")
    assert "Cuento 2" in feed
    assert "Story" not in feed
    assert "<language>es</language>" in feed
    assert "Cuento" not in two_languages.page("feed.xml")


def test_a_language_without_words_of_ours_keeps_the_sites_interface(folder: Folder) -> None:
    """The text is marked; the labels around it are English and say so."""
    folder.post("2026-11-01-a", "Text.", id="a", title="A")
    folder.post("2026-11-01-a.so", "Qoraal.", title="Sheeko")
    folder.build()
    page = folder.page("so/2026/11/a/index.html")
    assert '<html lang="en" dir="ltr"' in page
    assert '<h1 lang="so" dir="auto">Sheeko</h1>' in page
    assert "Sheeko" in folder.page("so/index.html")


@pytest.mark.parametrize("language", ["so", "hmn", "haw", "fil"])
def test_a_site_in_a_language_without_words_of_ours_says_which_words_are_english(language: str, folder: Folder) -> None:
    """The page is English, its stories are marked; feeds, which hold no words of ours, are in their language."""
    folder.write("storysite.yml", f"language: {language}\n")
    folder.post("2026-11-01-a", "Qoraal.", id="a", title="Sheeko")
    folder.build()
    for route in ("index.html", "2026/11/a/index.html", "archive/index.html"):
        assert '<html lang="en" dir="ltr"' in folder.page(route)
    page = folder.page("2026/11/a/index.html")
    assert f'<h1 lang="{language}" dir="auto">Sheeko</h1>' in page
    assert f'<div class="text" lang="{language}" dir="auto">' in page
    assert f"<language>{language}</language>" in folder.page("feed.xml")
    assert f'xml:lang="{language}"' in folder.page("atom.xml").partition("<entry")[0]


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_code_in_a_text_from_right_to_left_stands_as_it_is_typed(engine: str, folder: Folder) -> None:
    """Blocks and spans, by themselves; in any other text they are left alone."""
    folder.write("storysite.yml", f"markdown: {engine}\n")
    for name, words in {"ar": "اكتب", "he": "כתבו", "en": "Type", "el": "Γράψτε", "zh": "请输入"}.items():
        text = f"{words} `storysite build --jobs 2` !\n\n    x = [1, 2]\n\n<kbd>Ctrl-C</kbd>\n"
        folder.post(f"2026-11-01-{name}", text, id=name, title=name, lang=name)
    folder.build()
    for name in ("ar", "he", "en", "el", "zh"):
        page = next(
            file
            for file in folder.site.rglob("2026/11/**/index.html")
            if f"/{name}/" in file.as_posix() and "Ctrl-C" in file.read_text("utf-8")
        ).read_text("utf-8")
        assert page.count('<code dir="ltr">storysite') == (name in ("ar", "he"))
        assert page.count('<kbd dir="ltr">') == (name in ("ar", "he"))
        assert len(re.findall(r'<pre[^>]* dir="ltr"', page)) == (name in ("ar", "he"))


def test_a_page_of_the_authors_takes_the_place_of_a_front_page(two_languages: Folder) -> None:
    two_languages.write("content/pages/es.md", "---\ntitle: Bienvenidos\nlang: es\n---\nHola.\n")
    two_languages.build()
    assert "Bienvenidos" in two_languages.page("es/index.html")


def test_a_site_in_one_language_has_no_choice_of_languages(folder: Folder) -> None:
    folder.post("2026-11-01-a", "Text.", id="a", title="A")
    folder.build()
    assert "hreflang" not in folder.page("index.html")
    assert not Path(folder.site / "es").exists()
