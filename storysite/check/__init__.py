"""Rules over the archive as a whole: pure functions that yield Problems. Each file here holds those of one kind."""

from collections.abc import Container, Iterable, Mapping, Sequence

from storysite.check.addresses import addresses_apart, shown_once, taken_later
from storysite.check.ballots import ballot_facts
from storysite.check.documents import telling_documents
from storysite.check.feeds import derived_ids, duplicate_ids, unknown_address
from storysite.check.libraries import unverified_libraries
from storysite.check.links import broken_links
from storysite.check.listings import empty_listings
from storysite.check.plugins import plugin_findings
from storysite.model.addresses import Apart
from storysite.model.post import Header
from storysite.model.site import Site
from storysite.model.theme import Design
from storysite.model.visibility import HiddenPost
from storysite.plugins import Plugin
from storysite.problems import Problem

RULES = (ballot_facts, broken_links, derived_ids, telling_documents, unknown_address, unverified_libraries)
"""What is looked for in every site that is shown."""


def check_site(site: Site, plugins: Mapping[str, Plugin], design: Design) -> list[Problem]:
    """Return what all rules find, ours and those of plugins, in a site of this Design."""
    found = (problem for rule in RULES for problem in rule(site))
    return [*found, *empty_listings(site.index, design), *plugin_findings(site, plugins)]


def check_archive(
    posts: Iterable[Header],
    apart: Sequence[Apart],
    copies: Mapping[str, str],
    hidden: Iterable[HiddenPost],
    shown: Container[str],
    site: str,
) -> list[Problem]:
    """Return what is wrong with all posts of a `site` of some language together, those not shown today included."""
    found = [addresses_apart(apart, shown, site), shown_once(copies), taken_later(posts, hidden, shown)]
    return [*duplicate_ids(posts), *(problem for problems in found for problem in problems)]
