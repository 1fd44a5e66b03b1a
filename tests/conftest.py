"""What all tests share."""

from pathlib import Path

import pytest

from tests.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty site's folder."""
    return Folder(tmp_path / "our-stories")
