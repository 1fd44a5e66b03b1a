"""Where the links of a post may lead: to files in the site's folder, however they are written, and to no other."""

from posixpath import normpath

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from storysite.model.links import file_candidates, page_candidates, post_name

SOURCES = some.sampled_from(
    ["content/posts/a.md", "content/posts/2026/trip/index.md", "content/pages/about.md", "content/pages/guide/index.md"]
)
PIECES = some.sampled_from(
    ["..", ".", "/", "//", "\\", "..\\", "../", "%2e%2e", "%2F", "%", "a", "b c", "é", "读", "index.md", ".md", "content", "static",
     "posts", "?", "#x", "C:", "~", "\x00", "etc/passwd", "storysite.yml"]
)  # fmt: skip
TARGETS = some.lists(PIECES, max_size=9).map("".join) | some.text()


@given(TARGETS, SOURCES)
@example("..\\..\\~", "content/posts/a.md")
def test_no_link_leads_out_of_the_folder(target: str, source: str) -> None:
    """However a target is put together, each path it may mean lies in the site's folder, and is written plainly."""
    for path in file_candidates(target, source):
        assert not path.startswith(("/", "~"))
        assert normpath(path) == path
        assert ".." not in path.split("/")
        assert "\\" not in path


@given(TARGETS, some.sampled_from(["", "about/", "2026/03/a/", "a.html"]))
def test_no_link_to_a_page_leads_above_the_site(target: str, url: str) -> None:
    """What a link may mean as an address has no slash at its beginning and goes up no folder."""
    for path in page_candidates(target, url):
        assert not path.startswith("/")
        if not target.startswith("/"):
            assert ".." not in path.split("/")


@pytest.mark.parametrize(
    ("target", "source", "first"),
    [
        ("robot.png", "content/posts/a.md", "content/posts/robot.png"),
        ("../robot.png", "content/posts/2026/a.md", "content/posts/robot.png"),
        ("..\\robot.png", "content/posts/2026/a.md", "content/posts/robot.png"),
        ("./x/../robot.png", "content/posts/a.md", "content/posts/robot.png"),
        ("/robot.png", "content/posts/a.md", "static/robot.png"),
        ("../posts/b.md", "content/pages/about.md", "content/posts/b.md"),
    ],
)
def test_the_file_beside_the_post_comes_first(target: str, source: str, first: str) -> None:
    """Relative to the file that names it, with slashes of either kind; from the top of static/ with one in front."""
    assert file_candidates(target, source)[0] == first


@pytest.mark.parametrize("steps", ["../" * 4, "..\\" * 4, "x/" + "../" * 5, "/../", "/..\\", "/x/../../"])
def test_what_leads_outside_means_nothing(steps: str) -> None:
    """A name with too many steps up is looked for neither out there nor, with fewer steps, inside."""
    assert file_candidates(f"{steps}robot.png", "content/posts/a.md") == []


def test_a_link_without_an_ending_may_mean_a_post() -> None:
    """As other programs write links between notes."""
    found = file_candidates("poems", "content/posts/a.md")
    assert {"content/posts/poems.md", "content/posts/poems.markdown", "content/posts/poems/index.md"} <= set(found)
    assert [path for path in file_candidates("poems.pdf", "content/posts/a.md") if path.endswith(".md")] == []


@pytest.mark.parametrize(
    ("path", "name"),
    [("x/Poems.MD", "poems"), ("x/poems/index.md", "poems"), ("poems.markdown", "poems"), ("a.png", "")],
)
def test_a_post_is_called_by_its_files_name(path: str, name: str) -> None:
    """Wherever it lies, in whatever case; what is no post's file has no such name."""
    assert post_name(path) == name
