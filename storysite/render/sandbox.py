"""The sandbox that templates run in: they see plain values, and can neither reach into Python nor change anything."""

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateRuntimeError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from msgspec import Struct

from storysite.errors import words_of
from storysite.i18n import SOURCE, gettext, ngettext
from storysite.plugins.load import load_plugins
from storysite.render.filters import FILTERS, Here
from storysite.render.loader import ThemeLoader
from storysite.versions import is_verified

try:
    from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined] # what `escape` does before it wraps
except ImportError:
    escape_text = escape

_OPEN = (Struct, LoopContext)


class _Writer(CodeGenerator):
    """Writes templates as Python that escapes text by way of the sandbox, in two thirds of the time."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Translator(NodeTransformer):
    """Puts the words of the page's language where a template says `_("...")`, once, before it is compiled."""

    def __init__(self, engine: "Sandbox") -> None:
        self.engine = engine

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 -- the visitor looks for this name
        """Return the words as a constant, unless something is to be put into them."""
        self.generic_visit(call)
        named = isinstance(call.node, nodes.Name) and call.node.name == "_"
        if named and len(call.args) == 1 and not call.kwargs and isinstance(text := call.args[0], nodes.Const):
            words = gettext(self.engine.language, text.value) % {}
            return nodes.Const(words, lineno=call.lineno, environment=self.engine)
        return call


class Sandbox(ImmutableSandboxedEnvironment):
    """The engine: a template is a function of the values it is given, the filters, and the page that is made."""

    here: Here
    language = SOURCE
    """What the interface is in; templates are compiled for one language."""


class FastSandbox(Sandbox):
    """The same engine with less work for each value: it changes inner parts of versions that were compared."""

    code_generator_class = _Writer

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        made: nodes.Template = _Translator(self).visit(super()._parse(source, name, filename))
        return made

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


@lru_cache(maxsize=8)
def environment(
    folders: tuple[str, ...],
    templates_digest: bytes,  # noqa: ARG001 -- its key
    language: str = SOURCE,
    named: tuple[tuple[str, str], ...] = (),
    plugins: tuple[str, ...] = (),
) -> Sandbox:
    """Return the sandbox for templates from `folders`: nothing undefined, everything escaped, nothing changed.

    It keeps the templates it has compiled, with the interface in `language`; `templates_digest` is one of them all, so
    that an edit makes a new one. `named` are the files that names such as `default:post.html` stand for, and `plugins`
    those whose filters there are beside ours and those of Jinja2, which they never replace.
    """
    made = (FastSandbox if is_verified("Jinja2", "MarkupSafe") else Sandbox)(
        loader=ThemeLoader(folders, named),
        undefined=StrictUndefined,
        autoescape=lambda name: name is None or not name.endswith(".txt"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n"],
    )
    made.language = language
    made.install_gettext_callables(  # type: ignore[attr-defined] # the extension adds it
        partial(gettext, language), partial(ngettext, language), newstyle=True
    )
    ours = {**made.filters, **FILTERS}
    for name, plugin in load_plugins(plugins).items():
        made.filters.update({each: _guarded(each, name, call) for each, call in plugin.filters.items()})
    made.filters.update(ours)
    return made


def _guarded(name: str, plugin: str, call: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that is a fault of the template's, and not the end of the build, whatever it raises."""

    @wraps(call)
    def guarded(*args: object, **kwargs: object) -> object:
        try:
            return call(*args, **kwargs)
        except TemplateError:
            raise
        except BaseException as error:  # whatever a stranger's code raises
            what = f'the filter "{name}" of the plugin "{plugin}" failed: {words_of(error)}'
            raise TemplateRuntimeError(what) from error

    return guarded
