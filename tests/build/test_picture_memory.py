"""What several processes hold while they make copies of large pictures: never more than a gigabyte together."""

import os
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.bench.peers import Peer
from tests.bench.run import Site, build
from tests.folder import Folder
from tests.photos.pictures import base
from tests.running import ROOT

COUNT = 4
JOBS = 4
MOST = 1000
"""Mebibytes."""


def large(kind: str) -> bytes:
    """Return a picture as large as any that is taken: it is held whole, at many bytes a pixel."""
    written = BytesIO()
    size = (7000, 5000) if kind == "png" else (11_000, 9_900)
    picture = base().resize(size, Image.Resampling.NEAREST)
    if kind == "png":
        picture.convert("RGBA").save(written, "PNG", compress_level=1)
    else:
        picture.save(written, "JPEG", quality=60, progressive=True, subsampling=0)
    return written.getvalue()


@pytest.mark.long
@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is told by /proc")
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_large_pictures_wait_for_each_other(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each alone needs half a gigabyte and more, and there are as many processes as pictures."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", "title: Ours\nbase_url: https://library.example.org\nshare_cards: none\nsearch: no\n")
    data = large(kind)
    for number in range(COUNT):
        other = data + bytes([number]) if kind == "png" else data[:2] + b"\xff\xfe\x00\x03" + bytes([number]) + data[2:]
        folder.write(f"content/posts/shelf-{number}.{kind}", other)
        folder.post(f"2026-11-1{number}-shelf", f"![A shelf](shelf-{number}.{kind})", title=f"Shelf {number}")
    command = [sys.executable, "-m", "storysite", "build", "--jobs", str(JOBS)]
    figure = build(Site(Peer({}, command, "_site", "storysite", ""), folder.path, []))
    assert len([file for file in (folder.site / "media").iterdir() if "-1800x" in file.name]) >= 2 * COUNT
    assert 200 < figure.memory < MOST
