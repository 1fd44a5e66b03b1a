"""Steps after a build: each makes something of the finished pages, in a folder of the output that is its own.

What a step makes follows from the pages alone and need not be the same bytes twice, so it is no page of ours: its
folder has a manifest of its own, and builds are not compared by it.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode

from storysite.digest import digest_bytes
from storysite.output.folder import Output
from storysite.plugins import Step
from storysite.problems import Problem

STATE = ".storysite-step"
"""Where it stands of what a step made its files."""


class StepState(Struct, frozen=True):
    """What a step made its files of, and these with their sizes: written last, when all is there."""

    edition: bytes
    files: dict[str, int]


def due_steps(output: Path, edition: bytes, steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps that these pages, which are of an `edition`, need and that were not done for them."""
    for step in steps:
        if step.is_wanted(output):
            place = output / step.place
            try:
                state = decode((place / STATE).read_bytes(), type=StepState)
                done = state.edition == _edition(edition, step) and state.files == _sizes(place, state.files)
            except (OSError, MsgspecError):
                done = False
            if not done:
                yield step


def take_step(step: Step, output: Path, edition: bytes) -> Sequence[Problem]:
    """Do a step for the pages in `output`, and return what went wrong; then its files are as they were before.

    Its state is taken away first and written last, so that a step that was not finished is taken again.
    """
    place = Output(output / step.place)
    if place.folder.exists() and not place.is_ours():
        what = f"{step.name} cannot be written: storysite did not write what is already in {step.place}"
        hint = f"rename it if it is in static/, and delete {output.name}/{step.place}"
        return [Problem.of(step.code, what, hint)]
    (place.folder / STATE).unlink(missing_ok=True)
    with TemporaryDirectory(prefix="storysite-step-") as made:
        try:
            problems = step.make(output, Path(made))
        except Exception as error:  # whatever a stranger's code raises
            what = f"{step.name} could not be built: {type(error).__name__}: {error}"
            return [Problem.of(step.code, what, "ask the people who wrote the plugin")]
        if problems:
            return problems
        _put(Path(made), place)
    (place.folder / STATE).write_bytes(encode(StepState(_edition(edition, step), _sizes(place.folder, place.owned))))
    return []


def clear_steps(output: Path, steps: Iterable[Step]) -> None:
    """Delete what steps made that are no longer taken; what else lies among it stays."""
    kept = {step.place for step in steps}
    for state in output.glob(f"*/{STATE}"):
        if state.parent.name not in kept:
            state.unlink()
            Output(state.parent).remove()


def _put(made: Path, place: Output) -> None:
    place.prepare()
    files = [(file.relative_to(made).as_posix(), file) for file in sorted(made.rglob("*")) if file.is_file()]
    staged = []
    for number, (route, file) in enumerate(files):
        shutil.move(file, place.staging / str(number))
        staged.append((str(place.staging / str(number)), route))
    place.place(staged, place.owned - {route for route, _ in files})
    place.clear_staging()


def _edition(edition: bytes, step: Step) -> bytes:
    return digest_bytes(edition, step.name.encode(), step.version.encode())


def _sizes(place: Path, names: Iterable[str]) -> dict[str, int]:
    return {name: (place / name).stat().st_size for name in names}
