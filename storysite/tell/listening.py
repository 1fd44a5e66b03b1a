"""What people said and nobody has told them an answer to yet, for the librarian's eyes only."""

from storysite.build.open_site import OpenSite
from storysite.model.post import Post
from storysite.problems import times

TOLD = 5


def unanswered(site: OpenSite) -> list[str]:
    """Return what `storysite status` says of drafts of kind `listen`: a heading and lines, the oldest first."""
    drafts = {post.source for post in site.hidden if post.reason == "draft"}
    posts = [post for post in site.everything if post.source in drafts]
    waiting = [post for post in posts if isinstance(post, Post) and post.kind == "listen"]
    if not waiting:
        return []
    waiting.sort(key=lambda post: (post.moment is None, str(post.moment), post.source))
    lines = [f"Heard and not answered ({len(waiting)}): tell people what you did with what they told you"]
    lines += [f"  {post.source} “{post.title}”{_since(post, site)}" for post in waiting[:TOLD]]
    if (rest := len(waiting) - TOLD) > 0:
        lines.append(f"  … and {rest:,} more")
    return lines


def _since(post: Post, site: OpenSite) -> str:
    days = (site.now.date() - post.date).days if post.date else 0
    return f" has waited for {times(days, 'day')}" if days > 0 else ""
