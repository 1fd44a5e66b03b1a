"""Steps after a build: each makes something of the finished pages, in a folder of the output that is its own.

What a step makes follows from the pages alone and need not be the same bytes twice, so it is no page of ours: its
folder has a manifest of its own, and builds are not compared by it.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode
from msgspec.structs import replace

from storysite.digest import digest_bytes
from storysite.errors import words_of
from storysite.model.urls import FORBIDDEN
from storysite.output.folder import MANIFEST, STAGING, Output
from storysite.plugins import Step
from storysite.plugins.shape import problems_of
from storysite.problems import CODES, Problem, Severity

STATE = ".storysite-step"
"""Where it stands of what a step made its files."""


class StepState(Struct, frozen=True):
    """What a step made its files of, and these with their sizes: written last, when all is there."""

    edition: bytes
    files: dict[str, int]


def due_steps(output: Path, edition: bytes, steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps that these pages, which are of an `edition`, need and that were not done for them."""
    for step in steps:
        wanted = is_wanted(step, output)
        if isinstance(wanted, str):
            yield replace(step, make=partial(_failed, step, wanted))
        elif wanted:
            place = output / step.place
            try:
                state = decode((place / STATE).read_bytes(), type=StepState)
                done = state.edition == _edition(edition, step) and state.files == _sizes(place, state.files)
            except (OSError, ValueError, MsgspecError):
                done = False
            if not done:
                yield step


def is_wanted(step: Step, output: Path) -> bool | str:
    """Return whether the pages in `output` need a step; where it does not know, what it raised, in words."""
    try:
        return bool(step.is_wanted(output))
    except BaseException as error:  # whatever a stranger's code raises
        return words_of(error)


def take_step(step: Step, output: Path, edition: bytes) -> Sequence[Problem]:
    """Do a step for the pages in `output`, and return what went wrong; then nothing is left of what it made before.

    That was made of other pages: somebody may have withdrawn one. Its state is taken away first and written last, so
    that a step that was not finished is taken again.
    """
    if problems := _take(step, output, edition):
        drop_step(output, step.place)
    return problems


def drop_step(output: Path, place: str) -> None:
    """Delete what a step made in the folder `place`, and nothing else; the folder is ours as long as it is there."""
    folder = output / place
    if (folder / MANIFEST).is_file() and not folder.is_symlink():
        made = Output(folder)
        made.place([], set(made.owned))
        (folder / STATE).unlink(missing_ok=True)  # as long as it is there, it names files that are not
        if [file.name for file in folder.iterdir()] == [MANIFEST]:
            made.remove()


def _take(step: Step, output: Path, edition: bytes) -> Sequence[Problem]:
    place = Output(output / step.place)
    if place.folder.is_symlink() or (place.folder.exists() and not place.is_ours()):
        what = f"{step.name} cannot be written: storysite did not write what is already in {step.place}"
        hint = f"rename it if it is in static/, and delete {output.name}/{step.place}"
        return [Problem.of(step.code, what, hint)]
    (place.folder / STATE).unlink(missing_ok=True)
    with _scratch(output) as made:
        try:
            problems = problems_of(step.make(output, made), *CODES)
            files = {} if problems else _files_in(made)
        except BaseException as error:  # whatever a stranger's code raises
            return _failed(step, words_of(error))
        if problems:
            return problems
        if foreign := place.foreign(files):
            what = f"{step.name} cannot be written: storysite did not write {foreign[0].path}"
            return [Problem.of(step.code, what, "move it out of this folder, or delete it")]
        _put(files, place)
    (place.folder / STATE).write_bytes(encode(StepState(_edition(edition, step), _sizes(place.folder, place.owned))))
    return []


@contextmanager
def _scratch(output: Path) -> Iterator[Path]:
    """Give an empty folder on the disk of the output, where the next build clears what a killed one left."""
    staging = output / STAGING
    staging.mkdir(exist_ok=True)
    made = staging / "step/made"
    shutil.rmtree(made.parent, ignore_errors=True)
    made.mkdir(parents=True)
    try:
        yield made
    finally:
        shutil.rmtree(made.parent, ignore_errors=True)
        with suppress(OSError):  # somebody else's files are in it
            staging.rmdir()


def places_taken(steps: Iterable[Step], routes: Iterable[str]) -> list[Problem]:
    """Return an error for each step whose folder is wanted for pages or files of the site, which have these routes."""
    places = {step.place.casefold(): step for step in steps}
    taken = places.keys() & {route.partition("/")[0].casefold() for route in routes} if places else ()
    hint = "give these another address, or take the plugin out of plugins: in storysite.yml"
    return [
        Problem.of(
            "plugin-failed",
            f"a plugin makes {places[place].name} in /{places[place].place}/, where the site has pages or files",
            hint,
            severity=Severity.ERROR,
        )
        for place in sorted(taken)
    ]


def clear_steps(output: Path, steps: Iterable[Step]) -> None:
    """Delete what steps made that are no longer taken; what else lies among it stays."""
    kept = {step.place for step in steps}
    for folder in {file.parent for name in (STATE, MANIFEST) for file in output.glob(f"*/{name}")}:
        if folder.name in kept or folder.is_symlink():
            continue
        made, state = Output(folder), folder / STATE
        if state.exists() or not made.owned:  # where nothing is left, it went when its pages changed
            state.unlink(missing_ok=True)
            made.remove()


def _failed(step: Step, words: str, *_: Path) -> list[Problem]:
    what = f"{step.name} could not be built: {words}"
    return [Problem.of(step.code, what, "ask the people who wrote the plugin")]


def _files_in(made: Path) -> dict[str, Path]:
    """Return the files that a step made, by route. Raises ValueError if one cannot be on a site."""
    found = {file.relative_to(made).as_posix(): file for file in sorted(made.rglob("*"))}
    for route, file in found.items():
        if file.is_symlink() or not (file.is_file() or file.is_dir()):
            raise ValueError(f"it made {route!r}, which is a link or a device; it may make files and folders only")
        if not route.isprintable() or FORBIDDEN.search(route) or route.startswith(("#", ".storysite-")):
            raise ValueError(f"it made {route!r}, which is a name that no file of a site can have")
    return {route: file for route, file in found.items() if file.is_file()}


def _put(files: Mapping[str, Path], place: Output) -> None:
    place.prepare()
    staged = []
    for number, (route, file) in enumerate(files.items()):
        shutil.move(file, place.staging / str(number))
        staged.append((str(place.staging / str(number)), route))
    place.place(staged, place.owned - files.keys())
    place.clear_staging()


def _edition(edition: bytes, step: Step) -> bytes:
    return digest_bytes(edition, step.name.encode(), step.version.encode())


def _sizes(place: Path, names: Iterable[str]) -> dict[str, int]:
    return {name: (place / name).stat().st_size for name in names}
