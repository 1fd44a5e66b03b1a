"""Where templates come from: the folders of a theme in order, and files of other themes by `NAME:FILE`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, TemplateNotFound


class ThemeLoader(BaseLoader):
    """Loads a template by its name in `folders`, the first that has it, or by one of the names in `named`.

    `named` are the files that `NAME:FILE` stands for, found when the theme was read: no name that a template puts
    together while a page is made leads to a file of another theme that is not among them.
    """

    def __init__(self, folders: Sequence[str], named: Sequence[tuple[str, str]]) -> None:
        self._theme = FileSystemLoader(folders, encoding="utf-8-sig")
        self._named = dict(named)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return text and file of a template. Raises TemplateNotFound."""
        if ":" not in template:
            return self._theme.get_source(environment, template)
        if (file := self._named.get(template)) is None:
            raise TemplateNotFound(template)
        return Path(file).read_text("utf-8-sig"), file, None
