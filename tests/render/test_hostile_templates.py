"""No template, setting or memory reaches behind its values: neither into Python nor into files elsewhere."""

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest

from storysite.errors import StorysiteError
from tests.folder import Folder
from tests.secret import PATH, SECRET, leaks, refusal, site_below_a_secret


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with one story, and a secret in the folder above it."""
    return site_below_a_secret(folder)


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__']['__mro__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ site.__init__.__globals__ }}",
        "{{ post.__class__.__init__ }}",
        "{{ post.moment.__reduce__() }}",
        "{{ post.__struct_config__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ ('{0.__class__}' | string).format(post) }}",
        "{{ '%s' | format(post.__class__) }}",
        "{{ [].append(1) }}",
        "{{ dict(a=1).update(b=2) }}",
        "{{ site.settings.clear() }}",
        "{{ range(10000000) | list }}",
    ],
)
def test_a_template_cannot_reach_behind_its_values(code: str, shelf: Folder) -> None:
    """Whatever leads from a value to Python, changes a value or never ends is an error at its line."""
    shelf.write("templates/post.html", f"<!doctype html>\n<p>{code}</p>\n")
    error = refusal(shelf)
    problem = error.problems[0]
    assert (problem.path, problem.line, problem.code) == ("templates/post.html", 2, "template")
    assert PATH in problem.what
    assert problem.excerpt == f"<p>{code}</p>"
    assert "<class" not in problem.what.replace("<class 'str'>", "")


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secret.html", "../../secret.html", "parts/../../../secret.html", "..\\secret.html"]
)
@pytest.mark.parametrize("how", ["include", "extends", "import"])
def test_a_template_cannot_take_in_a_file_from_elsewhere(how: str, name: str, shelf: Folder) -> None:
    """A name that leads out of the template folders is a template that does not exist, whatever asks for it.

    The name is put together, so that it is first known when the page is made.
    """
    ending = " as x" if how == "import" else ""
    shelf.write("templates/post.html", f'<!doctype html>\n{{% {how} {json.dumps(name)} ~ ""{ending} %}}\n')
    error = refusal(shelf)
    problem = error.problems[0]
    assert (problem.path, problem.line, problem.code) == ("templates/post.html", 2, "template")
    assert "which does not exist" in problem.what
    assert SECRET not in str(error)
    assert "root:" not in str(error)


def test_a_template_that_may_be_missing_is_not_taken_from_elsewhere(shelf: Folder) -> None:
    """With `ignore missing` a name that leads outside gives nothing."""
    shelf.write("templates/post.html", '{% include "../../secret.html" ~ "" ignore missing %}{{ post.title }}')
    shelf.build()
    assert shelf.page("2026/11/robots/index.html") == "Robots"


@pytest.mark.parametrize(
    "code",
    ["{{ psot.title }}", "{{ post.titel }}", "{{ site.index.posts }}", "{{ post | shout }}", "{{ data.nothing.here }}"],
)
def test_an_unknown_name_is_an_error_at_its_line(code: str, shelf: Folder) -> None:
    """Nothing undefined is ever printed as nothing: the template's line and the page that was made are named."""
    shelf.write("templates/post.html", f"<!doctype html>\n<p>\n{code}</p>\n")
    problem = refusal(shelf).problems[0]
    assert (problem.path, problem.line, problem.code) == ("templates/post.html", 3, "template")
    assert problem.excerpt == f"{code}</p>"
    assert PATH in problem.what or "shout" in problem.what


def test_a_fault_in_a_part_is_told_at_the_parts_own_line(shelf: Folder) -> None:
    """A macro in another file is blamed there, with the page for which it was called."""
    shelf.write("templates/parts/mine.html", "{% macro line(post) %}\n{{ post.titel }}\n{% endmacro %}\n")
    shelf.write("templates/post.html", '{% from "parts/mine.html" import line %}\n{{ line(post) }}\n')
    problem = refusal(shelf).problems[0]
    assert (problem.path, problem.line) == ("templates/parts/mine.html", 2)
    assert PATH in problem.what


@pytest.mark.parametrize("name", ["templates/assets/secret.css", "templates/post.html"])
def test_a_link_among_the_templates_does_not_lead_outside(name: str, shelf: Folder) -> None:
    """A theme that was copied from somewhere brings no file of this computer's onto the site."""
    (shelf.path / name).parent.mkdir(parents=True)
    (shelf.path / name).symlink_to(shelf.path.parent / "secret.html")
    with suppress(StorysiteError):
        shelf.build()
    assert leaks(shelf) == []


def test_settings_are_text_and_build_nothing(folder: Folder) -> None:
    """A tag that asks YAML for a Python object is only text, in settings, front matter and data."""
    mark = folder.path / "made-by-yaml"
    code = f'!!python/object/apply:os.system ["touch {mark}"]'
    folder.write("storysite.yml", f"title: Ours\ntheme_settings: {{a: {code}}}\n")
    folder.write("data/x.yml", f"a: {code}\n")
    folder.post("2026-11-20-robots", id="robots", extra=code)
    folder.build()
    assert not mark.exists()


def test_ten_lines_that_stand_for_a_million_values_are_refused(folder: Folder) -> None:
    """Repetitions of repetitions are counted before they are unfolded, in front matter, settings and data alike."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    folder.write("content/posts/2026-11-20-bomb.md", f"---\n{bomb}---\n")
    folder.write("data/bomb.yml", bomb)
    with pytest.raises(StorysiteError) as caught:
        folder.build()
    assert {problem.code for problem in caught.value.problems} >= {"header-too-large", "data-broken"}
    folder.write("storysite.yml", bomb)
    with pytest.raises(StorysiteError):
        folder.build()


def test_the_memory_is_no_place_for_code() -> None:
    """Nothing in the package reads pickles, evaluates text, or asks a shell."""
    package = Path(__file__).parents[2] / "storysite"
    for file in package.rglob("*.py"):
        text = file.read_text("utf-8")
        assert not re.search(
            r"\bpickle\b(?!able)|\beval\(|\bexec\(|shell=True|os\.system|yaml\.load\(|yaml\.unsafe", text
        ), file.name
