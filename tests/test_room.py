"""Room in memory that processes share: what is in hand together, and that nobody waits for ever."""

from pathlib import Path
from time import monotonic, sleep

import pytest

from storysite.errors import StorysiteError
from storysite.pool import Workers
from storysite.room import ROOM, room, room_for_file

pytestmark = pytest.mark.process
FEW = 8


def hold(given: tuple[str, int, int]) -> tuple[float, float]:
    """Hold so many bytes for a moment, and return when that began and ended; die if the size is odd."""
    folder, number, size = given
    with room(size):
        began = monotonic()
        Path(folder, str(number)).touch()
        if size % 2:
            import os
            import signal

            os.kill(os.getpid(), signal.SIGKILL)
        sleep(0.05)
        return began, monotonic()


def most_at_once(times: list[tuple[float, float]]) -> int:
    """Return how many of these spans had a moment in common."""
    return max(sum(began <= moment < ended for began, ended in times) for moment, _ in times)


@pytest.mark.parametrize("start", ["fork", "spawn"])
@pytest.mark.parametrize(("size", "expected"), [(ROOM // 2, 2), (ROOM, 1), (4 * ROOM, 1), (1000, 4)])
def test_processes_hold_no_more_together_than_there_is(tmp_path: Path, start: str, size: int, expected: int) -> None:
    """Who needs more than that has all of it for himself, and all come to their turn."""
    with Workers(4, start) as workers:
        times = list(workers.map(hold, [(str(tmp_path), number, size) for number in range(FEW)]))
    assert len(times) == FEW
    assert most_at_once(times) <= expected


def hold_twice(_: int) -> int:
    """Hold a large file, then what is made of it."""
    with room_for_file(90_000_000), room(ROOM):
        return 1


def test_who_has_room_gets_the_rest_at_once() -> None:
    """Two that wait for each other would wait for ever."""
    with Workers(3) as workers:
        assert sum(workers.map(hold_twice, range(FEW))) == FEW


def test_a_process_that_dies_takes_no_room_with_it(tmp_path: Path) -> None:
    """Those that waited for it end, and the next ones have all of it."""
    with Workers(3) as workers:
        with pytest.raises(StorysiteError, match="killed"):
            list(workers.map(hold, [(str(tmp_path), number, ROOM - 1) for number in range(FEW)]))
        assert len(list(workers.map(hold, [(str(tmp_path), number, ROOM) for number in range(FEW)]))) == FEW


def test_alone_there_is_room_for_anything(tmp_path: Path) -> None:
    """As where no other process is allowed."""
    assert hold((str(tmp_path), 1, 100 * ROOM))
    assert (tmp_path / "1").exists()
