"""Whether readers see what was sent: looked at over the network, with an end to the patience."""

import os
import pty
import sys
import time
from pathlib import Path

import pytest

from storysite.digest import digest_bytes
from storysite.publish.changes import Change
from storysite.publish.live import address_of, pages_to_see, seen, wait_until_live
from tests.publish.web import PREFIX, Hub, Office, Pages, serving
from tests.running import ROOT


class Site:
    """A site whose pages a test sets."""

    def __init__(self, **pages: str) -> None:
        self.pages = {f"{PREFIX}{name}": text for name, text in pages.items()}
        self.asked: list[str] = []

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """Return the code, where it leads to, and the bytes of an address."""
        self.asked.append(address)
        text = self.pages.get(address.partition("?")[0])
        return (200, "", text.encode()) if text is not None else (404, "", b"nothing")


@pytest.mark.parametrize(
    ("base_url", "remote", "address"),
    [
        ("https://stories.example.org", "https://github.com/our-school/stories", "https://stories.example.org/"),
        ("", "https://github.com/Our-School/stories.git", "https://our-school.github.io/stories/"),
        ("", "git@github.com:our-school/our-school.github.io.git", "https://our-school.github.io/"),
        ("", "https://gitlab.com/our-school/stories", ""),
        ("", "", ""),
    ],
)
def test_the_address_of_a_site_follows_from_settings_or_repository(base_url: str, remote: str, address: str) -> None:
    """What the settings say comes first; of a place that we do not know nothing is made up."""
    assert address_of(base_url, remote) == address


def test_a_page_is_live_as_built_or_if_it_is_another_than_before() -> None:
    """On the web it may have been built by another version of a library."""
    site = Site(**{"a": "new", "b": "old"})
    with serving(site) as address:
        old, new = digest_bytes(b"old"), digest_bytes(b"new")
        assert seen(address, ["a", "b", "c"]) == {"a": new, "b": old, "c": b"gone"}
        assert wait_until_live(address, {"a": new}, {}, patience=0)
        assert not wait_until_live(address, {"b": new}, {"b": old}, patience=0.1)
        assert wait_until_live(address, {"b": new}, {"b": digest_bytes(b"older")}, patience=0)
        assert not wait_until_live(address, {"c": new}, {"c": b"gone"}, patience=0)
        assert not wait_until_live(address, {"c": new}, {"c": old}, patience=0)
        assert len(set(site.asked)) == len(site.asked)


def test_a_site_that_does_not_answer_is_not_there_yet() -> None:
    """Neither a server that is gone nor an address that no browser would open is a fault."""
    with serving(Site()) as address:
        pass
    assert seen(address, ["a"]) == {}
    assert seen("file:///etc/", ["passwd"]) == {}
    assert not wait_until_live(address, {"a": b"x"}, {}, patience=0)


def test_the_proxy_of_the_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the environment says it."""
    site = Site()
    site.answer = lambda address: (200, "", address.encode())  # type: ignore[method-assign]
    with serving(site) as proxy:
        monkeypatch.setenv("http_proxy", proxy.removesuffix(PREFIX))
        monkeypatch.delenv("no_proxy", raising=False)
        found = seen("http://stories.example.org/", ["a"])
    assert found.keys() == {"a"}


def test_a_few_changed_pages_are_looked_at(tmp_path: Path) -> None:
    """Those of the first stories; where none changed, the front page and the feed."""
    for url in ("", "a/", "b/", "c/", "d/"):
        (tmp_path / url).mkdir(exist_ok=True)
        (tmp_path / url / "index.html").write_text(url, "utf-8")
    changes = [Change("new", f"{url}.md", url, f"{url}/") for url in "abcd"]
    assert list(pages_to_see(changes, tmp_path)) == ["a/", "b/", "c/"]
    assert list(pages_to_see([Change("other", "storysite.yml")], tmp_path)) == [""]


def on_a_terminal(office: Office, answer: str, *words: str) -> str:
    """Return what `storysite publish` prints on a terminal to somebody who types an answer."""
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover
        os.chdir(office.path)
        home = str(office.path.parent / "home")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
            "TERM": "dumb",
        }
        os.execve(sys.executable, [sys.executable, "-X", "utf8", "-m", "storysite", "publish", *words], environment)
    said, typed, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end:
        try:
            piece = os.read(terminal, 1000)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if b"[y/N]" in said and not typed:
            os.write(terminal, answer.encode())
            typed = True
    os.waitpid(pid, 0)
    os.close(terminal)
    return said.decode("utf-8", "replace").replace("\r", "")


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is another thing there")
def test_she_is_asked_about_drafts_on_a_terminal(office: Office, hub: Hub) -> None:
    """Enter means no; what no story shows yet is only told of."""
    office.first()
    office.folder.write("content/posts/loose.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    said = on_a_terminal(office, "\n", "--no-wait")
    assert "Staying here: 1 file that no story shows yet." in said
    office.folder.post("2026-11-22-secret", id="secret", title="A secret", draft="true")
    said = on_a_terminal(office, "\n", "--no-wait")
    assert "Not for readers yet: the draft “A secret” and 1 file that no story shows yet.\n" in said
    assert "Send that as well? Whoever may see the repository can read it then [y/N]: \n" in said
    assert "content/posts/2026-11-22-secret.md" not in hub.names()
    on_a_terminal(office, "y\n", "--no-wait")
    assert {"content/posts/2026-11-22-secret.md", "content/posts/loose.svg"} <= hub.names()


def test_she_is_told_when_the_site_is_not_there(tmp_path: Path, hub: Hub) -> None:
    """Without an address there is nowhere to look, and that is said."""
    office = Office(tmp_path / "office", hub)
    said = office.publish("--remote", str(hub.path))
    assert said.endswith(
        "Saved and sent.\nTo be told when readers see it, write the address of the site into storysite.yml: base_url\n"
    )


def test_the_address_that_readers_type_is_looked_at(tmp_path: Path, hub: Hub) -> None:
    """And with `--no-wait` it is not."""
    pages = Pages(hub)
    with serving(pages) as address:
        office = Office(tmp_path / "office", hub, workflow=False, settings=f"base_url: {address}\n")
        assert office.first().endswith(f"Saved and sent; live in about two minutes at {address}\n")
        assert pages.asked == []
        office.folder.post("2026-11-23-owls", id="owls", title="Owls")
        assert office.publish().endswith("Readers see it now.\n")
        assert {asked.partition("?")[0] for asked in pages.asked} == {f"{PREFIX}2026/11/owls/"}
