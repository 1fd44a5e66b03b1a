"""What changes in a file that a site carries, in lines for people: libraries by their versions, texts line by line."""

import re
from collections.abc import Iterator, Mapping
from difflib import unified_diff

from storysite.starter.record import TOOL
from storysite.starter.renew import Carried

_PINNED = re.compile(r"(?m)^([\w.-]+)==([^\s;\\]+)")
_LIBRARIES = f"{TOOL}/requirements.txt"


def in_a_line(each: Carried) -> str:
    """Return which file is meant, and what would become of it."""
    if each.new is None:
        what = "an older storysite, which goes" if not each.is_text else "no longer needed, so it goes"
    elif each.old is None:
        what = "storysite itself" if not each.is_text else "new"
        what = f"{what}; it was here and is gone" if each.is_theirs else what
    else:
        what = "storysite itself" if not each.is_text else "older than this storysite's"
    if each.old is not None and each.is_theirs:
        unknown = "it may have been changed by hand" if each.is_new else "it was changed by hand"
        what = f"{what}; {unknown}"
    return f"{each.path}: {what}"


def lines_that_differ(each: Carried) -> Iterator[str]:
    """Yield what changes in a text; nothing for what nobody can read, or what is not there before or after."""
    if not each.is_text or each.old is None or each.new is None:
        return
    old, new = (data.decode("utf-8", "replace").replace("\r\n", "\n") for data in (each.old, each.new))
    if each.path == _LIBRARIES:
        yield f"{each.path}: {_versions(old, new)}"
        old, new = _without_pins(old), _without_pins(new)
    yield from unified_diff(
        old.splitlines(), new.splitlines(), f"{each.path} as it is", f"{each.path} as it would be", lineterm="", n=2
    )


def _versions(old: str, new: str) -> str:
    """Return which libraries change, and to which version."""
    was, will_be = _libraries_in(old), _libraries_in(new)
    changed = [
        f"{name} {was[name]} → {will_be[name]}" for name in was if name in will_be and was[name] != will_be[name]
    ]
    changed += [f"{name} {version} is new" for name, version in will_be.items() if name not in was]
    changed += [f"{name} is not needed any more" for name in was if name not in will_be]
    return "; ".join(changed) or "the same libraries, in other files"


def _without_pins(requirements: str) -> str:
    """Return what else stands in a list of libraries: nothing, unless somebody wrote it there."""
    lines = requirements.splitlines()
    return "\n".join(line for line in lines if not _PINNED.match(line) and "--hash=" not in line)


def _libraries_in(requirements: str) -> Mapping[str, str]:
    """Return the versions of the libraries in a list with hashes; of one that differs from system to system, all."""
    found: dict[str, str] = {}
    for name, version in _PINNED.findall(requirements):
        found[name] = f"{found[name]} or {version}" if name in found else version
    return found
