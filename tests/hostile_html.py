"""HTML that strangers leave in a text, to run something, to lead readers away, or to swallow what follows it."""

import random
from collections.abc import Iterator

RUN = "top.ran=parent.ran=window.ran=1"
AWAY = "https://away.example/"
_ADDRESS = [
    f"javascript:{RUN}",
    f" JaVaScRiPt:{RUN}",
    f"java&#10;script:{RUN}",
    f"java&Tab;script&colon;{RUN}",
    f"&#1;javascript:{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"javascript%3A//x/%E2%80%A8{RUN}",
    f"{{filename}}javascript:{RUN}",
    f"link://slug/javascript:{RUN}",
]
_HOLDERS = [
    '<a href="{}">x</a>',
    '<form action="{}"><button>x</button></form>',
    '<form><button formaction="{}">x</button><input type=submit formaction="{}"></form>',
    '<iframe src="{}"></iframe>',
    '<iframe data-src="{}"></iframe>',
    '<embed src="{}">',
    '<object data="{}"></object>',
    '<svg><a xlink:href="{}"><text y="9">x</text></a></svg>',
    '<svg><a><animate attributeName=href values="{}"/><text y="9">x</text></a></svg>',
    '<svg><a><set attributeName="xlink:href" to="{}"/><text y="9">x</text></a></svg>',
    '<math href="{}"><mi href="{}">x</mi></math>',
    '<map><area href="{}"></map>',
    '<video poster="{}" src="{}"><source src="{}"><track src="{}"></video>',
    '<img src="{}" srcset="{} 2x" longdesc="{}">',
    '<table background="{}"><tr><td background="{}">x</table>',
    "[x](<{}>)",
    "![x](<{}>)",
]
_HANDLERS = [
    '<img src="data:," onerror="{}">',
    "<svg onload={}></svg>",
    "<details open ontoggle={}><summary>x</summary></details>",
    "<video src=x onerror={}></video>",
    "<p onpointerover={} onclick={}>x</p>",
    "<input autofocus onfocus={}>",
    "<body onload={} onpageshow={}>",
    "<marquee onstart={}>x</marquee>",
    "<a href=# ONCLICK\n=\n{}>x</a>",
    "<my-card onclick={} onmouseover={}>x</my-card>",
    "<style onload={}></style>",
    '<p style="animation: x 1s" onanimationstart={}>x</p>',
    "<math><mtext><img src='data:,' onerror={}></mtext></math>",
    "<select><option onclick={}>x</select>",
    '<p a"b onclick={}>x</p>',
    "<p x<y onclick={}>x</p>",
]
_SCRIPTS = [
    f"<script>{RUN}</script>",
    f"<SCRIPT\n>{RUN}</SCRIPT\n>",
    f"<script/x>{RUN}</script>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script href='data:,{RUN}'/></svg>",
    f"<math><script>{RUN}</script></math>",
    f"<script type=module>{RUN}</script>",
    f"<template><script>{RUN}</script></template>",
    f"<div><template shadowrootmode=open><script>{RUN}</script></template></div>",
    f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    f"<svg><foreignObject><iframe srcdoc='<script>{RUN}</script>'></iframe></foreignObject></svg>",
    f"<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>{RUN}</script></svg>#x\"/></svg>",
    f"<select><script>{RUN}</script></select>",
    f"<noscript><script>{RUN}</script></noscript>",
    f"<table><script>{RUN}</script><tr><td>x</table>",
    f"<script>\n\n{RUN}\n\n</script>",
]
_AWAY = [
    f'<meta http-equiv="refresh" content="0; url={AWAY}">',
    f'<META HTTP-EQUIV=Refresh CONTENT="0;{AWAY}">',
    f'<base href="{AWAY}" target="_top">',
    f'<link rel="stylesheet" href="{AWAY}">',
    f'<link rel="prerender" href="{AWAY}">',
    f'<form action="{AWAY}"><input name=a autofocus><button>x</button></form>',
    '<form action="\\\\away.example"><button>x</button></form>',
    f'<iframe src="{AWAY}"></iframe>',
    '<iframe src="/\\away.example/"></iframe>',
    f'<portal src="{AWAY}"></portal><fencedframe src="{AWAY}"></fencedframe>',
    f'<object data="{AWAY}"></object><embed src="{AWAY}"><applet code="{AWAY}"></applet>',
    f"<frameset><frame src='{AWAY}'></frameset>",
    '<input type="image" formaction="//away.example/">',
]
_SWALLOW = [
    "<plaintext>", "<xmp>", "<listing>", "<noframes>", "<noembed>", "<title>", "<textarea>", "<select>", "<option>",
    "<template>", "<script>", "<style>", "<iframe>", "<noscript>", "<!--", "<![CDATA[", "<?x", "<!x", "</", "<svg>", "<math>",
    "<svg><title>", "<svg><desc>", "<math><annotation-xml encoding='text/html'>", "<table>", "<table><tr>", "<frameset>",
    "</div></div></article></main></body></html>", "</p></br></form>", "<form>", "<button>", "<a href=x>", "<nobr>", "<b><i>",
    "<p title='", '<p title="', "<body style='display:none'>", "<html hidden>", "<head>", "<caption>", "<col>", "<marquee>",
    "<object>", "<dialog open>", "<details>", "<font size=7>", "<ruby><rt>", "<svg><foreignObject>", "<math><mtext>", "<h1><h2>",
]  # fmt: skip
_NAMES = "currentScript body createElement querySelector documentElement location cookie forms URL SharedWorker".split()
_COVERS = [
    '<div style="position:fixed;inset:0;background:red">x</div>',
    '<div style="POSITION : absolute ! important; z-index: 9999; top:0;left:0;width:5000px;height:5000px">x</div>',
    '<div style="pos\\69tion:fixed;inset:0">x</div>',
    '<div style="margin:-3000px;padding:3000px">x</div>',
    '<div style="transform:scale(99)">x</div>',
    '<div style="box-shadow:0 0 0 9999px red;outline:9999px solid">x</div>',
    "<style>*{display:none}</style>",
    "<svg><style>*{display:none}</style></svg>",
    '<dialog open style="position:fixed">x</dialog>',
]
_MUTANTS = [
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">',
    f'<svg></p><style><a id="</style><img src=1 onerror={RUN}>">',
    f"<form><math><mtext></form><form><mglyph><style></math><img src=1 onerror={RUN}>",
    f"<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title=\"</style><img src='#' onerror='{RUN}'>\">",
    f'<noscript><p title="</noscript><img src=1 onerror={RUN}>">',
    f'<svg><title><p title="</title><img src=1 onerror={RUN}>">',
    f"<select><style><![CDATA[</style><img src=1 onerror={RUN}>]]>",
    f"<svg><desc><![CDATA[</desc><script>{RUN}</script>]]>",
    f"<math><annotation-xml encoding='text/html'><style><img src=1 onerror={RUN}></style></annotation-xml></math>",
    f"<table><tr><td><svg><desc><td></desc></svg><script>{RUN}</script></table>",
    f'<xmp><p title="</xmp><img src=1 onerror={RUN}>"></xmp>',
    f'<iframe><p title="</iframe><img src=1 onerror={RUN}>"></iframe>',
    f'<textarea><p title="</textarea><img src=1 onerror={RUN}>"></textarea>',
    f"<!--><img src=1 onerror={RUN}>-->",
    f"<!--!><img src=1 onerror={RUN}>--!>",
    f"<?x ><img src=1 onerror={RUN}>?>",
    f"<a title='<!--more--><img src=1 onerror={RUN}>'>x</a>",
    f'<p data-x="&quot;><img src=1 onerror={RUN}>">x</p>',
]


def hostile() -> list[str]:
    """Return each kind of payload in each of its forms."""
    return [
        *(holder.replace("{}", address) for holder in _HOLDERS for address in _ADDRESS),
        *(handler.replace("{}", RUN) for handler in _HANDLERS),
        *_SCRIPTS,
        *_AWAY,
        *_SWALLOW,
        *(
            f"<{tag} name={name} id={name}></{tag}>"
            for name in _NAMES
            for tag in ("img", "form", "iframe", "object", "embed", "a", "input", "my-card")
        ),
        *_COVERS,
        *_MUTANTS,
    ]


def soups(count: int, seed: int) -> Iterator[str]:
    """Yield texts in which such payloads, cut anywhere, stand in each other."""
    chance = random.Random(seed)
    whole = hostile()
    tags = "a b p div table tr td form button select option svg math mtext title desc style nobr font h1 li pre ruby".split()
    for _ in range(count):
        parts = []
        for _ in range(chance.randint(2, 7)):
            kind, payload = chance.random(), chance.choice(whole)
            if kind < 0.4:
                parts.append(payload)
            elif kind < 0.6:
                parts.append(payload[: chance.randrange(len(payload))])
            elif kind < 0.9:
                parts.append(f"<{'/' * chance.randint(0, 1)}{chance.choice(tags)}>")
            else:
                parts.append(chance.choice(["\n\n", "x", "**b**", "`", "&lt;script&gt;", "]]>", "-->", '"', "'"]))
        yield "".join(parts)
