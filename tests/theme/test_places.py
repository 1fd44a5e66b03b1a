"""Nothing outside the folders of themes is ever read or published as a part of one, by whatever name a link leads there."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from storysite.build.inputs import snapshot_inputs
from storysite.errors import ProblemsFound
from tests.folder import Folder, tree
from tests.secret import SECRET, leaks, refusal, site_below_a_secret

PAGE = "2026/11/robots/index.html"
DRAFT = "content/posts/2026-11-21-secret.md"


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site that was built with a theme of a stranger, and a secret beside it and in a draft."""
    shelf = site_below_a_secret(folder)
    shelf.write("storysite.yml", "theme: evil\nbase_url: https://example.org\nsearch: no\n")
    shelf.write("themes/evil/theme.yaml", "contract: 2\n")
    shelf.write("themes/evil/assets/style.css", "p {}")
    shelf.write("themes/evil/templates/parts/words.txt", "words")
    shelf.write("themes/evil/templates/post.html", "{{ post.title }}")
    for name in ("frame", "wall"):  # which show files that only the default theme has
        shelf.write(f"themes/evil/templates/{name}.html", name)
    shelf.write("templates/assets/more/own.css", "p {}")
    shelf.write(DRAFT, f"---\ndraft: true\n---\n{SECRET}")
    shelf.build()
    return shelf


PLACES = [
    "templates", "templates/page.html", "templates/parts", "templates/assets", "templates/assets/more",
    "templates/assets/more/own.css", "themes", "themes/evil", "themes/evil/theme.yaml", "themes/evil/assets",
    "themes/evil/assets/style.css", "themes/evil/assets/fonts", "themes/evil/templates", "themes/evil/templates/post.html",
    "themes/evil/templates/parts", "themes/evil/templates/parts/deep",
]  # fmt: skip
TARGETS = {
    "a file of the computer": "../secret.html",
    "a folder of the computer": "../secrets",
    "nothing": "../nothing",
    "the whole site": ".",
    "stories that are not shown": "content",
    "a draft": DRAFT,
    "what is remembered": ".storysite",
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("place", PLACES)
def test_a_link_that_leads_out_of_the_themes_is_refused(place: str, target: str, shelf: Folder) -> None:
    """By its name, whatever is there; nothing of it is published, and the last good site stays."""
    link = shelf.path / place
    if link.exists():
        link.rename(shelf.path / "aside")
    link.symlink_to(shelf.path / TARGETS[target])
    told = {(problem.path, problem.code) for problem in refusal(shelf).problems}
    if place not in ("themes", "themes/evil"):  # where no folder is any more, there is no such theme
        assert (place, "link-outside") in told
    assert leaks(shelf) == []


@pytest.mark.parametrize("name", [".x", ".ssh", "x~", "#x#", "x.bak", "Thumbs.db"])
@pytest.mark.parametrize("place", ["templates", "templates/assets", "themes/evil/templates", "themes/evil/assets"])
@pytest.mark.parametrize("target", ["../secret.html", "../secrets"])
def test_what_no_theme_has_is_not_read_through_a_link_either(target: str, place: str, name: str, shelf: Folder) -> None:
    """A hidden file or a backup is none of a theme's: it is neither published nor can a template ask for it."""
    before = tree(shelf.site)
    (shelf.path / place / name).symlink_to(shelf.path / target)
    shelf.build()
    assert tree(shelf.site) == before
    shelf.write(
        "templates/post.html", f"{{% include {name!r} ~ '/secret.md' ignore missing %}}{{% include {name!r} %}}"
    )
    assert "which does not exist" in str(refusal(shelf))


def test_a_link_to_another_folder_of_themes_is_followed_and_what_is_saved_there_is_seen(
    shelf: Folder, tmp_path: Path
) -> None:
    """A part that two themes share may lie in one of them, as one file or as a folder."""
    shelf.write("themes/shared/parts/one.html", "one")
    (shelf.path / "templates/folder").symlink_to("../themes/shared/parts")
    (shelf.path / "templates/file.html").symlink_to("../themes/shared/parts/one.html")
    (shelf.path / "templates/assets/linked").symlink_to("../../themes/shared/parts")
    shelf.write("templates/post.html", "{% include 'folder/one.html' %}-{% include 'file.html' %}")
    for text in ("one", "two", "one"):
        shelf.write("themes/shared/parts/one.html", text)
        shelf.build_if_needed()
        assert shelf.page(PAGE) == f"{text}-{text}"
        assert tree(shelf.site) == shelf.clean(tmp_path / "clean")
    assert any(route.startswith("assets/linked/one.") for route in shelf.routes())


def test_links_in_a_circle_and_to_the_root_of_the_disk_come_to_an_end(shelf: Folder) -> None:
    """What lies in themes is listed once; a theme that is not used may lead where it likes, for nobody follows it."""
    (shelf.path / "themes/evil/templates/parts/up").symlink_to("../..")
    (shelf.path / "themes/other").mkdir()
    (shelf.path / "themes/other/disk").symlink_to("/")
    (shelf.path / "themes/other/up").symlink_to("../..")
    seen = snapshot_inputs(shelf.path, ()).templates
    assert len(seen) < 30
    shelf.build()
    assert leaks(shelf) == []


def test_a_queue_among_the_templates_holds_nothing_up(shelf: Folder) -> None:
    """What is neither a file nor a folder is not opened."""
    os.mkfifo(shelf.path / "themes/evil/templates/queue.html")
    os.mkfifo(shelf.path / "themes/evil/assets/queue.css")
    shelf.build()


def test_a_link_that_turns_up_later_and_goes_again(shelf: Folder, tmp_path: Path) -> None:
    """Each of these builds sees how things are now."""
    link = shelf.path / "themes/evil/assets/style.css"
    link.unlink()
    link.symlink_to(shelf.path.parent / "secret.html")
    for _ in range(2):
        with suppress(ProblemsFound):
            shelf.build_if_needed()
            raise AssertionError("a link was followed")
    link.unlink()
    link.write_text("p {color: red}", "utf-8")
    shelf.build_if_needed()
    assert tree(shelf.site) == shelf.clean(tmp_path / "clean")
