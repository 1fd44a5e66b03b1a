"""The footer says that nothing tracks readers exactly as long as no page makes a browser ask anybody else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from storysite.i18n import gettext, interface_languages
from tests.folder import Folder, tree

SAYS = "Nothing here tracks you."
LETTERS = '{% extends "THEME:base.html" %}{% block head %}<link rel="stylesheet" href="//letters.example/a.css">{% endblock %}'
PROGRAM = '{% extends "THEME:frame.html" %}{% block head %}<script async src="https://counter.example/a.js?id={{ site.title }}"></script>{% endblock %}'
STYLE = '@import url("https://letters.example/a.css"); /* url(https://nobody.example/) */'
SCRIPT = "const a = new Image(); a.src = 'https://counter.example/a.gif'"
Edit = Callable[[Folder], object]
ASKS: dict[str, Edit] = {
    "a picture": lambda folder: folder.post("2026-03-03-c", "![a](http://pictures.example/a.jpg)"),
    "the picture of a card": lambda folder: folder.post("2026-03-03-c", image="//pictures.example/a.jpg"),
    "a picture of a page": lambda folder: folder.write(
        "content/pages/about.md", "<img src='https://pictures.example/a.jpg' alt=''>"
    ),
    "a picture of a translation": lambda folder: folder.post("2026-03-01-a.es", "![a](https://pictures.example/a.jpg)"),
    "letters of a template": lambda folder: folder.write("templates/base.html", LETTERS),
    "a program of a template": lambda folder: folder.write("templates/frame.html", PROGRAM),
    "a style sheet": lambda folder: folder.write("templates/assets/own.css", STYLE),
    "a script": lambda folder: folder.write("templates/assets/own.js", SCRIPT),
}
ASKS_NOBODY: dict[str, Edit] = {
    "a link": lambda folder: folder.post("2026-03-03-c", "[a](https://links.example/a.jpg) and https://links.example/"),
    "a frame": lambda folder: folder.post("2026-03-03-c", "<iframe src='https://frames.example/'></iframe>"),
    "a draft": lambda folder: folder.post("2026-03-03-c", "![a](http://pictures.example/a.jpg)", draft="true"),
    "a picture of its own": lambda folder: folder.post("2026-03-03-c", "![a](https://library.example.org/a.jpg)"),
    "a link of a template": lambda folder: folder.write(
        "templates/page.html",
        '{% extends "default:page.html" %}{% block main %}<a href="https://links.example/">a</a>{% endblock %}',
    ),
    "a script without addresses": lambda folder: folder.write(
        "templates/assets/own.js", "/* https://nobody.example/ */ fetch('a.json')"
    ),
}


@pytest.fixture
def site(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", "base_url: https://library.example.org/stories\n")
    folder.post("2026-03-01-a", "One.", id="a")
    folder.post("2026-03-02-b", "Two.", id="b")
    return folder


def saying(folder: Folder) -> set[str]:
    """Return the pages that have a footer and say it in their language, and be sure that all others have none."""
    said = set()
    for route in folder.routes():
        if route.endswith(".html") and 'class="colophon"' in (text := folder.page(route)):
            language = re.search(r'<html lang="([^"]*)', text)
            assert language
            if gettext(language[1], SAYS) in text:
                said.add(route)
    return said


@pytest.mark.parametrize("theme", ["default", "gazette"])
def test_every_page_says_so_where_nobody_is_asked(site: Folder, theme: str) -> None:
    """In each language that the interface has words in."""
    site.write("storysite.yml", f"theme: {theme}\n")
    for language in sorted(interface_languages() - {"en"}):
        site.post(f"2026-03-01-a.{language}", "One.", lang=language)
    site.build()
    pages = {route for route in site.routes() if route.endswith(".html") and 'class="colophon"' in site.page(route)}
    assert saying(site) == pages
    assert len(pages) > 2 * len(interface_languages())


@pytest.mark.parametrize("theme", ["default", "gazette"])
@pytest.mark.parametrize("name", ASKS)
def test_no_page_says_so_where_another_site_is_asked(site: Folder, tmp_path: Path, theme: str, name: str) -> None:
    """Wherever that is; the build warns of it, and makes what a clean build makes, also when it is gone again."""
    site.write("storysite.yml", f"theme: {theme}\n")
    site.build()
    before = tree(site.site)
    assert saying(site)
    written = {file for file in site.path.rglob("*") if "_site" not in file.parts}
    ASKS[name](site)
    for file in site.path.glob("templates/*.html"):
        file.write_text(file.read_text("utf-8").replace("THEME:", f"{theme}:"), "utf-8")
    built = site.build()
    warned = [problem for problem in built.result.problems if problem.code == "loaded-elsewhere"]
    assert len(warned) == 1
    assert (site.path / warned[0].path).is_file()
    assert "internet address" in warned[0].what
    assert not saying(site)
    assert tree(site.site) == site.clean(tmp_path / "clean")
    for file in set(site.path.rglob("*")) - written:
        if file.is_file() and "_site" not in file.parts and ".storysite" not in file.parts:
            file.unlink()
    site.build()
    assert tree(site.site) == before


@pytest.mark.parametrize("name", ASKS_NOBODY)
def test_what_asks_nobody_changes_nothing_of_it(site: Folder, name: str) -> None:
    """What waits for a reader, what is not shown and what is the site's own."""
    ASKS_NOBODY[name](site)
    built = site.build()
    assert "index.html" in saying(site)
    assert [
        problem.what for problem in built.result.problems if problem.code == "loaded-elsewhere" and name != "a draft"
    ] == []


def test_a_second_picture_makes_no_other_page_again(site: Folder) -> None:
    """Only the first one, and the last to go, changes what all pages say."""
    site.post("2026-03-03-c", "![a](http://pictures.example/a.jpg)", id="c")
    site.build()
    site.post("2026-03-02-b", "Two.\n\n![a](https://other.example/a.jpg)", id="b")
    made = {url for url, _ in site.build().result.made}
    assert "2026/03/b/" in made
    assert not made & {"2026/03/a/", "2026/03/c/", "archive/", "subscribe/"}


def test_a_preview_knows_the_site_by_its_own_address(site: Folder) -> None:
    """What lies at the address of the settings is no other's, also where the site is shown at another."""
    site.post("2026-03-03-c", "<iframe src='https://library.example.org/a.html'></iframe>")
    site.build(base_url="http://localhost:8000/")
    assert "<iframe" in site.page("2026/03/c/index.html")
    assert saying(site)
