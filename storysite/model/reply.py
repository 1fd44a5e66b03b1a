"""Where readers reply to a story: by e-mail, with its title as the subject, or in a form elsewhere."""

import re
from urllib.parse import quote

from storysite.model.config import Config

LISTEN = ("mailto", "form", "none")
"""How readers can reply: to the address in `contact`, in the form at `listen_form`, or not at all."""
_E_MAIL = re.compile(r"[\w.!#$%&'*+/=^`{|}~-]+@[\w-]+(?:\.[\w-]+)+").fullmatch
_LONGEST = 200
"""Letters of a title that a subject has."""


def reply_to(config: Config) -> str:
    """Return the address that replies go to, with `mailto:` or of a form, "" if there is none."""
    if config.listen == "form":
        return config.listen_form
    address = config.contact.removeprefix("mailto:").strip()
    if config.listen == "none" or not _E_MAIL(address):
        return ""
    return f"mailto:{quote(address, safe='@.+-_')}"


def reply_address(to: str, title: str) -> str:
    """Return the address behind the link that replies to the story called `title`.

    A subject is one line, so that nothing in a title can become another header of the e-mail (RFC 6068); all of its
    signs but letters and digits are written in percent.
    """
    if not to.startswith("mailto:"):
        return to
    words = " ".join(re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", title).split())
    subject = words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return f"{to}?subject={quote(subject.encode('utf-8', 'replace'), safe='')}" if subject else to
