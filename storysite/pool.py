"""Batches of work in this process or over several; results come in order, and few batches are in flight at a time."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from storysite.errors import StorysiteError
from storysite.problems import Problem, in_short
from storysite.room import Condition, Counter, share

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess
    from multiprocessing.sharedctypes import Synchronized

    class Board(Protocol):
        """Memory of this process and another one, with a text in it."""

        value: bytes


Batch = TypeVar("Batch")
Result = TypeVar("Result")

NAME = 400
"""Bytes in which a process says what it has in hand."""
STARTED = 60.0
"""Seconds after which a process that has not begun is given up."""
MIN_PARALLEL_BATCHES = 3
"""Batches that this process does by itself sooner than others could be started."""


_board: "Board | None" = None
"""Where a process that helps another says what it has in hand."""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tune_gc() -> None:
    """Let this process look for garbage a hundred times as seldom: little of what it makes is circular."""
    gc.freeze()
    gc.set_threshold(70_000, 20, 50)


def in_hand(name: str) -> None:
    """Let the process that this one helps know what it works on now, in case that it is killed over it."""
    if _board is not None:
        _board.value = f"{os.getpid()} {name}".encode("utf-8", "replace")[: NAME - 1]


def _do(work: Callable[[Batch], Result], batch: Batch) -> Result:
    """Do a batch in a process of its own."""
    try:
        return work(batch)
    finally:
        in_hand("")


def _begin_worker(
    boards: "Sequence[Board]", taken: "Synchronized[int]", condition: Condition, room_taken: Counter
) -> None:
    """Leave Ctrl-C to the process that started this one, which ends its workers, and end when that one is gone."""
    global _board  # noqa: PLW0603 -- what this process is
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with taken.get_lock():
        _board = boards[taken.value % len(boards)]
        taken.value += 1
    share(condition, room_taken)
    with suppress(RuntimeError):  # one thread more than this user may have
        threading.Thread(target=_end_with_parent, daemon=True).start()
    tune_gc()


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


class Workers:
    """The processes of one build, up to `jobs`: started when they are first needed, and kept until `close`.

    They are started early, while this process is small, for what a fork shares is copied as soon as it is looked at.
    `start` is the start method, None for the system's own.
    """

    def __init__(self, jobs: int, start: str | None = None) -> None:
        self.jobs = jobs
        self.start = start
        self.problems: list[Problem] = []
        """The note that there are no other processes, where the system allows none."""
        self._pool: ProcessPoolExecutor | None = None
        self._processes: set[BaseProcess] = set()
        self._boards: list[Board] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the processes; at once, if this one is to end."""
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            self._kill()
        self.close()

    def map(
        self, work: Callable[[Batch], Result], batches: Iterable[Batch], *, one_each: bool = False
    ) -> Iterator[Result]:
        """Yield `work(batch)` for each batch, in order; a few batches are done in this process.

        `work` and the batches must be picklable and self-contained. At most `2 * jobs` batches are in flight, so
        memory does not grow with their number. Raises StorysiteError if a process dies.
        Who wants no more of them closes the Workers, which do those in flight only as far as they are begun.
        With `one_each` a batch is taken only when a process is free for it, so that `batches` may end at any time.
        """
        waiting = iter(batches)
        first = list(islice(waiting, MIN_PARALLEL_BATCHES)) if self.jobs > 1 and not one_each else []
        few = self.jobs == 1 if one_each else len(first) < MIN_PARALLEL_BATCHES
        if few or not self.begin():
            yield from map(work, first)
            yield from map(work, waiting)
            return
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        running: deque[Future[Result]] = deque()
        most = self.jobs if one_each else 2 * self.jobs
        try:
            running.extend(self._submit(_do, work, batch) for batch in first)
            while True:
                busy = [each for each in running if not each.done()]
                while len(busy) < most and len(running) < 2 * self.jobs and (batch := next(waiting, None)) is not None:
                    busy.append(self._submit(_do, work, batch))
                    running.append(busy[-1])
                if not running:
                    return
                if running[0].done():
                    yield running.popleft().result()
                else:
                    wait(busy, return_when=FIRST_COMPLETED)
        except BrokenProcessPool as error:
            raise StorysiteError(self._died()) from error

    def do(self, work: Callable[[Batch], Result], batch: Batch) -> Result:
        """Return `work(batch)`, done by another process if there can be one. Raises StorysiteError if it dies."""
        if not self.begin():
            return work(batch)
        from concurrent.futures.process import BrokenProcessPool

        try:
            done: Future[Result] = self._submit(_do, work, batch)
            return done.result()
        except BrokenProcessPool as error:
            raise StorysiteError(self._died()) from error

    def close(self) -> None:
        """End the processes when each has done what it is doing."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        self._processes = set()

    def begin(self) -> bool:
        """Return whether there are processes, begun now if need be; where there can be none, never ask again."""
        if self._pool is None:
            answers = threading.Semaphore(0)
            # a thread of the pool that fails tells nobody else, and then no process will answer
            told, threading.excepthook = threading.excepthook, lambda _: answers.release(self.jobs)
            try:
                self._pool = self._new_pool()
                futures = [self._submit(os.getpid) for _ in range(self.jobs)]
                for future in futures:
                    future.add_done_callback(lambda _: answers.release())
                for _ in futures:
                    answers.acquire(timeout=STARTED)
                for future in futures:
                    future.result(0)
            except (OSError, ImportError, RuntimeError):  # whichever part of a process cannot be had
                self._kill()
                with suppress(RuntimeError):  # one that was never whole cannot be shut down either
                    self.close()
                self._pool = None
                self.jobs = 1
                what = "this computer allows storysite no helper processes, so one process does all the work"
                self.problems = [Problem.of("one-process", what, "this takes longer; the site is the same")]
            finally:
                threading.excepthook = told
        return self._pool is not None

    def _new_pool(self) -> "ProcessPoolExecutor":
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        os.environ["PYTHONSAFEPATH"] = "1"  # or a json.py in the site's folder is run by those that are spawned
        context = multiprocessing.get_context(self.start)
        self._boards = [context.RawArray("c", NAME) for _ in range(self.jobs)]
        given = (self._boards, context.Value("i", 0), context.Condition(), context.RawValue("q", 0))
        return ProcessPoolExecutor(self.jobs, context, initializer=_begin_worker, initargs=given)

    def _submit(self, work: Callable[..., Result], *given: object) -> "Future[Result]":
        from multiprocessing import active_children

        assert self._pool  # noqa: S101 -- started above
        try:
            return self._pool.submit(work, *given)
        finally:
            self._processes.update(active_children())

    def _kill(self) -> None:
        """Kill the processes, also one that is in the midst of telling its result.

        Who reads that waits for the rest as long as anybody could write it, which this process could as well.
        """
        for process in self._processes:
            process.kill()
        if results := getattr(self._pool, "_result_queue", None):
            results._writer.close()

    def _died(self) -> Problem:
        """Return what is to be told of a process that was killed, once all have ended: what they had in hand."""
        if self._pool:
            self._pool.shutdown()
        self._pool = None
        killed = {str(each.pid) for each in self._processes if each.exitcode not in (0, -signal.SIGTERM)}
        hands = [board.value.decode("utf-8", "ignore").partition(" ") for board in self._boards]
        names = sorted(name for process, _, name in hands if name and process in killed)
        where = f" while it worked on {in_short(names)}" if names else ""
        what = f"a helper process of the build was killed{where}, perhaps because memory ran out"
        return Problem.of("process-died", what, "run the build again, or with --jobs 1")


def in_new_process(work: Callable[[Batch], Result], batch: Batch) -> Result:
    """Return `work(batch)`, done by a new process in which all texts have other hashes than in this one.

    Where this computer allows no other process, it is done by this one.
    """
    seed = os.environ.get("PYTHONHASHSEED")
    with Workers(1, "spawn") as workers:
        os.environ["PYTHONHASHSEED"] = "2" if seed == "1" else "1"  # all that this one starts have the same
        try:
            workers.begin()
        finally:
            del os.environ["PYTHONHASHSEED"]
            os.environ.update({"PYTHONHASHSEED": seed} if seed else {})
        return workers.do(work, batch)
