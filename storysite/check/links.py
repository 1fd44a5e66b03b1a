"""What the archive as a whole should tell its author: links to nothing, and how the feeds know their posts."""

from collections.abc import Iterator

from storysite.errors import Problem, Severity
from storysite.model.post import Post, Reference
from storysite.model.site import Site


def broken_links(site: Site) -> Iterator[Problem]:
    """Yield a warning for each link or picture that leads to nothing, or to a file whose name has other capitals."""
    for post in site.by_source.values():
        if not post.references:
            continue
        for place, (reference, url) in enumerate(zip(post.references, site.links(post), strict=True)):
            if url is None and (path := site.file_of(reference, post)):
                what = f'"{reference.target}" leads to {path}, which is not shown'
                hint = "the link works as soon as that post is shown; storysite status says when that is"
                yield Problem(post.source, reference.line, "link-unseen", what, hint, severity=Severity.WARNING)
            elif url is None:
                yield _nothing(post, reference, picture=reference.picture or place == post.image)
            elif (name := site.file_of(reference, post).rpartition("/")[2]) and _differs_in_capitals(name, reference):
                what = f'"{reference.target}" is called {name} (capitals matter on the web)'
                yield Problem(
                    post.source,
                    reference.line,
                    "link-capitals",
                    what,
                    "write it the same way",
                    severity=Severity.WARNING,
                )


def archive_notes(site: Site) -> Iterator[Problem]:
    """Yield what is worth knowing but no fault: ids made from file names, and a missing address of the site."""
    derived = sum(post.id_derived for post in site.posts)
    if derived:
        subject = "1 post has no id, so its" if derived == 1 else f"{derived} posts have no id, so their"
        hint = "that is fine as long as the files keep their names; storysite post writes an id into new posts"
        yield Problem(
            "",
            0,
            "post-id-derived",
            f"{subject} identity in feeds is made from the file name",
            hint,
            severity=Severity.NOTE,
        )
    if not site.config.base_url:
        what = f"base_url is not set, so feeds and the sitemap point to {site.config.root}"
        hint = "add a line such as base_url: https://our-school.github.io/stories to storysite.yml"
        yield Problem("storysite.yml", 0, "base-url", what, hint, severity=Severity.NOTE)


def _differs_in_capitals(name: str, reference: Reference) -> bool:
    written = reference.target.rpartition("/")[2]
    return written != name and written.lower() == name.lower()


def _nothing(post: Post, reference: Reference, *, picture: bool) -> Problem:
    what = f'"{reference.target}" leads to nothing: there is no such file or page'
    hint = "check the name; files lie beside the post or in static/"
    code = "picture-missing" if picture else "link-missing"
    return Problem(post.source, reference.line, code, what, hint, severity=Severity.WARNING)
