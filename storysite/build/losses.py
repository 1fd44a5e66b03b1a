"""What stands between a build and a site that loses most of its stories at once.

Git checkouts and programs that sync folders make files vanish for seconds, and a clock without a battery makes every
story one of the future. A story that says of itself that it is not shown (a private one, a draft, one that expired) is
no loss.
"""

from collections.abc import Iterable, Set
from pathlib import Path

from storysite.build.load import LoadedSite
from storysite.digest import digest_bytes
from storysite.errors import ProblemsFound
from storysite.model.post import PostHeader
from storysite.model.visibility import reason_hidden
from storysite.problems import Problem
from storysite.source.private_names import name_before
from storysite.source.scan import PAGES, POSTS, Scan

FEW = 10
"""Stories that a build takes away without asking, however few there are."""
CONTENT = "content"
_CODE = "stories-missing"
_NOT_BY_CHOICE = ("scheduled", "broken")
"""Why a story is not shown that was, though nobody said so in it."""
_BACK = "put them back; if you do want them off the site, run the command again with --allow-deletions"


def refuse_vanished(folder: Path, found: Scan, before: Set[str]) -> None:
    """Raise ProblemsFound if files are gone that the stories `before` need: nothing is read, and nothing forgotten."""
    if (folder / CONTENT).exists() and not (folder / CONTENT).is_dir():
        what = "this is a file, but it has to be the folder that holds your stories"
        raise ProblemsFound(Problem.of(_CODE, what, "rename it, and put the folder back", path=CONTENT))
    names = (*(file.path for file in found.posts), *found.private)
    left = sum(not name.startswith(PAGES) for name in names)
    gone = len(before) - left
    if before and not left and not (folder / POSTS).is_dir():
        missing = CONTENT if not (folder / CONTENT).is_dir() else POSTS.rstrip("/")
        what = f"the folder {missing} is gone, and with it {_stories(len(before))} of your site"
        raise ProblemsFound(Problem.of(_CODE, what, _BACK.replace("them", "it", 1), path=missing))
    if _is_too_much(gone, before):
        raise ProblemsFound(_lost(gone, before))


def losses(loaded: LoadedSite, before: Set[str]) -> list[Problem]:
    """Return an error if too many of the stories `before` would be gone, though no word in them says so."""
    shown = {part for post in (*loaded.index.posts, *loaded.index.unlisted_posts) for part in _parts(post)}
    hidden = {_mark(post.source): post.reason for post in loaded.hidden}
    hidden |= {_mark(name_before(path)): "private" for path in loaded.archive.private}
    reasons = [hidden.get(story.split()[0], "gone") for story in before if not shown.intersection(story.split())]
    lost = [reason for reason in reasons if reason == "gone" or reason in _NOT_BY_CHOICE]
    if not _is_too_much(len(lost), before):
        return []
    if (waiting := lost.count("scheduled")) > len(lost) / 2:
        what = f"{waiting:,} of the {_stories(len(before))} on the site are dated after today, {loaded.now:%Y-%m-%d}"
        hint = "check the clock of this computer; if they are to wait, run the command again with --allow-deletions"
        return [Problem.of(_CODE, what, hint)]
    return [_lost(len(lost), before)]


def stories_of(loaded: LoadedSite) -> set[str]:
    """Return a mark for each story that readers may see by now, by which a later build knows it again."""
    return {" ".join(_parts(post)) for post in loaded.index.posts if not reason_hidden(post, loaded.now)}


def _parts(post: PostHeader) -> tuple[str, ...]:
    """Return by what a story is known, though it moves: by its file, by its address, or by its id."""
    return _mark(post.source), _mark(post.url), _mark(post.id)


def _mark(text: str) -> str:
    return digest_bytes(text.encode()).hex()[:12]


def _is_too_much(lost: int, before: Set[str]) -> bool:
    return lost > FEW and 2 * lost > len(before)


def _lost(count: int, before: Iterable[str]) -> Problem:
    what = f"{count:,} of the {_stories(len(set(before)))} on the site are no longer in this folder"
    return Problem.of(_CODE, what, _BACK, path=CONTENT)


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count:,} stories"
