"""A template that is empty, or of which the end is missing, is told of and never makes pages."""

from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from storysite.theme.find import BUILT_IN, shipped_themes
from storysite.theme.syntax import TemplateSyntaxFault, wants_of
from storysite.theme.unfinished import unfinished
from tests.folder import Folder, tree

SHIPPED = sorted(
    file
    for home in (shipped_themes(), BUILT_IN)
    for ending in ("html", "xml")
    for file in home.rglob(f"*.{ending}")
    if "assets" not in file.parts
)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: "/".join(file.parts[-3:]))
def test_our_own_templates_are_whole(file: Path) -> None:
    """No template that comes with storysite is taken for half of one."""
    assert unfinished(file.read_text("utf-8")) == ("", "")


@pytest.mark.parametrize("name", ["frame.html", "post.html", "home.html"])
def test_a_template_that_is_cut_anywhere_is_noticed(name: str) -> None:
    """But for a place between two of its blocks, where what is left is a whole template too."""
    source = (shipped_themes() / "default/templates" / name).read_text("utf-8").rstrip()
    places = range(0, len(source), 11)
    assert sum(not is_noticed(source[:place]) for place in places) < len(places) / 40


def is_noticed(source: str) -> bool:
    try:
        wants_of(source, "cut.html")
    except TemplateSyntaxFault:
        return True
    return unfinished(source)[0] != ""


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf", b"\0" * 4096])
@pytest.mark.parametrize("name", ["post.html", "parts/card.html", "feed.xml", "frame.html"])
def test_an_empty_template_stops_the_build_and_the_site_stays(folder: Folder, name: str, content: bytes) -> None:
    """Also one of blanks, or of the zeros that a crash leaves."""
    folder.post("2026-11-02-robots", title="Robots")
    folder.build()
    good = tree(folder.site)
    folder.write(f"templates/{name}", content)
    with pytest.raises(ProblemsFound, match=f"templates/{name}: this template does not work: the file is empty"):
        folder.build()
    assert tree(folder.site) == good


def test_a_template_may_show_nothing_if_it_says_so(folder: Folder) -> None:
    """A remark is enough."""
    folder.post("2026-11-02-robots", title="Robots")
    folder.write("templates/month.html", "{# nothing #}")
    folder.build()
    assert folder.page("2026/11/index.html") == ""


def test_a_byte_order_mark_before_a_template_is_on_no_page(folder: Folder) -> None:
    """Windows' Notepad writes it."""
    folder.post("2026-11-02-robots", title="Robots")
    folder.build()
    good = folder.page("2026/11/robots/index.html")
    source = (shipped_themes() / "default/templates/frame.html").read_bytes()
    folder.write("templates/frame.html", b"\xef\xbb\xbf" + source)
    folder.build()
    assert folder.page("2026/11/robots/index.html") == good
