"""Plugins of strangers: whatever a part of one is, raises or returns, it is said in one line, and the last good site stays."""

from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from tests.folder import Folder, tree
from tests.plugins.test_files import packages
from tests.strangers import HEAD, install_stranger

__all__ = ["packages"]

SHAPES = {
    "filters=7": "filters has to be a mapping",
    "filters=['a']": "filters has to be a mapping",
    "filters={7: str}": "filters has to be a mapping, with a name",
    "filters={'a': 7}": "filters: what a leads to has to be a function",
    "keys=7": "keys has to be a mapping",
    "keys={7: str}": "keys has to be a mapping, with a name",
    "keys={' ': str}": "keys has to be a mapping, with a name",
    "keys={'a': 7}": "keys: what a leads to has to be a function",
    "commands=7": "commands has to be a mapping",
    "commands={'a': 7}": "commands: what a leads to",
    "commands={'a': 'evil'}": "commands: what a leads to",
    "rules=7": "rules has to be a tuple",
    "rules=print": "rules has to be a tuple",
    "rules=(7,)": "rules: each has to be a function",
    "pages=None": "pages has to be a tuple",
    "pages=AddedPages('a', 'a.html', 'a', '/a/', list)": "one with a single part is written (part,)",
    "pages=(7,)": "pages: each has to be",
    "pages=(AddedPages(7, 'a.html', 'a', '/a/', list),)": "pages: each has to be",
    "pages=(AddedPages('a', 'a.html', 'a', '/a/', 7),)": "pages: each has to be",
    "pages=(AddedPages('a', 'a.html', 'a', '/a/', list, ([],)),)": "pages: each has to be",
    "steps=Step('a', 'a', write)": "steps has to be a tuple",
    "steps=(7,)": "steps: each has to be",
    "steps=(Step(7, 'a', write),)": "steps: each has to be",
    "steps=(Step('a', 7, write),)": "steps: each has to be",
    "steps=(Step('a', 'a', 7),)": "steps: each has to be",
    "steps=(Step('a', 'a', write, is_wanted=7),)": "steps: each has to be",
    "steps=(Step('a', 'a', write, version=7),)": "steps: each has to be",
    "steps=(Step('a', 'a', write, code='absent'),)": "steps: each has to be",
    "templates='templates'": "templates has to be a folder in its package",
    "templates=Path(__file__)": "templates has to be a folder in its package",
    "templates=Path('/absent')": "templates has to be a folder in its package",
    "templates=Path('/etc')": "templates has to be a folder in its package",
    "rules=(fails(Odd(7)),)": "does not work: Odd: 7",
    "rules=(fails(Mute()),)": "does not work: Mute",
    "rules=(fails(SystemExit(0)),)": "does not work: SystemExit: 0",
    "rules=(fails(ValueError('a\\nb\\x1b[31m')),)": "does not work: ValueError: a b [31m",
    "rules=(lambda site: [Problem('', None, 'plugin-rule', 7)],)": "does not work: ValidationError",
    "rules=(lambda site: [Problem.of('plugin-rule', 'a\\nb')],)": "a b  [plugin-rule]",
    "keys={'isbn': fails(Odd(7))}": "by the plugin that reads it: Odd: 7",
    "keys={'isbn': fails(SystemExit(0))}": "by the plugin that reads it: SystemExit: 0",
    "keys={'isbn': fails(BadValue(7, None))}": "7  [post-value]",
    "filters={'say': fails(Odd(7))}": 'the filter "say" of the plugin "evil" failed: Odd: 7',
    "filters={'say': fails(SystemExit(0))}": 'the filter "say" of the plugin "evil" failed: SystemExit: 0',
}


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site that was built, and asks for a plugin since."""
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\n")
    folder.post("2026-11-02-kites", id="kites", summary="S", isbn="7")
    folder.build()
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\nplugins: evil\n")
    return folder


@pytest.mark.parametrize("parts", SHAPES)
def test_a_part_that_does_not_fit_is_said(parts: str, shelf: Folder, packages: Path) -> None:
    """Once, in a line, and not by a traceback."""
    install_stranger(packages, {"evil/__init__.py": f"{HEAD}\nplugin = Plugin({parts})\n"})
    before = tree(shelf.site)
    if "say" in parts:
        shelf.write("templates/404.html", "{{ page.title | say }}")
    try:
        said = "\n".join(map(str, shelf.build().problems))
    except ProblemsFound as error:
        said = str(error)
        assert tree(shelf.site) == before
    assert SHAPES[parts] in said


@pytest.mark.parametrize("line", ["raise Odd(7)", "raise Mute", "raise SystemExit(0)"])
def test_a_package_that_raises_anything_cannot_be_loaded(line: str, shelf: Folder, packages: Path) -> None:
    install_stranger(packages, {"evil/__init__.py": f"{HEAD}\n{line}\n"})
    with pytest.raises(ProblemsFound, match=r'the plugin "evil" cannot be loaded: (Odd: 7|Mute|SystemExit: 0)  '):
        shelf.build()


def test_a_filter_replaces_none_that_templates_have(shelf: Folder, packages: Path) -> None:
    """Neither one of ours nor one of Jinja2's."""
    before = tree(shelf.site)
    names = "['url', 'html', 'escape', 'e', 'safe', 'join', 'length', 'default', 'upper']"
    code = f"{HEAD}\nplugin = Plugin(filters=dict.fromkeys({names}, lambda *_, **__: 'theirs'))\n"
    install_stranger(packages, {"evil/__init__.py": code})
    shelf.build()
    assert tree(shelf.site) == before


PAGES = {
    "7": "AttributeError",
    "AddedPage('a/', 7)": "have to be text",
    "AddedPage('a/', 'A', {}, 7)": "have to be text",
    "AddedPage('a/', 'A', None)": "TypeError",
    "AddedPage('a/', 'A', [7])": "is not among the names",
    "AddedPage('a/', 'A', {'y': Constant(1)})": "'y' is not among the names",
    "AddedPage('a/', 'A', {7: Constant(1)})": "7 is not among the names",
    "AddedPage('a/', 'A', {'page': Constant(1)})": "'page' is not among the names",
    "AddedPage('a/', 'A', {'site': Constant(1)})": "'site' is not among the names",
    "AddedPage('a/', 'A', {'template': Constant(1)})": "'template' is not among the names",
    "AddedPage('a', 'A')": "is no address in this site",
    "AddedPage('a./', 'A')": "is no address in this site",
    "AddedPage('.git/config', 'A')": "is no address in this site",
    "AddedPage('.storysite-manifest', 'A')": "is no address in this site",
    "AddedPage('.storysite-staging/a/', 'A')": "is no address in this site",
    "AddedPage('a' * 300 + '/', 'A')": "is no address in this site",
    "AddedPage('a/' * 600, 'A')": "is no address in this site",
    **{
        f"AddedPage('a/', 'A', {{'x': {part}}})": said
        for part, said in {
            "7": "int is none of the slices",
            "None": "NoneType is none of the slices",
            "Constant": "StructMeta is none of the slices",
            "Constant({object()})": "a Constant has the value",
            "Constant({'b', 'a'})": "a Constant has the value",
            "Constant(print)": "a Constant has the value",
            "Constant(float('nan'))": "a Constant has the value nan",
            "Constant([float('inf')])": "a Constant has the value inf",
            "Constant(Path('a'))": "a Constant has the value",
            "Constant(b'a')": "a Constant has the value",
            "Constant({1: 2})": "which is no text",
            "Constant('\\ud800')": "UnicodeEncodeError",
            "Constant(endless)": "without end",
            "Whole('absent')": "there is no post 'absent' that is shown",
            "Whole([])": "there is no post [] that is shown",
            "Wholes(['absent'])": "there is no post 'absent' that is shown",
            "Wholes(None)": "TypeError",
            "CardOf(None)": "there is no post None that is shown",
            "Cards([99])": "Cards are given places",
            "Cards([-1])": "Cards are given places",
            "Cards(['a'])": "Cards are given places",
            "Cards(7)": "TypeError",
        }.items()
    },
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_cannot_be_made_is_said(page: str, shelf: Folder, packages: Path) -> None:
    """Before anything is written."""
    names = "('x', 'page', 'site', 'template')"
    code = f"{HEAD}\nendless = []\nendless.append(endless)\nplugin = pages({page}, names={names})\n"
    install_stranger(packages, {"evil/__init__.py": code, "evil/templates/strange.html": "{{ x }}"})
    before = tree(shelf.site)
    with pytest.raises(ProblemsFound, match="the plugin cannot make its pages") as raised:
        shelf.build()
    assert PAGES[page] in str(raised.value)
    assert tree(shelf.site) == before


def test_names_that_are_ours_inside_are_free_for_templates(shelf: Folder, packages: Path) -> None:
    """And places may come one after another."""
    slices = "{'kind': Constant('K'), 'url': Constant('U'), 'subject': Constant('S'), 'x': Cards(n for n in [0])}"
    code = f"{HEAD}\nplugin = pages(AddedPage('a/', 'A', {slices}), names=('kind', 'url', 'subject', 'x'))\n"
    template = "{{ kind }}{{ url }}{{ subject }}{{ x[0].summary }}"
    install_stranger(packages, {"evil/__init__.py": code, "evil/templates/strange.html": template})
    shelf.build()
    assert shelf.page("a/index.html") == "KUSS"
