"""Files of any size are hashed, compared and copied in pieces, and what changes on the way is never remembered."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite import digest as module
from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.digest import digest_bytes, digest_file
from storysite.errors import ProblemsFound
from tests.folder import NOW, Folder, tree

ROOT = Path(__file__).parents[2]
BUILD = """
import resource, sys
from pathlib import Path
from tests.folder import Folder
Folder(Path(sys.argv[1])).build()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
LARGE = 300 * 1024 * 1024


@given(some.binary(max_size=300), some.integers(1, 64))
def test_a_file_in_pieces_has_the_digest_of_its_bytes(data: bytes, piece: int) -> None:
    """However large the pieces are, the digest is that of the whole, and a copy on the way is the same bytes."""
    from io import BytesIO

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PIECE", piece)
        copy = BytesIO()
        assert digest_file(BytesIO(data), copy=copy) == digest_bytes(data)
        assert copy.getvalue() == data


def peak(folder: Folder) -> int:
    """Build in a process of its own and return the most megabytes it held."""
    made = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder.path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(made.stdout)


def test_a_video_costs_no_memory(tmp_path: Path) -> None:
    """A file of 300 MB in static/ is built and built again in about the memory of a site without it."""
    small, large = Folder(tmp_path / "small"), Folder(tmp_path / "large")
    for folder in (small, large):
        folder.post("2026-01-02-a")
    file = large.write("static/video.mp4", "")
    os.truncate(file, LARGE)  # takes no room on the disk
    before = peak(small)
    assert peak(large) < before + 40
    os.utime(file)
    (large.path / ".storysite/cache.sqlite").unlink()
    assert peak(large) < before + 40
    assert (large.site / "video.mp4").stat().st_size == LARGE


def test_a_file_that_changes_before_it_is_copied_stops_the_build(folder: Folder, tmp_path: Path) -> None:
    """What was hashed is what is copied, or nothing is: the last good site stays, and the next build is like a clean one."""
    folder.post("2026-01-02-a")
    file = folder.write("static/a.txt", "first")
    folder.build()
    good = tree(folder.site)
    folder.write("static/a.txt", "second")
    folder.post("2026-01-03-b")

    def meanwhile(what: str, *_: object) -> None:
        if what == "Writing":
            file.write_text("third!")

    with pytest.raises(ProblemsFound, match="file-changed"):
        build(BuildOptions(folder.path, now=NOW, jobs=1), progress=meanwhile)
    assert tree(folder.site) == good
    folder.build()
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
