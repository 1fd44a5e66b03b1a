"""The setting `plugins` → the names of plugins that work, and that work beside each other."""

from collections.abc import Iterator
from pathlib import Path

from storysite.errors import BadValue
from storysite.front_matter.fields import folded, text_list
from storysite.front_matter.keys import KEYS
from storysite.plan.page_types import PAGE_TYPES
from storysite.plugins import SEARCH, Plugin
from storysite.plugins.load import load_plugins


def read_plugins(value: object) -> tuple[str, ...]:
    """Return the plugins that a site sets. Raises BadValue if one does not work, or two want the same name."""
    names = text_list(value)
    first = dict.fromkeys(_ours(), "storysite")
    for name, plugin in load_plugins(names).items():
        parts = list(_parts(plugin))
        for part in parts:
            if (other := first.setdefault(part, name)) != name:
                what = f"{other} and the plugin {name} both have a {part[0]} {part[1]}"
                raise BadValue(what, "use one of them, and tell the people who wrote the plugin")
        if twice := next((part for part in parts if parts.count(part) > 1), None):
            raise BadValue(f"the plugin {name} has two of the {twice[0]} {twice[1]}", "ask the people who wrote it")
    return names


def _ours() -> Iterator[tuple[str, str]]:
    """Yield what a plugin cannot replace: kind of part and name."""
    yield "step folder", SEARCH
    yield from (("page kind", name) for name in PAGE_TYPES)
    yield from (("front matter key", folded(spelling)) for key in KEYS for spelling in key.spellings)


def _parts(plugin: Plugin) -> Iterator[tuple[str, str]]:
    """Yield what there can be only one of in a site: kind of part and name."""
    yield from (("filter", name) for name in plugin.filters)
    yield from (("front matter key", folded(key)) for key in plugin.keys)
    yield from (("page kind", kind.name) for kind in plugin.pages)
    yield from (("step folder", step.place.casefold()) for step in plugin.steps)
    if isinstance(home := plugin.templates, Path):
        yield from (("template", file.relative_to(home).as_posix()) for file in sorted(home.rglob("*.html")))
