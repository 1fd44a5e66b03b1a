"""Files without the address one would expect, and copies that are shown once: one warning for all of a kind."""

from collections.abc import Container, Iterator, Mapping, Sequence

from storysite.model.addresses import Apart
from storysite.problems import Problem, in_short


def addresses_apart(apart: Sequence[Apart], shown: Container[str]) -> Iterator[Problem]:
    """Yield a warning if posts or pages that are `shown` have another address than their own."""
    found = [each for each in apart if each.source in shown]
    if not found:
        return
    first, *more = found
    hint = "these addresses stay; to choose one yourself, write it in the file, for example permalink: /robots/"
    if more:
        listed = [f"{each.source} is at /{each.url}" for each in found]
        what = f"{len(found)} files would have an address that is taken, so each got one of its own: {in_short(listed)}"
        yield Problem.of("address-apart", what, hint)
        return
    owner = first.holder + " has the address" if first.holder else "the site itself uses the address"
    what = f"{owner} /{first.wanted}, so this is at /{first.url}"
    hint = "this address stays; to choose one yourself, write it in the file, for example permalink: /robots/"
    yield Problem.of("address-apart", what, hint, path=first.source)


def shown_once(copies: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning if files are copies of others."""
    if len(copies) == 1:
        ((copy, kept),) = copies.items()
        what = f"this file is the same as {kept}, so the story is shown once"
        yield Problem.of("post-copy", what, "delete one of them", path=copy)
    elif copies:
        listed = [f"{copy} is {kept}" for copy, kept in sorted(copies.items())]
        what = f"{len(copies)} files are the same as other files, so each story is shown once: {in_short(listed)}"
        yield Problem.of("post-copy", what, "delete the copies; perhaps a folder was put inside itself by mistake")
