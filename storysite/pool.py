"""Batches of work in this process or over several; results come in order, and few batches are in flight at a time."""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from storysite.errors import StorysiteError
from storysite.problems import Problem

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Batch = TypeVar("Batch")
Result = TypeVar("Result")

MIN_PARALLEL_BATCHES = 3
"""Batches that this process does by itself sooner than others could be started."""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tune_gc() -> None:
    """Let this process look for garbage a hundred times as seldom: little of what it makes is circular."""
    gc.freeze()
    gc.set_threshold(70_000, 20, 50)


def _begin_worker() -> None:
    """Leave Ctrl-C to the process that started this one: it waits for its workers and ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tune_gc()


class Workers:
    """The processes of one build, up to `jobs`: started when they are first needed, and kept until `close`.

    They are started early, while this process is small, for what a fork shares is copied as soon as it is looked at.
    `start` is the start method, None for the system's own.
    """

    def __init__(self, jobs: int, start: str | None = None) -> None:
        self.jobs = jobs
        self.start = start
        self._pool: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
        """Yield `work(batch)` for each batch, in order; a few batches are done in this process.

        `work` and the batches must be picklable and self-contained. At most `2 * jobs` batches are in flight, so
        memory does not grow with their number. Raises StorysiteError if a process dies.
        """
        waiting = iter(batches)
        first = list(islice(waiting, MIN_PARALLEL_BATCHES)) if self.jobs > 1 else []
        if self.jobs <= 1 or len(first) < MIN_PARALLEL_BATCHES:
            yield from map(work, first)
            yield from map(work, waiting)
            return
        from concurrent.futures.process import BrokenProcessPool

        pool = self._started()
        running: deque[Future[Result]] = deque(pool.submit(work, batch) for batch in first)
        try:
            while running:
                while len(running) < 2 * self.jobs and (batch := next(waiting, None)) is not None:
                    running.append(pool.submit(work, batch))
                yield running.popleft().result()
        except BrokenProcessPool as error:
            what = "a helper process of the build was killed, perhaps because memory ran out"
            raise StorysiteError(Problem.of("process-died", what, "run the build again, or with --jobs 1")) from error
        finally:
            for future in running:
                future.cancel()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _started(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            os.environ["PYTHONSAFEPATH"] = "1"  # or a json.py in the site's folder is run by those that are spawned
            context = multiprocessing.get_context(self.start)
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_begin_worker)
        return self._pool


def in_new_process(work: Callable[[Batch], Result], batch: Batch) -> Result:
    """Return `work(batch)`, done by a new process in which all texts have other hashes than in this one.

    Where this computer allows no other process, it is done by this one.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    seed = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONSAFEPATH"] = "1"
    os.environ["PYTHONHASHSEED"] = "2" if seed == "1" else "1"  # all that this one starts have the same
    pool: ProcessPoolExecutor | None
    try:
        pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        pool.submit(os.getpid).result()
    except (OSError, ImportError, RuntimeError):
        pool = None
    finally:
        del os.environ["PYTHONHASHSEED"]
        os.environ.update({"PYTHONHASHSEED": seed} if seed else {})
    if pool is None:
        return work(batch)
    with pool:
        return pool.submit(work, batch).result()
