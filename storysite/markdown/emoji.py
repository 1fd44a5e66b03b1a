"""Names of emoji, as GitHub and Slack have them, → the characters: `:tada:` is 🎉."""

import re
from functools import cache

MAYBE = re.compile(r":[a-z0-9_+-]+:")
"""What is in every text with such a name, and found at once."""
NAME = re.compile(
    r"(?<![A-Za-z0-9:/.@_-]):(?=[a-z0-9_+-]*[a-z+1])([a-z0-9][a-z0-9_-]{1,40}|\+1|-1|[a-z]):(?![A-Za-z0-9:/])"
)
"""What may be the name of an emoji: never a part of `10:30:45`, of `a:b:c` or of an address."""


def with_emoji(text: str) -> str:
    """Return `text` with the characters that the names in it stand for; what names none stays."""
    return NAME.sub(lambda found: _table().get(found[0], found[0]), text)


@cache
def _table() -> dict[str, str]:
    """Return the characters by their names; the table takes long to load, and few posts need it."""
    from pymdownx import gemoji_db

    known = {name: entry.get("unicode_alt") or entry.get("unicode") for name, entry in gemoji_db.emoji.items()}
    made = {name: "".join(chr(int(code, 16)) for code in codes.split("-")) for name, codes in known.items() if codes}
    return made | {alias: made[name] for alias, name in gemoji_db.aliases.items() if name in made}
