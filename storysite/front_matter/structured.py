"""The structured parts of front matter: impact, quote, people, photos, ask, event and share."""

from datetime import time
from typing import Any

from storysite.errors import did_you_mean
from storysite.front_matter.fields import FALSE, TRUE, Fields, is_empty, plain_text, text_list
from storysite.front_matter.focus import focus_of
from storysite.model.asks import CLOSED, MET, OPEN, STATUSES
from storysite.model.ballot import looks_like_ballot
from storysite.model.post import SHARE_TEXTS, Ask, Event, Impact, Person, Photo, Quote

_NETWORKS = {"twitter": "x", "x.com": "x", "bsky": "bluesky", "fb": "facebook", "ig": "instagram"}
"""Other names of networks."""
_SWITCHES = {"true", "false", "yes", "no", "on", "off"}
"""With which other programs turn buttons on."""


def read_impact(fields: Fields, name: str) -> tuple[Impact, ...]:
    """Return the numbers that changed; one without a number is left out with a warning."""
    value = fields.get(name)
    found: list[Impact] = []
    for part in _parts(value, "text"):
        number = fields.number(part.get("value"), name, "the value")
        if number is None:
            if is_empty(part.get("value")):
                fields.report(
                    name,
                    "post-part",
                    "an impact has no value, so it is not shown",
                    "write - {metric: participants, value: 84}",
                )
            continue
        found.append(
            Impact(
                metric=plain_text(part.get("metric")),
                value=number,
                compare=fields.number(part.get("compare"), name, "compare"),
                period=plain_text(part.get("period")),
                source=plain_text(part.get("source")),
                label=plain_text(part.get("label")),
            )
        )
    return tuple(found)


def read_quote(fields: Fields, name: str) -> Quote | None:
    """Return the quote, which may be written as text alone."""
    for part in _parts(fields.get(name), "text"):
        if text := plain_text(part.get("text")):
            return Quote(text, plain_text(part.get("by")), plain_text(part.get("consent")))
    return None


def read_people(fields: Fields, name: str) -> tuple[Person, ...]:
    """Return who is named; people may be written as names alone."""
    parts = _parts(fields.get(name), "name")
    return tuple(
        Person(who, plain_text(part.get("role")), plain_text(part.get("consent")))
        for part in parts
        if (who := plain_text(part.get("name")))
    )


def read_photos(fields: Fields, name: str) -> tuple[Photo, ...]:
    """Return the photos; they may be written as file names alone."""
    return tuple(
        Photo(
            src=src,
            alt=plain_text(part.get("alt")),
            caption=plain_text(part.get("caption")),
            credit=plain_text(part.get("credit")),
            shows=text_list(part.get("shows")),
            focus=focus_of(fields, part.get("focus"), fields.key(name)),
        )
        for part in _parts(fields.get(name), "src")
        if (src := plain_text(part.get("src")))
    )


def read_ask(fields: Fields, name: str) -> Ask | None:
    """Return what is asked for, which may be written as text alone."""
    for part in _parts(fields.get(name), "what"):
        return Ask(
            what=plain_text(part.get("what")) or "help",
            goal=fields.number(part.get("goal"), name, "the goal"),
            have=fields.number(part.get("have"), name, "have"),
            by=fields.day_of(part.get("by"), name, "the ask's date"),
            url=_web(fields, part.get("url")),
            status=_status(fields, plain_text(part.get("status"))),
            outcome=plain_text(part.get("outcome")),
            ballot=_about_a_vote(fields, part),
            reviewed_by=plain_text(part.get("reviewed_by")),
        )
    return None


_STATUSES = {
    **{name: name for name in STATUSES},
    **dict.fromkeys(("done", "full", "filled", "fulfilled", "complete", "completed", "reached", "granted"), MET),
    **dict.fromkeys(("over", "ended", "expired", "finished", "cancelled", "canceled", "thanked", "told"), CLOSED),
}
"""The states of an ask by the words that people have for them."""


def _status(fields: Fields, written: str) -> str:
    """Return how an ask stands; what is no state counts as closed, with a warning."""
    known = _STATUSES.get(written.lower() or OPEN)
    if known is None:
        what = f'an ask has no status "{written[:60]}", so this one counts as closed'
        fields.report("ask", "post-part", what, "write status: open, met or closed")
    return known or CLOSED


def _about_a_vote(fields: Fields, part: dict[str, Any]) -> bool:
    """Return whether an ask is about a public vote: as it says itself, else by its words, the title and the tags."""
    said = plain_text(part.get("ballot")).lower()
    if said in TRUE or said in FALSE:
        return said in TRUE
    if said:
        fields.report("ask", "post-part", f'ballot "{said[:60]}" is neither true nor false', "write true or false")
    return looks_like_ballot(plain_text(part.get("what")), fields.text("title"), fields.texts("tags"))


def read_event(fields: Fields, name: str) -> Event | None:
    """Return when and where an event is; it needs at least a start, and is all day long without a time."""
    for part in _parts(fields.get(name), "start"):
        if is_empty(part.get("start")):
            fields.report(
                name, "post-part", "the event has no start, so it is not shown", "add start: 2026-12-05T18:00"
            )
            return None
        start = fields.moment_of(part["start"], name, "the event's start", clock=time())
        end = part.get("end")
        end = None if is_empty(end) else fields.moment_of(end, name, "the event's end", clock=time())
        return Event(start, end, plain_text(part.get("place"))) if start else None
    return None


def read_share(fields: Fields, name: str) -> dict[str, str]:
    """Return the texts for networks, which may be one text for all; what other programs write there is none."""
    found: dict[str, str] = {}
    value = fields.get(name)
    for key, text in value.items() if isinstance(value, dict) else [("", value)]:
        if not isinstance(text, str) or is_empty(text) or text.strip().lower() in _SWITCHES:
            continue
        network = _NETWORKS.get(plain_text(key).lower(), plain_text(key).lower())
        if network not in ("", *SHARE_TEXTS):
            near = did_you_mean(network, SHARE_TEXTS)
            hint = (f"did you mean {near}? " if near else "") + f"there can be {', '.join(SHARE_TEXTS)}"
            fields.report(name, "post-part", f'share has no "{network[:60]}"', hint)
            continue
        lines = (plain_text(line) for line in text.strip().splitlines())
        found[network] = "\n".join(lines)
    return found


def _parts(value: object, alone: str) -> list[dict[str, Any]]:
    """Return a value as a list of mappings; what is written as text alone stands for its key `alone`.

    One of which each part says nothing is what a form leaves of what nobody filled in.
    """
    parts = value if isinstance(value, list) else [value]
    return [part if isinstance(part, dict) else {alone: part} for part in parts if not _says_nothing(part)]


def _says_nothing(part: object) -> bool:
    return all(map(_says_nothing, part.values())) if isinstance(part, dict) else is_empty(part)


def _web(fields: Fields, value: object) -> str:
    """Return a link if it can be followed safely, else "" with a warning."""
    text = plain_text(value)
    if text and not text.lower().startswith(("https://", "http://", "mailto:", "tel:", "/")):
        fields.report(
            "ask",
            "post-part",
            f'the link "{text[:60]}" cannot be followed',
            "write it in full, beginning with https://",
        )
        return ""
    return text
