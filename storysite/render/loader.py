"""Where templates come from: what was read when the theme was, and nothing else. No file is opened here."""

from collections.abc import Callable, Iterable

from jinja2 import BaseLoader, Environment, TemplateNotFound


class ThemeLoader(BaseLoader):
    """Loads a template by its name, one of `files`: `parts/card.html`, or `default:post.html` of another theme.

    Their sources are those that the keys of pages were taken from. So no other way to write a name leads to a file, nor
    one that a template puts together while a page is made, and what is saved meanwhile is not rendered under a key that
    is not its own.
    """

    def __init__(self, files: Iterable[tuple[str, str, str]]) -> None:
        self._files = {name: (source, file) for name, file, source in files}

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return text and file of a template. Raises TemplateNotFound."""
        if template not in self._files:
            raise TemplateNotFound(template)
        return *self._files[template], None
