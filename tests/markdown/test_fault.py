"""A fault of storysite's own on some text loses no post and is never hidden: it is shown as written, and told of."""

from collections.abc import Callable
from typing import NoReturn

import comrak
import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.errors import ProblemsFound
from storysite.markdown import commonmark, convert
from storysite.markdown.convert import render_markdown
from storysite.markdown.postprocess import document_of
from storysite.model.config import ENGINES, MarkdownOptions
from storysite.problems import Severity
from tests.folder import Folder, tree

SOURCE = 'One & "two" <three>\n\n<!-- more -->\n\n*four*'
AS_WRITTEN = "One &amp; &quot;two&quot; &lt;three&gt;\n\n&lt;!-- more --&gt;\n\n*four*"


class PanicException(BaseException):
    """What libraries written in Rust raise where they break off; it is no Exception."""


def failing(error: BaseException) -> Callable[..., NoReturn]:
    """Return a function that fails however it is called."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


FAULTS = {
    "Python-Markdown": ("python-markdown", False, convert, "_engine", IndexError("pop from empty list")),
    "its recursion": ("python-markdown", False, convert, "_engine", RecursionError()),
    "the fixing of HTML": ("python-markdown", False, convert, "document_of", KeyError("id")),
    "the fixing of HTML after comrak": ("commonmark", False, convert, "document_of", AttributeError("tag")),
    "a post in HTML": ("python-markdown", True, convert, "document_of", UnicodeEncodeError("utf-8", "x", 0, 1, "no")),
    "template code": ("commonmark", False, convert, "mark_template_code", TypeError()),
}
"""Engine, whether the post is HTML, and which function fails with what."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_text_that_meets_a_fault_is_shown_as_written_and_names_it(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever on the way the fault lies, no exception is raised and the Text says which there was."""
    engine, html, module, name, error = FAULTS[fault]
    with monkeypatch.context() as patch:
        function = failing(error)
        function.cache_clear = lambda: None  # type: ignore[attr-defined]
        patch.setattr(module, name, function)
        text = render_markdown(SOURCE, "", MarkdownOptions(engine), html=html)
    assert text.fault == type(error).__name__
    assert AS_WRITTEN in text.body.html
    assert text.words == 8
    assert not text.unread
    assert not render_markdown(SOURCE, "", MarkdownOptions(engine), html=html).fault


def test_a_library_that_panics_is_a_fault_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comrak, "render_markdown", failing(PanicException("byte index 3")))
    text = render_markdown(SOURCE, "", MarkdownOptions("commonmark"))
    assert text.fault == "RuntimeError"
    assert AS_WRITTEN in text.body.html


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1)])
@pytest.mark.parametrize("engine", ENGINES)
def test_somebody_who_wants_the_build_to_end_is_heard(
    error: BaseException, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is no fault of a text."""
    monkeypatch.setattr(convert, "_converted", failing(error))
    monkeypatch.setattr(comrak, "render_markdown", failing(error))
    with pytest.raises(type(error)):
        render_markdown(SOURCE, "", MarkdownOptions(engine))
    with pytest.raises(type(error)):
        commonmark.convert(SOURCE)


@given(some.text() | some.text("<>!-[](){}#*_`|:\n ab&;\"'\\/"), some.sampled_from(ENGINES), some.booleans())
def test_any_text_is_read_without_a_fault(source: str, engine: str, html: bool) -> None:
    """No fault is known, and none is found in a few hundred random texts."""
    assert not render_markdown(source, "", MarkdownOptions(engine), html=html).fault


def test_the_fault_is_told_of_and_stops_only_a_strict_build(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is built with the post as it was written, each build warns, and --strict leaves the last good site."""
    folder.post("2026-01-01-good", "A *good* story.", title="Good", id="good")
    folder.build()
    good = tree(folder.site)
    whole = document_of
    monkeypatch.setattr(
        convert,
        "document_of",
        lambda html, title, *more: failing(IndexError())() if title == "Bad" else whole(html, title, *more),
    )
    folder.post("2026-01-02-bad", "A *bad* story.", title="Bad", id="bad")
    with pytest.raises(ProblemsFound):
        folder.build(strict=True)
    assert tree(folder.site) == good
    for _ in range(2):
        problems = [problem for problem in folder.build().problems if problem.code == "text-unreadable"]
        assert [(problem.path, problem.severity) for problem in problems] == [
            ("content/posts/2026-01-02-bad.md", Severity.WARNING)
        ]
        assert "(IndexError)" in problems[0].what
        assert "A *bad* story." in folder.page("2026/01/bad/index.html")
        assert "<em>good</em>" in folder.page("2026/01/good/index.html")
