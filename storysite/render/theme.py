"""Themes: where templates are looked for, what each of them names, and the sandbox they run in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.errors import Problem, ProblemsFound, UsageError
from storysite.plan.page import Template
from storysite.render.filters import FILTERS, Here

try:
    from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined] # what `escape` does before it wraps
except ImportError:
    escape_text = escape

PACKAGE = Path(__file__).resolve().parent.parent
BUILT_IN = PACKAGE / "render" / "machine"
"""Feeds, sitemap and redirects: what machines read. A theme may replace them and seldom should."""
DEFAULT = "default"
_OPEN = (Struct, LoopContext)


class _Writer(CodeGenerator):
    """Writes templates as Python that escapes text by way of the sandbox, in two thirds of the time."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Sandbox(ImmutableSandboxedEnvironment):
    """Where templates run: they see plain values, and can neither reach into Python nor change what they are given."""

    code_generator_class = _Writer
    here: Here

    @staticmethod
    def escaped(value: Any) -> str:
        """Return a value as it may stand in HTML, as plain text: no template can take it for more than it is."""
        kind = type(value)
        made: str = value if kind is Markup else escape_text(value) if kind is str else escape(value)
        return made

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute; the fields of our own values and of loops need none of the sandbox's nine checks."""
        if isinstance(obj, _OPEN) and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call `__obj`; a macro is the theme's own, so it need not be asked whether it may be called."""
        if type(__obj) is Macro:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs)  # it says whether its text counts as HTML
        return super().call(__context, __obj, *args, **kwargs)


class Theme(Struct, frozen=True):
    """The folders of a theme, in the order in which they are searched; picklable, so that processes can share it."""

    name: str
    folders: tuple[str, ...]
    assets: tuple[str, ...]


def shipped_themes() -> Path:
    """Return the folder of the themes that come with storysite: in the package, or beside it in a checkout."""
    inside = PACKAGE / "themes"
    return inside if inside.is_dir() else PACKAGE.parent / "themes"


def find_theme(site: Path, name: str) -> Theme:
    """Return the theme `name`: the site's own, else one that comes with storysite. Raises UsageError for no theme."""
    homes = [home / name for home in (site / "themes", shipped_themes()) if (home / name).is_dir()]
    if not homes:
        known = ", ".join(theme_names(site))
        raise UsageError(
            Problem("storysite.yml", 0, "theme-unknown", f'there is no theme "{name}"', f"the themes are: {known}")
        )
    fallback = shipped_themes() / DEFAULT
    ordered = [*homes, *([fallback] if fallback not in homes else [])]
    assets = next((home / "assets" for home in ordered if (home / "assets").is_dir()), fallback / "assets")
    return Theme(
        name,
        (str(site / "templates"), *(str(home / "templates") for home in ordered), str(BUILT_IN)),
        (str(site / "templates" / "assets"), str(assets)),
    )


def theme_names(site: Path) -> list[str]:
    """Return the names of all themes that a site can use."""
    homes = [home for home in (site / "themes", shipped_themes()) if home.is_dir()]
    return sorted({folder.name for home in homes for folder in home.iterdir() if (folder / "templates").is_dir()})


@lru_cache(maxsize=2)
def environment(folders: tuple[str, ...], seal: bytes) -> Sandbox:  # noqa: ARG001 -- it is the cache's key
    """Return the sandbox for templates from `folders`: nothing undefined, everything escaped, nothing changed.

    It keeps the templates it has compiled; `seal` is a digest of them all, so that an edit makes a new one.
    """
    made = Sandbox(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=lambda name: name is None or not name.endswith(".txt"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters.update(FILTERS)
    return made


def read_templates(theme: Theme, site: Path) -> dict[str, Template]:
    """Return every template of a theme with the names that it, and all it extends or includes, asks for.

    The names are those in load context in the syntax tree: the same list makes the key of each page and
    the context of its template. Raises ProblemsFound naming the line of each template that cannot be read.
    """
    engine = environment(theme.folders, b"")
    trees: dict[str, tuple[bytes, nodes.Template]] = {}
    problems: list[Problem] = []
    for name, file in _files(theme.folders):
        if not any(file.resolve().is_relative_to(Path(folder).resolve()) for folder in theme.folders):
            problems.append(template_problem(file, site, 0, "it is a link to a place outside the theme"))
            continue
        try:
            source = file.read_text("utf-8")
            trees[name] = (source.encode(), engine.parse(source, name))
        except TemplateSyntaxError as error:
            problems.append(template_problem(file, site, error.lineno, error.message or "it cannot be read"))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(template_problem(file, site, 0, f"it cannot be read: {error}"))
    if problems:
        raise ProblemsFound(problems)
    wants = {name: _wants(tree) for name, (_, tree) in trees.items()}
    return {name: _closed(name, trees, wants) for name in trees}


def seal_of(templates: Mapping[str, Template]) -> bytes:
    """Return one digest of all templates of a theme."""
    return digest_bytes(*(template.digest for template in templates.values()))


def template_problem(file: Path | str, site: Path, line: int, what: str, subject: str = "") -> Problem:
    """Return the error for a template that cannot be used, with the page that asked for it."""
    path = Path(file)
    try:
        excerpt = path.read_text("utf-8").splitlines()[line - 1] if line else ""
    except (OSError, UnicodeDecodeError, IndexError):
        excerpt = ""
    shown = path.relative_to(site).as_posix() if path.is_relative_to(site) else "/".join(path.parts[-4:])
    blame = f" (while making the page of {subject})" if subject else ""
    hint = "the guide lists the names that each template may use: content/pages/guide/themes.md"
    return Problem(shown, line, "template", f"this template does not work: {what}{blame}", hint, excerpt)


def _files(folders: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the templates by name, the first folder that has one winning."""
    seen: set[str] = set()
    for folder in map(Path, folders):
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name not in seen and not re.search(r"(^|/)\.|~$|^assets/", name):
                seen.add(name)
                yield name, file


def _wants(tree: nodes.Template) -> tuple[frozenset[str], frozenset[str] | None]:
    """Return the names a template loads and the templates it refers to; None for those means it may be any."""
    names = frozenset(node.name for node in tree.find_all(nodes.Name) if node.ctx == "load")
    others: set[str] = set()
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        found = list(_constants(getattr(node, "template")))  # noqa: B009 -- all four have one, their base has not
        if not found:
            return names, None
        others.update(found)
    return names, frozenset(others)


def _constants(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield from [node.value] if isinstance(node.value, str) else node.value
    elif isinstance(node, nodes.List | nodes.Tuple):
        parts = [list(_constants(part)) for part in node.items]
        if all(parts):
            yield from (name for part in parts for name in part)


def _closed(
    name: str,
    trees: Mapping[str, tuple[bytes, nodes.Template]],
    wants: Mapping[str, tuple[frozenset[str], frozenset[str] | None]],
) -> Template:
    """Return a template with the names and the digest of everything it may draw in; a missing one is a fact too."""
    waiting, seen = [name], {name}
    while waiting:
        _, others = wants.get(waiting.pop(), (frozenset(), frozenset()))
        fresh = (frozenset(trees) if others is None else others) - seen
        seen |= fresh
        waiting.extend(fresh)
    parts = [
        part for other in sorted(seen) for part in (other.encode(), trees[other][0] if other in trees else b"absent")
    ]
    names = frozenset().union(*(wants[other][0] for other in seen if other in wants))
    return Template(name, digest_bytes(*parts), names)
