"""Templates of the shipped themes, read and compiled once in each process of a run: nine tenths of a small build."""

from collections.abc import Hashable
from functools import cache
from typing import Any

import pytest
from jinja2 import Environment

from storysite.render.sandbox import Sandbox
from storysite.theme import dependencies
from storysite.theme.syntax import wants_of


def keep(patch: pytest.MonkeyPatch) -> None:
    """Let Jinja2 and the reader of templates remember what they made of a source.

    Both are functions of it, of the template's name and file, of the kind of engine, and of the language: no test can
    tell the difference.
    """
    made: dict[Hashable, Any] = {}

    def compiled(self: Environment, source: Any, name: Any = None, filename: Any = None, *options: Any) -> Any:
        if not isinstance(self, Sandbox) or not isinstance(source, str) or self.finalize:
            return compile_anew(self, source, name, filename, *options)
        key = (type(self), source, name, filename, self.language, *options)
        if key not in made:
            made[key] = compile_anew(self, source, name, filename, *options)
        return made[key]

    compile_anew: Any = Environment.compile
    patch.setattr(Environment, "compile", compiled)
    patch.setattr(dependencies, "wants_of", cache(wants_of))
