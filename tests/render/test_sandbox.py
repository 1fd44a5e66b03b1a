"""The fast engine of templates writes, byte for byte, what the plain one writes; with unknown versions the plain one does."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import DictLoader
from markupsafe import Markup

from storysite import versions
from storysite.markdown import convert
from storysite.render import engine as module
from storysite.render.engine import environment
from storysite.render.fast_sandbox import FastSandbox
from storysite.render.sandbox import Sandbox
from tests.folder import Folder, tree
from tests.reader import sample


class Shouting(str):
    """Text of a kind of its own."""


class Drawn:
    """Something that says itself how it stands in HTML."""

    def __html__(self) -> str:
        return "<svg>&amp;</svg>"


TEXTS = some.text(alphabet="ab <>&\"'{}%é", max_size=12)
VALUES = some.one_of(
    TEXTS, TEXTS.map(Markup), TEXTS.map(Shouting), some.integers(), some.none(), some.booleans(), some.builds(Drawn),
    some.floats(allow_nan=False), some.lists(TEXTS, max_size=2),
)  # fmt: skip
TEMPLATES = {
    "a.html": "{{ value }} {{ value ~ value }} {{ [value] }} {{ value | string }} {{ value | e }} {{ value | forceescape }}",
    "tags.html": "{% macro tag(inner) %}<b>{{ inner }}</b>{% endmacro %}",
    "macro.html": "{% macro tag(inner) %}<b>{{ inner }}</b>{% endmacro %}{{ tag(value) }} {{ tag(tag(value)) }}",
    "block.html": "{% autoescape false %}{{ value }}{% endautoescape %}{% set kept %}{{ value }}{% endset %}{{ kept }}",
    "loop.html": "{% for each in [value, value] %}{{ loop.index }}{{ each }}{{ loop.last }}{% endfor %}",
    "import.html": "{% from 'tags.html' import tag %}{{ tag(value) }}{% include 'a.html' %}",
    "words.html": "{{ _('Stories') }} {{ ngettext('%(num)s <b> story', '%(num)s stories', 3) }} {{ value if value else '' }}",
    "a.txt": "{{ value }} {% from 'tags.html' import tag %}{{ tag(value) }}",
}


def engine(kind: type[Sandbox]) -> Sandbox:
    """Return an engine of one kind that knows the templates above."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "is_verified", lambda *_: kind is FastSandbox)
        made = environment.__wrapped__((), kind.__name__.encode(), "de")
    assert type(made) is kind
    made.loader = DictLoader(TEMPLATES)
    return made


ENGINES = [engine(FastSandbox), engine(Sandbox)]


@pytest.mark.parametrize("name", TEMPLATES)
@given(value=VALUES)
def test_both_engines_write_the_same_for_every_value(name: str, value: Any) -> None:
    """Whatever a value is, in HTML and in text, in macros, blocks and loops: it is escaped alike, once."""
    fast, plain = (each.get_template(name).render(value=value) for each in ENGINES)
    assert fast == plain


@pytest.mark.process
@pytest.mark.parametrize("theme", ["default", "gazette"])
def test_both_engines_make_the_same_sample(theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page of the sample archive, feeds and all, is the same."""
    folder = sample(theme, tmp_path / theme)
    fast = tree(folder.site)
    environment.cache_clear()
    monkeypatch.setattr(module, "is_verified", lambda *_: False)
    plain = folder.clean(tmp_path / "plain")
    environment.cache_clear()
    assert plain == fast


def test_an_unknown_version_is_told_of_in_one_note(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is the same, the fast ways are not taken, and the note names each library."""
    folder.write("storysite.yml", "base_url: https://example.org\n")
    folder.post("2026-01-02-a", 'Text with "quotes" & <b>signs</b>.', id="a", title="A & B")
    assert folder.build().problems == []
    before = tree(folder.site)
    monkeypatch.setattr(versions, "VERIFIED", {**versions.VERIFIED, "Jinja2": ("2",), "Markdown": ("2",)})
    environment.cache_clear()
    convert._engine.cache_clear()
    built = folder.build(clean=True)
    environment.cache_clear()
    convert._engine.cache_clear()
    assert tree(folder.site) == before
    assert [(problem.code, "Jinja2 3" in problem.what, "Markdown 3" in problem.what) for problem in built.problems] == [
        ("engine-unverified", True, True)
    ]
    folder.write("storysite.yml", "base_url: https://example.org\nmarkdown: commonmark\n")
    assert ["Markdown" in problem.what for problem in folder.build().problems] == [False]
