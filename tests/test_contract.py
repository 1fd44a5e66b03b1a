"""The template contract: what a template is given is what it names, and nothing else reaches it."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from storysite import i18n
from storysite.errors import ProblemsFound
from storysite.model.theme import Design, Template
from storysite.plan.page import Rendered
from storysite.plan.page_types import PAGE_TYPES, SHARED
from storysite.plan.pages import pages_of
from storysite.render.sandbox import environment
from storysite.theme.dependencies import read_templates
from storysite.theme.find import find_theme, shipped_themes
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
    folder.post("2026-01-02-one", title="One", tags="[a]", aliases="[/old.html]")
    folder.write("content/pages/about.md", "About us.")
    index = folder.build().site.index
    greedy = {name: Template(name, b"", Everything()) for name in CONTRACT}
    given: dict[str, set[str]] = {}
    for page in pages_of(index, i18n, Design(), greedy, {}):
        assert isinstance(page.source, Rendered)
        given.setdefault(page.source.template, set()).update(page.source.names)
    assert {name: names - SHARED for name, names in given.items()} == {
        name: names for name, names in CONTRACT.items() if name != "sitemap-index.xml"
    }


def test_a_page_receives_only_the_names_its_template_uses(folder: Folder) -> None:
    """What a template does not name is neither computed nor part of the page's key."""
    folder.post("2026-01-02-one", title="One")
    index = folder.build().site.index
    templates = {name: Template(name, b"", frozenset({"post", "loop", "nonsense"})) for name in CONTRACT}
    post = next(page for page in pages_of(index, i18n, Design(), templates, {}) if page.type == "post")
    assert isinstance(post.source, Rendered)
    assert post.source.names == ("post",)


@pytest.mark.parametrize("theme", [folder.name for folder in sorted(shipped_themes().iterdir()) if folder.is_dir()])
def test_a_shipped_theme_names_nothing_outside_the_contract(theme: str, tmp_path: Path) -> None:
    """Every name in load context is one of the contract's, or the template's own (a loop variable, a macro)."""
    found = find_theme(tmp_path, theme)
    listings = read_manifest(Path(found.manifest)).listings.keys()
    engine = environment(found.folders, b"")
    for name in read_templates(found, tmp_path, b"", {})[0]:
        if name not in CONTRACT:
            continue
        assert engine.loader is not None
        source = engine.loader.get_source(engine, name)[0]
        tree = engine.parse(source)
        assert asked_of(tree) <= CONTRACT[name] | FRAMES | listings, name


def asked_of(tree: nodes.Template) -> set[str]:
    """Return the names a template loads and neither sets, imports nor defines itself."""
    loaded = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    own |= {node.target for node in tree.find_all(nodes.Import)} | {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.FromImport):
        own |= {name if isinstance(name, str) else name[1] for name in node.names}
    return loaded - own - {"loop", "caller"} - set(DEFAULT_NAMESPACE)


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
