"""The words of the interface with values put in, as a template says them: `_("By %(name)s", name=post.author)`.

A percent sign that asks for nothing is one: `_("100% sure")` prints what it says.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from storysite.i18n import gettext, ngettext

_ASKED = re.compile(r"%(?:%|\((\w+)\)([-#0 +]{0,5}\d{0,3}(?:\.\d{1,3})?[sdifeEgGxXo]))")


@pass_context
def words(context: Context, text: str, /, **values: Any) -> str:
    """Return words in the language of the page. Raises TemplateRuntimeError if a value is missing or does not fit."""
    made = gettext(context.environment.language, str(text))  # type: ignore[attr-defined] # it is a Sandbox
    return _marked(context, made, values)


@pass_context
def words_for(context: Context, one: str, many: str, number: int, /, **values: Any) -> str:
    """Return words for a number of things, which they may name as `num`. Raises TemplateRuntimeError."""
    made = ngettext(context.environment.language, str(one), str(many), number)  # type: ignore[attr-defined]
    return _marked(context, made, {"num": number, **values})


def _marked(context: Context, text: str, values: Mapping[str, Any]) -> str:
    if context.eval_ctx.autoescape:
        return Markup(filled(text, {name: _escaped(value) for name, value in values.items()}))
    return filled(text, values)


def _escaped(value: Any) -> Any:
    return value if isinstance(value, int | float) else escape(value)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """Return words with values put in where they are asked for. Raises TemplateRuntimeError."""

    def put(asked: re.Match[str]) -> str:
        name = asked[1]
        if name is None:
            return "%"
        if name not in values:
            raise TemplateRuntimeError(f'the words "{text}" need a value for {name}: write {name}=… behind them')
        try:
            return str(f"%{asked[2]}" % values[name])
        except (TypeError, ValueError, OverflowError) as error:
            raise TemplateRuntimeError(f'the words "{text}" cannot have this value for {name}: {error}') from None

    return _ASKED.sub(put, text) if "%" in text else text
