"""Pages that want one address: what somebody wrote comes before what storysite adds, and old addresses come last."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storysite.model.addresses import place_of
from storysite.model.config import FILE
from storysite.model.taxonomy import TAXONOMIES
from storysite.model.urls import folders_of
from storysite.plan.page import Copied, Page
from storysite.problems import Problem, in_short

_WRITTEN, _OURS, _OLD = range(3)
_AUTHORS = ("static/", "content/")
"""Where files lie that are the author's own."""


class Resolved(NamedTuple):
    """The pages of a site, each alone at its place, and what is to be told of those that were left out."""

    pages: list[Page]
    problems: list[Problem]


def resolve_clashes(pages: Iterable[Page]) -> Resolved:
    """Return `pages` without those whose address another one has that comes before it.

    Two that were both written, or both made by storysite, are an error. So is a file where others need a folder.
    """
    first: dict[str, Page] = {}
    lost: list[tuple[Page, Page]] = []
    problems: list[Problem] = []
    for page in pages:
        place = place_of(page.route)
        other = first.setdefault(place, page)
        if other is page:
            continue
        ranks = _rank(other), _rank(page)
        if ranks[0] == ranks[1] != _OLD:
            if isinstance(page.source, Copied) and isinstance(other.source, Copied) and page.route != other.route:
                first[f"{place} {page.route}"] = page  # two files of one folder: its system tells them apart
            else:
                problems.append(_clash(other, page))
        elif ranks[0] <= ranks[1]:
            lost.append((page, other))
        else:
            first[place] = page
            lost.append((other, page))
    problems += _files_in_the_way(first, lost)
    problems += _left_out([pair for pair in lost if _rank(pair[0]) == _OURS])
    problems += _old_given_up([pair for pair in lost if _rank(pair[0]) == _OLD])
    return Resolved(list(first.values()), problems)


def _rank(page: Page) -> int:
    """Return what comes first: posts, pages and files of the author's, then what we and a theme add, then aliases."""
    if page.type in ("post", "page") or (isinstance(page.source, Copied) and page.subject.startswith(_AUTHORS)):
        return _WRITTEN
    return _OLD if page.type == "redirect" else _OURS


def _left_out(lost: Sequence[tuple[Page, Page]]) -> list[Problem]:
    if not lost:
        return []
    listed = [f"{winner.subject} takes the place of {page.subject}, /{page.url}" for page, winner in lost]
    hint = "if you want both, give yours another name, slug or permalink"
    return [Problem.of("address-replaced", in_short(listed), hint, path=lost[0][1].subject if len(lost) == 1 else "")]


def _old_given_up(lost: Sequence[tuple[Page, Page]]) -> list[Problem]:
    if not lost:
        return []
    first, winner = lost[0]
    hint = "delete it from aliases: in that file; the page that is there stays"
    if len(lost) == 1:
        what = f"the old address /{first.url} is not kept, because {winner.subject} is there"
        return [Problem.of("post-alias", what, hint.replace("that file", "this file"), path=first.subject)]
    listed = [f"/{page.url} of {page.subject}, where {winner.subject} is" for page, winner in lost]
    what = f"{len(lost)} old addresses are not kept, because something else is there: {in_short(listed)}"
    return [Problem.of("post-alias", what, hint)]


def _clash(first: Page, second: Page) -> Problem:
    path, other = (second.subject, first.subject) if "/" in second.subject else (first.subject, second.subject)
    same = "" if first.route == second.route else " (they differ only in capital letters, which some systems ignore)"
    both, hint = f"this and {other}", "give one of them another slug, permalink or file name"
    if _can_move(first) or _can_move(second):
        hint += ", or set another folder for the taxonomy in storysite.yml"
        if path.startswith("the "):
            path, both = FILE, f"{first.subject} and {second.subject}"
    return Problem.of("address-twice", f"{both} would both have the address /{first.url}{same}", hint, path=path)


def _can_move(page: Page) -> bool:
    """Return whether a page is a listing whose folder the settings decide, as they do not of those we always had."""
    ours = {each.folder for each in TAXONOMIES.values() if each.listed}
    return page.type in ("groups", "group") and page.url.partition("/")[0] not in ours


def _files_in_the_way(places: dict[str, Page], lost: list[tuple[Page, Page]]) -> list[Problem]:
    """Return an error for each file that stands where another page needs a folder; old addresses are given up."""
    needs: dict[str, Page] = {}
    for place, page in places.items():
        for folder in folders_of(place):
            if folder in needs and _rank(needs[folder]) <= _rank(page):
                break
            needs[folder] = page
    problems = []
    for place in sorted(needs.keys() & places.keys()):
        page, other = places[place], needs[place]
        if _rank(other) == _OLD:
            old = [each for each in places if each.startswith(f"{place}/")]
            lost.extend((places.pop(each), page) for each in old)
        elif _rank(page) == _OLD:
            lost.append((places.pop(place), other))
        else:
            what = f"the file /{page.url} is where other pages need a folder"
            problems.append(Problem.of("address-twice", what, "rename it", path=page.subject))
    return problems
