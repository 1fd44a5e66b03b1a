"""What steps made of pages that are no longer so: it is taken away, for what was withdrawn must not be found in it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from storysite.digest import digest_bytes, digest_file
from storysite.output.folder import Output, files_in
from storysite.output.steps import STATE, drop_step, due_steps, is_wanted
from storysite.plugins import Step


def edition_of(digests: Mapping[str, bytes]) -> bytes:
    """Return what stands for all HTML of an output, from the digest of the bytes of each file by its route."""
    return digest_bytes(*[route.encode() + digests[route] for route in sorted(digests) if route.endswith(".html")])


def drop_steps(output: Path, places: Iterable[str]) -> None:
    """Delete what all steps made, of which the pages are about to change; what else lies among it stays.

    Those that have `places` may have been stopped on the way; a site of its own in a folder of the output is none.
    """
    made = {state.parent.name for state in output.glob(f"*/{STATE}")}
    for place in sorted(made.union(places)):
        drop_step(output, place)


def drop_unwanted(output: Path, steps: Iterable[Step]) -> None:
    """Delete what those of `steps` made that these pages do not need any more."""
    for step in steps:
        if (output / step.place / STATE).exists() and not is_wanted(step, output):
            drop_step(output, step.place)


def stale_steps(output: Path, steps: Iterable[Step]) -> list[str]:
    """Return the folders of steps that were not made of the pages that lie in the output now; all pages are read."""
    places = {state.parent.name for state in output.glob(f"*/{STATE}")}
    if not places:
        return []
    digests: dict[str, bytes] = {}
    owned = Output(output).owned  # a page that somebody put there by hand is none that a build makes
    for route, file in files_in(output).items():
        if route in owned and route.endswith(".html"):
            with file.open("rb") as opened:
                digests[route] = digest_file(opened)
    wanted = [step for step in steps if step.place in places and is_wanted(step, output)]
    due = {step.place for step in due_steps(output, edition_of(digests), wanted)}
    return sorted(places - {step.place for step in wanted} | due)
