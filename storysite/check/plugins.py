"""What the rules of plugins find."""

from collections.abc import Iterator, Mapping

from storysite.model.site import Site
from storysite.plugins import Plugin
from storysite.problems import Problem

CODE = "plugin-rule"
"""What everything is filed under that rules find."""


def plugin_findings(site: Site, plugins: Mapping[str, Plugin]) -> Iterator[Problem]:
    """Yield what each rule finds; of one that does not work, that."""
    for name, plugin in plugins.items():
        for rule in plugin.rules:
            try:
                found = list(rule(site))
                if not all(isinstance(problem, Problem) and problem.code == CODE for problem in found):
                    raise TypeError(f"it yields something other than problems of the code {CODE}")
                yield from found
            except Exception as error:  # whatever a stranger's code raises
                what = f'a rule of the plugin "{name}" does not work: {type(error).__name__}: {error}'
                yield Problem.of("plugin-failed", what, "ask the people who wrote it")
