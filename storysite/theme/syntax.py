"""What a template asks for, read from its syntax tree."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from storysite.model.deprecated import DEPRECATED

if TYPE_CHECKING:
    from jinja2 import Environment, nodes


class Wants(Struct, frozen=True):
    """What one template asks for: the names it loads, and the templates it refers to; None if these may be any."""

    names: list[str]
    templates: list[str] | None
    deprecated: list[tuple[str, str, int]] = []
    """The filters and arguments of DEPRECATED that it uses, and the lines where."""
    own: list[str] = []
    """The names that it sets, defines or imports itself."""
    extends: list[tuple[list[str], int]] = []
    """What it extends, each time the first of these names that there is, and the lines where it says so."""
    named: list[str] = []
    """The files of other themes that it refers to, such as `default:post.html`."""
    other_hosts: list[str] = []
    """The hosts of others that its own words make a browser ask for something, if it makes a page."""


class TemplateSyntaxFault(Exception):
    """A template cannot be read: the line, and what is wrong with it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line, self.message = line, message


@cache
def _engine() -> "Environment":
    """Return an engine that reads the syntax of our templates; it renders nothing."""
    from jinja2 import Environment  # takes long to load, and most templates are known

    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True, lstrip_blocks=True)


def wants_of(source: str, name: str) -> Wants:
    """Return what the template `name` asks for, from its syntax tree. Raises TemplateSyntaxFault."""
    from jinja2 import TemplateSyntaxError

    try:
        tree = _engine().parse(source, name)
    except TemplateSyntaxError as error:
        raise TemplateSyntaxFault(error.lineno, error.message or "it cannot be read") from None
    except (RecursionError, MemoryError):
        raise TemplateSyntaxFault(1, "its brackets or tags are nested too deep to read") from None
    except (ValueError, OverflowError) as error:  # such as a number of more digits than Python reads
        raise TemplateSyntaxFault(1, str(error)) from None
    try:
        return _wants(tree, source, name)
    except RecursionError:
        raise TemplateSyntaxFault(1, "its brackets or tags are nested too deep to read") from None


def _wants(tree: "nodes.Template", source: str, name: str) -> Wants:
    from jinja2 import nodes

    names = sorted({node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"})
    old = sorted({use for use in _filter_uses(tree) if use[:2] in DEPRECATED}, key=lambda use: (use[2], use[:2]))
    own = sorted(_own_names(tree))
    extends = [(list(_constants(node.template)), node.lineno) for node in tree.find_all(nodes.Extends)]
    others: set[str] = set()
    known = True
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        found = list(_constants(getattr(node, "template")))  # noqa: B009 -- all four have one, their base has not
        known = known and bool(found)
        others.update(found)
    named = sorted(name for name in others if ":" in name)
    asked = _other_hosts(tree) if name.endswith(".html") and "//" in source else []
    return Wants(names, sorted(others) if known else None, old, own, extends, named, asked)


def _other_hosts(tree: "nodes.Template") -> list[str]:
    """Return the hosts that what stands between the tags of a template makes a browser ask."""
    from jinja2 import nodes

    from storysite.markdown.asked import hosts_asked_by

    parts = (part for output in tree.find_all(nodes.Output) for part in output.nodes)
    return hosts_asked_by("".join(part.data if isinstance(part, nodes.TemplateData) else "-" for part in parts))


def _filter_uses(tree: "nodes.Template") -> Iterator[tuple[str, str, int]]:
    """Yield the filters that a template uses, with "" and with each argument by its name, and the lines where."""
    from jinja2 import nodes

    for used in tree.find_all(nodes.Filter):
        first = used.args[0] if used.name == "map" and used.args else None  # the name of the filter that it applies
        name = first.value if isinstance(first, nodes.Const) else used.name
        yield name, "", used.lineno
        for option in used.iter_child_nodes(only=("kwargs",)):
            if isinstance(option, nodes.Keyword):
                yield name, option.key, option.lineno


def _constants(node: "nodes.Node") -> Iterator[str]:
    from jinja2 import nodes

    if isinstance(node, nodes.Const):
        yield from [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, nodes.List | nodes.Tuple):
        parts = [list(_constants(part)) for part in node.items]
        if all(parts):
            yield from (name for part in parts for name in part)


def _own_names(tree: "nodes.Template") -> set[str]:
    """Return the names that a template sets, defines or imports, and those that Jinja2 gives to every template."""
    from jinja2 import nodes

    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    own |= {node.target for node in tree.find_all(nodes.Import)} | {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.FromImport):
        own |= {name if isinstance(name, str) else name[1] for name in node.names}
    return (
        own
        | {"loop", "caller", "varargs", "kwargs", "self", "super", "_", "gettext", "ngettext"}
        | set(_engine().globals)
    )
