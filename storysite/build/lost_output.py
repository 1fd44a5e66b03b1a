"""An output that somebody deletes or changes while it is written is made whole at once: by building again."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from storysite.build.options import BuildOptions
from storysite.build.result import Build
from storysite.build.session import BuildSession
from storysite.errors import ProblemsFound

Rest = ParamSpec("Rest")
ATTEMPTS = 3
"""Builds after which whoever goes on deleting what they make has his way."""


def again_if_output_is_lost(
    build: Callable[Concatenate[BuildOptions, BuildSession, Rest], Build],
) -> Callable[Concatenate[BuildOptions, BuildSession, Rest], Build]:
    """Return a build that is done once more where files of its output vanished meanwhile."""

    @wraps(build)
    def built_whole(options: BuildOptions, session: BuildSession, /, *rest: Rest.args, **others: Rest.kwargs) -> Build:
        for _ in range(ATTEMPTS - 1):
            follows_up = session.last is not None
            try:
                built = build(options, session, *rest, **others)
            except (FileNotFoundError, ProblemsFound) as error:
                vanished = isinstance(error, FileNotFoundError) and session.output.is_prepared
                if not vanished and not session.output.is_lost:
                    raise
            else:
                whole = options.dry_run or not session.output.is_lost
                if whole and (follows_up or options.dry_run or not session.forget_if_output_changed()):
                    return built
            session.last = None
        return build(options, session, *rest, **others)

    return built_whole
