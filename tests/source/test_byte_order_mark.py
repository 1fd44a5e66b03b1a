"""A byte-order mark, which Notepad and Excel put before a text, is no part of it: in whatever text file of a site."""

from pathlib import Path

import pytest

from tests.folder import Folder, tree

MARK = b"\xef\xbb\xbf"
FILES = {
    "storysite.yml": "title: Our shelf\ntheme: small\nbase_url: https://example.org\n",
    "content/posts/2026-11-02-robots.md": "---\ntitle: Robots\nid: robots\n---\n\nThe **first** robot.\n",
    "content/posts/2026-11-03-hugo.md": "+++\ntitle = 'Hugo'\nid = 'hugo'\n+++\n\nText.\n",
    "content/posts/2026-11-04-json.md": '{"title": "Json", "id": "json"}\n\nText.\n',
    "content/posts/2026-11-05-plain.md": "# Plain\n\nText.\n",
    "content/posts/2026-11-06-page.html": "---\ntitle: Page\nid: page\n---\n<p>Text.</p>\n",
    "content/posts/2026-11-07-untyped": "---\ntitle: Untyped\nid: untyped\n---\n\nText.\n",
    "content/pages/about.md": "---\ntitle: About\nmenu: 1\n---\n\nText.\n",
    "data/hours.yml": "monday: 8 to 4\n",
    "data/staff.csv": "name,role\nAna,librarian\n",
    "data/rooms.json": '{"library": 12}',
    "themes/small/theme.yaml": "contract: 2\nextends: default\nlistings:\n  robots: {tag: robots}\n",
    "themes/small/templates/parts/more.html": "{{ data.hours.monday }} {{ data.staff[0].name }} {{ data.rooms.library }}",
    "templates/post.html": '{% extends "small:post.html" %}{% block head %}{{ super() }}{% endblock %}',
    "themes/small/templates/post.html": '{% extends "default:post.html" %}{% block main %}{{ super() }}{% include "parts/more.html" %}{% endblock %}',
    "templates/robots.txt": "User-agent: *\n",
    "templates/colors.css": ":root { --ink: #000 }\n",
}  # fmt: skip


def made(folder: Folder, marked: str, times: int) -> dict[str, bytes]:
    """Return the site in which the files whose name has `marked` in it begin with the mark."""
    for name, text in FILES.items():
        folder.write(name, MARK * times * (marked in name) + text.encode())
    build = folder.build()
    assert [
        problem.code for problem in build.result.problems if "encoding" in problem.code or "yaml" in problem.code
    ] == []
    return tree(folder.site)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("marked", ["", *FILES])
def test_a_mark_before_a_text_changes_nothing(marked: str, times: int, tmp_path: Path) -> None:
    """Each file alone, and all at once; twice, as after a program that adds one and one that keeps it."""
    assert made(Folder(tmp_path / "with"), marked, times) == made(Folder(tmp_path / "without"), "nowhere", 0)
