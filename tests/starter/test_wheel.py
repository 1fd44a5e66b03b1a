"""What packs the program: every reader of zip opens it, and no version of a library has a say in its bytes."""

import random
import zipfile
import zlib
from hashlib import sha256
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storysite.starter.deflate import deflated
from storysite.starter.zip_archive import zipped

TEXT = (b"The library puts kids first. " * 40)[:1000]


def inflated(packed: bytes) -> bytes:
    """Return what zlib reads, which must be all of it."""
    reader = zlib.decompressobj(-15)
    data = reader.decompress(packed)
    assert reader.eof
    assert reader.unused_data == b""
    return data


@given(st.binary(max_size=2000) | st.text("ab\n", max_size=2000).map(str.encode))
def test_whatever_is_packed_is_read_back(data: bytes) -> None:
    assert inflated(deflated(data)) == data


@pytest.mark.parametrize("data", [b"", b"a", b"a" * 10_000, bytes(range(256)) * 3, random.Random(1).randbytes(9_000)])
def test_files_of_one_sign_and_of_all_are_packed(data: bytes) -> None:
    assert inflated(deflated(data)) == data


def test_no_sign_gets_more_bits_than_it_may() -> None:
    """Where each is as frequent as the two before it together, the rarest would need twice as many."""
    counts = [1, 1]
    while len(counts) < 25:
        counts.append(counts[-1] + counts[-2])
    data = b"".join(bytes([sign]) * count for sign, count in enumerate(counts))
    assert inflated(deflated(data)) == data
    assert len(deflated(data)) < len(data) / 3


def test_an_archive_is_the_same_bytes_in_every_python_and_on_every_system() -> None:
    """The digest is what all of them make."""
    data = zipped({"a.txt": TEXT, "ä, b/c.bin": bytes(range(256)), "empty": b""})
    assert sha256(data).hexdigest() == "9622d5d878e29b76981a175210fd59a3397cd54592312147a5a8a84086e7b635"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == {
            "a.txt": TEXT,
            "ä, b/c.bin": bytes(range(256)),
            "empty": b"",
        }
        first, second, _ = archive.infolist()
        assert (first.date_time, first.external_attr >> 16, first.create_system) == ((1980, 1, 1, 0, 0, 0), 0o100644, 3)
        assert (first.compress_type, second.compress_type) == (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
        assert first.compress_size < len(TEXT) * 0.7
