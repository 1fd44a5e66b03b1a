"""Names that Windows cannot have, so that a folder from a Mac can be opened on any school's laptop.

The rules are Microsoft's: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""

import re

from storysite.model.urls import is_device

_SIGN = re.compile(r'[\x00-\x1f<>:"|?*\\]')
MAYBE_DEVICES = frozenset({"con", "prn", "aux", "nul", "com", "lpt"})
"""What the names of devices begin with."""
LONGEST_PATH = 200
"""Letters below the site's folder: Windows ends at 260, and the folder itself lies somewhere, too."""


def forbidden_on_windows(path: str) -> str:
    """Return why Windows cannot have a file, by its path below the site's folder in POSIX form; "" if it can."""
    if len(path) > LONGEST_PATH:
        return f"has a name of more than {LONGEST_PATH} letters, with its folders"
    for name in path.split("/"):
        if sign := _SIGN.search(name):
            shown = sign[0] if sign[0].isprintable() else "an invisible character"
            return f"has {shown} in its name"
        if is_device(name):
            return f"is called {name.partition('.')[0].rstrip()}, as a part of the computer is"
        if name != name.rstrip(". "):
            return f"has a {'dot' if name[-1] == '.' else 'space'} at the end of its name"
    return ""
