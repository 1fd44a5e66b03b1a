"""The result of the last build, kept with a digest of its inputs: when these are the same, nothing is planned."""

from datetime import datetime

from msgspec.json import Decoder, encode
from msgspec.structs import replace

from storysite.build.inputs import Inputs
from storysite.build.remember import pages_there
from storysite.build.result import BuildResult
from storysite.build.weight import weight_of
from storysite.cache.database import Cache
from storysite.cache.table import Value
from storysite.errors import BadValue
from storysite.output.folder import Output
from storysite.output.stale_steps import edition_of
from storysite.plugins.load import plugins_digest

RESULT = "result"
_PASSING = ("text-too-slow", "avif-missing")
"""What may be over by itself."""
_results = Decoder(BuildResult)


def load_last_result(cache: Cache, inputs: Inputs, output: Output, now: datetime) -> BuildResult | None:
    """Return the result of the last build of `output` if its inputs were the same and its files are as it left them.

    It is then true since `now`.
    """
    name = output.name
    result = cache.builds(name).recall({RESULT: inputs.digest}, _results.decode).get(RESULT)
    if result is None:
        return None
    if result.extensions and not _are_still(result.extensions, result.extensions_digest):
        return None
    try:
        if result.plugins_digest != plugins_digest(result.plugins):  # a watch goes on with what it had loaded
            return None
    except BadValue:
        return None
    pages, intact = pages_there(cache, output)
    whole = len(pages) == result.pages and output.owned == pages.keys() and len(intact) == len(pages)
    if not whole or not result.since <= now < result.until:
        return None
    result = replace(result, since=now)
    if result.edition:
        return result
    edition = edition_of({route: row.digest for route, row in pages.items()})
    return replace(result, edition=edition, weight=weight_of(pages.values()))


def _are_still(extensions: tuple[str, ...], digest: bytes) -> bool:
    """Return whether Markdown extensions are the same code as when their digest was taken."""
    from storysite.markdown.editions import extensions_digest  # few sites have any

    return extensions_digest(extensions) == digest


def save_result(cache: Cache, inputs: Inputs, output: Output, result: BuildResult) -> None:
    """Keep a result, without what was done for it.

    One of files that may still change is not kept, nor one that may be another the next time, with the same inputs: of
    a text that took too long to read, or of a computer that could not make some pictures.
    """
    if inputs.settled and not any(problem.code in _PASSING for problem in result.problems):
        bare = replace(result, made=[], gone=[], written=0, seconds={})
        cache.builds(output.name).put([Value(RESULT, inputs.digest, encode(bare))])


def forget_result(cache: Cache, output: Output) -> None:
    """Forget the result before any file of the output is touched, and make that last."""
    cache.builds(output.name).forget([RESULT])
    cache.commit()
