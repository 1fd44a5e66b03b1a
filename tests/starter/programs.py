"""Other storysites than the one that is tested: installed from a wheel, older or newer, and the sites they begin."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from storysite.starter.program import program_parts
from storysite.starter.wheel import pack, wheel_name


def other_storysite(version: str, changes: Mapping[str, tuple[str, str]], into: Path) -> Path:
    """Write the wheel of a storysite with another version, where a text of some files is another; return it."""
    facts, files = program_parts()
    ours = facts.version
    for path, (text, other) in {"storysite/__init__.py": (f'"{ours}"', f'"{version}"'), **changes}.items():
        assert text in files[path].decode(), path
        files[path] = files[path].decode().replace(text, other).encode()
    facts = replace(facts, version=version)
    wheel = into / wheel_name(facts)
    wheel.write_bytes(pack(facts, files))
    return wheel


def installed(wheel: Path, into: Path) -> Path:
    """Install a wheel without what it needs, as pip does, and return the folder."""
    options = "--quiet --no-deps --no-index --disable-pip-version-check".split()
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", into, wheel], check=True, timeout=120)
    return into


def started_by(packages: Path, folder: Path) -> Path:
    """Begin a site with the storysite that is installed in `packages`, and return the wheel it carries."""
    libraries = sysconfig.get_path("purelib")
    script = (
        "import storysite, sys; from datetime import date; from pathlib import Path; "
        "from storysite.starter.start import start_site; "
        "assert storysite.__file__.startswith(sys.argv[1]), storysite.__file__; "
        "start_site(Path(sys.argv[2]), today=date(2026, 11, 24), zone='UTC')"
    )
    environment = {**os.environ, "PYTHONPATH": f"{packages}{os.pathsep}{libraries}"}
    subprocess.run(
        [sys.executable, "-c", script, str(packages), str(folder)], env=environment, cwd=folder.parent, check=True
    )
    return next((folder / "tool").glob("*.whl"))
