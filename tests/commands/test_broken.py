"""Every problem that can be found is found in a tiny site of its own, and printed for the person who made the mistake.

A folder in `tests/broken` is such a site; its name begins with the problem's code. `expected.txt` is what the command
prints to standard error, `command.txt` the command where it is not `build`. `STORYSITE_GOLDEN=write` writes the
expectations anew.
"""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from storysite.cache.lock import exclusive_lock
from storysite.commands.console import report_errors
from storysite.errors import ProblemsFound
from storysite.pool import MIN_PARALLEL_BATCHES, Workers
from storysite.problems import CODES
from tests.command_line import ROOT, SETTINGS, said, storysite
from tests.folder import Folder, tree

BROKEN = ROOT / "tests" / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())
ABOUT = {"expected.txt", "command.txt"}
"""What lies in a case's folder and is no part of its site."""
HEADER = "---\nid: shelf-1\ntitle: Robots in the library\ndate: 2026-11-20\n---\n\n"
POST = "content/posts/2026-11-20-robots.md"
STAYS = "The existing site was left unchanged."

USAGE = {
    "build-busy", "document-place", "explain-unknown", "handover-changed", "listen-table", "new-answer", "new-not-empty", "no-site", "output-refused", "photo-post", "photo-staged", "post-name", "program-parts", "serve-base-path", "serve-port", "share-post", "theme-exists", "theme-file",
    "theme-file-exists", "theme-name", "theme-unknown", "upgrade-older",
}  # fmt: skip
"""Codes of problems with the command itself: exit code 2."""


def codes_in(text: str) -> set[str]:
    """Return the codes of the problems in what a command printed."""
    places = [line.rpartition("  [")[2].removesuffix("]") for line in text.split("\n") if line.endswith("]")]
    return set(places) & CODES.keys()


def code_of(case: str) -> str:
    """Return the code that the folder of a case is named after: the longest that its name begins with."""
    return max((code for code in CODES if f"{case}-".startswith(f"{code}-")), key=len)


def exit_code(code: str, text: str) -> int:
    """Return the exit code for a problem that was printed: warnings and notes stop no build."""
    if code in USAGE:
        return 2
    lines = [line for line in text.split("\n") if line.endswith(f"  [{code}]")]
    return 0 if all(re.match(r"(?:\S*: )?(?:warning|note): ", line) for line in lines) else 1


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder for a site, whose path has nothing in it that a message could break at."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("case", CASES)
def test_each_broken_site_gets_exactly_its_message(case: str, site: Path) -> None:
    """What is printed is what the case's file says, word for word, and the exit code tells how bad it is."""
    shutil.copytree(BROKEN / case, site, dirs_exist_ok=True, ignore=lambda _, names: ABOUT & set(names))
    command = BROKEN / case / "command.txt"
    arguments = command.read_text("utf-8").split() if command.exists() else ["build"]
    before = tree(site)
    result = storysite(site, *arguments)
    expected = BROKEN / case / "expected.txt"
    if os.environ.get("STORYSITE_GOLDEN") == "write":
        expected.write_text(said(result, site), encoding="utf-8", newline="\n")
    assert said(result, site) == expected.read_text("utf-8")
    assert result.returncode == exit_code(code_of(case), said(result, site))
    assert "Traceback" not in result.stdout + result.stderr
    assert code_of(case) in codes_in(said(result, site))
    after = tree(site)
    assert {name: after[name] for name in before} == before


class Made(NamedTuple):
    """A case that no plain file can show: how the site is made, the command, and what is printed."""

    make: Callable[[Folder], object]
    expected: str
    arguments: tuple[str, ...] = ("build",)
    exit_code: int = 0


def _thousand_posts(folder: Folder) -> None:
    """Take every name that a post called Robots could get on any of the days around now."""
    from datetime import UTC, datetime, timedelta

    now = datetime.now(UTC)
    for day in {f"{now + timedelta(hours=hours):%Y-%m-%d}" for hours in (0, 1)}:
        for number in range(1, 1000):
            folder.write(f"content/posts/{day}-robots{f'-{number}' if number > 1 else ''}.md", "")


def _vanished_stories(folder: Folder) -> None:
    """Build a site of two dozen stories, and take away all but two of their files."""
    for number in range(24):
        folder.post(f"2026-01-02-story-{number}", id=f"s-{number}")
    folder.build()
    for number in range(22):
        (folder.path / f"content/posts/2026-01-02-story-{number}.md").unlink()


def _theme_of_a_stranger(folder: Folder) -> None:
    """Use a theme that would publish what lies elsewhere: other folders of the computer, and stories not yet shown."""
    folder.write("storysite.yml", SETTINGS + "theme: stranger\n")
    folder.post("2026-11-20-secret", draft="true")
    theme = folder.path / "themes/stranger"
    (theme / "templates").mkdir(parents=True)
    (theme / "assets").symlink_to(folder.path.parent)
    (theme / "templates/parts").symlink_to("../../../content/posts")
    (theme / "templates/post.html").symlink_to(folder.path.parent / "diary.md")
    (theme / "templates/.hidden").symlink_to(folder.path.parent / "diary.md")


MADE = {
    "stories-missing": Made(
        _vanished_stories,
        f"""content: 22 of the 24 stories on the site are no longer in this folder  [stories-missing]
    hint: put them back; if you do want them off the site, run the command again with --allow-deletions
{STAYS} Fix this problem and build again.
""",
        exit_code=1,
    ),
    "file-control-characters": Made(
        lambda folder: folder.write(POST, HEADER + "We counted\b the robots.\n"),
        f"""{POST}:7: warning: this line has invisible characters that no page can show; they were removed  [file-control-characters]
    7 | We counted the robots.
    hint: delete the line and type it again: such characters come along when text is copied from other programs
""",
    ),
    "file-encoding": Made(
        lambda folder: folder.write(POST, (HEADER + "Robots at the café.\n").encode("cp1252")),
        f"""{POST}:7: warning: this file is not saved as UTF-8, and was read as Windows-1252  [file-encoding]
    7 | Robots at the café.
    hint: check that its accents and quotation marks are right, then save it again as UTF-8
""",
    ),
    "file-not-text": Made(
        lambda folder: folder.write(POST, b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8),
        f"""{POST}: this file is not text: it may be a photo or a document that was renamed  [file-not-text]
    hint: change the ending of its name back, for example to .jpg or .docx, or save it as plain text (UTF-8)
{STAYS} Fix this problem and build again.
""",
        exit_code=1,
    ),
    "file-name": Made(
        lambda folder: folder.write("content/posts/two\nlines.md", HEADER),
        """'content/posts/two\\nlines.md': warning: this file's name has a line break in it  [file-name]
    hint: rename the file
""",
    ),
    "name-windows": Made(
        lambda folder: folder.write("static/aux.txt", "A cable."),
        """static/aux.txt: warning: Windows cannot have this file: it is called aux, as a part of the computer is  [name-windows]
    hint: rename it, so that this folder can be opened on any computer
""",
    ),
    "file-unreadable": Made(
        lambda folder: (folder.path / POST).symlink_to("nowhere.md"),
        f"""{POST}: this file cannot be read: it is a link that leads nowhere  [file-unreadable]
    hint: check that it still exists and that you have permission to read it
{STAYS} Fix this problem and build again.
""",
        exit_code=1,
    ),
    "link-outside": Made(
        lambda folder: (folder.path / "content/posts/robots.md").symlink_to(folder.path.parent / "diary.md"),
        """content/posts/robots.md: warning: this is a link to a place outside the site's folder, so it is not followed  [link-outside]
    hint: copy what it points to into the folder
""",
    ),
    "link-outside-theme": Made(
        _theme_of_a_stranger,
        """themes/stranger/assets: this is a link to a place outside the site's themes, so it is not followed  [link-outside]
    hint: delete it; or if you made it yourself, put a copy of what it points to in its place
themes/stranger/templates/parts: this is a link to a place outside the site's themes, so it is not followed  [link-outside]
    hint: delete it; or if you made it yourself, put a copy of what it points to in its place
themes/stranger/templates/post.html: this is a link to a place outside the site's themes, so it is not followed  [link-outside]
    hint: delete it; or if you made it yourself, put a copy of what it points to in its place
"""
        f"{STAYS} Fix these 3 problems and build again.\n",
        exit_code=1,
    ),
    "post-too-large": Made(
        lambda folder: folder.write(POST, HEADER + "Robots. " * 700_000),
        f"""{POST}: this post is 6 MB, more than the 5 MB that a post can be  [post-too-large]
    hint: put pictures next to the post, not inside its text
{STAYS} Fix this problem and build again.
""",
        exit_code=1,
    ),
    "post-name": Made(
        _thousand_posts,
        """SITE/content/posts: a thousand posts with this title already exist for today  [post-name]
    hint: choose another title
""",
        ("post", "Robots"),
        exit_code=2,
    ),
    "cache-unwritable": Made(
        lambda folder: folder.write(".storysite", "A file stands where the memory belongs.\n"),
        """SITE/.storysite: warning: nothing can be remembered here, so the next build starts from scratch  [cache-unwritable]
    hint: check that you can write to this folder and that the disk is not full
""",
    ),
    "system": Made(
        lambda folder: folder.write("_site/.storysite-manifest/note.txt", "A folder stands where a file belongs.\n"),
        "SITE/_site/.storysite-manifest~ cannot be read or written: Is a directory  [system]\n",
        exit_code=1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", MADE)
def test_what_no_plain_file_can_show_gets_its_message_too(code: str, site: Path) -> None:
    """Links, odd bytes, odd names and sizes are reported as plainly as a typing mistake."""
    case = MADE[code]
    folder = Folder(site)
    folder.write("storysite.yml", SETTINGS)
    (site.parent / "diary.md").write_text("Private.\n", "utf-8")
    case.make(folder)
    result = storysite(site, *case.arguments)
    assert said(result, site) == case.expected
    assert result.returncode == case.exit_code
    assert codes_in(case.expected) == {code_of(code)}
    assert "Traceback" not in result.stdout + result.stderr


def die(_: int) -> int:
    """End the process that is given this work."""
    os._exit(1)


@pytest.mark.process
def test_a_process_that_dies_is_a_sentence_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When the system ends one of the processes of a build, the command says so and what to try."""
    with pytest.raises(SystemExit) as ended, report_errors(tmp_path):
        list(Workers(2, "spawn").map(die, range(MIN_PARALLEL_BATCHES)))
    assert capsys.readouterr().err.startswith(
        "a helper process of the build was killed, perhaps because memory ran out  [process-died]\n"
        "    hint: run the build again, or with --jobs 1\n"
    )
    assert ended.value.code == 1


def test_a_build_that_does_not_end_is_not_waited_for_for_ever(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second build says that it waits, and after its patience that the first one does not come to its end."""
    told: list[str] = []
    lock = tmp_path / "lock"
    with pytest.raises(SystemExit) as ended, report_errors(tmp_path), exclusive_lock(lock, lambda: None):  # noqa: SIM117
        with exclusive_lock(lock, lambda: told.append("waiting"), patience=0.01):
            raise AssertionError("two builds at once")
    assert told == ["waiting"]
    assert capsys.readouterr().err == (
        "another build of this site is still running  [build-busy]\n"
        "    hint: wait for it to finish, or close the window it is running in\n"
    )
    assert ended.value.code == 2


def test_every_problem_has_a_case() -> None:
    """A code that the program can print is shown in at least one case, and no case is of a code that is gone."""
    shown = {code for case in CASES for code in codes_in((BROKEN / case / "expected.txt").read_text("utf-8"))}
    elsewhere = {"process-died", "build-busy", "search-failed", "search-missing", "file-changed", "text-unreadable"}
    elsewhere |= {
        "avif-missing",
        "engine-unverified",
        "one-process",
        "plugin-failed",
        "plugin-rule",
        "card-undrawn",
        "program-parts",
        "upgrade-older",
    }
    elsewhere |= {code for code in CODES if code.startswith("publish-")}  # tests/publish
    assert shown.union(elsewhere, map(code_of, MADE)) == CODES.keys()
    assert CODES.keys() >= USAGE


def test_several_broken_files_are_told_of_in_one_run_in_order(site: Path) -> None:
    """Three posts, a data file and a setting are wrong at once; all are named in one run, ordered by file."""
    folder = Folder(site)
    folder.write("storysite.yml", SETTINGS + "tite: Our shelf\n")
    folder.write("data/hours.yml", "monday: [\n")
    folder.post("2026-11-03-c", id="c", date="2026-13-04")
    folder.post("2026-11-01-a", id="a", date="2026-02-30")
    folder.post("2026-11-02-b", id="b", permalink="/../b/", kind="victroy")
    folder.post("2026-11-04-d", id="a", summary="A copy with the id of the first.")
    folder.post("2026-11-05-e", id="a")
    result = storysite(site, "build")
    assert [line for line in said(result, site).split("\n") if line.endswith("]")] == [
        'content/posts/2026-11-01-a.md:3: date "2026-02-30" is not a real date  [post-date]',
        'content/posts/2026-11-02-b.md:3: the address "/../b/" cannot be used  [post-permalink]',
        'content/posts/2026-11-02-b.md:4: warning: there is no kind "victroy", so this is shown as a victory  [post-kind]',
        'content/posts/2026-11-03-c.md:3: date "2026-13-04" is not a real date  [post-date]',
        'content/posts/2026-11-05-e.md: this post has the same id "a" as content/posts/2026-11-04-d.md,'
        " so feed readers would treat them as one post  [post-id-twice]",
        "data/hours.yml:2: this data cannot be read from here on  [data-broken]",
        'storysite.yml:3: warning: there is no setting "tite"  [settings-unknown]',
    ]
    assert result.stderr.endswith(f"{STAYS} Fix these 5 problems and build again.\n")
    assert result.returncode == 1


@pytest.mark.parametrize("name, text", [("storysite.yml", "timezone: nowhere\n"), ("templates/page.html", "{% if %}")])
def test_faults_of_posts_are_told_of_beside_those_of_settings_and_templates(name: str, text: str, site: Path) -> None:
    """Whoever fixes a setting or a template is told in the same run that a post is broken too."""
    folder = Folder(site)
    folder.write(name, text)
    folder.post("2026-11-01-a", id="a", date="never")
    result = storysite(site, "build")
    assert len(codes_in(result.stderr) & {"settings-value", "template", "post-date"}) == 2
    assert result.stderr.endswith(f"{STAYS} Fix these 2 problems and build again.\n")


def test_a_broken_post_leaves_the_last_good_site_byte_for_byte(site: Path) -> None:
    """Nothing in the output changes while a post is broken, and the fixed site is as if nothing had happened."""
    folder = Folder(site)
    folder.write("storysite.yml", SETTINGS)
    folder.post("2026-11-01-a", id="a", title="A good story")
    assert storysite(site, "build").returncode == 0
    good = tree(folder.site)
    folder.post("2026-11-01-a", id="a", title="A changed story", date="never")
    folder.post("2026-11-02-b", id="b", title="Another story")
    assert storysite(site, "build").returncode == 1
    assert tree(folder.site) == good
    folder.post("2026-11-01-a", id="a", title="A good story")
    (site / "content/posts/2026-11-02-b.md").unlink()
    assert storysite(site, "build").returncode == 0
    assert tree(folder.site) == good


def test_a_fault_of_a_template_is_told_of_once_however_many_pages_it_makes(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number in range(130):
        folder.post(f"2026-01-01-story-{number}")
    folder.write("templates/post.html", "{{ post.titel }}")
    with pytest.raises(ProblemsFound) as raised:
        folder.build()
    told = [problem.what for problem in raised.value.problems if problem.code == "template"]
    assert len(told) == 1
    assert told[0].endswith(" and of 129 other pages)")


def test_a_broken_template_leaves_the_last_good_site_byte_for_byte(site: Path) -> None:
    """A template that fails in the midst of rendering changes nothing either, and leaves nothing half done."""
    folder = Folder(site)
    folder.write("storysite.yml", SETTINGS)
    folder.post("2026-11-01-a", id="a", title="A good story")
    assert storysite(site, "build").returncode == 0
    good = tree(folder.site)
    folder.write("templates/post.html", "{{ post.titel }}")
    assert storysite(site, "build").returncode == 1
    assert tree(folder.site) == good


def test_a_strict_build_takes_warnings_for_errors(site: Path) -> None:
    """With --strict a warning ends with exit code 1 and the output unchanged; a note still stops nothing."""
    folder = Folder(site)
    folder.post("2026-11-01-a", title="A good story")
    assert storysite(site, "build", "--strict").returncode == 0
    good = tree(folder.site)
    folder.post("2026-11-02-b", title="Another story", kind="victroy")
    result = storysite(site, "build", "-s")
    assert result.returncode == 1
    assert codes_in(result.stderr) == {"post-kind", "post-id-derived", "base-url"}
    assert result.stderr.endswith(f"{STAYS} Fix this problem and build again.\n")
    assert tree(folder.site) == good
    assert storysite(site, "build").returncode == 0
    assert "Another story" in folder.page("2026/11/b/index.html")


def test_a_long_list_of_problems_of_one_kind_is_folded(site: Path) -> None:
    """Of one kind five are printed and the rest is counted, errors too; all of them count at the end."""
    folder = Folder(site)
    folder.write("storysite.yml", SETTINGS)
    for number in range(8):
        folder.post(f"2026-11-{number + 1:02}-a", id=number + 1, kind="victroy", date="never" if number > 1 else "")
    result = storysite(site, "build")
    assert result.stderr.count("[post-date]") == 6
    assert "… and 1 more like this  [post-date]  (--verbose shows all)\n" in result.stderr
    assert "Fix these 6 problems" in result.stderr
    assert storysite(site, "build", "--verbose").stderr.count(': date "never"') == 6
    assert result.stderr.count(": warning: there is no kind") == 5
    assert "… and 3 more like this  [post-kind]  (--verbose shows all)\n" in result.stderr
    assert storysite(site, "build", "--verbose").stderr.count("[post-kind]") == 8
