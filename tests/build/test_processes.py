"""How many processes work on a site, and how they are started, makes no difference to what comes out."""

from pathlib import Path

import pytest

from tests.folder import Folder


@pytest.mark.process
def test_serial_and_parallel_builds_are_the_same_bytes_under_fork_and_spawn(folder: Folder, tmp_path: Path) -> None:
    """How many processes work, and how they are started, does not show in the output."""
    for number in range(130):
        folder.post(
            f"2026-03-{number % 28 + 1:02}-story-{number}",
            f"Text {number}.",
            title=f"Story {number}",
            tags=f"[tag{number % 7}]",
        )
    one = folder.clean(tmp_path / "one", jobs=1)
    assert len(one) > 130
    assert folder.clean(tmp_path / "fork", jobs=2, start="fork") == one
    assert folder.clean(tmp_path / "spawn", jobs=2, start="spawn") == one
