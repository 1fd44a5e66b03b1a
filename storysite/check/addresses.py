"""Files without the address one would expect, and copies that are shown once: one warning for all of a kind."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from storysite.i18n.languages import code_of_folder, is_same
from storysite.model.addresses import Apart, place_of
from storysite.model.post import Header, PostHeader
from storysite.model.visibility import HiddenPost
from storysite.problems import Problem, Severity, in_short

_HINT = "these addresses stay; to choose one yourself, write it in the file, for example permalink: /robots/"


def addresses_apart(apart: Sequence[Apart], shown: Container[str], site: str) -> Iterator[Problem]:
    """Yield a warning if posts or pages that are `shown` have another address than their own; `site` is a language."""
    found = [each for each in apart if each.source in shown]
    if not found:
        return
    first, *more = found
    hint = _HINT
    if folders := sorted({folder for each in found for folder in _called_like_languages(each, site)}):
        it = f"the folder {folders[0]}/ holds" if len(folders) == 1 else f"the folders {', '.join(folders)} hold"
        codes = ", ".join(dict.fromkeys(map(code_of_folder, folders)))
        hint += f"; if {it} another language, add languages: [{codes}] to storysite.yml"
    if more:
        listed = [f"{each.source} is at /{each.url}" for each in found]
        what = f"{len(found)} files would have an address that is taken, so each got one of its own: {in_short(listed)}"
        yield Problem.of("address-apart", what, hint)
        return
    owner = first.holder + " has the address" if first.holder else "the site itself uses the address"
    what = f"{owner} /{first.wanted}, so this is at /{first.url}"
    yield Problem.of(
        "address-apart", what, hint.replace("these addresses stay", "this address stays"), path=first.source
    )


def _called_like_languages(apart: Apart, site: str) -> Iterator[str]:
    """Yield the folders of two files, of one address, that may be of other languages, though nobody has said so."""
    for folder in (*apart.source.split("/")[2:-1], *apart.holder.split("/")[2:-1]):
        code = code_of_folder(folder)
        if code and not is_same(code, site) and not apart.url.startswith(f"{code.lower()}/"):
            yield folder


def taken_later(posts: Iterable[Header], hidden: Iterable[HiddenPost], shown: Container[str]) -> Iterator[Problem]:
    """Yield a warning for each scheduled post that was given the address of another: no build would pass that day."""
    coming = {post.source: post.appears for post in hidden if post.reason == "scheduled"}
    if not coming:
        return
    first: dict[str, str] = {}
    written = [post for post in posts if isinstance(post, PostHeader) and post.derived_url]
    for post in sorted(written, key=lambda post: (post.source in coming, post.source)):
        if post.source not in coming and post.source not in shown:
            continue
        holder = first.setdefault(place_of(post.url), post.source)
        if holder != post.source and post.source in coming:
            day = max(filter(None, (coming.get(holder), coming[post.source])))
            what = f"{holder} has the address /{post.url} too, so the site could not be built from {day:%Y-%m-%d} on"
            hint = "write another permalink into one of them"
            yield Problem.of("address-twice", what, hint, path=post.source, severity=Severity.WARNING)


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
