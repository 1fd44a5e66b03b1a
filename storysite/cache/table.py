"""Tables of sealed rows. A row that is not what was written is as good as lost, and what it held is found out again.

SQLite notices damage only where its own structure suffers. A letter changed in a text would be published, one changed
in a digest would hide an edit; so every row carries a checksum of itself. CRC-32 is made for just that.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Encoder
from msgspec.structs import astuple, fields

from storysite.cache.connection import Connection

CHUNK = 500
"""Rows asked for at once; SQLite allows at least 999 parameters in a statement."""
FULL_TABLE_LIMIT = 5_000
"""Rows above which it is cheaper to read all there are."""
_TYPES = {str: "text", int: "integer", bytes: "blob"}
_encode = Encoder().encode
Row = TypeVar("Row", bound=Struct)
Made = TypeVar("Made")


def schema(table: str, row: type[Struct]) -> str:
    """Return the statement that makes the table of a type of rows; in each part of it the first field is unique."""
    name, *others = [f"{field.name} {_TYPES[field.type]}" for field in fields(row)]
    unique = f"primary key (part, {row.__struct_fields__[0]})"
    return f"create table {table} (part text, {', '.join([name, *others])}, seal integer, {unique}) without rowid;\n"


class Table(Generic[Row]):
    """The rows of one type, or those of one `part` of them, such as one output. They go by their first field."""

    def __init__(self, file: Connection, table: str, row: type[Row], part: str = "") -> None:
        self._file, self._table, self._row, self._part = file, table, row, part
        self._columns = row.__struct_fields__
        self._name = self._columns[0]
        self._salt = zlib.crc32(table.encode())  # a row that turns up in another table is damage too

    def put(self, rows: Iterable[Row]) -> None:
        """Keep rows, in place of those that went by the same names."""
        marks = ", ".join("?" * (len(self._columns) + 2))
        values = ((self._part, *astuple(row)) for row in rows)
        statement = f"insert or replace into {self._table} values ({marks})"
        self._file.run_many(statement, ((*each, self._seal(each)) for each in values))

    def all(self) -> dict[str, Row]:
        """Return every row by its name."""
        return {getattr(row, self._name): row for row in self._ask("", ())}

    def get(self, names: Sequence[str]) -> dict[str, Row]:
        """Return the rows of `names` that there are; for many names the whole table is gone through once."""
        if len(names) > FULL_TABLE_LIMIT:
            wanted = set(names)
            return {name: row for name, row in self.all().items() if name in wanted}
        found: dict[str, Row] = {}
        for start in range(0, len(names), CHUNK):
            some = names[start : start + CHUNK]
            rows = self._ask(f" and {self._name} in ({', '.join('?' * len(some))})", some)
            found |= {getattr(row, self._name): row for row in rows}
        return {name: found[name] for name in names if name in found}  # a damaged index may find others

    def forget(self, names: Iterable[str]) -> None:
        """Forget the rows of `names`."""
        statement = f"delete from {self._table} where part = ? and {self._name} = ?"
        self._file.run_many(statement, ((self._part, name) for name in names))

    def names(self) -> Iterator[str]:
        """Yield the names of all rows, also of those that are damaged."""
        query = f"select {self._name} from {self._table} where part = ?"
        return (name for (name,) in self._file.ask(query, (self._part,)))

    def _ask(self, condition: str, values: Sequence[object]) -> Iterator[Row]:
        query = f"select part, {', '.join(self._columns)}, seal from {self._table} where part = ?{condition}"
        for row in self._file.ask(query, (self._part, *values)):
            if self._seal(row[:-1]) == row[-1] and row[0] == self._part:
                yield self._row(*row[1:-1])

    def _seal(self, values: Sequence[object]) -> int:
        return zlib.crc32(_encode(values), self._salt)


class Value(Struct, frozen=True, gc=False):
    """What was made once: its name, the key of all that it was made from, and the packed result."""

    name: str
    key: bytes
    value: bytes


class Values(Table[Value]):
    """What was made, by name; each is as good as made again as long as its key is the same."""

    def __init__(self, file: Connection, table: str, part: str = "") -> None:
        super().__init__(file, table, Value, part)

    def recall(self, keys: Mapping[str, bytes], unpack: Callable[[bytes], Made]) -> dict[str, Made]:
        """Return what was made under `keys`, by name."""
        rows = {name: row for name, row in self.get(list(keys)).items() if row.key == keys[name]}
        return {name: made for name, row in rows.items() if (made := unpacked(row, unpack)) is not None}

    def recall_or_make(
        self,
        keys: Mapping[str, bytes],
        unpack: Callable[[bytes], Made],
        make: Callable[[list[str]], Iterable[Value]],
    ) -> dict[str, Made]:
        """Return the same; what is not there is made and kept. What `make` gives another key is left out."""
        found = self.recall(keys, unpack)
        fresh = [row for row in make([name for name in keys if name not in found]) if row.key == keys[row.name]]
        self.put(fresh)
        return found | {row.name: unpack(row.value) for row in fresh}


def unpacked(row: Value, unpack: Callable[[bytes], Made]) -> Made | None:
    """Return what was packed into a row, None if that cannot be read: another edition may have packed it."""
    try:
        return unpack(row.value)
    except (MsgspecError, zlib.error, ValueError):
        return None
