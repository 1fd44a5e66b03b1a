"""Drawn share cards → the staging folder: each is drawn once, and kept for every later build, output and name."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from storysite.build.kept import keep, kept_at
from storysite.build.patience import Patience
from storysite.digest import digest_bytes
from storysite.photos.card import Drawing
from storysite.plan.diff import Job
from storysite.plan.page import Drawn
from storysite.pool import Workers, in_hand
from storysite.problems import Problem

BATCH = 20
"""Cards that one process draws at a time: about a quarter of a second."""
_NO_THREADS = "this computer does not let storysite draw share cards: it allows no further threads"


class CardTask(Struct, frozen=True):
    """A card to draw: its route, what it is of in words, the drawing, where it is staged, where cards are kept."""

    route: str
    subject: str
    drawing: Drawing
    file: str
    kept: str

    @property
    def place(self) -> Path:
        """Where the card is kept."""
        from storysite.photos.draw import drawing_edition  # typst takes long to load

        edition = drawing_edition(self.drawing)
        return Path(self.kept, digest_bytes(b"card", edition, self.drawing.name.encode()).hex())


def make_cards(
    jobs: Sequence[Job],
    kept: Path,
    staging: Path,
    workers: Workers,
    progress: Callable[[str, int, int], None],
    patience: Patience[Sequence[CardTask]],
) -> Iterator[tuple[list[tuple[str, str, bytes]], list[Problem]]]:
    """Yield, some at a time, file, route and digest of each staged card, and what is to be told."""
    tasks = [
        CardTask(job.page.route, job.page.subject, job.page.source.drawing, f"{staging}/card-{place}", str(kept))
        for place, job in enumerate(jobs)
        if isinstance(job.page.source, Drawn)
    ]
    batches = [tasks[start : start + BATCH] for start in range(0, len(tasks), BATCH)]
    for done, made in enumerate(patience.made(workers, draw_cards, batches, _are_kept), 1):
        progress("Share cards", min(done * BATCH, len(tasks)), len(tasks))
        yield made


def _are_kept(batch: Sequence[CardTask]) -> bool:
    return all(task.place.is_file() for task in batch)


def draw_cards(batch: Sequence[CardTask]) -> tuple[list[tuple[str, str, bytes]], list[Problem]]:
    """Stage some cards, of which only those are drawn that are not kept; the whole work of one process.

    A card that this system cannot draw is left out: the next build tries again. Raises OSError if there is no room.
    """
    from storysite.photos.draw import CannotDraw, draw, missing_letters

    staged: list[tuple[str, str, bytes]] = []
    problems = []
    for task in batch:
        in_hand(task.subject)
        place = task.place
        try:
            if missing := missing_letters(task.drawing):
                problems.append(without_letters(task, missing))
            data = kept_at(place)
            if data is None:
                data = draw(task.drawing)
                keep(place, data)
        except CannotDraw:
            hint = "allow it more of them, or write share_cards: none in storysite.yml"
            return staged, [*problems, Problem.of("card-undrawn", _NO_THREADS, hint)]
        with open(task.file, "wb") as opened:
            opened.write(data)
        staged.append((task.file, task.route, digest_bytes(data)))
    return staged, problems


def without_letters(task: CardTask, missing: str) -> Problem:
    """Return the note that some letters of a title are not on its card."""
    some = " ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
    return Problem.of(
        "card-font",
        f"no font on this computer has {some}, so {task.subject} is drawn without",
        "install a font that has them, for example Noto Sans, or let the workflow on GitHub build the site",
    )
