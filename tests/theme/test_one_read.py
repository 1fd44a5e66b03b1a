"""What the key of a page is taken from is what the page is made of: a template that is saved meanwhile waits its turn."""

from contextlib import closing
from pathlib import Path

import pytest

from storysite.build import build
from storysite.build.inputs import snapshot_inputs
from storysite.build.options import BuildOptions
from storysite.build.render import render_pages
from storysite.build.session import BuildSession
from tests.folder import NOW, Folder, tree

PAGE = "2026/11/robots/index.html"


@pytest.mark.parametrize("kept", [False, True], ids=["builds", "a session"])
@pytest.mark.parametrize("saved", ["templates/post.html", "templates/parts/mine.html"])
def test_a_template_that_is_saved_while_pages_are_made_is_rendered_under_its_own_key(
    saved: str, folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    """Saved between planning and rendering, and changed back: no page stays that was made of what stood there between."""
    texts = {"templates/post.html": "{% include 'parts/mine.html' %} post", "templates/parts/mine.html": "part"}
    folder.post("2026-11-02-robots", title="Robots", id="robots")
    for name, text in texts.items():
        folder.write(name, text)

    def saved_meanwhile(*given: object) -> object:
        folder.write(saved, texts[saved] + " changed")
        return render_pages(*given)  # type: ignore[arg-type] # whatever it is given

    with closing(BuildSession(BuildOptions(folder.path))) as session:
        options = BuildOptions(folder.path, now=NOW, jobs=1)
        monkeypatch.setattr("storysite.build.render_pages", saved_meanwhile)
        build(options, session=session if kept else None)
        monkeypatch.undo()
        assert folder.page(PAGE) == "part post"
        build(options, session=session if kept else None)
        assert "changed" in folder.page(PAGE)
        folder.write(saved, texts[saved])
        build(options, session=session if kept else None)
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_settings_that_are_saved_while_a_site_is_built_are_seen_when_they_are_changed_back(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was built of others is not remembered as the result of these."""
    monkeypatch.setattr("storysite.build.inputs.RACY", 0)
    folder.post("2026-11-02-robots", title="Robots", id="robots")
    folder.write("storysite.yml", "title: One\n")

    def saved_after(*given: object) -> object:
        seen = snapshot_inputs(*given)  # type: ignore[arg-type] # whatever it is given
        folder.write("storysite.yml", "title: Two\n")
        return seen

    monkeypatch.setattr("storysite.build.snapshot_inputs", saved_after)
    folder.build_if_needed()
    monkeypatch.setattr("storysite.build.snapshot_inputs", snapshot_inputs)
    folder.write("storysite.yml", "title: One\n")
    folder.build_if_needed()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
