"""The commands as people type them: what they write, what they say, and what they refuse to touch."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml

from storysite import __version__
from storysite.cli import COMMANDS
from storysite.commands.new import local_zone
from storysite.markdown.convert import render_markdown
from storysite.model.post import KINDS
from storysite.source.post import ReadSettings, read_post
from storysite.starter.start import FORM, STARTER, mint, start_post, start_site
from tests.folder import NOW, Folder, tree
from tests.test_broken import ROOT, SETTINGS, said, storysite

RULES = ReadSettings("UTC", time(6), "en", "", "/{year}/{month}/{slug}/")
ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
HOSTILE = [
    "Robots: a love story", "Who's there?", 'She said "hi"', "C# and C++", "#1 fan", "- dash", "* star", "? why",
    "yes", "No", "null", "~", "2026-11-20", "12:30", "3.14", "1e3", "0x1F", "1_000", ".inf", "[draft]", "{braces}",
    "{{ template }}", "@home", "`code`", "%percent", "&anchor", "!tag", "|", ">", "=", "<<", "---", "...",
    "back\\slash", "“curly quotes”", "‘single’", "trailing colon:", "a #comment", "  spaces   inside  ",
    "tab\there", "two\nlines", "读书的四十个家庭", "ليلة الصانعين", "🎉🎉", "Zoë’s Äpfel", "title: title",
    "<script>alert(1)</script>", "'", '"', "\\", "../../etc/passwd", "a/b", "x" * 300, "true",
    "---\ntitle: other\n---",
]  # fmt: skip
"""Titles that YAML would read as something else, or that are hard on a file's name."""


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with settings and one story, for the command line."""
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", SETTINGS)
    folder.post("2026-11-20-robots", id="robots", title="Robots")
    return folder


# -- new --


def test_a_new_site_builds_at_once_without_a_warning(tmp_path: Path) -> None:
    """From nothing to a site in two commands, even where warnings are errors."""
    made = storysite(tmp_path, "new", "our-stories")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("Your site is in our-stories. Next:\n  cd our-stories\n")
    built = storysite(tmp_path / "our-stories", "build", "--strict")
    assert built.returncode == 0
    assert re.findall(r"\[([a-z-]+)\]$", built.stderr, re.MULTILINE) == ["base-url"]
    assert built.stdout.startswith("3 posts on ")
    assert "Our stories" in (tmp_path / "our-stories/_site/index.html").read_text("utf-8")


def test_a_new_site_has_these_files(tmp_path: Path) -> None:
    """Settings, three stories of the last two weeks, a page, the workflows and what git must not keep."""
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone="America/Chicago")
    assert sorted(tree(tmp_path / "site")) == [
        ".github/workflows/publish.yml",
        ".github/workflows/scheduled.yml",
        ".gitignore",
        "content/pages/about.md",
        "content/posts/2026-11-10-why-we-tell-these-stories.md",
        "content/posts/2026-11-17-the-helpers-who-put-the-labels-right.md",
        "content/posts/2026-11-23-a-first-victory.md",
        "storysite.yml",
    ]
    assert not [name for name, text in tree(tmp_path / "site").items() if re.search(rb"@[A-Z]+@", text)]
    settings = yaml.safe_load((tmp_path / "site/storysite.yml").read_text("utf-8"))
    assert (settings["title"], settings["timezone"]) == ("Site", "America/Chicago")
    assert len((tmp_path / "site/storysite.yml").read_text("utf-8").splitlines()) <= 15


@pytest.mark.parametrize("name", ["Mr. O'Neil's \"best\" stories: #1", "yes", "2026", "- our stories", "读书 🎉"])
def test_the_name_of_the_folder_becomes_the_title_whatever_it_is(name: str, tmp_path: Path) -> None:
    """A folder's name that YAML would trip over still gives settings that can be read."""
    start_site(tmp_path / name, today=date(2026, 11, 24), zone="UTC")
    folder = Folder(tmp_path / name)
    built = folder.build()
    assert [problem.code for problem in built.problems] == ["base-url"]
    assert built.site.index.config.title == " ".join(re.sub(r"[-_\s]+", " ", name).split()).capitalize()


def test_the_ids_of_the_samples_differ_from_site_to_site(tmp_path: Path) -> None:
    """Two new sites on one day share no id, so that a reader of both feeds gets both."""
    found: list[str] = []
    for name in ("one", "two"):
        start_site(tmp_path / name, today=date(2026, 11, 24), zone="UTC")
        texts = [file.read_text("utf-8") for file in sorted((tmp_path / name / "content/posts").iterdir())]
        found += [yaml.safe_load(text.split("---")[1])["id"] for text in texts]
    assert len(set(found)) == 6
    assert all(ULID.fullmatch(identity) for identity in found)


def test_new_never_writes_where_something_is(tmp_path: Path) -> None:
    """A folder with anything but .git in it, and a file, are refused and left as they are."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full/.gitignore").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    before = tree(tmp_path)
    for name in ("full", "file", "full/.gitignore"):
        result = storysite(tmp_path, "new", name)
        assert result.returncode == 2, name
        assert "[new-not-empty]" in result.stderr
        assert "Traceback" not in result.stderr
    assert tree(tmp_path) == before
    (tmp_path / "cloned/.git").mkdir(parents=True)
    assert storysite(tmp_path / "cloned", "new", ".").returncode == 0
    assert (tmp_path / "cloned/storysite.yml").exists()


def test_the_workflows_are_whole_and_only_the_second_has_a_schedule(tmp_path: Path) -> None:
    """GitHub switches off a workflow with a schedule after 60 quiet days: publishing must not depend on one."""
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone="UTC")
    workflows = tmp_path / "site/.github/workflows"
    publish = yaml.safe_load((workflows / "publish.yml").read_text("utf-8"))
    scheduled = yaml.safe_load((workflows / "scheduled.yml").read_text("utf-8"))
    # YAML 1.1 reads the name "on" as true
    assert set(publish[True]) == {"push", "workflow_dispatch", "workflow_call"}
    assert set(scheduled[True]) == {"schedule"}
    assert publish["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert scheduled["permissions"] == publish["permissions"]
    assert scheduled["jobs"]["publish"]["uses"] == "./.github/workflows/publish.yml"
    steps = publish["jobs"]["build"]["steps"]
    assert {"run": f'pip install "storysite=={__version__}"'} in steps
    assert [step["run"] for step in steps if "run" in step][-1].startswith("storysite build --base-url ")
    assert publish["jobs"]["deploy"]["needs"] == "build"
    for step in steps + publish["jobs"]["deploy"]["steps"]:
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/none@v1"))


def test_this_computers_time_zone_is_one_that_exists() -> None:
    """The zone that `new` writes can be read by `build`."""
    from zoneinfo import ZoneInfo

    assert ZoneInfo(local_zone()).key == local_zone()


# -- post --


def test_a_post_begins_with_the_four_questions_and_an_id(shelf: Folder) -> None:
    """`storysite post` writes today's file with the story form, says so, and writes a second one beside it."""
    results = [storysite(shelf.path, "post", "Our first: story!", "--kind", "thanks") for _ in range(2)]
    today = datetime.now(UTC)
    days = {f"{today - timedelta(hours=hours):%Y-%m-%d}" for hours in (0, 1)}
    files = sorted(file for file in (shelf.path / "content/posts").iterdir() if "our-first" in file.name)
    assert [file.name[10:] for file in files] == ["-our-first-story-2.md", "-our-first-story.md"]
    assert {file.name[:10] for file in files} <= days
    assert [result.returncode for result in results] == [0, 0]
    assert results[0].stdout == (
        f"content/posts/{files[1].name} is ready: answer its four questions in your own words, "
        "then run storysite build.\n"
    )
    headers = [yaml.safe_load(file.read_text("utf-8").split("---")[1]) for file in files]
    assert {header["title"] for header in headers} == {"Our first: story!"}
    assert {header["kind"] for header in headers} == {"thanks"}
    assert len({header["id"] for header in headers}) == 2
    assert all(ULID.fullmatch(header["id"]) for header in headers)
    assert re.findall("^## (.*)$", files[0].read_text("utf-8"), re.MULTILINE) == list(FORM)


def test_a_new_post_is_shown_by_the_next_build(shelf: Folder) -> None:
    """Whatever hour it is, a post that was just begun is not scheduled for later."""
    for hour in (0, 5, 6, 23):
        now = datetime(2026, 11, 24, hour, 30, tzinfo=UTC)
        file = start_post(shelf.path, f"At {hour}", "news", now=now, publish_time=time(6))
        built = shelf.build(now=now)
        assert file.relative_to(shelf.path).as_posix() in built.site.by_source
        assert not built.problems


def test_ids_are_unique_and_in_order_of_time() -> None:
    """A thousand ids of one moment differ, and a later moment's sorts after: what the ULID specification promises."""
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    assert len({mint(moment) for _ in range(1000)}) == 1000
    assert mint(moment) < mint(moment + timedelta(milliseconds=1))
    assert mint(moment)[:10] == "01" + mint(moment)[2:10]
    assert ULID.fullmatch(mint(datetime(2200, 1, 1, tzinfo=UTC)))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_read_back_as_it_was_typed(title: str, shelf: Folder) -> None:
    """Whatever is typed as a title is the title of the post, and its file lies in content/posts."""
    file = start_post(shelf.path, title, "news", now=NOW, publish_time=time(6))
    assert file.parent == shelf.path / "content/posts"
    path = file.relative_to(shelf.path).as_posix()
    entry, _ = read_post(file.read_bytes(), path, RULES, render_markdown)
    assert entry.problems == ()
    assert entry.post is not None
    assert entry.post.title == " ".join(title.split())


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are Unicode there")
def test_a_title_in_a_broken_encoding_is_no_traceback(shelf: Folder) -> None:
    """A terminal that sends another encoding gets a sentence, and no half-written post is left behind."""
    before = tree(shelf.path)
    result = storysite(shelf.path, "post", os.fsdecode(b"Caf\xe9"))
    assert "Traceback" not in result.stderr
    if result.returncode:
        assert tree(shelf.path) == before


def test_a_post_is_begun_only_in_a_site_and_of_a_known_kind(shelf: Folder, tmp_path: Path) -> None:
    """Elsewhere nothing is written; a kind that does not exist is refused with the list of those that do."""
    (tmp_path / "elsewhere").mkdir()
    result = storysite(tmp_path / "elsewhere", "post", "Lost")
    assert result.returncode == 2
    assert "[no-site]" in result.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []
    result = storysite(shelf.path, "post", "Odd", "-k", "victroy")
    assert result.returncode == 2
    assert all(kind in result.stderr for kind in KINDS)


# -- status --


def test_status_names_everything_that_is_not_shown_and_why(shelf: Folder) -> None:
    """Each draft, scheduled, expired, skipped and broken file is named, with its day where there is one."""
    shelf.post("2026-11-01-draft", id="draft", title="Not yet", draft="true")
    shelf.post("2099-01-02-later", id="later", title="Later")
    shelf.post("2099-01-01-soon", id="soon", title="Soon")
    shelf.post("2026-10-01-gone", id="gone", title="Gone", expires="2026-10-31")
    shelf.post("2026-10-02-broken", id="broken", date="2026-13-04")
    shelf.write("content/posts/minutes.docx", b"PK")
    shelf.write("content/posts/README.md", "About this folder.")
    result = storysite(shelf.path, "status")
    assert (
        result.stdout
        == """1 post published, the newest of 2026-11-20: Robots

Drafts (1)
  content/posts/2026-11-01-draft.md “Not yet” is a draft: it appears when it is no longer marked as one

Scheduled (2)
  content/posts/2099-01-01-soon.md “Soon” is scheduled: it appears on 2099-01-01 at 06:00
  content/posts/2099-01-02-later.md “Later” is scheduled: it appears on 2099-01-02 at 06:00

Expired (1)
  content/posts/2026-10-01-gone.md “Gone” expired: it was shown until 2026-10-31

Broken (1)
  content/posts/2026-10-02-broken.md has a problem that must be mended first

Skipped (2)
  content/posts/README.md is a note for people who look at the folder
  content/posts/minutes.docx is not Markdown: save it as a .md file, or link to it from a post

"""
    )
    assert result.stderr.startswith('content/posts/2026-10-02-broken.md:3: date "2026-13-04" is not a day that exists')
    assert result.returncode == 1
    assert not shelf.site.exists()


def test_status_of_a_healthy_shelf_is_short(shelf: Folder) -> None:
    """With nothing to tell it tells only that; warnings are counted, and shown when asked for."""
    result = storysite(shelf.path, "status")
    assert (result.stdout, result.stderr, result.returncode) == (
        "1 post published, the newest of 2026-11-20: Robots\n", "", 0,
    )  # fmt: skip
    shelf.post("2026-11-20-robots", id="robots", title="Robots", kind="victroy")
    result = storysite(shelf.path, "status")
    assert result.stdout.endswith("\n1 warning; storysite status --verbose shows them.\n")
    assert "[post-kind]" in storysite(shelf.path, "status", "--verbose").stderr


# -- theme --


def test_a_copied_file_of_the_theme_changes_the_pages_until_it_is_deleted(shelf: Folder) -> None:
    """One file of the theme becomes the site's own; a second copy never goes over it; without it all is as before."""
    shelf.build()
    before = tree(shelf.site)
    result = storysite(shelf.path, "theme", "eject", "post.html")
    assert result.stdout.startswith("templates/post.html is now yours")
    shelf.build()
    assert tree(shelf.site) == before
    mine = shelf.write("templates/post.html", "<title>{{ post.title }}</title>Mine alone")
    result = storysite(shelf.path, "theme", "eject", "post.html")
    assert (result.returncode, said(result, shelf.path)) == (
        2, "templates/post.html: you have this file already; it was left as it is  [theme-file-exists]\n",
    )  # fmt: skip
    shelf.build()
    assert shelf.page("2026/11/robots/index.html") == "<title>Robots</title>Mine alone"
    assert "post.html  (changed here)" in storysite(shelf.path, "theme", "list").stdout
    mine.unlink()
    shelf.build()
    assert tree(shelf.site) == before


def test_a_theme_of_ones_own_is_a_copy_that_works(shelf: Folder) -> None:
    """A started theme is listed, and a site that uses it looks the same until a file of it is changed."""
    shelf.build()
    before = tree(shelf.site)
    assert storysite(shelf.path, "theme", "new", "ours").stdout.startswith("themes/ours is ready.")
    shelf.write("storysite.yml", SETTINGS + "theme: ours\n")
    shelf.build()
    assert tree(shelf.site) == before
    listed = storysite(shelf.path, "theme", "list").stdout
    assert listed.startswith("default\ngazette\nours  (used here)\n\nFiles of ours, ")
    assert "  base.html\n" in listed
    assert "  feed.xml\n" in listed
    copied = tree(shelf.path / "themes/ours")
    for name in ("ours", "default", "../theirs", "a/b", ""):
        assert storysite(shelf.path, "theme", "new", name).returncode == 2, name
    assert tree(shelf.path / "themes/ours") == copied


# -- build --


def test_the_second_build_makes_nothing(shelf: Folder) -> None:
    """What is as it was is kept; --clean makes it all anew and writes nothing, for the bytes are the same."""
    assert re.search(
        r"1 post on (\d+) pages in SITE/_site: \1 pages made, \1 written, 0 deleted", spoken(shelf, "build")
    )
    assert ": 0 pages made, 0 written, 0 deleted" in spoken(shelf, "build")
    assert re.search(r": [1-9]\d* pages made, 0 written, 0 deleted", spoken(shelf, "build", "--clean"))


def spoken(folder: Folder, *arguments: str) -> str:
    """Return what a command that succeeds prints to standard output, with the site's folder called SITE."""
    result = storysite(folder.path, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout.replace(str(folder.path.resolve()), "SITE")


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
    assert text.endswith("would be made, 0 files deleted. Nothing was done.\n")
    assert not shelf.site.exists()
    spoken(shelf, "build")
    before = tree(shelf.site)
    (shelf.path / "content/posts/2026-11-20-robots.md").unlink()
    text = spoken(shelf, "build", "--dry-run")
    assert "/2026/11/robots/index.html: no longer wanted\n" in text
    assert tree(shelf.site) == before
    spoken(shelf, "build")
    assert "2026/11/robots/index.html" not in shelf.routes()


def test_a_page_can_be_explained(shelf: Folder) -> None:
    """--explain says what a page is made of, what of it changed, and whether it would be made again."""
    assert "It would be made again: it is new." in spoken(shelf, "build", "--explain", "/2026/11/robots/")
    spoken(shelf, "build")
    for address in ("/2026/11/robots/", "2026/11/robots", "https://library.example.org/stories/2026/11/robots/"):
        text = spoken(shelf, "build", "--explain", address)
        assert text.startswith(
            "/2026/11/robots/ is made of content/posts/2026-11-20-robots.md, with the template post.html"
        )
        assert text.endswith("It is kept: nothing it shows has changed since it was made.\n")
    shelf.post("2026-11-20-robots", "Another text.", id="robots", title="Robots")
    text = spoken(shelf, "build", "--explain", "/2026/11/robots/")
    assert "    post (changed)\n" in text
    assert text.endswith("It would be made again: something it shows changed.\n")


def test_a_build_can_be_verified_and_timed(shelf: Folder) -> None:
    """--verify compares with a build from nothing and finds what does not belong; --timings tells the stages."""
    text = spoken(shelf, "build", "--verify", "--timings")
    assert "Verified: a build from nothing gives the same files, byte for byte.\n" in text
    assert re.search(r"^ +read +\d+\.\d{3} s$", text, re.MULTILINE)
    (shelf.site / "extra.html").write_text("by hand", "utf-8")
    result = storysite(shelf.path, "build", "--verify")
    assert result.returncode == 1
    assert result.stderr.endswith("/extra.html is not what a build from nothing makes\n")


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


# -- the output folder --


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
        ".": "this folder holds the sources of the site",
        "..": "this folder holds the sources of the site",
        "content": "this folder holds sources of the site",
        "content/posts/site": "this folder holds sources of the site",
        "static/site": "this folder holds sources of the site",
        "templates": "this folder holds sources of the site",
        "themes/x": "this folder holds sources of the site",
        "data": "this folder holds sources of the site",
        "pictures": "there are files in it that storysite did not write",
        "linked": "there are files in it that storysite did not write",
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
        "_site/2026/11/kites/index.html: something that storysite did not write stands where a page belongs"
        in result.stderr
    )
    assert tree(shelf.site) == before
    (shelf.site / name).unlink()
    assert storysite(shelf.path, "build").returncode == 0


def test_an_output_folder_that_lost_its_manifest_is_not_taken(shelf: Folder) -> None:
    """Without the list of our files all of them are somebody's: the folder is refused rather than cleared."""
    shelf.build()
    (shelf.site / ".storysite-manifest").unlink()
    before = tree(shelf.site)
    result = storysite(shelf.path, "build")
    assert (result.returncode, tree(shelf.site)) == (2, before)
    assert "[output-refused]" in result.stderr


# -- the command line itself --


def test_a_mistyped_command_is_guessed(tmp_path: Path) -> None:
    """A command that is nearly right gets a "did you mean", any other the usual help; both end with exit code 2."""
    result = storysite(tmp_path, "biuld")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.endswith("Error: there is no command 'biuld'. Did you mean 'build'?\n")
    result = storysite(tmp_path, "xyzzy")
    assert result.returncode == 2
    assert "No such command 'xyzzy'" in result.stderr
    assert storysite(tmp_path, "build", "--colour").returncode == 2


def test_help_and_version_are_answered_anywhere(tmp_path: Path) -> None:
    """Help names every command with a sentence, works without a site, and ends with exit code 0."""
    result = storysite(tmp_path, "-h")
    assert result.returncode == 0
    assert all(f"  {name}" in result.stdout for name in COMMANDS)
    assert storysite(tmp_path, "--version").stdout == f"storysite {__version__}\n"
    assert storysite(tmp_path, "build", "--help").returncode == 0
    for command in ("build", "status"):
        result = storysite(tmp_path, command)
        assert result.returncode == 2, command
        assert "[no-site]" in result.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals of that kind")
def test_colours_are_for_terminals_that_want_them(shelf: Folder) -> None:
    """What goes to a file or a pipe has no escape codes in it."""
    shelf.post("2026-11-21-kites", id="kites", kind="victroy")
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment["PYTHONPATH"] = str(ROOT)
    result = subprocess.run(
        [sys.executable, "-m", "storysite", "build"], cwd=shelf.path, env=environment, capture_output=True, check=True
    )
    assert b"\x1b" not in result.stdout + result.stderr


def test_the_wheel_holds_theme_and_starter(tmp_path: Path) -> None:
    """What is installed has everything that `new` and `build` need beside the code."""
    pytest.importorskip("hatchling")
    # built in a copy: the backend looks at the folder it is called in
    for name in ("storysite", "themes"):
        shutil.copytree(ROOT / name, tmp_path / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path / "source" / name)
    script = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    result = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=tmp_path / "source",
        capture_output=True,
        text=True,
        check=True,
    )
    with zipfile.ZipFile(tmp_path / result.stdout.split()[-1]) as wheel:
        names = set(wheel.namelist())
        points = next(name for name in names if name.endswith("entry_points.txt"))
        assert "storysite = storysite.cli:main" in wheel.read(points).decode()
    starter = {f"storysite/starter/files/{name}" for name in tree(STARTER)}
    assert {
        "storysite/starter/files/dot-github/workflows/publish.yml",
        "storysite/starter/files/storysite.yml",
    } <= starter
    theme = {f"storysite/themes/default/{name}" for name in tree(ROOT / "themes/default")}
    assert {"storysite/themes/default/templates/base.html", "storysite/themes/default/assets/style.css"} <= theme
    machine = {f"storysite/theme/builtin/{name}" for name in tree(ROOT / "storysite/theme/builtin")}
    assert starter | theme | machine <= names
    assert not [name for name in names if not name.startswith(("storysite/", f"storysite-{__version__}.dist-info/"))]


def test_the_summary_is_one_plain_line_of_numbers(shelf: Folder) -> None:
    """A build ends with how much there is, where it lies, and how much of it was done."""
    line = spoken(shelf, "build").split("\n")[-2]
    assert re.fullmatch(
        r"1 post on (\d+) pages in SITE/_site: \1 pages made, \1 written, 0 deleted \(\d+\.\d s\)\.", line
    )
