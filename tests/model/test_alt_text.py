"""What is wrong with an alt text, over kinds of words: names of files, words for any picture, and those that are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storysite.model.alt_text import BEGINS, FILE_NAME, GENERIC, MISSING, beginning_of, fault_of, name_of

NAMES = """
IMG_1234|IMG 1234|img-0042|DSC0001|DSC_0001.JPG|DSCN0042-edited|PXL_20261120_101500123|20261120_101500|IMG-20261120-WA0003
WhatsApp Image 2026-11-20 at 10.03.12|Screenshot 2026-11-20|Screenshot 2026-11-20 at 10.03.12 AM|Screen Shot 2026-11-20 at 9.03
screenshot 2026-11-20|Captura de pantalla 2026-11-20 a las 10.03.12|Bildschirmfoto 2026-11-20 um 10.03.12
Capture d’écran 2026-11-20 à 10.03.12|Pasted image 20261120101500|image1|Photo 3|Picture1|unnamed (1)|robot-2.png|robot.jpg
images/robot.jpg|https://example.org/robot.JPG|my summer photo.jpg|class_photo_final|3f2504e0-4f89-11d3-9a0c-0305e82c3301
class-visit-day-2026|P1010001.JPG|imagen 2|foto_12|Bild 4|SAM_0123|SDC10042|HPIM0815|SANY0007|IMAG0042|_MG_1234|R0012345|L1000123
FB_IMG_1700000000000|received_1234567890|Snapchat-1234567890|WIN_20261120_10_03_12_Pro|Photo on 11-20-26 at 10.03 AM|FILE0042
Captura de tela 2026-11-20 101500|Captura de ecrã 2026-11-20, às 10.03.12|Imagen de WhatsApp 2026-11-20 a las 10.03.12
WhatsApp Bild 2026-11-20 um 10.03.12|Imagem do WhatsApp de 2026-11-20 à(s) 10.03.12|Ảnh chụp màn hình 2026-11-20 lúc 10.03.12
لقطة شاشة 2026-11-20 في 10.03.12 ص|微信图片_20261120100312|截屏2026-11-20 10.03.12|屏幕截图 2026-11-20 100312|Untitled design (3)
"""
GENERICS = """
Image|image.|photo|a photo|The picture|(photo)|graphic|Screenshot|imagen|Una foto|fotografía|Bild|Foto|imagem|hình ảnh|图片|صورة
alt text|enter image description here|No photo description available.|undefined|Abbildung|Eine Aufnahme|Captura de ecrã
Ảnh chụp màn hình|一张图片|截圖|لقطة شاشة|Sem título
"""
BEGINNERS = """
Image of a robot|An image of a robot|image of two children|A photo of two children|photo of Maria|Picture of a robot
The picture of a robot|graphic of shelves|A close-up photo of a page|This is a photo of us|May be an image of 2 people
Imagen de un robot|Foto de dos niños|Una fotografía de la biblioteca|foto del robot|Photo d’une fille|Image de la salle
A picture showing our shelf|This photo shows two children|La imagen muestra un robot|Foto que muestra dos robots
En la foto se ve un robot|Na imagem há um robô|Photo montrant deux enfants|Sur la photo on voit un robot|Imagem mostrando um robô
Das Bild zeigt einen Roboter|Eine Fotografie von zwei Kindern|Auf dem Foto sind zwei Kinder|Abbildung eines Roboters
Hình ảnh của rô-bốt|Tấm ảnh về lớp học|صورة فوتوغرافية لطفلين|الصورة تظهر طفلين|照片：两个孩子|图片显示一个机器人|这是一张照片：机器人
Bild von zwei Kindern|Ein Foto der Kinder|uma foto de uma criança|imagem do robô|صورة لطفلين
"""
MEANT = """
A photo of the day contest winner|Photo of the Week|Images of war in our reading list|The Picture of Dorian Gray
A picture is worth a thousand words|Picture books for winter|Picture day 2026|Group photo|Foto de grupo|Photo de classe
Foto de la clase de cuarto|Bild des Tages|Photographer at work|Photo booth|Graphic novels|Imagine a world|Screenshot of our catalog
Two children hold a robot|Robot|Logo|Map|Icon|Download|COVID-19|R2-D2|K-12|T-shirt|merry-go-round|2026|7|3 pm|Room 12
555-123-4567|:tada:|🎉|→|机器人|运动会|صورة جماعية|Scan the code|"A Photo of Me", a book by Ana|Figure 3 shows more books|Ana & Luis
Sam 7|Sam 2026|Win 2026|File 12|Received 12 books|R 12|L 1000 books|Mg 12|Pro 3|照片墙|图片书|拍照片的孩子|Bilder der Ausstellung
Na foto do dia|En la fotografía y el cine|Foto mostrador|Photo montage|Sur la photocopieuse|Bildzeiger|Show and tell|张老师的机器人
How to rename the file of a holiday photo to holiday.jpg
"""


def each(words: str) -> list[str]:
    """Return the words of a table."""
    return [one for line in words.strip().split("\n") for one in line.split("|")]


@pytest.mark.parametrize(
    "fault, alt",
    [
        *((FILE_NAME, alt) for alt in each(NAMES)),
        *((GENERIC, alt) for alt in each(GENERICS)),
        *((BEGINS, alt) for alt in each(BEGINNERS)),
        *((MISSING, alt) for alt in ("", " ", "\u00a0", ".", "-", "…", "***")),
        *(("", alt) for alt in each(MEANT)),
    ],
)
def test_each_kind_of_alt_text_is_told_apart(fault: str, alt: str) -> None:
    """What is meant is never taken for what says nothing."""
    assert fault_of(alt, "pictures/cover-11.jpg") == fault


@pytest.mark.parametrize(
    "address, alt, fault",
    [
        ("robot.jpg", "robot", FILE_NAME),
        ("robot.jpg", "Robot", ""),
        ("a/robot-2.png", "robot-2", FILE_NAME),
        ("a/Robot-2-300x200.png?x=1", "robot-2", FILE_NAME),
        ("my%20robot.jpg", "my robot.jpg", FILE_NAME),
        ("two-children-hold-a-robot.jpg", "Two children hold a robot", ""),
        ("two%20children.jpg", "two children", ""),
        ("运动会.jpg", "运动会", ""),
        ("other.jpg", "robot", ""),
    ],
)
def test_a_name_is_that_of_the_file_as_it_is_written(address: str, alt: str, fault: str) -> None:
    """A file may well be named after what it shows, and then says it."""
    assert fault_of(alt, address) == fault


WORDS = some.lists(some.from_regex(r"[a-z]{3,9}", fullmatch=True), min_size=3, max_size=8)


@given(
    some.sampled_from(["jpg", "JPEG", "png", "webp", "heic"]),
    some.sampled_from(["IMG", "DSC", "DSCF", "PXL", "image", "photo", "scan"]),
    some.sampled_from(["_", "-", ""]),
    some.integers(1, 99_999_999),
    some.booleans(),
)
def test_every_name_of_a_camera_is_one(ending: str, word: str, sign: str, number: int, ended: bool) -> None:
    name = f"{word}{sign}{number:04}"
    assert fault_of(f"{name}.{ending}" if ended else name, "robot.jpg") == FILE_NAME


@given(WORDS, some.sampled_from(["", "Two ", "A young "]))
def test_no_sentence_is_taken_for_a_name(words: list[str], before: str) -> None:
    """Whatever it says, if it does not begin with the words for a picture."""
    alt = before + " ".join(words)
    if not alt.startswith(("photo", "image", "picture", "graphic", "foto", "imagen", "bild", "pic ")):
        assert fault_of(alt, "-".join(words) + ".jpg") == ""


@given(some.text(), some.text())
def test_any_words_have_one_of_the_faults_or_none(alt: str, address: str) -> None:
    assert fault_of(alt, address) in {"", MISSING, FILE_NAME, GENERIC, BEGINS}
    assert name_of(address) is not None
    assert bool(beginning_of(alt)) >= (fault_of(alt, address) == BEGINS)


@pytest.mark.parametrize("sign", ["_", "-", "0", "0-", "a_", "-1", ". ", "the ", "a a-0-"])
def test_long_words_take_no_longer_than_short_ones(sign: str) -> None:
    """Names and words may be of any length."""
    fault_of(sign * 200_000, sign * 20_000)
