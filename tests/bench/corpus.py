"""Posts for timing: the same for every run and every generator, about 450 words each, with what weekly posts have."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

FIRST, LAST = date(2004, 9, 1), date(2026, 6, 30)
TAGS = [f"{what}-{which}" for what in ("grade", "club", "award", "place", "project") for which in "abcdefghijkl"]
CATEGORIES = ["Clubs", "Displays", "Events", "Help wanted", "Makers", "Reading", "Thanks", "Visits"]
AUTHORS = ["A. Abara", "B. Lindt", "C. Moreau", "D. Okoye", "E. Park", "F. Rossi", "G. Silva", "H. Weiss"]
WHO = "Ayo Bea Cem Dina Emil Fay Gil Hana Ines Jan Kim Leo Maya Nils Olga Pia Raj Sofia Tom Uma".split()
WHAT = (
    "atlas bench bookcart cupboard desk diary drawing globe lamp letter map newspaper poem poster puzzle quilt".split()
)
DID = "borrowed built carried counted finished found mended painted printed read renewed shared sorted wrote".split()
HOW = "careful cheerful early famous golden little loud modest patient quick round silent tall useful warm".split()
WHEN = ["before lunch", "in the last week of term", "on Monday", "while it rained", "with the whole class"]
SENTENCES = (
    "{who} {did} the {how} {what} {when}, and nobody wanted to go home.",
    "“We never had a {how} {what},” said {who}, “so we {did} one.”",
    "It's the third {what} this year -- {who} {did} the first two {when}.",
    "{who} & {who2} asked for **{number} more** and got them {when}.",
    'The sign says "a {how} {what} for everyone", and {who} means it.',
    "You will find *The {how} {what}* on [the new shelf](https://library.example.org/shelf/{number}).",
    "There are {number} of them now... {who} {did} each one {when}.",
    "The call number `{number}.{number2}` is still free, if you have a {what} to give.",
)


class Story(NamedTuple):
    """One post; `text` is Markdown that every generator reads alike."""

    name: str
    title: str
    day: date
    tags: list[str]
    category: str
    author: str
    text: str


def stories(count: int) -> Iterator[Story]:
    """Yield `count` stories, oldest first; the n-th is the same in every corpus but for its day."""
    span = (LAST - FIRST).days
    for number in range(count):
        chance = Random(number)
        title = f"{chance.choice(WHO)} {chance.choice(DID)} the {chance.choice(HOW)} {chance.choice(WHAT)} {number}"
        yield Story(
            name=title.lower().replace(" ", "-"),
            title=title,
            day=FIRST + timedelta(days=span * number // max(1, count)),
            tags=chance.sample(TAGS, chance.randint(1, 4)),
            category=chance.choice(CATEGORIES),
            author=chance.choice(AUTHORS),
            text=_text(chance),
        )


def write(folder: Path, count: int, form: str) -> list[Path]:
    """Write `count` posts below `folder` as `form` (storysite, hugo, zola or pelican) wants them; return the files."""
    files = []
    for story in stories(count):
        file = folder / ("content" if form == "pelican" else "content/posts") / str(story.day.year) / f"{story.name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_header(story, form) + _body(story, form), encoding="utf-8")
        files.append(file)
    return files


def _header(story: Story, form: str) -> str:
    if form == "pelican":
        return (
            f"Title: {story.title}\nDate: {story.day}\nSlug: {story.name}\nTags: {', '.join(story.tags)}\n"
            f"Category: {story.category}\nAuthor: {story.author}\n\n"
        )
    terms = [f"tags: [{', '.join(story.tags)}]", f"categories: [{story.category}]", f"authors: [{story.author}]"]
    if form == "zola":
        terms = ["taxonomies:", *(f"  {line}" for line in terms)]
    return "\n".join(["---", f"title: {story.title}", f"date: {story.day}", *terms, "---", ""])


def _body(story: Story, form: str) -> str:
    """Return the text of a story; Zola alone must be told where a summary ends."""
    return story.text.replace("\n\n", "\n\n<!-- more -->\n\n", 1) if form == "zola" else story.text


def _text(chance: Random) -> str:
    blocks = [_paragraph(chance) for _ in range(3)]
    for _ in range(3):
        blocks.append(f"## The {chance.choice(HOW)} {chance.choice(WHAT)}")
        blocks += [_paragraph(chance) for _ in range(2)]
    blocks.insert(4, "\n".join(f"- a {chance.choice(HOW)} *{chance.choice(WHAT)}*" for _ in range(4)))
    if chance.random() < 0.1:
        blocks.append(
            "| who | how many |\n|---|---|\n" + "\n".join(f"| {who} | {chance.randint(1, 99)} |" for who in WHO[:4])
        )
    if chance.random() < 0.03:
        blocks.append("```python\nfor book in shelf:\n    print(book.title)\n```")
    if chance.random() < 0.1:
        blocks.append(f"> {_paragraph(chance)}")
    return "\n\n".join(blocks) + "\n"


def _paragraph(chance: Random) -> str:
    return "\n".join(
        chance.choice(SENTENCES).format(
            who=chance.choice(WHO),
            who2=chance.choice(WHO),
            did=chance.choice(DID),
            how=chance.choice(HOW),
            what=chance.choice(WHAT),
            when=chance.choice(WHEN),
            number=chance.randint(10, 999),
            number2=chance.randint(10, 99),
        )
        for _ in range(chance.randint(2, 5))
    )
