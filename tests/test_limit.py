"""No post may hold up a build: what takes too long is stopped, in the main thread and in others, and only that."""

import threading
import time
from pathlib import Path

import pytest

from storysite.markdown.convert import render_markdown
from storysite.markdown.time_limit import TimeLimitReached, time_limit
from storysite.model.config import ENGINES, MarkdownOptions
from storysite.problems import Severity
from tests.folder import Folder

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


def test_the_block_is_stopped_in_another_thread_too() -> None:
    stopped: list[bool] = []

    def work() -> None:
        try:
            with time_limit(0.05):
                run_for_ever()
        except TimeLimitReached:
            stopped.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert stopped == [True]


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
    assert text.html


def test_the_engine_is_whole_after_it_was_stopped() -> None:
    assert render_markdown("[" * 20_000, "", MarkdownOptions(time_limit=0.1)).unread
    assert render_markdown('*"Whole"*', "", MarkdownOptions()).html == "<p><em>“Whole”</em></p>"


@pytest.mark.parametrize("jobs", [1, 2])
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
