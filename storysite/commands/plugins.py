"""The commands that installed plugins add; they are there in every folder, whatever its settings."""

from collections.abc import Mapping
from importlib import import_module

import click

from storysite.errors import BadValue
from storysite.plugins.load import installed_plugins, load_plugins


def plugin_commands() -> Mapping[str, str]:
    """Return where each command of a plugin lies, by name; a plugin that does not work has none."""
    found: dict[str, str] = {}
    for name in installed_plugins():
        try:
            found |= load_plugins([name])[name].commands
        except BadValue:
            continue
    return found


def plugin_command(name: str) -> click.Command | None:
    """Return the command `name` of a plugin, None if there is none. Raises UsageError if it cannot be loaded."""
    place = plugin_commands().get(name)
    if place is None:
        return None
    module, _, attribute = place.partition(":")
    try:
        command = getattr(import_module(module), attribute)
    except Exception as error:  # whatever a stranger's module raises
        raise click.UsageError(f"The command {name} cannot be loaded: {type(error).__name__}: {error}") from error
    return command if isinstance(command, click.Command) else None
