"""Forms for editors in the browser, made from the keys of front matter: `.pages.yml` is that of Pages CMS.

A form shows the keys that a school writes every week. What else stands in a file stays as it is.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from storysite.front_matter.keys import PAGE_KEYS, POST_KEYS, Key
from storysite.model.asks import STATUSES
from storysite.model.post import KINDS

PAGES_CMS = ".pages.yml"
PICTURES = "images"
"""The folder into which editors put pictures: Jekyll's, from which only what stories show is published."""
_BARE = re.compile(r"[A-Za-z_./][\w ./-]*")
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


class Field(Struct, frozen=True):
    """One field of a form: a key of front matter, or a part of one, what people call it, and what can be in it."""

    name: str
    label: str
    holds: str = "text"
    """One of HOLDS."""
    several: bool = False
    required: bool = False
    parts: tuple["Field", ...] = ()
    choices: tuple[str, ...] = ()
    hint: str = ""


HOLDS = ("text", "sentence", "story", "number", "day", "moment", "yes or no", "picture", "choice", "parts")
"""What a field can hold."""

_IMPACT = (
    Field("label", "What was counted, in words"),
    Field("metric", "Its name in reports, such as books_read", required=True),
    Field("value", "How many now", "number", required=True),
    Field("compare", "How many before", "number"),
    Field("period", "When, such as 2026-11"),
    Field("source", "How do we know"),
)
_QUOTE = (Field("text", "What was said", "sentence"), Field("by", "Who said it"), Field("consent", "Permission number"))
_PERSON = (Field("name", "Name", required=True), Field("role", "Role"), Field("consent", "Permission number"))
_ASK = (
    Field("what", "What you ask for"),
    Field("goal", "How much", "number"),
    Field("have", "How much is there", "number"),
    Field("by", "By when", "day"),
    Field("url", "Where people can help"),
    Field("status", "How it stands", "choice", choices=STATUSES),
    Field("outcome", "How it ended", "sentence"),
    Field("reviewed_by", "Who at the district office read it"),
)
_EVENT = (Field("start", "Begins", "moment"), Field("end", "Ends", "moment"), Field("place", "Where"))
_POST = (
    Field("title", "Title", required=True),
    Field("date", "Date", "day", required=True),
    Field("kind", "Kind", "choice", choices=KINDS),
    Field("summary", "Summary", "sentence"),
    Field("image", "Picture on the card", "picture"),
    Field("image_alt", "What the picture shows"),
    Field("authors", "Written by", several=True),
    Field("tags", "Tags", several=True),
    Field("series", "Series"),
    Field("audience", "For whom", several=True),
    Field("grades", "Grades", several=True),
    Field("impact", "What changed, in numbers", "parts", several=True, parts=_IMPACT),
    Field("quote", "What somebody said", "parts", parts=_QUOTE),
    Field("people", "Who is named or can be recognized", "parts", several=True, parts=_PERSON),
    Field("thanks_to", "Whom you thank", several=True),
    Field("ask", "What you ask for", "parts", parts=_ASK),
    Field("event", "When and where", "parts", parts=_EVENT),
    Field("draft", "Not finished yet", "yes or no", hint="Nobody sees it on the site until this is off."),
)
_PAGE = (
    Field("title", "Title", required=True),
    Field("summary", "Summary", "sentence"),
    Field("menu", "Place in the menu", "number"),
    Field("draft", "Not finished yet", "yes or no", hint="Nobody sees it on the site until this is off."),
)
_BODY = Field("body", "Story", "story")


def forms() -> Mapping[str, Sequence[Field]]:
    """Return the form of posts and that of pages, with the hints of the guide and the text below the front matter."""
    return {
        "posts": (*(_with_hint(field, POST_KEYS) for field in _POST), _BODY),
        "pages": (*(_with_hint(field, PAGE_KEYS) for field in _PAGE), Field("body", "Text", "story")),
    }


def pages_cms() -> str:
    """Return the file that tells Pages CMS how to edit a site: https://pagescms.org/docs/configuration/."""
    posts, pages = forms().values()
    config = {
        "media": {"input": PICTURES, "output": f"/{PICTURES}", "categories": ["image"]},
        # without this, keys that have no field in the form are lost when somebody saves
        "settings": {"content": {"merge": True}},
        "content": [
            {
                "name": "posts",
                "label": "Stories",
                "type": "collection",
                "path": "content/posts",
                "subfolders": True,
                "filename": "{year}-{month}-{day}-{primary}.md",
                "view": {
                    "fields": ["title", "kind", "date"],
                    "primary": "title",
                    "sort": ["date", "title"],
                    "default": {"sort": "date", "order": "desc"},
                },
                "fields": [_field_of_pages_cms(field) for field in posts],
            },
            {
                "name": "pages",
                "label": "Pages",
                "type": "collection",
                "path": "content/pages",
                "filename": "{primary}.md",
                "view": {"fields": ["title"], "primary": "title"},
                "fields": [_field_of_pages_cms(field) for field in pages],
            },
        ],
    }
    about = "# The forms of Pages CMS, in which stories can be written in the browser: https://app.pagescms.org\n"
    return about + "\n".join(yaml_lines(config)) + "\n"


def _field_of_pages_cms(field: Field) -> dict[str, Any]:
    kind, options = _IN_PAGES_CMS[field.holds]
    if field.choices:
        options = {"values": list(field.choices)}
    found: dict[str, Any] = {"name": field.name, "label": field.label, "type": kind}
    if field.hint:
        found["description"] = field.hint
    if field.several:
        found["list"] = True
    if field.required:
        found["required"] = True
    if kind == "date" and not field.required:
        found["default"] = ""  # otherwise it is today
    if field.name == "kind":
        found["default"] = KINDS[0]
    if options:
        found["options"] = options
    if field.parts:
        found["fields"] = [_field_of_pages_cms(part) for part in field.parts]
    return found


_IN_PAGES_CMS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "text": ("string", {}),
    "sentence": ("text", {}),
    "story": ("rich-text", {"format": "markdown"}),
    "number": ("number", {}),
    "day": ("date", {"format": "yyyy-MM-dd"}),
    "moment": ("date", {"time": True, "format": "yyyy-MM-dd'T'HH:mm"}),
    "yes or no": ("boolean", {}),
    "picture": ("image", {}),
    "choice": ("select", {}),
    "parts": ("object", {}),
}


def _with_hint(field: Field, keys: Mapping[str, Key]) -> Field:
    """Return a field with what the guide says of its key, as far as that is of use in a form."""
    if field.hint or field.required or field.parts:
        return field
    meaning = re.sub(r":? see \[[^]]*\]\([^)]*\)|\[([^]]*)\]\([^)]*\)|`", r"\1", keys[field.name].meaning)
    sentences = re.split(r"(?<=[.;]) ", meaning)
    kept = " ".join(each for each in sentences if "setting" not in each and '""' not in each)
    return replace(field, hint=re.sub(r";$", ".", kept))


def yaml_lines(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping of texts, numbers, lists and mappings as YAML reads them back."""
    space = "  " * depth
    for name, inner in value.items():
        if isinstance(inner, dict) and inner:
            yield f"{space}{name}:"
            yield from yaml_lines(inner, depth + 1)
        elif isinstance(inner, list) and inner and isinstance(inner[0], dict):
            yield f"{space}{name}:"
            for each in inner:
                first, *others = yaml_lines(each, depth + 2)
                yield f"{space}  - {first.lstrip()}"
                yield from others
        else:
            yield f"{space}{name}: {_scalar(inner)}"


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_scalar, value))}]"
    if isinstance(value, str) and _BARE.fullmatch(value) and value.lower() not in _WORDS and value == value.strip():
        return value
    return json.dumps(value, ensure_ascii=False)
