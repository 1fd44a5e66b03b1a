"""Templates as the plan knows them: which names each asks for, and a digest of it and of all that it draws in."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from storysite.digest import digest_bytes
from storysite.errors import ProblemsFound
from storysite.model.deprecated import DEPRECATED
from storysite.model.theme import Template
from storysite.problems import Problem
from storysite.theme.faults import asks_others, template_place, template_problem
from storysite.theme.find import ThemeFolders, folders_of_theme, template_files
from storysite.theme.syntax import TemplateSyntaxFault, Wants, wants_of
from storysite.theme.unfinished import unfinished


def read_templates(
    theme: ThemeFolders, site: Path, engine: bytes, known: Mapping[bytes, Wants]
) -> tuple[dict[str, Template], dict[bytes, Wants]]:
    """Return every template of a theme with the names that it, and all it extends or includes, asks for.

    The names are those in load context in the syntax tree: the same list makes the key of each page and
    the context of its template. A template may ask for a file of another theme, as in `default:post.html`: the files
    that are asked for so are among the templates, under these names. `known` is what was found in earlier builds, by a
    digest of the source and of `engine`; the second result is that of this one. Raises ProblemsFound naming the line of
    each template that cannot be read.
    """
    files: dict[str, Path] = {}
    sources: dict[str, str] = {}
    wants: dict[str, Wants] = {}
    found: dict[bytes, Wants] = {}
    problems: list[Problem] = []
    others: dict[str, dict[str, Path]] = {}
    waiting = list(template_files(theme.folders, theme.places))
    for name, file in waiting:  # which grows by the files of other themes that are named
        try:
            files[name], sources[name] = file, (source := file.read_bytes().decode().lstrip("\ufeff"))
            key = digest_bytes(engine, source.encode())
            wants[name] = found[key] = known.get(key) or _read(file, source, name, site)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(template_problem(file, site, f"it cannot be read: {error}"))
        except ProblemsFound as error:
            problems += error.problems
        for other in wants[name].named if name in wants else ():
            owner = other.partition(":")[0]
            if owner not in others:
                others[owner] = {}
                try:
                    files_there = template_files(folders_of_theme(site, owner), theme.places)
                    others[owner] = {f"{owner}:{each}": path for each, path in files_there}
                except ProblemsFound as error:
                    problems += error.problems
            if other in others[owner]:
                waiting.append((other, others[owner].pop(other)))
    problems += _circles(files, wants, site)
    if problems:
        raise ProblemsFound(dict.fromkeys(problems))
    closed = {name: _closed(name, str(file), sources, wants) for name, file in files.items()}
    for file, name in {files[name]: name for name, asked in wants.items() if asked.deprecated}.items():
        closed[name] = replace(closed[name], notes=tuple(_deprecations(file, site, wants[name])))
    for name, asked in wants.items():
        if asked.other_hosts:
            warning = asks_others(files[name], site, asked.other_hosts)
            notes = (*closed[name].notes, warning)
            closed[name] = replace(closed[name], notes=notes, other_hosts=tuple(asked.other_hosts))
    return closed, found


def _read(file: Path, source: str, name: str, site: Path) -> Wants:
    what, hint = unfinished(source)
    if what:
        raise ProblemsFound(template_problem(file, site, what, hint=hint))
    try:
        return wants_of(source, name)
    except TemplateSyntaxFault as fault:
        raise ProblemsFound(template_problem(file, site, fault.message, line=fault.line)) from None


def _deprecations(file: Path, site: Path, asked: Wants) -> Iterator[Problem]:
    """Yield a note for each use of what works now and will not always."""
    for name, argument, line in asked.deprecated:
        gone = DEPRECATED[name, argument]
        path, excerpt = template_place(file, site, line)
        subject = f'the argument "{argument}" of the filter "{name}"' if argument else f'the filter "{name}"'
        what, hint = (
            f"{subject} will be removed after {gone.until}; this page works until then",
            f"write {gone.instead}",
        )
        yield Problem.of("theme-deprecated", what, hint, path=path, line=line, excerpt=excerpt)


def _circles(files: Mapping[str, Path], wants: Mapping[str, Wants], site: Path) -> Iterator[Problem]:
    """Yield an error for each template that extends itself, directly or by way of others; Jinja2 would never end."""
    told: set[Path] = set()
    for start in wants:
        path, lines = [start], list[int]()
        while files[path[-1]] not in told and (step := next(_extended(path[-1], files, wants), None)):
            path.append(step[0])
            lines.append(step[1])
            seen = [files[name] for name in path]
            if (first := seen.index(seen[-1])) < len(path) - 1:
                told.update(seen)
                names = " → ".join(path[first:])
                what = f"it extends itself ({names}); name the theme whose file you mean, as in default:post.html"
                yield template_problem(seen[first], site, what, line=lines[first])


def _extended(name: str, files: Mapping[str, Path], wants: Mapping[str, Wants]) -> Iterator[tuple[str, int]]:
    """Yield what a template extends, as far as it is there, with the line that says so."""
    for names, line in wants[name].extends if name in wants else ():
        yield from [(other, line) for other in names if other in files][:1]


def _closed(name: str, file: str, sources: Mapping[str, str], wants: Mapping[str, Wants]) -> Template:
    """Return a template with the names and the digest of everything it may draw in; a missing one is a fact too."""
    waiting, seen = [name], {name}
    while waiting:
        asked = wants.get(waiting.pop(), Wants([], []))
        fresh = set(sources if asked.templates is None else asked.templates) - seen
        seen |= fresh
        waiting.extend(fresh)
    parts = [part for other in sorted(seen) for part in (other.encode(), sources.get(other, "absent").encode())]
    drawn_in = [wants[other] for other in seen if other in wants]
    names = frozenset().union(*(asked.names for asked in drawn_in))
    needs = frozenset().union(*({*asked.names} - {*asked.own} for asked in drawn_in))
    return Template(name, digest_bytes(*parts), names, needs, file=file, source=sources[name])
