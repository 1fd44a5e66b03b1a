"""Two of one name: it is said before the site is built, for which of them would count is anybody's guess."""

from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from tests.folder import Folder
from tests.plugins.test_files import packages
from tests.strangers import HEAD, install_stranger

__all__ = ["packages"]

KIND = "AddedPages('books', 'books.html', 'books', '/books/', lambda index: [])"
CLASHES = {
    "filters={'say': str}": "evil and the plugin evil_two both have a filter say",
    "keys={'isbn': str}": "evil and the plugin evil_two both have a front matter key isbn",
    f"pages=({KIND},)": "evil and the plugin evil_two both have a page kind books",
    "steps=(Step('a step', 'list', write),)": "evil and the plugin evil_two both have a step folder list",
    "templates=Path(__file__).parent": "evil and the plugin evil_two both have a template books.html",
    "keys={'Title': str}": "storysite and the plugin evil both have a front matter key title",
    "keys={'author': str}": "storysite and the plugin evil both have a front matter key author",
    "keys={'i-s': str, 'I_s': str}": "the plugin evil has two of the front matter key i-s",
    "steps=(Step('a step', 'list', write), Step('another', 'List', write))": "has two of the step folder list",
    "steps=(Step('a step', 'pagefind', write),)": "storysite and the plugin evil both have a step folder pagefind",
    f"pages=({KIND.replace('books', 'post', 1)},)": "storysite and the plugin evil both have a page kind post",
}


@pytest.mark.parametrize("parts", CLASHES)
def test_two_of_one_name_are_said(parts: str, folder: Folder, packages: Path) -> None:
    """Of two plugins, of one, and of one and storysite."""
    for name in ("evil", "evil_two"):
        code = f"{HEAD}\nplugin = Plugin({parts})\n"
        install_stranger(packages, {f"{name}/__init__.py": code, f"{name}/books.html": "books"}, name=name)
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\nplugins: [evil, evil_two]\n")
    with pytest.raises(ProblemsFound) as raised:
        folder.build()
    assert CLASHES[parts] in str(raised.value)
    assert not folder.site.exists()


def test_two_packages_with_one_plugin_are_said(folder: Folder, packages: Path) -> None:
    """Which of them is loaded would depend on the order in which Python finds them."""
    for name in ("evil", "evil_two"):
        code = f"{HEAD}\nplugin = Plugin()\n"
        install_stranger(packages, {f"{name}.py": code}, f"evil = {name}:plugin", name=name)
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\nplugins: evil\n")
    with pytest.raises(ProblemsFound, match='two packages have a plugin "evil": evil and evil_two'):
        folder.build()


def test_a_page_of_the_theme_and_one_of_a_plugin_are_of_two_kinds(folder: Folder, packages: Path) -> None:
    code = f"{HEAD}\nplugin = Plugin(pages=({KIND},))\n"
    install_stranger(packages, {"evil/__init__.py": code})
    folder.write("themes/small/theme.yaml", "pages: {books: {template: books.html, title: Books, url: /our-books/}}\n")
    folder.write("themes/small/templates/books.html", "books")
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\nplugins: evil\ntheme: small\n")
    with pytest.raises(ProblemsFound, match="the theme and a plugin both have a page kind books"):
        folder.build()
