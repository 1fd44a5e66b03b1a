"""The commands that installed plugins add; they are there in every folder, whatever its settings."""

from collections.abc import Mapping, Sequence
from importlib import import_module

import click

from storysite.errors import BadValue, words_of
from storysite.plugins.load import installed_plugins, load_plugins


def plugin_commands() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return each command of plugins, by name: the plugin, and where the command lies.

    A plugin that does not work has none.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for plugin in installed_plugins():
        try:
            commands = load_plugins([plugin])[plugin].commands
        except BadValue:
            continue
        for name, place in commands.items():
            found.setdefault(name, []).append((plugin, place))
    return found


def plugin_command(name: str) -> click.Command | None:
    """Return the command `name` of a plugin, None if there is none; one that is broken says so when it is run."""
    places = plugin_commands().get(name)
    if places is None:
        return None
    if len(places) > 1:
        first, second, *_ = (plugin for plugin, _ in places)
        return _broken(name, f"the plugins {first} and {second} both have it; uninstall one of them")
    (plugin, place), *_ = places
    module, _, attribute = place.partition(":")
    try:
        command = getattr(import_module(module), attribute)
    except BaseException as error:  # whatever a stranger's module raises
        return _broken(name, f"it cannot be loaded from the plugin {plugin}: {words_of(error)}")
    return command if isinstance(command, click.Command) else _broken(name, f"{place} has to be a command of Click")


def _broken(name: str, why: str) -> click.Command:
    def run() -> None:
        raise click.UsageError(f"The command {name} does not work: {why}")

    anything = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
    return click.Command(name, anything, run, short_help="(does not work)")
