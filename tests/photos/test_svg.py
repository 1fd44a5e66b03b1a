"""Drawings: what draws stays, what does anything else goes; and none fills a computer's memory."""

from base64 import b64decode, b64encode
from time import perf_counter
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from storysite.errors import BadValue
from storysite.photos.header import read_facts
from storysite.photos.svg import clean_svg, svg_facts
from tests.photos.pictures import made

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">'
GONE = {
    "script": "<script>alert(1)</script>",
    "script of another name": '<x:script xmlns:x="http://www.w3.org/2000/svg" href="//evil"/>',
    "script of HTML": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    "event": '<g onload="alert(1)"/>',
    "event in capitals": '<g ONCLICK="alert(1)"/>',
    "foreign object": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="x()"/></foreignObject>',
    "frame": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/>',
    "link": '<a xlink:href="javascript:alert(1)"><text>evil</text></a>',
    "picture elsewhere": '<image href="https://evil.example/a.png"/>',
    "picture without a scheme": '<image xlink:href="//evil.example/a.png"/>',
    "picture beside it": '<image href="evil.png"/>',
    "drawing in it": f'<image href="data:image/svg+xml;base64,{b64encode(b"<svg onload=evil()/>").decode()}"/>',
    "page in it": '<image href="data:text/html;base64,PHNjcmlwdD4="/>',
    "use elsewhere": '<use href="evil.svg#a"/>',
    "style": "<style>@import url(https://evil.example/a.css);</style>",
    "style in a comment": "<style>@im/* */port 'https://evil.example/a.css';</style>",
    "style with codes": "<style>.a{background:u\\72l(evil)}</style>",
    "font": "<style>@font-face{src:url(evil.woff)}</style>",
    "fill": '<path fill="url(https://evil.example/a.svg#b)"/>',
    "style of one": '<path style="fill:url(&quot;https://evil.example&quot;)"/>',
    "filter": '<path filter="url( evil.svg#x )"/>',
    "cursor": '<path cursor="url(evil.cur), auto"/>',
    "animated link": '<g><set attributeName="href" to="javascript:evil()"/></g>',
    "animated event": '<g><animate attributeName="onclick" values="evil()"/></g>',
    "handler": '<handler xmlns="http://www.w3.org/2001/xml-events">evil()</handler>',
    "notes of a program": "<metadata>C:\\Users\\ana\\evil</metadata>",
    "name of a file": '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="C:\\ana\\evil.png"/>',
    "remark": "<!-- made by Ana at evil -->",
    "style sheet": '<?xml-stylesheet href="https://evil.example/a.css"?>',
    "base": '<g xml:base="https://evil.example/"/>',
}
KEPT = [
    '<path d="M0 0h10" fill="url(#a)" stroke="#fff" />',
    '<style>.a{fill:red;clip-path:url(#b)}</style>',
    '<linearGradient id="a" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="red" /></linearGradient>',
    '<text x="1" y="2">Ana &amp; Ben &lt;3<tspan dy="1">ñ</tspan></text>',
    '<use href="#a" x="3" />',
    '<title>A robot</title>',
    '<circle r="3"><animate attributeName="r" values="1;3" dur="1s" repeatCount="indefinite" /></circle>',
    '<filter id="f"><feGaussianBlur stdDeviation="2" in="SourceGraphic" /></filter>',
]  # fmt: skip


@pytest.mark.parametrize("name", GONE)
def test_what_is_no_drawing_is_taken_out(name: str) -> None:
    """With all that is in it; what lies beside it stays."""
    found = clean_svg(f"{HEAD}<g>{GONE[name]}<circle r='3'/></g></svg>".encode())
    assert b"<circle" in found
    for word in (b"script:", b"script>", b"alert", b"https", b"onl", b"import", b"ana", b"//evil", b"evil."):
        assert word not in found.replace(b'"http://www.w3.org/2000/svg"', b"").lower(), found
    assert clean_svg(found) == found


@pytest.mark.parametrize("part", KEPT)
def test_what_draws_stays(part: str) -> None:
    """Letter by letter, whatever its names are."""
    assert part in clean_svg(f"{HEAD}{part}</svg>".encode()).decode()


def test_old_spellings_are_read() -> None:
    """Other names for the same space, references as in SVG 1.1, short entities of Illustrator, no namespace at all."""
    old = '<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><s:svg xmlns:s="&ns;" xmlns:xlink="http://www.w3.org/1999/xlink"><s:use xlink:href="#a"/></s:svg>'
    assert clean_svg(old.encode()) == b'<svg xmlns="http://www.w3.org/2000/svg"><use href="#a" /></svg>'
    assert (
        clean_svg(b"<svg><path d='M0 0'/></svg>") == b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0" /></svg>'
    )
    assert "ñ".encode() in clean_svg(
        '<?xml version="1.0" encoding="iso-8859-1"?><svg><text>ñ</text></svg>'.encode("latin-1")
    )


def test_pictures_in_a_drawing_are_scrubbed() -> None:
    """They stay, and tell nothing."""
    data = made("jpeg") + b"ftypmp42 a film"
    found = clean_svg(f'{HEAD}<image href="data:image/jpeg;base64,{b64encode(data).decode()}"/></svg>'.encode())
    root = ElementTree.fromstring(found)
    assert b64decode(root[0].attrib["href"].partition(",")[2]) == made("jpeg")


@pytest.mark.parametrize(
    "drawing",
    [
        '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
        '<!DOCTYPE l [<!ENTITY % a SYSTEM "http://evil.example/a.dtd">%a;]><svg xmlns="http://www.w3.org/2000/svg"/>',
        f'<!DOCTYPE l [<!ENTITY a "{"y" * 99}">]><svg xmlns="http://www.w3.org/2000/svg"><text>{"&a;" * 200_000}</text></svg>',
        HEAD + "<g>" * 10_000 + "</g>" * 10_000 + "</svg>",
        HEAD + "<g/>" * 900_000 + "</svg>",
        HEAD + "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 30)) + "</svg>",
        HEAD + '<g id="a"><use href="#a"/></g></svg>',
        HEAD
        + "".join(f'<g id="a{n}">{"<g>" * 190}<use href="#a{n + 1}"/>{"</g>" * 191}' for n in range(99))
        + "</svg>",
        HEAD + '<path d="' + "M0 0" * 2_000_000 + '"/></svg>',
    ],
    ids=["laughs", "file", "elsewhere", "long", "deep", "many", "uses", "circle", "uses-deep", "large"],
)
def test_what_would_fill_the_memory_is_told_of(drawing: str) -> None:
    """In a sentence that says what to do, and soon."""
    began = perf_counter()
    with pytest.raises(BadValue, match="this drawing") as refused:
        clean_svg(drawing.encode())
    assert refused.value.hint
    assert perf_counter() - began < 5


@pytest.mark.parametrize(
    "drawing",
    [
        "",
        "<svg",
        "<svg><g></svg>",
        "<html/>",
        HEAD,
        "\0<svg/>",
        "<svg>&nbsp;</svg>",
        '<?xml version="1.0" encoding="nonsense"?><svg/>',
    ],
)
def test_what_is_broken_is_told_of(drawing: str) -> None:
    with pytest.raises(BadValue):
        clean_svg(drawing.encode())


@given(some.text(alphabet="<>/svg =\"'&;:#!-[]?xmlnhrefon\n", max_size=60), some.booleans())
@settings(deadline=None)
def test_any_text_is_told_of(text: str, inside: bool) -> None:
    """A drawing without harm, or a sentence; and cleaned twice it is the same."""
    try:
        found = clean_svg((f"{HEAD}{text}</svg>" if inside else text).encode())
    except BadValue as error:
        assert error.what
    else:
        assert clean_svg(found) == found


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="1in" height="0.5in"', (96, 48)),
        ('viewBox="0 0 200 100"', (200, 100)),
        ('viewBox="0 0 200 100" width="50"', (50, 25)),
        ('viewBox="0,0,200,100" width="100%" height="100%"', (200, 100)),
        ('viewBox="0 0 0 0"', (300, 150)),
        ('viewBox="x" width="-3" height="1e99"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_the_size_of_a_drawing_is_known(attributes: str, size: tuple[int, int]) -> None:
    """As browsers have it: from its width and height, else from its field of view."""
    facts = svg_facts(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert (facts.width, facts.height) == size
    assert (
        read_facts(f'<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
        == facts
    )
