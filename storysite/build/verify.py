"""`--verify`: the site once more, from nothing, elsewhere and by another process, compared byte for byte."""

from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from storysite.build import build
from storysite.build.options import BuildOptions
from storysite.output.folder import files_in, same_bytes
from storysite.pool import in_new_process


def differences_from_clean(options: BuildOptions) -> list[str]:
    """Return the routes at which the output of a build differs from one with an empty cache.

    That is made by a process in which texts have other hashes: what goes by the order of a set comes to light.
    """
    output = options.target.resolve()
    with TemporaryDirectory(prefix="storysite-") as elsewhere:
        fresh = replace(options, output=Path(elsewhere) / "site", cache=Path(elsewhere) / "cache", clean=False)
        in_new_process(_built, fresh)
        here, there = files_in(output), files_in(Path(elsewhere) / "site")
        return sorted(
            route
            for route in here.keys() | there.keys()
            if route not in here or route not in there or not same_bytes(str(there[route]), str(here[route]))
        )


def _built(options: BuildOptions) -> None:
    build(options)
