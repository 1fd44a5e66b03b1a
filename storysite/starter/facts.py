"""What is known of a site, for the people who run it: who, where, how many stories; and the same in words."""

import re
from datetime import date, time
from urllib.parse import quote

from msgspec import Struct

FORM = ("What happened?", "What changed?", "How do we know?", "Who do we thank?")
"""The story form: the four questions every story answers."""


class Facts(Struct, frozen=True, kw_only=True):
    """A site on one day, as its README and HANDOVER tell of it; whatever is not known is ""."""

    today: date
    title: str
    school: str = ""
    base_url: str = ""
    repository: str = ""
    public: str = ""
    """The repository that has the site, if it is another than that of the stories."""
    editor: str = ""
    """The editor in the browser that the site has forms for."""
    language: str = "en"
    timezone: str = "UTC"
    publish_time: time = time(6)
    promise: str = ""
    contact: str = ""
    stories: int = 0
    first: date | None = None
    last: date | None = None
    last_title: str = ""
    drafts: int = 0
    scheduled: int = 0

    @property
    def files(self) -> str:
        """The address of the repository."""
        return f"https://github.com/{self.repository}" if self.repository else ""

    @property
    def own_domain(self) -> str:
        """The host of the site, if it is one that somebody pays for."""
        host = re.sub(r"^\w+://|[/:].*", "", self.base_url)
        return "" if host.endswith(".github.io") else host


def new_post_address(repository: str) -> str:
    """Return the address where GitHub shows an editor with the story form in it."""
    form = "---\ntitle: \nkind: victory\nsummary: \ntags: []\n---\n" + "".join(f"\n## {each}\n\n" for each in FORM)
    name = "YEAR-MONTH-DAY-a-few-words.md"
    return f"https://github.com/{repository}/new/main/content/posts?filename={name}&value={quote(form, safe='')}"


def day_in_english(day: date) -> str:
    """Return a day as it is said in the United States: `November 28, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def markdown_text(text: str) -> str:
    """Return a text as Markdown shows it letter by letter, also where it would otherwise be markup."""
    return re.sub(r"([\\`*_\[\]<>|~]|&(?=#?\w+;)|!(?=\[))", r"\\\1", text)
