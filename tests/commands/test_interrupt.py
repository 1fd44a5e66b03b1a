"""Ctrl-C is heard at any moment, and breaks nothing off that must not be broken off."""

import sys
from contextlib import nullcontext
from pathlib import Path
from signal import SIGINT, SIGTERM, getsignal, raise_signal
from threading import Timer
from time import monotonic

import pytest

from storysite.build.file_events import Watcher
from storysite.commands.interrupt import interruptions_to, until_interrupted

BOTH = pytest.mark.parametrize("how", [SIGINT, SIGTERM])


@BOTH
def test_the_block_ends_without_a_word_of_python(how: int, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written is one word, and the handlers are as they were."""
    before = getsignal(SIGINT), getsignal(SIGTERM)
    with pytest.raises(SystemExit) if how == SIGTERM else nullcontext() as ended, until_interrupted():
        raise_signal(how)
        pytest.fail("it goes on")
    assert ended is None or ended.value.code == 128 + SIGTERM
    assert capsys.readouterr().out == "\nStopped.\n"
    assert (getsignal(SIGINT), getsignal(SIGTERM)) == before


@BOTH
def test_an_import_is_not_broken_off(how: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that stays held by a broken import would keep the server's thread for ever; only the second time it is."""
    (tmp_path / "interrupted.py").write_text(f"import signal\nsignal.raise_signal({how:d})\nwhole = True\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    told: list[str] = []
    with (
        pytest.raises(SystemExit) if how == SIGTERM else nullcontext(),
        until_interrupted(),
        interruptions_to(lambda: told.append("stop")),
    ):
        __import__("interrupted")
        assert sys.modules.pop("interrupted").whole
        assert told == ["stop"]
        raise_signal(how)
        pytest.fail("it goes on")
    assert told == ["stop"]


def test_a_watcher_that_is_told_to_stop_waits_no_longer(tmp_path: Path) -> None:
    """Whether it was told before or meanwhile."""
    for delay in (0.0, 0.1):
        watcher, began = Watcher(tmp_path), monotonic()
        watcher.check()
        timer = Timer(delay, watcher.stop)
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            watcher.wait(20)
        timer.join()
        assert monotonic() - began < 10
        with pytest.raises(KeyboardInterrupt):
            watcher.check()
