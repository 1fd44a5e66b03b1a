"""What feed readers rely on: ids that are unique and stay, and a site that knows its address."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from storysite.model.post import Header, PostHeader
from storysite.model.site import Site
from storysite.problems import Problem


def duplicate_ids(posts: Iterable[Header]) -> list[Problem]:
    """Return an error for each two posts with one id: feed readers would take them for one and the same."""
    first: dict[str, Header] = {}
    problems: list[Problem] = []
    for post in sorted((post for post in posts if isinstance(post, PostHeader)), key=attrgetter("source")):
        other = first.setdefault(post.id, post)
        if other is not post:
            what = (
                f'this post has the same id "{post.id}" as {other.source}, so feed readers would treat them as one post'
            )
            hint = "the newer one was probably copied: delete its id line (or run storysite post to get a new one)"
            problems.append(Problem.of("post-id-twice", what, hint, path=post.source))
    return problems


def derived_ids(site: Site) -> Iterator[Problem]:
    """Yield a note if ids of posts are made from the names of their files."""
    derived = sum(post.id_derived for post in site.index.posts)
    if derived:
        subject = "1 post has no id, so its" if derived == 1 else f"{derived} posts have no id, so their"
        hint = "that is fine as long as the files keep their names; storysite post gives new posts an id"
        yield Problem.of("post-id-derived", f"{subject} id in feeds is made from the file name", hint)


def unknown_address(site: Site) -> Iterator[Problem]:
    """Yield a note if the site does not know its own address."""
    if not site.index.config.base_url:
        what = f"base_url is not set, so feeds and the sitemap point to {site.index.config.root}"
        hint = "add a line such as base_url: https://our-school.github.io/stories to storysite.yml"
        yield Problem.of("base-url", what, hint, path="storysite.yml")
