"""What a build leaves at its desk saves work in the next build of the same process, and is true or not used at all."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.result import Build
from storysite.build.session import BuildSession
from storysite.errors import ProblemsFound
from storysite.plan.diff import Work, compare_again
from storysite.plan.page import Page
from storysite.plan.plan import Plan
from tests.folder import ICON, NOW, Folder, tree


class At:
    """A site that is built again and again at one desk."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.options = BuildOptions(folder.path, now=NOW, jobs=1)
        self.session = BuildSession(self.options)
        for number in range(1, 5):
            self.write(number)
        self.build()

    def write(self, number: int, text: str = "Text.", title: str = "Story") -> None:
        """Write one of the posts."""
        self.folder.post(f"2026-0{number}-02-story-{number}", text, title=f"{title} {number}", tags="[robots]")

    def build(self) -> Build:
        """Build at the desk."""
        return build(self.options, session=self.session)


@pytest.fixture
def at(folder: Folder) -> Iterator[At]:
    """Return a site that was built once at its desk."""
    at = At(folder)
    with closing(at.session):
        yield at


def planned(session: BuildSession) -> Plan:
    """Return the plan of a session's last build."""
    assert session.last
    return session.last.plan


def test_only_pages_that_show_a_text_are_compared_when_it_was_saved(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is taken over as it is; the page of the post, those that show its card and the feeds may differ."""
    compared: list[str] = []

    def spying(pages: Iterable[Page], *others: Any) -> Work:
        given = list(pages)
        compared.extend(page.url for page in given)
        return compare_again(given, *others)

    monkeypatch.setattr("storysite.build.plan.compare_again", spying)
    plan = planned(at.session)
    at.write(1, "Text, but another one.")
    built = at.build()
    assert planned(at.session) is plan
    assert built.read == 1
    assert {"2026/01/story-1/", "2026/02/story-2/", "2026/01/", "tags/robots/", "", "feed.xml"} <= set(compared)
    assert not {"2026/02/", "subscribe/", "tags/", "robots.txt"} & set(compared)
    assert {job.page.url for job in built.work.render} <= set(compared)


@pytest.mark.parametrize(
    "text",
    ["A [link](2026-02-02-story-2.md).", "![A seed](seed.png)"],
    ids=["a link", "a picture"],
)
def test_a_new_link_plans_anew(at: At, text: str) -> None:
    """Where links lead decides which files are copied."""
    at.folder.write("content/posts/seed.png", ICON)
    at.build()
    plan = planned(at.session)
    at.write(1, text)
    at.build()
    assert planned(at.session) is not plan
    assert tree(at.folder.site) == at.folder.clean(at.folder.path.parent / "clean")


def test_a_title_plans_anew(at: At) -> None:
    """Titles stand in menus, lists and redirects."""
    plan = planned(at.session)
    at.write(1, title="Another")
    at.build()
    assert planned(at.session) is not plan


def test_a_build_of_another_process_is_noticed(at: At, tmp_path: Path) -> None:
    """Between two builds at the desk another one deletes a page: it is made again."""
    file = at.folder.path / "content/posts/2026-01-02-story-1.md"
    text = file.read_text("utf-8")
    file.unlink()
    at.folder.build()
    assert not (at.folder.site / "2026/01/story-1/index.html").exists()
    file.write_text(text, "utf-8")
    at.build()
    assert tree(at.folder.site) == at.folder.clean(tmp_path / "clean")


def test_a_page_that_was_damaged_is_made_again_after_a_look(at: At, tmp_path: Path) -> None:
    """Whoever looks at all files sees it; a save of a text alone does not look at all pages."""
    (at.folder.site / "2026/03/story-3/index.html").write_text("damaged", "utf-8")
    assert at.session.forget_if_output_changed()
    at.build()
    assert not at.session.forget_if_output_changed()
    assert tree(at.folder.site) == at.folder.clean(tmp_path / "clean")


def test_the_memory_may_be_deleted_between_two_builds(at: At, tmp_path: Path) -> None:
    """All of it is made anew, with texts that must be read again."""
    shutil.rmtree(at.folder.path / ".storysite")
    at.write(1, "Another text.")
    at.build()
    assert tree(at.folder.site) == at.folder.clean(tmp_path / "clean")
    at.write(2, "Another text, too.")
    at.build()
    assert tree(at.folder.site) == at.folder.clean(tmp_path / "clean-too")


def test_what_changed_during_a_mistake_is_made_when_it_is_mended(at: At, tmp_path: Path) -> None:
    """A build that is stopped leaves the desk as if it had not been."""
    template = at.folder.write("templates/month.html", "{{ nothing.of_the_kind }}")
    at.write(1, "Another text.")
    with pytest.raises(ProblemsFound):
        at.build()
    at.write(2, "Another text, too.")
    with pytest.raises(ProblemsFound):
        at.build()
    template.unlink()
    at.build()
    assert tree(at.folder.site) == at.folder.clean(tmp_path / "clean")
