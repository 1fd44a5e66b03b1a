"""The result of the last build, kept with a digest of its inputs: when these are the same, nothing is planned."""

from datetime import datetime

from msgspec import DecodeError
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from storysite.build.inputs import Inputs
from storysite.build.result import BuildResult
from storysite.cache.database import Cache
from storysite.output.folder import Output

_results = Decoder(BuildResult)


def load_last_result(cache: Cache, inputs: Inputs, output: Output, now: datetime) -> BuildResult | None:
    """Return the result of the last build of `output` if its inputs were the same and its files are as it left them."""
    row = cache.result(str(output.folder))
    if row is None or row[0] != inputs.digest:
        return None
    try:
        result = _results.decode(row[1])
    except (DecodeError, UnicodeDecodeError, TypeError):
        return None
    if result.extensions and not _are_still(result.extensions, result.extensions_digest):
        return None
    pages = cache.pages(str(output.folder))
    whole = len(pages) == result.pages and output.owned == pages.keys() and len(output.intact(pages)) == len(pages)
    return result if whole and result.since <= now < result.until else None


def _are_still(extensions: tuple[str, ...], digest: bytes) -> bool:
    """Return whether Markdown extensions are the same code as when their digest was taken."""
    from storysite.markdown.editions import extensions_digest  # few sites have any

    return extensions_digest(extensions) == digest


def save_result(cache: Cache, inputs: Inputs, output: Output, result: BuildResult) -> None:
    """Keep a result, without what was done for it.

    One of files that may still change is not kept, nor one of a text that may be read in time the next time.
    """
    if inputs.settled and not any(problem.code == "text-too-slow" for problem in result.problems):
        bare = replace(result, made=[], gone=[], written=0, seconds={})
        cache.remember_result(str(output.folder), inputs.digest, encode(bare))
