"""How the goodwill ledger counts: settings, for no source gives a number that stands on evidence."""

from msgspec import Struct, field

WORTH = {"victory": 1, "thanks": 1, "news": 1, "listen": 1, "report": 1, "event": -1, "ask": -3, "ask_inside": -1}
"""What a post of each kind adds or takes, and an ask inside a post of another kind.

Stories, thanks and listening are paid in, and each request draws on it, promotion included (Laura Solomon,
"Understanding Social Capital", American Libraries 2013; "Doing Social Media So It Matters", ALA 2011). That an ask
takes three is custom: give, give, give, ask (Vaynerchuk 2013, who declined to give a number).
"""


class GoodwillRules(Struct, frozen=True):
    """The window in days, the balance from which it is a good time to ask, and the stories before the first ask."""

    days: int = 90
    """About a term: twelve weekly stories."""
    ready: int = 3
    first: int = 4
    worth: dict[str, int] = field(default_factory=lambda: dict(WORTH))
