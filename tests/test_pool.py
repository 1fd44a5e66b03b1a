"""Batches of work over several processes: results in order, few in flight, and a process that dies is told of."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from storysite.errors import StorysiteError
from storysite.pool import MIN_PARALLEL_BATCHES, Workers, in_new_process

pytestmark = pytest.mark.process
COUNT = 40
JOBS = [1, 2, 3]


def slowest_first(number: int) -> tuple[int, int]:
    """Return a number and the process that it was given to; the smaller it is, the longer that takes."""
    sleep(0.03 / (number + 1))
    return number, os.getpid()


def die_at_seven(number: int) -> int:
    """Return a number, but end the process without a word at seven."""
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail_at_seven(number: int) -> int:
    """Return a number, but raise at seven."""
    if number == 7:
        raise ValueError("seven")
    return number


def seed_and_hash(text: str) -> tuple[str | None, int]:
    """Return by what seed this process makes hashes, and the hash of a text."""
    return os.environ.get("PYTHONHASHSEED"), hash(text)


@pytest.mark.parametrize("seed", [None, "0", "1", "2", "77"])
def test_a_new_process_has_other_hashes_and_this_one_stays_as_it_is(
    seed: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever seed this one has, and all that the new one starts have its own."""
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    if seed:
        monkeypatch.setenv("PYTHONHASHSEED", seed)
    there, other = in_new_process(seed_and_hash, "robots")
    here, own = seed_and_hash("robots")
    assert there not in (None, here)
    assert here == seed
    assert other != own


def test_where_there_can_be_no_other_process_this_one_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a computer that allows a user no more of them."""

    def refused(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("concurrent.futures.process.ProcessPoolExecutor.submit", refused)
    assert in_new_process(seed_and_hash, "robots") == seed_and_hash("robots")


def large(_: int) -> bytes:
    """Return far more than can be told in one go."""
    return bytes(30_000_000)


@pytest.mark.parametrize("start", ["spawn", "fork"])
def test_nobody_waits_for_the_rest_of_a_result_when_all_is_to_end(start: str) -> None:
    """A process that is killed while it tells what it found never tells the end of it."""

    def interrupted() -> None:
        with suppress(KeyboardInterrupt), Workers(2, start) as workers:
            next(workers.map(large, range(8)))
            raise KeyboardInterrupt

    thread = Thread(target=interrupted, daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


@pytest.mark.parametrize("jobs", JOBS)
def test_results_come_in_the_order_of_their_batches(jobs: int) -> None:
    """However long each takes and wherever it is done; with several jobs none is done in this process."""
    with closing(Workers(jobs)) as workers:
        results = list(workers.map(slowest_first, iter(range(COUNT))))
    assert [number for number, _ in results] == list(range(COUNT))
    assert (os.getpid() in {process for _, process in results}) == (jobs == 1)
    assert len({process for _, process in results}) <= jobs


@pytest.mark.parametrize("count", range(MIN_PARALLEL_BATCHES))
def test_a_few_batches_need_no_other_process(count: int) -> None:
    """To start one would take longer than to do them here."""
    with closing(Workers(2)) as workers:
        assert list(workers.map(slowest_first, range(count))) == [(number, os.getpid()) for number in range(count)]


@pytest.mark.parametrize("start", ["spawn", "fork"])
def test_helpers_run_no_python_file_of_the_folder_they_are_started_in(tmp_path: Path, start: str) -> None:
    """Pupils who learn Python keep a struct.py beside their posts. Python looks there first for what it imports."""
    site, script = tmp_path / "site", tmp_path / "script.py"
    site.mkdir()
    for name in (
        "json",
        "types",
        "struct",
        "signal",
        "pickle",
        "multiprocessing",
        "selectors",
        "socket",
        "msgspec",
        "click",
    ):
        (site / f"{name}.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')", "utf-8")
    script.write_text(
        "from storysite.pool import Workers\n"
        "if __name__ == '__main__':\n"
        f"    print(list(Workers(2, {start!r}).map(abs, [-1, -2, -3, -4])))\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    result = subprocess.run(
        [sys.executable, script], cwd=site, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (result.stdout, (tmp_path / "run").exists()) == ("[1, 2, 3, 4]\n", False), result.stderr


@pytest.mark.parametrize("jobs", JOBS)
def test_no_batch_is_drawn_long_before_its_turn(jobs: int) -> None:
    """At most two batches a process are made ahead of the result that is waited for, so memory stays small."""
    drawn = 0

    def batches() -> Iterator[int]:
        nonlocal drawn
        for number in range(COUNT):
            drawn += 1
            yield number

    ahead: list[int] = []
    with closing(Workers(jobs)) as workers:
        for done, _ in enumerate(workers.map(slowest_first, batches())):
            ahead.append(drawn - done)
    assert drawn == COUNT
    assert max(ahead) == (1 if jobs == 1 else max(2 * jobs, MIN_PARALLEL_BATCHES))


@pytest.mark.skipif(os.name == "nt", reason="processes are not killed like that there")
def test_a_process_that_dies_is_told_of_in_words() -> None:
    """As when memory runs out: the build ends with a problem, and the results before it were given."""
    got: list[int] = []
    with closing(Workers(2)) as workers, pytest.raises(StorysiteError) as caught:
        got.extend(workers.map(die_at_seven, range(COUNT)))
    assert [problem.code for problem in caught.value.problems] == ["process-died"]
    assert got == list(range(len(got)))
    assert len(got) <= 7


@pytest.mark.parametrize("jobs", JOBS)
def test_what_goes_wrong_in_a_batch_goes_wrong_here(jobs: int) -> None:
    """An exception in a process is raised at its batch's turn, and the pool can be used again."""
    got: list[int] = []
    with closing(Workers(jobs)) as workers:
        with pytest.raises(ValueError, match="seven"):
            got.extend(workers.map(fail_at_seven, range(COUNT)))
        assert got == list(range(7))
        assert [number for number, _ in workers.map(slowest_first, range(5))] == list(range(5))
