"""Archives in the manner of eight generators: where each keeps its files, and how it writes pictures, links and secrets.

Each manner writes the same tales in its own way, as its users and its exporters do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from json import dumps
from typing import NamedTuple

from tests.folder import Folder

POSTS = "content/posts/"
PICTURE = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00"
PICTURE += b"\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


class Tale(NamedTuple):
    """A story to tell; a `secret` one must reach nobody, a translated one is told in Spanish too."""

    number: int
    day: date
    slug: str
    title: str
    secret: bool = False
    translated: bool = False
    leads_to: Tale | None = None

    @property
    def picture(self) -> str:
        return f"photo {self.number}.gif" if self.number % 5 == 4 else f"photo-{self.number}.gif"

    @property
    def bytes(self) -> bytes:
        """Its picture, of a color that no other tale has."""
        return PICTURE[:13] + self.number.to_bytes(3, "big") + PICTURE[16:]

    @property
    def words(self) -> str:
        return f"Secretword{self.number}." if self.secret else f"Plainword{self.number}."


def jekyll(folder: Folder, tales: Sequence[Tale]) -> None:
    """`_posts` and `_drafts`, Liquid, pictures among the assets."""
    for tale in tales:
        for language in ("", "es")[: 1 + tale.translated]:
            place = "_drafts/" if tale.secret and tale.number % 2 else f"_posts/{language}/" if language else "_posts/"
            header = {"layout": "post", "title": tale.title, "published": not tale.secret} | _lang(language)
            picture = [
                f'{{% include figure.html src="/assets/img/{tale.picture}" alt="Us" caption="A day" %}}',
                f'![Us]({{{{ site.baseurl }}}}/assets/img/{_quoted(tale.picture)}){{: .img-fluid width="300" }}',
                f'<img src="{{{{ "/assets/img/{tale.picture}" | relative_url }}}}" alt="Us" />',
            ][tale.number % 3]
            to = tale.leads_to
            link = f"[then]({{% post_url {to.day}-{to.slug} %}})" if to else ""
            text = f"{{% comment %}}\nnot for you\n{{% endcomment %}}\n{picture}\n\n{link}\n{{: .lead}}"
            _put(folder, f"{POSTS}{place}{tale.day}-{tale.slug}.md", header, tale, text)
        folder.write(f"static/assets/img/{tale.picture}", tale.bytes)


def hugo(folder: Folder, tales: Sequence[Tale]) -> None:
    """Bundles with their pictures and their translations, TOML, shortcodes."""
    for tale in tales:
        home = f"{POSTS}{tale.day.year}/{tale.day}-{tale.slug}/"
        secret = ["[build]\nrender = 'never'", "draft = true", "headless = true"][tale.number % 3]
        to = tale.leads_to
        link = f'[then]({{{{< relref "posts/{to.day.year}/{to.day}-{to.slug}" >}}}})' if to else ""
        picture = f'{{{{< figure src="{tale.picture}" alt="Us" caption="**A** day" class="wide" >}}}}'
        note = "{{% notice tip %}}\nBring a friend.\n{{% /notice %}}"
        for ending in ("md", "es.md")[: 1 + tale.translated]:
            header = f"title = {dumps(tale.title, ensure_ascii=False)}\ndate = {tale.day}T09:00:00-06:00\n"
            header += f"slug = '{tale.slug}'\n{secret if tale.secret else ''}"
            folder.write(
                f"{home}index.{ending}", f"+++\n{header}\n+++\n{tale.words}\n\n{picture}\n\n{note}\n\n{link}\n"
            )
        folder.write(home + tale.picture, tale.bytes)


def hexo(folder: Folder, tales: Sequence[Tale]) -> None:
    """Front matter without an upper line, a folder of assets with the post's name, Nunjucks tags."""
    for tale in tales:
        name = f"{tale.day}-{tale.slug}"
        secret = ["published: false", "hidden: true"][tale.number % 2] if tale.secret else "comments: true"
        to = tale.leads_to
        link = f"{{% post_link {to.day}-{to.slug} 'then' %}}" if to else ""
        picture = f'{{% asset_img "{tale.picture}" "Us" %}}'
        for ending, language in (("", ""), (".es", "lang: es\n"))[: 1 + tale.translated]:
            header = f"title: {dumps(tale.title, ensure_ascii=False)}\ndate: {tale.day:%Y/%m/%d} 10:00:00\n{language}"
            text = f"{tale.words}\n\n<!-- more -->\n\n{picture}\n\n{link}\n"
            folder.write(f"{POSTS}{name}{ending}.md", f"{header}{secret}\n---\n{text}")
        folder.write(f"{POSTS}{name}/{tale.picture}", tale.bytes)


def eleventy(folder: Folder, tales: Sequence[Tale]) -> None:
    """A folder for each language, a shortcode for pictures, links by address."""
    for tale in tales:
        for language in ("en", "es")[: 1 + tale.translated]:
            header = {"title": tale.title, "date": str(tale.day), "tags": ["posts"]} | _lang(language)
            if tale.secret:
                header |= {"permalink": False} if tale.number % 2 else {"draft": True}
            to = tale.leads_to
            link = f"[then]({{{{ '/{language}/blog/{to.day}-{to.slug}/' | url }}}})" if to and not to.translated else ""
            picture = f'{{% image "./{tale.picture}", "Us", "(min-width: 30em) 50vw, 100vw" %}}'
            _put(folder, f"{POSTS}{language}/blog/{tale.day}-{tale.slug}.md", header, tale, f"{picture}\n\n{link}")
            folder.write(f"{POSTS}{language}/blog/{tale.picture}", tale.bytes)


def pelican(folder: Folder, tales: Sequence[Tale]) -> None:
    """Lines of meta data, `{static}` and `{filename}`; a translation has the slug of its story."""
    for tale in tales:
        to = tale.leads_to
        link = f"[then]({{filename}}/news/{to.day}-{to.slug}.md)" if to else ""
        way = ["{static}/images/", "{attach}/images/", "|filename|/images/"][tale.number % 3]
        for suffix, language in (("", ""), ("-es", "Lang: es\n"))[: 1 + tale.translated]:
            status = "Status: " + ("draft" if tale.number % 2 else "hidden") + "\n" if tale.secret else ""
            header = f"Title: {tale.title}\nDate: {tale.day} 10:20\nSlug: {tale.slug}\n{language}{status}"
            text = f"{tale.words}\n\n![Us]({way}{_quoted(tale.picture)})\n\n{link}\n"
            folder.write(f"{POSTS}news/{tale.day}-{tale.slug}{suffix}.md", f"{header}\n{text}")
        folder.write(f"content/posts/images/{tale.picture}", tale.bytes)


def nikola(folder: Folder, tales: Sequence[Tale]) -> None:
    """Two dots before each line of meta data, in a remark; `link://`; languages in the names."""
    for tale in tales:
        to = tale.leads_to
        link = f"[then](link://slug/{to.slug})" if to and to.slug != "friday-news" else ""
        picture = f'{{{{% thumbnail "/images/{tale.picture}" alt="Us" %}}}}A day{{{{% /thumbnail %}}}}'
        for ending in ("md", "es.md")[: 1 + tale.translated]:
            lines = [f"title: {tale.title}", f"slug: {tale.slug}", f"date: {tale.day} 12:00:00 UTC-06:00"]
            lines += ["status: " + ("draft" if tale.number % 2 else "private")] if tale.secret else ["type: text"]
            header = "\n".join(f".. {line}" for line in lines)
            text = f"{tale.words}\n\n<!-- TEASER_END -->\n\n{picture}\n\n{link}\n"
            folder.write(f"{POSTS}{tale.day.year}/{tale.day}-{tale.slug}.{ending}", f"<!--\n{header}\n-->\n\n{text}")
        folder.write(f"static/images/{tale.picture}", tale.bytes)


def ghost(folder: Folder, tales: Sequence[Tale]) -> None:
    """An export turned to Markdown: the mark of Ghost's own address, cards, visibility."""
    for tale in tales:
        to = tale.leads_to
        link = f"[then](__GHOST_URL__/{to.slug}/)" if to and to.slug != "friday-news" else ""
        images = f"/content/images/{tale.day:%Y/%m}/"
        picture = f'<!--kg-card-begin: image-->\n<figure class="kg-card kg-image-card"><img src="__GHOST_URL__{images}'
        picture += f'{_quoted(tale.picture)}" class="kg-image" alt="Us"><figcaption>A day</figcaption></figure>'
        picture += "\n<!--kg-card-end: image-->"
        for ending, language in (("", "en"), (".es", "es"))[: 1 + tale.translated]:
            header: dict[str, object] = {"title": tale.title, "slug": tale.slug, "feature_image": None}
            header |= {"date_published": f"{tale.day}T15:00:00.000Z"}
            header |= {"status": "draft" if tale.secret and tale.number % 2 else "published"} | _lang(language)
            header |= {"visibility": "private" if tale.secret else "public"}
            _put(folder, f"{POSTS}{tale.day}-{tale.slug}{ending}.md", header, tale, f"{picture}\n\n{link}")
        folder.write(f"static{images}{tale.picture}", tale.bytes)


def wordpress(folder: Folder, tales: Sequence[Tale]) -> None:
    """An export turned to Markdown: a folder for each post, captions and players of WordPress, full addresses."""
    for tale in tales:
        to = tale.leads_to
        link = f"[then](https://shelf.example.org/{to.day:%Y/%m}/{to.day:%d}/{to.slug}/)" if to else ""
        home = f"{POSTS}{tale.day:%Y}/{tale.day}-{tale.slug}/"
        picture = f'[caption id="attachment_{tale.number}" align="alignnone" width="300"]'
        picture += f"![Us](images/{_quoted(tale.picture)}) A day[/caption]"
        for name, language in (("index", ""), ("index.es", "es"))[: 1 + tale.translated]:
            header = {"title": tale.title, "date": str(tale.day), "categories": ["news"]} | _lang(language)
            if tale.secret:
                header |= [{"status": "private"}, {"password": "lib"}, {"status": "trash"}][tale.number % 3]
            text = f"{picture}\n\n[youtube https://youtu.be/dQw4w9WgXcQ]\n\n{link}"
            _put(folder, f"{home}{name}.md", header, tale, text)
        folder.write(f"{home}images/{tale.picture}", tale.bytes)


MANNERS: dict[str, Callable[[Folder, Sequence[Tale]], None]] = {
    each.__name__: each for each in (jekyll, hugo, hexo, eleventy, pelican, nikola, ghost, wordpress)
}


def _lang(language: str) -> dict[str, object]:
    return {"lang": language} if language else {}


def _quoted(name: str) -> str:
    return name.replace(" ", "%20")


def _put(folder: Folder, path: str, header: dict[str, object], tale: Tale, text: str) -> None:
    lines = [f"{key}: {dumps(value, ensure_ascii=False)}" for key, value in header.items()]
    folder.write(path, "\n".join(["---", *lines, "---", "", tale.words, "", text, ""]))
