"""What people wrote into a form → a draft of "you said, we did": each answer once, without who wrote it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from storysite.digest import digest_bytes
from storysite.starter.facts import markdown_text

Row = Mapping[str, str]
_WORDS = re.compile(r"[^\W\d_]+").findall
_OF_MACHINES = {
    "timestamp", "zeitstempel", "horodateur", "start time", "completion time", "last modified time", "id", "score",
    "hora de inicio", "hora de finalización", "marca temporal", "marca de tiempo", "carimbo de data hora",
    "heure de début", "heure de fin", "startzeit", "fertigstellungszeit", "dấu thời gian", "时间戳记", "时间戳",
    "طابع زمني", "total points", "quiz feedback",
}  # fmt: skip
"""Columns that Google's and Microsoft's forms add by themselves."""
_OF_PEOPLE = {
    "email", "mail", "correo", "courriel", "username", "phone", "telephone", "teléfono", "telefon", "téléphone",
    "telefone", "móvil", "name", "names", "surname", "nombre", "nombres", "apellido", "apellidos", "nom", "prénom",
    "nome", "sobrenome", "vorname", "nachname", "signature", "firma", "address", "dirección", "adresse", "endereço",
    "birthday", "tên", "姓名", "名字", "邮箱", "电子邮件", "电话", "الاسم", "اسم", "البريد", "هاتف", "initials",
}  # fmt: skip
"""Words in the name of a column that asks who somebody is. In doubt it is left out: the draft says which were."""
_E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ().\-/]{7,17}\d(?!\w)")
_SHORT = 3
"""Letters up to which a name may well be another word in small letters."""
_NO_BLANKS = "\u2e80"
"""Where the scripts begin that write no blanks between words."""
_DIGITS = 9
"""Digits from which a row of them is a telephone number."""


class Answers(Struct, frozen=True):
    """The answers of a form that are new: by question, each with how many gave it, and what was left out."""

    questions: list[tuple[str, list[tuple[str, int]]]]
    left_out: list[str]
    """The columns that say who somebody is, or when."""
    marks: list[str]
    """What each new row is known by later, in the order of the rows."""
    known: int
    """How many rows had been read before."""

    @property
    def count(self) -> int:
        """How many people answered."""
        return len(self.marks)


def answers_of(rows: Sequence[Row], known: frozenset[str]) -> Answers:
    """Return what is new in the rows of a form; those whose mark is `known` were read before.

    No name, address or number of whoever wrote them is in it, as far as the form asked for these or they look like it.
    """
    marked = list(zip(marks_of(rows), rows, strict=True))
    fresh = [(mark, row) for mark, row in marked if mark not in known]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    left_out = [name for name in columns if _tells_who(name, rows)]
    people = [name for name in left_out if not _is_of_machine(name)]
    questions = []
    for column in columns:
        if column not in left_out:
            texts = (_public(row.get(column, ""), [row.get(name, "") for name in people]) for _, row in fresh)
            if counted := Counter(text for text in texts if text):
                questions.append((column, list(counted.items())))
    return Answers(questions, left_out, [mark for mark, _ in fresh], len(marked) - len(fresh))


def marks_of(rows: Iterable[Row]) -> list[str]:
    """Return what each row is known by: the same for the same answers, also if the form has more questions by then."""
    seen: Counter[str] = Counter()
    marks = []
    for row in rows:
        cells = sorted(f"{name}\x1f{' '.join(text.split())}" for name, text in row.items() if text.strip())
        mark = digest_bytes("\x1e".join(cells).encode("utf-8", "replace")).hex()[:16]
        seen[mark] += 1
        marks.append(mark if seen[mark] == 1 else f"{mark}-{seen[mark]}")
    return marks


def draft_text(answers: Answers) -> str:
    """Return the text of the draft: what people said, and a place for what was done. Nothing in an answer is markup."""
    parts = []
    for question, given in answers.questions:
        parts.append(f"## {_plain(question)}\n")
        parts += [f"- “{_plain(text)}”{f' ({count} times)' if count > 1 else ''}" for text, count in given]
        parts.append("")
    return "\n".join([*parts, "## What we did", "", ""])


def _tells_who(name: str, rows: Sequence[Row]) -> bool:
    """Return whether a column says who somebody is, or when: by its name, or because it has addresses."""
    words = [word.lower() for word in _WORDS(name)]
    if not words or _is_of_machine(name) or not _OF_PEOPLE.isdisjoint(words) or _mentions_person(name):
        return True
    cells = [row.get(name, "").strip() for row in rows]
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(_E_MAIL.fullmatch(cell) is not None for cell in filled) * 2 >= len(filled)


def _is_of_machine(name: str) -> bool:
    return " ".join(word.lower() for word in _WORDS(name)) in _OF_MACHINES


def _mentions_person(name: str) -> bool:
    """Return whether a name without blanks between words, as Chinese writes it, has one of those words in it."""
    return any(word in name for word in _OF_PEOPLE if not word.isascii() and len(word) == 2)


def _public(text: str, identities: Sequence[str]) -> str:
    """Return an answer on one line, without what its row says of who wrote it, and without addresses and numbers."""
    text = " ".join(text.split())
    for identity in identities:
        for part in sorted({identity.strip(), *identity.split()}, key=len, reverse=True):
            if len(part) > 1 and not part[0].isdigit():
                text = _without(part, text)
    text = _E_MAIL.sub("(…)", text)
    return _PHONE.sub(lambda found: "(…)" if sum(map(str.isdigit, found[0])) >= _DIGITS else found[0], text)


def _without(name: str, text: str) -> str:
    """Return a text without a name; a short one only as it is written, for "Al" is no "al"."""
    pattern = re.escape(name)
    if name < _NO_BLANKS:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return re.sub(pattern, "(…)", text, flags=re.IGNORECASE if len(name) > _SHORT else 0)


def _plain(text: str) -> str:
    return markdown_text(" ".join(text.split())).replace("#", "\\#").replace("{", "&#123;")
