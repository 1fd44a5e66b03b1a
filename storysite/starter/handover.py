"""HANDOVER.md: what the next librarian has to know: what people wrote, and what the site tells of itself.

The second stands between two marks. The first mark has a digest of it, so that a line which somebody put there is
noticed and never written over.
"""

import re
from collections.abc import Iterator

from storysite.digest import digest_bytes
from storysite.errors import BadValue
from storysite.i18n.languages import english_name
from storysite.problems import times
from storysite.starter.cron import on_clock
from storysite.starter.facts import Facts, day_in_english, markdown_text, new_post_address
from storysite.starter.two_repositories import BRANCH, KEY

HANDOVER = "HANDOVER.md"
_END = "<!-- storysite ends here -->"
_PART = re.compile(rf"^<!-- storysite writes from here \((\w*)\)[^\n]*-->\r?\n(.*?)^{_END}", re.DOTALL | re.MULTILINE)
_MARK = re.compile(r"^<!-- storysite (?:writes|ends)\b", re.MULTILINE)
_PEOPLE = """\
# Handover

For whoever runs this site next. The upper part is yours: fill it in, and add what you wish somebody had told you. The
lower part is written by `storysite handover`, which renews it whenever you run it and leaves the rest alone.

**Never write a password here.** Whoever can see the repository can read this file.

## Who

- Writes the stories:
- Helps when something does not work:
- Knows where the passwords are kept:
- Decides who may be shown, and keeps the families' permissions:

## Good to know

"""


def handover(facts: Facts) -> str:
    """Return the whole file for a site that has none."""
    return f"{_PEOPLE}{_part(facts)}\n"


def renewed(text: str, facts: Facts) -> str:
    """Return the file with its lower part written anew, or added at its end where there is none; all else is as it was.

    Raises BadValue if somebody changed that part.
    """
    if not text.strip():
        return handover(facts)
    found = list(_PART.finditer(text))
    changed = any(match[1] != _mark(match[2]) for match in found)
    if changed or len(_MARK.findall(text)) != 2 * len(found) or len(found) > 1:
        hint = "move your lines above or below that part, delete the part with both of its marks, and run this again"
        raise BadValue("the part that storysite writes was changed by hand, so nothing was written", hint)
    part = _part(facts)
    if "\r\n" in text:
        part = part.replace("\n", "\r\n")
    if not found:
        end = "\r\n" if "\r\n" in text else "\n"
        return f"{text}{'' if text.endswith(end) else end}{end}{part}{end}"
    return text[: found[0].start()] + part + text[found[0].end() :]


def _part(facts: Facts) -> str:
    inner = "\n".join(_lines(facts)) + "\n"
    return f"<!-- storysite writes from here ({_mark(inner)}); write above or below -->\n{inner}{_END}"


def _mark(inner: str) -> str:
    return digest_bytes(inner.replace("\r\n", "\n").encode("utf-8", "surrogateescape")).hex()[:12]


def _lines(facts: Facts) -> Iterator[str]:
    for heading, lines in (
        (f"The site on {day_in_english(facts.today)}", _where(facts)),
        ("The settings in words", _settings(facts)),
        ("How to write a story", _writing(facts)),
        ("How it is published", _publishing(facts)),
        *([("The two repositories", _two_repositories(facts))] if facts.public else []),
        ("What to hand over", _accounts(facts)),
        ("What happens in summer", _summer(facts)),
    ):
        yield f"## {heading}"
        yield ""
        yield from lines
        yield ""


def _where(facts: Facts) -> Iterator[str]:
    yield f"- The site: {facts.base_url or 'its address is not in the settings yet (base_url in storysite.yml)'}"
    yield f"- Its files: {facts.files or 'no repository is known yet'}"
    if facts.public:
        yield f"- The public repository, which has the site and nothing else: https://github.com/{facts.public}"
    yield f"- {times(facts.stories, 'story', 'stories')}{_first_and_last(facts)}"
    if facts.drafts or facts.scheduled:
        yield f"- Not shown yet: {times(facts.drafts, 'draft', 'drafts')}, {facts.scheduled:,} for a later day"
    yield f"- What readers are promised: {markdown_text(facts.promise) or 'nothing yet (promise in storysite.yml)'}"


def _first_and_last(facts: Facts) -> str:
    if not facts.first or not facts.last:
        return ""
    title = f": {markdown_text(facts.last_title)}" if facts.last_title else ""
    return f", the first of {day_in_english(facts.first)}, the newest of {day_in_english(facts.last)}{title}"


def _settings(facts: Facts) -> Iterator[str]:
    yield "All of them are in the file `storysite.yml`."
    yield ""
    yield f"- The site is called {markdown_text(facts.title)}."
    if facts.school:
        yield f"- The school: {markdown_text(facts.school)}"
    yield f"- Menus and dates are in {english_name(facts.language)}."
    place = facts.timezone.replace("_", " ")
    yield f"- A story with a date and no time appears at {on_clock(facts.publish_time)} on that day ({place} time)."
    if facts.contact:
        yield f"- Readers can reach you here: {markdown_text(facts.contact)}"


def _writing(facts: Facts) -> Iterator[str]:
    if facts.repository:
        start = f"sign in to GitHub and [start a story]({new_post_address(facts.repository)})"
    else:
        start = "open the repository on GitHub, then the folder `content/posts`, and choose **Add file**"
    yield f"On the web, with nothing to install: {start}."
    yield "Name the file after the day and a few words, such as `2026-11-20-maker-night.md`. Answer the four questions"
    yield "and choose **Commit changes**. Photos go into the same folder: **Add file → Upload files**."
    yield ""
    yield 'On a computer with storysite: `storysite post "A title"`. `storysite serve --open` shows it as you write.'


def _publishing(facts: Facts) -> Iterator[str]:
    actions = f"[Actions]({facts.files}/actions)" if facts.files else "**Actions**"
    yield "Whatever is saved to the branch `main` on GitHub is published within a few minutes, by itself."
    yield f"The tab {actions} shows each run."
    yield "If one is red, open it: it says which file to fix, and how. Until then readers see the site as it was."
    yield "To publish again without a change, choose **Actions → Publish → Run workflow**."


def _accounts(facts: Facts) -> Iterator[str]:
    owner = facts.repository.partition("/")[0]
    at = f" ({facts.files}/settings/access)" if facts.files else ""
    account = f"The account `{owner}`" if owner else "The account that owns it"
    yield f"- [ ] The repository: make the next person an admin{at}, and see that it works before you leave."
    yield f"- [ ] {account}: if it is a person's, transfer the repository to one that stays with the school."
    if facts.own_domain:
        yield f"- [ ] The domain {facts.own_domain}: who pays for it, when it has to be renewed, and who can change it."
    if facts.contact:
        yield f"- [ ] The contact that readers see: {markdown_text(facts.contact)}"
    yield "- [ ] The families' permissions for photos and names, on paper or wherever they are kept."
    yield "- [ ] Your name: `author` and `contact` in `storysite.yml`, and the page `content/pages/about.md`."


def _two_repositories(facts: Facts) -> Iterator[str]:
    secrets = f"{facts.files}/settings/secrets/actions/new" if facts.files else "**Settings → Secrets → Actions**"
    public = f"https://github.com/{facts.public}"
    yield "The stories are in a private repository, because drafts and photos as they came from the camera are not for"
    yield f"everybody. Its workflow sends the site to {public} with a key."
    yield "To make that key, once, or again if somebody else may have it:"
    yield ""
    yield "1. On a computer, in an empty folder, run `ssh-keygen -t ed25519 -f site-key`, and press Enter when it asks."
    yield "   There are now two files: `site-key`, which is secret, and `site-key.pub`, which is not."
    yield f"2. Open {public}/settings/keys/new, paste what is in `site-key.pub`, check"
    yield "   **Allow write access**, and choose **Add key**."
    yield f"3. In the private repository, open {secrets}."
    yield f"   The name is `{KEY}`. The secret is all that is in `site-key`, with its first and last line."
    yield "4. Delete both files. Then choose **Actions → Publish → Run workflow**."
    yield f"5. After the first run, open {public}/settings/pages and see that the source is the branch"
    yield f"   `{BRANCH}` and the folder `/ (root)`."
    if facts.own_domain:
        yield f"6. Enter {facts.own_domain} there as the custom domain. The file `static/CNAME` keeps it for each run."


def _summer(facts: Facts) -> Iterator[str]:
    actions = f"[Actions]({facts.files}/actions/workflows/scheduled.yml)" if facts.files else "**Actions**"
    yield "A story with a later date is published on that day by a schedule (`.github/workflows/scheduled.yml`)."
    if facts.public:
        yield "In a private repository it goes on all summer. GitHub turns off only the schedules of public ones."
        return
    yield "If nothing is saved for 60 days, GitHub turns the schedule off, and sends a message first. The site stays as"
    yield "it is, and whatever is saved is still published at once."
    yield f"In fall, open {actions}, choose **Scheduled posts** and **Enable workflow**."
