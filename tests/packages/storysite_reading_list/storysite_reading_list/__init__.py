"""Books in stories: a key that reads them, a page that lists them, a check, a command, and a list to carry away."""

import re
from collections.abc import Iterator
from pathlib import Path

from storysite.errors import BadValue
from storysite.model.index import Index
from storysite.model.site import Site
from storysite.model.theme import AddedPage, AddedPages
from storysite.plan.slices import Cards, Constant
from storysite.plugins import Plugin, Step
from storysite.problems import Problem


def read_isbn(value: object) -> str:
    """Return the digits of an ISBN, as `post.extra.isbn`."""
    digits = re.sub(r"[\s-]", "", str(value)).upper()
    if not re.fullmatch(r"(97[89])?\d{9}[\dX]", digits):
        raise BadValue(f'"{value}" is not an ISBN', "copy the 10 or 13 digits above the bar code")
    return digits


def catalog_url(isbn: str) -> str:
    """Return where a book is in the catalog."""
    return f"https://openlibrary.org/isbn/{isbn}"


def book_pages(index: Index) -> Iterator[AddedPage]:
    """Yield the page of all books that stories name."""
    places = [place for place, post in enumerate(index.originals) if "isbn" in post.extra]
    books = sorted({index.originals[place].extra["isbn"] for place in places})
    if books:
        yield AddedPage("books/", "Books in our stories", {"books": Constant(books), "stories": Cards(places)})


def reviews_without_book(site: Site) -> Iterator[Problem]:
    """Yield a warning for each review that does not say of which book."""
    for post in site.index.posts:
        if "book review" in post.tags and "isbn" not in post.extra:
            what = "this book review does not say which book it is about"
            yield Problem.of("plugin-rule", what, "add a line such as isbn: 9780142407332", path=post.source)


def write_list(pages: Path, into: Path) -> list[Problem]:
    """Write the numbers of all books into a text file, from the finished page."""
    page = pages / "books" / "index.html"
    found = re.findall(r"isbn/(\w+)", page.read_text("utf-8")) if page.exists() else []
    (into / "books.txt").write_text("".join(f"{isbn}\n" for isbn in found), "utf-8")
    return []


plugin = Plugin(
    filters={"catalog_url": catalog_url},
    keys={"isbn": read_isbn},
    pages=(AddedPages("books", "books.html", "the list of books", "/books/", book_pages, ("books", "stories")),),
    rules=(reviews_without_book,),
    commands={"books": "storysite_reading_list.command:books"},
    steps=(Step("the list of books", "book-list", write_list),),
    templates=Path(__file__).parent / "templates",
)
