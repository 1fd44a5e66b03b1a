"""The goodwill ledger as lines of text: what was told and asked, what waits for an answer, the year at a glance."""

from collections.abc import Iterator

from storysite.model.asks import AskLife, asks_of
from storysite.model.goodwill import INSIDE, Goodwill, is_ask, months_told
from storysite.model.goodwill_rules import GoodwillRules
from storysite.model.post import PostHeader
from storysite.model.site import Site
from storysite.model.visibility import reason_hidden
from storysite.problems import times

NAMES = {
    "victory": ("victory", "victories"),
    "thanks": ("thank-you", "thank-yous"),
    "news": ("news post", "news posts"),
    "listen": ("post that listens", "posts that listen"),
    "report": ("report", "reports"),
    "event": ("event (promotion counts)", "events (promotion counts)"),
    "ask": ("ask", "asks"),
    INSIDE: ("ask inside another post", "asks inside other posts"),
}
"""One and many of each row."""
STORY, EVENT, ASK = "+", "-", "!"
LEGEND = f"{STORY} a story or thanks   {EVENT} an event   {ASK} an ask"
MARKS = 40
"""Marks that a month's line has room for."""


def ledger_lines(goodwill: Goodwill) -> Iterator[str]:
    """Yield the ledger: a row for each kind of post, the balance, the ratio and the advice."""
    yield f"Goodwill in the last {goodwill.rules.days} days"
    for row in goodwill.rows:
        yield f"  {row.worth:+4}  {row.count:,} {NAMES[row.kind][row.count != 1]}"
    yield f"  {goodwill.balance:+4}  balance: {state_in_words(goodwill)}"
    if ratio := goodwill.ratio:
        stories = "story" if ratio == "1" else "stories"
        yield f"  {ratio} {stories} for each ask. Many people aim for 4; that is a custom, not a proven rule."
    yield f"  {sentence(str(goodwill))}"


def state_in_words(goodwill: Goodwill) -> str:
    """Return the state of the balance, and from when an ask is fine."""
    ready = f"{goodwill.rules.ready} or more is ready for an ask"
    return {"ready": "ready for an ask", "thin": f"thin ({ready})", "overdrawn": f"overdrawn ({ready})"}[goodwill.state]


def advice_lines(goodwill: Goodwill) -> Iterator[str]:
    """Yield what is better not done in one post, and why."""
    for post in goodwill.mixed:
        yield f"  {post.source} “{post.title}” thanks and asks at once."
    if goodwill.mixed:
        yield "  A thank-you is believed when it stands alone. Put the ask in a post of its own."


def ask_lines(site: Site) -> Iterator[str]:
    """Yield the asks that are over and wait for something, below a heading for what that is."""
    for heading, lines in ask_sections(site):
        yield heading
        yield from (f"  {line}" for line in lines)


def ask_sections(site: Site) -> Iterator[tuple[str, list[str]]]:
    """Yield the asks that are over and not yet thanked for, then those that are thanked for and not told of.

    Each is a heading and its lines, of which the last says what to do.
    """
    lives = [life for life in asks_of(site.index) if life.over and reason_hidden(life.post, site.now) is None]
    unthanked = [_ask_line(life, site) for life in lives if not life.thanked]
    untold = [_ask_line(life, site) for life in lives if life.thanked and not life.told]
    if unthanked:
        how = "To thank people, write a post with kind: thanks, and follows_up: with the id of the ask."
        yield f"Asks without thanks ({len(unthanked)}), the oldest first", [*unthanked, how]
    if untold:
        how = "To tell people, add outcome: to the ask, or write a story that follows it up."
        yield f"Asks without an outcome ({len(untold)}), the oldest first", [*untold, how]


def _ask_line(life: AskLife, site: Site) -> str:
    return f"{life.post.source} “{life.post.title}”: {life.state(site.index.today)} (id {life.post.id})"


def year_lines(site: Site) -> Iterator[str]:
    """Yield the last twelve months, a line each: a mark for each post in the order in which they came, and the sums."""
    rules = site.index.config.goodwill
    shown = (post for post in site.index.originals if reason_hidden(post, site.now) is None)
    months = months_told(site.index, shown)
    while months and not months[0][2]:
        months.pop(0)
    if not months:
        return
    yield "The last twelve months" if len(months) == 12 else "Month by month"
    width = min(MARKS, max(len(posts) for _, _, posts in months))
    for year, month, posts in months:
        marks = "".join(mark_of_post(post, rules) for post in posts)
        marks = marks if len(marks) <= MARKS else f"{marks[: MARKS - 1]}…"
        yield f"  {MONTHS[month - 1]} {year}  {marks:{width}}  {sums(posts, rules)}".rstrip()
    yield f"  {LEGEND}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def mark_of_post(post: PostHeader, rules: GoodwillRules) -> str:
    """Return the mark of a post: whether it asks, promotes or gives."""
    if is_ask(post):
        return ASK
    return STORY if rules.worth[post.kind] > 0 else EVENT


def sums(posts: list[PostHeader], rules: GoodwillRules) -> str:
    """Return how many of each mark some posts have, in words."""
    marks = [mark_of_post(post, rules) for post in posts]
    words = ((STORY, "story", "stories"), (EVENT, "event", "events"), (ASK, "ask", "asks"))
    return (
        ", ".join(times(count, one, many) for mark, one, many in words if (count := marks.count(mark)))
        or "nothing told"
    )


def sentence(clause: str) -> str:
    """Return a clause as a sentence."""
    return f"{clause[:1].upper()}{clause[1:]}."
