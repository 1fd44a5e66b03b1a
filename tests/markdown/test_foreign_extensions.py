"""What an extension of the site's own may not do to it: change unnoticed, remember posts, read other files, fail late."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storysite.errors import ProblemsFound
from storysite.markdown import convert, editions
from storysite.markdown.convert import render_markdown
from storysite.model.config import MarkdownOptions
from storysite.problems import Problem
from storysite.source.settings import read_config
from tests.folder import Folder, tree

HEAD = """
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
"""
SIGNED = """
class Signed(Preprocessor):
    def run(self, lines):
        return [*lines, "", WORDS]

class SignedExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Signed(md), "signed", 1)

def makeExtension(**options):
    return SignedExtension(**options)
"""


FAULTY = {
    "leaving.py": HEAD + SIGNED.replace("return [*lines", "raise SystemExit\n        return [*lines"),
    "needing.py": "import no_such_library\n",
    "resting.py": HEAD + SIGNED.replace("return [*lines", "while True: pass\n        return [*lines"),
    "returning_nothing.py": HEAD + SIGNED.replace("return [*lines", "return None and [*lines"),
    "making_nothing.py": "def makeExtension(**options): pass\n",
    "remembering.py": HEAD + "SEEN = []\n" + SIGNED.replace("WORDS]", "str(SEEN.append(1)), str(SEEN)]"),
    "broken.py": "def makeExtension(:\n",
}
"""Extensions that cannot be used, each for another reason."""


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """Return a folder on Python's path in which modules can be written."""
    folder = Folder(tmp_path / "modules")
    monkeypatch.syspath_prepend(folder.path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(editions, "_loaded", {})
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if (getattr(sys.modules[name], "__file__", "") or "").startswith(str(folder.path)):
            del sys.modules[name]


def problem_with(folder: Folder, settings: str) -> Problem:
    """Return what is said of a site with these settings; there is one problem, and nothing is built."""
    folder.write("storysite.yml", settings)
    folder.post("2026-01-02-a")
    with pytest.raises(ProblemsFound, match="settings-value") as caught:
        folder.build()
    (problem,) = [each for each in caught.value.problems if each.code == "settings-value"]
    assert problem.hint
    assert problem.path == "storysite.yml"
    return problem


@pytest.mark.parametrize(
    ("name", "files", "edited", "written"),
    [
        (
            "signed_package.main",
            {
                "signed_package/__init__.py": "",
                "signed_package/main.py": HEAD + "from signed_package.deep.words import WORDS\n" + SIGNED,
                "signed_package/deep/words.py": "WORDS = 'By one'",
            },
            "signed_package/deep/words.py",
            "WORDS = 'By two.'",
        ),
        (
            "signed_alone:SignedExtension",
            {
                "signed_alone.py": HEAD + "from signed_words import WORDS\n" + SIGNED,
                "signed_words.py": "import signed_letters\nWORDS = signed_letters.LETTERS",
                "signed_letters.py": "LETTERS = 'By one'",
            },
            "signed_letters.py",
            "LETTERS = 'By two.'",
        ),
        (
            "signed_space.main",
            {
                "signed_space/main.py": HEAD + "from .words import WORDS\n" + SIGNED,
                "signed_space/words.py": "WORDS = 'By one'",
            },
            "signed_space/words.py",
            "WORDS = 'By two.'",
        ),
    ],
)
def test_an_edit_of_what_an_extension_imports_is_noticed(
    folder: Folder, modules: Folder, name: str, files: dict[str, str], edited: str, written: str
) -> None:
    """In its package, beside it and below that: posts are read again, by the new code, also in the same process."""
    for file, text in files.items():
        modules.write(file, text)
    folder.write("storysite.yml", f"markdown: {{extensions: ['{name}']}}\n")
    folder.post("2026-01-02-a", "Text.", title="A")
    assert folder.build().read == 1
    assert "<p>By one</p>" in folder.page("2026/01/a/index.html")
    assert folder.build().read == 0
    for source in (folder.path / "storysite.yml", folder.path / "content/posts/2026-01-02-a.md"):
        os.utime(source, (1_700_000_000, 1_700_000_000))
    assert folder.build_if_needed().seconds
    assert not folder.build_if_needed().seconds
    modules.write(edited, written)
    assert folder.build_if_needed().seconds
    assert "<p>By two.</p>" in folder.page("2026/01/a/index.html")
    assert folder.build().read == 0


def test_the_version_of_what_an_extension_was_installed_with_is_in_its_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of its own library, and of those this requires; a module of the site's own has those of what it imports."""
    before = editions.extensions_digest(["pymdownx.mark"])
    assert before == editions.extensions_digest(["pymdownx.mark"])
    assert before != editions.extensions_digest(["pymdownx.caret"]) != editions.extensions_digest([])
    for library in ("pymdown-extensions", "PyYAML"):
        with monkeypatch.context() as patch:
            editions._versions.cache_clear()
            patch.setattr(editions, "installed", lambda name, one=library: "99" if name.lower() == one.lower() else "1")
            other = editions.extensions_digest(["pymdownx.mark"])
            patch.setattr(editions, "installed", lambda name: "1")
            editions._versions.cache_clear()
            assert other != editions.extensions_digest(["pymdownx.mark"])
    editions._versions.cache_clear()
    assert editions.extensions_digest(["pymdownx.mark"]) == before


def test_a_post_is_what_its_own_text_makes_of_it(folder: Folder, modules: Folder, tmp_path: Path) -> None:
    """An extension that counts on its instance gives each post what it would give it alone."""
    modules.write(
        "counting.py",
        HEAD
        + "class CountingExtension(Extension, Preprocessor):\n"
        + "    def extendMarkdown(self, md):\n"
        + "        self.seen = []\n"
        + "        md.preprocessors.register(self, 'counting', 1)\n"
        + "    def run(self, lines):\n"
        + "        self.seen.append(lines[0])\n"
        + "        return [*lines, '', f'Post {len(self.seen)}']\n",
    )
    folder.write("storysite.yml", "markdown: {extensions: ['counting:CountingExtension']}\n")
    for number in range(3):
        folder.post(f"2026-01-0{number + 1}-story-{number}", "Text.", title=f"Story {number}")
    folder.build()
    assert [f"Post {number}" in folder.page("2026/01/story-2/index.html") for number in (1, 2, 3)] == [
        True,
        False,
        False,
    ]
    folder.post("2026-01-01-story-0", "Other text.", title="Story 0")
    folder.build()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


@pytest.mark.parametrize("options", [{"UNIQUE_IDS": True}, {"BACKLINK_TEXT": "up"}])
def test_options_of_ours_let_no_post_know_of_others(options: dict[str, object]) -> None:
    """Footnotes can number posts, by their order in this process: that is not in any post."""
    text, settings = "Text.[^1]\n\n[^1]: Note.", MarkdownOptions(extensions=(("footnotes", options),))
    assert render_markdown(text, "T", settings) == render_markdown(text, "T", settings)


def test_ours_are_made_once_for_all_posts() -> None:
    """Without extensions of the site's own nothing is made anew."""
    for extensions in ((), (("toc", {"permalink": True}),)):
        convert._engine.cache_clear()
        for text in ("# A\n\nText.[^1]\n\n[^1]: Note.", "# A\n\n*[A]: B", "# A"):
            render_markdown(text, "T", MarkdownOptions(extensions=extensions))
        assert convert._engine.cache_info().misses == 1


def test_an_extension_that_ends_the_program_ends_nothing(modules: Folder) -> None:
    """It may do so at some text that no sample has."""
    modules.write("leaving.py", FAULTY["leaving.py"])
    document = render_markdown("Text.", "T", MarkdownOptions(extensions=(("leaving", {}),)))
    assert document.fault == "RuntimeError"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("pymdownx.snippets", "it reads other files while it reads a post"),
        ("pymdownx.b64:B64Extension", "it reads other files while it reads a post"),
        ("markdown_include.include", "it reads other files while it reads a post"),
        ("mdx_include", "it reads other files while it reads a post"),
        ("plantuml_markdown", "it asks other computers while it reads a post"),
        ("bringing_along", "it reads other files while it reads a post"),
        ("building_on:Mine", "it reads other files while it reads a post"),
    ],
)
def test_what_reads_more_than_the_text_is_refused(folder: Folder, modules: Folder, name: str, what: str) -> None:
    """By its name, and also when another extension brings it along or builds on it; the line is that of its name."""
    modules.write(
        "bringing_along.py",
        HEAD
        + "class Bringing(Extension):\n"
        + "    def extendMarkdown(self, md):\n"
        + "        md.registerExtensions(['pymdownx.snippets'], {})\n"
        + "def makeExtension(**options):\n"
        + "    return Bringing(**options)\n",
    )
    modules.write("building_on.py", "from pymdownx.b64 import B64Extension\nclass Mine(B64Extension):\n    pass\n")
    problem = problem_with(
        folder, f"title: A\nmarkdown:\n  extensions:\n    - pymdownx.mark\n    - {name}\nsearch: no\n"
    )
    assert problem.what == f"markdown: the Markdown extension {name} cannot be used: {what}"
    assert (problem.line, problem.excerpt) == (5, f"    - {name}")


def test_what_only_reads_the_text_is_not_refused(folder: Folder) -> None:
    """All other extensions of both libraries convert the sample, alone and together with ours."""
    names = [
        "pymdownx.pathconverter",
        "pymdownx.emoji",
        "pymdownx.blocks.details",
        "pymdownx.extra",
        "codehilite",
        "meta",
    ]
    folder.write("storysite.yml", "markdown:\n  extensions:\n" + "".join(f"    - {name}\n" for name in names))
    config, problems = read_config(folder.path)
    assert problems == []
    assert [name for name, _ in config.markdown.extensions] == names


@pytest.mark.parametrize(
    ("extension", "what"),
    [
        ("toc: {slugify: loud}", "the Markdown extension toc does not work with these options: 'str' object is not callable"),
        ("footnotes: {BACKLINK_TITLE: '{x}'}", "the Markdown extension footnotes does not work with these options: 'x'"),
        ("leaving", "the Markdown extension leaving does not work with these options: SystemExit"),
        ("needing", "the Markdown extension needing needs no_such_library, which is not installed"),
        ("pymdownx.no_such", "the Markdown extension pymdownx.no_such is not installed"),
        ("returning_nothing", "the Markdown extension returning_nothing does not work with these options: "),
        ("making_nothing", "the Markdown extension making_nothing does not work with these options: it makes no extension"),
        ("broken", "the Markdown extension broken does not work with these options: "),
        ("remembering", "the Markdown extension remembering does something different each time it reads the same text"),
        ("resting", "the Markdown extension resting takes more than 0.2 seconds for a short text"),
    ],
)  # fmt: skip
def test_what_fails_at_a_text_fails_in_the_settings(folder: Folder, modules: Folder, extension: str, what: str) -> None:
    """Extensions are tried with a sample, so that the settings' line is named and not every post."""
    for name, text in FAULTY.items():
        modules.write(name, text)
    problem = problem_with(
        folder, f"markdown:\n  time_limit: 0.2\n  extensions:\n  # toc footnotes\n    - nl2br\n    - {extension}\n"
    )
    assert what in problem.what
    assert problem.line == 6


@pytest.mark.parametrize(
    "spelling", ["toc", "markdown.extensions.toc", "markdown.extensions.toc:TocExtension", "renaming:Contents"]
)
def test_an_extension_is_one_whatever_it_is_called(folder: Folder, modules: Folder, spelling: str) -> None:
    """Options stand over ours, the fast engine stays, and the key is the same."""
    modules.write("renaming.py", "from markdown.extensions.toc import TocExtension as Contents\n")
    folder.write("storysite.yml", f"markdown: {{extensions: [{{'{spelling}': {{permalink: true}}}}]}}\n")
    markdown = read_config(folder.path)[0].markdown
    assert markdown.extensions == (("toc", {"permalink": True}),)
    document = render_markdown("## Café\n", "T", markdown)
    assert [(heading.anchor, heading.text) for heading in document.headings] == [("cafe", "Café")]


def test_one_extension_may_be_listed_twice_if_it_is_the_same(folder: Folder) -> None:
    """With other options nobody could say which are meant; the problem names both lines' words."""
    folder.write("storysite.yml", "markdown: {extensions: [pymdownx.mark, 'pymdownx.mark:MarkExtension', tables]}\n")
    assert read_config(folder.path)[0].markdown.extensions == (("pymdownx.mark", {}),)
    problem = problem_with(
        folder,
        "markdown:\n  extensions:\n    - toc: {permalink: true}\n    - markdown.extensions.toc: {toc_depth: 2}\n",
    )
    assert problem.what == (
        "markdown: the Markdown extension markdown.extensions.toc is listed twice with different options, "
        "the first time as toc"
    )
    assert problem.line == 4
    assert (
        "is listed twice"
        in problem_with(folder, "markdown: {extensions: [{toc: {title: A}}, {toc: {title: B}}]}\n").what
    )


def test_ours_without_options_change_nothing(folder: Folder) -> None:
    """Who lists what is there anyway keeps the key and the fast engine."""
    folder.write(
        "storysite.yml", "markdown: {extensions: [tables, markdown.extensions.footnotes, {smarty: {}}, toc]}\n"
    )
    assert read_config(folder.path) == (read_config(folder.path / "nowhere")[0], [])
