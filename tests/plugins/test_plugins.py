"""Plugins: an installed package adds filters, keys, pages, rules, commands and steps, and the law holds with them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storysite.build.open_site import open_site
from storysite.build.options import BuildOptions
from storysite.errors import ProblemsFound
from tests.command_line import ROOT, install, storysite
from tests.folder import Folder, tree
from tests.guide_pages import fences, page
from tests.strangers import forget_plugins

SOURCES = ROOT / "tests" / "packages" / "storysite_reading_list"
PACKAGE = "storysite_reading_list"
SETTINGS = "base_url: https://example.org\nplugins: reading-list\nsearch: no\n"
BOOK = "https://openlibrary.org/isbn/9780142407332"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of packages in which the example plugin is installed."""
    return install(SOURCES, tmp_path_factory.mktemp("packages"))


@pytest.fixture
def packages(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of these packages, which this process can import, too."""
    copy = shutil.copytree(installed, tmp_path / "packages")
    monkeypatch.syspath_prepend(str(copy))
    yield copy
    forget_plugins()


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site that asks for the plugin, with two stories of books and one without."""
    folder.write("storysite.yml", SETTINGS)
    folder.post("2026-11-02-hatchet", title="Hatchet", id="hatchet", summary="S", isbn="978-0-14-240733-2")
    folder.post("2026-11-03-holes", title="Holes", id="holes", summary="S", isbn="0-440-41480-0")
    folder.post("2026-11-04-kites", "See [books](/books/).", title="Kites", id="kites", summary="S")
    return folder


def test_an_installed_plugin_adds_all_it_says(shelf: Folder, installed: Path) -> None:
    """The page of books, in the sitemap and to be linked to, the filter in it, and the step that was made of it."""
    result = storysite(shelf.path, "build", packages=installed)
    assert (result.returncode, result.stderr) == (0, "")
    books = shelf.page("books/index.html")
    assert "<h1>Books in our stories</h1>" in books
    assert f'<a href="{BOOK}">9780142407332</a>' in books
    assert ">Hatchet</a>" in books
    assert "books/</loc>" in shelf.page("sitemap.xml")
    assert shelf.page("book-list/books.txt") == "0440414800\n9780142407332\n"
    assert storysite(shelf.path, "books", packages=installed).stdout == "9780142407332  Hatchet\n0440414800  Holes\n"
    assert "List the books that your stories name." in storysite(shelf.path, "--help", packages=installed).stdout


def test_a_plugin_that_no_setting_names_does_nothing(shelf: Folder, installed: Path) -> None:
    """To install a package changes no site."""
    shelf.write("storysite.yml", SETTINGS.replace("plugins: reading-list\n", ""))
    storysite(shelf.path, "build", packages=installed)
    assert not (shelf.site / "books").exists()
    assert not (shelf.site / "book-list").exists()


def test_a_value_that_the_reader_refuses_is_told_at_its_line(shelf: Folder, packages: Path) -> None:
    shelf.post("2026-11-05-odd", title="Odd", id="odd", isbn="12345")
    problems = [problem for problem in shelf.build().problems if problem.path]
    assert [(problem.code, problem.line > 1, problem.what) for problem in problems] == [
        ("post-value", True, '"12345" is not an ISBN')
    ]
    assert packages


def test_what_a_rule_finds_is_a_warning_that_settings_weigh(shelf: Folder, packages: Path) -> None:
    shelf.post("2026-11-05-review", title="Review", id="review", summary="S", tags="book review")
    assert [problem.code for problem in shelf.build().problems] == ["plugin-rule"]
    shelf.write("storysite.yml", SETTINGS + "problems: {plugin-rule: error}\n")
    with pytest.raises(ProblemsFound, match="this book review does not say which book"):
        shelf.build()
    assert packages


def test_an_edit_of_a_story_makes_the_pages_of_plugins_again_that_show_it(
    shelf: Folder, packages: Path, tmp_path: Path
) -> None:
    """A page of a plugin depends on its slices, as any other: a text is none of them, a number is."""
    shelf.build()
    shelf.post("2026-11-02-hatchet", "Another text.", title="Hatchet", id="hatchet", summary="S", isbn="9780142407332")
    assert "books/" not in {job.page.url for job in shelf.build().work.render}
    shelf.post("2026-11-02-hatchet", "Another text.", title="Hatchet", id="hatchet", summary="S", isbn="9780689840920")
    assert "books/" in {job.page.url for job in shelf.build().work.render}
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")
    assert packages


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("__init__.py", "https://openlibrary.org", "https://catalog.example.org"),
        ("__init__.py", "(97[89])?", "(97[89])"),
        ("templates/books.html", "<ul>", "<ol>"),
        ("__init__.py", '"books/", "Books', '"our-books/", "Books'),
    ],
    ids=["a filter", "a reader", "a template", "an address"],
)
def test_a_new_version_of_a_plugin_is_seen(
    shelf: Folder, packages: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    """Its files are in every key: what it does otherwise now is on the pages after the next build."""
    shelf.build_if_needed()
    before, path = tree(shelf.site), packages / PACKAGE / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    forget_plugins()
    shelf.build_if_needed()
    assert tree(shelf.site) != before
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")


def test_a_step_is_taken_only_when_a_page_changed_and_its_files_go_with_it(shelf: Folder, installed: Path) -> None:
    """What lies among them stays, whoever put it there."""
    storysite(shelf.path, "build", packages=installed)
    made = (shelf.site / "book-list/books.txt").stat().st_mtime_ns
    storysite(shelf.path, "build", packages=installed)
    assert (shelf.site / "book-list/books.txt").stat().st_mtime_ns == made
    shelf.write("_site/book-list/mine.txt", "mine")
    shelf.write("storysite.yml", SETTINGS.replace("plugins: reading-list\n", ""))
    storysite(shelf.path, "build", packages=installed)
    assert [file.name for file in (shelf.site / "book-list").iterdir()] == ["mine.txt"]


def test_a_page_in_memory_is_the_page_on_disk(shelf: Folder, packages: Path) -> None:
    """Also where filters and readers of plugins take part."""
    shelf.write("templates/post.html", "{{ post.extra.isbn | default(0) | catalog_url }}")
    shelf.build()
    with open_site(BuildOptions(shelf.path, jobs=1)) as site:
        made = site.render("content/posts/2026-11-02-hatchet.md")
    assert made.decode() == shelf.page("2026/11/hatchet/index.html") == BOOK
    assert packages


BROKEN = {
    "raise SystemExit('run')": 'evil: the plugin "evil" cannot be loaded: SystemExit: run',
    "import absent": "cannot be loaded: ModuleNotFoundError: No module named 'absent'",
    "def plugin(": "cannot be loaded: SyntaxError",
    "": "cannot be loaded: AttributeError",
    "plugin = 7": '"evil" is not a plugin: evil:plugin has to be a storysite.plugins.Plugin',
    "from storysite.plugins import Plugin\nplugin = Plugin(keys={'isbn': lambda value: 1 / 0})": "plugin-failed",
    "from storysite.plugins import Plugin\nplugin = Plugin(keys={'isbn': lambda value: {1, 2} ^ {object()}})": "TypeError",
    "from storysite.plugins import Plugin\nplugin = Plugin(rules=(lambda site: site.absent,))": "a rule of the plugin",
    "from storysite.plugins import Plugin\nplugin = Plugin(rules=(lambda site: [7],))": "a rule of the plugin",
}
MAKER = """from storysite.plugins import Plugin
from storysite.model.theme import AddedPage, AddedPages
def make(index):
    {}
plugin = Plugin(pages=(AddedPages("evil", "404.html", "evil pages", "/evil/", make),))
"""
BROKEN |= {
    MAKER.format("return 7"): "cannot make its pages (evil pages): TypeError",
    MAKER.format("yield index.absent"): "cannot make its pages (evil pages): AttributeError",
    MAKER.format("yield 7"): "cannot make its pages (evil pages): AttributeError",
    **{
        MAKER.format(f"yield AddedPage({url!r}, 'Evil')"): "is no address in this site"
        for url in (
            "../evil/",
            "/etc/",
            "",
            "a//b/",
            "a/../../b/",
            "a\\b",
            "C:/x/",
            "a\nb/",
            "https://example.org/",
            "a/./b/",
        )
    },
    MAKER.format("yield AddedPage('archive/', 'Evil')"): "would both have the address",
}


@pytest.mark.parametrize("source", BROKEN, ids=range(len(BROKEN)))
def test_a_plugin_that_does_not_work_is_named(source: str, shelf: Folder, packages: Path) -> None:
    """Whatever a stranger's code does when it is loaded or called: one sentence, and no traceback."""
    for name, text in {
        "evil/__init__.py": source,
        "evil-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil-1.dist-info/entry_points.txt": "[storysite.plugins]\nevil = evil:plugin\n",
    }.items():
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(text, "utf-8")
    shelf.write("storysite.yml", SETTINGS.replace("reading-list", "evil"))
    try:
        said = "\n".join(map(str, shelf.build().problems))
    except ProblemsFound as error:
        said = str(error)
    assert BROKEN[source].removeprefix("evil: ") in said


def test_a_filter_that_fails_is_a_fault_of_the_template_that_uses_it(shelf: Folder, packages: Path) -> None:
    shelf.write("templates/404.html", "{{ 7 | catalog_url }}")
    file = packages / PACKAGE / "__init__.py"
    file.write_text(
        file.read_text("utf-8").replace('return f"https', 'raise OSError("no catalog")\n    return f"https')
    )
    forget_plugins()
    with pytest.raises(
        ProblemsFound, match=r'the filter "catalog_url" of the plugin "reading-list" failed: OSError: no'
    ):
        shelf.build()


@pytest.mark.parametrize("name", ["reading", "readinglist", "7", "a b", "../x", "[1, 2]", "{a: b}"])
def test_a_plugin_that_is_not_installed_is_said(name: str, shelf: Folder, packages: Path) -> None:
    shelf.write("storysite.yml", SETTINGS.replace("reading-list", name))
    with pytest.raises(
        ProblemsFound, match=r"settings-value(.|\n)*storysite.yml:2|storysite.yml:2(.|\n)*there is no plugin"
    ):
        shelf.build()
    assert packages


def test_the_example_of_the_guide_is_the_package() -> None:
    """Every file of the package stands in the guide, word for word."""
    text = page("plugins")
    shown = {example for language in ("python", "toml", "jinja") for example in fences(text, language)}
    files = [file for file in SOURCES.rglob("*") if file.suffix in (".toml", ".py", ".html")]
    assert len(files) == 4
    for file in files:
        assert file.read_text("utf-8") in shown, file.name
        assert f"`{file.relative_to(SOURCES).as_posix()}`:" in text
