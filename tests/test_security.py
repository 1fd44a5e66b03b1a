"""Nothing that a post, a theme or a link says reaches beyond the site's folder, or into a reader's browser as code."""

import json
import re
import shutil
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from storysite.errors import ProblemsFound, StorysiteError
from tests.folder import Folder, tree
from tests.test_sites import THEME

SECRET = "SECRET-4711"
PATH = "content/posts/2026-11-20-robots.md"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><script>alert(2)</script>',
    "'><img src=x onerror=alert(3)>",
    "</title><script>alert(4)</script>",
    "]]><script>alert(5)</script>",
    "</script><script>alert(6)</script>",
    "<!--<script>alert(7)</script>-->",
    '" onmouseover="alert(8)" x="',
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt;alert(9)&lt;/script&gt;",
    "javascript:alert(10)",
]


@pytest.fixture
def shelf(folder: Folder) -> Folder:
    """Return a site with one story, and a secret in the folder above it."""
    folder.write("storysite.yml", "title: Our story shelf\nbase_url: https://library.example.org/stories\n")
    folder.post("2026-11-20-robots", id="robots", title="Robots")
    (folder.path.parent / "secret.html").write_text(SECRET, "utf-8")
    (folder.path.parent / "secrets").mkdir()
    (folder.path.parent / "secrets" / "secret.md").write_text(f"---\ntitle: {SECRET}\n---\n{SECRET}", "utf-8")
    return folder


def refusal(folder: Folder) -> StorysiteError:
    """Return the error with which a build ends; nothing is written."""
    before = tree(folder.site) if folder.site.exists() else {}
    with pytest.raises(StorysiteError) as caught:
        folder.build()
    assert (tree(folder.site) if folder.site.exists() else {}) == before
    return caught.value


def leaks(folder: Folder) -> list[str]:
    """Return the routes of the output that hold the secret, in their bytes or their names."""
    files = tree(folder.site)
    return [route for route, text in files.items() if SECRET.encode() in text or "secret" in route.lower()]


# -- templates --


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__']['__mro__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ site.__init__.__globals__ }}",
        "{{ post.__class__.__init__ }}",
        "{{ post.moment.__reduce__() }}",
        "{{ post.__struct_config__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ ('{0.__class__}' | string).format(post) }}",
        "{{ '%s' | format(post.__class__) }}",
        "{{ [].append(1) }}",
        "{{ dict(a=1).update(b=2) }}",
        "{{ site.settings.clear() }}",
        "{{ range(10000000) | list }}",
    ],
)
def test_a_template_cannot_reach_behind_its_values(code: str, shelf: Folder) -> None:
    """Whatever leads from a value to Python, changes a value or never ends is an error at its line."""
    shelf.write("templates/post.html", f"<!doctype html>\n<p>{code}</p>\n")
    error = refusal(shelf)
    problem = error.problems[0]
    assert (problem.path, problem.line, problem.code) == ("templates/post.html", 2, "template")
    assert PATH in problem.what
    assert problem.excerpt == f"<p>{code}</p>"
    assert "<class" not in problem.what.replace("<class 'str'>", "")


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../secret.html", "../../secret.html", "parts/../../../secret.html", "..\\secret.html"]
)
@pytest.mark.parametrize("how", ["include", "extends", "import"])
def test_a_template_cannot_take_in_a_file_from_elsewhere(how: str, name: str, shelf: Folder) -> None:
    """A name that leads out of the template folders is a template that does not exist, whatever asks for it.

    The name is put together, so that it is first known when the page is made.
    """
    ending = " as x" if how == "import" else ""
    shelf.write("templates/post.html", f'<!doctype html>\n{{% {how} {json.dumps(name)} ~ ""{ending} %}}\n')
    error = refusal(shelf)
    problem = error.problems[0]
    assert (problem.path, problem.line, problem.code) == ("templates/post.html", 2, "template")
    assert "which does not exist" in problem.what
    assert SECRET not in str(error)
    assert "root:" not in str(error)


def test_a_template_that_may_be_missing_is_not_taken_from_elsewhere(shelf: Folder) -> None:
    """With `ignore missing` a name that leads outside gives nothing."""
    shelf.write("templates/post.html", '{% include "../../secret.html" ~ "" ignore missing %}{{ post.title }}')
    shelf.build()
    assert shelf.page("2026/11/robots/index.html") == "Robots"


@pytest.mark.parametrize(
    "code",
    ["{{ psot.title }}", "{{ post.titel }}", "{{ site.index.posts }}", "{{ post | shout }}", "{{ data.nothing.here }}"],
)
def test_an_unknown_name_is_an_error_at_its_line(code: str, shelf: Folder) -> None:
    """Nothing undefined is ever printed as nothing: the template's line and the page that was made are named."""
    shelf.write("templates/post.html", f"<!doctype html>\n<p>\n{code}</p>\n")
    problem = refusal(shelf).problems[0]
    assert (problem.path, problem.line, problem.code) == ("templates/post.html", 3, "template")
    assert problem.excerpt == f"{code}</p>"
    assert PATH in problem.what or "shout" in problem.what


def test_a_fault_in_a_part_is_told_at_the_parts_own_line(shelf: Folder) -> None:
    """A macro in another file is blamed there, with the page for which it was called."""
    shelf.write("templates/parts/mine.html", "{% macro line(post) %}\n{{ post.titel }}\n{% endmacro %}\n")
    shelf.write("templates/post.html", '{% from "parts/mine.html" import line %}\n{{ line(post) }}\n')
    problem = refusal(shelf).problems[0]
    assert (problem.path, problem.line) == ("templates/parts/mine.html", 2)
    assert PATH in problem.what


@pytest.mark.parametrize("name", ["templates/assets/secret.css", "templates/post.html"])
def test_a_link_among_the_templates_does_not_lead_outside(name: str, shelf: Folder) -> None:
    """A theme that was copied from somewhere brings no file of this computer's onto the site."""
    (shelf.path / name).parent.mkdir(parents=True)
    (shelf.path / name).symlink_to(shelf.path.parent / "secret.html")
    with suppress(StorysiteError):
        shelf.build()
    assert leaks(shelf) == []


# -- addresses --

OUTSIDE = [
    "../escaped", "/../escaped/", "/a/../../escaped/", "..", "/..", "/./../escaped", "....//escaped", "..\\escaped",
    "C:\\escaped", "C:/escaped", "\\\\host\\share", "a\\..\\..\\escaped", "/etc/../escaped",
    "https://example.org/../escaped", "//example.org/../x", "/.git/config", "/.storysite-manifest",
    "/escaped\0.html", "/%2e%2e/escaped/", "~/escaped", "/a/" + "x" * 300 + "/", "/con:/", "file:///etc/passwd",
    "/a?b/", "/<script>/", "/.htaccess", "   ", "/", ".", "#", "?",
]  # fmt: skip


@pytest.mark.parametrize("key", ["permalink", "slug", "aliases"])
def test_no_address_leads_out_of_the_output(key: str, shelf: Folder) -> None:
    """However a post asks for it, nothing is written outside the output, nor under a name that systems refuse."""
    shutil.copytree(THEME, shelf.path / "themes" / "default")
    shelf.build()
    before = around(shelf)
    for number, address in enumerate(OUTSIDE):
        written = address.replace("\\", "\\\\").replace("\0", "\\0")
        file = shelf.post("2026-11-21-hostile", id="hostile", title=f"Story {number}", **{key: f'"{written}"'})
        with suppress(ProblemsFound):
            shelf.build()
        for route in shelf.routes():
            assert (shelf.site / route).resolve().is_relative_to(shelf.site.resolve()), address
            assert not any(part.startswith(".") for part in route.split("/")), address
            assert not re.search(r'[\\:<>"|?*\x00-\x1f]', route), address
        file.unlink()
    assert around(shelf) == before


def around(folder: Folder) -> dict[str, bytes]:
    """Return every file around the output: the sources, and what lies above them."""
    return {
        name: text for name, text in tree(folder.path.parent).items() if not re.search("/(_site|.storysite)/", name)
    }


@pytest.mark.parametrize("field", ["tags", "series", "author", "category", "audience"])
def test_no_group_leads_out_of_the_output(field: str, shelf: Folder) -> None:
    """Groups that are called like folders above or files of the system get a safe address of their own."""
    for number, name in enumerate(
        ["../../escaped", "..", "/etc/passwd", "C:\\x", "a\\u0000b", ".", "con", "page", "index.html", "feed.xml"]
    ):
        shelf.post(
            f"2026-11-0{number % 9 + 1}-group-{number}",
            id=f"group-{number}",
            **{field: '"' + name.replace("\\x", "\\\\x") + '"'},
        )
    shelf.build()
    assert not (shelf.path.parent / "escaped").exists()
    for route in shelf.routes():
        assert re.fullmatch(r"[\w/.-]+", route), route
        assert ".." not in route


@pytest.mark.parametrize(
    "target", ["../../../secret.html", "/../secret.html", "../../secrets/secret.md", "..%2f..%2f..%2fsecret.html",
    "/etc/passwd", "file:///etc/passwd", "../../storysite.yml", "/storysite.yml", "../../.storysite/cache.sqlite",
    "../../../../../../etc/passwd"]
)  # fmt: skip
def test_no_picture_or_link_brings_a_file_from_elsewhere(target: str, shelf: Folder) -> None:
    """Only files in content/ and static/ can be named; settings, memory and everything above stay where they are."""
    shelf.post(
        "2026-11-20-robots",
        f"![]({target}) [x]({target})\n\n<img src='{target}' srcset='{target} 2x'>",
        image=target,
        id="robots",
    )
    shelf.build()
    copied = {
        route for route in shelf.routes() if route.startswith("media/") or "passwd" in route or "storysite" in route
    }
    assert copied == set()
    assert leaks(shelf) == []


@pytest.mark.parametrize("top", ["content/posts", "content/pages", "content", "static", "data"])
@pytest.mark.parametrize("what", ["secret.html", "secrets"])
def test_a_symbolic_link_to_a_place_outside_is_not_followed(what: str, top: str, shelf: Folder) -> None:
    """A link to a file or a folder outside the site brings nothing in, and is named in a warning."""
    (shelf.path / top).mkdir(parents=True, exist_ok=True)
    name = "linked.md" if what == "secret.html" else "linked"
    (shelf.path / top / name).symlink_to(shelf.path.parent / what)
    shelf.post(
        "2026-11-20-robots", f"[x](/{top.partition('/')[2]}/{name}) ![]({name}) [y](linked/secret.md)", id="robots"
    )
    built = shelf.build()
    assert (f"{top}/{name}", "link-outside") in {(problem.path, problem.code) for problem in built.problems}
    assert leaks(shelf) == []


@pytest.mark.parametrize("top", ["static", "data"])
def test_a_top_folder_that_is_a_link_to_a_place_outside_is_not_followed(top: str, shelf: Folder) -> None:
    """static/ itself may be a link; where it leads outside, what lies there stays private."""
    (shelf.path / top).symlink_to(shelf.path.parent / "secrets")
    built = shelf.build()
    assert (top, "link-outside") in {(problem.path, problem.code) for problem in built.problems}
    assert leaks(shelf) == []


def test_a_link_within_the_site_is_followed(shelf: Folder) -> None:
    """A folder of pictures may lie elsewhere in the site and be linked to from beside a post."""
    shelf.write("photos/robot.png", "robot")
    (shelf.path / "content/posts/photos").symlink_to(shelf.path / "photos")
    shelf.post("2026-11-20-robots", "![A robot](photos/robot.png)", id="robots")
    built = shelf.build()
    assert shelf.page("media/posts/photos/robot.png") == "robot"
    assert built.problems == []


def test_two_posts_may_link_to_one_folder(shelf: Folder) -> None:
    """Each of two links to the same folder is followed."""
    shelf.write("photos/robot.png", "robot")
    for name in ("one", "two"):
        shelf.post(f"2026-11-2{len(name)}-{name}/index", "![A robot](photos/robot.png)", id=name)
        (shelf.path / f"content/posts/2026-11-2{len(name)}-{name}/photos").symlink_to(shelf.path / "photos")
    built = shelf.build()
    assert built.problems == []


def test_links_that_lead_in_a_circle_come_to_an_end(shelf: Folder) -> None:
    """A folder that holds a link to the folder above it, and two that hold links to each other, are read once."""
    shelf.write("static/a/one.txt", "one")
    shelf.write("static/b/two.txt", "two")
    (shelf.path / "static/a/up").symlink_to(shelf.path / "static")
    (shelf.path / "static/a/b").symlink_to(shelf.path / "static/b")
    (shelf.path / "static/b/a").symlink_to(shelf.path / "static/a")
    shelf.build()
    assert {"a/one.txt", "b/two.txt"} <= shelf.routes()
    assert len(shelf.routes()) < 60


@pytest.mark.parametrize("route", ["index.html", "2026", "2026/11/robots", "assets"])
def test_a_link_in_the_output_is_not_written_through(route: str, shelf: Folder) -> None:
    """A link that somebody put where a page or a folder belongs stops the build; what it leads to is not changed."""
    victim = shelf.path.parent / "victim"
    victim.mkdir()
    (victim / "index.html").write_text("mine", "utf-8")
    shelf.write("_site/.storysite-manifest", "")
    link = shelf.site / route
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(victim / "index.html" if route.endswith(".html") else victim)
    error = refusal(shelf)
    assert {problem.code for problem in error.problems} == {"output-foreign"}
    assert tree(victim) == {"index.html": b"mine"}


def test_a_page_that_was_replaced_by_a_link_is_put_back(shelf: Folder) -> None:
    """A link in the place of a page that storysite wrote is replaced by the page; what it leads to stays."""
    shelf.build()
    victim = shelf.path.parent / "victim.html"
    victim.write_bytes((shelf.site / "index.html").read_bytes())
    before = victim.read_bytes()
    (shelf.site / "index.html").unlink()
    (shelf.site / "index.html").symlink_to(victim)
    shelf.post("2026-11-21-kites", id="kites", title="Kites")
    shelf.build()
    assert not (shelf.site / "index.html").is_symlink()
    assert "Kites" in shelf.page("index.html")
    assert victim.read_bytes() == before


def test_a_manifest_that_lies_deletes_nothing_outside(shelf: Folder) -> None:
    """Lines in the manifest that lead out of the output folder, through a link too, are not believed."""
    shelf.build()
    (shelf.path.parent / "victim").mkdir()
    (shelf.path.parent / "victim/file.txt").write_text("mine", "utf-8")
    (shelf.site / "linked").symlink_to(shelf.path.parent / "victim")
    manifest = shelf.site / ".storysite-manifest"
    lines = [
        "../storysite.yml",
        "/etc/hostname",
        "a/../../storysite.yml",
        str(shelf.path / "storysite.yml"),
        "./../../secret.html",
    ]
    manifest.write_text(manifest.read_text("utf-8") + "\n".join(lines) + "\n", "utf-8")
    before = tree(shelf.path.parent / "secrets"), (shelf.path / "storysite.yml").read_bytes()
    shelf.build()
    assert (tree(shelf.path.parent / "secrets"), (shelf.path / "storysite.yml").read_bytes()) == before
    assert (shelf.path.parent / "secret.html").exists()


def test_nothing_is_deleted_through_a_link(shelf: Folder) -> None:
    """A folder of ours that somebody replaced by a link to their own keeps their file, although it has our name."""
    shelf.build()
    victim = shelf.path.parent / "victim"
    (shelf.site / "2026/11/robots").rename(victim)
    (shelf.site / "2026/11/robots").symlink_to(victim)
    (shelf.path / PATH).unlink()
    shelf.build()
    assert (victim / "index.html").exists()


# -- what readers' browsers get --


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a built site whose every text is hostile."""
    folder = Folder(tmp_path_factory.mktemp("hostile") / "our-stories")
    folder.write("storysite.yml", "".join(
        f"{key}: {json.dumps(text)}\n" for key, text in zip(
            ("title", "tagline", "school", "author", "contact", "promise"), HOSTILE, strict=False)
    ) + "base_url: https://library.example.org/stories\n")  # fmt: skip
    for number, text in enumerate(HOSTILE):
        said = json.dumps(text)
        header: dict[str, object] = dict.fromkeys(
            (
                "title",
                "summary",
                "series",
                "image_alt",
                "thanks_to",
                "audience",
                "grades",
                "standards",
                "categories",
                "note",
            ),
            said,
        )
        header |= {
            "id": json.dumps(f"{number}{text}"),
            "tags": f"[{said}]",
            "authors": f"[{said}]",
            "image": "robot.png",
            "kind": ("victory", "ask", "event")[number % 3],
            "impact": f"[{{metric: {said}, value: 84, compare: 61, period: {said}, source: {said}, label: {said}}}]",
            "quote": f"{{text: {said}, by: {said}}}",
            "people": f"[{{name: {said}, role: {said}}}]",
            "photos": f"[{{src: robot.png, alt: {said}, caption: {said}, credit: {said}}}]",
            "ask": f"{{what: {said}, goal: 12, url: {said}, outcome: {said if number % 2 else '~'}}}",
            "event": f"{{start: 2026-12-05T18:00, place: {said}}}",
            "translation": said,
            "follows_up": json.dumps(f"{number - 1}{HOSTILE[number - 1]}"),
        }
        folder.post(f"2026-11-{number + 1:02}-hostile-{number}", "Text.", **header)
        folder.write(
            f"content/pages/hostile-{number}.md",
            f"---\ntitle: {said}\nmenu: {number + 1}\naliases: /old-{number}/\n---\n\nText.\n",
        )
    folder.write("content/posts/robot.png", "picture")
    folder.build()
    return folder


def documents(folder: Folder) -> dict[str, LexborHTMLParser]:
    """Return every page of a site by its route, as a browser reads it."""
    return {route: LexborHTMLParser(folder.page(route)) for route in folder.routes() if route.endswith(".html")}


def attributes(page: LexborHTMLParser) -> list[tuple[LexborNode, str, str]]:
    """Return every attribute in a page with its element and value."""
    return [(node, name, value or "") for node in page.css("*") for name, value in node.attributes.items()]


def test_no_text_of_a_post_becomes_code_on_a_page(hostile: Folder) -> None:
    """No page has a script but the data for search engines, an event handler, or an address that runs code."""
    pages = documents(hostile)
    assert len(pages) > 100
    for route, page in pages.items():
        for script in page.css("script"):
            assert script.attributes.get("type") == "application/ld+json" or script.attributes.get("src"), route
        assert page.css("img[src='x'], iframe, object, embed, base") == [], route
        for _, name, value in attributes(page):
            assert not name.startswith("on"), route
            if value == "data:,":
                continue  # no picture for the browser's tab, so that it does not ask for one
            assert not re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE) or name in (
                "content",
                "alt",
                "title",
            ), route
            assert not (name in ("href", "src", "action") and value.lower().lstrip().startswith("javascript:")), route


def test_every_text_of_a_post_is_there_to_read(hostile: Folder) -> None:
    """Escaping loses nothing: each title is the words of its page's heading, letter for letter."""
    pages = documents(hostile)
    for number, text in enumerate(HOSTILE):
        said = text.replace("&lt;", "<").replace("&gt;", ">")  # entities of old exports are resolved
        page = pages[f"2026/11/hostile-{number}/index.html"]
        headings = [" ".join(node.text().split()) for node in page.css("h1")]
        assert " ".join(said.split()) in headings
        titles = page.css("title")
        assert len([node for node in titles if node.parent and node.parent.tag == "head"]) == 1
        assert said in titles[0].text()
        assert said in pages[f"hostile-{number}/index.html"].css("title")[0].text()
        moved = pages[f"old-{number}/index.html"]
        assert said in (moved.body.text() if moved.body else "")


def test_attributes_hold_the_text_and_do_not_end_early(hostile: Folder) -> None:
    """The description of a page, and what pictures are called, are whole in their attributes."""
    pages = documents(hostile)
    for number, text in enumerate(HOSTILE):
        page = pages[f"2026/11/hostile-{number}/index.html"]
        values = {value for _, _, value in attributes(page)}
        said = text.replace("&lt;", "<").replace("&gt;", ">")
        title = page.css_first("meta[property='og:title']")
        assert title is None or title.attributes["content"] == said
        assert said in values, number


def test_data_for_search_engines_is_json_that_ends_where_it_should(hostile: Folder) -> None:
    """Each block can be parsed, and a title with `</script>` in it is in there whole."""
    found: set[str] = set()
    for page in documents(hostile).values():
        for script in page.css("script[type='application/ld+json']"):
            data = json.loads(script.text())
            found.add(data.get("headline", ""))
    if found:
        assert {text.replace("&lt;", "<").replace("&gt;", ">") for text in HOSTILE} <= found


def test_feeds_and_sitemap_hold_the_text_as_text(hostile: Folder) -> None:
    """No title adds an element to a feed: each has the elements it has for plain titles, and all can be parsed."""
    said = [text.replace("&lt;", "<").replace("&gt;", ">") for text in HOSTILE][::-1]
    rss = ElementTree.fromstring(hostile.page("feed.xml"))
    assert [item.findtext("title") for item in rss.iter("item")] == said
    atom = ElementTree.fromstring(hostile.page("atom.xml"))
    assert [title.text for title in atom.findall("{*}entry/{*}title")] == said
    assert [entry["title"] for entry in json.loads(hostile.page("feed.json"))["items"]] == said
    for route in hostile.routes():
        if route.endswith(".xml"):
            names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(hostile.page(route)).iter()}
            assert not names & {"script", "img", "x"}, route
    assert "\u2028" not in hostile.page("feed.json")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "&#106;avascript:alert(1)", "javascript&colon;alert(1)", "vbscript:x", "&#1;javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "//evil.example/x.js"]
)  # fmt: skip
@pytest.mark.parametrize(
    "form", ["[x](<{}>)", '<a href="{}">x</a>', "![x](<{}>)", '<a href="{}" target="_blank">x</a>']
)
def test_a_link_in_a_post_never_runs_code(form: str, address: str, shelf: Folder) -> None:
    """An address that a browser would run is no link any more, in any spelling that browsers forgive."""
    shelf.post("2026-11-20-robots", form.format(address), id="robots")
    shelf.build()
    for html in (
        shelf.page("2026/11/robots/index.html"),
        ElementTree.fromstring(shelf.page("feed.xml")).findtext(".//item/{*}encoded"),
    ):
        for _, name, value in attributes(LexborHTMLParser(html or "")):
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            assert name not in ("href", "src") or not plain.startswith(("javascript:", "vbscript:", "data:text")), value


def test_settings_are_text_and_build_nothing(folder: Folder) -> None:
    """A tag that asks YAML for a Python object is only text, in settings, front matter and data."""
    mark = folder.path / "made-by-yaml"
    code = f'!!python/object/apply:os.system ["touch {mark}"]'
    folder.write("storysite.yml", f"title: Ours\ntheme_settings: {{a: {code}}}\n")
    folder.write("data/x.yml", f"a: {code}\n")
    folder.post("2026-11-20-robots", id="robots", extra=code)
    folder.build()
    assert not mark.exists()


def test_ten_lines_that_stand_for_a_million_values_are_refused(folder: Folder) -> None:
    """Repetitions of repetitions are counted before they are unfolded, in front matter, settings and data alike."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    folder.write("content/posts/2026-11-20-bomb.md", f"---\n{bomb}---\n")
    folder.write("data/bomb.yml", bomb)
    with pytest.raises(StorysiteError) as caught:
        folder.build()
    assert {problem.code for problem in caught.value.problems} >= {"header-too-large", "data-broken"}
    folder.write("storysite.yml", bomb)
    with pytest.raises(StorysiteError):
        folder.build()


def test_the_memory_is_no_place_for_code() -> None:
    """Nothing in the package reads pickles, evaluates text, or asks a shell."""
    package = Path(__file__).parent.parent / "storysite"
    for file in package.rglob("*.py"):
        text = file.read_text("utf-8")
        assert not re.search(
            r"\bpickle\b(?!able)|\beval\(|\bexec\(|shell=True|os\.system|yaml\.load\(|yaml\.unsafe", text
        ), file.name
