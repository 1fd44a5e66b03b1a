"""A theme may be an installed package, and may build on another: the guide's example does both, and is tried here."""

import shutil
import sys
from pathlib import Path

import pytest

from storysite.errors import ProblemsFound, StorysiteError
from storysite.theme.eject import eject_file
from storysite.theme.find import find_theme, theme_names
from tests.command_line import ROOT, install, storysite
from tests.folder import Folder, tree
from tests.guide_pages import fences, page

SOURCES = ROOT / "tests" / "packages" / "storysite_theme_bulletin"
PACKAGE = "storysite_theme_bulletin"
SETTINGS = "theme: bulletin\nbase_url: https://example.org\nsearch: false\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of packages in which the example theme is installed."""
    return install(SOURCES, tmp_path_factory.mktemp("packages"))


@pytest.fixture
def packages(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of these packages, which this process can import, too."""
    copy = shutil.copytree(installed, tmp_path / "packages")
    monkeypatch.syspath_prepend(str(copy))
    return copy


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with three stories, two of them thanks, that uses the example theme."""
    folder.write("storysite.yml", SETTINGS)
    folder.post("2026-11-02-robots", title="Robots", id="robots", kind="thanks", summary="S", room="12", tags="tech")
    folder.post("2026-11-03-poems", title="Poems", id="poems", kind="thanks", summary="S", tags="verse")
    folder.post("2026-11-04-kites", "See [thanks](/thank-you/).", title="Kites", id="kites", kind="news", summary="S")
    return folder


def test_an_installed_theme_makes_a_site(shelf: Folder, installed: Path) -> None:
    """The command finds it by its name; its page, its templates and its cards are those of the package."""
    result = storysite(shelf.path, "build", packages=installed)
    assert (result.returncode, result.stderr) == (0, "")
    thanks = shelf.page("thank-you/index.html")
    assert "<h1>Thank you</h1>" in thanks
    assert "Robots</a>, room 12</li>" in thanks
    assert "Poems</a></li>" in thanks
    assert "Kites" not in thanks
    assert '<p class="soft">Room 12</p>' in shelf.page("2026/11/robots/index.html")
    assert '<meta property="og:type" content="article">' in shelf.page("2026/11/robots/index.html")
    assert "thank-you/" in shelf.page("sitemap.xml")
    assert "--accent: #8a2b35" in next((shelf.site / "assets").glob("colors.*.css")).read_text("utf-8")


def test_an_installed_theme_is_listed_and_known_by_its_package(shelf: Folder, installed: Path) -> None:
    """`theme list` names it with its package; a site may name the package, too."""
    assert "bulletin  (installed: storysite_theme_bulletin)  (in use)\n" in storysite(
        shelf.path, "theme", "list", packages=installed
    ).stdout  # fmt: skip
    shelf.write("storysite.yml", SETTINGS.replace("bulletin", PACKAGE))
    assert storysite(shelf.path, "build", packages=installed).returncode == 0
    assert (shelf.site / "thank-you/index.html").is_file()
    result = storysite(shelf.path, "build")
    assert (result.returncode, "theme-unknown" in result.stderr) == (2, True)


def test_an_edit_makes_the_pages_again_that_show_it(shelf: Folder, packages: Path, tmp_path: Path) -> None:
    """A changed room is seen on the story's page and wherever its card stands, and nowhere else."""
    shelf.build()
    shelf.post("2026-11-02-robots", title="Robots", id="robots", kind="thanks", summary="S", room="14", tags="tech")
    work = shelf.build().work
    assert {job.page.url for job in work.render} == {
        "", "thank-you/", "2026/11/", "2026/11/robots/", "2026/11/poems/", "archive/2026-27/", "archive/", "wall/",
        "archive/2026-27/term-1/", "tags/tech/", "tags/tech/feed.xml", "kinds/thanks/", "kinds/thanks/feed.xml",
        "feed.xml", "atom.xml", "feed.json", "404.html",
    }  # fmt: skip
    assert "room 14" in shelf.page("thank-you/index.html")
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")
    assert packages


def test_a_new_version_makes_the_pages_again_that_it_changes(shelf: Folder, packages: Path) -> None:
    """Files of the package are among what a build looks at, so that nothing is taken to be up to date wrongly."""
    shelf.build_if_needed()
    (packages / PACKAGE / "templates" / "thank-you.html").write_text("New: {{ page.title }}", "utf-8")
    assert shelf.build_if_needed().made == [("thank-you/", "something it shows changed")]
    assert shelf.page("thank-you/index.html") == "New: Thank you"
    (packages / PACKAGE / "templates" / "thank-you.html").write_text("{{ psot }}", "utf-8")
    with pytest.raises(ProblemsFound, match=rf"packages/{PACKAGE}/templates/thank-you\.html:1: this template does not"):
        shelf.build_if_needed()


def test_a_site_changes_files_of_an_installed_theme(shelf: Folder, packages: Path) -> None:
    """Its own copy of a file comes first, then its own theme of the same name, then the package."""
    shelf.write("themes/bulletin/templates/thank-you.html", "ours")
    shelf.build()
    assert shelf.page("thank-you/index.html") == "ours"
    assert '<p class="soft">Room 12</p>' in shelf.page("2026/11/robots/index.html")
    assert eject_file(shelf.path, find_theme(shelf.path, "bulletin"), "post.html").read_bytes() == (
        (packages / PACKAGE / "templates/post.html").read_bytes()
    )
    shelf.write("templates/post.html", '{% extends "bulletin:post.html" %}{% block type %}{{ super() }}!{% endblock %}')
    shelf.build()
    assert 'content="article!"' in shelf.page("2026/11/robots/index.html")
    assert '<p class="soft">Room 12</p>' in shelf.page("2026/11/robots/index.html")


def test_a_package_neither_runs_nor_takes_a_name_of_storysites_own(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No code of it is run, one that is broken is left out, and `default` stays the theme that comes with storysite."""
    home = tmp_path / "packages"
    for name, text in {
        "evil/__init__.py": "raise SystemExit('run')",
        "evil/themes/inner/templates/post.html": "inner",
        "evil/templates/post.html": "evil",
        "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil-1.dist-info/entry_points.txt": "[storysite.themes]\ndefault = evil\ninner = evil.themes.inner\ngone = absent\n"
        "empty = evil.none\n",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(home))
    assert theme_names(folder.path) == ["default", "gazette", "inner"]
    folder.post("2026-11-02-robots", title="Robots", id="robots")
    folder.build()
    assert "evil" not in folder.page("2026/11/robots/index.html")
    folder.write("storysite.yml", "theme: inner\n")
    folder.build()
    assert folder.page("2026/11/robots/index.html") == "inner"
    assert "evil" not in sys.modules


def test_the_example_of_the_guide_is_the_package() -> None:
    """Every file of the package stands in the guide, word for word."""
    text = page("theme-authors")
    shown = {example for language in ("yaml", "toml", "jinja") for example in fences(text, language)}
    files = [file for file in SOURCES.rglob("*") if file.suffix in (".toml", ".yaml", ".html")]
    assert len(files) == 4
    for file in files:
        assert file.read_text("utf-8") in shown, file.name
        assert f"`{file.relative_to(SOURCES).as_posix()}`:" in text


def test_a_theme_has_what_it_extends(folder: Folder) -> None:
    """Settings, palettes, pages and templates are those of the other theme, but for what it declares itself."""
    folder.write("themes/one/theme.yaml", "extends: gazette\nsettings: {motto: {default: Ours}}\ncard_fields: [a]\n")
    folder.write("themes/one/templates/wall.html", "one {{ site.settings.motto }} {{ site.settings.palette }}")
    folder.write("themes/two/theme.yaml", 'extends: one\ncard_fields: [b]\npalettes: {Plain: {ink: "#000 #fff"}}\n')
    folder.write("storysite.yml", "theme: two\ntheme_settings: {palette: plain}\n")
    built = folder.build()
    assert folder.page("wall/index.html") == "one Ours Plain"
    assert built.plan.theme.design.card_fields == ("a", "b")
    assert [color.role for color in built.plan.theme.design.colors] == ["ink"]
    gazette = ROOT / "themes/gazette/assets/style.css"
    assert next((folder.site / "assets").glob("style.*.css")).read_bytes() == gazette.read_bytes()


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("gazete", 'themes/one/theme.yaml: this theme cannot be used: it extends "gazete", but there is no such theme'),
        (
            "two",
            "themes/two/theme.yaml: this theme cannot be used: it extends itself (one → two → one)  [theme-manifest]",
        ),
        ("../two", 'it extends "../two", but there is no such theme'),
    ],
)
def test_a_theme_that_cannot_be_extended_is_said(extends: str, said: str, folder: Folder) -> None:
    """A name that no theme has, or a circle, is told of the file that names it."""
    folder.write("themes/one/theme.yaml", f"extends: {extends}\n")
    folder.write("themes/two/theme.yaml", "extends: one\n")
    folder.write("storysite.yml", "theme: one\n")
    with pytest.raises(StorysiteError) as refused:
        folder.build()
    assert said in str(refused.value)
