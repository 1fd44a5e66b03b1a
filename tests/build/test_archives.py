"""Archives as people leave them: each generator's habits, many languages, and what nobody meant to be published."""

import re
import unicodedata
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from storysite.build.result import Build
from storysite.errors import ProblemsFound
from storysite.problems import Severity, errors_in
from tests.folder import ICON, Folder

POSTS = "content/posts/"
HEADER = "---\ntitle: A\ndate: 2020-01-02\n---\n\n"
PAGE = "2020/01/a/index.html"


def codes(built: Build) -> set[str]:
    """Return the codes of the warnings of a build."""
    return {problem.code for problem in built.problems if problem.severity is Severity.WARNING}


def text_of(folder: Folder, route: str) -> str:
    """Return the HTML of the text of a story."""
    body = LexborHTMLParser(folder.page(route)).css_first(".text")
    assert body is not None
    return (body.inner_html or "").strip()


def broken_links(site: Path) -> set[str]:
    """Return all links and pictures of a site's pages that lead to no file of it."""
    broken = set()
    for file in site.rglob("*.html"):
        page = file.relative_to(site).as_posix()
        for node in LexborHTMLParser(file.read_text("utf-8")).css(":is([href], [src], [poster])"):
            for address in filter(None, map(node.attributes.get, ("href", "src", "poster"))):
                parts = urlsplit(address)
                target = unquote(urljoin("/" + page, parts.path)).lstrip("/")
                target += "index.html" if target.endswith("/") or not target else ""
                if not parts.scheme and parts.path and page != "404.html" and not (site / target).is_file():
                    broken.add(f"{page}: {address}")
    return broken


@pytest.mark.parametrize(
    ("name", "source", "url", "title", "day"),
    [
        ("_posts/2013-11-14-b.markdown", "---\ntitle: Jekyll\n---\n", "2013/11/b/", "Jekyll", "2013-11-14"),
        ("deep/_posts/2013/2013-11-14-b.html", "---\ntitle: HTML\n---\n<p>x", "2013/11/b/", "HTML", "2013-11-14"),
        ("b.md", "---\npermalink: /:categories/:year/:title.html\ndate: 2013-11-14 21:33 -0600\n---\n",
         "2013/b.html", "B", "2013-11-15"),
        ("b/index.md", "+++\ntitle = 'Hugo'\ndate = 2013-11-14\nurl = '/c/'\n+++\n", "c/", "Hugo", "2013-11-14"),
        ("b.md", '{"title": "JSON", "date": "2013-11-14T00:00:00Z"}\n', "2013/11/b/", "JSON", "2013-11-14"),
        ("b.md", "---json\n{\"title\": \"Eleventy\", \"date\": \"2013-11-14\"}\n---\nx",
         "2013/11/b/", "Eleventy", "2013-11-14"),
        ("b.md", "---js\n{\n  title: 'Object',\n  date: \"2013-11-14\",\n}\n---\nx",
         "2013/11/b/", "Object", "2013-11-14"),
        ("b.md", "---toml\ntitle = 'T'\ndate = 2013-11-14\n---\nx", "2013/11/b/", "T", "2013-11-14"),
        ("b.md", "Title: Pelican: yes\nDate: 2013-11-14 10:20\nUrl: x/y.html\n\nText\n",
         "x/y.html", "Pelican: yes", "2013-11-14"),
        ("b.md", "title: Hexo\ndate: 2013/11/4 10:00\n---\nText\n", "2013/11/b/", "Hexo", "2013-11-04"),
        ("b.md", "<!--\n.. title: Nikola\n.. slug: n\n.. date: 2013-11-14 23:00:00 UTC-03:00\n-->\n",
         "2013/11/n/", "Nikola", "2013-11-15"),
        ("b.md", "---\ntitle: &quot;WP&#8217;s&quot; Cache<KEY, VALUE>\ndate: 2013-11-14\nslug: '%e4%b8%ad'\n---\n",
         "2013/11/中/", "\"WP’s\" Cache<KEY, VALUE>", "2013-11-14"),
        ("2013-11-14-%e4%b8%ad.md", "---\ntitle: WP\ndate: 0000-00-00\n---\n", "2013/11/中/", "WP", "2013-11-14"),
        ("b.md", "---\r\ntitle: 'Decap''s'\r\ndate: '2013-11-14T00:00:00.000Z'\r\n---\r\n",
         "2013/11/b/", "Decap's", "2013-11-14"),
        ("Our 🎉 day 5f3a9c1e2b4d4e6f8a7b6c5d4e3f2a1b.md", "# 🎉 Our day\n", "our-day/", "🎉 Our day", ""),
        ("a%20b #1.md", "---\ndate: 2013-11-14\n---\n", "2013/11/a-b-1/", "A b #1", "2013-11-14"),
        ("2013-11-14 Été.md.txt", "---\ntitle: No\n---\n", "2013/11/ete/", "No", "2013-11-14"),
        ("What? no ending", "---\ntitle: 2013\ndate: 2013-11-14\n---\n",
         "2013/11/what-no-ending/", "2013", "2013-11-14"),
        ("b.md", "---\ntitle: “Smart: quotes”\ndate:\t2013-11-14\n---\n", "2013/11/b/", "Smart: quotes", "2013-11-14"),
        ("b.md", "---\ntitle: Größe\ndate: 2013-11-14\n---\n".encode("utf-16"), "2013/11/b/", "Größe", "2013-11-14"),
    ],
)  # fmt: skip
def test_a_post_of_any_origin_is_published(
    folder: Folder, name: str, source: str | bytes, url: str, title: str, day: str
) -> None:
    """Title, day and address are what the author of the file would expect, whichever program it was written for."""
    folder.write(POSTS + name, source)
    (post,) = folder.build().site.index.originals
    assert (url, title, day) == (post.url, post.title, str(post.date or ""))


@pytest.mark.parametrize(
    ("name", "header", "reason"),
    [
        ("2013-11-14-b.md", "published: false", "private"),
        ("2013-11-14-b.md", "status: private", "private"),
        ("2013-11-14-b.md", "status: draft", "draft"),
        ("_drafts/b.md", "title: Idea", "draft"),
        ("b.md", "date: 0000-00-00 00:00:00", "draft"),
        ("b.md", "title: {{ .Name }}\ndate: {{ .Date }}\ndraft: true", "draft"),
        ("b.md", "date: 2019-01-01\nexpiryDate: 2020-01-01", "expired"),
        ("b.md", "date: 2099-01-01", "scheduled"),
        ("_index.md", "title: Section", "skipped"),
        ("page.njk", "title: x", "skipped"),
        ("../pages/b.md", "published: false", "private"),
    ],
)
def test_what_is_not_meant_to_be_seen_is_named(folder: Folder, name: str, header: str, reason: str) -> None:
    """Drafts, old and future posts and foreign files stop no build, are not published, and are told of."""
    folder.write(POSTS + name, f"---\n{header}\n---\nText")
    built = folder.build()
    assert [reason] == [post.reason for post in built.hidden]
    assert not built.site.by_source
    assert "post-no-date" not in codes(built)


@pytest.mark.parametrize(
    ("source", "shown", "warned"),
    [
        ("{% highlight ruby linenos %}\n# no *heading*\n\n  x = 1\n{% endhighlight %}", "# no *heading*", ""),
        ("{{< highlight go >}}\n- a\n{{< /highlight >}}", "<code><span", ""),
        ("{% codeblock lang:js %}\nx **y**\n{% endcodeblock %}", "**", ""),
        ("    :::python\n    print(1)", '<span class="nb">print</span>', ""),
        ("```js title url\n**x**\n```", '<div class="highlight">', ""),
        ("```js/2/4\nlet x\n```", '<span class="kd">let</span>', ""),
        ("{% raw %}{{ x }}{% endraw %}", "<p>{{ x }}</p>", ""),
        ('{% include figure.html src="https://a.b/x.jpg" alt="A shelf" %}', '<img src="https://a.b/x.jpg"', "loaded-elsewhere"),
        ('Text\n{% include comments.html %}', "<p>Text</p>", "template-code"),
        ("Text\n{% endfor %}", "<p>Text</p>", ""),
        ('Text\n\n[gallery ids="1"]', "<p>Text</p>", "template-code"),
        ("* TOC\n{:toc}\n\n## B\n{: #x .y}\n\nText", '<h2 class="y" id="x">B</h2>', ""),
        ("|a|b|\n|-|-|\n|1|2|\n{: .table}\n\n{:.no_toc}\n## B", "<td>2</td>\n</tr>\n</tbody>", ""),
        ("{::comment}\nsecret\n{:/comment}\nText", "<p>Text</p>", ""),
        ("<!-- wp:paragraph -->\n<p>Text</p>\n<!-- /wp:paragraph -->", "<p>Text</p>", ""),
        ('[caption id="a"]<img src="https://a.b/c.jpg" alt="" /> Cat[/caption]', "<figcaption>Cat</figcaption>", "loaded-elsewhere"),
        ("One\\\ntwo", "<p>One<br>\ntwo</p>", ""),
        ("#hashtag\n\n##Old heading", "<p>#hashtag</p>", ""),
        ("> [!NOTE]\n> Text", '<div class="admonition note">', ""),
        ("<details>\n<summary>a</summary>\n\n**b** and\n\n- c\n\n</details>", "<strong>b</strong> and", ""),
        ("<div><p>open\n\n**b**", "<strong>b</strong>", ""),
        ("<div>\n\n    <p>**raw**</p>\n\n</div>", "    <p>**raw**</p>", ""),
        ("<script>\n\nlet a = '**b**'\n\n</script>", "", "html-changed"),
        ("## A\n\n<p id=a>b</p>", "<p>b</p>", ""),
    ],
)  # fmt: skip
def test_text_is_shown_as_its_author_saw_it(folder: Folder, source: str, shown: str, warned: str) -> None:
    """What other programs mean by their signs is kept; what would have to run is nothing, with a warning."""
    folder.write(POSTS + "a.md", HEADER + source)
    built = folder.build()
    text = text_of(folder, PAGE)
    assert shown in text
    assert not re.search(r"\{:|<!--|secret|[\x00-\x08]", text)
    assert codes(built) == ({warned} if warned else set())


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("[x](b c.md)", "b c.md"),
        ("[x](<b c.md>)", "b c.md"),
        ("[x](b%20c.md#part)", "b c.md"),
        ("[x](2013-11-14-b.md?x=1#y)", "2013-11-14-b.md"),
        ("[x](sub/b.md)", "sub/b.md"),
        ("[x](sub/b)", "sub/b/index.md"),
        ("[x]({% post_url 2013-11-14-b %})", "2013-11-14-b.markdown"),
        ("[x]({% link _posts/b.md %})", "b.md"),
        ('[x]({{< ref "/posts/b/index.md" >}})', "b/index.md"),
        ('[x]({{< relref "b" >}})', "b/index.md"),
        ("[x]({{ '/posts/b/' | url }})", "b.md"),
        ("[x]({filename}b.md)", "b.md"),
        ("[x](|filename|/b.md)", "b.md"),
        ("[[b c]]", "b c.md"),
        ("[[b c#A part|words]]", "b c.md"),
        ("[x](a%20b.md)", "a%20b.md"),
        (unicodedata.normalize("NFC", "[x](é.md)"), unicodedata.normalize("NFD", "é.md")),
        ("[x](图书馆.md)", "图书馆.md"),
        ("![x](my photo#1 ñ.jpg)", "my photo#1 ñ.jpg"),
        ("![x](<my photo#1 ñ.jpg>)", "my photo#1 ñ.jpg"),
        ("![x](images\\photo.jpg)", "images/photo.jpg"),
        ("![x](photo.jpg#center)", "photo.jpg"),
        ("![[photo.jpg|300]]", "photo.jpg"),
        ("![x]({attach}photo.jpg)", "photo.jpg"),
        ("![x](photo.jpg)", "a/photo.jpg"),
        ("<img alt=x src=photo.jpg srcset='photo.jpg 1x, photo.jpg 2x'>", "photo.jpg"),
        ("<video src=v.mp4 poster=v.mp4></video>", "v.mp4"),
        ('![x]({{ site.baseurl }}{{ "/pic 1.jpg" | relative_url }})', "../../static/pic 1.jpg"),
        ("![x]({static}/pic.jpg)", "../../static/pic.jpg"),
    ],
)
def test_a_link_finds_the_file_it_means(folder: Folder, link: str, file: str) -> None:
    """Posts, pictures and films are found by all the names that generators and systems give them."""
    folder.write(POSTS + "a.md", HEADER + link)
    post = "---\ntitle: B\ndate: 2020-01-03\n---\n\nText\n" if "." not in file or "m" in file[-4:] else "x"
    folder.write(POSTS + file, ICON if file.endswith("jpg") else post)
    built = folder.build()
    assert not codes(built) - {"photo-alt"}
    assert not broken_links(folder.site)


@pytest.mark.parametrize(
    "link",
    [
        "[x](../../../etc/passwd)",
        "![x](/etc/passwd)",
        "[x](..%2f..%2fstorysite.yml)",
        "[x](%00)",
        "[x](%1b[2J)",
        "[x](b.md)",
    ],
)
def test_a_link_to_nothing_is_a_plain_warning(folder: Folder, link: str) -> None:
    """Nothing outside the site's own files is ever found, and what is printed is fit for a terminal."""
    folder.write("storysite.yml", "title: A\n")
    folder.write(POSTS + "a.md", HEADER + link)
    built = folder.build()
    assert codes(built) <= {"link-missing", "picture-missing"}
    assert all(problem.what.isprintable() for problem in built.problems)


@pytest.mark.parametrize(
    "address", ["javascript:x", " JavaScript:x", "java&#9;script:x", "data:text/html,x", "vbscript:x"]
)
def test_no_link_runs_anything(folder: Folder, address: str) -> None:
    """A link that would run something leads nowhere."""
    folder.write(POSTS + "a.md", f'{HEADER}<a href="{address}">x</a>')
    folder.build()
    assert "<a>x</a>" in text_of(folder, PAGE)


@pytest.mark.parametrize(
    "permalink",
    [
        "/../../x/",
        "/..%2f..%2fx/",
        "/%2e%2e/x/",
        "'a\\..\\b'",
        "/.git/x",
        "/a\x7f?b",
        f"/{'x/' * 500}",
        f"/{'x' * 201}/",
        '"/a:b/"',
    ],
)
def test_no_permalink_leads_outside(folder: Folder, permalink: str) -> None:
    """An address that cannot be a file of the site is a short error, and nothing is written."""
    folder.write(POSTS + "a.md", f"---\ntitle: A\ndate: 2020-01-02\npermalink: {permalink}\n---\n")
    if "\x7f" in permalink:
        assert folder.build().site.index.originals[0].url == "a/"
        return
    with pytest.raises(ProblemsFound) as raised:
        folder.build()
    assert [problem.code for problem in errors_in(raised.value.problems)] == ["post-permalink"]
    assert max(len(problem.what) for problem in raised.value.problems) < 120
    assert not folder.site.exists()


HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    "</textarea>",
    "--> &amp;lt;",
    "😀\u202e",
    '\\"><img src=x onerror=y>',
    "..",
    "/",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_titles_tags_and_names_are_escaped(folder: Folder, words: str) -> None:
    """Whatever stands in front matter is text on every page and in every feed, and each has its address inside."""
    header = "\n".join(f'{key}: "{words}"' for key in ("author", "series", "summary", "image_alt"))
    header += f'\ntitle: "T {words}"\ntags: ["{words}"]\nslug: ../../x\ndate: 2020-01-02'
    folder.write(POSTS + "a.md", f"---\n{header}\n---\n\nText &#1;99&#2; &#xFFFE;\n")
    folder.build()
    for route in folder.routes():
        if route.endswith((".html", ".xml", ".json")):
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", folder.page(route)), route
    for file in folder.site.rglob("*.html"):
        page = LexborHTMLParser(file.read_text("utf-8"))
        assert not page.css("[onerror], textarea")
        assert not [node for node in page.css("script") if "alert" in node.text() and "type" not in node.attributes]
    for feed in ("feed.xml", "atom.xml"):
        parsed = feedparser.parse((folder.site / feed).read_bytes())
        assert not parsed.bozo
        assert len(parsed.entries) == 1
    assert {folder.path / "content", folder.site, folder.path / ".storysite"} == set(folder.path.iterdir())


@pytest.mark.parametrize(
    ("header", "title"),
    [('title: "a\\u0001b"', "ab"), ('{"title": "a\\u0001b\\ufffe"}', "ab"), ("title = 'x'\nb = \"\\u0002\"", "x")],
)
def test_escaped_control_characters_are_left_out(folder: Folder, header: str, title: str) -> None:
    """A control character written with a backslash is one too: YAML, JSON and TOML can all write it."""
    fence = "+++" if "=" in header else "---"
    folder.write(POSTS + "2020-01-02-a.md", header if header[0] == "{" else f"{fence}\n{header}\n{fence}\n")
    built = folder.build()
    assert title == built.site.index.originals[0].title
    assert "file-control-characters" in codes(built)


def test_links_in_the_folder_never_lead_outside_or_round_in_circles(folder: Folder, tmp_path: Path) -> None:
    """A symbolic link is followed only inside the site's folder and only once, and each that is not is named."""
    folder.write(POSTS + "a.md", HEADER + "[x](secret) ![y](in.jpg)")
    folder.write("static/real.jpg", ICON)
    (tmp_path / "secret").write_text("secret")
    for name, target in (
        ("secret", "../../../secret"),
        ("loop", "."),
        ("up", "../.."),
        ("in.jpg", "../../static/real.jpg"),
    ):
        (folder.path / POSTS / name).symlink_to(target)
    built = folder.build()
    named = {problem.path: problem.what for problem in built.problems if problem.code == "link-outside"}
    assert {POSTS + "secret", POSTS + "loop", POSTS + "up"} == set(named)
    assert "outside" in named[POSTS + "secret"]
    assert "already read" in named[POSTS + "loop"]
    assert "media/posts/in.jpg" in folder.routes()
    assert not [route for route in folder.routes() if "secret" in route]


LANGUAGES = {
    "es": ("¡Niños, leed! Año nuevo", "niñez", "ninos-leed-ano-nuevo"),
    "fr": ("L’été à l’école : œuvre", "élève", "lete-a-lecole-oeuvre"),
    "de": ("Größe & Straße – Übung", "Bücher", "grosse-strasse-ubung"),
    "vi": ("Đêm đọc sách ở thư viện", "Thiếu nhi", "dem-doc-sach-o-thu-vien"),
    "zh": ("图书馆之夜：四十个家庭", "阅读", "图书馆之夜-四十个家庭"),
    "ar": ("ليلة القراءة في المكتبة", "مكتبة", "ليلة-القراءة-في-المكتبة"),
    "tr": ("İstanbul’da KIŞ ışığı", "ışık", "istanbulda-kis-isigi"),
    "hi": ("पुस्तकालय की रात", "किताबें", "पुस्तकालय-की-रात"),
    "ja": ("図書館の夜：がんばって", "読書", "図書館の夜-がんばって"),
    "ru": ("Ночь в библиотеке", "Чтение", "ночь-в-библиотеке"),
}


def test_an_archive_of_many_languages_is_whole(folder: Folder) -> None:
    """Titles, tags, file names and pictures of every script reach pages and feeds, and every link of the site works."""
    vietnamese = LANGUAGES["vi"][0]
    for number, (language, (title, tag, _)) in enumerate(LANGUAGES.items(), start=1):
        name = f"2020-01-{number:02}-{title}"
        decomposed = number % 2 == 1  # as old Macs write names
        header = f"---\ntags: [{tag}, {tag.upper()}]\nlang: {language}\n---\n"
        body = (
            f"# {title}\n\n**{title}。**{tag}\n\n## {tag}\n\n![{title}]({tag}.png) [x](<2020-01-04-{vietnamese}.md>)\n"
        )
        for file, content in ((f"{name}.md", header + body), (f"{tag}.png", ICON)):
            folder.write(POSTS + (unicodedata.normalize("NFD", file) if decomposed else file), content)
    built = folder.build()
    assert codes(built) == {"name-windows"}  # there is a colon in the French title
    assert not broken_links(folder.site)
    days = [date(2020, 1, number) for number in range(1, len(LANGUAGES) + 1)]
    expected = [(title, slug, day) for (title, _, slug), day in zip(LANGUAGES.values(), days, strict=True)]
    assert expected == [(post.title, post.slug, post.date) for post in built.site.index.originals]
    assert len(LANGUAGES) == len(built.site.index.groups["tag"])
    parsed = feedparser.parse((folder.site / "feed.xml").read_bytes())
    assert {title for title, _, _ in LANGUAGES.values()} == {unescape(entry.title) for entry in parsed.entries}
    assert not parsed.bozo


@pytest.mark.parametrize(
    "body",
    [
        "> " * 300 + "x", "\n".join("  " * depth + "- x" for depth in range(300)), "*" * 1_000_000, "_" * 100_000,
        "[a](b" * 1000, "<div>" * 3000, "&#1;99&#2; [a](b.md)", "{% highlight x %}\n" * 5000, "{{ " * 5000,
        "<div>\n\nx\n\n" * 500, "", "\\\n" * 5000, "[[_TOC_]] [[1]](https://a.b) [[]]", "|" * 3000 + "\n" + "|-" * 3000,
    ],
)  # fmt: skip
def test_strange_text_is_published_soon(folder: Folder, body: str) -> None:
    """Text that nobody would write is a post like any other, without marks of ours left in it."""
    folder.write(POSTS + "a.md", HEADER + body)
    built = folder.build()
    assert [post.title for post in built.site.index.originals] == ["A"]
    assert not re.search("[\x01\x02]", folder.page(PAGE))
    assert sum(built.result.seconds.values()) < 10
