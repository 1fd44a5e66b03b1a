"""One file → one Post and its text: front matter in all its spellings, and what follows from the file's name."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec import Struct

from storysite.errors import Problem, Severity, did_you_mean
from storysite.model.post import KINDS, PAGE, Body, Post, Reference, sealed
from storysite.model.routes import page_url, post_url, written_url
from storysite.model.slug import slugify
from storysite.model.text import Text
from storysite.read.parts import read_ask, read_event, read_impact, read_people, read_photos, read_quote
from storysite.read.dates import date_in_name
from storysite.read.fields import Fields, plain_text, text_list, without_markup
from storysite.read.header import split_header
from storysite.read.scan import MARKDOWN, PAGES, POSTS
from storysite.read.text import read_text

IDENTITY = UUID("7b3c1f5e-52a4-5d0b-9c0e-6d5f0f1a2b3c")
"""The namespace of ids that are made from file names; it must never change."""
LANGUAGES = frozenset(
    "aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff "
    "fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks "
    "ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps "
    "pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz "
    "ve vi vo wa wo xh yi yo za zh zu".split()
)
"""Two-letter languages (ISO 639-1): `story.es.md` is a translation, `story.v2.md` is not."""
_GENERIC_LAYOUTS = {"post", "posts", "page", "default", "single", "article", "blog", "none", "null", "layout", "home", "base", "draft"}


class Rules(Struct, frozen=True):
    """The settings that reading depends on; nothing else of the settings is handed to it."""

    timezone: str
    clock: time
    language: str
    author: str
    post_url: str


class Entry(Struct, frozen=True):
    """What reading one file gave: a Post (None if it is broken) and everything wrong with the file."""

    post: Post | None
    problems: tuple[Problem, ...]


class Name(Struct, frozen=True):
    """What a file's path says: its identity, name without day and language, day, language, and whether it is a draft."""

    stem: str
    name: str
    day: date | None
    language: str
    original: str
    draft: bool


def read_post(data: bytes, path: str, rules: Rules, markup: Callable[[str, str], Text]) -> tuple[Entry, Body]:
    """Return what the file `path` with the bytes `data` is; `markup` makes HTML of Markdown. Never raises."""
    text, problems = read_text(data, path)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Entry(None, tuple(problems)), Body("")
    header = split_header(text, path)
    problems += header.problems
    lines = text.split("\n")
    fields = Fields(header.values, header.lines, lines, path, ZoneInfo(rules.timezone), rules.clock)
    name, moment = _day(fields, path)
    written = markup(header.body, fields.text("title"))
    post = _page(fields, name, written, rules) if path.startswith(PAGES) else _post(fields, name, moment, written, rules)
    references = tuple(_located(reference, lines, header.body_line) for reference in post.references)
    problems += fields.problems + _about_text(written, path, lines, header.body_line)
    body = Body(written.html, written.cut)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Entry(None, tuple(problems)), body
    return Entry(sealed(_with_body(post, references, body)), tuple(problems)), body


def read_name(path: str) -> Name:
    """Return what a path below content/posts or content/pages says. Raises ValueError for a day that does not exist."""
    inner = path.removeprefix(POSTS).removeprefix(PAGES)
    stem = MARKDOWN.sub("", inner)
    stem = stem if stem != inner else re.sub(r"\.(txt|html?)$", "", stem, flags=re.IGNORECASE)
    base, _, suffix = stem.rpartition(".")
    language = suffix.replace("_", "-") if base and re.split("[-_]", suffix)[0] in LANGUAGES else ""
    bare = base if language else stem
    folders, _, last = bare.rpartition("/")
    bundle = last == "index" and bool(folders)
    named = folders.rpartition("/")[2] if bundle else last
    day, rest = date_in_name(named)
    if day is None and (match := re.search(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)", folders)):
        day = date(*map(int, match.groups()))
    parents = folders.split("/")[: -1 if bundle else None]
    draft = bool({"_drafts", "drafts"} & {parent.lower() for parent in parents})
    return Name(folders if bundle else bare, rest or named, day, language, path.replace(f".{suffix}", "", 1) if language else "", draft)


def _day(fields: Fields, path: str) -> tuple[Name, datetime | None]:
    """Return what the file's name says and the post's moment: that of its front matter, else the name's day."""
    keys = ("date", "publishDate", "pubDate", "publish_date", "created", "date_created")
    published = plain_text(fields.get("published")).lower()
    if published and published not in ("true", "false", "yes", "no"):
        keys = (*keys, "published")
    moment = fields.moment(*(key.lower() for key in keys))
    try:
        name = read_name(path)
    except ValueError as error:
        name = Name(path, re.sub(r"^[\d-]+", "", MARKDOWN.sub("", path.rpartition("/")[2])), None, "", "", draft=False)
        if moment is None and path.startswith(POSTS):
            what = str(error.args[0]).replace("date ", "the day in the file's name, ", 1)
            fields.error("date", "post-date", what, "rename the file, for example 2026-04-13-title.md, or add a date: line")
    if moment is None and name.day:
        moment = datetime.combine(name.day, fields.clock, fields.zone)
    if moment is None and path.startswith(POSTS) and not any(problem.code == "post-date" for problem in fields.problems):
        hint = "add a line such as date: 2026-11-20, or begin the file's name with the day"
        fields.warn("date", "post-no-date", "this post has no date, so it stands before all others and shows none", hint)
    return name, moment


def _post(fields: Fields, name: Name, moment: datetime | None, text: Text, rules: Rules) -> Post:
    title = _title(fields, text, name)
    slug = slugify(fields.text("slug")) or slugify(name.name) or slugify(title) or "story-" + uuid5(IDENTITY, name.stem).hex[:8]
    language = fields.text("lang", "language", "locale").replace("_", "-") or name.language or rules.language
    url = post_url(rules.post_url, slug=slug, moment=moment, prefix=name.language.lower())
    given = fields.text("id", "guid", "uid")
    status = fields.text("status").lower()
    published = plain_text(fields.get("published")).lower() not in ("false", "no")
    references, image = _pictures(fields, text)
    return Post(
        source=fields.path,
        id=given or f"urn:uuid:{uuid5(IDENTITY, name.stem + ('.' + name.language if name.language else ''))}",
        id_derived=not given,
        title=title,
        slug=slug,
        url=_permalink(fields, moment, slug) or url,
        kind=_kind(fields),
        moment=moment,
        updated=_updated(fields),
        expires=fields.day_of(fields.get("expires", "expiryDate", "expirydate", "expiry"), fields.key("expires", "expirydate", "expiry"), "expires"),
        summary=_summary(fields, text),
        authors=_authors(fields) or text_list(rules.author),
        tags=fields.texts("tags", "tag"),
        categories=fields.texts("categories", "category"),
        series=fields.text("series"),
        audience=fields.texts("audience"),
        grades=fields.texts("grades", "grade"),
        image=image,
        image_alt=fields.text("image_alt", "image-alt-text", "imagealt"),
        impact=read_impact(fields),
        quote=read_quote(fields),
        people=read_people(fields),
        photos=read_photos(fields),
        thanks_to=fields.texts("thanks_to", "thanks"),
        ask=read_ask(fields),
        event=read_event(fields),
        follows_up=fields.text("follows_up"),
        standards=fields.texts("standards"),
        language=language,
        translation=fields.text("translation").lower(),
        translates=name.original,
        draft=bool(fields.flag("draft")) or not published or name.draft or status in ("draft", "hidden", "private", "skip", "pending", "trash"),
        pin=bool(fields.flag("pin", "pinned", "sticky")) or status == "featured",
        archived=bool(fields.flag("archived")),
        aliases=_aliases(fields),
        layout=_layout(fields),
        words=text.words,
        headings=text.headings,
        references=references,
        extra=fields.extra(),
    )


def _page(fields: Fields, name: Name, text: Text, rules: Rules) -> Post:
    menu = fields.text("menu", "order", "weight")
    references, image = _pictures(fields, text)
    url = page_url(name.stem)
    return Post(
        source=fields.path,
        id=f"urn:uuid:{uuid5(IDENTITY, 'pages/' + name.stem)}",
        title=_title(fields, text, name),
        slug=slugify(name.name),
        url=_permalink(fields, None, slugify(name.name)) or url,
        kind=PAGE,
        updated=_updated(fields),
        summary=_summary(fields, text),
        authors=_authors(fields),
        image=image,
        image_alt=fields.text("image_alt"),
        language=fields.text("lang", "language").replace("_", "-") or name.language or rules.language,
        draft=bool(fields.flag("draft")) or name.draft,
        aliases=_aliases(fields),
        layout=_layout(fields),
        menu=int(menu) if menu.isascii() and menu.isdigit() and len(menu) < 6 else 1000 * (menu.lower() in ("true", "yes")),
        words=text.words,
        headings=text.headings,
        references=references,
        extra=fields.extra(),
    )


def _title(fields: Fields, text: Text, name: Name) -> str:
    """Return the title: the key's, else the first heading, else the file's name made readable."""
    words = re.sub(r"[-_\s]+", " ", name.name).strip()
    return fields.text("title") or text.title or (words[:1].upper() + words[1:]) or "Untitled"


def _summary(fields: Fields, text: Text) -> str:
    summary = without_markup(fields.text("summary", "description", "excerpt", "subtitle"))
    return (summary if len(summary) <= 400 else summary[:400].rsplit(" ", 1)[0] + "…") or text.excerpt


def _authors(fields: Fields) -> tuple[str, ...]:
    value = fields.get("authors", "author")
    return text_list(value) if isinstance(value, list | str) else text_list([value])


def _kind(fields: Fields) -> str:
    kind = fields.text("kind").lower() or "victory"
    if kind in KINDS:
        return kind
    near = did_you_mean(kind, KINDS)
    hint = (f"did you mean {near}? " if near else "") + f"the kinds are {', '.join(KINDS)}"
    fields.warn("kind", "post-kind", f'there is no kind "{kind}", so this is shown as a {near or "victory"}', hint)
    return near or "victory"


def _updated(fields: Fields) -> datetime | None:
    """Return when the post was last changed; a day that cannot be read is left out, for it is only shown."""
    before = len(fields.problems)
    moment = fields.moment("updated", "lastmod", "modified", "date-modified", "last_modified_at", "updateddate", "updated_at", "last_modified")
    for place in range(before, len(fields.problems)):
        problem = fields.problems[place]
        fields.problems[place] = Problem(*(getattr(problem, name) for name in problem.__struct_fields__[:-1]), severity=Severity.WARNING)
    return moment


def _permalink(fields: Fields, moment: datetime | None, slug: str) -> str:
    """Return the URL that the post's own permalink means, "" if it has none that can be used."""
    text = fields.text("permalink", "url")
    if not text or text.lower() == "false":
        return ""
    key = fields.key("permalink", "url")
    if "{{" in text or "{%" in text:
        fields.warn(key, "post-permalink", "this address is template code, which does not run here", "write the address itself, or leave the line out")
        return ""
    values = {"title": slug, "slug": slug}
    if moment:
        values |= {"year": f"{moment:%Y}", "month": f"{moment:%m}", "day": f"{moment:%d}"}
    url = written_url(re.sub(r":(\w+)", lambda match: values.get(match[1], "" if match[1] == "categories" else match[0]), text))
    if url is None:
        fields.error(key, "post-permalink", f'the address "{text}" cannot be used', "write letters, digits and hyphens, for example /2026/robots/")
    return url or ""


def _aliases(fields: Fields) -> tuple[str, ...]:
    urls: dict[str, None] = {}
    for alias in fields.texts("aliases", "alias", "redirect_from"):
        url = written_url(alias)
        if url is None:
            key = fields.key("aliases", "alias", "redirect_from")
            fields.warn(key, "post-alias", f'the old address "{alias}" cannot be kept', "an old address is a path such as /2013/11/old-name.html")
        else:
            urls[url] = None
    return tuple(urls)


def _layout(fields: Fields) -> str:
    layout = re.sub(r"\.(html|njk|liquid|jinja2?|hbs|ejs)$", "", fields.text("layout", "template"))
    fields.get("type", "published", "hero-image")  # peers' keys that say what is known here anyway
    return layout if re.fullmatch(r"[\w-]+", layout) and layout not in _GENERIC_LAYOUTS else ""


def _pictures(fields: Fields, text: Text) -> tuple[tuple[Reference, ...], int]:
    """Return the references of the post with those of its front matter, and which one is the card picture."""
    value = fields.get("image", "featured_image", "cover", "thumbnail", "images", "previewimage", "header_image")
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = next((value[key] for key in ("src", "path", "url", "image", "feature", "relative") if value.get(key)), "")
    references = list(text.references)
    target = plain_text(value)
    if target and not re.match(r"(data|javascript):", target, re.IGNORECASE) and "{{" not in target:
        target = re.sub(r"^//", "https://", target)
        references.append(Reference(target, line=fields.lines.get(fields.key("image", "featured_image", "cover"), 0), picture=False))
        return tuple(references), len(references) - 1
    image = next((place for place, reference in enumerate(references) if reference.picture), -1)
    return tuple(references), image


def _located(reference: Reference, lines: list[str], start: int) -> Reference:
    """Return the reference with the line of the file in which it stands."""
    if reference.line:
        return reference
    last = reference.target.rpartition("/")[2] or reference.target
    line = next((number for number in range(start, len(lines) + 1) if last in lines[number - 1]), 0)
    return Reference(reference.target, reference.suffix, line, reference.picture)


def _with_body(post: Post, references: tuple[Reference, ...], body: Body) -> Post:
    from msgspec.structs import replace

    from storysite.digest import digest

    return replace(post, references=references, body_digest=digest(body))


def _about_text(text: Text, path: str, lines: list[str], start: int) -> list[Problem]:
    """Return what to warn of in a post's text."""
    if not text.template_code:
        return []
    line = next((number for number in range(start, len(lines) + 1) if text.template_code in lines[number - 1]), 0)
    what = f"this post has template code ({text.template_code.strip()} …) from another program; it is shown as text"
    return [Problem(path, line, "template-code", what, "write what it stood for instead", lines[line - 1] if line else "", Severity.WARNING)]


