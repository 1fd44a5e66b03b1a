"""Copies of pictures → the staging folder: each is made once, and kept for every later build, output and name."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from storysite.build.file_problems import changed, unreadable
from storysite.build.kept import keep, kept_at
from storysite.build.patience import Patience
from storysite.digest import digest_bytes
from storysite.errors import BadValue
from storysite.photos.publish import LARGEST
from storysite.photos.recipe import Recipe
from storysite.plan.diff import Job
from storysite.plan.page import Derived
from storysite.pool import Workers, in_hand
from storysite.problems import Problem, Severity
from storysite.room import room_for_file


class PictureTask(Struct, frozen=True):
    """The copies to make of one picture: its file, its path for people and its digest, and each copy with its route."""

    file: str
    subject: str
    digest: bytes
    copies: tuple[tuple[str, Recipe, str], ...]
    """Route, recipe, and where it is staged."""
    kept: str
    """The folder of copies that were made before."""

    @property
    def places(self) -> dict[Recipe, Path]:
        """Where each copy is kept."""
        from storysite.photos.edition import edition  # Pillow takes long to load, and often nothing is new

        return {
            recipe: Path(self.kept, digest_bytes(edition(), self.digest, recipe.name.encode()).hex())
            for _, recipe, _ in self.copies
        }

    @property
    def is_kept(self) -> bool:
        """Whether all copies are kept, as far as can be said without reading them."""
        return all(place.is_file() for place in self.places.values())


def make_pictures(
    jobs: Sequence[Job],
    kept: Path,
    staging: Path,
    workers: Workers,
    progress: Callable[[str, int, int], None],
    patience: Patience[PictureTask],
) -> Iterator[tuple[list[tuple[str, str, bytes]], Problem | None]]:
    """Yield, picture by picture, file, route and digest of each staged copy, and what went wrong."""
    tasks = _tasks(jobs, kept, staging)
    for done, made in enumerate(patience.made(workers, make_copies, tasks, lambda task: task.is_kept), 1):
        progress("Pictures", done, len(tasks))
        yield made


def _tasks(jobs: Sequence[Job], kept: Path, staging: Path) -> list[PictureTask]:
    copies: dict[tuple[str, str, bytes], list[tuple[str, Recipe, str]]] = {}
    for place, job in enumerate(jobs):
        if isinstance(source := job.page.source, Derived):
            one = copies.setdefault((source.file, job.page.subject, source.digest), [])
            one.append((job.page.route, source.recipe, f"{staging}/picture-{place}"))
    return [PictureTask(*picture, tuple(each), str(kept)) for picture, each in copies.items()]


def make_copies(task: PictureTask) -> tuple[list[tuple[str, str, bytes]], Problem | None]:
    """Stage the copies of one picture, of which only those are made that are not kept; the whole work of one process.

    Raises OSError if there is no room for them.
    """
    in_hand(task.subject)
    places = task.places
    found = {recipe: data for recipe, place in places.items() if (data := kept_at(place)) is not None}
    if missing := [recipe for recipe in places if recipe not in found]:
        made = _made(task, missing)
        if isinstance(made, Problem):
            return [], made
        found |= made
        for recipe in missing:
            keep(places[recipe], made[recipe])
    staged = []
    for route, recipe, file in task.copies:
        with open(file, "wb") as opened:
            opened.write(found[recipe])
        staged.append((file, route, digest_bytes(found[recipe])))
    return staged, None


def _made(task: PictureTask, recipes: Sequence[Recipe]) -> Mapping[Recipe, bytes] | Problem:
    try:
        with open(task.file, "rb") as opened, room_for_file(os.fstat(opened.fileno()).st_size):
            return _made_of(opened.read(LARGEST + 1), task, recipes)
    except OSError as error:
        return unreadable(task.subject, error, "copied")


def _made_of(data: bytes, task: PictureTask, recipes: Sequence[Recipe]) -> Mapping[Recipe, bytes] | Problem:
    from storysite.photos.derive import derive

    if digest_bytes(data) != task.digest:
        return changed(task.subject)
    try:
        return dict(zip(recipes, derive(data, recipes), strict=True))
    except BadValue as error:
        what = f"this picture cannot be shown: {error.what}"
        return Problem.of("picture-broken", what, error.hint, path=task.subject, severity=Severity.ERROR)
