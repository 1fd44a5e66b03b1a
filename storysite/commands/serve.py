"""`storysite serve`: see the story in the browser as it is written."""

import re
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from urllib.parse import quote, unquote

import click

from storysite.build.load import require_site
from storysite.build.options import BuildOptions
from storysite.build.watch_loop import Rebuild
from storysite.commands.console import report_errors
from storysite.commands.interrupt import until_interrupted
from storysite.commands.terminal import say
from storysite.commands.watch import follow
from storysite.errors import UsageError
from storysite.output.folder import PREVIEW
from storysite.problems import Problem, escaped
from storysite.serve.app import preview
from storysite.serve.events import EventStream
from storysite.serve.preview import Preview, editor_of
from storysite.serve.server import LOOPBACK, address_of, listen, network_address, own_names, serving


@click.command()
@click.option(
    "-p", "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port for the preview."
)
@click.option("-o", "--open", "show", is_flag=True, help="Open the preview in your browser.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Network address to serve on. By default, only this computer can see the preview.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="Another name for this computer, such as that of a tunnel or a codespace. Give it once for each.",
)
@click.option(
    "--base-path",
    default="/",
    show_default=True,
    help="Serve the site under a path, the way GitHub Pages does, such as /stories/.",
)
@click.option("--allow-deletions", is_flag=True, help="Let most of the stories go, if you deleted them yourself.")
@click.option("--poll", is_flag=True, help="Check all files once a second. Use this on network drives.")
@click.option("-v", "--verbose", is_flag=True, help="List every rebuilt page with the reason, and print every problem.")
def serve(
    *,
    port: int,
    show: bool,
    host: str,
    names: tuple[str, ...],
    base_path: str,
    allow_deletions: bool,
    poll: bool,
    verbose: bool,
) -> None:
    """Show the site in your browser as you write. Drafts are included. Press Ctrl-C to stop."""
    folder = Path.cwd()
    with report_errors(folder), until_interrupted(), ExitStack() as running:
        require_site(folder)
        base = _base(base_path)
        listeners = listen(host, port)
        found = listeners[0].getsockname()[1]
        address = address_of(host, found, base)
        output = folder / PREVIEW
        options = BuildOptions(
            folder,
            output,
            output.parent,
            drafts=True,
            future=True,
            base_url=address,
            allow_deletions=allow_deletions,
        )
        events, shown_site = EventStream(), Preview(options, editor_of())
        app = preview(output, events, shown_site.info_of, base=base, hosts=_hosts(host, names), command=_command(host))
        if found != port:
            say(f"Port {port} is already in use, so the preview is on port {found}.")
        if host not in LOOPBACK:
            say("Anyone on your network can see the preview, including drafts.", color="yellow", error=True)

        def notify(rebuild: Rebuild) -> None:
            events.publish(shown_site.update_of(rebuild))
            if events.build == 1:  # the server is a thread, and processes are best started before there is one
                running.enter_context(serving(app, listeners))
                running.callback(events.close)
                say(f"Your site is at {address} (press Ctrl-C to stop)", bold=True)
                if others := network_address(host, found, base):
                    say(f"Other devices on your network find it at {others}")
                if show:
                    Thread(target=_show, args=(address,), daemon=True).start()  # a browser may not return until it ends

        for listener in listeners:
            running.callback(listener.close)
        follow(options, poll=poll, verbose=verbose, notify=notify)


def _show(address: str) -> None:
    """Open a page in the browser of this computer, or say that there is none."""
    if not webbrowser.open(address):
        say(f"No browser was found. Open {address} yourself.", error=True)


def _base(path: str) -> str:
    """Return a path with a slash at both ends, as it stands in an address. Raises UsageError for what is no path."""
    inner = unquote(path.strip()).strip("/")
    odd = escaped(inner) != inner or re.search(r'[<>"|?*:\\#{}]', inner)
    if inner and (odd or {"", ".", ".."} & set(inner.split("/"))):
        raise UsageError(Problem.of("serve-base-path", f'"{path}" is not a path', "for example --base-path /stories/"))
    return f"/{quote(inner)}/" if inner else "/"


def _hosts(host: str, names: tuple[str, ...]) -> list[str]:
    """Return the names by which a browser may call the preview, beside the address at which it is reached."""
    others = [] if host in LOOPBACK else [host.lower(), *own_names()]
    return [*LOOPBACK, *others, *(name.lower().removesuffix(".") for name in names)]


def _command(host: str) -> str:
    return "storysite serve" if host in LOOPBACK else f"storysite serve --host {host}"
