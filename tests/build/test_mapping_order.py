"""What stands in a mapping, in which order, and of what type: a template shows all three, so a change is a change."""

from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from tests.folder import NOW, Folder, tree
from tests.model.test_index import EMPTY

EDITS = {
    "data, order": ("data/menu.yml", "b: 1\na: 2\n", "a: 2\nb: 1\n"),
    "data, type": ("data/menu.yml", "a: 1\n", "a: true\n"),
    "data, a day and its text": ("data/menu.yml", "a: 2026-11-02\n", "a: '2026-11-02'\n"),
    "data, what is no number": ("data/menu.yml", "a: .nan\n", "a: .inf\n"),
    "data, nothing": ("data/menu.yml", "a: .nan\n", "a: null\n"),
    "data in JSON, order": ("data/menu.json", '{"b": [{"d": 1, "c": 2}], "a": 2}', '{"b": [{"c": 2, "d": 1}], "a": 2}'),
    "data in JSON, type": ("data/menu.json", '{"a": 1}', '{"a": 1.0}'),
    "data in a table, order": ("data/menu.csv", "b,a\n1,2\n", "a,b\n2,1\n"),
    "settings, order": ("storysite.yml", "{d: x, c: {f: 1, e: 2}}", "{c: {f: 1, e: 2}, d: x}"),
    "settings, order further down": ("storysite.yml", "{f: 1, e: 2}", "{e: 2, f: 1}"),
    "front matter, order": ("content/posts/2026-11-02-kites.md", "m: {b: 1, a: 2}\n", "m: {a: 2, b: 1}\n"),
    "front matter, type": ("content/posts/2026-11-02-kites.md", "m: {a: 1}\n", "m: {a: true}\n"),
    "theme.yaml, order": (
        "themes/small/theme.yaml",
        "{b: {default: x}, a: {default: y}}",
        "{a: {default: y}, b: {default: x}}",
    ),
}


@pytest.mark.parametrize("kept", [False, True], ids=["a build", "a session"])
@pytest.mark.parametrize("edit", EDITS)
def test_another_order_or_type_is_seen(edit: str, folder: Folder, tmp_path: Path, *, kept: bool) -> None:
    """By the next build, and by the next one of the same process, which keeps its Index and its plan if it may."""
    folder.write(
        "storysite.yml", "base_url: https://example.org\ntheme: small\ntheme_settings: {d: x, c: {f: 1, e: 2}}\n"
    )
    folder.write("themes/small/theme.yaml", "settings: {b: {default: x}, a: {default: y}}\n")
    for name in EMPTY:
        folder.write(f"themes/small/templates/{name}.html", name)
    folder.write("themes/small/templates/404.html", "{{ data.menu }} {{ site.settings }}")
    folder.write("themes/small/templates/post.html", "{{ post.extra }}")
    folder.write("data/menu.yml", "b: 1\na: 2\n")
    folder.post("2026-11-02-kites", id="kites", m="{b: 1, a: 2}")
    path, old, new = EDITS[edit]
    if path.startswith("data/"):
        (folder.path / "data/menu.yml").unlink()
        folder.write(path, old)
    text = (folder.path / path).read_text("utf-8").replace("m: {b: 1, a: 2}\n", old)
    assert old in text
    folder.write(path, text)
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    with closing(BuildSession(options)) as session:
        build(options, session=session if kept else None)
        before = tree(folder.site)
        folder.write(path, text.replace(old, new))
        build(replace(options, jobs=1), session=session if kept else None)
    assert tree(folder.site) == folder.clean(tmp_path / "clean") != before
