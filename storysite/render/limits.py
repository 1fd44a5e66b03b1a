"""Bounds on templates: what one operation, one filter and one page may cost, so that no theme can hold up a computer.

Time is that of this process's work. What one step of C code does cannot be stopped, so that what multiplies is asked
for its size before; memory beyond that is refused by the system, where it can be told to.
"""

import operator
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

from jinja2 import TemplateRuntimeError

SECONDS = 20.0
"""Of work for one page; the largest page of 10,000 stories takes a tenth of that."""
MEMORY = 2 * 1024**3
"""Bytes that pages may take beside what there is already."""
LARGEST = 10_000_000
"""Characters of a text or items of a list that one operation may make."""
_DIGITS = 10_000
"""Binary digits of a whole number."""
_WIDE = 100_000
"""Characters that a text may be made wide, and rows of a table."""
_WIDTH = re.compile(r"%[^a-zA-Z%]*?(\d{6,}|\*)").search
_TEXT = re.compile(r"[<>=^:.]\d{6,}|:[^{}]*\{").search
"""A width in the words of `str.format`, or one that is first known when it is used."""
_WIDENING = frozenset(("center", "expandtabs", "ljust", "rjust", "zfill", "to_bytes"))
FILTERS_THAT_MULTIPLY = ("batch", "center", "format", "indent", "slice")


class TooLarge(TemplateRuntimeError):
    """An operation of a template would make far too much."""


def _too_large(what: str) -> TooLarge:
    return TooLarge(f"it would make {what}, far more than a page can show")


def power(left: Any, right: Any) -> Any:
    """Return a power. Raises TooLarge."""
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > _DIGITS:
        raise _too_large("a number with thousands of digits")
    return operator.pow(left, right)


def product(left: Any, right: Any) -> Any:
    """Return a product, of numbers or of a text and how often it is wanted. Raises TooLarge."""
    for many, some in ((left, right), (right, left)):
        if isinstance(many, int) and (
            (isinstance(some, int) and many.bit_length() + some.bit_length() > _DIGITS)
            or (hasattr(some, "__len__") and many > 0 and len(some) * many > LARGEST)
        ):
            raise _too_large("a text, a list or a number of that length")
    return operator.mul(left, right)


def remainder(left: Any, right: Any) -> Any:
    """Return what is left of a division, or a text with values put in. Raises TooLarge."""
    if isinstance(left, str) and _WIDTH(left):
        raise _too_large("a text of that width")
    return operator.mod(left, right)


BINARY: Mapping[str, Callable[[Any, Any], Any]] = {"**": power, "*": product, "%": remainder}


def check_size(called: Any, values: tuple[Any, ...], options: Mapping[str, Any]) -> None:
    """Raise TooLarge where a method of a text or a number would make too much."""
    owner = getattr(called, "__self__", None)
    if isinstance(owner, str | int):
        name = called.__name__
        if name in _WIDENING:
            _check_widths((*values, *options.values()))
        elif name in ("format", "format_map") and _TEXT(str(owner)):
            raise _too_large("a text of that width")
        elif name == "replace" and isinstance(owner, str) and len(values) > 1:
            many = owner.count(str(values[0])) if len(owner) > 1000 else len(owner) + 1
            if many * len(str(values[1])) > LARGEST:
                raise _too_large("a text of that length")


def _check_widths(values: tuple[Any, ...]) -> None:
    if any(isinstance(each, int) and abs(each) > _WIDE for each in values):
        raise _too_large("a text of that width")


def bounded(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter of Jinja2 that makes texts wide or lists long, so that it raises TooLarge."""

    @wraps(call)
    def made(*values: Any, **options: Any) -> Any:
        _check_widths((*values, *options.values()))
        if call.__name__ == "do_format" and values and _WIDTH(str(values[0])):
            raise _too_large("a text of that width")
        return call(*values, **options)

    return made


@contextmanager
def memory_limit(size: int = MEMORY) -> Iterator[None]:
    """Let whatever takes more than `size` bytes in the block raise MemoryError, on systems that can be told so."""
    if sys.platform != "linux":
        yield
        return
    import resource

    before, most = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as told:
        wanted = int(told.read().split()[0]) * resource.getpagesize() + size
    if before != resource.RLIM_INFINITY and before < wanted:
        yield
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
