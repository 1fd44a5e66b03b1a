"""Batches of pages → files in the staging folder. A batch holds all it needs, so it can be done in any process."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, UndefinedError
from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.errors import Problem
from storysite.model.post import Body
from storysite.render.filters import Here
from storysite.render.sandbox import environment
from storysite.render.theme import Theme, template_problem


class Draft(Struct, frozen=True, gc=False):
    """One page to render: where it goes, its template, and the values that template receives."""

    route: str
    url: str
    subject: str
    template: str
    values: Mapping[str, Any]
    language: str
    """What its interface is in."""


class Batch(Struct, frozen=True, gc=False):
    """Pages to render, with the texts of the posts they show, each once."""

    number: int
    theme: Theme
    seal: bytes
    site: str
    root: str
    staging: str
    drafts: tuple[Draft, ...]
    bodies: Mapping[str, tuple[Body, tuple[str | None, ...]]]


class Rendered(Struct, frozen=True, gc=False):
    """A page in the staging folder: its route, the staged file, and the digest and size of its bytes."""

    route: str
    file: str
    digest: bytes
    size: int


def render_batch(batch: Batch) -> tuple[list[Rendered], list[Problem]]:
    """Render the pages of a batch into the staging folder; return them, and an error for each that failed."""
    done: list[Rendered] = []
    problems: list[Problem] = []
    for place, draft in enumerate(batch.drafts):
        made = render_page(draft, batch)
        if isinstance(made, Problem):
            problems.append(made)
            continue
        file = f"{batch.staging}/{batch.number}-{place}"
        with open(file, "wb") as staged:
            staged.write(made)
        done.append(Rendered(draft.route, file, digest_bytes(made), len(made)))
    return done, problems


def render_page(draft: Draft, batch: Batch) -> bytes | Problem:
    """Return the bytes of one page, or what is wrong with its template."""
    engine = environment(batch.theme.folders, batch.seal, draft.language)
    engine.here = Here(draft.url, batch.root, draft.language, batch.bodies)
    try:
        text = engine.get_template(draft.template).render(draft.values)
    except (
        TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        return _blame(error, draft, batch)
    return text.encode("utf-8", "replace")


def _blame(error: Exception, draft: Draft, batch: Batch) -> Problem:
    """Return the error in words: the template and line where it happened, and the page that was being made."""
    folders = tuple(batch.theme.folders)
    file, line = _file_of(draft.template, folders), 0
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(folders):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, TemplateNotFound):
        what = f'it asks for the template "{error.name}", which does not exist'
    elif isinstance(error, UndefinedError):
        what = f"it uses a name it is not given: {error.message}"
    else:
        what = f"{type(error).__name__}: {error}"
    return template_problem(file, Path(batch.site), line, what, draft.subject)


def _file_of(template: str, folders: tuple[str, ...]) -> str:
    return next((f"{folder}/{template}" for folder in folders if Path(folder, template).is_file()), template)
