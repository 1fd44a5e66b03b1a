"""Films, sounds and what other sites would have shown → a player, or a link card that asks nobody anything."""

import re
from collections.abc import Callable
from html import escape

from storysite.markdown.cards import link_card, open_address, video_site
from storysite.markdown.hosts import full
from storysite.markdown.template_code.calls import WEB, Call
from storysite.markdown.template_code.pieces import Maker, Piece, Setting

_FILM = re.compile(r"[^<>\"]*\.(?:mp4|webm|ogv|mov|m4v)(?:[?#][^\s]*)?", re.IGNORECASE)
_SOUND = re.compile(r"[^<>\"]*\.(?:mp3|m4a|ogg|oga|wav|opus|flac)(?:[?#][^\s]*)?", re.IGNORECASE)
_VIDEO_ID = re.compile(r"[\w-]{6,20}(?:[?&]\S*)?")


def _media(call: Call, setting: Setting, tag: str, pattern: re.Pattern[str]) -> Piece | None:
    texts = [*call.named.values(), *call.args, (call.inner or "").strip()]
    file = next((text for text in texts if pattern.fullmatch(text)), "")
    if not file:
        return None
    if WEB.match(file):
        return _card(file, call.get("title", "caption"), setting)
    player = f'<{tag} controls preload="none" src="{escape(file)}"></{tag}>'
    return Piece(f"<p>{player}</p>", block=True, inline=player, address=file, body="")


def make_film(call: Call, setting: Setting) -> Piece | None:
    """Make the player of a film, or the card of an address elsewhere."""
    return _media(call, setting, "video", _FILM) or make_embed(call, setting)


def make_sound(call: Call, setting: Setting) -> Piece | None:
    """Make the player of a sound, or the card of an address elsewhere."""
    return _media(call, setting, "audio", _SOUND) or make_embed(call, setting)


def _card(address: str, title: str, setting: Setting) -> Piece:
    """Return the link card of an address elsewhere: nothing is asked of it until it is followed."""
    address = full(address)
    site, address = video_site(address), open_address(address)
    return Piece(
        link_card(address, title, site, setting.language),
        block=True,
        inline=f'<a href="{escape(address)}">{escape(title or address)}</a>',
        address=address,
        body="",
    )


def by_id(make: Callable[[str], str], *keys: str) -> Maker:
    """Return what makes the card of a site by an id that stands in the call."""

    def made(call: Call, setting: Setting) -> Piece | None:
        given = call.get(*keys, "id", "src", "url", "video") or (call.args[0] if call.args else "")
        given = given or (call.inner or "").strip()
        if not given:
            return None
        title = call.get("title", "caption", "alt", "label")
        if not title:
            title = next((text for text in call.args if " " in text), "")
        if WEB.match(given):
            return _card(given, title, setting)
        return _card(make(given), title, setting) if _VIDEO_ID.fullmatch(given) else None

    return made


def youtube_address(name: str) -> str:
    """Return the address of a video by its id."""
    return f"https://www.youtube.com/watch?v={re.split('[?&]', name)[0]}"


def vimeo_address(name: str) -> str:
    """Return the address of a video by its id."""
    return f"https://vimeo.com/{name}"


def instagram_address(name: str) -> str:
    """Return the address of a picture by its id."""
    return f"https://www.instagram.com/p/{name}/"


def make_video(call: Call, setting: Setting) -> Piece | None:
    """Make the card or the player of a video by its provider, as themes of Jekyll name it."""
    if film := _media(call, setting, "video", _FILM):
        return film
    if "vimeo" in call.get("provider", "type").lower() or "vimeo" in call.name:
        return by_id(vimeo_address)(call, setting)
    if "youtube" in call.get("provider", "type").lower() or call.get("id", "youtube_id", "youtubeid"):
        return by_id(youtube_address, "youtube_id", "youtubeid")(call, setting)
    return make_embed(call, setting)


def make_embed(call: Call, setting: Setting) -> Piece | None:
    """Make the card of the address that stands in the call."""
    texts = [*call.args, *call.named.values(), (call.inner or "").strip()]
    address = next((text for text in texts if WEB.fullmatch(text)), "")
    if not address and (found := WEB.search(call.inner or "")):
        address = found[0]
    title = call.get("title", "caption", "label", "alt", "text")
    if not title:
        title = next((text for text in call.args if text != address and re.search(r"[^\W\d_]{2}", text)), "")
    return _card(address, title, setting) if address else None


def social(site: str, between: str, anyone: str = "") -> Maker:
    """Return what makes a card of what two arguments name, such as a person and a message of theirs."""

    def made(call: Call, setting: Setting) -> Piece | None:
        if card := make_embed(call, setting):
            return card
        texts = [text for text in call.args if re.fullmatch(r"[\w.@/-]+", text)]
        what = call.get("id") or (texts[-1] if texts else "")
        who = call.get("user", "username") or (texts[0] if len(texts) > 1 else anyone)
        return _card(site + (f"{who}{between}" if who else "") + what, "", setting) if what else None

    return made
