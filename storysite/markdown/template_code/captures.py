"""Text that template code keeps under a name, to be put elsewhere: `{% capture note %}…{% endcapture %}{{ note }}`."""

import re

from storysite.markdown.fences import outside_code
from storysite.markdown.template_code.pairs import TAG, Pairs

_SET_ASIDE = re.compile(r"\{%-?\s*+(?:capture|set)\b").search
_NAME = re.compile(r"[\"']?([\w.-]+)[\"']?").fullmatch
_OUTPUT = re.compile(r"\{\{-?\s*+(?P<name>[\w.-]++)(?P<filters>\s*+(?:\|[^{}]*)?)-?\}\}")
_MOST = 1_000_000
"""Characters that kept texts may add to one post."""


class _Prose:
    """Which lines of a text stand in no code that is fenced or indented; asked from top to bottom."""

    def __init__(self, source: str, *, html: bool) -> None:
        self.source = source
        self.lines = None if html else {*outside_code(source.split("\n"))}
        self.line = self.counted = 0

    def holds(self, place: int) -> bool:
        """Return whether the line at `place` is one of them."""
        self.line += self.source.count("\n", self.counted, place)
        self.counted = place
        return self.lines is None or self.line in self.lines


def put_captures(source: str, values: dict[str, object], *, html: bool) -> str:
    """Return `source` with each kept text in the place of its name; in `values` other code finds it by that name."""
    if not _SET_ASIDE(source):
        return source
    kept: dict[str, str] = {}
    parts: list[str] = []
    place, pairs, prose = 0, Pairs(source, html=html), _Prose(source, html=html)
    for tag in TAG.finditer(source):
        if tag.start() < place or tag["name"] not in ("capture", "set") or "=" in tag["words"]:
            continue
        if not prose.holds(tag.start()):
            continue
        name, end = _NAME(tag["words"].strip(" \t\n-")), pairs.end_of("tag", tag.start())
        if name and end:
            parts.append(source[place : tag.start()])
            kept[name[1]] = source[tag.end() : end.start()].strip("\n")
            place = end.end()
    if not kept:
        return source
    values |= {name: text.strip() for name, text in kept.items() if name not in values}
    source = "".join([*parts, source[place:]])
    return _filled(source, kept, Pairs(source, html=html), _Prose(source, html=html))


def _filled(source: str, kept: dict[str, str], pairs: Pairs, prose: _Prose) -> str:
    """Return `source` with the texts in it, as many as there is room for."""
    parts: list[str] = []
    place = added = 0
    for found in _OUTPUT.finditer(source):
        text = kept.get(found["name"])
        if text is None or added + len(text) > _MOST:
            continue
        if pairs.is_code(found.start()) or not prose.holds(found.start()):
            continue
        added += len(text)
        line = source.rfind("\n", max(0, found.start() - 200), found.start()) + 1
        alone = "\n" in text and not source[line : found.start()].strip()
        parts += [source[place : found.start()], f"\n\n{text}\n\n" if alone else text.strip()]
        place = found.end()
    return "".join([*parts, source[place:]])
