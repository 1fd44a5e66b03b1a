"""The program that a site carries: the storysite that runs, from its own files, wherever it was installed from.

What an installer has put in place and a checkout of the repository give the same wheel, byte for byte, and so does a
storysite that was installed from the wheel of a site: the archive can always be built, and begin another one.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

import storysite
from storysite.errors import UsageError
from storysite.problems import Problem
from storysite.starter.wheel import Facts, pack, wheel_name

NAME = "storysite"
_PACKAGE = Path(storysite.__file__).parent
_FOR_WORK_ON_IT = ("bench", "test")
"""Extras that no site asks for."""
_NEED = re.compile(r"\s*([\w.-]+)\s*(?:\[([^]]*)])?\s*\(?([^;()]*)\)?\s*(?:;\s*(.*?)\s*)?")
"""A package, its extras, the bounds of its version, and where it is needed."""
_EXTRA = re.compile(r"extra == ['\"]([\w-]+)['\"]")


@cache  # as long as a process lives, it runs what it has loaded
def program() -> tuple[str, bytes]:
    """Return the name and the bytes of the wheel of the storysite that runs. Raises what program_parts does."""
    facts, files = program_parts()
    return wheel_name(facts), pack(facts, files)


def program_parts() -> tuple[Facts, dict[str, bytes]]:
    """Return what the storysite that runs is made of.

    Raises UsageError if it was not installed whole, so that it does not know that, and OSError.
    """
    for found in distributions(name=NAME):
        if _is_running(found):
            facts, files = _facts_of_installed(found), _files_of_installed(found)
            break
    else:
        facts, files = _facts_of_checkout(_PACKAGE.parent), _files_of_checkout(_PACKAGE.parent)
    return facts, {name: file.read_bytes() for name, file in files}


def _is_running(found: Distribution) -> bool:
    """Return whether the files of this package are those that run: of a checkout it holds but a note where that is."""
    own = Path(str(found.locate_file(f"{NAME}/__init__.py")))
    return own.is_file() and own.samefile(_PACKAGE / "__init__.py")


def _files_of_installed(found: Distribution) -> Iterator[tuple[str, Path]]:
    """Yield what the installer has noted as its files, but what Python made of them; all there are if it noted none."""
    noted = found.files
    if noted is None:
        yield from _files_below(_PACKAGE, NAME)
        return
    for file in noted:
        if file.parts[0] == NAME and _is_made_by_us(file.parts):
            yield file.as_posix(), Path(str(file.locate()))


def _files_of_checkout(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what pyproject.toml puts into a wheel: the package, and in it the themes."""
    yield from _files_below(folder / NAME, NAME)
    yield from _files_below(folder / "themes", f"{NAME}/themes")


def _files_below(folder: Path, place: str) -> Iterator[tuple[str, Path]]:
    for file in folder.rglob("*"):
        inner = file.relative_to(folder)
        if _is_made_by_us(inner.parts) and file.is_file():
            yield f"{place}/{inner.as_posix()}", file


def _is_made_by_us(parts: Sequence[str]) -> bool:
    """Return whether a file is one of ours, and not what Python, an editor or the system has put beside it."""
    return (
        "__pycache__" not in parts
        and not parts[-1].endswith((".pyc", "~"))
        and not any(part.startswith(".") for part in parts)
    )


def _facts_of_installed(found: Distribution) -> Facts:
    about: Any = found.metadata  # a mapping that gives None for what is not there, which its type does not say
    texts = [file for file in found.files or () if file.name == "LICENSE"]
    text = texts[0].locate() if texts else None
    if not text or not about["Requires-Python"]:
        raise _unknown()
    return _facts(
        version=about["Version"],
        summary=about["Summary"],
        license=about["License-Expression"],
        license_text=Path(str(text)).read_bytes(),
        python=about["Requires-Python"],
        needs=found.requires or [],
        scripts={each.name: each.value for each in found.entry_points if each.group == "console_scripts"},
    )


def _facts_of_checkout(folder: Path) -> Facts:
    """Return the same from pyproject.toml."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
        license_text = (folder / "LICENSE").read_bytes()
    except (OSError, ValueError, KeyError):
        raise _unknown() from None
    needs = list(project["dependencies"])
    for extra, more in project["optional-dependencies"].items():
        for need in more:
            _, _, where = need.partition(";")
            needs.append(f"{need} and extra == '{extra}'" if where else f"{need}; extra == '{extra}'")
    return _facts(
        version=storysite.__version__,
        summary=project["description"],
        license=project["license"],
        license_text=license_text,
        python=project["requires-python"],
        needs=needs,
        scripts=project["scripts"],
    )


def _facts(*, needs: Sequence[str], **rest: Any) -> Facts:
    wanted = sorted({need for need in map(_spelled, needs) if not set(_EXTRA.findall(need)) & {*_FOR_WORK_ON_IT}})
    extras = sorted({extra for need in wanted for extra in _EXTRA.findall(need)})
    return Facts(name=NAME, needs=tuple(wanted), extras=tuple(extras), **rest)


def _spelled(need: str) -> str:
    """Return a need of another package in one spelling: tools that build and install packages each have their own."""
    match = _NEED.fullmatch(need)
    if match is None:
        raise _unknown()
    name, extras, bounds, where = match.groups(default="")
    name = re.sub(r"[-_.]+", "-", name).lower()
    inner = ",".join(sorted(extra.strip() for extra in extras.split(","))) if extras else ""
    bound = ",".join(sorted(part.replace(" ", "") for part in bounds.split(",") if part.strip()))
    where = where.replace('"', "'")
    return f"{name}{f'[{inner}]' if inner else ''}{bound}{f'; {where}' if where else ''}"


def _unknown() -> UsageError:
    what = "storysite cannot find all that it is made of, so a site cannot carry it"
    return UsageError(Problem.of("program-parts", what, "install storysite again, from its folder or from its wheel"))
