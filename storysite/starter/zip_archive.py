"""Writes an archive of files that every zip reader opens, in the same bytes on every computer.

The layout is that of https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, without any of its extras.
"""

import struct
from binascii import crc32
from collections.abc import Mapping

from storysite.starter.deflate import deflated

_STORED, _DEFLATED = 0, 8
_VERSION = 20
"""What a reader must know: 2.0, with deflate."""
_UNIX = 3 << 8
_RIGHTS = 0o100644 << 16
"""Of every file: its owner may write it, everybody may read it. pip lets nothing else of them through."""
_MIDNIGHT, _FIRST_DAY = 0, 1 << 5 | 1
"""The time of every file: the first that an archive can have, January 1, 1980."""
_UTF8 = 0x800


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by their paths, in the order given; less than 4 GB of them."""
    parts: list[bytes] = []
    entries: list[bytes] = []
    place = 0
    for path, data in files.items():
        packed = deflated(data)
        method = _DEFLATED if len(packed) < len(data) else _STORED
        body, name = packed if method == _DEFLATED else data, path.encode()
        about = struct.pack(
            "<5H3I2H",
            *(_VERSION, 0 if path.isascii() else _UTF8, method, _MIDNIGHT, _FIRST_DAY),
            *(crc32(data), len(body), len(data)),
            *(len(name), 0),
        )
        parts.append(b"PK\x03\x04" + about + name + body)
        where = struct.pack("<3H2I", 0, 0, 0, _RIGHTS, place)
        entries.append(b"PK\x01\x02" + struct.pack("<H", _UNIX | _VERSION) + about + where + name)
        place += len(parts[-1])
    listed = b"".join(entries)
    end = struct.pack("<4H2IH", 0, 0, len(entries), len(entries), len(listed), place, 0)
    return b"".join([*parts, listed, b"PK\x05\x06", end])
