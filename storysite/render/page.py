"""Batches of pages → files in the staging folder. A batch holds all it needs, so it can be done in any process."""

from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, UndefinedError
from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.errors import did_you_mean
from storysite.model.post import Body
from storysite.model.taxonomy import Taxonomy
from storysite.plugins.load import require_plugins
from storysite.render.engine import environment
from storysite.render.filters import Here
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


class Batch(Struct, frozen=True, gc=False):
    """Pages to render, with the texts of the posts they show, each once."""

    number: int
    templates: tuple[tuple[str, str, str], ...]
    """The name, the file and the source of each template."""
    templates_digest: bytes
    root: str
    staging: str
    tasks: tuple[RenderTask, ...]
    bodies: Mapping[str, tuple[Body, tuple[str | None, ...]]]
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
    for place, task in enumerate(batch.tasks):
        made = render_page(task, batch)
        if isinstance(made, TemplateFault):
            faults.append(made)
            continue
        file = f"{batch.staging}/{batch.number}-{place}"
        with open(file, "wb") as staged:
            staged.write(made)
        done.append((file, task.route, digest_bytes(made)))
    return done, faults


def render_page(task: RenderTask, batch: Batch) -> bytes | TemplateFault:
    """Return the bytes of one page, or what is wrong with its template."""
    engine = environment(batch.templates, batch.templates_digest, task.language, batch.plugins)
    engine.here = Here(task.url, batch.root, task.language, batch.bodies, batch.taxonomies)
    try:
        text = engine.get_template(task.template).render(task.values)
    except (
        TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        return _blame(error, task, batch)
    if getattr(task.values.get("post"), "unlisted", False):
        text = kept_from_search(text)
    return text.encode("utf-8", "replace")


def _blame(error: Exception, task: RenderTask, batch: Batch) -> TemplateFault:
    """Return the error in words: the template and line where it happened, and the page that was being made."""
    files = {name: file for name, file, _ in batch.templates}
    known = set(files.values())
    file, line = files.get(task.template, task.template), 0
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in known:
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, TemplateNotFound):
        near = did_you_mean(str(error.name), files)
        what = f'it asks for the template "{error.name}", which does not exist' + f" (did you mean {near}?)" * bool(
            near
        )
    elif isinstance(error, UndefinedError):
        what = f"it uses a name it is not given: {error.message}"
    elif isinstance(error, RecursionError):
        what = "it includes itself, directly or through other templates, without end"
    else:
        what = f"{type(error).__name__}: {error}"
    return TemplateFault(file, line, what, task.subject)
