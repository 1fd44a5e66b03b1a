"""The calendar is what RFC 5545 says, as far as another reading of it can tell, and holds what readers see.

The check reads the bytes by itself, without the library that writes them.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from storysite.model.calendar import CalendarEntry, whole_day
from storysite.render.calendar import calendar_text
from tests.folder import NOW, Folder, tree

SETTINGS = (
    "title: Our shelf; stories, and more\nbase_url: https://library.example.org/stories\ntimezone: America/Chicago\n"
)
NAME = re.compile(r"[A-Z0-9-]+")


def entries(text: str | bytes) -> list[dict[str, str]]:
    """Return the entries of a calendar; whatever the standard does not allow is an error."""
    data = text.encode() if isinstance(text, str) else text
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")  # 3.1: lines end in CR and LF
    assert max(map(len, data.split(b"\r\n"))) <= 75  # and have no more than 75 octets
    lines = re.sub(r"\r\n[ \t]", "", data.decode()).removesuffix("\r\n").split("\r\n")
    for octets in data.split(b"\r\n"):
        octets.decode()  # no letter is cut in two
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    head: dict[str, str] = {}
    current = head
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert current is head
            current = {}
        elif line == "END:VEVENT":
            found.append(current)
            current = head
        else:
            assert NAME.fullmatch(name.partition(";")[0]), line
            assert name not in current, line
            assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value), line
            current[name] = value
    assert current is head
    assert (head["VERSION"], head["PRODID"]) == ("2.0", "-//storysite//storysite//EN")
    assert len({each["UID"] for each in found}) == len(found)
    for each in found:
        assert re.fullmatch(r"\d{8}T\d{6}Z", each["DTSTAMP"])
        times = [each.get(name) for name in ("DTSTART", "DTEND") if name in each]
        days = [each.get(f"{name};VALUE=DATE") for name in ("DTSTART", "DTEND") if f"{name};VALUE=DATE" in each]
        assert bool(times) != bool(days)
        assert all(re.fullmatch(r"\d{8}T\d{6}Z", str(time)) for time in times)
        assert all(re.fullmatch(r"\d{8}", str(day)) for day in days)
        assert [*times, *days] == sorted({*times, *days}, key=str)  # 3.6.1: it ends after it starts
        for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
            assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", each.get(name, "")), each  # 3.3.11: escaped in texts
            assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", each.get(name, "")), each
    return found


def read(text: str) -> str:
    """Return a text as it was before it was escaped."""
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], text)


@pytest.fixture
def library(folder: Folder) -> Folder:
    """Return a site with dates that readers see, and others that they do not."""
    folder.write("storysite.yml", SETTINGS)
    folder.post(
        "2026-11-02-a",
        id="01JD8TA",
        title="Maker night",
        event="{start: 2026-12-05T18:00, end: 2026-12-05T20:00, place: Library}",
    )
    folder.post("2026-11-02-a.es", id="01JD8TA-es", title="Noche", event="{start: 2026-12-05T18:00}")
    folder.post("2026-11-03-b", id="01JD8TB", title="Book fair", event="{start: 2026-12-07, end: 2026-12-11}")
    folder.post("2026-11-04-c", id="01JD8TC", title="Ten hands", ask="{what: volunteers, by: 2026-12-01}")
    for number, header in enumerate(
        (
            {"draft": "true"},
            {"private": "true"},
            {"unlisted": "true"},
            {"expires": "2026-11-20"},
            {"date": "2026-11-30"},
        )
    ):
        folder.post(f"2026-11-1{number}-hidden", id=f"h{number}", title="Hidden", event="2026-12-08 18:00", **header)
    return folder


def test_the_calendar_holds_what_readers_see(library: Folder) -> None:
    """No drafts, scheduled, private, unlisted or expired stories, and each story once, in the language of the site."""
    library.build()
    found = entries((library.site / "calendar.ics").read_bytes())
    assert [(each["UID"], each["SUMMARY"]) for each in found] == [
        ("01JD8TC-ask", "Last day: Ten hands"),
        ("01JD8TA", "Maker night"),
        ("01JD8TB", "Book fair"),
    ]
    hands, night, fair = found
    assert (night["DTSTART"], night["DTEND"], night["LOCATION"]) == ("20261206T000000Z", "20261206T020000Z", "Library")
    assert night["URL"] == "https://library.example.org/stories/2026/11/a/"
    assert (fair["DTSTART;VALUE=DATE"], fair["DTEND;VALUE=DATE"]) == ("20261207", "20261212")
    assert (hands["DTSTART;VALUE=DATE"], hands["DTEND;VALUE=DATE"]) == ("20261201", "20261202")
    assert read(hands["DESCRIPTION"]) == "volunteers https://library.example.org/stories/2026/11/c/"
    calendar = (library.site / "calendar.ics").read_bytes()
    library.build(drafts=True, future=True, output=library.path / "other", cache=library.path / "memory")
    assert (library.path / "other/calendar.ics").read_bytes() == calendar


def test_the_subscribe_page_says_how_to_follow_it(library: Folder) -> None:
    """In both themes; where there is nothing in it, there is neither a calendar nor a word of it."""
    for theme in ("default", "gazette"):
        library.write("storysite.yml", f"{SETTINGS}theme: {theme}\n")
        library.build()
        page = library.page("subscribe/index.html")
        assert "<code>https://library.example.org/stories/calendar.ics</code>" in page
        assert 'href="../calendar.ics"' in page
    for file in (library.path / "content/posts").glob("*.md"):
        if "hidden" not in file.name:
            file.unlink()
    library.post("2026-11-20-plain", id="plain")
    library.build()
    assert "calendar" not in library.page("subscribe/index.html")
    assert "calendar.ics" not in library.routes()


def test_an_edit_makes_the_calendar_again_only_if_it_shows_it(library: Folder, tmp_path: Path) -> None:
    """A new hour does, a new text does not, and the day on which it is built is none of it."""
    library.build()
    before = (library.site / "calendar.ics").read_bytes()
    file = library.path / "content/posts/2026-11-02-a.md"
    file.write_text(file.read_text("utf-8").replace("Text.", "Another text."), "utf-8")
    assert "calendar.ics" not in {job.page.url for job in library.build().work.render}
    assert "calendar.ics" not in {job.page.url for job in library.build(now=NOW.replace(hour=23)).work.render}
    file.write_text(file.read_text("utf-8").replace("T18:00", "T17:00"), "utf-8")
    assert "calendar.ics" in {job.page.url for job in library.build().work.render}
    assert (library.site / "calendar.ics").read_bytes() != before
    assert tree(library.site) == library.clean(tmp_path / "clean")


HOSTILE = [
    "plain",
    "a, b; c: d\\e\\n",
    "x" * 300,
    "é" * 200,
    "读书🎉" * 60,
    "👩‍👩‍👧‍👦" * 30,
    "quote \" and ' and <b>",
    "line\nbreak\r\nand\ttab",
    "\x00\x07\x1b[2J\u2028\u2029\u0085",
    "BEGIN:VEVENT\r\nUID:evil",
    "\ud800 lone",
    "{{ code }} %(what)s 100%",
    " ",
    "\\",
    "مكتبة \u200fالمدرسة",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_text_says_the_calendar_is_one(text: str) -> None:
    """It ends no line, begins no entry, and is read as it was written."""
    entry = CalendarEntry("id", text, whole_day(date(2026, 12, 5)), whole=True, place=text, url="a b/é,;/", note=text)
    (found,) = entries(calendar_text(text, [entry], "https://example.org/"))
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+", " ", text).split())
    assert " ".join(read(found.get("SUMMARY", "")).split()) == plain
    assert found["URL"] == "https://example.org/a%20b/%C3%A9,;/"


def test_a_calendar_with_a_bare_date_is_all_day_on_the_page_too(library: Folder) -> None:
    """And is at no hour, whatever the publish time is."""
    library.build()
    page = library.page("2026/11/b/index.html")
    assert "AM" not in re.findall(r'class="box event">(.*?)</p>', page, re.DOTALL)[0]
