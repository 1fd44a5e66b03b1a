"""A site may use more extensions of Python-Markdown: they are part of every post's key, and the fast engine stands aside."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from storysite.markdown import convert
from storysite.markdown.convert import EXTENSIONS, render_markdown
from storysite.markdown.fast import _FastMarkdown
from storysite.model.config import MarkdownOptions
from tests.folder import Folder, tree

ROOT = Path(__file__).parents[2]
SHOUT = """
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Shout(Preprocessor):
    def run(self, lines):
        return [line.replace("hear ye", "SIGN") for line in lines]

class ShoutExtension(Extension):
    config = {"sign": ["SIGN", "what is shouted"]}
    def extendMarkdown(self, md):
        md.preprocessors.register(Shout(md), "shout", 1)

def makeExtension(**kwargs):
    return ShoutExtension(**kwargs)
"""
BUILD = """
import sys
from pathlib import Path
from tests.folder import Folder
built = Folder(Path(sys.argv[1])).build(jobs=int(sys.argv[2]), start=sys.argv[3] or None)
print(built.read, built.written)
"""


def test_an_extension_is_used_with_its_options(folder: Folder, tmp_path: Path) -> None:
    """One that we do not use, and options over ours for one that we do; the rest of ours stays."""
    folder.write("storysite.yml", "markdown:\n  extensions:\n    - pymdownx.mark\n    - toc: {permalink: true}\n")
    folder.post("2026-01-02-a", '## Part\n\nThis is ==marked==, "quoted" and ~~gone~~.', title="A")
    folder.build()
    page = folder.page("2026/01/a/index.html")
    assert "<mark>marked</mark>, “quoted” and <del>gone</del>" in page
    assert '<a class="headerlink" href="#part" title="Permanent link">¶</a>' in page
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
    folder.post("2026-01-02-a", "## Part\n\nText.")
    folder.build()
    assert "<title>Part – " in folder.page("2026/01/a/index.html")


def test_a_change_of_extensions_reads_every_post_and_writes_the_pages_that_differ(folder: Folder) -> None:
    """An option is part of every post's key; pages whose text came out the same stay as they are."""
    folder.post("2026-01-02-a", "This is ==marked==.", summary="S.")
    folder.post("2026-01-03-b", "This is not.", summary="S.")
    folder.build()
    folder.write("storysite.yml", "markdown: {extensions: [pymdownx.mark]}\n")
    built = folder.build()
    assert built.read == 2
    assert "2026/01/a/" in {job.page.url for job in built.work.render}
    assert "2026/01/b/" not in {job.page.url for job in built.work.render}
    assert folder.build().read == 0


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_an_extension_of_ones_own_works_in_every_process_and_its_renewal_is_noticed(
    folder: Folder, tmp_path: Path, start: str
) -> None:
    """A module that lies somewhere on Python's path: when its source changes, posts are read again, and only then."""
    (tmp_path / "modules").mkdir()
    module = tmp_path / "modules/shout_for_tests.py"
    module.write_text(SHOUT.replace("SIGN", "HEAR YE"))
    folder.write("storysite.yml", "markdown: {extensions: [shout_for_tests]}\n")
    for number in range(140):
        folder.post(f"2026-01-02-story-{number}", f"Now hear ye, {number}.", title=f"Story {number}")

    def build() -> list[str]:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path / 'modules'}", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", BUILD, str(folder.path), "2", start]
        made = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return made.stdout.split()

    assert build()[0] == "140"
    assert "Now HEAR YE, 7." in folder.page("2026/01/story-7/index.html")
    assert build() == ["0", "0"]
    module.write_text(SHOUT.replace("SIGN", "OYEZ"))
    assert build()[0] == "140"
    assert "Now OYEZ, 7." in folder.page("2026/01/story-7/index.html")


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("[no_such_package.extension]", "the Markdown extension no_such_package.extension is not installed"),
        ("[{toc: {no_such_option: 1}}]", "the Markdown extension toc does not work with these options"),
        ("[os.path]", "the Markdown extension os.path does not work"),
        ("['../x']", "is not an extension of Markdown"),
        ("[{toc: loud}]", "is not an extension of Markdown"),
        ("[[toc]]", "is not an extension of Markdown"),
        ("7", "is not an extension of Markdown"),
    ],
)
def test_an_extension_that_cannot_be_used_is_said(folder: Folder, written: str, what: str) -> None:
    """The settings say which and what to do, with the line; nothing is built, and there is no traceback."""
    folder.write("storysite.yml", f"title: A\nmarkdown: {{extensions: {written}}}\n")
    folder.post("2026-01-02-a")
    with pytest.raises(ProblemsFound, match="settings-value") as caught:
        folder.build()
    (problem,) = [each for each in caught.value.problems if each.code == "settings-value"]
    assert (problem.path, problem.line) == ("storysite.yml", 2)
    assert what in problem.what
    assert problem.hint


@pytest.mark.parametrize("name", ["subprocess:Popen", "os:system", "subprocess:run", "pathlib:Path"])
def test_what_is_no_extension_is_never_called(folder: Folder, name: str) -> None:
    called = folder.path / "called"
    order = ["touch", str(called)]
    given = {"args": order} if name.startswith("subprocess") else {"command": " ".join(order)}
    folder.write("storysite.yml", json.dumps({"markdown": {"extensions": [{name: given}]}}))
    with pytest.raises(ProblemsFound, match="is not an extension"):
        folder.build()
    assert not called.exists()


def test_the_other_engine_has_no_extensions(folder: Folder) -> None:
    """comrak is another program; the message says what to do."""
    folder.write("storysite.yml", "markdown: {engine: commonmark, extensions: [pymdownx.mark]}\n")
    with pytest.raises(ProblemsFound, match="the engine commonmark has no extensions"):
        folder.build()


@pytest.mark.parametrize("name", ["pymdownx.mark", *EXTENSIONS])
def test_the_fast_engine_stands_aside(name: str) -> None:
    """It is known to be right without extensions of the site's own, and with options for no other of ours than toc."""
    convert._engine.cache_clear()
    render_markdown("Text.", "T", MarkdownOptions(extensions=((name, {}),)))
    assert convert._engine.cache_info().currsize == (name == "toc")
    assert type(convert._engine(b"[]")) is _FastMarkdown
