"""Finds the words of the interface in the sources, where a catalog must have them: `python -m tests.words es`.

It brings locale/es.po up to date: new words come in without a translation, those that are gone leave, and what a
translator wrote stays. Words are found where templates say `_("...")` or `ngettext(...)` and where Python says `say`.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from storysite.i18n import HOME
from storysite.markdown.template_code.texts import NOTE_NAMES
from storysite.model.config import Config
from storysite.model.group import KIND_NAMES
from storysite.model.taxonomy import TAXONOMIES
from storysite.theme.find import BUILT_IN, PACKAGE, shipped_themes

Message = str | tuple[str, str]
HEAD = """# {name}: the words of storysite's interface. After a change in the sources: python -m tests.words {language}
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""


def messages() -> dict[Message, list[str]]:
    """Return every text that is said, or pair of one and many, with the places where."""
    found: dict[Message, list[str]] = {}
    for file in sorted([*shipped_themes().rglob("*.*"), *BUILT_IN.rglob("*.*")]):
        if file.suffix in (".html", ".xml", ".json", ".txt", ".css", ".js") and "assets" not in file.parts:
            for message in _in_template(file):
                found.setdefault(message, []).append(file.name)
    for file in sorted(PACKAGE.rglob("*.py")):
        for message in _in_python(file):
            found.setdefault(message, []).append(file.relative_to(PACKAGE).as_posix())
    groups = [words for each in TAXONOMIES.values() for words in (each.title, each.filed) if words]
    for text in (*KIND_NAMES.values(), *NOTE_NAMES.values(), *groups, Config().title, Config().promise):
        found.setdefault(text, []).append("defaults and names of groups")
    return found


def _in_template(file: Path) -> Iterator[Message]:
    tree = Environment().parse(file.read_text("utf-8"))
    for call in tree.find_all(nodes.Call):
        name = getattr(call.node, "name", "")
        texts = [part.value for part in call.args if isinstance(part, nodes.Const)]
        if name == "_":
            yield texts[0]
        elif name == "ngettext":
            yield texts[0], texts[1]


def _in_python(file: Path) -> Iterator[Message]:
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) == "gettext":
            texts = (part.value for part in call.args if isinstance(part, ast.Constant))
            yield from (text for text in texts if isinstance(text, str) and text)


def renew(language: str) -> None:
    """Bring the catalog of a language up to date with what the sources say."""
    file = HOME / f"{language}.po"
    known = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as opened:
            known = read_po(opened, locale=language)
    fresh = Catalog(locale=language, project="storysite", fuzzy=False)
    if file.exists():
        fresh.mime_headers = known.mime_headers  # the forms of many that were translated, whatever others come to be
    for message, places in messages().items():
        one = message if isinstance(message, str) else message[0]
        old = known.get(one)
        fresh.add(message, old.string if old else None, auto_comments=[", ".join(sorted(set(places)))])
    with file.open("wb") as opened:
        head = HEAD.format(name=Locale.parse(language).english_name, language=language, plurals=fresh.plural_forms)
        opened.write(head.encode())
        write_po(opened, fresh, sort_output=True, omit_header=True, width=120, no_location=True)


if __name__ == "__main__":
    for named in sys.argv[1:]:
        renew(named)
