"""Sites of the generators that are timed: each makes a page a post, listings by tag, category and year, and a feed."""

import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from sysconfig import get_path
from typing import NamedTuple

from storysite.theme.find import shipped_themes
from tests.bench.zola import ZOLA

BASE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }} – {{ site.Title }}</title>
<meta name="description" content="{{ .Summary | plainify }}"><link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/style.css"></head>
<body><header><p><a href="/">{{ site.Title }}</a></p>
<nav><a href="/posts/">Archive</a> <a href="/tags/">Tags</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main><footer><p>{{ site.Title }}</p></footer></body></html>
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $pages := .Paginate .Pages 20 }}{{ range $pages.Pages }}<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Summary | plainify }}</p><p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 Jan 2006" }}</time></p></article>
{{ end }}{{ with $pages.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }}{{ with $pages.Next }}<a href="{{ .URL }}">Older</a>{{ end }}{{ end }}
"""
POST = """{{ define "main" }}<article><h1>{{ .Title }}</h1><p><time>{{ .Date.Format "2 Jan 2006" }}</time> {{ range .Params.authors }}{{ . }}{{ end }}
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</p>{{ .Content }}</article>
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
"""
HUGO = {
    "hugo.toml": 'baseURL = "https://library.example.org/"\ntitle = "Our shelf"\nenableGitInfo = false\n[services.rss]\nlimit = 20\n'
    '[taxonomies]\ntag = "tags"\ncategory = "categories"\nauthor = "authors"\n',
    "layouts/baseof.html": BASE,
    "layouts/page.html": POST,
    "layouts/list.html": LIST,
    "static/style.css": "body { max-width: 40rem; margin: auto }\n",
}
PELICAN = {
    "pelicanconf.py": 'SITENAME = "Our shelf"\nSITEURL = "https://library.example.org"\nTIMEZONE = "UTC"\nPATH = "content"\n'
    'THEME = "simple"\nDEFAULT_PAGINATION = 20\nFEED_ALL_RSS = "feed.xml"\nFEED_MAX_ITEMS = 20\n'
    'YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"\nARTICLE_SAVE_AS = "{date:%Y}/{slug}/index.html"\n'
    'MARKDOWN = {"extensions": ["markdown.extensions.extra", "markdown.extensions.smarty", "markdown.extensions.toc"]}\n',
}
STORYSITE = {
    "storysite.yml": "title: Our shelf\nbase_url: https://library.example.org\nsearch: no\nshare_cards: none\n"
}
"""Without a search index, for none of the others makes one."""


class Peer(NamedTuple):
    """A generator: the files of its site, the command that builds it, and where the pages of posts come to lie."""

    files: dict[str, str]
    command: list[str]
    output: str
    form: str
    address: str
    """Where the page of a post is, by its `day` and `name`."""
    template: str = ""
    """The file that every page is made with, edited for one of the steps; "" to leave that out."""
    watch: Sequence[str] = ()
    """The command that builds after each save; empty where that is not timed."""
    serve: Sequence[str] = ()
    """The command that shows each save in the browser, a port to be added; empty where that is not timed."""


def peers() -> dict[str, Peer]:
    """Return the generators that are installed here, by name."""
    python = sys.executable
    storysite = [python, "-m", "storysite"]
    address, template = "{day:%Y/%m}/{name}/", "templates/post.html"
    own = STORYSITE | {template: (shipped_themes() / "default" / template).read_text("utf-8")}
    commonmark = own | {"storysite.yml": own["storysite.yml"] + "markdown: commonmark\n"}
    build, watch, serve = [*storysite, "build"], [*storysite, "watch"], [*storysite, "serve", "--port"]
    found = {
        "storysite": Peer(own, build, "_site", "storysite", address, template, watch, serve),
        "storysite, commonmark": Peer(commonmark, build, "_site", "storysite", address, template),
    }
    address = "posts/{day:%Y}/{name}/"
    for binary in Path(get_path("purelib")).glob("hugo/binaries/hugo*"):
        hugo = str(binary)
        build, watch, serve = [hugo, "--quiet"], [hugo, "--quiet", "--watch"], [hugo, "server", "--port"]
        found["Hugo"] = Peer(HUGO, build, "public", "hugo", address, "layouts/page.html", watch, serve)
    if zola := which("zola"):
        build, serve = [zola, "build"], [zola, "serve", "--port"]
        found["Zola"] = Peer(ZOLA, build, "public", "zola", address, "templates/page.html", serve=serve)
    if (pelican := Path(python).with_name("pelican")).exists():
        command = [str(pelican), "content", "-s", "pelicanconf.py", "-o", "output", "--quiet"]
        found["Pelican"] = Peer(PELICAN, command, "output", "pelican", "{day:%Y}/{name}/")
    return found
