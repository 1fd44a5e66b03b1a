"""The site of Zola, as near to that of Hugo as it goes: it is timed where `zola` is found."""

from tests.bench.corpus import FIRST, LAST

_CONFIG = """base_url = "https://library.example.org"
title = "Our shelf"
generate_feeds = true
feed_filenames = ["rss.xml"]
feed_limit = 20
taxonomies = [
  { name = "tags", paginate_by = 20, feed = true },
  { name = "categories", paginate_by = 20, feed = true },
  { name = "authors", paginate_by = 20, feed = true },
]
[markdown]
smart_punctuation = true
"""
_BASE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %} – {{ config.title }}</title>
<meta name="description" content="{% block summary %}{% endblock %}"><link rel="canonical" href="{{ current_url }}">
<link rel="stylesheet" href="/style.css"></head>
<body><header><p><a href="/">{{ config.title }}</a></p>
<nav><a href="/posts/">Archive</a> <a href="/tags/">Tags</a></nav></header>
<main>{% block main %}{% endblock %}</main><footer><p>{{ config.title }}</p></footer></body></html>
"""
_PAGE = """{% extends "base.html" %}
{% block title %}{{ page.title }}{% endblock %}
{% block summary %}{{ page.summary | striptags | safe }}{% endblock %}
{% block main %}<article><h1>{{ page.title }}</h1><p><time>{{ page.date | date(format="%-d %b %Y") }}</time>
{% for author in page.taxonomies.authors %}{{ author }}{% endfor %}
{% for tag in page.taxonomies.tags %}<a href="/tags/{{ tag | slugify }}/">{{ tag }}</a> {% endfor %}</p>{{ page.content | safe }}</article>
{% if page.higher %}<a rel="prev" href="{{ page.higher.path }}">{{ page.higher.title }}</a>{% endif %}
{% if page.lower %}<a rel="next" href="{{ page.lower.path }}">{{ page.lower.title }}</a>{% endif %}{% endblock %}
"""
_CARDS = """{% extends "base.html" %}
{% block title %}{{ NAME }}{% endblock %}
{% block main %}<h1>{{ NAME }}</h1>
{% for page in paginator.pages %}<article><h2><a href="{{ page.path }}">{{ page.title }}</a></h2>
<p>{{ page.summary | striptags | safe }}</p>
<p><time datetime="{{ page.date }}">{{ page.date | date(format="%-d %b %Y") }}</time></p></article>
{% endfor %}{% if paginator.previous %}<a href="{{ paginator.previous }}">Newer</a>{% endif %}
{% if paginator.next %}<a href="{{ paginator.next }}">Older</a>{% endif %}{% endblock %}
"""
_TERMS = """{% extends "base.html" %}
{% block title %}{{ taxonomy.name }}{% endblock %}
{% block main %}<h1>{{ taxonomy.name }}</h1>
{% for term in terms %}<p><a href="{{ term.path }}">{{ term.name }}</a></p>{% endfor %}{% endblock %}
"""
_HOME = """{% extends "base.html" %}
{% block main %}<h1>{{ config.title }}</h1><h2><a href="/posts/">Posts</a></h2>{% endblock %}
"""
_POSTS = '+++\ntitle = "Posts"\nsort_by = "date"\npaginate_by = 20\n+++\n'
_YEAR = '+++\nsort_by = "date"\ntransparent = true\nrender = false\n+++\n'
ZOLA = {
    "config.toml": _CONFIG,
    "templates/base.html": _BASE,
    "templates/index.html": _HOME,
    "templates/page.html": _PAGE,
    "templates/section.html": _CARDS.replace("NAME", "section.title"),
    "templates/taxonomy_single.html": _CARDS.replace("NAME", "term.name"),
    "templates/taxonomy_list.html": _TERMS,
    "static/style.css": "body { max-width: 40rem; margin: auto }\n",
    "content/posts/_index.md": _POSTS,
    **{f"content/posts/{year}/_index.md": _YEAR for year in range(FIRST.year, LAST.year + 1)},
}
