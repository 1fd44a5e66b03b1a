"""The one stable digest: values that no template can tell apart have equal digests, in every process."""

import sys
from hashlib import blake2b
from typing import BinaryIO, Protocol

SIZE = 16
"""Bytes in a digest: 128 bits make a chance collision among a billion pages less likely than 1 in 10^20."""


PIECE = 1024 * 1024
"""Bytes of a file that are held at a time: a video of an hour takes no more memory than a letter."""


def digest_bytes(*parts: bytes) -> bytes:
    """Return the digest of `parts`, each counted with its length so that no two splits are alike."""
    hasher = blake2b(digest_size=SIZE)
    for part in parts:
        hasher.update(len(part).to_bytes(8, "little"))
        hasher.update(part)
    return hasher.digest()


def digest_file(file: BinaryIO, *, copy: BinaryIO | None = None) -> bytes:
    """Return what `digest_bytes` gives for the bytes of an open file, in pieces; write them to `copy` on the way.

    A file that grows or shrinks meanwhile has a digest of its own, which fits neither of its states.
    """
    hasher = blake2b(digest_size=SIZE)
    hasher.update(file.seek(0, 2).to_bytes(8, "little"))
    file.seek(0)
    while piece := file.read(PIECE):
        hasher.update(piece)
        if copy is not None:
            copy.write(piece)
    return hasher.digest()


class FileStat(Protocol):
    """What the system tells of a file, as far as no program can set it."""

    @property
    def st_ctime_ns(self) -> int: ...
    @property
    def st_ino(self) -> int: ...


def change_mark(stat: FileStat) -> int:
    """Return a number that is another after each change of a file, also of one whose size and time were put back.

    It is of when the system last changed the file, and where that lies on the disk. A copy has another number. Windows
    tells neither of the two, and so 0.
    """
    return 0 if sys.platform == "win32" else (stat.st_ctime_ns ^ stat.st_ino << 32) & (2**63 - 1)


def path_text(path: object) -> str:
    """Return a path as text that can be digested and kept, also if its bytes are text in no encoding that we know."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def digest(value: object) -> bytes:
    """Return the digest of a plain value: None, text, numbers, dates, lists, dicts and Structs of them.

    It is taken of the value as Python writes it down, which tells apart all that a template can: the order of a dict,
    a day and its text, 1, 1.0, "1" and true, nothing and what is no number. A set has no order that is the same in
    every process, and an object without a way to be written has its address: neither is a plain value.
    """
    return blake2b(repr(value).encode(), digest_size=SIZE).digest()
