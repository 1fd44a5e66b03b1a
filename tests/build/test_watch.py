"""`storysite watch` as a real process: whatever is saved, however it is saved, is on the page a moment later."""

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.folder import Folder
from tests.running import Running, holds, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="process groups and signals of POSIX")
STORY = "content/posts/2026-01-02-story.md"
PAGE = "2026/01/story/index.html"


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Folder, Running]]:
    """Return a site of a few stories and the command that watches it, after its first build."""
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\n")
    folder.post("2026-01-02-story", "First text.", title="Story")
    folder.post("2026-01-03-other", "Other text.", title="Other")
    folder.write("content/posts/more/2026-01-04-deep.md", "---\ntitle: Deep\n---\nDeep text.\n")
    with Running(folder.path, "watch") as running:
        running.line("built")
        yield folder, running


def in_place(folder: Folder) -> Path:
    file = folder.path / STORY
    file.write_text(file.read_text("utf-8").replace("First", "Second"), "utf-8")
    return file


def with_vim(folder: Folder) -> None:
    """Vim tries whether it may write, moves the old file aside, writes the new one, and deletes the old."""
    file = folder.path / STORY
    probe = file.with_name("4913")
    probe.write_text("")
    probe.unlink()
    swap = file.with_name(f".{file.name}.swp")
    swap.write_text("swap")
    backup = file.rename(file.with_name(f"{file.name}~"))
    file.write_text(backup.read_text("utf-8").replace("First", "Second"), "utf-8")
    backup.unlink()
    swap.unlink()


def with_an_atomic_rename(folder: Folder) -> None:
    file = folder.path / STORY
    new = file.with_name("save.tmp")
    new.write_text(file.read_text("utf-8").replace("First", "Second"), "utf-8")
    new.replace(file)


def with_emacs(folder: Folder) -> None:
    file = folder.path / STORY
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("writer@computer.1234:5678")
    file.write_text(file.read_text("utf-8").replace("First", "Second"), "utf-8")
    lock.unlink()


def in_many_steps(folder: Folder) -> None:
    text = (folder.path / STORY).read_text("utf-8").replace("First", "Second")
    with (folder.path / STORY).open("w", encoding="utf-8") as file:
        for letter in text:
            file.write(letter)
            file.flush()


@pytest.mark.parametrize("save", [in_place, with_vim, with_an_atomic_rename, with_emacs, in_many_steps])
def test_a_saved_text_is_on_its_page(watched: tuple[Folder, Running], save: Callable[[Folder], object]) -> None:
    """However an editor saves."""
    folder, _ = watched
    save(folder)
    until(lambda: holds(folder.site / PAGE, "Second text"))


def test_a_folder_is_renamed_and_deleted(watched: tuple[Folder, Running]) -> None:
    """Posts in it stay what they are, and go with it."""
    folder, _ = watched
    moved = (folder.path / "content/posts/more").rename(folder.path / "content/posts/less")
    deep = moved / "2026-01-04-deep.md"
    deep.write_text(deep.read_text("utf-8").replace("Deep text", "Deeper text"), "utf-8")
    until(lambda: holds(folder.site / "2026/01/deep/index.html", "Deeper text"))
    shutil.rmtree(moved)
    until(lambda: not (folder.site / "2026/01/deep/index.html").exists())


def test_a_thousand_files_at_once(watched: tuple[Folder, Running]) -> None:
    """As when another branch is checked out: few builds, and all of it on the site."""
    folder, running = watched
    for number in range(1000):
        folder.post(f"2025-03-{number % 28 + 1:02}-bulk-{number}", f"Bulk {number}.", title=f"Bulk {number}")
    until(lambda: all((folder.site / f"2025/03/bulk-{number}/index.html").exists() for number in (0, 500, 999)))
    assert sum("saved" in line for line in running.said) < 12


WHATEVER: dict[str, tuple[Callable[[Folder], object], str, str]] = {
    "a setting": (lambda folder: folder.write("storysite.yml", "title: Theirs\n"), "index.html", "Theirs"),
    "a first template": (
        lambda folder: folder.write("templates/month.html", "A month of mine"), "2026/01/index.html", "A month of mine",
    ),
    "data and the template that shows it": (
        lambda folder: (folder.write("data/team.yml", "lead: Ana\n"), folder.write("templates/404.html", "{{ data.team.lead }}")),
        "404.html", "Ana",
    ),
    "a file of the theme": (
        lambda folder: folder.write("templates/assets/style.css", "/* mine */"), "index.html", "style.9",
    ),
    "a static file": (lambda folder: folder.write("static/hours.txt", "9 to 3"), "hours.txt", "9 to 3"),
    "a page": (lambda folder: folder.write("content/pages/about.md", "# About\n\nUs."), "about/index.html", "Us."),
}  # fmt: skip


@pytest.mark.parametrize("what", WHATEVER)
def test_whatever_a_site_is_made_of_is_watched(watched: tuple[Folder, Running], what: str) -> None:
    """Folders that were not there when the command began are watched too."""
    folder, _ = watched
    change, route, text = WHATEVER[what]
    before = (folder.site / route).read_bytes() if (folder.site / route).exists() else b""
    change(folder)
    if what == "a file of the theme":
        until(lambda: (folder.site / route).read_bytes() != before)
    else:
        until(lambda: holds(folder.site / route, text))


def test_what_was_saved_is_named_whatever_it_is(watched: tuple[Folder, Running]) -> None:
    """Settings, templates and files of a theme, as texts are; not what an editor keeps beside them."""
    folder, running = watched
    for name, text in (
        ("storysite.yml", "title: Yours\nbase_url: https://library.example.org\n"),
        ("templates/home.html", "<title>Home</title>{{ site.title }}"),
        ("templates/assets/style.css", "body { color: red }"),
        ("themes/ours/theme.yaml", "extends: default\n"),
        ("static/map.txt", "a map"),
        ("data/hours.yml", "monday: 8 to 3\n"),
    ):
        folder.write(f"{name}~", "kept by an editor")
        folder.write(name, text)
        assert running.line(f"{name} saved: ")
    (folder.path / "templates/home.html").unlink()
    assert running.line("templates/home.html saved: ")


def test_a_change_of_the_same_length_in_the_same_moment(watched: tuple[Folder, Running]) -> None:
    """Time and size do not tell it: a file whose time is not well past is looked into again, also after a clock jumped."""
    folder, _ = watched
    file = folder.path / STORY
    moment = file.stat().st_mtime_ns + 60 * 10**9
    for word in ("Second", "Fourth", "Eleven"):
        file.write_text(re.sub(r"\w+ text", f"{word} text", file.read_text("utf-8")), "utf-8")
        os.utime(file, ns=(moment, moment))
        until(lambda word=word: holds(folder.site / PAGE, f"{word} text"))  # type: ignore[misc]


def test_content_behind_a_link(tmp_path: Path) -> None:
    """Events do not reach behind every link, but the look from time to time does."""
    folder = Folder(tmp_path / "site")
    real = folder.write("attic/2026-01-02-story.md", "---\ntitle: Story\n---\nFirst text.\n")
    (folder.path / "content/posts/linked").symlink_to(folder.path / "attic")
    with Running(folder.path, "watch") as running:
        running.line("built")
        real.write_text(real.read_text("utf-8").replace("First", "Second"), "utf-8")
        until(lambda: holds(folder.site / PAGE, "Second text"))


def test_without_events_files_are_looked_at(tmp_path: Path) -> None:
    """With `--poll` no event is asked for, as on network drives."""
    folder = Folder(tmp_path / "site")
    folder.post("2026-01-02-story", "First text.")
    with Running(folder.path, "watch", "--poll") as running:
        running.line("built")
        in_place(folder)
        until(lambda: holds(folder.site / PAGE, "Second text"))


def test_a_post_appears_at_its_moment(tmp_path: Path) -> None:
    """Nobody saves anything: the clock alone brings it."""
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", "timezone: UTC\n")
    folder.post("2026-01-02-story", "First text.")
    due = datetime.now(UTC) + timedelta(seconds=7)
    folder.post("2026-01-03-soon", "Here it is.", date=f"{due:%Y-%m-%dT%H:%M:%S}Z", slug="soon", permalink="/soon/")
    with Running(folder.path, "watch") as running:
        running.line("built")
        assert not (folder.site / "soon/index.html").exists()
        until(lambda: holds(folder.site / "soon/index.html", "Here it is"))


def test_a_mistake_leaves_the_site_and_is_told_until_it_is_mended(watched: tuple[Folder, Running]) -> None:
    """The last good page stays; when the file is fixed, all is well again."""
    folder, running = watched
    file = folder.path / STORY
    good = (folder.site / PAGE).read_bytes()
    text = file.read_text("utf-8")
    file.write_text(text.replace("title: Story", "title: Story\ndate: 2026-13-04"), "utf-8")
    running.line("2026-13-04")
    running.line("was not changed")
    assert (folder.site / PAGE).read_bytes() == good
    file.write_text(text.replace("First", "Second"), "utf-8")
    until(lambda: holds(folder.site / PAGE, "Second text"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_behind(watched: tuple[Folder, Running], how: signal.Signals) -> None:
    """Neither a process, nor a lock, nor a file that is half written; and another build can begin at once."""
    folder, running = watched
    assert running.stop(how) == (0 if how == signal.SIGINT else 128 + how)
    assert "Stopped." in "".join(running.said)
    assert "Traceback" not in "".join(running.said)
    assert not list(folder.site.glob(".storysite-staging*"))
    assert folder.build().written >= 0
    with pytest.raises(ProcessLookupError):
        os.killpg(running.process.pid, 0)
