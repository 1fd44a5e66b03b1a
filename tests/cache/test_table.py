"""The cache may lose or garble any table, row or value: the next build makes the site that a clean one makes."""

import os
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storysite.cache.database import SCHEMA, TABLES, Cache
from tests.folder import ICON, Folder, tree
from tests.model.test_index import EMPTY

DAMAGES = (b"damaged", b"", None)


HOUR = 3600
STORY = "content/posts/2026-11-01-robots.md"


def garbled() -> Iterator[Any]:
    """Yield each column of the cache, after its table, with each damage to it."""
    with closing(sqlite3.connect(":memory:")) as rows:
        rows.executescript(SCHEMA)
        names = [
            (table, column[1])
            for table in ("header", *TABLES)
            for column in rows.execute(f"pragma table_info({table})")
        ]
    for table, column in names:
        for value in DAMAGES:
            yield pytest.param(table, column, value, id=f"{table}-{column}-{value!r}")


class Remembered:
    """A site that was built an hour ago, with all it remembers, to be damaged again and again."""

    def __init__(self, home: Path) -> None:
        self.folder = Folder(home / "site")
        for name in EMPTY:
            self.folder.write(f"themes/small/templates/{name}.html", name)
        self.folder.write("themes/small/templates/home.html", "{% for card in stories %}{{ card.title }} {% endfor %}")
        self.folder.write("themes/small/templates/post.html", "{{ post.title }}{{ post | html }}")
        self.folder.write("storysite.yml", "theme: small\nbase_url: https://example.org\n")
        self.folder.write(STORY, "---\nid: robots\ntitle: Robots\ntags: [club]\n---\nThey ![moved](robot.png).\n")
        self.folder.post("2026-11-02-poems", title="Poems", id="poems", tags="[club]")
        self.folder.write("content/posts/robot.png", ICON + "robot")
        self.folder.write("static/list.txt", "list")
        self.folder.write("data/hours.yml", "monday: nine\n")
        for file in self.folder.path.rglob("*"):
            os.utime(file, (time.time() - HOUR, time.time() - HOUR))
        self.folder.build()
        self._kept = home / "kept"
        shutil.copytree(self.folder.path, self._kept)
        self.before = self.folder.clean(home / "clean-before")
        self.edit()
        self.after = self.folder.clean(home / "clean-after")
        assert self.before != self.after

    def restore(self) -> None:
        """Put the folder back as it was after the build."""
        shutil.rmtree(self.folder.path)
        shutil.copytree(self._kept, self.folder.path)

    def edit(self) -> None:
        """Change a title, a picture and the template that shows whole stories."""
        self.folder.write(STORY, "---\nid: robots\ntitle: Androids\ntags: [club]\n---\nThey ![moved](robot.png).\n")
        self.folder.write("content/posts/robot.png", ICON + "another")
        self.folder.write("themes/small/templates/post.html", "New: {{ post.title }}{{ post | html }}")

    def damage(self, statement: str, *values: object) -> int:
        """Change the cache by a statement; return how many rows that changed."""
        with closing(sqlite3.connect(self.folder.path / ".storysite/cache.sqlite")) as rows, rows:
            return rows.execute(statement, values).rowcount


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Remembered:
    """Return the site, built once."""
    return Remembered(tmp_path_factory.mktemp("remembered"))


def assert_clean(remembered: Remembered, statement: str, *values: object) -> None:
    """Assert that after a damage the next build is like a clean one, with or without an edit before it."""
    folder = remembered.folder
    for build in (folder.build_if_needed, folder.build):
        remembered.restore()
        remembered.damage(statement, *values)
        build()
        assert tree(folder.site) == remembered.before
    remembered.restore()
    remembered.damage(statement, *values)
    remembered.edit()
    folder.build()
    assert tree(folder.site) == remembered.after


def test_the_memo_is_believed_while_it_is_whole(remembered: Remembered) -> None:
    """Without damage nothing is read or rendered, so that the tests below are about what is remembered."""
    remembered.restore()
    built = remembered.folder.build()
    assert (built.read, built.work.render) == (0, [])
    remembered.restore()
    assert [table for table in TABLES if not remembered.damage(f"delete from {table}")] == []


@pytest.mark.parametrize("table", ["header", *TABLES])
def test_a_table_may_lose_its_rows(table: str, remembered: Remembered) -> None:
    """Whatever one kind of memory was of, it is found out again."""
    assert_clean(remembered, f"delete from {table}")


@pytest.mark.parametrize("table", ["header", *TABLES])
def test_a_table_may_be_gone(table: str, remembered: Remembered) -> None:
    """A cache of which a table is missing is begun anew."""
    remembered.restore()
    remembered.damage(f"drop table {table}")
    remembered.edit()
    remembered.folder.build()
    assert tree(remembered.folder.site) == remembered.after


@pytest.mark.parametrize(("table", "column", "value"), list(garbled()))
def test_a_value_may_be_garbled(table: str, column: str, value: object, remembered: Remembered) -> None:
    """In every column of every table, whatever stands there instead: it is not believed, and nothing fails."""
    assert_clean(remembered, f"update or ignore {table} set {column} = ?", value)


@pytest.mark.parametrize("table", [name for name in TABLES if name != "header"])
def test_a_row_of_another_name_is_not_believed(table: str, remembered: Remembered) -> None:
    """What a table holds may stand in the wrong rows, each of them sound in itself."""
    name = next(iter(TABLES[table].__struct_fields__))
    others = [column for column in TABLES[table].__struct_fields__ if column != name]
    values = ", ".join(
        f"{column} = (select {column} from rows where {name} != {table}.{name} limit 1)" for column in others
    )
    assert_clean(remembered, f"with rows as (select * from {table}) update {table} set {values}")


@pytest.mark.parametrize(("old", "new"), [("Robots", "Rabots"), ("club", "clab"), ("robot.png", "rabot.png")])
def test_a_letter_that_flipped_is_not_published(old: str, new: str, remembered: Remembered) -> None:
    """What still reads well is not believed for that."""
    value = f"cast(replace(cast(value as text), '{old}', '{new}') as blob)"
    statement = f"update posts set value = {value} where instr(value, '{old}')"
    remembered.restore()
    assert remembered.damage(statement)
    assert_clean(remembered, statement)


@pytest.mark.parametrize("seed", range(12))
def test_bytes_that_flipped_anywhere_cost_only_time(seed: int, remembered: Remembered) -> None:
    """Wherever a disk goes wrong: in a row, in the order of rows, in a page of the file."""
    chance, cache = random.Random(seed), remembered.folder.path / ".storysite/cache.sqlite"
    for _ in range(4):
        remembered.restore()
        data = bytearray(cache.read_bytes())
        for _ in range(chance.choice([1, 5, 40])):
            start, length = chance.randrange(100, len(data)), chance.choice([1, 4, 60])
            data[start : start + length] = chance.randbytes(length)
        cache.write_bytes(data)
        remembered.edit()
        remembered.folder.build()
        assert tree(remembered.folder.site) == remembered.after


def test_a_memo_is_there_again_after_it_was_garbled(remembered: Remembered) -> None:
    """After one build all is remembered again."""
    remembered.restore()
    (remembered.folder.path / ".storysite/cache.sqlite").write_bytes(b"damaged" * 999)
    remembered.folder.build()
    built = remembered.folder.build()
    assert (built.read, built.work.render) == (0, [])
    with closing(Cache(remembered.folder.path / ".storysite/cache.sqlite")) as cache:
        assert cache.pages("_site").all().keys() == remembered.before.keys()


@pytest.mark.parametrize(
    "change",
    [
        "alter table slices drop column seal",
        "create trigger no before insert on bodies begin select raise(abort, 'no'); end",
        "create view pages_too as select * from pages",
        "create index more on files(size)",
    ],
)
def test_a_cache_of_another_shape_is_replaced(change: str, folder: Folder, tmp_path: Path) -> None:
    """Also where its header says that it is ours."""
    folder.post("2026-11-01-robots", title="Robots", id="robots")
    folder.build()
    with closing(sqlite3.connect(folder.path / ".storysite/cache.sqlite")) as rows:
        rows.execute(change)
        rows.commit()
    folder.post("2026-11-01-robots", title="Poems", id="robots")
    folder.build()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")


def test_a_cache_of_our_shape_is_kept(folder: Folder) -> None:
    folder.post("2026-11-01-robots", title="Robots", id="robots")
    for _ in range(2):
        build = folder.build()
    assert build.read == 0
