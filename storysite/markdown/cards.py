"""Link cards: what a page shows in the place of a film or anything else that another site would have loaded."""

import re
from html import escape
from urllib.parse import parse_qs

from storysite.i18n import gettext
from storysite.model.urls import host_of, split


def link_card(address: str, title: str, site: str, language: str = "") -> str:
    """Return a link to `address` called `title`, and that nothing is loaded from `site`, the name of a video site.

    A site without a name goes by its host.
    """
    host = site or host_of(address)
    named = gettext(language, "Video on %(site)s") % {"site": site} if site else host
    words = escape(title) if title else escape(named or address)
    note = gettext(language, "Opens %(site)s. Nothing is loaded from there until you follow the link.")
    kind = "" if site else 'class="elsewhere" '
    return (
        f'<p class="video"><a {kind}href="{escape(address)}" rel="noopener">{words}</a> '
        f"<small>{escape(note % {'site': host}, quote=False)}</small></p>"
    )


def video_site(address: str) -> str:
    """Return the name of the video site that `address` is a video of, "" for any other address."""
    host = host_of(address).removeprefix("m.")
    path = split(address).path
    if host in ("youtube.com", "youtube-nocookie.com") and re.match(r"/(watch|embed/|v/|shorts/|live/|playlist)", path):
        return "YouTube"
    if host == "youtu.be" and len(path) > 5:
        return "YouTube"
    if host in ("vimeo.com", "player.vimeo.com") and (re.search(r"/\d+", path) or "clip_id=" in address):
        return "Vimeo"
    return ""


def open_address(address: str) -> str:
    """Return the address at which people open what an embed shows, where that is another."""
    if video_site(address):
        return _watch_address(address)
    parts, host = split(address), host_of(address)
    asked = parse_qs(parts.query)
    if re.fullmatch(r"(?:maps\.)?google\.[a-z.]+", host) and parts.path.startswith("/maps/embed"):
        return f"https://www.google.com/maps?q={_place_of(parts.query)}"
    if host == "docs.google.com" and parts.path.endswith("/formResponse"):
        return f"https://{parts.netloc}{parts.path.removesuffix('formResponse')}viewform"  # what people fill in
    shown = (asked.get("href") or asked.get("u") or [""])[0]
    if "/plugins/" in parts.path and re.match(r"https?://[^\s\"'<>]+$", shown):
        return shown  # as Facebook's frames name what they show
    return address


def _place_of(query: str) -> str:
    """Return what a map shows, as its frame has it: by a name or an address, or by latitude and longitude."""
    named = re.search(r"!1s0x[^!&]*!2s([^!&]+)", query) or re.search(r"(?:^|&)(?:q|center|destination)=([^&]+)", query)
    if named:
        return named[1]
    point = re.search(r"!2d(-?[\d.]+)!3d(-?[\d.]+)", query)
    return f"{point[2]},{point[1]}" if point else ""


def _watch_address(address: str) -> str:
    """Return the address at which people watch the video of an embedded player."""
    parts = split(address)
    name = parts.path.rstrip("/").rpartition("/")[2].partition("&")[0]
    if "vimeo" in (parts.hostname or ""):
        name = (parse_qs(parts.query).get("clip_id") or [name])[0]
        return f"https://vimeo.com/{name}"
    if name == "videoseries":
        return f"https://www.youtube.com/playlist?list={(parse_qs(parts.query).get('list') or [''])[0]}"
    return f"https://www.youtube.com/watch?v={name}" if re.match("/(?:embed|v)/", parts.path) else address
