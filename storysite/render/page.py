"""Batches of pages → files in the staging folder. A batch holds all it needs, so it can be done in any process."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from jinja2 import TemplateNotFound, TemplateRuntimeError, UndefinedError
from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.errors import did_you_mean, one_line
from storysite.markdown.time_limit import TimeLimitReached, time_limit
from storysite.model.taxonomy import Taxonomy
from storysite.plugins.load import require_plugins
from storysite.pool import in_hand
from storysite.render.engine import environment
from storysite.render.filters import Here
from storysite.render.limits import SECONDS, memory_limit
from storysite.render.link_targets import Shown
from storysite.render.steady import finding, memory_in
from storysite.render.unlisted import kept_from_search


class RenderTask(Struct, frozen=True, gc=False):
    """One page to render: where it goes, its template, and the values that template receives."""

    route: str
    url: str
    subject: str
    template: str
    values: Mapping[str, Any]
    language: str
    """What its interface is in."""


class TemplateFault(Struct, frozen=True, gc=False):
    """What is wrong with a template: its file and line, in words, and what the page was made of."""

    file: str
    line: int
    what: str
    subject: str
    stopped: bool = False
    """Whether it took too long; then others that use it would as well."""


class Batch(Struct, frozen=True, gc=False):
    """Pages to render, with the texts of the posts they show, each once."""

    number: int
    templates: tuple[tuple[str, str, str], ...]
    """The name, the file and the source of each template."""
    templates_digest: bytes
    root: str
    staging: str
    tasks: tuple[RenderTask, ...]
    texts: Mapping[str, Shown]
    taxonomies: Mapping[str, Taxonomy]
    plugins: tuple[str, ...]
    """Those whose filters templates may use, and the digest of what they do."""
    plugins_digest: bytes


def render_batch(batch: Batch) -> tuple[list[tuple[str, str, bytes]], list[TemplateFault]]:
    """Render the pages of a batch into the staging folder; return file, route and digest of each, and what failed.

    Raises ProblemsFound if this process has other plugins.
    """
    require_plugins(batch.plugins, batch.plugins_digest)
    done: list[tuple[str, str, bytes]] = []
    faults: list[TemplateFault] = []
    with memory_limit():
        for place, task in enumerate(batch.tasks):
            in_hand(task.subject)
            made = render_page(task, batch)
            if isinstance(made, TemplateFault):
                faults.append(made)
                if made.stopped:
                    break
                continue
            file = f"{batch.staging}/{batch.number}-{place}"
            with open(file, "wb") as staged:
                staged.write(made)
            done.append((file, task.route, digest_bytes(made)))
    return done, faults


def render_page(task: RenderTask, batch: Batch) -> bytes | TemplateFault:
    """Return the bytes of one page, or what is wrong with its template."""
    engine = environment(batch.templates, batch.templates_digest, task.language, batch.plugins)
    engine.here = Here(task.url, batch.root, task.language, batch.texts, batch.taxonomies)
    try:
        with time_limit(SECONDS):
            text = engine.get_template(task.template).render(task.values)
            if memory_in(text, partial(_written, task, batch)):
                finalize = finding(partial(_written, task, batch))
                engine.overlay(finalize=finalize).get_template(task.template).render(task.values)  # which says where
    except (Exception, TimeLimitReached) as error:  # whatever a template does
        return _blame(error, task, batch)
    if getattr(task.values.get("post"), "unlisted", False):
        text = kept_from_search(text)
    return text.encode("utf-8", "replace")


def _blame(error: BaseException, task: RenderTask, batch: Batch) -> TemplateFault:
    """Return the error in words: the template and line where it happened, and the page that was being made."""
    files = {name: file for name, file, _ in batch.templates}
    known = set(files.values())
    file, line = files.get(task.template, task.template), 0
    cause: BaseException | None = error
    while cause and not line:
        trace = cause.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name in known:
                compiled = trace.tb_frame.f_globals.get("__jinja_template__")  # or Jinja2 has put in the line itself
                file, line = name, compiled.get_corresponding_lineno(trace.tb_lineno) if compiled else trace.tb_lineno
            trace = trace.tb_next
        cause = cause.__context__  # an error that was told of when time was up
    if isinstance(error, TemplateNotFound):
        near = did_you_mean(str(error.name), files)
        what = f'it asks for the template "{error.name}", which does not exist' + f" (did you mean {near}?)" * bool(
            near
        )
    elif isinstance(error, UndefinedError):
        what = f"it uses a name it is not given: {error.message}"
    elif isinstance(error, RecursionError):
        what = "it includes itself, directly or through other templates, without end"
    elif isinstance(error, TimeLimitReached):
        what = f"it takes more than {SECONDS:g} seconds for one page"
    elif isinstance(error, MemoryError):
        what = "it takes more memory for one page than there is"
    elif isinstance(error, TemplateRuntimeError) and str(error):
        what = one_line(str(error))
    else:
        what = f"{type(error).__name__}: {one_line(str(error))[:300]}".rstrip(": ")
    return TemplateFault(file, line, what, task.subject, isinstance(error, TimeLimitReached))


def _written(task: RenderTask, batch: Batch) -> Iterator[str]:
    """Yield all that a page is made of, as somebody wrote it."""
    yield repr(task.values)
    yield from map(repr, batch.texts.values())
    yield from (source for _, _, source in batch.templates)
