"""Template code of other programs becomes what it stood for, or nothing; code that is meant to be read stays."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from storysite.markdown.convert import render_markdown
from storysite.markdown.other_dialects import normalize_markdown
from storysite.markdown.template_code.forms import FORMS, OTHER_FORMS
from storysite.model.config import ENGINES, MarkdownOptions
from storysite.model.document import Document

EXAMPLES = [form.example for form in FORMS] + [example for example, *_ in OTHER_FORMS]
LEFT = re.compile(
    r"\{\{|\}\}|\{%|%\}|\[/?(?:caption|gallery|embed|audio|video)|\{[:.]|!!!|\?\?\?|\[!|:::|\[\[|:tada:|\ufdd0"
)
engines = pytest.mark.parametrize("engine", ENGINES)


def read(source: str, engine: str, *, language: str = "", **values: object) -> Document:
    """Return what an engine makes of Markdown, as it is read from a post."""
    return render_markdown(normalize_markdown(source), "T", MarkdownOptions(engine), language=language, values=values)


def html_of(document: Document) -> str:
    """Return the HTML of a document with its pictures and addresses in it."""
    html = document.body.html
    for number, element in document.body.images:
        html = html.replace(f"\x01{number}\x03", element)
    return re.sub("\x01(\\d+)\x02", lambda found: document.references[int(found[1])].target, html)


def words_of(html: str) -> str:
    """Return the words of HTML outside code."""
    tree = LexborHTMLParser(html)
    for code in tree.css("pre, code, script, style"):
        code.decompose()
    return tree.body.text(separator="") if tree.body is not None else ""


@engines
@pytest.mark.parametrize("example", EXAMPLES)
def test_no_example_of_the_table_leaves_code_for_readers(example: str, engine: str) -> None:
    """Each is understood, alone, in a list and amid a paragraph; only `{% raw %}` asks for braces to be shown."""
    if "raw" in example:
        return
    indented = example.replace("\n", "\n  ")
    for source in (
        example,
        f"Above.\n\n{example}\n\nBelow.",
        f"- one\n- {indented}\n- three",
        f"Before {example} behind.",
    ):
        if example.startswith(("!!!", "???", ":::", "> ")) and source.startswith(("Before", "- ")):
            continue  # these are lines of their own
        if source.startswith("Before") and "\n" in example:
            continue
        document = read(source, engine, title="Robots")
        assert not LEFT.search(words_of(html_of(document))), source
        assert not document.template_code, source
        assert "Below" not in source or "<p>Below.</p>" in html_of(document), source


@engines
@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('{% image "assets/a/b.jpg" "Our team" %}', '<img src="assets/a/b.jpg" alt="Our team" data-enlarge="" loading="lazy">'),
        ('{% image_with_class "a/b.jpg" "width-80px" "A box" %}', 'src="a/b.jpg" alt="A box"'),
        ('{% image "./b.jpg", "A box", "(min-width: 30em) 50vw" %}', 'src="./b.jpg" alt="A box"'),
        ("{% asset_img class1 b.jpg 300 200 \"Box 'A box'\" %}", 'src="b.jpg"'),
        ("{% img left /images/b.jpg 300 200 'A box' %}", 'src="/images/b.jpg" alt="A box" width="300" height="200"'),
        ('{% picture b.jpg --alt A box %}', 'src="b.jpg"'),
        ('{{< figure src="b.jpg" alt="A" title="Box" caption="of [wood](/w)" >}}',
         '<figcaption>Box of <a href="/w">wood</a></figcaption>'),
        ('{{< figure\n  src="b.jpg"\n  alt="A & \'B\'"\n>}}', '''src="b.jpg" alt="A &amp; 'B'"'''),
        ('{{% figure src="b.jpg" %}}Words{{% /figure %}}', "<figcaption>Words</figcaption>"),
        ('{% include figure image_path="/a/b.jpg" alt="A box" caption="A *box*" %}', "<em>box</em></figcaption>"),
        ('{% include "linked-figure.html",\n   image: "/a/b.jpg",\n   alt: "A box",\n   caption: "Said" %}',
         "<figcaption>Said</figcaption>"),
        ('{% include image.html url="{{ site.baseurl }}/a/b.jpg" description="A box" %}', 'src="/a/b.jpg"'),
        ("{% include photo.html file='b.png' %}", 'src="b.png"'),
        ('{% include responsive-thing.html pic="a/b.webp" alt="x" %}', 'src="a/b.webp" alt="x"'),
        ("{% assign cover = '/a/b.jpg' %}\n![x]({{ cover | relative_url }})", 'src="/a/b.jpg"'),
        ("![x]({{ image | url }})", 'src="/front.jpg"'),
        ('{% include gallery %}', 'src="/one.jpg"'),
        ('<a href="{{ "/a/" | url }}">x</a>', '<a href="/a/">x</a>'),
        ('<img src="{{ site.baseurl }}/b.jpg" alt="{{ page.title }}">', 'src="/b.jpg" alt="Robots"'),
        ("{{ image(src='b.jpg', alt='A box') }}", 'src="b.jpg" alt="A box"'),
        ("[x]({{< ref \"a.md#b\" >}})", '<a href="a.md">x</a>'),
        ("{% post_link a-b 'Our robots' %}", '<a href="a-b">Our robots</a>'),
        ("{% link Home https://a.example/ %}", '<a href="https://a.example/">Home</a>'),
        ("{{< youtube id=\"dQw4w9WgXcQ\" title=\"Robots\" >}}", ">Robots</a>"),
        ("{% include video id=\"dQw4w9WgXcQ\" provider=\"youtube\" %}", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ('{{ "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ" | embed: "Robots" }}', ">Robots</a>"),
        ("[youtube=https://www.youtube.com/watch?v=dQw4w9WgXcQ&w=640]", "youtube.com/watch?v=dQw4w9WgXcQ"),
        ("[embed width=\"1\"]https://vimeo.com/76979871[/embed]", "Video on Vimeo"),
        ("{% iframe https://a.example/map 100% %}", 'class="video"'),
        ('[caption id="a" align="b" width="9"]<a href="c.jpg"><img src="c.jpg" alt="" /></a> A *cat*[/caption]',
         "<figcaption>A <em>cat</em></figcaption>"),
        ('[caption caption="A cat"]![](c.jpg)[/caption]', "<figcaption>A cat</figcaption>"),
        ("[gallery]\n![](c.jpg)\n[/gallery]", 'src="c.jpg"'),
        ("{% youtube dQw4w9WgXcQ %}", "Opens YouTube."),
        ("{% details Rules %}\n**Be** kind.\n{% enddetails %}", "<summary>Rules</summary>\n<p><strong>Be</strong> kind.</p>"),
        ('{{< details summary="Rules" >}}- one\n- two{{< /details >}}', "<summary>Rules</summary>"),
        ('{{< callout type="warning" >}}\nHot\n{{< /callout >}}', '<div class="admonition warning">'),
        ("{% note info %}\nHot\n{% endnote %}", '<div class="admonition info">'),
        ("{{< foo bar >}}\n**kept**\n{{< /foo >}}", "<p><strong>kept</strong></p>"),
        ("{% if a %}\n- one\n{% else %}\n- two\n{% endif %}", "two</"),
        ("{% highlight ruby %}a = {{ b }}{% endhighlight %}", "a = {{ b }}"),
        ("`{% raw %}{{ x }}{% endraw %}`", "<code>{{ x }}</code>"),
        ("{{</* figure src=\"x\" */>}}", '{{&lt; figure src="x" &gt;}}'),
        ("See `{{ x }}` and `{% if %}`.", "<code>{{ x }}</code> and <code>{% if %}</code>"),
        ("    {{ x }} {% image \"a.jpg\" %}", '{{ x }} {% image "a.jpg" %}'),
        ("<code>{{ x }}</code>", "<code>{{ x }}</code>"),
        ("[x](/y){:target=\"_blank\"} z", '<a href="/y" target="_blank" rel="noopener">x</a> z'),
        ("A lead {.lead}", '<p class="lead">A lead</p>'),
        ("A lead\n{: .lead}", '<p class="lead">A lead'),
        ("!!! Note \"A title\"\n    A **box**", '<p class="admonition-title">A title</p>'),
        ("???+ tip\n    A", '<details class="admonition tip" open="">'),
        ("> [!warning]- Hot\n> A **b**", "<summary>Hot</summary>"),
        ("> [!NOTE]\n> - a\n> - b", "<li>b</li>"),
        ("![[c d.jpg|120]]", 'src="c d.jpg" alt="" width="120"'),
        ("![[c d.jpg | 120x80 ]]", 'src="c d.jpg" alt="" width="120"'),
        ("![[c.jpg|Two robots|120]]", 'src="c.jpg" alt="Two robots" width="120"'),
        ("![[c.jpg|Two robots\\|120x80]]", 'src="c.jpg" alt="Two robots" width="120"'),
        ("![[c.jpg|Two robots]]", 'src="c.jpg" alt="Two robots" '),
        ("![[c.jpg|Room 12]]", 'src="c.jpg" alt="Room 12" '),
        (":+1: :tada:!", "👍 🎉!"),
        ('{{< youtubeLite id="VQ2AB2qTe5A" label="Robots" >}}', ">Robots</a>"),
        ('[vc_row][vc_column width="1/2"]Our *words*[/vc_column][/vc_row]', "<p>Our <em>words</em></p>"),
        ("{% capture a %}\n- one\n- two\n{% endcapture %}\n<div>\n  {{ a | markdownify }}\n</div>", "<li>two</li>"),
        ("$$\\frac{a}{{b}}$$ and $x_{{i}}$", r"$$\frac{a}{{b}}$$ and $x_{{i}}$"),
        ("\\{\\{ a \\}\\} b", "<p>{{ a }} b</p>"),
        ("One{::comment} two **three**{:/comment} four", "<p>One four</p>"),
        ("[x](|filename|a.md) [y]({attach}b.pdf)", '<a href="a.md">x</a> <a href="b.pdf">y</a>'),
        ("A box\n{: .notice--info}", '<p class="notice--info">A box'),
        ('{% include note.html content="A <b>box</b>, [here](/x), **now**" %}',
         '<b>box</b>, <a href="/x">here</a>, <strong>now</strong>'),
        ("{% picture thumbnail b.jpg --alt Our box --img class=\"x\" %}", 'alt="Our box"'),
        ("{% if a %}One{% else %}two{% endif %} three", "<p>One two three</p>"),
        ('??? "Our rules"\n    Be kind.', "<details><summary>Our rules</summary>"),
        ('::: {.callout-tip title="Our rules"}\nBe kind.\n:::', '<p class="admonition-title">Our rules</p>'),
        ("{{% button href=\"/a/\" %}}\n\nAbout **us**\n\n{{% /button %}}", '<a href="/a/">\n<p>About <strong>us</strong></p>'),
        ("[robots]\n\n[robots]: {% post_url 2013-11-14-robots %}", '<a href="2013-11-14-robots">robots</a>'),
        ('{{ "ana" | team_photo }} Ana {{ "ana" | team_link }}', "<p> Ana ana</p>"),
    ],
)  # fmt: skip
def test_a_form_becomes_what_it_stood_for(source: str, shown: str, engine: str) -> None:
    values = {"title": "Robots", "image": "/front.jpg", "gallery": [{"image_path": "/one.jpg", "alt": "One"}]}
    html = html_of(read(source, engine, language="", **values))
    assert shown in html.replace("&quot;", '"').replace(' tabindex="0"', "") or shown in html


@engines
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a[[0]] and m[[1, 2]]", "a[[0]] and m[[1, 2]]"),
        ("[[Feature #14606]]\n\n[Feature #14606]: https://a.example", "[Feature #14606]"),
        ("At 10:30:45, a:b:c, 1:100:2 and ::1", "At 10:30:45, a:b:c, 1:100:2 and ::1"),
        ("int x[2][2] = {{1, 2}, {3, 4}};", "int x[2][2] = {{1, 2}, {3, 4}};"),
        ("!!! words of a sentence", "!!! words of a sentence"),
        ("!!! note", "!!! note"),
        ("Ben speaks [video]", "Ben speaks [video]"),
        ("[gallery](/g/) and [x] and [note]", "gallery and [x] and [note]"),
        ("A set {1, 2, 3} and {a}", "A set {1, 2, 3} and {a}"),
        (":nosuchname: and :not an emoji:", ":nosuchname: and :not an emoji:"),
        ("100 % } and { % x", "100 % } and { % x"),
    ],
)
def test_what_is_no_template_code_stays(source: str, words: str, engine: str) -> None:
    shown = words_of(html_of(read(source, engine)))
    assert " ".join(words.split()) == " ".join(shown.split())


@engines
@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("{% include comments.html %}\n\nText", {"{% include comments.html %}": 1}),
        ("{{ site.robots }} {{ site.robots }} robots", {"{{ site.robots }}": 2}),
        ("{{< foo >}} {{% bar /%}}", {"{{< foo >}}": 1, "{{< bar >}}": 1}),
        ("{% for x in y %}\n- {{ x.name }}\n{% endfor %}", {"{% for %}": 1}),
        ('[vc_row full="yes"]Text[/vc_row]', {"[vc_row]": 1}),
        ("Text\n\n`{{ site.robots }}`\n\n    {{ site.robots }}", {}),
        ("{% assign a = b %}{% if a %}Text{% endif %}{% comment %}x{% endcomment %}", {}),
        ("<img src='{{ x.y }}'>Text", {"{{ x.y }}": 1}),
    ],
)
def test_what_stands_for_nothing_is_counted_by_its_name(source: str, left: dict[str, int], engine: str) -> None:
    """Its text stays; code that is meant to be read is not counted."""
    document = read(source, engine)
    assert left == dict(document.template_code)
    assert not LEFT.search(words_of(html_of(document)) + document.excerpt + document.title)


@engines
def test_notes_speak_the_language_of_the_page(engine: str) -> None:
    source = (
        "> [!WARNING]\n> A\n\n??? note\n    B\n\n{{< details >}}\nC\n{{< /details >}}\n\nhttps://youtu.be/dQw4w9WgXcQ"
    )
    html = html_of(read(source, engine, language="es"))
    for words in ("Advertencia", "Nota", "Detalles", "Video en YouTube", "Abre YouTube."):
        assert words in html


CODE = st.lists(
    st.one_of(
        st.sampled_from([each for each in EXAMPLES if "raw" not in each]),
        st.sampled_from(["x = 1", "", "  y", "{{ z }}", ":tada:", "**b**"]),
    ),
    min_size=1,
    max_size=4,
).map("\n".join)


@engines
@settings(max_examples=100)
@given(
    code=CODE,
    fence=st.sampled_from(["```", "~~~~", "```text", "```{.text}"]),
    lead=st.sampled_from(["", "> ", "- ", "1. ", "- > "]),
)
def test_fenced_code_is_left_as_it_was_typed(engine: str, code: str, fence: str, lead: str) -> None:
    """By itself, in a quotation and in a list, letter for letter."""
    if code != code.strip("\n") or "```" in code:
        return
    inside = "".join(letter if letter == ">" else " " for letter in lead)
    lines = [
        f"{lead}Text {{{{ a.b }}}}.",
        inside,
        *(f"{inside}{line}" for line in (fence, *code.split("\n"), fence[:4].rstrip("t{"))),
    ]
    html = html_of(read("\n".join([*lines, "", "Below {{ a.b }}."]), engine))
    assert code_in(html, "pre") == [code]
    assert "<p>Below .</p>" in html


@engines
@settings(max_examples=60)
@given(code=CODE)
def test_indented_code_is_left_as_it_was_typed(engine: str, code: str) -> None:
    lines = [line for line in code.split("\n") if line.strip()]
    if not lines or lines[0] != lines[0].lstrip() or lines[0].startswith(("#!", ":::")):
        return
    indented = "\n".join(f"    {line}" for line in lines)
    html = html_of(read(f"Above {{{{ a.b }}}}.\n\n{indented}\n\nBelow", engine))
    assert code_in(html, "pre") == ["\n".join(lines)]


@engines
@settings(max_examples=60)
@given(
    code=st.sampled_from([each for each in EXAMPLES if "raw" not in each and "\n" not in each]),
    more=st.sampled_from(["", "{{ x }} ", "[[a]] "]),
)
def test_code_in_a_line_is_left_as_it_was_typed(engine: str, code: str, more: str) -> None:
    html = html_of(read(f"One `{more}{code}` two ``{code}`` {{{{ a.b }}}} three.", engine))
    assert code_in(html, "code") == [f"{more}{code}", code]


def code_in(html: str, tag: str) -> list[str]:
    """Return the text of each element of code."""
    return [node.text().strip("\n") for node in LexborHTMLParser(html).css(tag)]


def test_entities_are_told_apart() -> None:
    """What is written as a reference is what its author wanted to be seen."""
    assert "{{ x }}" in unescape(html_of(read("&#123;&#123; x }}", "python-markdown")))
