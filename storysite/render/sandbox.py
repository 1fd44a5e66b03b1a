"""The sandbox that templates run in: they see plain values, and can neither reach into Python nor change anything."""

from jinja2.sandbox import ImmutableSandboxedEnvironment

from storysite.i18n import SOURCE
from storysite.render.filters import Here


class Sandbox(ImmutableSandboxedEnvironment):
    """The engine: a template is a function of the values it is given, the filters, and the page that is made."""

    here: Here
    language = SOURCE
    """What the interface is in; templates are compiled for one language."""
