"""The engine of templates, made once for all pages: the sandbox, the filters, the words of a language."""

from collections.abc import Callable
from functools import lru_cache, partial, wraps

from jinja2 import StrictUndefined, TemplateError, TemplateRuntimeError

from storysite.errors import words_of
from storysite.i18n import SOURCE, gettext, ngettext
from storysite.plugins.load import load_plugins
from storysite.render.filters import FILTERS
from storysite.render.loader import ThemeLoader
from storysite.render.sandbox import Sandbox
from storysite.versions import is_verified


@lru_cache(maxsize=8)
def environment(
    files: tuple[tuple[str, str, str], ...],
    templates_digest: bytes,  # noqa: ARG001 -- its key
    language: str = SOURCE,
    plugins: tuple[str, ...] = (),
) -> Sandbox:
    """Return the sandbox for the templates `files`: nothing undefined, everything escaped, nothing changed.

    It keeps the templates it has compiled, with the interface in `language`; `templates_digest` is one of them all, so
    that an edit makes a new one. `files` are name, path and source of each template, and `plugins` those whose filters
    there are beside ours and those of Jinja2, which they never replace.
    """
    made = _kind()(
        loader=ThemeLoader(files),
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


def _kind() -> type[Sandbox]:
    """Return the fast sandbox if the libraries are ones whose inner parts are known, else the plain one."""
    if not is_verified("Jinja2", "MarkupSafe"):
        return Sandbox
    from storysite.render.fast_sandbox import FastSandbox  # with other versions even to import it may fail

    return FastSandbox


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
