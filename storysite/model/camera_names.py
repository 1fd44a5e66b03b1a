"""Names that nobody chose: those that cameras, phones and programs give to pictures."""

import re

_CAMERA = re.compile(
    r"(?:img|image|imagen|imagem|dsc|dscn|dscf|pxl|mvimg|photo|foto|picture|pict?|bild|imgp|cimg|gopr|dji|scan|screenshot|"
    r"bildschirmfoto|whatsapp|unnamed|untitled|微信图片|截图|截屏|屏幕截图|屏幕快照|螢幕截圖)(?=\d*$)",
    re.IGNORECASE,
)
"""The words that begin them."""
_MAKER = re.compile(
    r"(?<![^\W_])(?:_?mg|sam|sdc|hpim|sany|imag|kimg|eos|file|[lr](?=\d{7})|fb_img|snapchat(?=-\d{6})|received(?=_\d{6})|"
    r"win(?=_\d{8}))(?=[_-]?\d{4})",
    re.IGNORECASE,
)
"""Names of cameras and programs that are words or names of people as well, unless a long number comes right behind."""
_BESIDE = re.compile(
    r"(?:screen|shot|capture|captura|capturas|pantalla|tela|ecrã|écran|ảnh|chụp|màn|hình|lúc|لقطة|شاشة|الشاشة|في|ص|م|pasted|signal|cam|wa|from|at|on|am|pm|um|le|às|las|jpeg|jpg|heic|copy|"
    r"edited|scaled|portrait|cover|burst|design|pro|mp|e|s|v|p)?\d*",
    re.IGNORECASE,
)
"""Words and numbers that come with them."""
_JOINING = frozenset("a à d de do da".split())
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_DIGEST = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{16,}", re.IGNORECASE)
"""The digest or the random number that programs call a file."""


def words_of(name: str) -> list[str]:
    """Return the words and numbers that a name is made of."""
    return [word for word in re.split(r"[\W_]+", name) if word]


def is_camera_name(name: str) -> bool:
    """Return whether a name, without its ending, has only such words and numbers in it, as IMG_1234 or 2."""
    return all(_CAMERA.match(word) or _BESIDE.fullmatch(word) for word in words_of(_MAKER.sub("img", name)))


def is_surely_camera_name(text: str) -> bool:
    """Return whether words can be nothing else: they begin with such a word or are a day, and have a number.

    A year or the number of a house is none, nor is that of a telephone.
    """
    words = [word for word in words_of(_MAKER.sub("img", text)) if word.lower() not in _JOINING]
    if _DIGEST.fullmatch(text.strip().replace("-", "")):
        return True
    digits = re.sub(r"\D", "", text)
    if not digits or not is_camera_name(" ".join(words)):
        return False
    return any(map(_CAMERA.match, words)) or _DAY.match(digits) is not None
