"""What a new site consists of, file by file, and which of it depends on the settings of a site that is there."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from storysite.source.settings import read_config
from storysite.starter.editors import PAGES_CMS, pages_cms
from storysite.starter.facts import Facts
from storysite.starter.handover import HANDOVER, handover
from storysite.starter.identity import mint
from storysite.starter.sveltia import sveltia
from storysite.starter.two_repositories import public_repository, sending, sending_daily
from storysite.starter.words import starter_words

STARTER = Path(__file__).parent / "files"
"""The files of a new site; a post in it is dated by the number of days before today in its name."""
PUBLISH, SCHEDULED = ".github/workflows/publish.yml", ".github/workflows/scheduled.yml"


def files_of_new(facts: Facts) -> dict[str, bytes]:
    """Return the files of a new site by their paths, all but the program."""
    words = starter_words(facts)
    sources = [source for source in sorted(STARTER.rglob("*")) if source.is_file()]
    texts = dict(_filled(source, words, facts.today) for source in sources)
    if facts.public:
        texts[PUBLISH], texts[SCHEDULED] = sending(texts[PUBLISH], facts.public), sending_daily(texts[SCHEDULED])
        if facts.own_domain:
            texts["static/CNAME"] = f"{facts.own_domain}\n"
    texts[HANDOVER] = handover(facts)
    if facts.editor == "pages-cms":
        texts[PAGES_CMS] = pages_cms()
    elif facts.editor == "sveltia":
        texts |= sveltia(facts.repository)
    return {name: text.encode() for name, text in texts.items()}


def workflow_facts(folder: Path, today: date) -> Facts:
    """Return what the workflows of a site depend on, so that files_of_new() has the newest ones for it.

    Settings that cannot be used count as those of a site that has none. Raises OSError.
    """
    config, _ = read_config(folder)
    file = folder / PUBLISH
    public = public_repository(file.read_text("utf-8", "replace")) if file.is_file() else ""
    return Facts(
        today=today, title=config.title, timezone=config.timezone, publish_time=config.publish_time, public=public
    )


def _filled(source: Path, words: Mapping[str, str], today: date) -> tuple[str, str]:
    """Return the name of a file of the starter, where `DAYS-7-` was the day a week ago, and its text with the words."""
    name = source.relative_to(STARTER).as_posix().replace("dot-", ".")
    day = today
    if match := re.search(r"DAYS-(\d+)-", name):
        day = today - timedelta(days=int(match[1]))
        name = name.replace(match[0], f"{day:%Y-%m-%d}-")
    words = {**words, "ID": mint(datetime.combine(day, time(12))), "DAY": f"{day:%Y-%m-%d}"}
    return name, re.sub(r"@([A-Z_]+)@", lambda match: words.get(match[1], match[0]), source.read_text("utf-8"))
