"""The sandbox that templates run in: they see plain values, and can neither reach into Python nor change anything."""

from typing import Any

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from storysite.i18n import SOURCE
from storysite.render.filters import Here
from storysite.render.steady import check_call, steady


class Sandbox(ImmutableSandboxedEnvironment):
    """The engine: a template is a function of the values it is given, the filters, and the page that is made."""

    here: Here
    language = SOURCE
    """What the interface is in; templates are compiled for one language."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        steady(self)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call `__obj` if it may be called, and gives the same each time."""
        check_call(__obj, args, kwargs)
        return super().call(__context, __obj, *args, **kwargs)
