"""What names say: other programs publish no post whose name, or that of its folder, begins with `_` or a dot."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice

FOLDERS_READ = ("_posts", "_drafts")
"""Folders with an underscore in which other programs keep what they publish, and what they will."""
LEFT_BEHIND = re.compile(r"\.(?:_|#|~|git$|svn$|hg$)")
"""What begins with a dot and is nobody's text: what systems and editors write beside a file, and histories."""
_SAID = {"_": "an underscore (_)", ".": "a dot"}
LOOKED_AT = 500
"""Files of a folder that begins with a dot that are looked at: that posts are there is only told, not acted on."""


def private_part(path: str) -> str:
    """Return a path up to the first name that begins with `_`, "" if none does.

    What is no post stays: cameras begin names of pictures like that, note programs those of their attachments, and a
    picture is published only if a post that is shown names it.
    """
    if "/_" not in path:
        return ""
    parts = path.split("/")
    for number, part in enumerate(parts):
        if part[:1] == "_" and part.lower() not in FOLDERS_READ:
            return "/".join(parts[: number + 1])
    return ""


def name_before(path: str) -> str:
    """Return the path that a post had before somebody made it private by its name, or by that of a folder."""
    return "/".join(part if part.lower() in FOLDERS_READ else part.lstrip("_.") for part in path.split("/"))


def holds_posts(entry: os.DirEntry[str], is_post: re.Pattern[str]) -> bool:
    """Whether what begins with a dot is a post, or a folder with one among its first files; links are not followed."""
    if LEFT_BEHIND.match(entry.name):
        return False
    try:
        if not entry.is_dir(follow_symlinks=False):
            return entry.is_file(follow_symlinks=False) and is_post.search(entry.name) is not None
        looked_at = islice(chain.from_iterable(names for _, _, names in os.walk(entry.path)), LOOKED_AT)
        return any(is_post.search(name) and not LEFT_BEHIND.match(name) for name in looked_at)
    except OSError:
        return False


def why_private(paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is not for the public by its name, with the reason: a folder once, however many posts lie in it.

    `paths` are those of the posts; one of a folder ends in a slash.
    """
    posts = set(paths)
    for path, count in Counter(private_part(path) or path for path in paths).items():
        name = path.rstrip("/").rpartition("/")[2]
        if path.endswith("/") or path not in posts:
            many = "posts" if path.endswith("/") else "1 post" if count == 1 else f"{count} posts"
            what = f"is a folder with {many} whose name begins with {_SAID[name[0]]}"
        else:
            what = f"has a name that begins with {_SAID[name[0]]}"
        hint = f"to show it, rename it to {name.lstrip('_.') or 'something else'}"
        yield path.rstrip("/"), f"{what}, so it is not for the public; {hint}"
