"""A template is a function of its input: nothing on a page is of chance, of the clock, or of where things lie in memory."""

from pathlib import Path

import pytest

from storysite.render import engine as module
from storysite.render.engine import environment
from tests.folder import Folder, tree
from tests.secret import refusal

PAGE = "2026/11/robots/index.html"


@pytest.fixture(params=["fast", "plain"])
def shelf(request: pytest.FixtureRequest, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a site of two stories, whose templates run in one of the two engines."""
    if request.param == "plain":
        monkeypatch.setattr(module, "is_verified", lambda *_: False)
    environment.cache_clear()
    request.addfinalizer(environment.cache_clear)
    folder.write("storysite.yml", "base_url: https://example.org\nsearch: no\n")
    folder.write("data/team.yml", "names: [Ana, Bea]\nsince: 2026-11-02 10:00:00\n")
    for name in ("robots", "kites"):
        folder.post(f"2026-11-02-{name}", title=name.capitalize(), id=name)
    return folder


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("{{ lipsum() }}", "lipsum() writes other words each time"),
        ("{{ lipsum(n=1, html=false) }}", "lipsum() writes other words each time"),
        ("{{ data.team.names | random }}", "the filter random picks something else each time"),
        ("{{ [data.team.names] | map('random') | first }}", "the filter random picks something else each time"),
        ("{{ today.today() }}", "today() is something else at each build"),
        ("{{ post.moment.now() }}", "now() is something else at each build"),
        ("{{ post.moment.utcnow() }}", "utcnow() is something else at each build"),
        ("{{ (post.moment | attr('now'))() }}", "now() is something else at each build"),
        ("{{ ([post.moment] | map(attribute='today') | first)() }}", "today() is something else at each build"),
        ("{{ post.moment.fromtimestamp(0) }}", "fromtimestamp() asks in which time zone this computer is"),
        ("{{ today.fromtimestamp(0) }}", "fromtimestamp() asks in which time zone this computer is"),
        ("{{ post.moment.astimezone() }}", "astimezone() asks in which time zone this computer is"),
        ("{{ data.team.since.timestamp() }}", "timestamp() asks in which time zone this computer is"),
        ("{{ post.moment.strftime('%s') }}", "strftime() asks in which time zone this computer is"),
        ("{{ post.title.upper }}", 'it shows "built-in method upper of str object"'),
        ("{{ [post.title.upper] }}", 'it shows "built-in method upper of str object"'),
        ("{{ post.title.upper | string | upper }}", 'it shows "BUILT-IN METHOD UPPER OF STR OBJECT"'),
        ("{{ '%s' | format(post.title.upper) }}", 'it shows "built-in method upper of str object"'),
        ("{{ 'a' ~ post.title.upper }}", 'it shows "built-in method upper of str object"'),
        ("{{ post.title.upper | json_text }}", 'it shows "built-in method upper of str object"'),
        ("{{ site.settings.items }}", 'it shows "built-in method items of dict object"'),
        ("{{ cycler('a', 'b') }}", 'it shows "jinja2.utils.Cycler object"'),
        ("{{ joiner() }}", 'it shows "jinja2.utils.Joiner object"'),
        ("{{ self.main }}{% block main %}{% endblock %}", 'it shows "jinja2.runtime.BlockReference object"'),
        ("{{ gettext }}", 'it shows "'),
        ("{{ range }}", 'it shows "function safe_range"'),
        ("{% macro a() %}{{ joiner() }}{% endmacro %}{{ a() }}", 'it shows "jinja2.utils.Joiner object"'),
    ],
)
def test_what_is_not_the_same_each_time_is_a_problem_at_its_line(code: str, told: str, shelf: Folder) -> None:
    """The message says what is wrong with it; it is the same message at each build."""
    shelf.write("templates/post.html", f"<!doctype html>\n{code}\n")
    first, second = refusal(shelf), refusal(shelf)
    problem = first.problems[0]
    assert (problem.path, problem.line, problem.code) == ("templates/post.html", 2, "template")
    assert told in problem.what
    assert str(first) == str(second)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("{{ ['a', 'b'] | map('upper') }}", "[&#39;A&#39;, &#39;B&#39;]"),
        ("{{ ['a', ''] | select }}", "[&#39;a&#39;]"),
        ("{{ [1, 1, 2] | unique }}{{ [1, 2] | reverse }}{{ {'a': 1} | items }}", "[1, 2][2, 1][(&#39;a&#39;, 1)]"),
        ("{{ [1, 2, 3] | batch(2) }}{{ [1, 2] | slice(2) }}", "[[1, 2], [3]][[1], [2]]"),
        ("{{ 'abc' | reverse }}", "cba"),
        ("{% set a = [1, 2] | map('string') %}{{ a | join }}{{ a | join }}", "1212"),
        ("{{ true is sameas true }}{{ 1 is sameas true }}{{ none is sameas none }}{{ 1.0 is sameas 1 }}", "TrueFalseTrueFalse"),
        ("{{ (post.title ~ 'a' * 99) is sameas (post.title ~ 'a' * 99) }}", "True"),
        ("{{ post.moment.astimezone(post.moment.tzinfo) == post.moment }}", "True"),
        ("{{ post.moment.strftime('%Y') }}{{ post.moment.timestamp() > 0 }}", "2026True"),
        ("{{ cycler('a', 'b').next() }}{{ range(2) }}", "arange(0, 2)"),
    ],
)  # fmt: skip
def test_what_is_the_same_each_time_is_shown(code: str, shown: str, shelf: Folder) -> None:
    """Lists that Jinja2 would make as they are gone through are whole, so they can be shown, and gone through again."""
    shelf.write("templates/post.html", code)
    shelf.build()
    assert shelf.page(PAGE) == shown


def test_a_story_may_tell_of_memory(shelf: Folder) -> None:
    """What somebody wrote is no secret of the program, wherever it stands."""
    shelf.post("2026-11-02-robots", "It said `<function f at 0x7f3a2b1c4d5e>`.", title="At 0xABCDEF01", id="robots")
    shelf.write("templates/post.html", "{{ post | html }} {{ post.title | upper }} {{ [post.title] }} at 0x12345678")
    shelf.build()
    assert "at 0x7f3a2b1c4d5e" in shelf.page(PAGE)
    shelf.write("templates/post.html", "{{ post | html }} {{ post.title }} at 0x12345678\n{{ post.title.upper }}")
    assert refusal(shelf).problems[0].line == 2


COUNTERS = {
    "a count": "{% set n = namespace(count=0) %}{% macro next() %}{% set n.count = n.count + 1 %}{{ n.count }}{% endmacro %}",
    "turns": "{% set turns = cycler('a', 'b', 'c') %}{% macro next() %}{{ turns.next() }}{% endmacro %}",
    "commas": "{% set comma = joiner() %}{% macro next() %}{{ comma() }}.{% endmacro %}",
    "what is gone through": "{% set all = [1, 2] | map('string') %}{% macro next() %}{{ all | join }}{% endmacro %}",
}


@pytest.mark.parametrize("counter", COUNTERS)
def test_what_a_template_counts_begins_anew_on_each_page(counter: str, shelf: Folder, tmp_path: Path) -> None:
    """Whichever pages this process made before: one page that is made again is what it is in a clean build."""
    shelf.write("templates/parts/next.html", COUNTERS[counter])
    shelf.write(
        "templates/post.html", "{% from 'parts/next.html' import next %}{{ next() }}{{ next() }} {{ post.title }}"
    )
    shelf.build()
    assert shelf.page(PAGE).split()[0] == shelf.page(PAGE.replace("robots", "kites")).split()[0]
    shelf.post("2026-11-02-robots", title="Robots again", id="robots")
    shelf.build()
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")
