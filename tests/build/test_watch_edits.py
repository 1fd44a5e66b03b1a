"""`storysite watch` through a long day: whatever is edited, and however it is saved, the site is that of a clean build."""

import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from storysite.errors import StorysiteError
from storysite.problems import errors_in
from tests.build.test_equivalence import Session
from tests.build.written import SETTINGS
from tests.folder import ICON, Folder
from tests.photos.pictures import base, made
from tests.running import ROOT, Running, is_like, until

EDITS = int(os.environ.get("STORYSITE_EDITS", "60"))
"""Random edits; the environment asks for hundreds."""
PACE = [0.0, 0.0, 0.0, 0.02, 0.1, 0.2]
"""Seconds between two edits: with these they fall into every part of a build, and between builds."""


class Day(Session):
    """A site that is edited as people and their editors do it, file by file and folder by folder."""

    def edit(self) -> str:
        edit: Callable[[], object] = self.random.choice(
            [self.add, self.add, self.body, self.body, self.title, self.header, self.tag, self.draft, self.reorder, self.touch,
             self.remove, self.rename, self.address, self.hide, self.with_vim, self.with_vs_code, self.shelve, self.shelve,
             self.rename_folder, self.remove_folder, self.settings, self.template, self.theme, self.look, self.static,
             self.picture, self.photo_in_parts, self.photos, self.photos, self.page, self.data, self.remove_data]
        )  # fmt: skip
        edit()
        time.sleep(self.random.choice(PACE))
        return edit.__name__

    def folders(self) -> list[Path]:
        """Return the folders among the posts."""
        return sorted(folder for folder in (self.folder.path / "content/posts").rglob("*") if folder.is_dir())

    def tag(self) -> None:
        self.change("tags: [", f"tags: ['{self.random.choice(['quilts', 'chess', 'poetry'])}', ")

    def draft(self) -> None:
        if file := self.some():
            text = file.read_text("utf-8")
            marked = text.replace("---\n", "---\ndraft: true\n", 1)
            file.write_text(text.replace("draft: true\n", "") if "draft: true\n" in text else marked, "utf-8")

    def with_vim(self) -> None:
        """Vim tries whether it may write, moves the old file aside, writes the new one, and deletes the old."""
        if file := self.some():
            swap, probe = file.with_name(f".{file.name}.swp"), file.with_name("4913")
            swap.write_bytes(b"swap")
            probe.touch()
            probe.unlink()
            backup = file.rename(file.with_name(f"{file.name}~"))
            file.write_text(f"{backup.read_text('utf-8')}\n{self.sentence()}\n", "utf-8")
            backup.unlink()
            swap.unlink()

    def with_vs_code(self) -> None:
        """VS Code, where it is told to, writes another file and puts it in the place of the first."""
        if file := self.some():
            fresh = file.with_name(f"{file.name}.vsctmp")
            fresh.write_text(f"{file.read_text('utf-8')}\n{self.sentence()}\n", "utf-8")
            fresh.replace(file)

    def shelve(self) -> None:
        """Move a post to a folder that may not be there yet, one below another now and then."""
        if file := self.some():
            top = self.folder.path / "content/posts"
            home = self.random.choice([top, top, *(folder for folder in self.folders() if folder.parent == top)])
            folder = home / f"shelf-{self.random.randint(1, 4)}"
            folder.mkdir(exist_ok=True)
            file.rename(folder / file.name)

    def rename_folder(self) -> None:
        if folders := self.folders():
            folder = self.random.choice(folders)
            folder.rename(folder.with_name(f"{folder.name}-{self.random.randint(1, 99)}"))

    def remove_folder(self) -> None:
        """Delete a folder with all in it, if enough is left."""
        if folders := self.folders():
            folder = self.random.choice(folders)
            if len(self.posts()) - len(list(folder.rglob("*.md"))) > 6:
                shutil.rmtree(folder)

    def settings(self) -> None:
        self.folder.write("storysite.yml", self.random.choice([*SETTINGS, "theme: mine"]) + "\n")

    def theme(self) -> None:
        """Change a theme of the site's own, which is not there at first, or a template that replaces one of storysite's."""
        home = self.random.choice(["themes/mine", "themes/mine", "themes/default"])
        name = self.random.choice(["year.html", "404.html", "parts/words.html"])
        file = self.folder.path / home / "templates" / name
        if file.exists() and self.random.random() < 0.4:
            file.unlink()
        elif name == "parts/words.html":
            text = (ROOT / "themes/default/templates" / name).read_text("utf-8")
            self.folder.write(f"{home}/templates/{name}", f"{text}{{# {self.sentence()} #}}\n")
        else:
            text = '{% extends "base.html" %}{% block main %}' + self.sentence() + "{{ page.title }}{% endblock %}"
            self.folder.write(f"{home}/templates/{name}", text)

    def look(self) -> None:
        """Change the style sheet."""
        home = self.random.choice(["templates", "themes/mine"])
        self.folder.write(f"{home}/assets/style.css", f"/* {self.sentence()} */")

    def photo_in_parts(self) -> None:
        name = f"content/posts/photo-{self.random.randint(1, 3)}.png"
        with (self.folder.path / name).open("wb") as file:
            file.write(ICON.encode())
            for _ in range(3):
                file.write(self.random.randbytes(20_000))
                file.flush()
                time.sleep(self.random.choice(PACE) / 2)

    def photos(self) -> None:
        """Add a story with so many photos that the next edits come while they are made, or take a photo of one away."""
        self.count += 1
        if self.random.random() < 0.3 and (files := list((self.folder.path / "content/posts").glob("large-*.jpg"))):
            self.random.choice(files).unlink()
            return
        names = [f"large-{self.count}-{number}.jpg" for number in range(self.random.randint(1, 4))]
        for number, name in enumerate(names):
            photo = base().resize((1000 + self.count, 700 + number))
            self.folder.write(f"content/posts/{name}", made("jpeg", 1, photo))
        text = "\n\n".join(f"![A robot]({name})" for name in names)
        self.folder.post(f"2026-01-{self.random.randint(1, 28):02}-photos-{self.count}", text, title="Photos")

    def remove_data(self) -> None:
        shutil.rmtree(self.folder.path / "data", ignore_errors=True)

    def fix(self, error: StorysiteError) -> None:
        """Delete the files that have errors, or use another theme if it lacks what a template of storysite's needs."""
        named = [self.folder.path / problem.path for problem in errors_in(error.problems) if problem.path]
        assert named, error.problems
        if not any(file.is_file() for file in named):
            self.folder.write("storysite.yml", f"{SETTINGS[0]}\n")
        for file in named:
            file.unlink(missing_ok=True)


def ends_like_a_clean_build(day: Day, running: Running, elsewhere: Path, what: str) -> None:
    """Wait until the site is what a build from nothing gives; what that complains of is fixed, and was told of."""
    while True:
        try:
            clean = day.folder.clean(elsewhere, now=datetime.now(UTC))
        except StorysiteError as error:
            until(lambda: "the site was not changed" in running.said[-1], f"a word of what is wrong after {what}")
            day.fix(error)
        else:
            until(partial(is_like, day.folder.site, clean), f"a site like that of a clean build after {what}")
            return
        finally:
            shutil.rmtree(elsewhere, ignore_errors=True)


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="process groups and signals of POSIX")
def test_random_edits_end_like_a_clean_build(tmp_path: Path) -> None:
    """All under one process, some in the middle of a build; the site is looked at again and again on the way."""
    day = Day(Folder(tmp_path / "site"), seed=4)
    done = compared = 0
    with Running(day.folder.path, "watch") as running:
        running.line("built")
        while done < EDITS:
            names = [day.edit() for _ in range(day.random.randint(1, 11))]
            ends_like_a_clean_build(day, running, tmp_path / "clean", ", ".join(names))
            done += len(names)
            compared += 1
        builds = sum(" built in " in line or "build failed" in line for line in running.said)
        followed = sum(" follow" in line for line in running.said)
        assert running.stop() == 0
    assert min(builds, compared) > EDITS // 11  # on a busy machine edits of no effect fall into one build with others
    assert followed > 0, "all pictures were made at once"
    assert not any(word in line for word in ("Traceback", "Warning", "watchdog") for line in running.said)
