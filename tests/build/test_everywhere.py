"""A site works wherever it is put, and is the same from whatever computer it comes."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from storysite.model.windows_names import LONGEST_PATH, forbidden_on_windows
from storysite.problems import Severity
from tests.folder import ICON, Folder, tree
from tests.pages_stand_in import Pages
from tests.reader import Shelf

OWN = "https://cottonwood.example.org/stories"
"""The address of the sample archive in its settings."""
NFC, NFD = "caf\u00e9", "cafe\u0301"


def addresses_in(page: str) -> Iterator[str]:
    """Yield every address that a page names: links, pictures in all their sizes, scripts and styles."""
    for node in LexborHTMLParser(page).css("[href], [src], [poster], [srcset]"):
        yield from filter(None, map(node.attributes.get, ("href", "src", "poster")))
        for choice in (node.attributes.get("srcset") or "").split(","):
            if choice.strip():
                yield choice.split()[0]


def crawled(pages: Pages, own: str) -> tuple[set[str], set[str]]:
    """Return the addresses that are reached from the home page and from 404.html, and those that lead to nothing.

    Addresses in full below `own`, which stand in feeds and in heads, are those of the site.
    """
    home = f"https://host.example{pages.prefix}/"
    lost = f"{home}no/such/page"
    waiting, seen, broken = [home, lost, home + "sitemap.xml", home + "feed.xml"], set[str](), set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = pages.get(address)
        if answer.status != (404 if address == lost else 200):
            broken.add(address)
            continue
        if answer.kind.startswith("text/html"):
            found = list(addresses_in(answer.body.decode()))
        elif answer.kind.startswith("text/css"):
            found = re.findall(r"url\(['\"]?([^'\")]+)", answer.body.decode())
        elif "xml" in answer.kind:
            found = re.findall(r"<(?:loc|link)>([^<]+)", answer.body.decode())
        else:
            continue
        for each in found:
            if each == own or each.startswith(own + "/"):
                each = home + each[len(own) + 1 :]  # noqa: PLW2901 -- the same, as it is here
            whole = urljoin(address, each).split("#")[0].split("?")[0]
            if whole.startswith("https://host.example/"):
                waiting.append(whole)
    return seen, broken


def test_every_link_of_the_sample_archive_resolves_on_github_pages(sample: Callable[[str], Shelf]) -> None:
    """Below the path of a repository: each with status 200 at once, without a redirect; also those of a lost reader."""
    site = sample("default").folder.site
    seen, broken = crawled(Pages(site, "/stories", hidden=True), OWN)
    assert broken == set()
    reached = {unquote(urlsplit(each).path).removeprefix("/stories/") for each in seen}
    pages = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    unreached = {page for page in pages if not {page, page.removesuffix("index.html")} & reached}
    assert all(page == "404.html" or _is_for_few(site / page) for page in unreached), sorted(unreached)


def test_the_same_files_work_at_the_root_and_deep_below_it(sample: Callable[[str], Shelf]) -> None:
    """All but the page for lost readers, which is shown at any depth and so has to know where it is."""
    site = sample("default").folder.site
    for prefix in ("", "/a/b/c"):
        broken = {
            each for each in crawled(Pages(site, prefix, hidden=True), OWN)[1] if not each.endswith("/no/such/page")
        }
        inside = {each for each in broken if "/stories" not in urlsplit(each).path.removeprefix(prefix)}
        assert inside == set()


def test_the_same_files_work_from_a_memory_stick(sample: Callable[[str], Shelf]) -> None:
    """Opened by a double-click: a link names a file, for a folder would be listed and not opened."""
    site = sample("default").folder.site
    wrong = set()
    for file in site.rglob("*.html"):
        if file.name == "404.html":
            continue
        for address in addresses_in(file.read_text("utf-8")):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = (file.parent / unquote(parts.path)).resolve()
            if parts.path.startswith("/") or not target.is_file():
                wrong.add(f"{file.relative_to(site)}: {address}")
    assert wrong == set()


def test_no_name_of_the_sample_is_one_that_some_system_cannot_have(sample: Callable[[str], Shelf]) -> None:
    """Nor do two differ only in what Windows and Macs do not tell apart, nor are there links of the system."""
    site = sample("default").folder.site
    routes = [file.relative_to(site).as_posix() for file in site.rglob("*")]
    assert [route for route in routes if forbidden_on_windows(route)] == []
    assert len({normalize("NFC", route).casefold() for route in routes}) == len(routes)
    assert not [file for file in site.rglob("*") if file.is_symlink()]


@pytest.mark.parametrize(
    ("own", "prefix"),
    [
        ("https://lincoln.github.io/stories", "/stories"),
        ("https://lincoln.github.io", ""),
        ("https://library.lincoln.example", ""),
        ("https://lincoln.example/schools/library/", "/schools/library"),
    ],
    ids=["a repository", "a user's own", "a domain", "a folder of a district"],
)
def test_a_site_that_knows_its_address_is_whole_there(own: str, prefix: str, folder: Folder) -> None:
    """The page for lost readers included, however deep they are lost; files for servers are there if they are sent."""
    folder.write("storysite.yml", f"base_url: {own}\n")
    folder.post("2026-11-20-a", "![x](a.ico) [b](2026-11-21-b.md)", id="a", tags="[Robots]", aliases="[/old.html]")
    folder.post("2026-11-21-b", "[top](/) [a](/2026/11/a/)", id="b")
    folder.write("content/posts/a.ico", ICON)
    folder.write("static/.well-known/security.txt", "Contact: mailto:a@example.org\n")
    folder.build()
    shown, bare = (Pages(folder.site, prefix, hidden=hidden) for hidden in (True, False))
    seen, broken = crawled(shown, own.rstrip("/"))
    assert broken == set()
    assert len(seen) > 20
    assert shown.get(f"{prefix}/2026/11/a").location == f"{prefix}/2026/11/a/"
    assert shown.get(f"{prefix}/2026/11/A/").status == 404
    assert shown.get(f"{prefix}/old.html").status == 200
    assert shown.get(f"{prefix}/.well-known/security.txt").status == 200
    assert bare.get(f"{prefix}/.well-known/security.txt").status == 404


def _is_for_few(page: Path) -> bool:
    """Return whether a page is an old address, which nobody links to, or one that asks not to be found."""
    return re.search(r'http-equiv="?refresh|name="?robots"? content="?noindex', page.read_text("utf-8")) is not None


def whole_site(folder: Folder) -> None:
    """Write one of each kind of text file that is read."""
    folder.write(
        "storysite.yml",
        "title: Shelf\nbase_url: https://library.example.org\nmarkdown:\n  engine: python-markdown\n",
    )
    folder.post(
        "2026-11-20-a",
        "One\ntwo  \nthree\n\n```\ncode\n\nmore\n```\n\n- a\n- b\n\n> c\n> d\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        id="a",
        summary="|\n  Two\n  lines",
    )
    folder.write(
        "content/posts/2026-11-21-b.md", "+++\ntitle = 'B'\nsummary = '''\nx\ny'''\n+++\nText\n<div>\nhtml\n</div>\n"
    )
    folder.write("content/posts/2026-11-22-c.html", "---\ntitle: C\n---\n<p>a\nb</p>\n<pre>\n1\n2\n</pre>\n")
    folder.write("content/pages/about.md", "# About\n\nText.\n")
    folder.write("data/hours.csv", 'day,open\nMonday,"8\n9"\n')
    folder.write("data/staff.yml", "- name: A\n  about: |\n    one\n    two\n")
    folder.write("data/more.json", '{\n  "a": "b"\n}\n')
    folder.write(
        "templates/page.html",
        '{% extends "default:page.html" %}\n{% block main %}\n<p>\n{{ page.title }}</p>\n'
        '<link rel="stylesheet" href="{{ assets["own.css"] | url }}">\n{% endblock %}\n',
    )
    folder.write("templates/assets/own.css", "a {\n  color: #000;\n}\n")
    folder.write("static/robots-note.txt", "a\nb\n")


def test_a_checkout_with_the_line_ends_of_windows_gives_the_same_pages(tmp_path: Path) -> None:
    """Byte for byte, and with the same problems in the same lines.

    What is copied as it is, in static/ and among a theme's own files, keeps its line ends; that is for .gitattributes.
    """
    unix, windows = Folder(tmp_path / "unix"), Folder(tmp_path / "windows")
    for folder in (unix, windows):
        whole_site(folder)
    for file in windows.path.rglob("*"):
        if file.is_file() and file.suffix not in (".css", ".txt"):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    told = [
        [(each.path, each.line, each.what) for each in folder.build().result.problems] for folder in (unix, windows)
    ]
    assert told[0] == told[1]
    first, second = tree(unix.site), tree(windows.site)
    assert first.keys() == second.keys()
    assert [route for route in first if first[route] != second[route]] == []


@pytest.mark.parametrize(("lies", "written"), [(NFC, NFD), (NFD, NFC)], ids=["written on a Mac", "lies on a Mac"])
def test_names_with_accents_are_found_however_they_are_stored(lies: str, written: str, folder: Folder) -> None:
    """A Mac keeps the accent apart from its letter, and a text that is typed elsewhere does not."""
    folder.write("storysite.yml", "base_url: https://library.example.org\n")
    folder.post(f"2026-11-20-{lies}", "Text.", id="a", title="A")
    folder.write(f"content/posts/{lies}.ico", ICON)
    folder.write(f"static/{lies}/plan.txt", "plan")
    links = f"[a](2026-11-20-{written}.md) [b](/{written}/plan.txt) [c](../posts/2026-11-20-{written}.md#x) ![d]({written}.ico)"
    folder.post("2026-11-21-b", links, id="b", title="B")
    built = folder.build()
    assert [each.what for each in built.result.problems if each.code.startswith(("link", "picture"))] == []
    seen, broken = crawled(Pages(folder.site, ""), "https://library.example.org")
    assert broken == set()
    assert any(normalize("NFC", unquote(each)).endswith("/café/plan.txt") for each in seen)


def test_the_address_of_a_post_does_not_depend_on_how_accents_are_stored(tmp_path: Path) -> None:
    """A post that is copied from a Mac to another computer stays where it was."""
    routes: list[set[str]] = []
    for name in (NFC, NFD, "東京が", normalize("NFD", "東京が")):
        folder = Folder(tmp_path / f"site-{len(routes)}")
        folder.post(f"2026-11-20-{name}", id="a", title="A", tags=f"[{name}]")
        folder.build()
        routes.append(folder.routes())
    assert routes[0] == routes[1]
    assert routes[2] == routes[3]


@pytest.mark.parametrize("name", ["con", "aux", "nul.html", "Com1", "lpt9", "prn"])
def test_no_page_gets_a_name_that_windows_cannot_have(name: str, folder: Folder) -> None:
    """Whatever is called so: a post, a page, a tag, an author, an old address."""
    folder.write("storysite.yml", "base_url: https://library.example.org\npost_url: /{slug}/\n")
    stem = name.partition(".")[0]
    folder.post(
        "2026-11-20-a",
        id="a",
        slug=stem,
        title=name,
        tags=f"[{stem}]",
        author=stem,
        series=stem,
        aliases=f"[/{name}/x.html, /old/{name}]",
    )
    folder.post("2026-11-21-b", id="b", permalink=f"/{name}")
    folder.post(f"2026-11-22-{stem}", id="c")
    folder.write(f"content/pages/{stem}-page/{stem}x.md", f"# {name}\n")
    folder.build()
    assert [route for route in folder.routes() if forbidden_on_windows(route)] == []


@pytest.mark.parametrize("name", ["why?.txt", "a:b.txt", "aux.txt", "photos./a.txt", "a" * LONGEST_PATH + ".txt"])
def test_a_file_that_windows_cannot_have_is_told_of(name: str, folder: Folder) -> None:
    """Once, and the site is built."""
    folder.post("2026-11-20-a", id="a")
    folder.write(f"static/{name}", "1")
    problems = [each for each in folder.build().result.problems if each.code == "name-windows"]
    assert [(each.severity, each.path.startswith("static/")) for each in problems] == [(Severity.WARNING, True)]


def test_names_that_one_system_takes_for_the_same_are_no_surprise(folder: Folder) -> None:
    """Two pages whose addresses differ only so stop the build before one of them is lost on a Mac or on Windows."""
    folder.post("2026-11-20-a", id="a", permalink="/Robots/")
    folder.post("2026-11-21-b", id="b", permalink="/robots/")
    folder.post("2026-11-22-c", id="c", permalink=f'"/{NFC}/"')
    folder.post("2026-11-23-d", id="d", permalink=f'"/{NFD}/"')
    from storysite.errors import ProblemsFound

    with pytest.raises(ProblemsFound) as stopped:
        folder.build()
    assert [each.code for each in stopped.value.problems if each.severity is Severity.ERROR] == ["address-twice"] * 2


def test_a_site_without_links_of_the_system_is_built_where_there_are_none(folder: Folder, tmp_path: Path) -> None:
    """A copy of the output that follows no links, as an upload to GitHub Pages is, is the whole output."""
    folder.post("2026-11-20-a", "![x](a.ico)", id="a")
    folder.write("content/posts/a.ico", ICON)
    folder.build()
    copy = shutil.copytree(folder.site, tmp_path / "copy", symlinks=True)
    assert tree(copy) == tree(folder.site)
    assert not [file for file in copy.rglob("*") if file.is_symlink()]
