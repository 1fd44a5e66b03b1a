"""A librarian's computer and the web, for each test of publishing."""

from pathlib import Path

import pytest

from tests.publish.web import Hub, Office


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """Return an empty repository on the web."""
    return Hub(tmp_path / "web")


@pytest.fixture
def office(tmp_path: Path, hub: Hub) -> Office:
    """Return a computer with a site that was never published."""
    return Office(tmp_path / "office", hub)
