"""The guide itself: what it says of writing is so, its links lead somewhere, and its pages can be read in one go."""

import re
from pathlib import Path

from storysite.front_matter.split import split_front_matter
from storysite.markdown.convert import EXTENSIONS, render_markdown
from storysite.model.config import MarkdownOptions
from storysite.model.document import Document
from storysite.model.post import KINDS
from storysite.source.filename import read_name
from tests.folder import Folder
from tests.guide_pages import GUIDE, code_in, page, rows, sections


def test_kinds_are_documented() -> None:
    """The page on writing has a row for each kind of post, in the order in which they are listed."""
    assert tuple(code_in(row[0])[0] for row in rows(sections(page("writing"), 2)["Kinds"])) == KINDS


def test_names_of_files_are_read_as_documented() -> None:
    """What the page on writing says of each file name is what is read from it."""
    names = {code_in(row[0])[0]: row[1] for row in rows(sections(page("writing"), 2)["The file's name"])}
    assert len(names) == 5
    for name, text in names.items():
        read = read_name(f"content/posts/{name}")
        assert read.words == "forty-families", name
        assert (read.day is not None) == text.startswith(("the date", "the same")), name
        assert (read.language == "es") == ("Spanish" in text), name
        assert read.draft == text.startswith("a draft"), name


def test_every_markdown_extension_is_documented() -> None:
    """The page on writing says what each extension gives."""
    table = rows(sections(page("writing"), 2)["Everything Markdown can do here"])
    assert {code_in(row[0])[0] for row in table} == set(EXTENSIONS)


def test_guide_builds_without_a_warning(folder: Folder) -> None:
    """The guide is a site of its own: every link leads somewhere and nothing needs fixing."""
    for file in GUIDE.iterdir():
        folder.write(f"content/pages/guide/{file.name}", file.read_bytes())
    folder.write("storysite.yml", "base_url: https://example.org\n")
    assert folder.build().problems == []


def test_guide_links_lead_to_headings_that_exist() -> None:
    """A link to a part of a page names a heading of that page."""
    anchors = {file.name: _anchors(file) for file in GUIDE.glob("*.md")}
    for file in GUIDE.glob("*.md"):
        for name, anchor in re.findall(r"\]\(([\w-]*(?:\.md)?)#([^)\s]+)\)", file.read_text("utf-8")):
            assert anchor in anchors[name or file.name], f"{file.name} links to {name}#{anchor}"


def _anchors(file: Path) -> set[str]:
    text: Document = render_markdown(split_front_matter(file.read_text("utf-8"), file.name).body, "", MarkdownOptions())
    return {heading.anchor for heading in text.headings}


LOOKED_UP = {"commands", "problems", "settings", "templates"}
"""Pages where one looks for a word with the browser's own search: two halves would be worse than one long page."""


def test_guide_pages_are_short_and_dateless() -> None:
    """Each page has a title and a summary, no date, and can be read in one go."""
    for file in GUIDE.glob("*.md"):
        text = file.read_text("utf-8")
        header = split_front_matter(text, file.name).values
        assert {"title", "summary"} <= header.keys() <= {"title", "summary", "menu", "order"}, file.name
        longest = 1000 if file.stem in LOOKED_UP else 400
        assert text.count("\n") <= longest, file.name


def test_the_index_names_every_page() -> None:
    """Nobody has to guess what the guide holds."""
    named = set(re.findall(r"\]\(([\w-]+)\.md\)", page("index")))
    assert named == {file.stem for file in GUIDE.glob("*.md")} - {"index"}


def test_every_example_says_its_language() -> None:
    """A code example names its language, so that it is colored and read out as what it is."""
    for file in GUIDE.glob("*.md"):
        marks = re.findall(r"^ *(?:```|~~~)(.*)$", file.read_text("utf-8"), re.MULTILINE)
        assert all(marks[::2]), file.name
