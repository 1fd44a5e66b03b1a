"""A program that tests need is found; where it is missing, a test says how to get it, and fails only where CI is set."""

from pathlib import Path

import pytest

from tests import tools
from tests.tools import TOOLS, require

Outcome = (pytest.skip.Exception, pytest.fail.Exception)


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand on a computer without any tool."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "ROOT", tmp_path)
    monkeypatch.setattr(tools, "FONTS", tmp_path)
    monkeypatch.delenv("STORYSITE_VNU", raising=False)


@pytest.mark.usefixtures("nothing")
@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize("ci", ["", "true"])
def test_a_missing_tool_skips_and_fails_where_ci_is_set(name: str, ci: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both say what is missing and the command that brings it."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(Outcome) as raised:
        require(name)
    assert raised.type is (pytest.fail.Exception if ci else pytest.skip.Exception)
    assert str(raised.value) == f"{name} is not on this computer: {TOOLS[name].install}"


@pytest.mark.usefixtures("nothing")
def test_a_tool_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    """The first that the path has; the file is not run."""
    program = tmp_path / "google-chrome"
    program.write_bytes(b"")
    program.chmod(0o755)
    assert require("chromium") == str(program)


@pytest.mark.usefixtures("nothing")
def test_the_checker_is_found_where_npm_puts_it_and_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable comes first: what it names and is not there is missing."""
    jar = tmp_path / "node_modules/vnu-jar/build/dist/vnu.jar"
    jar.parent.mkdir(parents=True)
    jar.touch()
    assert require("vnu") == str(jar)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("STORYSITE_VNU", str(tmp_path / "elsewhere.jar"))
    with pytest.raises(Outcome):
        require("vnu")
