"""The command group. Each command is one short file in commands/; it is imported when it is called."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from storysite import __version__
from storysite.commands.terminal import settle_streams, wants_colors
from storysite.pool import tune_gc
from storysite.problems import Problem, escaped

COMMANDS = (
    "new",
    "post",
    "listen",
    "photos",
    "build",
    "serve",
    "watch",
    "status",
    "read",
    "share",
    "publish",
    "doctor",
    "upgrade",
    "theme",
    "handover",
)
"""The commands in the order in which the help lists them; each says in its docstring what it does."""


class Commands(click.Group):
    """Finds commands by name, so that none is imported that is not called."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Begin a command on a terminal that can show what it prints."""
        settle_streams()
        if not wants_colors(os.environ):
            extra["color"] = False
        with _told_safely():
            return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        from storysite.commands.plugins import plugin_commands

        return [*COMMANDS, *(name for name in plugin_commands() if name not in COMMANDS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            from storysite.commands.plugins import plugin_command

            return plugin_command(cmd_name)
        command = getattr(import_module(f"storysite.commands.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; one of a plugin's that fails is told of in words, as ours are."""
        from storysite.errors import StorysiteError, UsageError, words_of

        try:
            from storysite.commands.interrupt import ended_in_order

            with ended_in_order(), _told_safely():
                return super().invoke(ctx)
        except StorysiteError:
            from storysite.commands.console import report_errors

            with report_errors(Path.cwd()):
                raise
        except OSError:
            if _stands_in_a_folder():
                raise
            from storysite.commands.console import report_errors

            with report_errors(Path()):
                raise UsageError(_folder_is_gone()) from None
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if ctx.invoked_subcommand in COMMANDS:
                raise
            what = f"The command {ctx.invoked_subcommand} of a plugin failed: {words_of(error)}"
            raise click.ClickException(what) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from storysite.errors import did_you_mean

        names = COMMANDS if args[0] in COMMANDS else self.list_commands(ctx)
        if args[0] not in names and (near := did_you_mean(args[0], names)):
            ctx.fail(f"There is no command '{args[0]}'. Did you mean '{near}'?")
        return super().resolve_command(ctx, args)


@contextmanager
def _told_safely() -> Iterator[None]:
    """Let what Click tells of what was typed, such as the name of a file, be no command to the terminal."""
    try:
        yield
    except click.ClickException as error:
        vars(error).update(message=escaped(error.message))
        raise


def _stands_in_a_folder() -> bool:
    try:
        return bool(Path.cwd())
    except FileNotFoundError:
        return False


def _folder_is_gone() -> Problem:
    what = "the folder this window is in no longer exists: it was deleted or replaced"
    return Problem.of("no-site", what, "go to the folder of your site again: cd, a space, and the folder's name")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="storysite %(version)s")
def main() -> None:
    """Turn a folder of Markdown posts into your school's story archive."""
    tune_gc()
