"""What the rules of plugins find."""

from collections.abc import Iterator, Mapping

from storysite.errors import words_of
from storysite.model.site import Site
from storysite.plugins import Plugin
from storysite.plugins.shape import problems_of
from storysite.problems import Problem

CODE = "plugin-rule"
"""What everything is filed under that rules find."""


def plugin_findings(site: Site, plugins: Mapping[str, Plugin]) -> Iterator[Problem]:
    """Yield what each rule finds; of one that does not work, that."""
    for name, plugin in plugins.items():
        for rule in plugin.rules:
            try:
                found = problems_of(rule(site), CODE)
            except BaseException as error:  # whatever a stranger's code raises
                what = f'a rule of the plugin "{name}" does not work: {words_of(error)}'
                found = [Problem.of("plugin-failed", what, "ask the people who wrote it")]
            yield from found
