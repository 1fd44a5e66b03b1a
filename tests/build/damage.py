"""Edits that nobody makes on purpose: what a build remembers, or what it wrote, is lost or damaged."""

import random
import shutil
import sqlite3
from pathlib import Path

from storysite.cache.database import TABLES
from storysite.output.folder import MANIFEST
from tests.folder import Folder


class Damage:
    """Loses and damages files of a site that is edited at random."""

    folder: Folder
    random: random.Random

    def cache(self) -> Path:
        return self.folder.path / ".storysite/cache.sqlite"

    def lose_rows(self) -> None:
        if self.cache().exists():
            rows = sqlite3.connect(self.cache())
            table = self.random.choice(sorted(TABLES))
            try:
                with rows:
                    rows.execute(f"delete from {table} where random() % 2")
            except sqlite3.DatabaseError as error:  # the file may have been damaged by the edit before
                assert "no such table" not in str(error)
            rows.close()

    def lose_memo(self) -> None:
        folder = self.folder.path / ".storysite"
        shutil.rmtree(folder, ignore_errors=True)
        if self.random.random() < 0.5:
            folder.mkdir()
            self.random.choice([self.cache(), folder / "lock"]).write_bytes(self.random.randbytes(300))

    def damage_memo(self) -> None:
        if self.cache().exists():
            self.cache().write_bytes(self.random.randbytes(5000))

    def flip_bytes(self) -> None:
        """Change bytes of the file, or a page of it or its end, in place: a process may have it open."""
        if self.cache().exists() and (size := self.cache().stat().st_size):
            with self.cache().open("r+b") as opened:
                for _ in range(self.random.choice([1, 5, 40])):
                    opened.seek(self.random.randrange(size))
                    opened.write(self.random.choice([self.random.randbytes(1), bytes(4096)]))
                opened.truncate(self.random.choice([size, size, self.random.randrange(size)]))

    def outputs(self) -> list[Path]:
        return (
            sorted(file for file in self.folder.site.rglob("*") if file.is_file() and not file.name.startswith("."))
            if self.folder.site.exists()
            else []
        )

    def lose_output(self) -> None:
        for file in self.random.sample(self.outputs(), min(3, len(self.outputs()))):
            file.unlink()

    def damage_output(self) -> None:
        for file in self.random.sample(self.outputs(), min(3, len(self.outputs()))):
            file.write_bytes(b"damaged")

    def lose_site(self) -> None:
        """Delete the whole output, one folder of it, or its manifest alone."""
        folders = sorted({file.parent for file in self.outputs()} - {self.folder.site})
        lost = self.random.choice([self.folder.site, self.folder.site / MANIFEST, *folders[:1], *folders[-1:]])
        if lost.is_dir():
            shutil.rmtree(lost)
        elif self.cache().exists():  # or nobody would know any more whose files these are
            lost.unlink(missing_ok=True)
