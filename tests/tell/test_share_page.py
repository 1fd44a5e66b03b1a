"""The page of copy buttons and the half sheet as people meet them: in a browser, on a phone, and on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from storysite.model.post import Quote
from storysite.tell.half_sheet import half_sheets
from storysite.tell.share import share_texts
from storysite.tell.share_page import share_page
from storysite.tell.sheet_picture import sheet_picture
from storysite.tell.story import Story, ToldPicture
from tests.command_line import ROOT
from tests.reader import Reader, hosted, seen_by_axe

LINK = "https://cottonwood.example.org/stories/2026/11/forty-families/"
TITLE = "Forty families built robots out of Monday’s cardboard"
FAMILIES = Story(
    title=TITLE,
    summary="The first maker night of the year filled every table, and the recycling bin was empty by eight.",
    link=LINK,
    language="en",
    numbers=("84 people at maker night, 61 before",),
    quote=Quote("I made it, and then I read how it works.", "a second grader"),
    thanks_to=("Cottonwood PTA", "Mr. Sorensen"),
    hashtags=("#Makerspace", "#MakerNights"),
    written={"facebook": 'You brought 118 boxes.\n\n<b>Thank you</b> & "all" of 👨‍👩‍👧‍👦!'},
    pictures=(
        ToldPicture("content/posts/maker-night.jpg", "Two children stand by a cardboard robot"),
        ToldPicture("content/posts/bin.jpg", ""),
    ),
    left_out=("The picture crane.jpg: not everybody it can show has a consent that covers networks.",),
)
NOTICES = ["This story goes live on 2026-12-04 at 07:00, post then: until that moment its link leads nowhere."]
PHOTO = ROOT / "content/posts/maker-night.jpg"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a page of buttons and some sheets."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "share.html").write_bytes(share_page(FAMILIES, share_texts(FAMILIES), NOTICES, TITLE))
    photo = sheet_picture(PHOTO, (50, 50))
    arabic = Story("أربعون عائلة", "ليلة في المكتبة.", LINK, "ar", (), None, (), (), {}, (), ())
    long = replace(FAMILIES, title=f"{TITLE} and {TITLE.lower()}", summary=f"{FAMILIES.summary} " * 3)
    sheets = (
        ("sheet", FAMILIES, photo),
        ("full-sheet", replace(FAMILIES, title=f"{TITLE}!"), photo),
        ("long-sheet", long, photo),
        ("words", FAMILIES, b""),
        ("long-words", long, b""),
        ("arabic", arabic, b""),
    )
    for name, story, picture in sheets:
        made = half_sheets(story, school="Cottonwood Elementary Library", picture=picture)
        (folder / f"{name}.html").write_bytes(made)
    return folder


@pytest.fixture
def reader(browser: Browser, pages: Path) -> Iterator[Reader]:
    """Return somebody who has these pages, and a clipboard."""
    with hosted(pages) as home:
        found = Reader(browser, home, permissions=["clipboard-read", "clipboard-write"])
        yield found
        assert found.faults == [], "the page may do all that it does, and asks nobody for anything"
        found.context.close()


def clipboard(page: Page) -> str:
    """Return what would be pasted."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_each_button_copies_its_text_and_says_so(reader: Reader) -> None:
    page = reader.open("share.html")
    for each in share_texts(FAMILIES):
        page.get_by_role("button", name=f"Copy the text for {each.network.name}", exact=True).click()
        page.get_by_role("status").get_by_text(f"The text for {each.network.name} is copied.").wait_for()
        assert clipboard(page) == each.text
    page.get_by_role("button", name="Copy the description of maker-night.jpg").press("Enter")
    page.get_by_role("status").get_by_text("The description of maker-night.jpg is copied.").wait_for()
    assert clipboard(page) == "Two children stand by a cardboard robot"


def test_where_there_is_no_clipboard_the_text_is_marked(reader: Reader) -> None:
    page = reader.open("share.html")
    page.evaluate(
        "() => { Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false; }"
    )
    page.get_by_role("button", name="Copy the text for X").click()
    page.get_by_role("status").get_by_text("press Ctrl-C").wait_for()
    assert page.evaluate("getSelection().toString()") == share_texts(FAMILIES)[0].text


def test_the_page_works_from_the_disk(browser: Browser, pages: Path) -> None:
    """As it is opened: a file, without a server."""
    context = browser.new_context()
    page = context.new_page()
    page.goto((pages / "share.html").as_uri())
    page.get_by_role("button", name="Copy the text for Bluesky").click()
    page.get_by_role("status").get_by_text("The text for Bluesky is").wait_for()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_can_use_the_page(reader: Reader, width: int, scheme: str) -> None:
    """Axe finds nothing, nothing is wider than the screen, and no text hides behind an edge."""
    page = reader.open("share.html")
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert seen_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("listitem").first.inner_text() == NOTICES[0]


def test_without_a_script_the_texts_are_there_and_no_button_is(browser: Browser, pages: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((pages / "share.html").as_uri())
    assert page.get_by_label("The text for X", exact=True).is_visible()
    assert page.get_by_role("button").count() == 0
    context.close()


@pytest.mark.parametrize("name", ["sheet", "full-sheet", "long-sheet", "words", "long-words", "arabic"])
@pytest.mark.parametrize("paper", [(816, 1056), (794, 1123)], ids=["Letter", "A4"])
def test_two_half_sheets_are_one_page_of_paper(reader: Reader, name: str, paper: tuple[int, int]) -> None:
    """Each is whole: nothing of it is cut off, and the code and the address are within its half."""
    page = reader.open(f"{name}.html")
    page.set_viewport_size({"width": paper[0], "height": paper[1]})
    page.emulate_media(media="print")
    assert seen_by_axe(page) == []
    halves = [page.locator(where).bounding_box() for where in ("main", ".again")]
    for half, where in zip(halves, ("main", ".again"), strict=True):
        assert half
        assert half["height"] * 2 <= 1056
        for part in ("h1", ".qr", "footer p", *(["img"] if name.endswith("sheet") else [])):
            box = page.locator(f"{where} {part}").first.bounding_box()
            assert box
            assert box["y"] + box["height"] <= half["y"] + half["height"], part
            assert box["x"] >= half["x"]
            assert box["x"] + box["width"] <= half["x"] + half["width"] + 1, part
        overflow = page.locator(f"{where} article > div").evaluate("box => box.scrollHeight - box.clientHeight")
        assert overflow <= 1
    text = page.locator("main").inner_text()
    assert text.count("cottonwood.example.org/stories/2026/11/forty-families/") == 1
    pdf = page.pdf(width=f"{paper[0]}px", height=f"{paper[1]}px", print_background=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 1


def test_nothing_in_a_story_is_markup(tmp_path: Path) -> None:
    """Not even in the title, the address or the words for a network."""
    evil = Story(
        "<script>a()</script>",
        '"><img src=x>',
        'https://x.org/"><b>',
        "en",
        (),
        None,
        (),
        (),
        {"x": "</textarea><script>b()</script>"},
        (ToldPicture('a"><i>.jpg', "</textarea>"),),
        ("<u>",),
    )
    made = share_page(evil, share_texts(evil), ["<em>"], evil.title).decode()
    made += half_sheets(evil, school="<s>", picture=b"").decode()
    for tag in ("<script>a", "<img", "<b>", "<script>b", "<i>", "<u>", "<em>", "<s>"):
        assert tag not in made.replace("<b>Read the whole story</b>", ""), tag
    assert made.count("</textarea>") == made.count("<textarea")


def test_a_drawing_and_a_broken_picture_are_no_picture_of_a_sheet(tmp_path: Path) -> None:
    drawing = tmp_path / "a.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"/>', "utf-8")
    broken = tmp_path / "b.jpg"
    broken.write_bytes(PHOTO.read_bytes()[:200])
    assert [sheet_picture(file, (50, 50)) for file in (drawing, broken, tmp_path / "none.jpg")] == [b"", b"", b""]
    assert sheet_picture(PHOTO, (50, 50)).startswith(b"\xff\xd8")
