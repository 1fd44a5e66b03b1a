"""The table of forms: each row, by each of its names and in each way to write it, becomes what the table says."""

import re

import pytest

from storysite.markdown.template_code.forms import FORMS, OTHER_FORMS, Form
from storysite.model.config import ENGINES
from tests.markdown.test_template_code import LEFT, html_of, read, words_of

SHOWN = {
    "gallery": ('src="one.jpg"', 'src="two.jpg"'),
    "figure": ('src="robot.jpg" alt="A robot"', "<figcaption>Our robot</figcaption>"),
    "youtube": ('href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"', "Video on YouTube"),
    "vimeo": ('href="https://vimeo.com/76979871"', "Video on Vimeo"),
    "video": ('<video controls="" preload="none" src="robots.mp4">',),
    "film": ('<video controls="" preload="none" src="robots.mp4">',),
    "audio": ('<audio controls="" preload="none" src="song.mp3">',),
    "tweet": ('href="https://x.com/library/status/123456"',),
    "instagram": ('href="https://www.instagram.com/p/CxOWiQNP2MO/"',),
    "gist": ('href="https://gist.github.com/library/0a1b2c3d"',),
    "embed": ('href="https://example.org/map"', "Nothing is loaded from there"),
    "post_url": ('<a href="2013-11-14-robots">Robots</a>',),
    "link": ('<a href="/about/">About us</a>',),
    "asset_path": ('<a href="plan.pdf">Our plan</a>',),
    "details": ("<details><summary>Rules</summary>", "Be kind.", "</details>"),
    "notice": ('<div class="admonition', "Bring a box."),
    "blockquote": ("<blockquote>", "I made it!", "</blockquote>"),
    "highlight": ("<code>", "print", "</pre>"),
    "tab": ("<strong>Windows</strong>", "Press it."),
    "toc": ("",),
    "param": ("Robots",),
    "center": ("Our text.",),
}
"""By the first name of each row, what is in the page."""
OTHERS = {
    "{{ site.baseurl }}/maps/": "/maps/",
    '{{ "/maps/" | relative_url }}': "/maps/",
    "{{ page.title }}": "Robots",
    "{% if page.new %}Text{% endif %}": "<p>Text</p>",
    "{% capture about %}Text{% endcapture %}{{ about }}": "<p>Text</p>",
    "{% comment %}Text{% endcomment %}": "",
    "{% raw %}{{ x }}{% endraw %}": "{{ x }}",
    '[caption id="x"]![](robot.jpg) Our robot[/caption]': "<figcaption>Our robot</figcaption></figure>",
    "[Robots]({filename}robots.md)": '<a href="robots.md">Robots</a>',
    "[Robots](link://slug/robots)": '<a href="robots">Robots</a>',
    "![[robot.jpg]]": '<img src="robot.jpg" alt="" data-enlarge="" loading="lazy">',
    "[[Robots]]": '<a href="Robots">Robots</a>',
    "!!! note\n    Bring a box.": '<p class="admonition-title">Note</p>\n<p>Bring a box.</p>',
    "??? note\n    Bring a box.": "<summary>Note</summary>\n<p>Bring a box.</p>\n</details>",
    "> [!NOTE]\n> Bring a box.": '<p class="admonition-title">Note</p>\n<p>Bring a box.</p>',
    "::: tip\nBring a box.\n:::": '<p class="admonition-title">Tip</p>\n<p>Bring a box.</p>',
    ":tada:": "🎉",
    '[Robots](/robots/){:target="_blank"}': '<a href="/robots/" target="_blank" rel="noopener">Robots</a>',
    "{::comment}Text{:/comment}": "",
}
"""What is in the page for each form that is read in another way than by its name."""
EXAMPLE = re.compile(
    r"(?:\{\{[<%]|\{%|\[) ?(?P<name>\w+)(?P<words>[^\]%>]*?) ?(?:[>%]\}\}|%\}|\])"
    r"(?:(?P<inner>.*?)(?:\{\{[<%]|\{%|\[).*)?",
    re.DOTALL,
)
engines = pytest.mark.parametrize("engine", ENGINES)


def spellings(form: Form, name: str) -> list[str]:
    """Return a form's example by another name, in each way in which the table says that it may be written."""
    found = EXAMPLE.fullmatch(form.example)
    assert found, form.example
    words, inner = found["words"], found["inner"]
    made: list[str] = []
    if "%" in form.signs:
        made.append(f"{{% {name}{words} %}}" + ("" if inner is None else f"{inner}{{% end{name} %}}"))
        made.append(f"{{%- {name}\n  {words.strip()}\n-%}}" + ("" if inner is None else f"{inner}{{%- end{name} -%}}"))
    if "<" in form.signs:
        made.append(f"{{{{< {name}{words} >}}}}" + ("" if inner is None else f"{inner}{{{{< /{name} >}}}}"))
        made.append(f"{{{{%{name}{words}%}}}}" + ("" if inner is None else f"{inner}{{{{%/{name}%}}}}"))
        made += [f"{{{{< {name}{words} />}}}}"] if inner is None else []
    if "include" in form.signs and not inner:
        made += [f"{{% include {name}.html{words} %}}", f"{{% render '{name}'{words} %}}"]
    if "[" in form.signs and ("=" in words or inner):
        made.append(f"[{name}{words}]" + ("" if inner is None else f"{inner}[/{name}]"))
    return made


def test_every_row_has_an_example_and_no_name_stands_in_two_rows() -> None:
    """Of several forms of one name only the first would ever be taken."""
    assert [form.names.split()[0] for form in FORMS] == list(SHOWN)
    assert [example for example, *_ in OTHER_FORMS] == list(OTHERS)
    for sign in "% < include [".split():
        names = [name for form in FORMS if sign in form.signs.split() for name in form.names.split()]
        assert len(names) == len({*names}), sign


@engines
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.names.split()[0])
def test_a_form_is_read_by_each_of_its_names_however_it_is_written(form: Form, engine: str) -> None:
    """As a tag, a shortcode, an include or in square brackets, on one line or on several."""
    for name in form.names.split():
        for source in (form.example, *spellings(form, name)):
            document = read(f"Above.\n\n{source}\n\nBelow.", engine, title="Robots")
            html = html_of(document)
            for part in SHOWN[form.names.split()[0]]:
                assert part in html, source
            assert not LEFT.search(words_of(html)), source
            assert not document.template_code, source
            assert "<p>Above.</p>" in html, source
            assert html.rstrip().endswith("<p>Below.</p>"), source


@engines
@pytest.mark.parametrize(("source", "shown"), OTHERS.items())
def test_any_other_form_is_read(source: str, shown: str, engine: str) -> None:
    document = read(source, engine, title="Robots")
    assert shown in html_of(document)
    assert not document.template_code
    if "raw" not in source:
        assert not LEFT.search(words_of(html_of(document)) + document.excerpt)
