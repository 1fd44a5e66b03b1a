"""No post may hold up a build: what takes too long is stopped wherever posts are read, and only that."""

import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.build.session import BuildSession
from storysite.markdown import convert
from storysite.markdown.convert import render_markdown
from storysite.markdown.time_limit import TimeLimitReached, time_limit
from storysite.model.config import ENGINES, MarkdownOptions
from storysite.problems import Severity
from tests.folder import NOW, Folder, tree
from tests.running import Running

HOSTILE = {
    "brackets": "[" * 50_000,
    "pictures": "![a](" * 20_000,
    "wiki links": "[[a" * 20_000,
    "backticks": "".join("`" * length + " " for length in range(1, 700)),
    "stars": "*a **b " * 10_000,
    "quotes": ">" * 20_000 + " a",
    "marks": "\"'" * 30_000,
}


def run_for_ever() -> None:
    while True:
        sum(range(100))


def test_the_block_is_stopped() -> None:
    with pytest.raises(TimeLimitReached), time_limit(0.05):
        run_for_ever()


def test_another_thread_has_no_limit_and_ends_as_it_would() -> None:
    """Only the main thread can be stopped; in others the block runs to its end, and nothing is raised later."""
    done: list[bool] = []

    def work() -> None:
        with time_limit(0.01):
            end = time.thread_time() + 0.1
            while time.thread_time() < end:
                sum(range(100))
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert done == [True]
    assert signal.getsignal(signal.SIGPROF) is signal.SIG_DFL


@pytest.mark.parametrize("command", [["watch"], ["watch", "--poll"], ["serve", "--port", "8765"]])
def test_a_command_that_stays_stops_a_text_too(command: list[str], folder: Folder) -> None:
    """The first build and every later one read posts where the limit counts, whatever threads there are by then."""
    folder.write("storysite.yml", "markdown: {time_limit: 0.1}\n")
    folder.post("2026-01-01-good", title="Good")
    with Running(folder.path, *command, "--verbose") as running:
        running.line("first build:")
        folder.post("2026-01-02-slow", "[" * 50_000, title="Slow")
        assert "takes more than 0.1 seconds" in running.line("text-too-slow")


def test_what_ends_in_time_is_left_alone_afterwards() -> None:
    with time_limit(0.05):
        pass
    end = time.process_time() + 0.2
    while time.process_time() < end:
        sum(range(100))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_longer_than_the_limit(engine: str, name: str) -> None:
    """Twice the limit and a second are allowed, for a step of C code cannot be interrupted at once."""
    before = time.process_time()
    text = render_markdown(HOSTILE[name], "", MarkdownOptions(engine, 0.5))
    assert time.process_time() - before < 2
    assert text.body.html


def test_the_engine_is_whole_after_it_was_stopped() -> None:
    assert render_markdown("[" * 20_000, "", MarkdownOptions(time_limit=0.1)).unread
    assert render_markdown('*"Whole"*', "", MarkdownOptions()).body.html == "<p><em>“Whole”</em></p>"


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.process)])
def test_one_post_that_takes_too_long_is_named_and_the_rest_is_built(tmp_path: Path, jobs: int) -> None:
    folder = Folder(tmp_path / "site")
    folder.write("storysite.yml", "markdown: {time_limit: 0.2}\n")
    folder.write("content/posts/2026-01-01-bad.md", "---\ntitle: Bad\n---\n" + "[" * 50_000)
    for number in range(150):
        folder.write(f"content/posts/2026-01-02-good-{number}.md", f"---\ntitle: Good {number}\n---\nA *good* story.\n")
    built = folder.build(jobs=jobs)
    slow = [problem for problem in built.problems if problem.code == "text-too-slow"]
    assert [problem.path for problem in slow] == ["content/posts/2026-01-01-bad.md"]
    assert slow[0].severity is Severity.WARNING
    assert "[[[[" in (folder.site / "2026/01/bad/index.html").read_text("utf-8")
    assert "<em>good</em>" in (folder.site / "2026/01/good-7/index.html").read_text("utf-8")


when_free = convert._converted


def when_busy(source: str, options: MarkdownOptions) -> str:
    """Convert a text as in a moment when the computer is busy: what is long takes longer than the limit."""
    if "long" in source:
        raise TimeLimitReached
    return when_free(source, options)


@pytest.fixture
def slow(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a site with a long text that was built in a moment when the computer was busy."""
    monkeypatch.setattr(
        "storysite.build.inputs.RACY", 0
    )  # or no outcome would be remembered of files as fresh as these
    folder.post("2026-01-01-long", "A *long* story with [a link](2026-01-02-short.md).", title="Long")
    folder.post("2026-01-02-short", "A *short* story.", title="Short")
    with monkeypatch.context() as busy:
        busy.setattr(convert, "_converted", when_busy)
        assert "text-too-slow" in {problem.code for problem in folder.build_if_needed().problems}
        assert "A *long* story" in folder.page("2026/01/long/index.html")
        assert "<em>short</em>" in folder.page("2026/01/short/index.html")
    return folder


@pytest.mark.parametrize("command", [Folder.build, Folder.build_if_needed])
def test_a_slow_moment_is_not_remembered(slow: Folder, tmp_path: Path, command: Callable[[Folder], object]) -> None:
    """The next build reads the text again, though nothing was changed, and ends like one with an empty cache."""
    command(slow)
    assert "A <em>long</em> story" in slow.page("2026/01/long/index.html")
    assert tree(slow.site) == slow.clean(tmp_path / "clean")
    assert slow.build_if_needed().seconds == {}, "now all is up to date"


def test_a_slow_moment_is_not_remembered_in_one_process_either(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later build at the same desk tries again as well, as when something else is saved while watching."""
    options = BuildOptions(folder.path, now=NOW, jobs=1)
    folder.post("2026-01-01-long", "A *long* story.", title="Long")
    with closing(BuildSession(options)) as session:
        with monkeypatch.context() as busy:
            busy.setattr(convert, "_converted", when_busy)
            build(options, session=session)
            folder.post("2026-01-02-short", "A *short* story.", title="Short")
            build(options, session=session)
            assert "A *long* story" in folder.page("2026/01/long/index.html")
        folder.post("2026-01-03-other", "Another story.", title="Other")
        build(options, session=session)
    assert tree(folder.site) == folder.clean(tmp_path / "clean")
    assert "A <em>long</em> story" in folder.page("2026/01/long/index.html")


def test_a_text_that_was_stopped_is_read_once_in_a_build(slow: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its pages show is what was read, even if it would be read in time a second time."""
    read: list[str] = []

    def busy_at_first(source: str, options: MarkdownOptions) -> str:
        read.append(source)
        return (when_free if source in read[:-1] else when_busy)(source, options)

    monkeypatch.setattr(convert, "_converted", busy_at_first)
    slow.write("templates/post.html", "{{ post | html }} and more")
    slow.build()
    assert len(read) == 1
    assert "A *long* story" in slow.page("2026/01/long/index.html")
