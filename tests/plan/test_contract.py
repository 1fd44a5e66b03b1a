"""The template contract: what a template is given is what it names, and nothing else reaches it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.meta import find_undeclared_variables

from storysite import i18n
from storysite.errors import ProblemsFound
from storysite.model.theme import Design, Template, Theme
from storysite.plan.page import Drawn, Rendered
from storysite.plan.page_types import PAGE_TYPES, SHARED
from storysite.plan.pages import pages_of
from storysite.render.engine import environment
from storysite.render.sandbox import Sandbox
from storysite.theme.find import find_theme, shipped_themes, template_files
from storysite.theme.manifest import read_manifest
from tests.folder import Folder

CONTRACT = {kind.template: kind.names for kind in PAGE_TYPES.values()}
"""The names that the template of each page type may use beside those that all may."""
FRAMES = SHARED | {"page", "_", "ngettext"}
"""Names that the templates which draw a page's frame may use."""


class Everything(frozenset[str]):
    """A set of names that has them all."""

    def __contains__(self, name: object) -> bool:
        return True


def test_each_template_is_given_what_the_contract_says(folder: Folder) -> None:
    """The plan's names for each template are exactly those of the contract."""
    folder.post("2026-01-02-one", title="One", tags="[a]", aliases="[/old.html]", ask="hands", event="2026-12-05 18:00")
    folder.write("content/pages/about.md", "About us.")
    index = folder.build().site.index
    greedy = {name: Template(name, b"", Everything()) for name in CONTRACT}
    given: dict[str, set[str]] = {}
    for page in pages_of(index, i18n, Theme((), Design(), greedy)):
        assert isinstance(page.source, Rendered | Drawn)
        if isinstance(page.source, Rendered):
            given.setdefault(page.source.template, set()).update(page.source.names)
    assert {name: names - SHARED for name, names in given.items()} == {
        name: names for name, names in CONTRACT.items() if name != "sitemap-index.xml"
    }


def test_a_page_receives_only_the_names_its_template_uses(folder: Folder) -> None:
    """What a template does not name is neither computed nor part of the page's key."""
    folder.post("2026-01-02-one", title="One")
    index = folder.build().site.index
    templates = {name: Template(name, b"", frozenset({"post", "loop", "nonsense"})) for name in CONTRACT}
    post = next(page for page in pages_of(index, i18n, Theme((), Design(), templates)) if page.type == "post")
    assert isinstance(post.source, Rendered)
    assert post.source.names == ("post",)


def engine_of(folders: Sequence[str]) -> Sandbox:
    """Return an engine with the templates in `folders`."""
    found = template_files(folders, [os.path.realpath(folder) for folder in folders])
    return environment(tuple((name, str(file), file.read_text("utf-8")) for name, file in found), b"")


THEMES = [folder.name for folder in sorted(shipped_themes().iterdir()) if folder.is_dir()]


@pytest.mark.parametrize("theme", THEMES)
def test_a_shipped_theme_names_nothing_outside_the_contract(theme: str, tmp_path: Path) -> None:
    """Every name that a page's template looks up is one of the contract's, in all that it extends or includes too."""
    found = find_theme(tmp_path, theme)
    listings = read_manifest(Path(found.manifests[0])).listings.keys()
    engine = engine_of(found.folders)
    seen: set[str] = set()
    for page, given in CONTRACT.items():
        for name, asked in looked_up(engine, page).items():
            assert asked <= given | FRAMES | listings, f"{name}, which {page} draws in"
            seen.add(name)
    assert {"base.html", "frame.html", "parts/words.html", "parts/loop.html"} <= seen


def looked_up(engine: Sandbox, name: str, bound: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """Return the names that a template, and each that it draws in, look up in what the page is given.

    What a template extends or includes sees its own names, too (`bound`); what it imports sees none at all.
    """
    assert engine.loader is not None
    tree = engine.parse(engine.loader.get_source(engine, name)[0])
    made = made_in(tree)
    own = bound | made | {node.name for node in tree.find_all(nodes.Name) if node.ctx == "param"}
    found = {name: find_undeclared_variables(tree) - set(DEFAULT_NAMESPACE) - bound - made}
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        assert isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport)
        assert isinstance(node.template, nodes.Const), f"{name} draws in a template whose name is not known"
        drawn = looked_up(engine, node.template.value, own)
        if isinstance(node, nodes.Import | nodes.FromImport) and not node.with_context:
            assert not drawn[node.template.value] - {"_", "ngettext"}, f"{name} imports {node.template.value}"
        for other, asked in drawn.items():
            found.setdefault(other, set()).update(asked)
    return found


def made_in(tree: nodes.Template) -> set[str]:
    """Return the names that a template sets, imports or defines: its blocks and branches look these up."""
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    made |= {node.target for node in tree.find_all(nodes.Import)} | {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.FromImport):
        made |= {name if isinstance(name, str) else name[1] for name in node.names}
    return made


@pytest.mark.parametrize(
    ("files", "blamed"),
    [
        ({"home.html": "{{ psot }}"}, "home.html"),
        ({"home.html": "{% extends 'base.html' %}", "base.html": "{{ psot }}"}, "base.html"),
        ({"home.html": "{% include 'a.html' %}", "a.html": "{% include 'b.html' %}", "b.html": "{{ psot }}"}, "b.html"),
        ({"home.html": "{% from 'a.html' import b with context %}", "a.html": "{% macro b() %}{{ psot }}{% endmacro %}"}, "a.html"),
    ],
)  # fmt: skip
def test_a_name_is_found_wherever_it_is_drawn_in(files: dict[str, str], blamed: str, tmp_path: Path) -> None:
    """A name that is misspelt in a template, or in one that it draws in, is told of that one; own names are not."""
    for name, text in files.items():
        (tmp_path / name).write_text(
            "{% set mine = 1 %}{{ mine }}{% for a in [] %}{{ loop.first }}{% endfor %}" * 2 + text
        )
    found = looked_up(engine_of([str(tmp_path)]), "home.html")
    assert {name: asked for name, asked in found.items() if asked} == {blamed: {"psot"}}


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ("{{ siet.title }}", "'siet' is undefined"),
        ("{{ site.titel }}", "has no attribute 'titel'"),
        ("{{ stories }}", "'stories' is undefined"),
    ],
)
def test_a_name_that_is_not_given_is_an_error_with_line_and_post(folder: Folder, template: str, what: str) -> None:
    """A missing declaration is an error that names the template's line and the page, never a stale or empty page."""
    folder.post("2026-01-02-one", title="One")
    folder.write("templates/post.html", f"<p>\n{template}\n")
    with pytest.raises(ProblemsFound) as caught:
        folder.build()
    (problem,) = [problem for problem in caught.value.problems if problem.code == "template"]
    assert (problem.path, problem.line) == ("templates/post.html", 2)
    assert what in problem.what
    assert "content/posts/2026-01-02-one.md" in problem.what


def test_a_template_that_is_included_or_appears_later_is_a_dependency(folder: Folder) -> None:
    """A template that an include did not find is a fact too: when it appears, the page is made again."""
    folder.post("2026-01-02-one", title="One")
    folder.write("templates/post.html", "{% include 'banner.html' ignore missing %}{{ post.title }}")
    folder.build()
    assert folder.page("2026/01/one/index.html") == "One"
    folder.write("templates/banner.html", "Banner of {{ site.title }}. ")
    built = folder.build()
    assert [job.page.url for job in built.work.render] == ["2026/01/one/"]
    assert folder.page("2026/01/one/index.html") == "Banner of Our story shelf. One"
    folder.write("templates/banner.html", "Other. ")
    folder.build()
    assert folder.page("2026/01/one/index.html") == "Other. One"


def test_a_dynamic_include_depends_on_every_template(folder: Folder) -> None:
    """What cannot be known from the syntax tree is taken to be everything."""
    folder.post("2026-01-02-one", title="One")
    folder.write("templates/post.html", "{% include ['part-' ~ post.kind ~ '.html'] %}")
    folder.write("templates/part-victory.html", "A victory: {{ post.title }}")
    folder.build()
    assert folder.page("2026/01/one/index.html") == "A victory: One"
    folder.write("templates/part-victory.html", "Victory! {{ post.title }}")
    folder.build()
    assert folder.page("2026/01/one/index.html") == "Victory! One"


def value_types() -> list[Any]:
    """Return the types of the values that templates receive."""
    from storysite.model import post
    from storysite.plan import context as facts

    names = ["Card", "Impact", "Quote", "Person", "Photo", "Ask", "Event", "Heading", "Post"]
    return [getattr(post, name) for name in names] + [
        value for value in vars(facts).values() if isinstance(value, type)
    ]


def test_values_are_frozen() -> None:
    """No template can change what another is given."""
    from msgspec import Struct

    for kind in value_types():
        if issubclass(kind, Struct) and kind is not Struct:
            assert kind.__struct_config__.frozen, kind


def test_a_macro_gives_a_text_template_text(folder: Folder) -> None:
    """Who calls says whether what a macro gives counts as HTML; in a text template nothing put to it is escaped."""
    folder.post("2026-01-01-a")
    folder.write("templates/parts/say.html", "{% macro say(words) %}{{ words }}{% endmacro %}")
    folder.write("templates/robots.txt", '{% from "parts/say.html" import say %}{{ say("a") ~ " & b" }}')
    folder.build()
    assert (folder.site / "robots.txt").read_text("utf-8") == "a & b"
