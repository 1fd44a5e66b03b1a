"""`default:post.html` is the file of the theme default, whatever stands in its place in the site or its theme."""

import pytest

from storysite.errors import ProblemsFound, UsageError
from storysite.theme.eject import eject_file
from storysite.theme.find import find_theme
from tests.folder import Folder, tree
from tests.secret import site_below_a_secret

PAGE = "2026/11/robots/index.html"


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with one story; its theme `small` frames the posts of the theme `plain`, both of the site's own."""
    folder.write("themes/plain/templates/post.html", "plain {{ post.title }}{% block more %} more{% endblock %}")
    folder.write("themes/small/templates/post.html", '{% extends "plain:post.html" %}')
    folder.write("themes/small/templates/base.html", "{% block main %}{% endblock %}")
    folder.write("storysite.yml", "theme: small\nbase_url: https://example.org\nsearch: false\n")
    folder.post("2026-11-02-robots", title="Robots", id="robots")
    return folder


def problem_of(folder: Folder) -> str:
    """Build, which fails, and return the one problem as it is printed."""
    with pytest.raises(ProblemsFound) as refused:
        folder.build()
    (problem,) = refused.value.problems
    return str(problem)


def test_a_template_extends_the_one_whose_place_it_takes(shelf: Folder) -> None:
    """A theme extends the default's file of the same name, and a site's own file that of its theme."""
    shelf.write(
        "themes/small/templates/post.html",
        '{% extends "default:post.html" %}{% block type %}{{ super() }}!{% endblock %}',
    )
    shelf.write("templates/post.html", '{% extends "small:post.html" %}{% block type %}{{ super() }}?{% endblock %}')
    shelf.build()
    assert '<meta property="og:type" content="article!?">' not in shelf.page(
        PAGE
    )  # the theme's base.html has no such block
    (shelf.path / "themes/small/templates/base.html").unlink()
    shelf.build()
    assert '<meta property="og:type" content="article!?">' in shelf.page(PAGE)
    assert "<h1>Robots</h1>" in shelf.page(PAGE)


@pytest.mark.parametrize(
    "how",
    [
        '{% extends "plain:post.html" %}',
        '{% include "plain:post.html" %}',
        '{% include ["none:post.html", "plain:post.html"] %}',
        '{% from "plain:post.html" import title with context %}{{ title() }}',
        '{% include "plain:" ~ "post.html" %}{% if false %}{% include "plain:post.html" %}{% endif %}',
    ],
)
def test_a_page_depends_on_the_files_of_other_themes_that_it_draws_in(how: str, shelf: Folder) -> None:
    """An edit of such a file makes the pages again that show it, and of others none."""
    macro = "{% macro title() %}plain {{ post.title }}{% endmacro %}"
    shelf.write("themes/plain/templates/post.html", f"{macro}plain {{{{ post.title }}}}")
    shelf.write("themes/small/templates/post.html", how)
    shelf.build()
    assert shelf.page(PAGE).strip() == "plain Robots"
    shelf.write("themes/plain/templates/page.html", "never shown")
    assert shelf.build().work.render == []
    shelf.write("themes/plain/templates/post.html", f"{macro.replace('plain', 'Plain')}Plain {{{{ post.title }}}}")
    assert [job.page.route for job in shelf.build().work.render if job.page.type == "post"] == [PAGE]
    assert shelf.page(PAGE).strip() == "Plain Robots"
    assert tree(shelf.site) == shelf.clean(shelf.path.parent / "clean")


def test_a_file_of_another_theme_that_comes_later_is_seen(shelf: Folder) -> None:
    """That a file is not there is a fact, too."""
    shelf.write("themes/small/templates/post.html", '{% include "plain:extra.html" ignore missing %}-')
    shelf.build()
    assert shelf.page(PAGE) == "-"
    shelf.write("themes/plain/templates/extra.html", "extra {{ post.title }}")
    shelf.build()
    assert shelf.page(PAGE) == "extra Robots-"


@pytest.mark.parametrize(
    "name",
    ["plain:none.html", "none:post.html", "plain:parts/../post.html", "plain:/post.html", "plain:plain:post.html"],
)
def test_a_file_that_no_theme_has_is_said(name: str, shelf: Folder) -> None:
    """The message names the template that asks for it, its line, and the name."""
    shelf.write("themes/small/templates/post.html", f'\n{{% extends "{name}" %}}')
    told = problem_of(shelf)
    assert told.startswith("themes/small/templates/post.html:2: this template does not work: it asks for the template")
    assert f'"{name}", which does not exist' in told


def test_a_fault_in_a_file_of_another_theme_is_told_of_that_file(shelf: Folder) -> None:
    """File and line are those where it happened; a line that cannot be read is told once."""
    shelf.write("themes/plain/templates/post.html", "one\n{{ psot }}")
    assert problem_of(shelf).startswith(
        "themes/plain/templates/post.html:2: this template does not work: it uses a name it is not given: 'psot'"
    )
    shelf.write("themes/plain/templates/post.html", "one\n{% if %}")
    assert problem_of(shelf).startswith("themes/plain/templates/post.html:2: this template does not work:")
    shelf.write("storysite.yml", "theme: plain\nbase_url: https://example.org\nsearch: false\n")
    shelf.write("templates/home.html", '{% include "plain:post.html" %}')
    assert problem_of(shelf).startswith("themes/plain/templates/post.html:2: this template does not work:")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"themes/small/templates/post.html": '-\n{% extends "small:post.html" %}'},
            "themes/small/templates/post.html:2: this template does not work: "
            "it extends itself (post.html → small:post.html); name the theme whose file you mean, as in default:post.html",
        ),
        (
            {"templates/post.html": '{% extends "post.html" %}'},
            "templates/post.html:1: this template does not work: it extends itself (post.html → post.html); name",
        ),
        (
            {
                "themes/plain/templates/post.html": '{% extends "base.html" %}',
                "themes/small/templates/base.html": '{% extends ["none.html", "plain:post.html"] %}',
            },
            "themes/small/templates/base.html:1: this template does not work: "
            "it extends itself (base.html → plain:post.html → base.html); name",
        ),
    ],
)
def test_a_template_that_extends_itself_is_said(files: dict[str, str], said: str, shelf: Folder) -> None:
    """However long the way is, the message names it once, and nothing runs without an end."""
    for name, text in files.items():
        shelf.write(name, text)
    assert problem_of(shelf).startswith(said)


def test_a_template_that_includes_itself_is_said(shelf: Folder) -> None:
    """What is only found when the page is made is told in plain words, too."""
    shelf.write("themes/plain/templates/post.html", '{% include "plain:post.html" %}')
    assert "it includes itself, directly or through other templates, without end" in problem_of(shelf)


def test_no_file_outside_the_themes_can_be_named(folder: Folder) -> None:
    """Neither a theme's name nor a file's leads to another place, and a link in a theme that does is refused."""
    shelf = site_below_a_secret(folder)
    for name in [
        "default:../../../secret.html",
        "../..:secret.html",
        f"default:{folder.path.parent}/secret.html",
        "..:secret.html",
        ":secret.html",
    ]:
        shelf.write("templates/post.html", f'{{% include "{name}" %}}')
        with pytest.raises(ProblemsFound) as refused:
            shelf.build()
        assert "which does not exist" in str(refused.value)
    shelf.write("themes/plain/templates/a.html", "")
    (shelf.path / "themes/plain/templates/secret.html").symlink_to(shelf.path.parent / "secret.html")
    shelf.write("templates/post.html", '{% include "plain:secret.html" %}')
    with pytest.raises(ProblemsFound) as refused:
        shelf.build()
    assert "themes/plain/templates/secret.html: this is a link to a place outside the site's themes" in str(
        refused.value
    )


def test_a_site_can_copy_a_file_of_another_theme(shelf: Folder) -> None:
    """`storysite theme eject plain:post.html` copies it to templates/post.html; a file that is not there is said."""
    made = eject_file(shelf.path, find_theme(shelf.path, "small"), "plain:post.html")
    assert made == shelf.path / "templates/post.html"
    shelf.build()
    assert shelf.page(PAGE) == "plain Robots more"
    with pytest.raises(UsageError, match=r'the theme plain has no file "psot\.html"'):
        eject_file(shelf.path, find_theme(shelf.path, "small"), "plain:psot.html")


def test_what_systems_leave_in_a_theme_is_none_of_its_files(shelf: Folder) -> None:
    """A picture folder's list of Windows is no template, and no file for readers."""
    for place in ("templates", "templates/parts", "templates/assets", "themes/small/assets", "themes/plain/templates"):
        for name in ("Thumbs.db", "~$post.html", "post.html.bak", "#post.html#", "._post.html", "desktop.ini"):
            shelf.write(f"{place}/{name}", b"\xff\xfe\x00{% if")
    shelf.build()
    assert shelf.page(PAGE) == "plain Robots more"
    assert [route for route in shelf.routes() if "Thumbs" in route or "post.html" in route or "desktop" in route] == []


@pytest.mark.parametrize(
    "name",
    ["./extra.html", "/extra.html", "parts//extra.html", "parts/./extra.html", "assets/extra.html", ".extra.html", "extra.html~"],
)  # fmt: skip
@pytest.mark.parametrize("computed", [False, True])
def test_what_is_drawn_in_is_what_the_page_depends_on(name: str, computed: bool, shelf: Folder) -> None:
    """A file that is no template under this very name is none that a template can draw in, or an edit would be missed."""
    for file in {
        name.replace("/.", "").replace("./", "").replace("//", "/").lstrip("/"),
        "extra.html",
        "parts/extra.html",
    }:
        shelf.write(f"templates/{file}", "one")
    asked = f'"{name[:3]}" ~ "{name[3:]}"' if computed else f'"{name}"'
    shelf.write("themes/small/templates/post.html", f"{{% include {asked} ignore missing %}}-{{{{ post.title }}}}")
    shelf.build()
    assert shelf.page(PAGE).strip() == "-Robots"
    told = f'it asks for the template "{name}", which does not exist'
    shelf.write("themes/small/templates/post.html", f"{{% include {asked} %}}-{{{{ post.title }}}}")
    assert told in problem_of(shelf)
