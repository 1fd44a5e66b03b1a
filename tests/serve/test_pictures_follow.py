"""The preview of a story with many large photos: its page comes at once, its pictures follow, and no save waits for them."""

import os
import re
import shutil
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page, expect

from storysite.pool import cores
from tests.folder import Folder
from tests.running import Running, holds, is_like, until
from tests.serve.test_serve import Site, serve

COUNT = 20
STORY = "content/posts/2026-01-02-story.md"
OTHER = "content/posts/2026-01-03-other.md"


def with_photos(folder: Folder, count: int, size: tuple[int, int] = (1600, 1200)) -> None:
    """Write a story with large photos, and one without."""
    written = BytesIO()
    Image.effect_noise((size[0] // 8, size[1] // 8), 80).resize(size).convert("RGB").save(written, "JPEG")
    data = written.getvalue()
    for number in range(count):
        folder.write(
            f"content/posts/p{number}.jpg", data[:2] + b"\xff\xfe\x00\x06" + f"{number:04}".encode() + data[2:]
        )
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\nshare_cards: none\n")
    folder.post("2026-01-02-story", "\n\nWords.\n\n".join(f"![A robot](p{n}.jpg)" for n in range(count)), title="Story")
    folder.post("2026-01-03-other", "First text.", title="Other")
    for file in folder.path.rglob("*"):
        if file.is_file():
            os.utime(file, (file.stat().st_mtime - 3600,) * 2)


def made(folder: Folder) -> int:
    """Return how many photos have all their copies."""
    names = [re.sub(r"-.*", "", file.name) for file in (folder.site / "media").glob("p*")]
    return len(set(names))


def save(folder: Folder, old: str, new: str) -> None:
    file = folder.path / OTHER
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def is_seen(tab: Page, words: str) -> bool:
    """Return whether a picture has come, of which `words` say what it shows; a page that is just loaded has none."""
    try:
        return bool(tab.evaluate(f"document.querySelector('img[alt=\"{words}\"]')?.naturalWidth > 0"))
    except Error:
        return False


def test_a_save_waits_for_one_picture_of_each_process_at_most(tmp_path: Path) -> None:
    """However many are still to be made; in the end the site is that of a clean build."""
    folder = Folder(tmp_path / "site")
    with_photos(folder, COUNT)
    page = folder.site / "2026/01/other/index.html"
    kept = folder.path / ".storysite/pictures"
    with Running(folder.path, "watch") as running:
        assert running.line(" built in ").endswith(f"{COUNT} pictures follow\n")
        assert holds(folder.site / "2026/01/story/index.html", "p19-")
        assert made(folder) == 0
        for old, new in (("First", "Second"), ("Second", "Third")):
            until(lambda: made(folder) > 0, "the first picture")
            before = len(list(kept.iterdir()))
            save(folder, old, new)
            until(lambda new=new: holds(page, f"{new} text"), "the edit")  # type: ignore[misc]
            each = len(list((folder.site / "media").glob("p0-*")))
            assert len(list(kept.iterdir())) - before <= 2 * cores() * each
            assert running.line("saved").endswith("pictures follow\n")
        assert made(folder) < COUNT
        for number in range(1, COUNT + 1):
            until(lambda number=number: made(folder) >= number, f"picture {number}")  # type: ignore[misc]
        running.line("pictures: all there")
        shutil.copytree(kept, tmp_path / "clean/cache/pictures")  # that these are the same is shown elsewhere
        clean = folder.clean(tmp_path / "clean", jobs=0, now=datetime.now(UTC))
        until(lambda: is_like(folder.site, clean), "what a clean build gives")
        save(folder, "Third", "Fourth")
        assert "follow" not in running.line("saved")
        assert running.stop() == 0
    assert "leaked" not in "".join(running.said)


def test_ctrl_c_ends_all_while_pictures_are_made(tmp_path: Path) -> None:
    """And the next command makes the rest."""
    folder = Folder(tmp_path / "site")
    with_photos(folder, 6)
    with Running(folder.path, "watch") as running:
        running.line(" follow")
        until((folder.path / ".storysite/pictures").exists, "the first picture")
        assert running.stop() == 0
    assert not any(word in line for word in ("Traceback", "Warning", "leaked") for line in running.said)
    folder.build(now=datetime.now(UTC))
    assert made(folder) == 6


def test_a_tab_shows_the_page_at_once_and_its_pictures_by_itself(tmp_path: Path, browser: Browser) -> None:
    """The writer does nothing for it."""
    folder = Site(tmp_path / "site")
    with_photos(folder, 3)
    with serve(folder):
        tab = browser.new_page()
        tab.goto(f"http://localhost:{folder.port}/2026/01/other/")
        expect(tab.get_by_text("First text.")).to_be_visible()
        folder.running.line("all there")
        folder.write("content/posts/new.jpg", (folder.path / "content/posts/p0.jpg").read_bytes() + b"new")
        folder.post("2026-01-03-other", "Second text.\n\n![Something new](new.jpg)", title="Other")
        expect(tab.get_by_text("Second text.")).to_be_visible()
        until(lambda: is_seen(tab, "Something new"), "the picture")
