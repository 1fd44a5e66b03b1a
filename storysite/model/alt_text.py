"""Alt text: what is wrong with the words that stand for a picture where it cannot be seen.

A rule fires only where the words can hardly be meant: a wrong warning teaches people to read none.
"""

import re
from unicodedata import east_asian_width, normalize
from urllib.parse import unquote

from msgspec import Struct

from storysite.model.camera_names import is_surely_camera_name
from storysite.photos.kinds import ENDING

MISSING = "missing"
"""There are no words, and nobody said that the picture is only decoration."""
LINK = "link"
"""There are none, and the picture is all that a link has."""
FILE_NAME = "file name"
GENERIC = "generic"
"""The words would do for any picture."""
BEGINS = "begins"
"""They begin by saying that this is a picture."""

_ENDING = re.compile(f"{ENDING}$", re.IGNORECASE)
_SIZED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|@[23]x)$", re.IGNORECASE)
"""What WordPress and others put behind the name of a smaller or larger copy."""
_UNDERSCORE = re.compile(r"[^\W_]_+[^\W_]")
_HYPHENS = re.compile(r"(?=[a-z-]*\d)(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+){2,}")
"""Words joined as only files have them: by hyphens, and with a number."""
_LONGEST = 300
"""Signs that are looked at: what is wrong with an alt text is wrong at its beginning, and names are short."""
_EDGES = " \t\n\u00a0\u200b\ufeff.,:;!-_–—*'\"`“”‘’«»()[]{}<>…"
_ARTICLE = re.compile(r"^(?:an?|the|this|my|una?|la|el|esta|une|cette|um|uma|ein|eine|das|dieses) ")
_GENERIC = frozenset(
    " ".join(words.split())
    for words in """
    image|images|photo|photos|photograph|picture|pictures|pic|pics|graphic|img|figure|screenshot|screen shot|thumbnail|
    illustration|untitled|unnamed|untitled image|placeholder|spacer|blank|null|undefined|none|alt|alt text|alttext|
    image alt text|alternative text|alternate text|description|image description|picture description|photo description|
    enter image description here|insert image description here|no photo description available|todo|tbd|
    imagen|imágenes|foto|fotos|fotografía|fotografia|gráfico|captura de pantalla|texto alternativo|descripción|
    sin título|photographie|graphique|capture d'écran|texte alternatif|sans titre|bild|bilder|grafik|bildschirmfoto|
    alternativtext|aufnahme|abbildung|fotografie|ohne titel|imagem|imagens|captura de tela|captura de ecrã|gráfica|
    sem título|hình ảnh|hình|ảnh|ảnh chụp màn hình|bức ảnh|không có tiêu đề|图片|图像|照片|圖片|圖像|相片|截图|截圖|
    截屏|屏幕截图|一张图片|一张照片|无标题|صورة|الصورة|صور|صورة فوتوغرافية|لقطة شاشة|نص بديل|بدون عنوان
    """.split("|")
)
_ROMANCE = (
    r"(?:una |la |esta |uma |a |une |l['’] ?|cette )?(?:imagen|imagem|image|foto|photo|fotograf[ií]a|photographie) "
)
_KIND = (
    r"(?!(?:d[aeou]s? ?|del |d['’] ?)(?:la |l['’])?(?:grupo|groupe|fam[ií]lia|famille|clase|classe|curso|turma|equipo|"
    r"perfil|profil|portada|capa|couverture|archivo|archives?|carnet|"
    r"d[ií]a|jour|semana|semaine|m[eê]s|mois|a[nñ]o|année)\b)"
)
"""A photo of the group is a kind of photo in these languages, as a group photo is."""
_BEGINNINGS = (
    r"(?:this is |here is |may be )?(?:an? |the |my |this )?(?:close-up |black and white |colou?r |digital |stock )?"
    r"(?:image|photo|photograph|picture|pic|graphic) (?:of|show(?:s|ing))\b"
    r"(?! the (?:day|week|month|year)\b| (?:perfect )?health\b)",
    r"(?:image|photo) may contain\b",
    rf"{_ROMANCE}{_KIND}(?:del?\b|d[aou]s?\b|des\b|d['’])",
    rf"{_ROMANCE}(?:(?:que )?m(?:ue|o)stra(?:ndo)?|montr(?:e|ant))\b",
    r"(?:en (?:la|esta)|na|nesta|sur (?:la|cette)) (?:imagen|imagem|image|foto|photo) "
    r"(?:se|vemos|hay|aparecen?|há|on)\b",
    r"(?:eine? |das |die |dieses )?(?:bild|foto|fotografie|abbildung) (?:von|vom|zeigt|eine[rs]|"
    r"de[rs](?! (?:tages|woche|monats|jahres|ausstellung)\b))\b",
    r"auf (?:dem|diesem) (?:bild|foto) (?:ist|sind|sieht)\b",
    r"(?:bức |tấm )?(?:hình ảnh|hình|ảnh chụp|ảnh) (?:của|chụp|về)\b",
    r"(?:صورة|الصورة) (?:فوتوغرافية )?(?:ل|من |تظهر|توضح|تبين)",
    r"(?:这是|這是)?(?:一[张張幅])?(?:图片|图像|照片|相片|圖片|圖像)(?:[:：]|显示|顯示|[中里裡]的?[是有])",
)
_BEGINS = re.compile("|".join(f"(?:{beginning})" for beginning in _BEGINNINGS), re.IGNORECASE)
_TITLE = re.compile(r"(?:An?|The) [A-Z]\w+ of (?:(?:the|an?) )?[A-Z]")
"""The name of a work, as "The Picture of Dorian Gray": it begins each of its words with a capital."""


class PictureWords(Struct, frozen=True):
    """A picture of a text: its address and its alt text as they are written, and what is wrong, "" for nothing."""

    address: str
    alt: str = ""
    fault: str = ""


def fault_of(alt: str, address: str) -> str:
    """Return what is wrong with the alt text of the picture at `address`, "" for nothing."""
    words = _words(alt)
    bare = words.strip(_EDGES)
    if not bare:
        return MISSING
    if _is_file_name(words, address):
        return FILE_NAME
    if _ARTICLE.sub("", bare.casefold(), count=1) in _GENERIC:
        return GENERIC
    return BEGINS if _BEGINS.match(words) and not _TITLE.match(words) else ""


def beginning_of(alt: str) -> str:
    """Return the words of an alt text by which it says that it is a picture."""
    found = _BEGINS.match(_words(alt))
    return found[0].strip() if found else ""


def name_of(address: str) -> str:
    """Return the name of a picture's file, "" where its address has none, as one that holds the picture itself."""
    if address.strip().lower().startswith("data:"):
        return ""
    path = re.split(r"[?#]", address)[0]
    return normalize("NFC", unquote(path.rstrip("/").rpartition("/")[2])).strip()


def _words(alt: str) -> str:
    return " ".join(normalize("NFC", alt[:_LONGEST]).split())


def _is_file_name(words: str, address: str) -> bool:
    name = name_of(address)
    stem = _ENDING.sub("", name)
    own = {name, stem, _SIZED.sub("", stem)} - {""}
    if _ENDING.search(words):
        few = words.count(" ") < 3
        return few or words.casefold() == name.casefold() or is_surely_camera_name(_ENDING.sub("", words))
    if " " in words:
        return is_surely_camera_name(words)
    if words.isalpha():  # a single word may well be what there is to see, and so may a sentence of Chinese
        return words in own and not any(east_asian_width(letter) in "WF" for letter in words)
    if words.startswith(":") and words.endswith(":"):  # an emoji by its name
        return False
    alike = words.casefold() in {each.casefold() for each in own}
    joined = _HYPHENS.fullmatch(words) or _UNDERSCORE.search(words)
    return alike or joined is not None or is_surely_camera_name(words)
