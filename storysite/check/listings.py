"""Listings of a theme that show no story because of a word that no story has."""

from collections.abc import Iterator

from storysite.errors import did_you_mean
from storysite.model.index import Index
from storysite.model.post import KINDS
from storysite.model.theme import Design, ThemeListing
from storysite.problems import Problem


def empty_listings(index: Index, design: Design) -> Iterator[Problem]:
    """Yield a warning for each listing that asks for a kind that there is not, or for a group that no story is in.

    A theme from elsewhere may ask for a tag that this site has not used yet: of that only a near miss is told.
    """
    listings = {f'the listing "{name}"': listing for name, listing in design.listings.items()}
    listings |= {f'the page "{name}" of the theme': page.listing for name, page in design.pages.items()}
    for name, listing in listings.items():
        for (kind, slug), written in zip(listing.groups, listing.written, strict=True):
            if fault := _fault(index, listing, kind, slug, written):
                why, hint = fault
                what = f"{name} shows no stories, because {why}"
                yield Problem.of("theme-listing", what, hint, path=listing.file, line=listing.line)


def _fault(index: Index, listing: ThemeListing, kind: str, slug: str, written: str) -> tuple[str, str] | None:
    """Return why no story is in a group, and what to do, None if one is or may well be some day."""
    if kind == "kind":
        if slug in KINDS:
            return None
        near = did_you_mean(written, KINDS)
        hint = (f"did you mean {near}? " if near else "") + f"the kinds are {', '.join(KINDS)}"
        return f'there is no kind "{written}"', hint
    groups = index.groups.get(kind, {})
    if slug in groups or not index.originals or not index.taxonomies[kind].listed:
        return None
    names = {group.name.casefold(): group.name for group in groups.values()}
    near = names.get(did_you_mean(written.casefold(), names), "")
    if not near and not listing.file:
        return None
    hint = (
        f"did you mean {near}?"
        if near
        else f"check how your posts write it, or wait for the first story with this {kind}"
    )
    return f'no story has the {kind} "{written}"', hint
