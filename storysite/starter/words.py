"""The words that are put into the files of a new site, each in the place of its name between two @."""

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta

from storysite.i18n import base
from storysite.starter.answers import Answers
from storysite.starter.cron import cron_lines, daily_runs, runs_in_words
from storysite.starter.facts import Facts, markdown_text, new_post_address
from storysite.starter.phrases import phrases

FRIDAY = 4
"""The day of the promise, where nobody chose another."""
_SAMPLES = (14, 7, 1)
"""How many days ago each of the sample stories was."""
_NEWEST = "A first victory, and how to tell yours"


_REPOSITORIES = """\
- This repository is private: drafts and photos as they came from the camera are for the people of the school. The site
  alone is sent to the public repository [@PUBLIC@](https://github.com/@PUBLIC@).
"""


def facts_of_new(title: str, answers: Answers, today: date) -> Facts:
    """Return what is known of a new site that has nothing but the samples."""
    ours = phrases(answers.language)
    return Facts(
        today=today,
        title=title,
        school=answers.school or ours.school,
        base_url=answers.settled.base_url,
        repository=answers.settled.repository,
        public=answers.public,
        editor=answers.editor,
        language=answers.language,
        timezone=answers.timezone,
        promise=ours.every(FRIDAY) if answers.promise is None else answers.promise,
        stories=len(_SAMPLES),
        first=today - timedelta(days=max(_SAMPLES)),
        last=today - timedelta(days=min(_SAMPLES)),
        last_title=_NEWEST,
    )


def starter_words(facts: Facts) -> Mapping[str, str]:
    """Return what is put into the files of a new site, by name; YAML reads back each value of the settings."""
    ours = phrases(facts.language)
    runs = daily_runs(facts.timezone, facts.publish_time, facts.today.year)
    address = (
        f"base_url: {_address(facts.base_url)}"
        if facts.base_url
        else "# base_url: https://our-school.github.io/stories"
    )
    promise = f"promise: {yaml_text(facts.promise)}" if facts.promise else "# promise: Every Friday"
    return {
        "TITLE": yaml_text(facts.title),
        "TAGLINE": yaml_text(ours.tagline),
        "SCHOOL": yaml_text(facts.school),
        "ADDRESS": address,
        "LANGUAGE": facts.language,
        "ZONE": facts.timezone,
        "AUTHOR": yaml_text(ours.author),
        "PROMISE": promise,
        "IN_ENGLISH": "" if base(facts.language) == "en" else "lang: en\n",
        "CRON": '"\n    - cron: "'.join(cron_lines(runs)),
        "CRON_WORDS": "\n# ".join(runs_in_words(runs, facts.timezone)),
        "NAME": markdown_text(facts.title),
        "OF_SCHOOL": f" of {markdown_text(facts.school)}" if facts.school else "",
        "SITE": facts.base_url or "not published yet: [HANDOVER.md](HANDOVER.md) says how",
        "REPOSITORIES": _REPOSITORIES.replace("@PUBLIC@", facts.public) if facts.public else "",
        "WRITE": (
            f"[start a story]({new_post_address(facts.repository)})"
            if facts.repository
            else "open `content/posts` and choose **Add file**"
        ),
    }


def _address(url: str) -> str:
    return url if re.fullmatch(r"https?://[\w./~-]+", url) else yaml_text(url)


def yaml_text(text: str) -> str:
    """Return `text` as YAML reads it back unchanged: bare where that is safe, else in double quotes."""
    text = " ".join(text.split())
    bare = re.fullmatch(r"[^\W\d_][\w ,.!?()’'-]*", text) and not re.fullmatch(
        r"(?i)true|false|yes|no|on|off|null|y|n", text
    )
    return text if bare else json.dumps(text, ensure_ascii=False)
