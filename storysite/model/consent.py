"""What may go out into networks, where nobody calls it back: no picture, name or quote without a family's consent."""

import re

from storysite.model.photos import photos_by_file, plain_target
from storysite.model.post import Header, Person, PostHeader, Quote

_GROWN_UP = re.compile(
    r"\b(staff|teacher|librarian|principal|parent|guardian|mother|father|mom|dad|grandparent|grandmother|grandfather|"
    r"volunteer|author|illustrator|poet|visitor|guest|coach|counselor|nurse|superintendent|director|manager|mayor|"
    r"donor|sponsor|aide|custodian|secretary|trustee|professor|adult|alum\w*|board member|community member|"
    r"maestr[oa]|profesora?|bibliotecari[oa]|padre|madre|lehrer(?:in)?|eltern|enseignante?|professora?|pai|mãe)s?\b",
    re.IGNORECASE,
)
"""Roles that no student has, in a word. Whoever has another role, or none, may be a student."""
_STUDENT = re.compile(
    r"\b(student|pupil|child|kid|learner|grader|scholar|alumn[oa]|aluno|aluna|schüler(?:in)?)s?\b", re.IGNORECASE
)
"""A role with such a word is a student's, as in student librarian."""
_TITLE = re.compile(r"(?:mr|mrs|ms|mx|dr|prof|sra?|srta|mme|frau|herr|señora?)\b\.?\s+\w", re.IGNORECASE)
"""What stands before the name of no child."""
_NO_CONSENT = re.compile(
    r"^\W*(no\b|none|not\b|never|n/?a\b|false|pending|asked|waiting|open|unknown|missing|todo|tbd|to be|expired|"
    r"withdrawn|revoked|refused|denied|declined|opt(?:ed)?[ -]?out)|"
    r"\b(only|not|no) (?:on |for |in )?(?:the )?(?:web\s?site|site|print|school|social)|"
    r"\b(?:web\s?site|site|print|school|newsletter|internal)[ -]only|\?\s*$|^\W*$",
    re.IGNORECASE,
)
"""What is written where there is no consent, or one for other places only."""


def may_be_shared(post: Header) -> bool:
    """Return whether the card picture of a post may be shown by networks."""
    return may_be_shown(post, post.references[post.image].target)


def may_be_shown(post: Header, target: str) -> bool:
    """Return whether the picture that a post names as `target` may be shown by networks.

    It may unless it can show a student whose family did not consent. Until there is a register of consents, any number
    of one counts. A photo that says whom it shows is judged by that: by nobody, or by the consents it names.
    """
    if not isinstance(post, PostHeader):
        return True
    shown = photos_by_file(post).get(plain_target(target))
    if (
        shown
        and shown.shows
        and not {who.casefold() for who in shown.shows} & {"group", "all", "everyone", "everybody"}
    ):
        return all(who.casefold() in ("none", "nobody", "no one") or _covers(who) for who in shown.shows)
    return all(_is_grown_up(person) or _covers(person.consent) for person in post.people)


def may_be_named(person: Person) -> bool:
    """Return whether somebody may be named in networks: a grown-up, or a student whose family consented."""
    return _is_grown_up(person) or _covers(person.consent) or (not person.consent and bool(_TITLE.match(person.name)))


def may_be_quoted(post: PostHeader, quote: Quote) -> bool:
    """Return whether a quote of a post may be repeated in networks: it has a consent, or a grown-up said it."""
    known = [person for person in post.people if person.name.casefold() == quote.by.casefold()]
    said_by = known or [Person(quote.by, quote.by)]
    return _covers(quote.consent) or (not quote.consent and all(map(may_be_named, said_by)))


def _is_grown_up(person: Person) -> bool:
    return bool(_GROWN_UP.search(person.role)) and not _STUDENT.search(person.role)


def _covers(consent: str) -> bool:
    return not _NO_CONSENT.search(consent)
