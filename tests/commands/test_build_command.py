"""`storysite build` as people type it: its options, what it says, and the folders it refuses to write to."""

import re
import shutil
import tracemalloc
from pathlib import Path

import pytest

from storysite.build.options import BuildOptions
from storysite.build.verify import differences_from_clean
from tests.command_line import SETTINGS, small_site, spoken, storysite
from tests.folder import NOW, Folder, tree


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with settings and one story, for the command line."""
    return small_site(tmp_path)


def test_the_second_build_makes_nothing(shelf: Folder) -> None:
    """What is as it was is kept; --clean makes it all anew and writes nothing, for the bytes are the same."""
    assert re.search(
        r"1 post on (\d+) pages in SITE/_site: \1 pages built, \1 written, 0 deleted", spoken(shelf, "build")
    )
    assert ": 0 pages built, 0 written, 0 deleted" in spoken(shelf, "build")
    assert re.search(r": [1-9]\d* pages built, 0 written, 0 deleted", spoken(shelf, "build", "--clean"))


def test_drafts_and_days_to_come_are_shown_on_request(shelf: Folder) -> None:
    """Without -D and -F each is named with the reason; with them it has a page, until the next plain build."""
    shelf.post("2026-11-01-draft", id="draft", draft="true")
    shelf.post("2099-01-02-later", id="later")
    text = spoken(shelf, "build")
    assert "content/posts/2026-11-01-draft.md is not shown: it is a draft" in text
    assert "content/posts/2099-01-02-later.md is not shown: it is scheduled: it appears on 2099-01-02 at 06:00" in text
    pages = {"2026/11/draft/index.html", "2099/01/later/index.html"}
    assert not pages & shelf.routes()
    assert "is not shown" not in spoken(shelf, "build", "-D", "-F")
    assert pages <= shelf.routes()
    spoken(shelf, "build", "--drafts")
    assert pages & shelf.routes() == {"2026/11/draft/index.html"}


def test_a_long_list_of_posts_that_are_not_shown_is_a_count(shelf: Folder) -> None:
    """Of those that wait or are over only that; of drafts five by name. All of them are told on request."""
    for number in range(1, 9):
        shelf.post(f"2026-11-0{number}-draft", id=f"draft-{number}", draft="true")
        shelf.post(f"2099-01-0{number}-later", id=f"later-{number}")
        shelf.post(f"2026-10-0{number}-gone", id=f"gone-{number}", expires="2026-10-31")
    lines = [line for line in spoken(shelf, "build").splitlines() if "not shown" in line]
    assert lines == [
        *(f"content/posts/2026-11-0{number}-draft.md is not shown: it is a draft" for number in range(1, 6)),
        "8 posts are not shown: they are expired. To see their names, run storysite status.",
        "… and 3 more files not shown for the same reason (draft). To see their names, run storysite status.",
        "8 posts are not shown: they are scheduled, the first for 2099-01-01. To see their names, run storysite status.",
    ]
    assert spoken(shelf, "build", "--verbose").count(".md is not shown: ") == 24
    assert spoken(shelf, "status").count("2099-01-0") == 16


def test_the_site_can_be_written_elsewhere_and_for_another_address(shelf: Folder) -> None:
    """-o and --base-url count for one build and leave the usual output alone."""
    spoken(shelf, "build")
    before = tree(shelf.site)
    spoken(shelf, "build", "-o", "../elsewhere", "--base-url", "https://other.example/here/")
    feed = (shelf.path.parent / "elsewhere/feed.xml").read_text("utf-8")
    assert "https://other.example/here/2026/11/robots/" in feed
    assert "library.example.org" not in feed
    assert tree(shelf.site) == before


def test_a_dry_run_tells_and_does_nothing(shelf: Folder) -> None:
    """-n names each page with its reason, and neither writes nor remembers that it had."""
    text = spoken(shelf, "build", "-n")
    assert "/2026/11/robots/: it is new\n" in text
    assert text.endswith("would be rebuilt, 0 files deleted. Nothing was written.\n")
    assert not shelf.site.exists()
    spoken(shelf, "build")
    before = tree(shelf.site)
    (shelf.path / "content/posts/2026-11-20-robots.md").unlink()
    text = spoken(shelf, "build", "--dry-run")
    assert "/2026/11/robots/index.html: no longer part of the site\n" in text
    assert tree(shelf.site) == before
    spoken(shelf, "build")
    assert "2026/11/robots/index.html" not in shelf.routes()


def test_a_page_can_be_explained(shelf: Folder) -> None:
    """--explain says what a page is made of, what of it changed, and whether it would be made again."""
    assert "It would be rebuilt: it is new." in spoken(shelf, "build", "--explain", "/2026/11/robots/")
    spoken(shelf, "build")
    for address in ("/2026/11/robots/", "2026/11/robots", "https://library.example.org/stories/2026/11/robots/"):
        text = spoken(shelf, "build", "--explain", address)
        assert text.startswith(
            "/2026/11/robots/ (content/posts/2026-11-20-robots.md) is made with the template post.html. It shows:"
        )
        assert text.endswith("It would be kept: nothing it shows has changed since it was built.\n")
    shelf.post("2026-11-20-robots", "Another text.", id="robots", title="Robots")
    text = spoken(shelf, "build", "--explain", "/2026/11/robots/")
    assert "    post (changed)\n" in text
    assert text.endswith("It would be rebuilt: something it shows changed.\n")


def test_a_build_can_be_verified_and_timed(shelf: Folder) -> None:
    """--verify compares with a build from nothing and finds what does not belong; --timings tells the stages."""
    text = spoken(shelf, "build", "--verify", "--timings")
    assert "Verified: a clean build gives the same files, byte for byte.\n" in text
    assert re.search(r"^ +read +\d+\.\d{3} s$", text, re.MULTILINE)
    (shelf.site / "extra.html").write_text("by hand", "utf-8")
    result = storysite(shelf.path, "build", "--verify")
    assert result.returncode == 1
    assert result.stderr.endswith("/extra.html differs from a clean build\n")


def test_what_goes_by_the_hashes_of_one_process_is_found_by_verifying(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter of a plugin that goes through a set shows words in another order in each process."""
    for name, text in {
        "mixed.py": "from storysite.plugins import Plugin\nplugin = Plugin(filters={'mixed': lambda text: ' '.join(set(text))})\n",
        "mixed-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: mixed\nVersion: 1\n",
        "mixed-1.dist-info/entry_points.txt": "[storysite.plugins]\nmixed = mixed:plugin\n",
    }.items():
        file = tmp_path / "packages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    folder.write("storysite.yml", "plugins: mixed\nsearch: no\n")
    folder.write("templates/404.html", "{{ 'abcdefghijklmnopqrstuvwxyz' | mixed }}")
    folder.post("2026-11-20-robots", id="robots")
    folder.build()
    assert differences_from_clean(BuildOptions(folder.path, now=NOW, jobs=1)) == ["404.html"]


def test_no_file_is_held_as_a_whole_to_be_verified(folder: Folder) -> None:
    """A video of an hour may lie in the archive: two files are compared in pieces, to the last byte."""
    folder.write("static/video.mp4", b"film" * 8_000_000)
    folder.build()
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    tracemalloc.start()
    try:
        assert differences_from_clean(options) == []
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()
    with (folder.site / "video.mp4").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"M")
    assert differences_from_clean(options) == ["video.mp4"]


def test_the_number_of_processes_makes_no_difference(tmp_path: Path) -> None:
    """One process and two write the same bytes."""
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", SETTINGS)
    for number in range(90):
        folder.post(
            f"2026-{number % 10 + 1:02}-{number % 28 + 1:02}-story-{number}", id=number, tags=f"[tag {number % 7}]"
        )
    trees = []
    for jobs in ("1", "2"):
        spoken(folder, "build", "-j", jobs, "-o", f"../jobs-{jobs}", "--clean")
        trees.append(tree(tmp_path / f"jobs-{jobs}"))
    assert trees[0] == trees[1]
    assert storysite(folder.path, "build", "-j", "many").returncode == 2


def test_no_site_is_written_where_it_would_harm(shelf: Folder) -> None:
    """The home folder, the disk's root, the sources, what lies above them, others' files and a file are refused."""
    home = shelf.path.parent / "home"
    shelf.write("pictures/cat.txt", "A cat.")
    shelf.write("a-file", "A file.")
    shelf.write("static/list.txt", "A list.")
    (shelf.path / "linked").symlink_to(shelf.path / "pictures")
    before = tree(shelf.path.parent)
    refused = {
        str(home): "this is not a folder for a site",
        "/": "this is not a folder for a site",
        ".": "this folder contains the site's own source files",
        "..": "this folder contains the site's own source files",
        "content": "this folder is part of the site's own source files",
        "content/posts/site": "this folder is part of the site's own source files",
        "static/site": "this folder is part of the site's own source files",
        "templates": "this folder is part of the site's own source files",
        "themes/x": "this folder is part of the site's own source files",
        "data": "this folder is part of the site's own source files",
        "pictures": "it contains files that storysite did not write",
        "linked": "it contains files that storysite did not write",
        "a-file": "this is a file, not a folder",
    }
    for folder, reason in refused.items():
        result = storysite(shelf.path, "build", "-o", folder)
        assert result.returncode == 2, folder
        assert f"the site cannot be written here: {reason}  [output-refused]\n" in result.stderr, folder
    after = tree(shelf.path.parent)
    assert {name: text for name, text in after.items() if "/.storysite/" not in name} == before


def test_no_site_is_written_into_the_memory(shelf: Folder) -> None:
    """The folder in which storysite remembers is no place for a site either."""
    for folder in (".storysite", ".storysite/site"):
        assert storysite(shelf.path, "build", "-o", folder).returncode == 2, folder


def test_what_others_put_into_the_output_stays(shelf: Folder) -> None:
    """A file that storysite did not write outlives builds, a clean build, and the page that lay beside it."""
    shelf.build()
    for name in ("CNAME", "2026/11/robots/notes.txt", ".nojekyll"):
        (shelf.site / name).write_text("mine", "utf-8")
    (shelf.path / "content/posts/2026-11-20-robots.md").unlink()
    shelf.build()
    shelf.build(clean=True)
    for name in ("CNAME", "2026/11/robots/notes.txt", ".nojekyll"):
        assert shelf.page(name) == "mine"
    assert "2026/11/robots/index.html" not in shelf.routes()


@pytest.mark.parametrize("name", ["2026/11/kites/index.html", "2026/11/kites"])
def test_what_stands_in_the_way_is_named_and_not_touched(name: str, shelf: Folder) -> None:
    """A file of somebody else's at the place of a new page stops the build; nothing is written, and it stays."""
    shelf.build()
    (shelf.site / name).parent.mkdir(parents=True, exist_ok=True)
    (shelf.site / name).write_text("mine", "utf-8")
    before = tree(shelf.site)
    shelf.post("2026-11-21-kites", id="kites", title="Kites")
    result = storysite(shelf.path, "build")
    assert result.returncode == 1
    assert (
        "_site/2026/11/kites/index.html: something that storysite did not write is in the way of a page"
        in result.stderr
    )
    assert tree(shelf.site) == before
    (shelf.site / name).unlink()
    assert storysite(shelf.path, "build").returncode == 0


def test_an_output_folder_that_lost_its_manifest_is_not_taken_without_a_memory_of_it(shelf: Folder) -> None:
    """Where nothing is remembered of our files either, all are somebody's: the folder is refused, not cleared."""
    shelf.build()
    (shelf.site / ".storysite-manifest").unlink()
    shutil.rmtree(shelf.path / ".storysite")
    before = tree(shelf.site)
    result = storysite(shelf.path, "build")
    assert (result.returncode, tree(shelf.site)) == (2, before)
    assert "[output-refused]" in result.stderr


def test_the_summary_is_one_plain_line_of_numbers(shelf: Folder) -> None:
    """A build ends with how much there is, where it lies, and how much of it was done; then how goodwill stands."""
    *_, line, ledger, _ = spoken(shelf, "build").split("\n")
    assert ledger.startswith("Goodwill: ")
    assert re.fullmatch(
        r"1 post on (\d+) pages in SITE/_site: \1 pages built, \1 written, 0 deleted \(\d+\.\d s\)\.", line
    )
