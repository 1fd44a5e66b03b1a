"""Languages of a whole archive: one code and one front page for each, however and wherever they are written."""

import random

import pytest

from tests.build.test_archives import broken_links
from tests.folder import Folder


def homes(folder: Folder) -> dict[str, str]:
    return dict(folder.build().site.index.homes)


@pytest.mark.parametrize("seed", range(6))
def test_spellings_and_countries_of_one_language_have_one_front_page(folder: Folder, seed: int) -> None:
    """In whichever order they come; the oldest post's code is the one, or the site's."""
    spellings = ["es", "ES", "es-MX", "es_mx.UTF-8", "Spanish", "spa", "es-419", "Español", "es_US"]
    random.Random(seed).shuffle(spellings)
    folder.write("storysite.yml", f"language: {['en', 'en-US', 'English', 'en_GB', 'EN', 'eng'][seed]}\n")
    for number, code in enumerate(spellings, start=1):
        folder.post(f"2026-10-{number:02}-a{number}", title=code, lang=code)
    for number, code in enumerate(["en-US", "en", "EN_gb"], start=1):
        folder.post(f"2026-09-{number:02}-b{number}.{code}", title=code)
    found = homes(folder)
    assert len(found) == 2
    assert sorted(code[:2] for code in found) == ["en", "es"]
    assert not broken_links(folder.site)


def test_a_story_in_two_countries_keeps_them_apart(folder: Folder) -> None:
    """Whoever wrote both means both; addresses are the same as before the second was there."""
    folder.post("2026-10-01-a.pt-BR", "Ônibus", title="Ônibus")
    folder.post("2026-10-02-b.pt", "Ônibus", title="Outro", slug="b")
    before = {post.source: post.url for post in folder.build().site.index.posts}
    assert list(homes(folder)) == ["en", "pt-BR"]
    folder.post("2026-10-01-a.pt-PT", "Autocarro", title="Autocarro")
    built = folder.build()
    assert list(built.site.index.homes) == ["en", "pt-BR", "pt-PT"]
    assert before.items() <= {post.source: post.url for post in built.site.index.posts}.items()
    assert not broken_links(folder.site)


def test_a_newer_post_in_another_spelling_moves_no_address(folder: Folder) -> None:
    """Also where the language is what tells two stories apart."""
    folder.post("2026-10-01-news", "Hello.", title="News")
    folder.post("other/2026-10-01-news", "Hola.", title="Noticias", lang="es-MX")
    before = {post.source: post.url for post in folder.build().site.index.posts}
    assert before["content/posts/other/2026-10-01-news.md"] == "es-mx/2026/10/news/"
    folder.post("2026-11-01-x", "Hola.", title="X", lang="es")
    folder.post("2026-11-02-y.es", "Hola.", title="Y")
    folder.post("2026-11-02-y.es-MX", "Hola, güey.", title="Y")
    assert before.items() <= {post.source: post.url for post in folder.build().site.index.posts}.items()


@pytest.mark.parametrize(
    ("original", "name", "header"),
    [
        ("2026-01-09-robots", "2026-01-09-robots-es", ""),
        ("2026-01-09-robots", "2026-01-09-robots_ES", ""),
        ("2026-01-09-robots", "noticias/2026-01-09-robots", ""),
        ("2026-01-09-robots", "hola", "slug: robots\ndate: 2026-01-09"),
        ("2026-01-09-robots", "2026-02-09-otra", "translationKey: r"),
        ("2026-01-09-robots", "2026-02-09-otra", "translation_key: r"),
    ],
)
def test_a_translation_is_known_by_what_other_programs_write(
    folder: Folder, original: str, name: str, header: str
) -> None:
    """A language at the end of a name, the same slug and day, or a key that both have."""
    folder.write(f"content/posts/{original}.md", "---\ntitle: Robots\ntranslationKey: r\n---\nOne.\n")
    folder.write(f"content/posts/{name}.md", f"---\ntitle: Robots, en español\nlang: es\n{header}\n---\nUno.\n")
    folder.post("2026-01-16-robots", "Another week.", title="Robots again")
    folder.post("2026-01-16-otros", "Sola.", title="Otros", lang="es")
    index = folder.build().site.index
    assert {post.title for post in index.originals} == {"Robots", "Otros", "Robots again"}
    assert [post.language for post in index.versions(index.originals[0])] == ["en", "es"]
