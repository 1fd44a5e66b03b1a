"""What builds are tried with."""

from pathlib import Path

import pytest

from tests.command_line import ROOT, put_on_path


@pytest.fixture(autouse=True)
def _plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let random settings ask for a plugin."""
    put_on_path(ROOT / "tests/packages/storysite_reading_list", tmp_path / "packages", monkeypatch)
