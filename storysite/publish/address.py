"""Whether the site's address is the one under which GitHub Pages, or a domain of the school's own, shows it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from storysite.publish.finding import Finding, Level, fine, guide
from storysite.starter.remote import HOST, PAGES_HOST, Remote

_NEARBY = re.compile(r"localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\]|.*\.(local|test|localhost)|example\.(com|org|net)")
_ABOUT_DOMAINS = (
    "https://docs.github.com/en/pages/configuring-a-custom-domain-for-your-github-pages-site/"
    "managing-a-custom-domain-for-your-github-pages-site"
)


class Address(Struct, frozen=True):
    """What is known offline of where the site will be."""

    base_url: str
    """The setting, "" if there is none."""
    repository: Remote | None = None
    is_told: bool = False
    """Whether a workflow tells the build the address that GitHub gives the site."""
    by_workflow: bool = False
    """Whether a workflow publishes the site, and not a branch."""
    cname: str | None = None
    """What static/CNAME says, None if there is no such file."""

    @property
    def expected(self) -> str:
        """Where the site is: on its own domain if it has one, else where GitHub shows it; "" if nobody knows."""
        own = urlsplit(self.base_url).hostname or ""
        if own and not own.endswith(f".{PAGES_HOST}") and not _NEARBY.fullmatch(own):
            return self.base_url
        if self.repository and self.repository.host == HOST:
            return self.repository.site
        return self.base_url


def address_findings(address: Address) -> Iterator[Finding]:
    """Yield what is to be said of the site's address."""
    found = [*_of_setting(address), *_of_domain(address)]
    yield from found
    if not found:
        yield fine("Address", "The address of the site fits the place that it is published at.")


def _of_setting(address: Address) -> Iterator[Finding]:
    url, repository = address.base_url, address.repository
    parts = urlsplit(url)
    host = parts.hostname or ""
    github = repository if repository and repository.host == HOST else None
    seen = (f"base_url: {url}",)
    settings = guide("settings")
    if not url:
        if not address.is_told:
            what = "The settings do not say the site's address, which feeds, the sitemap and shared links need."
            fix = f"Add base_url: {github.site if github else 'https://…'} to storysite.yml."
            yield Finding(Level.KNOW, "Address", what, fix, settings)
        return
    if _NEARBY.fullmatch(host):
        what = "The address in the settings is one that only this computer has, or an example, so no reader gets there."
        fix = f"Write base_url: {github.site if github else 'https://…, as readers type it'} in storysite.yml."
        yield Finding(Level.WRONG, "Address", what, fix, settings, seen)
        return
    if parts.scheme == "http":
        what = "The address in the settings begins with http, so links in feeds and shared links are not encrypted."
        fix = "Write https in base_url, and turn on Enforce HTTPS in the settings of GitHub Pages."
        yield Finding(Level.KNOW, "Address", what, fix, github.settings if github else settings, seen)
    if github and host.endswith(f".{PAGES_HOST}") and _bare(url) != _bare(github.site):
        level = Level.KNOW if address.is_told else Level.WRONG
        what = "The address in the settings is not where GitHub Pages shows a site of this repository"
        what += (
            ", but the workflow tells the build the right one."
            if address.is_told
            else ", so shared links lead nowhere."
        )
        fix = f"Write base_url: {github.site} in storysite.yml."
        yield Finding(level, "Address", what, fix, github.settings, (*seen, f"GitHub Pages: {github.site}"))


def _of_domain(address: Address) -> Iterator[Finding]:
    github = address.repository
    host = urlsplit(address.base_url).hostname or ""
    own = bool(host) and not host.endswith(f".{PAGES_HOST}") and not _NEARBY.fullmatch(host)
    link = github.settings if github and github.host == HOST else _ABOUT_DOMAINS
    if address.cname is not None and address.by_workflow:
        what = (
            "The file static/CNAME does nothing, because a workflow publishes the site: GitHub keeps the domain itself."
        )
        fix = "Set the domain under Settings, Pages, Custom domain; the file can go."
        yield Finding(Level.KNOW, "Domain", what, fix, link)
    if address.cname is not None and own and address.cname.lower() != host:
        what = "The domain in static/CNAME is another than that of the site's address."
        fix = "Write the same domain in both."
        seen = (f"static/CNAME: {address.cname}", f"base_url: {address.base_url}")
        yield Finding(Level.KNOW, "Domain", what, fix, link, seen)
    if own and github and github.host == HOST and address.cname is None and not address.by_workflow:
        what = "The site has a domain of its own, and a branch that is published needs a file CNAME that names it."
        fix = f"Write {host} in a file static/CNAME."
        yield Finding(Level.KNOW, "Domain", what, fix, _ABOUT_DOMAINS)


def _bare(url: str) -> str:
    """Return an address without what makes no difference to who answers; GitHub's paths mind capitals, hosts do not."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').lower()}{parts.path.rstrip('/')}"
