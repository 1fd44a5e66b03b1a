"""Templates as the plan knows them: which names each asks for, and a digest of it and of all that it draws in."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from storysite.cache.engine import engine_digest
from storysite.digest import digest_bytes
from storysite.errors import Problem, ProblemsFound, Severity
from storysite.plan.page import Template
from storysite.theme.find import Theme, template_files, template_problem

DEPRECATED = {
    "times": ("1 August 2028", 'ngettext("%(num)s story", "%(num)s stories", count), which knows every language'),
}
"""Filters that will go: until when they stay (two school years at least), and what to write instead."""


class Wants(Struct, frozen=True):
    """What one template asks for: the names it loads, and the templates it refers to; None if these may be any."""

    names: list[str]
    templates: list[str] | None
    deprecated: list[tuple[str, int]] = []
    """The filters of DEPRECATED that it uses, and the lines where."""


def read_templates(
    theme: Theme, site: Path, known: Mapping[bytes, Wants]
) -> tuple[dict[str, Template], dict[bytes, Wants]]:
    """Return every template of a theme with the names that it, and all it extends or includes, asks for.

    The names are those in load context in the syntax tree: the same list makes the key of each page and
    the context of its template. `known` is what was found in earlier builds, by the digest of the source; the
    second result is that of this one. Raises ProblemsFound naming the line of each template that cannot be read.
    """
    files: dict[str, Path] = {}
    sources: dict[str, bytes] = {}
    wants: dict[str, Wants] = {}
    found: dict[bytes, Wants] = {}
    problems: list[Problem] = []
    homes = [Path(folder).resolve() for folder in theme.folders]
    for name, file in template_files(theme.folders):
        real = file.resolve()
        if not any(real.is_relative_to(home) for home in homes):
            problems.append(template_problem(file, site, 0, "it is a link to a place outside the theme"))
            continue
        try:
            files[name], sources[name] = file, (data := file.read_bytes())
            key = digest_bytes(engine_digest(), data)
            wants[name] = found[key] = known.get(key) or _read(file, data.decode("utf-8"), name, site)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(template_problem(file, site, 0, f"it cannot be read: {error}"))
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    closed = {name: _closed(name, sources, wants) for name in sources}
    for name, asked in wants.items():
        if asked.deprecated:
            closed[name] = replace(closed[name], notes=tuple(_deprecations(files[name], site, asked)))
    return closed, found


def templates_digest_of(templates: Mapping[str, Template]) -> bytes:
    """Return one digest of all templates of a theme."""
    return digest_bytes(*(template.digest for template in templates.values()))


def _read(file: Path, source: str, name: str, site: Path) -> Wants:
    from jinja2 import TemplateSyntaxError

    from storysite.render.sandbox import wants_of  # Jinja2 takes long to load, and most templates are known

    try:
        return wants_of(source, name)
    except TemplateSyntaxError as error:
        problem = template_problem(file, site, error.lineno, error.message or "it cannot be read")
        raise ProblemsFound(problem) from None


def _deprecations(file: Path, site: Path, asked: Wants) -> Iterator[Problem]:
    """Yield a note for each line that works now and will not always."""
    for name, line in asked.deprecated:
        until, instead = DEPRECATED[name]
        place = template_problem(file, site, line, "")
        what, hint = f'the filter "{name}" goes away after {until}; this page works until then', f"write {instead}"
        yield Problem(place.path, line, "theme-deprecated", what, hint, place.excerpt, Severity.NOTE)


def _closed(name: str, sources: Mapping[str, bytes], wants: Mapping[str, Wants]) -> Template:
    """Return a template with the names and the digest of everything it may draw in; a missing one is a fact too."""
    waiting, seen = [name], {name}
    while waiting:
        asked = wants.get(waiting.pop(), Wants([], []))
        fresh = set(sources if asked.templates is None else asked.templates) - seen
        seen |= fresh
        waiting.extend(fresh)
    parts = [part for other in sorted(seen) for part in (other.encode(), sources.get(other, b"absent"))]
    names = frozenset().union(*(wants[other].names for other in seen if other in wants))
    return Template(name, digest_bytes(*parts), names)
