"""The shell steps of a workflow, run from its own file: in a folder of ours, in a fresh environment of Python."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

PATIENCE = 200
"""Seconds until a step that has not ended is one that does not end."""
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


def shell_steps(file: Path, job: str) -> Iterator[dict[str, Any]]:
    """Yield the steps of a job that are run when all goes well, but those that are somebody else's action."""
    for step in yaml.safe_load(file.read_text("utf-8"))["jobs"][job]["steps"]:
        if "run" in step and "failure()" not in step.get("if", ""):
            yield step


def run_step(
    step: Mapping[str, Any],
    folder: Path,
    environment: Mapping[str, str],
    known: Mapping[str, str],
    *,
    fails: bool = False,
) -> str:
    """Run a step in `folder` with bash, as GitHub does on Linux, and return what it printed.

    `known` are the values of `${{ … }}`. Raises AssertionError with all that it printed if it fails, or if it does not
    though it is said that it `fails`, and KeyError for an expression that is not known.
    """
    options = ["-eo", "pipefail"] if step.get("shell") == "bash" else ["-e"]
    own = {name: _put_in(str(value), known) for name, value in step.get("env", {}).items()}
    result = subprocess.run(
        ["bash", *options, "-c", _put_in(step["run"], known)],
        cwd=folder,
        env={**environment, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )
    assert (result.returncode != 0) == fails, f"{step['run']}\n{result.stdout}"
    return result.stdout


def _put_in(text: str, known: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: known[found[1]], text)


def fresh_python(place: Path) -> dict[str, str]:
    """Make an environment of Python with pip and nothing else, as setup-python gives one; return its variables."""
    subprocess.run([sys.executable, "-m", "venv", place], check=True, timeout=PATIENCE)
    home = place / "home"
    home.mkdir()
    (place / "runner").mkdir()
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP", "http"))}
    return {
        **kept,
        "PATH": f"{place / 'bin'}{os.pathsep}{os.defpath}",
        "HOME": str(home),
        "RUNNER_TEMP": str(place / "runner"),
        "GITHUB_STEP_SUMMARY": str(place / "runner/summary.md"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }


def packages_of(place: Path) -> Path:
    """Return the folder of an environment into which pip installs."""
    return next(place.glob("lib/python*/site-packages"))
