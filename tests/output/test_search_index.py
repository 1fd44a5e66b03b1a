"""The search index is made after the pages, only when one changed, and whatever goes wrong leaves the site as it is."""

import gzip
import json
import shutil
import sys
from pathlib import Path

import pytest

from storysite.output.folder import MANIFEST, files_in
from storysite.output.search_index import ENTRY, SEARCH_INDEX
from storysite.output.stale_steps import stale_steps
from storysite.output.steps import STATE, due_steps, take_step
from storysite.plugins import SEARCH
from storysite.problems import Problem
from tests.command_line import ROOT, storysite
from tests.folder import ICON, Folder
from tests.running import Running, until

pytestmark = pytest.mark.process


@pytest.fixture
def site(folder: Folder) -> Folder:
    """Return a site of two stories that is built and has its index."""
    folder.post("2026-01-02-robots", "Forty families built robots.", id="a", title="Robots")
    folder.post("2026-01-09-seeds", "The seed library opened.", id="b", title="Seeds")
    assert indexed(folder) == []
    return folder


def indexed(folder: Folder) -> list[Problem]:
    """Build once more and make the index, due or not."""
    return list(take_step(SEARCH_INDEX, folder.site, folder.build_if_needed().edition))


def made(folder: Folder) -> bool:
    """Build once more and return whether the index is due."""
    return list(due_steps(folder.site, folder.build_if_needed().edition, [SEARCH_INDEX])) == [SEARCH_INDEX]


def pages_found(folder: Folder) -> int:
    """Return how many pages the index holds."""
    languages = json.loads((folder.site / SEARCH / ENTRY).read_text("utf-8"))["languages"]
    return sum(language["page_count"] for language in languages.values())


def test_the_index_holds_stories_and_pages_and_no_listing(site: Folder) -> None:
    """Two stories; drafts and lists of stories are not in it."""
    assert pages_found(site) == 2


def test_a_draft_is_not_found(site: Folder) -> None:
    """Also where drafts are shown."""
    site.post("2026-01-16-secret", "A secret.", id="c", title="Secret", draft="true")
    take_step(SEARCH_INDEX, site.site, site.build(drafts=True).result.edition)
    assert pages_found(site) == 2


def test_the_index_is_due_only_when_a_page_changed(site: Folder) -> None:
    """Nothing, a picture that is copied, a story that is new, a story that is gone."""
    assert not made(site)
    site.write("static/map.png", ICON)
    assert not made(site)
    site.post("2026-01-16-map", "A map.", id="c")
    assert made(site)
    indexed(site)
    (site.path / "content/posts/2026-01-16-map.md").unlink()
    assert made(site)


def test_the_index_is_due_when_a_page_with_a_file_name_changed(site: Folder) -> None:
    """Archives from elsewhere keep addresses such as /2013/11/old.html."""
    site.post("2013-11-08-old", "An old story.", id="c", permalink="/2013/11/old.html")
    indexed(site)
    file = site.path / "content/posts/2013-11-08-old.md"
    file.write_text(file.read_text("utf-8").replace("An old story.", "An old story, fixed."), "utf-8")
    assert made(site)


def test_an_index_that_was_not_finished_is_made_again(site: Folder) -> None:
    """What it was made of is written last, and whichever of its files is gone or was cut: it is made again."""
    files = sorted(file for file in (site.site / SEARCH).rglob("*") if file.is_file() and file.name != MANIFEST)
    assert {STATE, ENTRY} < {file.name for file in files}
    for file in files:
        data = file.read_bytes()
        file.unlink()
        assert made(site), file
        file.write_bytes(data[:-1])
        assert made(site), file
        file.write_bytes(data)
        assert not made(site)


@pytest.mark.parametrize("command", ["watch", "watch, then a crash"])
def test_pages_that_watch_made_are_found_after_the_next_build(command: str, site: Folder) -> None:
    """Watch takes the index away and makes none; the next build does, though it makes no page, and once is enough."""
    with Running(site.path, "watch") as watch:
        watch.line("built")
        site.post("2026-01-16-map", "A map of the shelves.", id="c", title="Map")
        until((site.site / "2026/01/map/index.html").exists, "the page of the map")
        watch.line("saved")
    assert not (site.site / SEARCH).exists()
    if command != "watch":
        (site.path / ".storysite/cache.sqlite").unlink()
    assert storysite(site.path, "build").returncode == 0
    assert pages_found(site) == 3
    state = (site.site / SEARCH / STATE).stat().st_mtime_ns
    assert storysite(site.path, "build").returncode == 0
    assert (site.site / SEARCH / STATE).stat().st_mtime_ns == state


def test_a_crash_before_the_index_was_made_is_healed(site: Folder) -> None:
    """A build that ended before it made the index is remembered, and the index is due all the same."""
    site.post("2026-01-16-map", "A map.", id="c")
    site.build()
    assert made(site)


def test_old_files_of_the_index_are_deleted_and_no_others(site: Folder) -> None:
    """What lies among them and is not ours stays."""
    site.write("_site/pagefind/mine.txt", "mine")
    before = {file.name for file in (site.site / SEARCH / "fragment").iterdir()}
    site.post("2026-01-16-map", "A map.", id="c")
    indexed(site)
    after = {file.name for file in (site.site / SEARCH / "fragment").iterdir()}
    assert len(after) == 3
    assert len(before) == 2
    assert (site.site / SEARCH / "mine.txt").read_text("utf-8") == "mine"


def test_the_index_is_no_part_of_what_builds_compare(site: Folder) -> None:
    """Its names differ from run to run, so that --verify must not look at it."""
    assert not [route for route in files_in(site.site) if route.startswith(SEARCH)]


def test_a_site_without_search_has_no_page_and_no_index(folder: Folder) -> None:
    """search: no takes away the page, its entry in the menu, and the work."""
    folder.write("storysite.yml", "search: no\n")
    folder.post("2026-01-02-robots", "Robots.", id="a")
    folder.build()
    assert not (folder.site / "search").exists()
    assert "search/" not in (folder.site / "index.html").read_text("utf-8")
    assert not made(folder)


def test_without_pagefind_a_note_says_how_to_get_it(site: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is whole without it."""
    monkeypatch.setitem(sys.modules, "pagefind", None)
    assert [problem.code for problem in indexed(site)] == ["search-missing"]


def test_files_of_the_author_in_its_place_are_left_alone(site: Folder) -> None:
    """A warning names them."""
    shutil.rmtree(site.site / SEARCH)
    site.write("_site/pagefind/mine.txt", "mine")
    assert [problem.code for problem in indexed(site)] == ["search-failed"]
    assert [file.name for file in (site.site / SEARCH).iterdir()] == ["mine.txt"]


def test_a_pagefind_that_fails_is_a_warning(site: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It says what Pagefind said; the next build tries again."""
    monkeypatch.setattr(sys, "executable", "/bin/false" if Path("/bin/false").exists() else "false")
    (site.site / "search/index.html").touch()
    problems = indexed(site)
    assert [problem.code for problem in problems] == ["search-failed"]
    assert made(site)


# -- what was withdrawn --


def found_in(folder: Folder) -> str:
    """Return all texts that the index serves, as they lie there for everybody."""
    files = (folder.site / SEARCH).glob("fragment/*") if (folder.site / SEARCH).exists() else ()
    return " ".join(gzip.decompress(file.read_bytes()).decode() for file in files)


WITHDRAWN = {
    "deleted": lambda file: file.unlink(),
    "made private": lambda file: file.write_text(
        file.read_text("utf-8").replace("---\n", "---\nprivate: true\n", 1), "utf-8"
    ),
    "made a draft": lambda file: file.write_text(
        file.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8"
    ),
    "unlisted": lambda file: file.write_text(
        file.read_text("utf-8").replace("---\n", "---\nunlisted: true\n", 1), "utf-8"
    ),
    "renamed with an underscore": lambda file: file.rename(file.with_name("_robots.md")),
    "a name taken out": lambda file: file.write_text(file.read_text("utf-8").replace("families", "people"), "utf-8"),
}


SEEN_BY = ["build", "watch", "a build that is killed", "a Pagefind that fails", "search: no", "a lost cache"]
PAIRS = [([*WITHDRAWN][(place + turn) % len(WITHDRAWN)], by) for place, by in enumerate(SEEN_BY) for turn in (0, 1)]


@pytest.mark.parametrize(("way", "by"), PAIRS)
def test_what_is_withdrawn_is_found_no_more(way: str, by: str, site: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, whoever sees it first, and the next build makes an index of what is left."""
    assert "Forty families" in found_in(site)
    file = site.path / "content/posts/2026-01-02-robots.md"
    if by == "watch":
        with Running(site.path, "watch") as watch:
            watch.line("built")
            WITHDRAWN[way](file)
            watch.line("saved")
        assert "Forty families" not in found_in(site)
    else:
        WITHDRAWN[way](file)
    if by == "search: no":
        site.write("storysite.yml", "search: no\n")
    if by == "a lost cache":
        (site.path / ".storysite/cache.sqlite").unlink()
    if by == "a build that is killed":
        site.build()  # and no more: its index is never made
        assert found_in(site) == ""
    if by == "a Pagefind that fails":
        monkeypatch.setattr("storysite.output.search_index.find_spec", lambda _: None)
        assert [problem.code for problem in indexed(site)] == ["search-missing"]
        assert found_in(site) == ""
        return
    assert storysite(site.path, "build", "--verify").returncode == 0
    assert "Forty families" not in found_in(site)
    assert ("seed library" in found_in(site)) == (by != "search: no")
    assert storysite(site.path, "build", "--verify").returncode == 0


def test_an_index_of_other_pages_is_no_verified_site(site: Folder) -> None:
    """As when somebody put back an old one; the next build makes it anew."""
    kept = site.path / "kept"
    shutil.copytree(site.site / SEARCH, kept)
    (site.path / "content/posts/2026-01-02-robots.md").unlink()
    site.build()
    shutil.copytree(kept, site.site / SEARCH)
    assert stale_steps(site.site, [SEARCH_INDEX]) == [SEARCH]
    assert storysite(site.path, "build", "--verify").returncode == 0
    assert "robots" not in found_in(site)
    assert stale_steps(site.site, [SEARCH_INDEX]) == []


def test_an_index_that_is_not_wanted_any_more_is_deleted(site: Folder) -> None:
    """Also one that an older version left behind."""
    kept = site.path / "kept"
    shutil.copytree(site.site / SEARCH, kept)
    site.write("storysite.yml", "search: no\n")
    site.build()
    shutil.copytree(kept, site.site / SEARCH)
    assert storysite(site.path, "build").returncode == 0
    assert not (site.site / SEARCH).exists()


def test_an_unlisted_story_is_not_found_whatever_the_templates_say(site: Folder) -> None:
    """Nor where a template of the site's own has never heard of unlisted stories, nor where there are no others."""
    template = (ROOT / "themes/default/templates/post.html").read_text("utf-8")
    site.write("templates/post.html", template.replace(" and not post.unlisted", ""))
    site.post("2026-01-16-secret", "A secret.", id="c", title="Secret", unlisted="true")
    indexed(site)
    assert "data-pagefind-body" in site.page("2026/01/secret/index.html")
    assert "secret" not in found_in(site).lower()
    for name in ("2026-01-02-robots", "2026-01-09-seeds"):
        (site.path / f"content/posts/{name}.md").unlink()
    (site.path / "templates/post.html").unlink()
    indexed(site)
    assert "secret" not in found_in(site).lower()
