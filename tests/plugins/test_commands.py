"""Commands of plugins that do not work: the help and all other commands go on, and one sentence says why."""

import re
from pathlib import Path

import pytest

from tests.command_line import storysite
from tests.strangers import HEAD, install_stranger

COMMANDS = """
import click
@click.command()
def works(): "Say a word."
@click.command()
def raises(): raise ValueError("seven")
@click.command()
def opens():
    from pathlib import Path
    from storysite.build.open_site import open_site
    from storysite.build.options import BuildOptions
    with open_site(BuildOptions(Path.cwd())): pass
seven = 7
"""
SAID = {
    "raises": "Error: The command raises of a plugin failed: ValueError: seven",
    "opens": "there is no site in this folder: no content/ and no storysite.yml  [no-site]",
    "ends": "The command ends does not work: it cannot be loaded from the plugin evil: SystemExit: 0",
    "absent": "The command absent does not work: it cannot be loaded from the plugin evil: AttributeError",
    "seven": "The command seven does not work: evil.commands:seven has to be a command of Click",
    "twice": "The command twice does not work: the plugins evil and other both have it; uninstall one of them",
    "work": "There is no command 'work'. Did you mean 'works'?",
    "nothing": "No such command 'nothing'",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of packages in which plugins are installed that do not work."""
    packages = tmp_path_factory.mktemp("packages")
    places = {name: f"evil.commands:{name}" for name in ("works", "raises", "opens", "absent", "seven")}
    places |= {"ends": "evil.ends:ends", "build": "evil.commands:works", "twice": "evil.commands:works"}
    code = f"{HEAD}\nplugin = Plugin(commands={places})\n"
    files: dict[str, str | bytes] = {
        "evil/__init__.py": code,
        "evil/commands.py": COMMANDS,
        "evil/ends.py": "raise SystemExit(0)",
    }
    install_stranger(packages, files)
    twice = f"{HEAD}\nplugin = Plugin(commands={{'twice': 'evil.commands:works'}})\n"
    install_stranger(packages, {"other.py": twice}, name="other")
    for name, code in {"odd": "raise Odd", "mute": "raise Mute", "shape": "plugin = Plugin(commands=7)"}.items():
        install_stranger(packages, {f"{name}.py": f"{HEAD}\n{code}\n"}, name=name)
    return packages


def test_the_help_lists_what_there_is(packages: Path, tmp_path: Path) -> None:
    """Also what does not work."""
    result = storysite(tmp_path, "--help", packages=packages)
    assert (result.returncode, result.stderr) == (0, "")
    assert re.search(r"^  works +Say a word\.$", result.stdout, re.MULTILINE)
    assert re.search(r"^  absent +\(does not work\)$", result.stdout, re.MULTILINE)
    assert result.stdout.count("  build ") == 1


@pytest.mark.parametrize("name", SAID)
def test_a_command_that_does_not_work_says_why(name: str, packages: Path, tmp_path: Path) -> None:
    result = (
        storysite(tmp_path, name, "--option", packages=packages)
        if name in {"ends", "absent", "seven", "twice"}
        else (storysite(tmp_path, name, packages=packages))
    )
    assert result.returncode in (1, 2)
    assert SAID[name] in result.stderr
    assert "Traceback" not in result.stderr


def test_a_command_of_ours_is_ours(packages: Path, tmp_path: Path) -> None:
    assert "there is no site" in storysite(tmp_path, "build", packages=packages).stderr
