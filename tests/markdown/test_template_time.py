"""Template code is read in time that grows with its length alone, whatever somebody writes to hold up a build."""

import os
from time import process_time

import pytest

from storysite.markdown.emoji import with_emoji
from storysite.markdown.other_dialects import normalize_markdown
from storysite.markdown.plain_words import plain_words
from storysite.markdown.template_code import mark_template_code
from storysite.markdown.template_code.asides import mark_asides
from storysite.markdown.template_code.fill import fill_marks
from storysite.markdown.template_code.marks import Marks
from storysite.markdown.template_code.pieces import Setting

SIZE = int(os.environ.get("STORYSITE_SIZE", "100_000"))
"""Characters of a text; the environment asks for millions."""
REPEATED = [
    "{% ", "{{ ", "{{< ", "{# ", "{: ", "{::", "[caption ", "[caption]", "[a x=\"", "[[", "![[a.jpg", "{% note %}", "{{< a >}}", "{{ a }}", "{% raw %}",
    "{% highlight x %}\n", "{% for x in y %}{{ x }}{% endfor %}", "{% comment %}", "{% capture a %}", "{% capture a %}b{% endcapture %}{{ a }}",
    "{% assign a = a | append: a %}", "{{ a | b: 'c", "{% note a=\"“", "{{< figure src=\"", "{% image \"a.jpg\" %}", "<!-- {{ x }}", "<a {{ x }}",
    "<a>{% youtube abcdefgh %}", "<p>{{ x }}", "<pre>", "` {{ x }} ``", "~~~\n{% x %}\n", "> [!NOTE]\n", "    !!! note\n", "!!! note\n    x\n", "::: tip\n",
    "- {% youtube abcdefgh %}\n", "{.a", "{:a", ":a", ":a:", ":tada:", "[a]: b\n[[a]]\n", "{{x}}</p>", "\\{{x}}", "{{{",
]  # fmt: skip
AROUND = [
    ("{{< ", "a", ""), ("{{<", " ", ""), ("{%", " ", "%}"), ("x {:", "a", "!"), ("x {:", "a ", "!"), ("x {.", "a.", "!"), ("a", " ", "{: .x }"),
    ("a", " ", "{% youtube abcdefgh %}"), ("<p>", "<br>", "</p>{% youtube abcdefgh %}"), ("{{ ", "\n", "}}"), ("{% x %}", "`", ""), ("[caption]", "<a><img>", ""),
]  # fmt: skip
TEXTS = [sign * (SIZE // len(sign)) for sign in REPEATED] + [
    before + sign * (SIZE // len(sign)) + after for before, sign, after in AROUND
]
TEXTS += [f"{{% note {'“' * 4900} %}}" * 200, f'{{{{ {"a" * 300}" }}}}' * 3000]
TEXTS += [
    opening * (SIZE // 24) + closing * (SIZE // 24)
    for opening, closing in (
        ("{% note %}", "{% endnote %}"),
        ("[b]", "[/b]"),
        ("{{< a >}}", "{{< /a >}}"),
        ("{% raw %}", "{% endraw %}"),
    )
]


@pytest.mark.long
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:20]))
def test_time_grows_with_the_length_alone(text: str) -> None:
    """With one sign again and again, with one that is never closed, and nested as deep as there is room."""
    start = process_time()
    for html in (False, True):
        marks = Marks()
        setting = Setting("", {"x": "y" * 1000, "title": "t" * 100_000})
        marked = text if html else mark_asides(normalize_markdown(text), setting, marks)
        made = fill_marks(f"<p>{mark_template_code(marked, setting, marks, html=html)}</p>", marks)
        assert len(made) < 20 * len(text) + 200_000
    plain_words(text)
    with_emoji(text)
    assert process_time() - start < 20
