"""Where a repository is on GitHub, and the address that GitHub Pages gives the site in it."""

import re

from msgspec import Struct

HOST = "github.com"
PAGES_HOST = "github.io"
_FORMS = (
    re.compile(
        r"(?:https?|ssh|git)://(?:[^/@]*@)?(?P<host>[^/:]+)(?::\d+)?/(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?"
    ),
    re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?P<owner>[^/:]+)/(?P<name>[^/]+?)(?:\.git)?/?"),
)
_SECRET = re.compile(r"https?://(?:[^/@:]+:[^/@]+|gh[a-z]_\w+|github_pat_\w+)@")


class Remote(Struct, frozen=True):
    """A repository: its host, whose it is and what it is called."""

    host: str
    owner: str
    name: str

    @property
    def page(self) -> str:
        """Its address on the web."""
        return f"https://{self.host}/{self.owner}/{self.name}"

    @property
    def settings(self) -> str:
        """The page on which GitHub Pages is turned on."""
        return f"{self.page}/settings/pages"

    @property
    def site(self) -> str:
        """Where GitHub Pages shows its site, without a slash at the end, as long as it has no domain of its own."""
        root = f"{self.owner.lower()}.{PAGES_HOST}"
        return f"https://{root}" if self.name.lower() == root else f"https://{root}/{self.name}"


def remote_of(remote: str) -> Remote | None:
    """Return the repository that a remote's address names, None if it is on no host: a folder, or not to be read."""
    for form in _FORMS:
        if match := form.fullmatch(remote.strip()):
            host = match["host"].lower()
            if len(host) > 1:  # C:/Users is a folder
                host = HOST if host in ("www.github.com", "ssh.github.com") else host
                return Remote(host, match["owner"], match["name"])
    return None


def has_secret(remote: str) -> bool:
    """Return whether a remote's address has a password or a token in it."""
    return _SECRET.match(remote) is not None
