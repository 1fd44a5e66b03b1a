"""One file → one Post and its text: front matter in all its spellings, and what follows from the file's name."""

import re
from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from storysite.digest import digest
from storysite.errors import BadValue, did_you_mean
from storysite.front_matter.delimiters import lines_on_top
from storysite.front_matter.fields import Fields, plain_text, text_list, without_markup
from storysite.front_matter.keys import (
    PAGE_KEYS,
    PAGE_SPELLINGS,
    POST_KEYS,
    POST_SPELLINGS,
    SHARED_SPELLINGS,
    read_keys,
)
from storysite.front_matter.permalinks import is_pattern, read_permalink
from storysite.front_matter.privacy import read_privacy
from storysite.front_matter.signs import SIGN_SPELLINGS, Effect
from storysite.front_matter.split import split_front_matter
from storysite.i18n.languages import as_on_site, read_language
from storysite.markdown.emoji import with_emoji
from storysite.markdown.other_dialects import normalize_markdown
from storysite.markdown.plain_text import summary_of, title_of
from storysite.markdown.plain_words import plain_words
from storysite.markdown.template_code.calls import expand
from storysite.markdown.time_limit import TimeLimitReached, time_limit
from storysite.model.document import Document
from storysite.model.post import KINDS, AnyPost, Body, Post, Reference, StaticPage, Text, with_digests
from storysite.model.slug import slugify
from storysite.model.urls import page_url, post_url
from storysite.problems import Problem, Severity, errors_in
from storysite.source.about_ballot import about_ballot
from storysite.source.about_text import about_text, line_of
from storysite.source.described import described_by_photos, focus_of_card, words_of_card
from storysite.source.encoding import read_text
from storysite.source.entry import Entry, Markup, ReadSettings
from storysite.source.filename import (
    Name,
    language_of_folder,
    read_name,
    read_page_name,
    readable,
    without_ending,
    without_language_ending,
    without_language_folder,
)
from storysite.source.requests import about_requests, requests_of
from storysite.source.scan import PAGES
from storysite.source.undescribed import about_pictures

IDENTITY = UUID("7b3c1f5e-52a4-5d0b-9c0e-6d5f0f1a2b3c")
"""The namespace of ids that are made from file names; it must never change."""
_KEY = "key "
"""Begins what the versions of a story share that name it by a key and not by their files."""
_NEVER = re.compile(r"0000-00-00\b.*")
"""The date that WordPress gives to what was never published."""
_NO_DAY = re.compile(rf"{_NEVER.pattern}|(?:git )?(?:created|last modified)", re.IGNORECASE)
"""That, and what Eleventy would look up elsewhere."""
_HTML = re.compile(r"\.html?$", re.IGNORECASE)


def read_post(data: bytes, path: str, settings: ReadSettings, markup: Markup) -> tuple[Entry, Body]:
    """Return what the file `path` with the bytes `data` is; `markup` makes a Text of its Markdown. Never raises.

    The limit of time for its text is also one for all else that is read of it.
    """
    limit = settings.markdown.time_limit
    try:
        with time_limit(2 * limit):  # for `markup` may take as long as that
            return _read(data, path, settings, markup)
    except TimeLimitReached:
        what = f"the front matter takes more than {limit:g} seconds to read"
        hint = "look for a value that is very long, and move it into the text"
        return Entry(None, (Problem.of("header-too-large", what, hint, path=path, line=1),), stopped=True), Body("")


def _read(data: bytes, path: str, settings: ReadSettings, markup: Markup) -> tuple[Entry, Body]:
    source, problems = read_text(data, path)
    if errors_in(problems):
        return Entry(None, tuple(problems)), Body("")
    front_matter = split_front_matter(source, path)
    lines = source.split("\n")
    make, spellings, name_in = (
        (_page, PAGE_SPELLINGS, read_page_name) if path.startswith(PAGES) else (_post, POST_SPELLINGS, _name_in)
    )
    fields = Fields(
        front_matter.values, front_matter.lines, lines, path, ZoneInfo(settings.timezone), settings.clock, spellings
    )
    fields.written += front_matter.repeated
    fields.header = lines[: front_matter.body_line - 1] or lines_on_top(lines)
    name, folder = name_in(path), language_of_folder(path, settings.languages)
    fields.languages = plain_text(fields.get("lang")), read_page_name(path).language, folder, settings.language
    language = _language(fields, name, folder, settings.language)
    html = _HTML.search(path) is not None
    text = markup(
        front_matter.body if html else normalize_markdown(front_matter.body),
        _written_title(fields),
        settings.markdown,
        html=html,
        language=language,
        values=front_matter.values,
    )
    post = make(fields, text, settings, name, language)
    if image_alt := words_of_card(post, fields):
        post = replace(post, image_alt=plain_words(image_alt)[0] if "{" in image_alt else image_alt)
    if focus := focus_of_card(post, fields):
        post = replace(post, focus=focus)
    text = described_by_photos(text, post)
    problems += _forgiven(front_matter.problems + fields.problems, post) + about_text(
        text, fields, front_matter.body_line, settings.markdown
    )
    problems += about_ballot(post, source, lines)
    problems += about_pictures(text, post, fields, front_matter.body_line)
    body = text.body
    if errors_in(problems):
        return Entry(None, tuple(problems), text.unread), body
    found = _lines_of(post, text, fields, front_matter.body_line)
    requests = requests_of(post, text, settings.markdown.host)
    unwanted = [request for request in requests if request.host not in settings.markdown.frames_from]
    problems += about_requests(unwanted, path, lines, front_matter.body_line)
    hosts = tuple(sorted({request.host for request in requests}))
    post = replace(post, text=replace(post.text, lines=found, body_digest=digest(body)), other_hosts=hosts)
    return Entry(with_digests(post), tuple(problems), text.unread), body


def _post(fields: Fields, text: Document, settings: ReadSettings, name: Name, language: str) -> Post:
    """Return the Post that a file under content/posts is."""
    moment = _moment(fields, name)
    title = _title(fields, text, name)
    slug = slugify(readable(fields.text("slug"))) or slugify(name.words) or slugify(title)
    slug = slug or "story-" + uuid5(IDENTITY, name.stem).hex[:8]
    given = fields.text("id")
    prefix, story = _version(fields, name, language, settings)
    url = post_url(settings.post_url, slug=slug, moment=moment, prefix=prefix)
    permalink = read_permalink(fields, moment, slug)
    references, image = _pictures(fields, text)
    privacy = read_privacy(fields, settings.readers)
    return Post(
        source=fields.path,
        id=given + name.id_suffix if given else f"urn:uuid:{uuid5(IDENTITY, name.identity)}",
        id_derived=not given,
        title=title,
        slug=slug,
        url=permalink or url,
        derived_url=url if permalink and not is_pattern(fields.text("permalink")) else "",
        kind=_kind(fields),
        moment=moment,
        authors=fields.texts("authors") or text_list(settings.author),
        language=language,
        translates=story,
        draft=privacy.effect is Effect.DRAFT or name.draft or (moment is None and _was_never_published(fields)),
        private=privacy.private,
        unlisted=privacy.unlisted,
        pin=bool(fields.flag("pin")) or fields.text("status").lower() == "featured",
        references=references,
        image=image,
        text=Text(_summary(fields, text), text.words, text.headings),
        extra=fields.others(settings.readers, SHARED_SPELLINGS, SIGN_SPELLINGS),
        **read_keys(POST_KEYS, fields),
    )


def _page(fields: Fields, text: Document, settings: ReadSettings, name: Name, language: str) -> StaticPage:
    """Return the page that a file under content/pages is: no date, no group, a place in the menu."""
    prefix, story = _version(fields, name, language, settings)
    url = (f"{prefix}/" if prefix and name.language else "") + page_url(name.stem)
    home = fields.text("permalink") == "/"  # what other generators write into their home page
    permalink = "" if home else read_permalink(fields, None, slugify(name.words))
    references, image = _pictures(fields, text)
    privacy = read_privacy(fields, settings.readers)
    return StaticPage(
        source=fields.path,
        id=f"urn:uuid:{uuid5(IDENTITY, 'pages/' + name.identity)}",
        title=_title(fields, text, name),
        slug=slugify(name.words),
        url="" if home else permalink or url,
        derived_url=url if home or (permalink and not is_pattern(fields.text("permalink"))) else "",
        authors=fields.texts("authors"),
        language=language,
        translates=story,
        draft=privacy.effect is Effect.DRAFT,
        private=privacy.private,
        unlisted=privacy.unlisted,
        references=references,
        image=image,
        text=Text(_summary(fields, text), text.words, text.headings),
        extra=fields.others(settings.readers, SHARED_SPELLINGS, SIGN_SPELLINGS),
        **read_keys(PAGE_KEYS, fields),
    )


def _name_in(path: str) -> Name:
    """Return what the name of a post's file says; the day in it need not exist."""
    try:
        return read_name(path)
    except BadValue as error:
        stem = without_ending(path)
        words = re.sub(r"^[\d_-]+", "", stem.rpartition("/")[2])
        return Name(stem, words, identity=stem, fault=error.what)


def _moment(fields: Fields, name: Name) -> datetime | None:
    """Return the post's moment: that of its front matter, else the day of its file's name."""
    fields.day_in_name = name.day
    before = len(fields.problems)
    no_day = fields.text("date") if _NO_DAY.fullmatch(fields.text("date")) else ""
    moment = None if no_day else fields.first_moment("date")
    published = plain_text(fields.get("published"))
    if moment is None and any(map(str.isdigit, published)) and published not in ("0", "1"):
        moment = fields.moment("published")
    unread = len(fields.problems) > before
    if moment or (name.day and "date" not in fields.values):  # another good date, so that none stops the post
        fields.forgive(before)
    elif unread:
        return None
    if moment:
        return moment
    if no_day:
        _warn_of_no_day(fields, no_day, name)
    if name.day:
        return datetime.combine(name.day, fields.clock, fields.zone)
    if name.fault:
        hint = "rename the file, for example 2026-04-13-title.md, or add a date: line"
        fields.report("date", "post-date", name.fault, hint)
    elif not no_day:
        hint = "add a line such as date: 2026-11-20, or begin the file name with the date"
        fields.report(
            "date", "post-no-date", "this post has no date, so it is listed first and shown without a date", hint
        )
    return None


def _warn_of_no_day(fields: Fields, written: str, name: Name) -> None:
    """Warn that the date of a post is none, and say what comes of it."""
    then = "it is listed first and shown without a date"
    if name.day:
        then = "the date in the file name is used"
    elif _NEVER.match(written):
        then = "it is treated as a draft, because WordPress writes this for posts that were never published"
    hint = "write year-month-day, for example 2026-11-20, or delete the line"
    fields.report(
        fields.key("date"), "post-date", f'date "{written}" is not a date, so {then}', hint, severity=Severity.WARNING
    )


def _was_never_published(fields: Fields) -> bool:
    """Return whether a post without a moment says that it has none yet: WordPress' date, or that it is scheduled."""
    return _NEVER.match(fields.text("date")) is not None or fields.text("status").lower() in ("future", "scheduled")


def _title(fields: Fields, text: Document, name: Name) -> str:
    """Return the title: the key's, else the heading that leads the text, else the file's name made readable."""
    words = re.sub(r"[-_\s]+", " ", name.words).strip()
    return _written_title(fields) or text.title or (words[:1].upper() + words[1:]) or "Untitled"


def _written_title(fields: Fields) -> str:
    """Return the words of the key `title`; its HTML comes off before `&lt;` is read as a sign."""
    written = fields.one("title")
    return with_emoji(plain_text(title_of(written))) if isinstance(written, str) else fields.text("title")


def _summary(fields: Fields, text: Document) -> str:
    written = fields.one("summary")
    summary = plain_text(summary_of(written)) if isinstance(written, str) else fields.text("summary")
    summary = with_emoji(" ".join(without_markup(summary).split()))
    return (summary if len(summary) <= 400 else summary[:400].rsplit(" ", 1)[0] + "…") or text.excerpt


def _language(fields: Fields, name: Name, folder: str, site: str) -> str:
    """Return the language that the front matter names, else the file's name, else its `folder`, else the `site`'s."""
    if written := fields.text("lang"):
        if code := read_language(written[:60], site):
            return as_on_site(code, site)
        hint = "write its short name, such as en, es or zh-Hant, or its name in English"
        fields.report(fields.key("lang"), "post-value", f'"{written[:60]}" is not a language', hint)
    if name.language:
        return as_on_site(name.language, site, regional=True)
    return folder or site


def _version(fields: Fields, name: Name, language: str, settings: ReadSettings) -> tuple[str, str]:
    """Return the language that the address of a file begins with, "" for none, and what all versions of a story share.

    That is the path of the story's file without a language, or what front matter names. A folder, or the end of a
    name behind a hyphen, is of a language only where the front matter or the settings name the same.
    """
    site, path = settings.language, fields.path
    prefix, story = "", name.original
    if name.language and as_on_site(name.language, site, regional=True) != site:
        prefix = name.suffix.lower()
    if fields.text("lang"):
        story = story or without_language_ending(path, language)
    if unfolded := without_language_folder(story or path, language):
        prefix, story = prefix or (language.lower() if language != site else ""), unfolded
    if key := fields.text("translation_key"):
        story = f"{_KEY}{key}"
    return prefix, story


def _kind(fields: Fields) -> str:
    kind = fields.text("kind").lower() or "victory"
    if kind in KINDS:
        return kind
    near = did_you_mean(kind, KINDS)
    hint = (f"did you mean {near}? " if near else "") + f"the kinds are {', '.join(KINDS)}"
    fields.report("kind", "post-kind", f'there is no kind "{kind}", so this is shown as a {near or "victory"}', hint)
    return near or "victory"


def _pictures(fields: Fields, text: Document) -> tuple[tuple[Reference, ...], int]:
    """Return the references of the post with that of its front matter, and which one is the card picture."""
    value = fields.get("image")
    if isinstance(value, list):
        value = value[0]
    if isinstance(value, dict):
        value = next((value[key] for key in ("src", "path", "url", "image", "feature", "teaser") if value.get(key)), "")
    target = re.sub(r"^//", "https://", plain_text(value))
    if "{{" in target:
        target = expand(target, fields.values)
    if target and "{" not in target and not re.match(r"(data|javascript):", target, re.IGNORECASE):
        return (*text.references, Reference(target)), len(text.references)
    return text.references, next((place for place, reference in enumerate(text.references) if reference.picture), -1)


def _forgiven(problems: list[Problem], post: AnyPost) -> list[Problem]:
    """Return the problems of a post; those of one that is not shown are only warnings, for nobody sees them.

    That it has no date is no problem at all: a draft gets one on the day it is published.
    """
    if not post.draft and not post.private:
        return problems
    kept = [problem for problem in problems if problem.code != "post-no-date"]
    return [replace(problem, severity=min(problem.severity, Severity.WARNING)) for problem in kept]


def _lines_of(post: AnyPost, text: Document, fields: Fields, start: int) -> tuple[int, ...]:
    """Return the line of the file on which each reference of a post is written; the text begins on line `start`."""
    named = (reference.target.rpartition("/")[2] or reference.target for reference in post.references)
    found = [line_of(name, fields.source, start) for name in named]
    if len(found) > len(text.references):
        found[-1] = fields.lines.get(fields.key("image"), 0) or found[-1]
    return tuple(found)
