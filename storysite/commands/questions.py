"""What is asked of a new site: by options, or on a terminal, where a wrong answer is explained and asked again."""

import sys
from collections.abc import Callable, Mapping
from typing import TypeVar

import click

from storysite.commands.terminal import say
from storysite.errors import BadValue, UsageError
from storysite.i18n.weekdays import weekdays
from storysite.problems import Problem, escaped
from storysite.starter.answers import (
    EDITORS,
    Answers,
    Place,
    read_interface_language,
    read_place,
    read_promise,
    read_repository,
    read_school,
    read_zone,
)
from storysite.starter.phrases import phrases
from storysite.starter.start import sayable
from storysite.starter.words import FRIDAY

ABOUT = "A few questions. Press Enter for what is in brackets; later you can change the answers in storysite.yml."
WHERE = "Where will people read it? Write an address, or a repository on GitHub such as maplewood/stories."
PUBLIC = (
    "On GitHub's free plan a site needs a public repository: "
    "drafts and original photos in it can then be read by anybody. "
    "To keep them private, name a second repository for the site alone, such as maplewood/stories-site."
)
_Answer = TypeVar("_Answer")


def can_ask() -> bool:
    """Return whether somebody is there who can answer: both what is read and what is printed is a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def read_answers(told: Mapping[str, str], zone: str, *, asking: bool = False) -> Answers:
    """Return what the options have `told`, by their names, and what somebody answers to the others if `asking`.

    Raises UsageError with every option that cannot be meant, and click.Abort if somebody wants to stop.
    """
    problems: list[Problem] = []

    def answer(name: str, read: Callable[[str], _Answer], default: _Answer, question: str, usual: str) -> _Answer:
        text = told.get(name)
        if text is None:
            return _ask(question, usual, default, read) if asking else default
        try:
            return read(text) if text.strip() else default
        except BadValue as error:
            problems.append(Problem.of("new-answer", f"--{name}: {error.what}", error.hint))
            return default

    school = answer("school", read_school, "", "What is your school or library called?", phrases("en").school)
    place = answer("address", read_place, Place(), WHERE, "not known yet")
    language = answer("language", read_interface_language, "en", "In which language are menus and dates?", "English")
    timezone = answer("timezone", read_zone, "", "In which time zone or city is it?", zone)
    promise = answer(
        "promise",
        lambda text: read_promise(text, language),
        None,
        "When can readers expect a new story? Write a day of the week, weekly, or none.",
        weekdays("en")[FRIDAY],
    )
    public = answer("two-repositories", read_repository, "", PUBLIC, "one public repository")
    answers = Answers(school, place, language, timezone, promise, public, told.get("editor", EDITORS[0]))
    if (
        answers.editor == "sveltia"
        and not answers.settled.repository
        and (asking or "address" in told or not can_ask())
    ):
        hint = "name the repository of the stories: --address maplewood/stories"
        problems.append(Problem.of("new-answer", "--editor: sveltia has to know where it saves stories", hint))
    if problems:
        raise UsageError(problems)
    return answers


def _ask(question: str, usual: str, default: _Answer, read: Callable[[str], _Answer]) -> _Answer:
    """Return what somebody answers, as it is read; the `default`, which is `usual` in words, if nothing is typed."""
    say("", question)
    while True:
        try:
            text = sayable(click.prompt(f"[{escaped(usual)}]", "", show_default=False, prompt_suffix=" "))
        except UnicodeDecodeError:
            say("  That cannot be read: this window sends letters in an old alphabet. Please use plain letters.")
            continue
        if not text.strip():
            return default
        try:
            return read(text)
        except BadValue as error:
            asked = error.hint.endswith("?")
            say(f"  {_sentence(error.what)}. {_sentence(error.hint) if asked else f'Please {error.hint}.'}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
