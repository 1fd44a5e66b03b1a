"""What the network says of a site: whether it is there, whose certificate it has, and whether it shows these stories.

Only asked when somebody wants it. The proxies of the system are used, and no answer is waited for long.
"""

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, build_opener

from msgspec import Struct

from storysite import __version__
from storysite.publish.finding import Finding, Level, fine, guide
from storysite.starter.remote import HOST, Remote

API = "https://api.github.com"
PATIENCE = 10.0
"""Seconds for one answer."""
_MOST = 3_000_000
"""Bytes of an answer that are read."""
_LATE = timedelta(minutes=30)
"""After so long a story should be live: GitHub needs a few minutes, and its pages are kept for ten."""
_STATUS = "https://www.githubstatus.com"
_ABOUT_HTTPS = (
    "https://docs.github.com/en/pages/getting-started-with-github-pages/securing-your-github-pages-site-with-https"
)


class Answer(Struct, frozen=True):
    """What came back: the status and the bytes; or, with status 0, in one word why nothing did."""

    status: int = 0
    kind: str = ""
    """The type of what came, without its charset."""
    body: bytes = b""
    trouble: str = ""
    """`certificate`, `slow`, `name` (nobody knows the host), `proxy` or `refused`."""


Fetch = Callable[[str], Answer]


def fetch(address: str, patience: float = PATIENCE) -> Answer:
    """Return what an address on the web answers. Whatever goes wrong is an Answer, too."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            return Answer(trouble="refused")
        plain = urlunsplit(parts._replace(netloc=parts.netloc.encode("idna").decode()))
        asked = Request(plain, headers={"User-Agent": f"storysite/{__version__}", "Cache-Control": "no-cache"})  # noqa: S310
        with build_opener().open(asked, timeout=patience) as came:  # by the proxies as they are now
            return Answer(came.status, came.headers.get_content_type(), came.read(_MOST))
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers.get_content_type() if error.headers else "")
    except URLError as error:
        return Answer(trouble=_trouble(error.reason))
    except (OSError, HTTPException, ValueError) as error:
        return Answer(trouble=_trouble(error))


def online_findings(
    site: str,
    repository: Remote | None,
    newest_id: str,
    newest_moment: datetime | None,
    now: datetime,
    ask: Fetch = fetch,
    api: str = API,
) -> Iterator[Finding]:
    """Yield what the network says of the `site` at this address ("" if unknown), and GitHub of its repository.

    `newest_id` is the id of the newest story, which the feed has to name some time after its moment.
    """
    github = repository if repository and repository.host == HOST else None
    if github:
        yield from _of_github(github, ask(f"{api}/repos/{github.owner}/{github.name}"))
    if not site:
        what = "Nobody knows the address of the site, so nothing was asked of it."
        yield Finding(Level.KNOW, "Online", what, "Add base_url to storysite.yml.", guide("settings"))
        return
    link = github.settings if github else _ABOUT_HTTPS
    home = ask(f"{site}/")
    if home.status != 200:
        yield _not_there(home, link, site)
        return
    feed = ask(f"{site}/feed.xml")
    if feed.status == 200 and b"<rss" not in feed.body[:2000]:
        what = (
            "Where the feed should be, a page came back that is not of this site: from a filter of the network, such "
            "as that of a school district, or from a page to sign in."
        )
        fix = "Try from another network; if it works there, ask the district to let this address through."
        yield Finding(Level.KNOW, "Online", what, fix, f"{site}/feed.xml")
    elif feed.status != 200:
        what = "A site answers at this address, but it has no feed, so it is not what storysite built."
        fix = "Look at it in a browser; if it is another site, the address in the settings is wrong."
        yield Finding(Level.WRONG, "Online", what, fix, f"{site}/")
    elif newest_id and newest_moment and newest_id.encode() not in feed.body:
        level = Level.WRONG if now - newest_moment > _LATE else Level.KNOW
        what = "The site is there, but its feed does not have the newest story of this folder yet."
        fix = "Send what is not sent; then look at the runs under Actions on GitHub."
        yield Finding(level, "Online", what, fix, f"{github.page}/actions" if github else f"{site}/feed.xml")
    else:
        yield fine("Online", "The site is there, and its feed has the newest story.")


def _of_github(github: Remote, answer: Answer) -> Iterator[Finding]:
    """Yield what GitHub says to anybody of a repository."""
    try:
        said = json.loads(answer.body) if answer.status == 200 else {}
    except ValueError:
        said = None
    if answer.status == 404:
        what = "GitHub shows no such repository to the public: it is private, has another name, or is gone."
        fix = "With a free account, GitHub Pages needs a public repository."
        yield Finding(Level.KNOW, "GitHub Pages", what, fix, github.page)
    elif answer.status in (403, 429):
        what = "GitHub did not say whether Pages is on, because too many asked from this network within an hour."
        yield Finding(Level.KNOW, "GitHub Pages", what, "Look there yourself, or try later.", github.settings)
    elif answer.status != 200:
        what = f"GitHub could not be asked whether Pages is on: {_told(answer)}."
        yield Finding(Level.KNOW, "GitHub Pages", what, "Look there yourself, or try later.", _STATUS)
    elif not isinstance(said, dict):
        what = "In GitHub's place something else answered: a filter of the network, or a page to sign in."
        yield Finding(Level.KNOW, "GitHub Pages", what, "Try from another network.", _STATUS)
    elif said.get("archived"):
        what = "The repository is archived on GitHub, so nothing can be sent to it."
        yield Finding(Level.WRONG, "GitHub Pages", what, "Unarchive it in its settings.", f"{github.page}/settings")
    elif said.get("has_pages") is False:
        what = "GitHub Pages is not turned on for this repository, so the workflow ends in red."
        yield Finding(Level.WRONG, "GitHub Pages", what, "Set Source to GitHub Actions there.", github.settings)
    else:
        yield fine("GitHub Pages", "GitHub Pages is turned on.")


def _not_there(home: Answer, link: str, site: str) -> Finding:
    if home.trouble == "certificate":
        what = (
            "The certificate of the site's address cannot be trusted: GitHub has none for the domain yet, or the "
            "network of the school opens what is encrypted."
        )
        fix = "Try from another network; else wait a day after setting the domain, or take it out and set it again."
        return Finding(Level.WRONG, "Online", what, fix, _ABOUT_HTTPS)
    if home.status == 404:
        what = "Nothing is published at the site's address yet."
        fix = "Look whether GitHub Pages is on, and whether the last run under Actions is green."
        return Finding(Level.WRONG, "Online", what, fix, link, (site,))
    what = f"The site's address cannot be reached from here: {_told(home)}."
    fix = "Check that this computer is online and the address is right; then try from another network."
    level = Level.WRONG if home.trouble == "name" else Level.KNOW
    return Finding(level, "Online", what, fix, link, (site,))


def _told(answer: Answer) -> str:
    """Return in words why there is no page."""
    if answer.status:
        return f"the answer was {answer.status}"
    return {
        "certificate": "its certificate cannot be trusted here",
        "slow": f"no answer within {PATIENCE:.0f} seconds",
        "name": "nobody knows this name on the network",
        "proxy": "the proxy of the network refused",
    }.get(answer.trouble, "the connection was refused")


def _trouble(reason: object) -> str:
    if isinstance(reason, ssl.SSLError):
        return "certificate" if isinstance(reason, ssl.SSLCertVerificationError) else "refused"
    if isinstance(reason, TimeoutError):
        return "slow"
    if isinstance(reason, socket.gaierror):
        return "name"
    if "Tunnel connection failed" in str(reason):
        return "proxy"
    return "refused"
