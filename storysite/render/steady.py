"""What keeps templates functions of their input: a page is the same whenever, wherever and after whichever it is made.

What Jinja2 and Python offer beside that is refused with its cure: chance, the clock, this computer's time zone, and
where things lie in memory.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import wraps
from typing import Any

from jinja2 import Environment, Template, TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.utils import Namespace

LAZY = ("map", "select", "reject", "selectattr", "rejectattr", "batch", "slice", "unique", "items", "reverse")
"""Filters of Jinja2 that give what can be gone through once, and what prints where it lies in memory."""
_ADDRESS = re.compile(r"(?:\\u003c)?([^<>&;\\\n]{1,80}) at (0x[0-9a-f]{6,16})\b", re.IGNORECASE)
"""How Python writes what has no other way to be written, such as <function url at 0x7f3a2b1c>."""


class Unsteady(TemplateRuntimeError):
    """A template asks for something that is not the same each time."""


class OwnModules(Template):
    """A template whose module, which others import from, is made anew for each page.

    What a module counts or has gone through is so of this page alone, and of no page that this process made before.
    """

    _made_for: object = None

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        here = getattr(self.environment, "here", None)
        if self._made_for is not here:
            self._module, self._made_for = None, here
        return super()._get_default_module(ctx)


def steady(engine: Environment) -> None:
    """Take from an engine what is no function of its input, or put what is one in its place."""
    engine.template_class = OwnModules
    engine.globals["lipsum"] = _refused("lipsum() writes other words each time; write the words you want to see")
    engine.filters["random"] = _refused("the filter random picks something else each time; first and last do not")
    engine.tests["sameas"] = _is_same
    for name in LAZY:
        engine.filters[name] = _listed(engine.filters[name])


def check_source(call: object, args: tuple[Any, ...], options: dict[str, Any]) -> None:
    """Raise Unsteady for a call that asks a clock or this computer's time zone."""
    owner = getattr(call, "__self__", None)
    if not isinstance(owner, date) and not (isinstance(owner, type) and issubclass(owner, date)):
        return
    name = getattr(call, "__name__", "")
    if name in ("now", "today", "utcnow"):
        raise Unsteady(f"{name}() is something else at each build; write today, which is the day of the build")
    local = isinstance(owner, datetime) and owner.tzinfo is None
    asks = {
        "fromtimestamp": len(args) < 2 and not options,
        "astimezone": local or (not args and not options),
        "timestamp": local,
        "strftime": "%s" in str(args),
    }
    if asks.get(name):
        raise Unsteady(f"{name}() asks in which time zone this computer is, which may be another at the next build")


def memory_in(text: str, known: Callable[[], Iterable[str]]) -> str:
    """Return what a text shows of the program, with its place in memory, "" if nothing.

    What one of the texts `known` has is what somebody wrote.
    """
    if " at 0x" not in text and " AT 0X" not in text:
        return ""
    written = "\0".join(known()).lower()
    return next((found[1].strip() for found in _ADDRESS.finditer(text) if found[2].lower() not in written), "")


def finding(known: Callable[[], Iterable[str]]) -> Callable[[object], object]:
    """Return what passes on each value that is shown, and raises Unsteady for the first that is of the program."""

    def finalize(value: object) -> object:
        if what := memory_in(str(value), known):
            raise Unsteady(f'it shows "{what}", which is of the program and no text; () or a filter may be missing')
        return value

    return finalize


def _refused(what: str) -> Callable[..., object]:
    def refused(*_: object, **__: object) -> object:
        raise Unsteady(what)

    return refused


def _listed(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def listed(*args: Any, **options: Any) -> Any:
        made = call(*args, **options)
        return made if isinstance(made, str) else list(made)

    return listed


def _is_same(value: object, other: object) -> bool:
    """Return whether two values are one: where a value lies in memory depends on what was made before it."""
    return value is other if isinstance(value, Namespace) else type(value) is type(other) and value == other
