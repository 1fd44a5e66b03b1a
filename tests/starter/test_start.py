"""A site and a post begun from nothing: what is written, under which names, and that it builds at once."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import yaml

from storysite import __version__
from storysite.commands.new import local_zone
from storysite.markdown.convert import render_markdown
from storysite.markdown.plain_text import title_of
from storysite.model.post import KINDS
from storysite.source.entry import ReadSettings
from storysite.source.post import read_post
from storysite.starter.facts import FORM
from storysite.starter.identity import mint
from storysite.starter.start import start_post, start_site
from tests.command_line import ROOT, small_site, storysite
from tests.folder import NOW, Folder, tree


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    """Return a site with settings and one story, for the command line."""
    return small_site(tmp_path)


RULES = ReadSettings("UTC", time(6), "en", "", "/{year}/{month}/{slug}/")
ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
HOSTILE = [
    "Robots: a love story", "Who's there?", 'She said "hi"', "C# and C++", "#1 fan", "- dash", "* star", "? why",
    "yes", "No", "null", "~", "2026-11-20", "12:30", "3.14", "1e3", "0x1F", "1_000", ".inf", "[draft]", "{braces}",
    "{{ template }}", "{{ not closed", "@home", "`code`", "%percent", "&anchor", "!tag", "|", ">", "=", "<<", "---", "...",
    "back\\slash", "“curly quotes”", "‘single’", "trailing colon:", "a #comment", "  spaces   inside  ",
    "tab\there", "two\nlines", "读书的四十个家庭", "ليلة الصانعين", "🎉🎉", "Zoë’s Äpfel", "title: title",
    "<script>alert(1)</script>", "'", '"', "\\", "../../etc/passwd", "a/b", "x" * 300, "true",
    "---\ntitle: other\n---",
]  # fmt: skip
"""Titles that YAML would read as something else, or that are hard on a file's name."""


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
    """Settings, three stories of the last two weeks, a page, the workflows, what they install and what git must not keep."""
    start_site(tmp_path / "site", today=date(2026, 11, 24), zone="America/Chicago")
    assert sorted(tree(tmp_path / "site")) == [
        ".gitattributes",
        ".github/workflows/publish.yml",
        ".github/workflows/scheduled.yml",
        ".gitignore",
        ".pages.yml",
        "HANDOVER.md",
        "README.md",
        "content/pages/about.md",
        "content/posts/2026-11-10-why-we-tell-these-stories.md",
        "content/posts/2026-11-17-the-helpers-who-fixed-the-labels.md",
        "content/posts/2026-11-23-a-first-victory.md",
        "storysite.yml",
        "tool/hooks/.gitattributes",
        "tool/hooks/pre-commit",
        "tool/record.json",
        "tool/requirements.txt",
        f"tool/storysite-{__version__}-py3-none-any.whl",
    ]
    texts = {name: text for name, text in tree(tmp_path / "site").items() if not name.endswith(".whl")}
    assert not [name for name, text in texts.items() if re.search(rb"@[A-Z]+@", text)]
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


def test_this_computers_time_zone_is_one_that_exists() -> None:
    """The zone that `new` writes can be read by `build`."""
    from zoneinfo import ZoneInfo

    assert ZoneInfo(local_zone()).key == local_zone()


@pytest.mark.parametrize(
    ("variable", "zone"),
    [
        ("America/Chicago", "America/Chicago"),
        (":Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
        ("Pacific/Honolulu", "Pacific/Honolulu"),
        ("America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("EST5EDT", "EST5EDT"),
        ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("../etc/passwd", None),
        ("Nowhere/Land", None),
        ("CST6CDT,M3.2.0,M11.1.0", None),
        ("", None),
    ],
)
def test_a_new_site_has_the_time_zone_of_the_variable_tz(tmp_path: Path, variable: str, zone: str | None) -> None:
    """Whatever the file says in which the system keeps one; what is no zone leaves that of the system."""
    if variable.startswith("/") and not Path(variable).exists():
        pytest.skip("there is no such file here")
    found = {}
    for name, value in (("told", variable), ("system", "")):
        line = [sys.executable, "-m", "storysite", "new", name]
        subprocess.run(line, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": value}, check=True)
        found[name] = yaml.safe_load((tmp_path / name / "storysite.yml").read_text("utf-8"))["timezone"]
    assert found["told"] == (zone or found["system"])


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
        f"content/posts/{files[1].name} is ready. Answer its four questions in your own words, "
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
    assert entry.post.title == title_of(" ".join(title.split()))


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


@pytest.mark.parametrize("converts", ["true", "false", "input"])
def test_a_checkout_on_windows_is_the_same_byte_for_byte(converts: str, tmp_path: Path) -> None:
    """Whatever git is told to do with line ends there: texts have those of Unix, pictures are left as they are."""
    source, picture = tmp_path / "site", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 3
    start_site(source, today=date(2026, 11, 24), zone="UTC")
    document = b"%PDF-1.4\r\n1 0 obj\r\n<< >>\r\nendobj\r\ntrailer\r\n"
    for name, data in (
        ("robot.png", picture),
        ("LETTER.PDF", document),
        ("plan.docx", b"PK\r\n"),
        ("a.webp", b"RIFF\r\n"),
    ):
        (source / "content/posts" / name).write_bytes(data)
    (source / "content/posts/windows.md").write_bytes(b"# Robots\r\n\r\nText.\r\n")
    git = ["git", "-c", f"core.autocrlf={converts}", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        subprocess.run([*git, *words], cwd=source, check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", source, tmp_path / "copy"], check=True, capture_output=True)
    files = {name: text for name, text in tree(source).items() if not name.startswith(".git/")}
    files["content/posts/windows.md"] = b"# Robots\n\nText.\n"
    assert {name: text for name, text in tree(tmp_path / "copy").items() if not name.startswith(".git/")} == files
