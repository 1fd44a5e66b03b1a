"""Archives in the manner of other generators, made at any size: the same names every week, languages, copies, links.

Nothing in them knows of storysite. Each is what lies in the folder of posts of such a program, put into content/posts.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.photos.pictures import small

START = date(2023, 9, 1)
COLUMNS = ("friday-news", "book-of-the-week", "news")
"""Names that come back every week or every month."""
Files = dict[str, str | bytes]


def archive(generator: str, weeks: int = 20) -> Files:
    """Return the files of an archive in the manner of a generator, by their paths below content/posts."""
    return dict(GENERATORS[generator](weeks))


def _days(weeks: int) -> Iterator[tuple[int, date]]:
    yield from ((week, START + timedelta(weeks=week)) for week in range(weeks))


def jekyll(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give `_posts` below folders of categories, with the same names each week, some with a rule for addresses."""
    for week, day in _days(weeks):
        for column in COLUMNS[:2]:
            rule = "permalink: /:categories/:year/:title.html\n" if week % 5 == 0 else ""
            link = f"[before](./{day - timedelta(weeks=1)}-{column}.md)" if week else ""
            yield (
                f"_posts/{day}-{column}.markdown" if week % 3 == 1 else f"_posts/{day}-{column}.md",
                f'---\nlayout: post\ntitle: "Week {week}: {column}"\n{rule}---\n\n![Shelf]({day}.png)\n\n'
                + (link if (week - 1) % 3 != 1 else ""),
            )
        yield f"_posts/{day}.png", small(week)
        yield f"sports/_posts/{day}-friday-news.md", f"---\ntitle: Sports {week}\nauthor: Coach\n---\n\nWe played.\n"
    yield "_drafts/friday-news.md", "---\ntitle: Soon\n---\n\nNot yet.\n"


def hugo_folders(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give `en/posts` and `es/posts` with bundles, in TOML, each with a picture of its own, and pairs by their folders."""
    for week, day in _days(weeks):
        for language, word in (("en", "News"), ("es", "Noticias")):
            folder = f"{language}/posts/{COLUMNS[week % 3]}-{week // 6}"
            header = f"+++\ntitle = '{word} {week}'\ndate = {day}T08:00:00-05:00\nlang = '{language}'\n+++\n\n"
            if week % 2:
                yield f"{folder}/index.md", f"{header}![x](shelf.jpg)\n"
                yield f"{folder}/shelf.jpg", small(week + 256 * ord(language[0]), "jpeg")
            else:
                yield f"{folder}.md", f"{header}Words.\n"
    yield "en/posts/_index.md", "+++\ntitle = 'Posts'\n+++\n"


def hugo_content(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give `content.en` and `content.es`, where nothing but the settings of the site tells a language."""
    for week, day in _days(weeks):
        for language in ("en", "es"):
            header = f"---\ntitle: {language} {week}\ndate: {day}\nslug: {COLUMNS[week % 2]}\n---\n\n"
            yield f"content.{language}/blog/week-{week}.md", f"{header}[last](week-{max(0, week - 1)}.md)\n"


def nikola(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give `.es.md` and `.pt_br.md` beside the story, slugs that come back, and tags of a comment."""
    for week, day in _days(weeks):
        for ending, word in (("", "News"), (".es", "Noticias"), (".pt_br", "Novidades")):
            header = (
                f"<!--\n.. title: {word} {week}\n.. slug: {COLUMNS[week % 2]}\n.. date: {day} 10:00:00 UTC\n-->\n\n"
            )
            yield (
                f"{day.year}/w{week}{ending}.md",
                f"{header}![x](/images/{week}.png)\n[last](w{max(0, week - 1)}.md)\n",
            )


def pelican(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give one slug to both languages, and `{filename}` links; folders are categories."""
    for week, day in _days(weeks):
        for language, name in (("en", "news"), ("ES", "noticias")):
            header = f"Title: {name} {week}\nDate: {day} 09:00\nSlug: {COLUMNS[week % 2]}\nLang: {language}\n"
            yield f"library/{name}-{week}.md", f"{header}Authors: A. Writer; B. Writer\n\nWords of week {week}.\n"


def hexo(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give names with capitals and marks, and files that a computer copied."""
    for week, day in _days(weeks):
        text = f"title: Shelf {week}\ndate: {day:%Y/%m/%d} 10:00:00\n---\nWords of week {week}.\n"
        for name in (f"_posts/Friday News {week}", f"_posts/more/friday_news_{week}", f"_posts/{week}"):
            yield f"{name}{'.MD' if week % 2 else '.md'}", text + name
        yield f"_posts/backup/{week}.md", text + f"_posts/{week}"


def wordpress(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give a folder for each story, the whole of it once more inside itself, and the old address of each."""
    for week, day in _days(weeks):
        name = f"{day}-{COLUMNS[week % 3]}"
        text = (
            f"---\ntitle: Story {week}\ndate: '{day}'\ncoverImage: hero.png\n"
            f"redirect_from: /{day:%Y/%m}/{COLUMNS[week % 3]}/\n---\n\n![x](images/hero.png)\n"
        )
        for place in ("", "posts/"):
            yield f"{place}{name}/index.md", text
            yield f"{place}{name}/images/hero.png", small(week)


def eleventy(weeks: int) -> Iterator[tuple[str, str | bytes]]:
    """Give `index.en.md` and `index.es.md` in a folder for each story, and no file without a language."""
    for week, day in _days(weeks):
        for language in ("en", "es", "hmn") if week % 2 else ("en-US", "ES"):
            yield f"{day}-{COLUMNS[week % 2]}/index.{language}.md", f"---\ntitle: {language} {week}\n---\n\nWords.\n"


GENERATORS = {
    "jekyll": jekyll,
    "hugo in folders": hugo_folders,
    "hugo in content": hugo_content,
    "nikola": nikola,
    "pelican": pelican,
    "hexo": hexo,
    "wordpress": wordpress,
    "eleventy": eleventy,
}
