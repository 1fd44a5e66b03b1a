"""The sandbox with less work for each value, by inner parts of Jinja2 and MarkupSafe.

Import it only where versions.py knows both versions: another may have no such parts, and then the plain sandbox runs.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined] # what `escape` does before it wraps
from msgspec import Struct

from storysite.i18n import gettext
from storysite.render.sandbox import Sandbox

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

    def __init__(self, engine: Sandbox) -> None:
        self.engine = engine

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 -- the visitor looks for this name
        """Return the words as a constant, unless something is to be put into them."""
        self.generic_visit(call)
        named = isinstance(call.node, nodes.Name) and call.node.name == "_"
        if named and len(call.args) == 1 and not call.kwargs and isinstance(text := call.args[0], nodes.Const):
            words = gettext(self.engine.language, str(text.value))
            if "%(" in words:
                return call  # a value is missing, which is said where the words are
            return nodes.Const(words.replace("%%", "%"), lineno=call.lineno, environment=self.engine)
        return call


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
