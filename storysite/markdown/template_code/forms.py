"""The table of forms: template code of other programs, and what each becomes here. One row is one form."""

from typing import NamedTuple

from storysite.markdown.template_code.calls import WEB, Call
from storysite.markdown.template_code.embeds import (
    by_id,
    instagram_address,
    make_embed,
    make_film,
    make_sound,
    make_video,
    social,
    vimeo_address,
    youtube_address,
)
from storysite.markdown.template_code.pictures import inline_markdown, is_picture, make_gallery, make_picture
from storysite.markdown.template_code.pieces import Maker, Piece, Setting
from storysite.markdown.template_code.texts import (
    make_code,
    make_contents,
    make_file,
    make_fold,
    make_link,
    make_note,
    make_post,
    make_quote,
    make_tab,
    make_value,
    make_words,
)


class Form(NamedTuple):
    """One row: the names it goes by, who writes it, an example, what that becomes in words, and what makes it."""

    names: str
    programs: str
    example: str
    becomes: str
    make: Maker
    signs: str = "% < include ["
    """How it may be written: `%` `{% name %}`, `<` `{{< name >}}`, `include` `{% include name %}`, `[` `[name]`."""
    whole: bool = False
    """Whether its name must be just this; else `linked-figure.html` is a figure too."""


FORMS = (
    Form("gallery slideshow carousel", "Jekyll, Hugo, Hexo, WordPress",
         '{{< gallery "one.jpg" "two.jpg" >}}', "the pictures", make_gallery),
    Form("figure image img imgur picture pic photo thumbnail asset_img imgcap", "Jekyll, Hugo, Hexo, Eleventy, Nikola",
         '{{< figure src="robot.jpg" alt="A robot" caption="Our robot" >}}', "the picture, with its caption",
         make_picture, "% < include"),
    Form("youtube yt", "Jekyll, Hugo, Hexo, Nikola, WordPress",
         "{{< youtube dQw4w9WgXcQ >}}", "a link card of the video", by_id(youtube_address)),
    Form("vimeo", "Jekyll, Hugo, Hexo, WordPress",
         "{% vimeo 76979871 %}", "a link card of the video", by_id(vimeo_address)),
    Form("video vid", "Jekyll, Hugo, Hexo, WordPress",
         '[video mp4="robots.mp4"][/video]', "the film, or a link card of the video", make_video),
    Form("film movie mp4", "Hugo, Hexo", "{{< mp4 robots.mp4 >}}", "the film", make_film),
    Form("audio podcast mp3 sound", "Jekyll, Hugo, WordPress",
         '[audio mp3="song.mp3"][/audio]', "the sound", make_sound),
    Form("tweet twitter x", "Jekyll, Hugo, WordPress", '{{< x user="library" id="123456" >}}', "a link card",
         social("https://x.com/", "/status/", "i")),
    Form("instagram", "Hugo", "{{< instagram CxOWiQNP2MO >}}", "a link card", by_id(instagram_address)),
    Form("gist", "Jekyll, Hugo, Hexo, Nikola", "{% gist library/0a1b2c3d %}", "a link card",
         social("https://gist.github.com/", "/")),
    Form("embed iframe oembed codepen jsfiddle soundcloud spotify slideshare media googlemaps map wufoo bandcamp"
         " youtube_embed responsive_video playlist",
         "Jekyll, Hugo, Hexo, Nikola, WordPress",
         "[embed]https://example.org/map[/embed]", "a link card", make_embed),
    Form("post_url post_link post_path ref relref doc", "Jekyll, Hugo, Hexo, Nikola",
         "{% post_url 2013-11-14-robots %}", "a link to that post; where there is none, its words", make_post,
         "% <", whole=True),
    Form("link button btn linkbutton", "Jekyll, Hugo, Hexo",
         '{{% button href="/about/" %}}About us{{% /button %}}', "the link", make_link),
    Form("asset_path asset_link asset_url file download attachment", "Jekyll, Hexo, Hugo",
         '{% asset_link plan.pdf "Our plan" %}', "a link to the file", make_file, "% < include", whole=True),
    Form("details collapse collapsible expand expandable spoiler toggle accordion folding fold foldable",
         "Hugo, Hexo, WordPress",
         '{{< details "Rules" >}}\nBe kind.\n{{< /details >}}', "what opens and closes, with its text", make_fold),
    Form("notice note callout alert admonition hint tip info warning important caution danger success message",
         "Jekyll, Hugo, Hexo, Eleventy",
         "{{% notice tip %}}\nBring a box.\n{{% /notice %}}", "a note, with its text", make_note, "% < include"),
    Form("blockquote pullquote quote centerquote cq", "Hexo, Hugo",
         "{% blockquote Ana %}\nI made it!\n{% endblockquote %}", "a quotation", make_quote, "% < include"),
    Form("highlight codeblock code sourcecode mermaid plantuml diagram math katex latex", "Jekyll, Hugo, Hexo",
         "{% highlight python %}\nprint(1)\n{% endhighlight %}", "code", make_code),
    Form("tab tabitem tabpane", "Hugo", '{{% tab "Windows" %}}\nPress it.\n{{% /tab %}}', "the title and the text",
         make_tab, "% <", whole=True),
    Form("toc table_of_contents", "Hugo, Hexo, Nikola", "{{< toc >}}", "a table of contents", make_contents),
    Form("param get meta", "Hugo", "{{< param title >}}", "a value of the front matter", make_value, "<", whole=True),
    Form("center left right column columns row tabs grid lead small large fullwidth rawhtml html markdown p div span"
         " section box card cards text kbd sup sub underline u mark del dropcap",
         "Hugo, Hexo, WordPress", "{{< center >}}\nOur text.\n{{< /center >}}", "its text", make_words, whole=True),
)  # fmt: skip
"""All forms that are written as a call. Of several that fit, the first is taken."""

OTHER_FORMS = (
    ("{{ site.baseurl }}/maps/", "Jekyll, Eleventy", "the address without the part in braces"),
    ('{{ "/maps/" | relative_url }}', "Jekyll, Eleventy", "the text between the quotes"),
    ("{{ page.title }}", "Jekyll, Eleventy", "that value of the front matter"),
    ("{% if page.new %}Text{% endif %}", "Jekyll, Hexo, Eleventy", "the text; `for`, `assign` and the like disappear"),
    ("{% capture about %}Text{% endcapture %}{{ about }}", "Jekyll", "the text, where its name stands"),
    ("{% comment %}Text{% endcomment %}", "Jekyll, Hugo, Hexo, Eleventy", "nothing"),
    ("{% raw %}{{ x }}{% endraw %}", "Jekyll, Hexo, Eleventy", "`{{ x }}`, as text"),
    ('[caption id="x"]![](robot.jpg) Our robot[/caption]', "WordPress", "the picture, with its caption"),
    ("[Robots]({filename}robots.md)", "Pelican", "a link; so are `|filename|`, `{static}` and `{attach}`"),
    ("[Robots](link://slug/robots)", "Nikola", "a link to that post"),
    ("![[robot.jpg]]", "Obsidian", "the picture"),
    ("[[Robots]]", "Obsidian, MkDocs", "a link to that post or page, if there is one"),
    ("!!! note\n    Bring a box.", "MkDocs, Python-Markdown", "a note"),
    ("??? note\n    Bring a box.", "MkDocs", "a note that opens and closes"),
    ("> [!NOTE]\n> Bring a box.", "GitHub, Obsidian", "a note"),
    ("::: tip\nBring a box.\n:::", "VuePress, Docusaurus, Pandoc", "a note"),
    (":tada:", "GitHub, Jekyll, Hugo", "the emoji"),
    ('[Robots](/robots/){:target="_blank"}', "Jekyll", "the link with the attribute; `{.lead}` is a class"),
    ("{::comment}Text{:/comment}", "Jekyll", "nothing; so are `{::options … /}` and `{::nomarkdown}`, not its text"),
)
"""What is read in other ways than by its name: an example, who writes it, and what it becomes."""

WHOLE_GONE = {"comment", "capture", "macro", "schema", "style", "javascript", "stylesheet"}
"""Tags that disappear with all that stands up to their end."""
CONTROL = frozenset(
    "if unless elsif elseif elif else case when for endfor break continue tablerow cycle assign set endset increment"
    " decrement liquid layout extends block endblock import from filter autoescape with call echo"
    " more excerpt seo feed_meta csrf_token ifchanged ifversion switch".split()
)
"""Tags that only say what happens with the text between them: they disappear, the text stays."""
_BY_NAME: dict[tuple[str, str], Form] = {}
_BY_WORD: dict[tuple[str, str], Form] = {}
for _form in FORMS:
    for _sign in _form.signs.split():
        for _name in _form.names.split():
            _BY_NAME.setdefault((_sign, _name), _form)
            if not _form.whole and len(_name) > 2:
                _BY_WORD.setdefault((_sign, _name), _form)


def form_of(call: Call, *, whole: bool = False) -> Form | None:
    """Return the row of a call, None if there is none; with `whole` its name must be just one of that row's."""
    if form := _BY_NAME.get((call.signs, call.name)):
        return form
    if call.signs == "[" or whole:
        return None
    found = [form for word in call.words if (form := _BY_WORD.get((call.signs, word)))]
    return min(found, key=FORMS.index, default=None)


def make_piece(call: Call, setting: Setting) -> tuple[Piece, bool]:
    """Return what stands in the place of a call, and whether it is known what that is."""
    form = form_of(call)
    if form and (piece := form.make(call, setting)):
        return piece, True
    texts = (*call.args, *call.named.values())
    if any(map(is_picture, texts)) and (piece := make_picture(call, setting)):
        return piece, True
    if piece := make_film(call, setting) if call.inner is None else None:
        return piece, True
    words = call.get("text", "content", "body", "quote", "message", "caption", "description", "label")
    address = next((text for text in texts if WEB.fullmatch(text)), "")
    if address and (piece := make_link(call, setting)):
        return piece, True
    if call.inner is None and words:
        said = inline_markdown(words)
        return Piece(f"<p>{said}</p>", block=True, inline=said), False
    return Piece(), False
