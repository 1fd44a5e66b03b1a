"""The sandbox that templates run in: they see plain values, and can neither reach into Python nor change anything."""

from collections.abc import Callable
from typing import Any

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from storysite.i18n import SOURCE
from storysite.render.filters import Here
from storysite.render.limits import BINARY, check_size
from storysite.render.steady import check_source, steady


class Sandbox(ImmutableSandboxedEnvironment):
    """The engine: a template is a function of the values it is given, the filters, and the page that is made."""

    here: Here
    language = SOURCE
    """What the interface is in; templates are compiled for one language."""
    intercepted_binops = frozenset(BINARY)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        steady(self)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator that multiplies makes, within bounds."""
        return BINARY[operator](left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return the method `format` of a text as a template may call it, which must not make it far too wide."""
        made = super().wrap_str_format(value)
        if made is not None:
            check_size(value, (), {})
        return made

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call `__obj`, which must give the same each time, and not far too much at once."""
        if hasattr(__obj, "__self__"):  # only a method can do either
            check_source(__obj, args, kwargs)
            check_size(__obj, args, kwargs)
        return super().call(__context, __obj, *args, **kwargs)
