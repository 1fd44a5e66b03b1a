"""The HTML policy, in one table: what of the HTML that an author writes reaches a page, a feed and the preview.

What is named here stays. Of any other element the words stay and the tags go; any other attribute goes. So nothing
that browsers learn next year runs on a page of today. The guide's page "HTML in a post" shows each rule at work.
"""

from enum import Enum
from typing import NamedTuple


class Place(Enum):
    """Where an element stands: what may stand there differs."""

    PAGE = "page"
    DRAWING = "drawing"
    FORMULA = "formula"
    CHOICE = "choice"
    WORDS = "words"
    NOWHERE = "nowhere"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


ELEMENTS = _names(
    """a abbr acronym address area article aside audio b bdi bdo big blockquote br button caption center cite code col
    colgroup data datalist dd del details dfn dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3
    h4 h5 h6 header hgroup hr i iframe img input ins kbd label legend li main map mark menu meter nav nobr ol
    optgroup option output p picture pre progress q rb rp rt rtc ruby s samp search section select small source span
    strike strong sub summary sup table tbody td textarea tfoot th thead time tr track tt u ul var video wbr"""
)
"""What an author may write, beside drawings, formulas, and elements with a hyphen, which the theme gives a meaning."""
DRAWING = _names(
    """a circle clippath defs desc ellipse filter g image line lineargradient marker mask path pattern polygon polyline
    radialgradient rect stop svg symbol text textpath title tspan use view feblend fecolormatrix fecomponenttransfer
    fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow feflood fefunca
    fefuncb fefuncg fefuncr fegaussianblur femerge femergenode femorphology feoffset fepointlight fespecularlighting
    fespotlight fetile feturbulence"""
)
"""What may stand in an `<svg>`: nothing that holds HTML or changes as time goes by."""
FORMULA = _names(
    """annotation math menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom
    mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
    semantics"""
)
"""What may stand in a `<math>`: nothing that holds HTML."""
ONLY_WORDS = _names("annotation desc title")
"""Parts of drawings and formulas of which only the words stay."""
CHOICES = _names("hr optgroup option")
"""What may stand in a `<select>`."""
GONE = {
    **dict.fromkeys(_names("script"), "script"),
    **dict.fromkeys(_names("style"), "style"),
    **dict.fromkeys(_names("base"), "head"),
    **dict.fromkeys(_names("template"), "unseen"),
    **dict.fromkeys(_names("animate animatemotion animatetransform discard foreignobject set"), "drawing"),
    **dict.fromkeys(
        _names("annotation-xml basefont bgsound frame frameset head link meta metadata noembed noframes param title"),
        "",
    ),
}
"""What goes with all that is in it, and what is said of it ("" for nothing, where a reader loses nothing)."""
AS_TYPED = _names("listing plaintext xmp")
"""What becomes a `<pre>`: browsers read no end tag in some of them."""
SHOWN_BY_OTHERS = _names("embed object")
"""What browsers show with the help of another program: what is written for those without it stays, or a link."""
NAMELESS = _names("form iframe img")
"""Elements whose name would take the place of what scripts call by that name, as `document.currentScript`."""

PLAIN = _names(
    """abbr accept accept-charset align alt autocomplete autoplay bgcolor border cellpadding cellspacing char charoff
    checked class clear color cols colspan compact content controls coords datetime default dir disabled download
    enctype face for frame frameborder headers height hidden high hreflang hspace icon ismap itemid itemprop itemref
    itemscope itemtype kind label lang list loading loop low max maxlength media method min minlength multiple muted
    name noshade nowrap open optimum pattern placeholder playsinline preload property readonly required reversed
    role rows rowspan rules scope selected shape size sizes span spellcheck srclang start step summary title
    translate type typeof usemap valign value vspace width wrap allowfullscreen decoding fetchpriority id"""
)
ADDRESSES = _names("action background cite formaction href longdesc poster src xlink:href")
"""Attributes whose value is an address."""
RULED = ADDRESSES | _names("rel srcset style tabindex target")
"""Attributes that stay only as far as a rule allows."""
IN_DRAWINGS = _names(
    """alignment-baseline amplitude azimuth basefrequency baseline-shift bias clip-path clip-rule clippathunits color-
    interpolation color-interpolation-filters cx cy d diffuseconstant direction display divisor dominant-baseline dx
    dy edgemode elevation exponent fill fill-opacity fill-rule filter filterunits flood-color flood-opacity font-
    family font-size font-size-adjust font-stretch font-style font-variant font-weight fr fx fy gradienttransform
    gradientunits image-rendering in in2 intercept k1 k2 k3 k4 kernelmatrix kernelunitlength lengthadjust letter-
    spacing lighting-color marker-end marker-mid marker-start markerheight markerunits markerwidth mask
    maskcontentunits maskunits method mode numoctaves offset opacity operator order orient origin overflow paint-
    order pathlength patterncontentunits patterntransform patternunits points preservealpha preserveaspectratio
    primitiveunits r radius refx refy result rotate rx ry scale seed shape-rendering side slope spacing
    specularconstant specularexponent spreadmethod startoffset stddeviation stitchtiles stop-color stop-opacity
    stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width surfacescale tablevalues targetx targety text-anchor text-decoration text-rendering textlength
    transform transform-origin values vector-effect version viewbox visibility word-spacing writing-mode x x1 x2
    xchannelselector xmlns xmlns:xlink xml:lang xml:space y y1 y2 ychannelselector z"""
)
IN_FORMULAS = _names(
    """accent accentunder columnalign columnlines columnspacing columnspan denomalign depth display displaystyle
    encoding equalcolumns equalrows fence form linebreak linethickness lspace mathbackground mathcolor mathsize
    mathvariant maxsize minsize movablelimits notation numalign rowalign rowlines rowspacing rspace scriptlevel
    separator separators stretchy subscriptshift superscriptshift symmetric voffset xmlns"""
)

SCHEMES = _names(
    """callto doi facetime feed ftp ftps geo http https irc ircs itms itms-apps itpc magnet mailto maps matrix msteams
    news nntp pcast podcast sftp sip sips skype sms smsto spotify tel tg urn viber webcal webcals whatsapp xmpp
    zoommtg"""
)
"""What the address of a link may begin with: none of these runs anything on the page that holds it."""
PICTURES = ("data:image/",)
"""What the address of a picture may begin with besides: a picture runs nothing, whatever is in it."""

STYLES = _names(
    """accent-color aspect-ratio background block-size border box-sizing break-after break-before break-inside caption-
    side clear color column-count column-gap column-rule column-width columns direction display empty-cells fill
    flex float font gap height hyphens inline-size letter-spacing line-break line-height list-style margin max-
    height max-width min-height min-width object-fit object-position opacity order orphans overflow overflow-wrap
    padding page-break-after page-break-before page-break-inside quotes row-gap stop-color stop-opacity stroke tab-
    size table-layout unicode-bidi vertical-align visibility white-space widows width word-break word-spacing word-
    wrap writing-mode"""
)
STYLE_FAMILIES = (
    *("align-", "background-", "border-", "flex-", "font-", "grid-", "justify-", "list-style-", "margin-", "padding-"),
    *("place-", "ruby-", "stroke-", "text-"),
)
"""What a `style` may set, by whole names and by how they begin: all that leaves the words in their place."""
LIFTED = _names("absolute fixed sticky")
"""The values of `position` that are told of; any other may go unseen."""

SANDBOX = "allow-scripts allow-forms allow-popups allow-downloads"
"""What a page of the site may do in a frame: all but reach the page around it."""
SANDBOX_ELSEWHERE = f"{SANDBOX} allow-same-origin allow-popups-to-escape-sandbox allow-presentation"
"""What a page of a host that the settings name may do besides: what it may do at home."""


class Said(NamedTuple):
    """What a build says of one kind of change: what became of it, and what to do instead."""

    what: str
    hint: str
    sought: tuple[str, ...]
    """What the line has in it, in small letters, the likeliest first."""


_IN_THE_THEME = 'scripts belong in the theme: see the page "HTML in a post" in the guide'
SAID = {
    "script": Said("a script is left out, because a post cannot run scripts", _IN_THE_THEME, ("<script",)),
    "handler": Said("{about} is left out, because a post cannot run scripts", _IN_THE_THEME, ("{about}",)),
    "address": Said(
        'an address that begins with "{about}:" is left out, because it leads to no page',
        "write an address that begins with https:, or the name of a file",
        ("{about}:", "{about}", "colon"),
    ),
    "head": Said(
        "<{about}> is left out: it belongs at the top of a page, where a post cannot write",
        "delete it; to send readers to a new address, use the key aliases",
        ("<{about}",),
    ),
    "style": Said(
        "a <style> is left out, because it would change the whole page",
        'put its lines in the theme: see the page "HTML in a post" in the guide',
        ("<style",),
    ),
    "lifted": Said(
        "a style that would put this text over the rest of the page is left out",
        "delete position: and numbers below zero; the rest of the style can stay",
        ("position", "margin", "style"),
    ),
    "form": Said(
        "this form does not send what readers type to {about}, because the settings do not name that site",
        "if it should, add this line to storysite.yml: forms_to: {about}",
        ("{about}", "<form", "formaction"),
    ),
    "frame": Said(
        "a frame is left out, because it does not show a page by its address",
        "save the page in static/, and write its address in the frame",
        ("srcdoc", "<iframe"),
    ),
    "unseen": Said(
        "a <template> is left out, because only a script could show it", "write what readers should see", ("<template",)
    ),
    "drawing": Said(
        "a part of a drawing that moves, or that has a page in it, is left out",
        "save the drawing as a file, and show it as a picture",
        ("<animate", "<set", "<foreignobject", "<discard"),
    ),
}
"""What is said of each kind of change, in the order in which the guide has them."""
