"""What has a new name keeps its old one for two school years, and the build says where it is used and what to write."""

from inspect import signature
from pathlib import Path

import pytest

from storysite.model.deprecated import DEPRECATED
from storysite.problems import Problem, Severity
from storysite.render.filters import FILTERS
from storysite.theme.find import BUILT_IN, shipped_themes
from storysite.theme.syntax import wants_of
from tests.folder import Folder

OLD_AND_NEW = {
    ("full", ""): (
        "{{ post.url | full }}",
        "{{ post.url | absolute_url }}",
        "http://localhost:8000/2026/11/robots/",
    ),
    ("gap", ""): (
        "{{ post | gap(previous) }}",
        "{{ post | is_break(previous) }}",
        "True",
    ),
    ("html", "among"): (
        "{{ post | html(among=true) }}",
        "{{ post | html(for_other_page=true) }}",
        '<p><a href="index.html#parts">The parts</a></p>',
    ),
    ("html", "everywhere"): (
        "{{ post | html(everywhere=true) }}",
        "{{ post | html(absolute_links=true) }}",
        '<p><a href="http://localhost:8000/2026/11/robots/#parts">The parts</a></p>',
    ),
    ("link", ""): (
        "{{ 'archive/' | link }}",
        "{{ 'archive/' | url }}",
        "../../../archive/index.html",
    ),
    ("share", ""): (
        "{{ post.ask | share }}",
        "{{ post.ask | percent }}",
        "75",
    ),
    ("spoken", ""): (
        "{{ 'es' | spoken }}",
        "{{ 'es' | lang_attrs }}",
        ' lang="es" dir="auto"',
    ),
    ("words", ""): (
        "{{ post.impact[0] | words }}",
        "{{ post.impact[0] | impact_label }}",
        "robots, 3 before",
    ),
}
"""Of each that has a new name: a line with the old one, the same with the new one, and what both give."""


def build(folder: Folder, template: str) -> tuple[str, list[Problem]]:
    """Return the page that a template makes of a post, and what the build says of old names in the template."""
    for name in ("2026-10-01-plans", "2026-11-20-robots"):
        folder.post(
            name,
            "[The parts](#parts)\n\n<script>1</script>\n",
            id=name,
            ask="{what: wheels, goal: 12, have: 9}",
            impact="[{metric: robots, value: 7, compare: 3}]",
        )
    folder.write("templates/post.html", template)
    problems = [problem for problem in folder.build().problems if problem.code == "theme-deprecated"]
    return folder.page("2026/11/robots/index.html"), problems


@pytest.mark.parametrize("old", OLD_AND_NEW, ids=lambda old: "-".join(filter(None, old)))
def test_an_old_name_gives_what_its_new_one_gives_with_a_note(old: tuple[str, str], folder: Folder) -> None:
    """The page is the same, and one note names the line with the old name, the day, and what to write."""
    with_old, with_new, expected = OLD_AND_NEW[old]
    page, problems = build(folder, f"{with_new}\n—\n{with_old}\n")
    assert [part.strip("\n") for part in page.split("—")] == [expected, expected]
    name, argument = old
    what = f'the argument "{argument}" of the filter "{name}"' if argument else f'the filter "{name}"'
    assert problems == [
        Problem(
            "templates/post.html",
            3,
            "theme-deprecated",
            f"{what} will be removed after 1 August 2028; this page works until then",
            f"write {DEPRECATED[old].name}, its new name",
            with_old,
            Severity.NOTE,
        )
    ]


def test_every_new_name_is_there_and_proven() -> None:
    """Each new name is that of a filter or of an argument of it, no old name is one, and each has its case above."""
    for (name, argument), gone in DEPRECATED.items():
        assert bool(gone.name) != bool(gone.other)
        if argument:
            known = signature(FILTERS[name]).parameters.keys()
            assert gone.name in known
            assert argument not in known
        else:
            assert name in FILTERS
            assert (gone.name or name) in FILTERS
    assert OLD_AND_NEW.keys() == {old for old, gone in DEPRECATED.items() if gone.name}


@pytest.mark.parametrize(
    ("template", "uses"),
    [
        ("{{ a\n| upper\n| link }}", [("link", "", 3)]),
        ("{{ posts | map('words')\n| map('html', among=true) }}", [("words", "", 1), ("html", "among", 2)]),
        ("{% filter spoken %}\n{{ a | link ~ b | link }}\n{% endfilter %}", [("spoken", "", 1), ("link", "", 2)]),
        ("{% macro m() %}\n{% if a | gap(b) %}{% set c = d | share %}\n{% endif %}{% endmacro %}",
         [("gap", "", 2), ("share", "", 2)]),
        ("{{ post | html(everywhere=true,\namong=true) }}", [("html", "everywhere", 1), ("html", "among", 2)]),
        ("{{ link }}{% set words = gap.share(full=1) %}{{ a | map(attribute='link') | map(b) | day(everywhere=1) }}", []),
    ],
)  # fmt: skip
def test_an_old_name_is_found_wherever_it_is_a_filter(template: str, uses: list[tuple[str, str, int]]) -> None:
    """In blocks, macros and lines that go on, and where `map` is given it; not where a value has the same name."""
    assert wants_of(template, "a.html").deprecated == uses


TEMPLATES = [
    file
    for home in (shipped_themes(), BUILT_IN, Path(__file__).parents[1] / "sites" / "theme")
    for file in sorted(home.rglob("*"))
    if file.is_file() and file.suffix != ".yaml" and "assets" not in file.parts
]


def test_no_template_of_ours_uses_an_old_name() -> None:
    """Who copies a template of a shipped theme copies nothing that goes away."""
    assert {file.name for file in TEMPLATES} >= {"post.html", "atom.xml", "feed.json", "robots.txt", "colors.css"}
    for file in TEMPLATES:
        assert wants_of(file.read_text("utf-8"), file.name).deprecated == [], file
