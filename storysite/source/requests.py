"""What a post makes a reader's browser ask of other hosts by itself, and the warning that says what these learn."""

from collections.abc import Sequence

from storysite.markdown.hosts import is_asked
from storysite.model.document import Document, Request
from storysite.model.post import AnyPost
from storysite.model.urls import host_of
from storysite.problems import Problem


def requests_of(post: AnyPost, text: Document, own: str) -> list[Request]:
    """Return what a browser that shows a post asks of other hosts than the site's `own`, its card picture first."""
    target = post.references[post.image].target if post.image >= 0 else ""
    hero = [Request(host_of(target), target, picture=True)] if is_asked(target, own) else []
    return list({request.address: request for request in (*hero, *text.requests)}.values())


def about_requests(requests: Sequence[Request], path: str, lines: list[str], start: int) -> list[Problem]:
    """Return the warnings that a post asks other hosts for pictures, or anything else, each at the line of the first.

    The text of the post begins at the line `start`.
    """
    pictures = [request for request in requests if request.picture]
    subject = "this picture is loaded" if len(pictures) == 1 else f"{len(pictures)} pictures here are loaded"
    hint = "save the picture beside the post and write only its file name, for example robots.jpg"
    found = [_about(pictures, subject, hint, path, lines, start)] if pictures else []
    if others := [request for request in requests if not request.picture]:
        subject = "this text makes browsers load something"
        hint = "delete this code, or save the file it loads in static/ and write its address there"
        found.append(_about(others, subject, hint, path, lines, start))
    return found


def _about(told: Sequence[Request], subject: str, hint: str, path: str, lines: list[str], start: int) -> Problem:
    hosts = list(dict.fromkeys(request.host for request in told))
    verb = "is" if len(hosts) == 1 else "are"
    what = f"{subject} from {_listed(hosts)}, which {verb} told each reader's internet address and what they read"
    number = _line_of(told[0], lines, start) or _line_of(told[0], lines, 1)
    return Problem.of("loaded-elsewhere", what, hint, path=path, line=number)


def _listed(hosts: Sequence[str]) -> str:
    """Return the hosts as one says them, all of three and two of more."""
    named, more = (hosts, 0) if len(hosts) <= 3 else (hosts[:2], len(hosts) - 2)
    parts = [*named, f"{more} other sites"] if more else list(named)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _line_of(request: Request, lines: list[str], start: int) -> int:
    """Return the first line, from `start` on, that names the address, or at least its host; 0 if none does."""
    for words in (request.address.partition("//")[2], request.host):
        for number in range(start, len(lines) + 1):
            if words in lines[number - 1]:
                return number
    return 0
