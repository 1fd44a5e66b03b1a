"""storysite.yml → Config. Every key is optional and an empty file works."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from storysite.errors import BadValue, did_you_mean
from storysite.front_matter.fields import text_list, typed
from storysite.front_matter.yaml import FrontMatterError, Reading, read_yaml, visible
from storysite.i18n.languages import read_language
from storysite.markdown.hosts import full
from storysite.model.config import ENGINES, FILE, SHARE_CARDS, Config, MarkdownOptions
from storysite.model.reply import LISTEN
from storysite.model.urls import host_of, split
from storysite.problems import Problem, Severity
from storysite.source.breaks import read_breaks
from storysite.source.goodwill_rules import read_goodwill_rules
from storysite.source.plugins import read_plugins
from storysite.source.setting_lines import choice, form_address, grades
from storysite.source.setting_lines import one_line as _text
from storysite.source.setting_lines import web_address as _web_address
from storysite.source.severities import read_severities
from storysite.source.states import read_state
from storysite.source.taxonomies import read_taxonomies


def read_config(folder: Path, *, base_url: str | None = None) -> tuple[Config, list[Problem]]:
    """Return the settings of the site in `folder` and what is wrong with them; `base_url` overrides the file's."""
    try:
        data = (folder / FILE).read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as error:
        return Config(), [
            Problem.of("settings-unreadable", f"the settings cannot be read: {error.strerror}", path=FILE)
        ]
    source = data.decode("utf-8-sig", "replace").splitlines()
    reading, problems = _read(data, source)
    found: dict[str, Any] = {}
    for key, value in reading.values.items():
        line = reading.lines.get(key, 0)
        excerpt = source[line - 1] if 0 < line <= len(source) else ""
        if key not in READERS:
            near = OTHERS_CALL_IT.get(re.sub(r"[-_ ]", "", key).lower(), "") or did_you_mean(key, READERS)
            hint = f"did you mean {near}?" if near else "the guide lists every setting"
            what = f'there is no setting "{key}"'
            problems.append(Problem.of("settings-unknown", what, hint, path=FILE, line=line, excerpt=excerpt))
        elif value not in ("", None):
            try:
                found[key] = READERS[key](value)
            except BadValue as error:
                line = _line_with(error.where, source, line)
                excerpt = source[line - 1] if 0 < line <= len(source) else ""
                what, severity = f"{key}: {error.what}", None
                if key in SPARED:
                    what, severity = f"{what}, so it is not used", Severity.WARNING
                problems.append(
                    Problem.of(
                        "settings-value", what, error.hint, path=FILE, line=line, excerpt=excerpt, severity=severity
                    )
                )
    if found.get("avif") and not _writes_avif():
        found["avif"] = False
        line = reading.lines.get("avif", 0)
        what = "this computer cannot make AVIF copies of pictures, so they are shown as WebP"
        hint = "install the usual edition of Pillow, the library that makes them: pip install --upgrade Pillow"
        problems.append(Problem.of("avif-missing", what, hint, path=FILE, line=line, excerpt=source[line - 1]))
    if found.get("listen") == "form" and not found.get("listen_form"):
        line = reading.lines.get("listen", 0)
        what = "listen: form needs the address of the form, so stories have no link to reply"
        hint = "add a line such as listen_form: https://forms.example.org/library"
        problems.append(
            Problem.of(
                "settings-value", what, hint, path=FILE, line=line, excerpt=source[line - 1], severity=Severity.WARNING
            )
        )
    written = found.get("base_url", base_url or "")
    if base_url is not None:
        try:
            found["base_url"] = _web_address(base_url)
        except BadValue as error:
            problems.append(Problem.of("settings-value", f"--base-url: {error.what}", error.hint))
    markdown = found.get("markdown", MarkdownOptions())
    found["markdown"] = replace(
        markdown,
        host=split(written).hostname or "",
        frames_from=found.get("frames_from", ()),
        forms_to=found.get("forms_to", ()),
    )
    return Config(**found, own_address=written), problems


def _line_with(word: str, source: list[str], line: int) -> int:
    """Return the number of the first line that has `word` in it, of a setting that begins at `line`; else `line`."""
    for number, text in enumerate(source[line - 1 :] if word and line else [], line):
        if number > line and re.match(r"[^\s#-]", text):
            break
        if not text.lstrip().startswith("#") and re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", text):
            return number
    return line


def _read(data: bytes, source: list[str]) -> tuple[Reading, list[Problem]]:
    """Return the names and values of the settings' file, or none and the line that cannot be understood."""
    nothing = Reading({}, {}, [])
    try:
        reading = read_yaml(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        what, hint = "this file is not saved as UTF-8 text", "save it as UTF-8 in your editor"
        return nothing, [Problem.of("settings-yaml", what, hint, path=FILE)]
    except FrontMatterError as error:
        reading, line = None, error.line
    else:
        line = 1
    if reading is None:
        hint = "each line is a name, a colon, a space and a value, for example title: Our stories"
        excerpt = source[line - 1] if 0 < line <= len(source) else ""
        return nothing, [
            Problem.of("settings-yaml", "this line cannot be understood", hint, path=FILE, line=line, excerpt=excerpt)
        ]
    reading.values = visible(reading.values)
    found = [replace(problem, path=FILE, excerpt=source[problem.line - 1]) for problem in reading.problems]
    return reading, found


def _time_zone(value: object) -> str:
    name = _text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue(
            f'"{name}" is not a time zone', "write a name such as America/Chicago or Europe/Berlin"
        ) from None
    return name


def _clock(value: object) -> time:
    match = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?\s*([ap]m)?", _text(value).lower())
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        hour = hour % 12 + 12 * (half == "pm") if half else hour
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise BadValue(f'"{_text(value)}" is not a time of day', 'write it with quotes, for example "06:00"')


def _month_and_day(value: object) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})", _text(value))
    if match is None or not (1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 28):
        raise BadValue(
            f'"{_text(value)}" is not a month and a day',
            "write month-day, for example 08-01; days after the 28th are not possible",
        )
    return int(match[1]), int(match[2])


def _terms(value: object) -> tuple[tuple[int, int], ...]:
    """Return the days on which the terms after the first begin."""
    given = value if isinstance(value, list) else _text(value).split(",")
    return tuple(sorted({_month_and_day(day) for day in given}))


def _yes_or_no(value: object) -> bool:
    text = _text(value).lower()
    if text not in ("true", "yes", "on", "false", "no", "off"):
        raise BadValue(f'"{text}" is neither yes nor no', "write yes or no")
    return text in ("true", "yes", "on")


def _writes_avif() -> bool:
    from storysite.photos.pillow import writes_avif  # Pillow takes long to load, and few sites ask for it

    return writes_avif()


def _language(value: object) -> str:
    text = _text(value)
    if code := read_language(text[:60]):
        return code
    raise BadValue(f'"{text[:60]}" is not a language', "write its short name, for example en, es or pt-BR")


def _languages(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_language, text_list(value))))


def _url_pattern(value: object) -> str:
    text = _text(value)
    unknown = [name for name in re.findall(r"\{(.*?)\}", text) if name not in ("year", "month", "day", "slug")]
    if "{slug}" not in text or unknown or re.search(r"(^|/)\.+(/|$)|[\\?#:\s]", text):
        raise BadValue(
            f'"{text}" is not an address for posts',
            "use {year}, {month}, {day} and {slug}, for example /{year}/{month}/{slug}/",
        )
    return text


def _page_size(value: object) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= 500:
        raise BadValue(f'"{text}" is not a number from 1 to 500', "for example 20")
    return int(text)


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValue("this needs settings of its own, indented below it", "see the theme's page in the guide")
    return value


_OF_MARKDOWN = ("engine", "time_limit", "nesting_limit", "element_limit", "extensions")


def _markdown_options(value: object) -> MarkdownOptions:
    """Return how Markdown is to be read; the name of an engine alone will do."""
    given = value if isinstance(value, dict) else {"engine": value}
    for key in given:
        if key not in _OF_MARKDOWN:
            what = f"the settings of markdown are {', '.join(_OF_MARKDOWN[:-1])} and {_OF_MARKDOWN[-1]}"
            raise BadValue(f'there is no "{key}" here', what)
    engine = _text(given.get("engine") or ENGINES[0]).lower()
    if engine not in ENGINES:
        raise BadValue(f'"{engine}" is not an engine', f"the engines are {' and '.join(ENGINES)}")
    if engine == "commonmark":
        from importlib.util import find_spec

        if find_spec("comrak") is None:
            raise BadValue("the engine commonmark is not installed", "run: pipx inject storysite comrak")
    limit = _text(given.get("time_limit") or "5")
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", limit) or not 0.1 <= float(limit) <= 600:
        raise BadValue(f'"{limit}" is not a number of seconds from 0.1 to 600', "for example time_limit: 20")
    levels = _whole_number(given.get("nesting_limit") or "500", 50, 2000, "for example nesting_limit: 1000")
    elements = _whole_number(
        given.get("element_limit") or "100000", 1000, 1_000_000, "for example element_limit: 200000"
    )
    plain = MarkdownOptions(engine, float(limit), levels, elements)
    extensions = tuple(_extensions(given.get("extensions")))
    if not extensions:
        return plain
    if engine != ENGINES[0]:
        raise BadValue(f"the engine {engine} has no extensions", f"delete extensions, or write engine: {ENGINES[0]}")
    from storysite.markdown.editions import load_extensions

    look = load_extensions(names := [name for name, _ in extensions])
    from storysite.markdown.extensions import settled_extensions  # Python-Markdown takes long to load

    settled = settled_extensions(extensions, float(limit), look.digest(names))
    edition = look.digest([name for name, _ in settled]) if settled else b""
    return replace(plain, extensions=settled, edition=edition)


def _whole_number(value: object, least: int, most: int, example: str) -> int:
    text = _text(value).replace(",", "").replace("_", "")
    if not re.fullmatch(r"[0-9]{1,7}", text) or not least <= int(text) <= most:
        raise BadValue(f'"{text}" is not a number from {least:,} to {most:,}', example)
    return int(text)


def _extensions(value: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the extensions that are written as a list of names, of names with options, or as a mapping of these."""
    parts = [{name: given} for name, given in value.items()] if isinstance(value, dict) else value or []
    for part in parts if isinstance(parts, list) else [parts]:
        for name, options in (part if isinstance(part, dict) else {str(part): {}}).items():
            plain = typed(options) or {}
            if not re.fullmatch(r"[A-Za-z_][\w.]*(:\w+)?", str(name)) or not isinstance(plain, dict):
                what = f'"{str(name)[:60]}" is not an extension of Markdown with its options'
                raise BadValue(what, "for example extensions: [pymdownx.mark, {toc: {permalink: true}}]")
            yield str(name), plain


def _hosts(value: object) -> tuple[str, ...]:
    """Return the hosts that are named, also by an address in full, each as people say it."""
    hosts = []
    for written in text_list(value):
        host = host_of(full(written if "//" in written else f"//{written}"))
        if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host, re.ASCII):
            raise BadValue(f'"{written[:60]}" is not the name of another site', "write it as docs.google.com")
        hosts.append(host)
    return tuple(dict.fromkeys(hosts))


def _name(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"[\w-]{1,100}", text):
        raise BadValue(
            f'"{text}" is not the name of a theme', "a theme is a folder in themes/; run: storysite theme list"
        )
    return text


SPARED = ("base_url",)
"""The settings without which a site can be made, so that a value they cannot have stops nothing."""
OTHERS_CALL_IT = {
    **dict.fromkeys(("url", "baseurl", "siteurl", "rooturl", "siteaddress", "homepage"), "base_url"),
    **dict.fromkeys(("name", "sitename", "sitetitle", "blogtitle"), "title"),
    **dict.fromkeys(("description", "subtitle", "slogan", "sitesubtitle", "blogdescription"), "tagline"),
    **dict.fromkeys(("lang", "locale", "languagecode", "defaultlang", "defaultcontentlanguage"), "language"),
    **dict.fromkeys(("tz",), "timezone"),
    **dict.fromkeys(("permalink", "permalinks", "articleurl", "posturls"), "post_url"),
    **dict.fromkeys(("paginate", "pagination", "perpage", "defaultpagination", "pagersize"), "posts_per_page"),
    **dict.fromkeys(("email", "blogemail", "webmaster"), "contact"),
    **dict.fromkeys(("organization", "publisher"), "school"),
}
"""Settings by the names that other programs give them, without capitals and what stands between words."""
READERS: Mapping[str, Callable[[object], object]] = {
    "title": _text,
    "tagline": _text,
    "school": _text,
    "state": read_state,
    "base_url": _web_address,
    "language": _language,
    "languages": _languages,
    "timezone": _time_zone,
    "terms": _terms,
    "breaks": read_breaks,
    "search": _yes_or_no,
    "share_cards": choice("share_cards", SHARE_CARDS),
    "avif": _yes_or_no,
    "publish_time": _clock,
    "school_year_start": _month_and_day,
    "author": _text,
    "contact": _text,
    "listen": choice("listen", LISTEN),
    "listen_form": form_address,
    "promise": _text,
    "reading_level": grades,
    "theme": _name,
    "plugins": read_plugins,
    "post_url": _url_pattern,
    "posts_per_page": _page_size,
    "taxonomies": read_taxonomies,
    "markdown": _markdown_options,
    "frames_from": _hosts,
    "forms_to": _hosts,
    "problems": read_severities,
    "theme_settings": _mapping,
    "goodwill": read_goodwill_rules,
}
"""What each setting is read with; whatever YAML may give it, a reader returns a value or raises BadValue."""
