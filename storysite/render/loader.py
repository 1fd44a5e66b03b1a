"""Where templates come from: the files that were found when the theme was read, and no others."""

from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound


class ThemeLoader(BaseLoader):
    """Loads a template by its name, one of `files`: `parts/card.html`, or `default:post.html` of another theme.

    Only what was found so is in the keys of pages. So no other way to write a name leads to a file, nor one that a
    template puts together while a page is made.
    """

    def __init__(self, files: Iterable[tuple[str, str]]) -> None:
        self._files = dict(files)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return text and file of a template. Raises TemplateNotFound."""
        file = self._files.get(template)
        if file is None:
            raise TemplateNotFound(template)
        try:
            return Path(file).read_text("utf-8").lstrip("\ufeff"), file, None
        except (FileNotFoundError, IsADirectoryError):  # since the theme was read
            raise TemplateNotFound(template) from None
