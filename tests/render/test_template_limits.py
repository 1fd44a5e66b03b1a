"""No template takes a computer's time or memory, and whatever goes wrong in one is a problem at its file and line."""

import resource
import time

import pytest

from storysite.errors import StorysiteError
from storysite.render import page
from tests.folder import Folder

WRONG = [
    "{% include none %}", "{% include 3 %}", "{% include [] %}", "{% include [none] %}", "{% include {} %}", "{% import none as x %}",
    '{% from 3 import a %}', '{% from "parts/card.html" import nothing %}{{ nothing() }}', "{{ 1 / 0 }}", "{{ 1 // 0 }}", "{{ 1 % 0 }}",
    "{{ none.x }}", "{{ none() }}", "{{ 'a'() }}", "{{ post.nothing }}", "{{ post['nothing'] }}", "{{ [][1].x }}", "{{ {}.a.b }}", "{{ 'a' + 1 }}",
    "{{ 'a' - 'b' }}", "{{ -'a' }}", "{{ 1 < 'a' }}", "{{ [1, 'a'] | sort }}", "{{ 'a' | day }}", "{{ post | day }}", "{{ 3 | url }}", "{{ none | iso }}",
    "{{ 'x' | number }}", "{{ post | html(1, 2, 3) }}", "{{ post | html(no=1) }}", "{{ 'a' | center('b') }}", "{{ 'a' | batch }}", "{{ 3 | join }}",
    "{{ 'a' | nothing }}", "{{ 'a' is nothing }}", "{{ [] | first }}{{ ([] | first).a }}", "{{ [] | max }}{{ ([] | max).a }}", "{{ 'a' | round }}", "{{ '%d' | format('a') }}",
    "{{ '%' | format }}", "{{ '%q' % 1 }}", "{{ '{' .format() }}", "{{ '{a}'.format() }}", "{{ '{0.a}'.format(1) }}", "{{ 'a'.index('b') }}", "{{ 'a'.encode('b') }}",
    "{{ range(1.5) }}", "{{ range(10**9) | list }}", "{{ [1] | map('nothing') | list }}", "{{ [1] | map(attribute='a') | first }}{{ ([1] | map(attribute='a') | first).b }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{% macro a(b) %}{{ b }}{% endmacro %}{{ a() }}", "{% macro a() %}{% endmacro %}{{ a(1) }}",
    "{% macro a() %}{% endmacro %}{{ a(b=1) }}", "{% call 3() %}{% endcall %}", "{{ caller() }}", "{{ loop.index }}", "{{ super() }}", "{{ self.nothing() }}",
    '{% include "post.html" %}', "{% for a in 3 %}{% endfor %}", "{% for a, b in [1] %}{% endfor %}", "{% for a in [1] recursive %}{{ loop(3) }}{% endfor %}",
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", "{% set a, b = 1 %}", "{% set a.b = 1 %}", "{% set n = namespace() %}{{ n.a.b }}", "{{ dict(1) }}", "{{ cycler() }}",
    "{{ joiner(1, 2) }}", "{% filter nothing %}{% endfilter %}", "{% with a = 1 / 0 %}{{ a }}{% endwith %}", "{{ [1] | sum(attribute='a') }}",
    '{{ _("By %(day)s.") }}', '{{ _("%(n)d", n="a") }}', '{{ _(3, 4) }}', '{{ ngettext("%(a)s", "%(a)s", 1) }}', '{{ _("a", "b") }}',
    "{{ 'a' * 10**10 }}", "{{ 10**(10**10) }}", "{{ (10**500)**500 }}", "{{ '%99999999999d' % 1 }}", "{{ '%999999999d' | format(1) }}", "{{ '%*d' % (10**9, 1) }}", "{{ 'a' | center(10**10) }}",
    "{{ 'a'.center(2000000000) }}", "{{ 'a'.zfill(2000000000) }}", "{{ '\\t'.expandtabs(2000000000) }}", "{{ '{:>2000000000}'.format(1) }}", "{{ '{:>{}}'.format(1, 2000000000) }}",
    "{{ 'a\nb' | indent(10**10) }}", "{{ [1] | batch(10**10, 'x') | list }}", "{{ [1] | slice(10**10) | list }}", "{{ [1] * 10**10 }}", "{{ 'a' | string * 10**9 }}",
    "{{ ('a' * 10**6) | replace('a', 'b' * 10**6) }}", "{{ ('a' * 10**6).replace('a', 'b' * 10**6) }}", "{{ ('a' * 10**6).join('b' * 10**6) }}", "{{ ('b' * 10**6) | join('a' * 10**6) }}",
    "{% set n = namespace(a='a' * 1000) %}{% for _ in range(60) %}{% set n.a = n.a ~ n.a %}{% endfor %}{{ n.a }}", "{% set n = namespace(a=[1]) %}{% for _ in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "{% set n = namespace(a=9) %}{% for _ in range(60) %}{% set n.a = n.a * n.a %}{% endfor %}{{ n.a }}", "{{ 9 | int }}{{ ('9' * 9999) | int + 1 }}{{ (10**4000) // 0 }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "{% for a in range(99999) %}{% for b in range(99999) %}a{% endfor %}{% endfor %}",
]  # fmt: skip


@pytest.fixture
def shelf(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a site with two stories, in which a page may take half a second."""
    monkeypatch.setattr(page, "SECONDS", 0.5)
    folder.post("2026-01-01-a", "Text.", title="A")
    folder.post("2026-01-02-b", "Text.", title="B")
    return folder


@pytest.mark.parametrize("code", WRONG)
def test_whatever_goes_wrong_is_a_problem_at_its_line(code: str, shelf: Folder) -> None:
    """Soon, in little memory, and with the page that was made."""
    shelf.write("templates/post.html", f"<!doctype html>\n<p>{code}</p>\n")
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(StorysiteError) as caught:
        shelf.build()
    problem = next(each for each in caught.value.problems if each.code == "template")
    assert problem.path.startswith("templates/")
    assert problem.line in (1, 2, 3)  # Jinja2 counts some from the line above
    assert "this template does not work" in problem.what
    assert time.process_time() - start < 4
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2_500_000


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('_("100% sure")', "100% sure"),
        ('_("50% off")', "50% off"),
        ('_("100%")', "100%"),
        ('_("100%% sure")', "100% sure"),
        ('_("50% of %(a)s", a="<b>")', "50% of &lt;b&gt;"),
        ('_("%(a)d of %(b).1f", a=3, b=2)', "3 of 2.0"),
        ('ngettext("%(num)s% one", "%(num)s% many", 3)', "3% many"),
        ("'a' * 3", "aaa"),
        ("2 ** 8", "256"),
        ("'%03d' % 7", "007"),
        ("'%s' | format('a')", "a"),
        ("'a' | center(3)", " a "),
        ("'{:>3}'.format(1)", "  1"),
    ],
)
def test_what_is_in_bounds_prints_what_it_says(code: str, said: str, shelf: Folder) -> None:
    shelf.write("templates/post.html", f"<p>{{{{ {code} }}}}</p>")
    shelf.build()
    assert shelf.page("2026/01/a/index.html") == f"<p>{said}</p>"


@pytest.mark.parametrize(
    "source",
    ["{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " + "9" * 5000 + " }}", "{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "{{ " + "-" * 5000 + "1 }}", "{{ " + "1+" * 5000 + "1 }}",
     "{% if 1 %}" * 500 + "{% endif %}" * 500, "{% extends 3 %}", "{% extends none %}", "{{ a" + ".b" * 5000 + " }}", '{% extends [] %}'],
)  # fmt: skip
def test_a_template_that_python_cannot_compile_is_a_problem(source: str, shelf: Folder) -> None:
    shelf.write("templates/post.html", source)
    with pytest.raises(StorysiteError) as caught:
        shelf.build()
    assert "template" in {problem.code for problem in caught.value.problems}
