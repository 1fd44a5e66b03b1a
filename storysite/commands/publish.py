"""`storysite publish`: the weekly button, from a folder on this computer to a site that everybody sees."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from msgspec import Struct

from storysite.build.load import require_site
from storysite.build.open_site import OpenSite, open_site
from storysite.build.options import BuildOptions
from storysite.build.result import BuildResult
from storysite.commands.build import build_with_steps
from storysite.commands.console import report_errors, show_problems
from storysite.commands.terminal import say
from storysite.errors import StorysiteError
from storysite.model.config import Config
from storysite.problems import errors_in, times
from storysite.publish.changes import Change, Waiting, changes, tree_with, waiting
from storysite.publish.copy_to import RSYNC, copy_to, rsync_to
from storysite.publish.git import GitFailed, GitMissing
from storysite.publish.live import address_of, pages_to_see, seen, wait_until_live
from storysite.publish.pages import pages_commit, published
from storysite.publish.save import save, show_saved
from storysite.publish.send import Behind, Push, send
from storysite.publish.site_repository import (
    PAGES,
    Repository,
    begin_repository,
    find_repository,
    settle_identity,
    use_remote,
)
from storysite.publish.take_in import base_of, is_behind, look_elsewhere, take_in
from storysite.publish.told import NEW, NotSent, explained, github_of, not_sent
from storysite.publish.undo import last_published, put_again, take_back
from storysite.publish.words import joined, listing, message, staying, summary
from storysite.source.settings import read_config

ENDING = "Nothing was published. Fix {wrong} and publish again."
TRIES = 3
"""How often what others send at the same moment is taken in before she is told."""


class Wishes(Struct, frozen=True):
    """What was asked for."""

    folder: Path
    with_drafts: bool
    remote: str
    keep: str
    replace: bool
    wait: bool
    dry_run: bool
    allow_deletions: bool
    verbose: bool

    def options(self, base_url: str | None = None, *, strict: bool = True) -> BuildOptions:
        """Return what is built."""
        return BuildOptions(
            self.folder,
            base_url=base_url,
            strict=strict,
            dry_run=self.dry_run,
            allow_deletions=self.allow_deletions or not strict,
        )


@click.command()
@click.option("-n", "--dry-run", is_flag=True, help="Say what would go out, and send nothing.")
@click.option("--with-drafts", is_flag=True, help="Send drafts along, and files that no story shows yet.")
@click.option("--no-wait", is_flag=True, help="Do not wait until the site shows it.")
@click.option("--remote", metavar="ADDRESS", default="", help="Send to the repository at this address from now on.")
@click.option(
    "--keep",
    type=click.Choice(["ask", "mine", "theirs"]),
    default="ask",
    show_default=True,
    help="Where you and somebody else changed the same lines: show both, publish your lines, or theirs.",
)
@click.option("--undo", is_flag=True, help="Take back what was published last.")
@click.option("--to", metavar="PLACE", help="Copy the site to a folder, or to another computer: rsync:HOST:/FOLDER.")
@click.option("--replace", is_flag=True, help="Put the site in the place of another on the branch gh-pages.")
@click.option("--allow-deletions", is_flag=True, help="Let most of the stories go, if you deleted them yourself.")
@click.option("-v", "--verbose", is_flag=True, help="Print every problem.")
def publish(  # noqa: PLR0913 -- one parameter for each option
    *,
    dry_run: bool,
    with_drafts: bool,
    no_wait: bool,
    remote: str,
    keep: str,
    undo: bool,
    to: str | None,
    replace: bool,
    allow_deletions: bool,
    verbose: bool,
) -> None:
    """Check the site, send what is new, and wait until readers see it."""
    wishes = Wishes(
        Path.cwd(),
        with_drafts,
        remote,
        keep.removeprefix("ask"),
        replace,
        not no_wait,
        dry_run,
        allow_deletions,
        verbose,
    )
    with _told(wishes) as sends_to:
        require_site(wishes.folder)
        if to is not None:
            _copy(wishes, to)
        elif undo:
            _take_back(wishes, sends_to)
        else:
            _send(wishes, sends_to)


@contextmanager
def _told(wishes: Wishes) -> Iterator[list[str]]:
    """Print what stops the block, in words; the last line of the list that it gets is the address that is sent to."""
    address = [""]
    with report_errors(wishes.folder, strict=True, verbose=wishes.verbose, ending=ENDING):
        try:
            try:
                yield address
            except GitMissing:
                what = "git is not on this computer, and it is what sends your stories"
                hint = "install it from https://git-scm.com/downloads, then open a new window and try again"
                raise not_sent("publish-git", what, hint) from None
            except GitFailed as error:
                raise explained(error, address[-1]) from None
        except NotSent as error:
            show_problems(error.problems, wishes.folder, verbose=wishes.verbose)
            say(*error.more, error=True)
            say("Nothing was published.", bold=True, error=True)
            sys.exit(error.exit_code)


def _send(wishes: Wishes, sends_to: list[str]) -> None:
    """Do it all, in order."""
    repository = find_repository(wishes.folder)
    config = read_config(wishes.folder)[0]
    if repository is None and wishes.dry_run:
        _build(wishes, wishes.options())
        say("There is no repository here yet. storysite publish begins one, and everything here goes out.")
        return
    if repository is None:
        repository = begin_repository(wishes.folder)
        say("This folder is a repository from now on: what you publish is kept in it, week by week.")
    if wishes.remote and not wishes.dry_run:
        repository = use_remote(repository, wishes.remote)
    sends_to.append(repository.address)
    address, options = _address_and_options(wishes, repository, config)
    _build(wishes, options)
    if repository.remote and not wishes.dry_run:
        repository = look_elsewhere(repository)
    going, is_saved = _save(wishes, repository, options, config)
    if wishes.dry_run:
        return
    if not repository.remote:
        saved = "It is saved on this computer. To send it" if is_saved else "To send what is saved on this computer"
        hint = f"make a new, empty repository at {NEW}, then write: storysite publish --remote ADDRESS"
        raise not_sent("publish-remote", f"{saved}, there has to be a place for it on the web", hint)
    _send_on(wishes, repository, options, going, address)


def _address_and_options(
    wishes: Wishes, repository: Repository, config: Config, *, strict: bool = True
) -> tuple[str, BuildOptions]:
    """Return the site's address, "" if nobody knows, and what is built: with that address if no one else tells it."""
    address = address_of(config.base_url, repository.address)
    is_told = repository.has_workflow or bool(config.base_url)
    return address, wishes.options(None if is_told else address or None, strict=strict)


def _save(wishes: Wishes, repository: Repository, options: BuildOptions, config: Config) -> tuple[list[Change], bool]:
    """Say what goes out, and save it; return it, and whether there was anything to save."""
    output = options.target.resolve()
    with open_site(options) as site, repository.index() as index:
        found = waiting(repository, site, output, with_drafts=wishes.with_drafts)
        tree = tree_with(repository, index, found)
        base = base_of(repository) if repository.remote else repository.commit_of("HEAD")
        going = changes(repository, site, base, tree)
        _say_changes(going)
        if found.stay and _wants_drafts(wishes, found, site, repository):
            found = waiting(repository, site, output, with_drafts=True)
            tree = tree_with(repository, index, found)
            going = changes(repository, site, base, tree)
        here = repository.commit_of("HEAD")
        if wishes.dry_run:
            return going, False
        if name := settle_identity(repository, config.author or config.title):
            say(f"What you send is signed as {name}. To change that: git config user.name")
        if here and tree == repository.git("rev-parse", "HEAD^{tree}").text:
            show_saved(repository, found.go)
            return going, False
        save(repository, index, found.go, message(going))
        return going, True


def _say_changes(going: Sequence[Change], what: str = "Going out") -> None:
    if going:
        say(f"{what}: {summary(going)}.", bold=True)
        say(*(f"  {line}" for line in listing(going)))


def _wants_drafts(wishes: Wishes, found: Waiting, site: OpenSite, repository: Repository) -> bool:
    """Say what stays here, and ask whether it is to; where nobody can be asked, it does."""
    titles = {repository.prefix + post.source: post.title for post in site.everything}
    what = staying(found.stay, titles)
    if wishes.dry_run or not sys.stdin.isatty() or not titles.keys() & set(found.stay):
        say(f"Staying here: {what}. To send that as well: storysite publish --with-drafts")
        return False
    say(f"Not for readers yet: {what}.")
    return click.confirm("Send that as well? Whoever may see the repository can read it then", default=False)


def _send_on(
    wishes: Wishes, repository: Repository, options: BuildOptions, going: Sequence[Change], address: str
) -> None:
    """Take in what others sent, send, and wait until readers see it."""
    output = options.target.resolve()
    before: dict[str, bytes] = {}
    wanted: dict[str, bytes] = {}
    for _ in range(TRIES):
        if is_behind(repository):
            taken = take_in(repository, wishes.keep)
            say(taken.sentence)
            if taken.replaced:
                say(f"Your version is kept in {joined(taken.replaced)}.")
            _build(wishes, options)
        here = repository.commit_of("HEAD")
        pushes = [Push(here, repository.target)] if here != repository.commit_of(repository.tracking) else []
        if not repository.has_workflow and (
            made := pages_commit(repository, output, message(going), replace=wishes.replace)
        ):
            pushes.append(Push(made, PAGES))
        if not pushes:
            say(f"Nothing new to publish: the web has all that is here{f', at {address}' if address else ''}.")
            return
        if wishes.wait and address and not before:
            wanted = pages_to_see(going, output)
            before = seen(address, wanted)
        try:
            send(repository, pushes)
        except Behind:
            repository = look_elsewhere(repository)
            continue
        _wait(wishes, repository, address, wanted, before)
        return
    what = "others are sending at this moment as well, again and again"
    raise not_sent("publish-refused", what, "wait a minute, and try again")


def _wait(
    wishes: Wishes, repository: Repository, address: str, wanted: dict[str, bytes], before: dict[str, bytes]
) -> None:
    """Say that it is sent, wait until readers see it, and say so."""
    if not address:
        say("Saved and sent.", bold=True)
        if wishes.wait:
            say("To be told when readers see it, write the address of the site into storysite.yml: base_url")
        return
    say(f"Saved and sent; live in about two minutes at {address}", bold=True)
    if not wishes.wait:
        return
    say("Waiting until readers see it. You may press Ctrl-C: it is sent already.")
    if wait_until_live(address, wanted, before):
        say("Readers see it now.", bold=True)
        return
    say("It is sent, but readers do not see it yet after five minutes.")
    if found := github_of(repository.address):
        say(f"What holds it up: {found.page}/actions", f"If the site was never there, turn it on: {found.settings}")


def _build(wishes: Wishes, options: BuildOptions, *, by_address: bool = True) -> BuildResult:
    """Build the site as `storysite build` does, and print what is wrong. Raises StorysiteError if that is too much.

    That the settings do not say the site's address is told unless the repository does, `by_address`.
    """
    result, faults = build_with_steps(options)
    problems = [*result.problems, *faults]
    told = [problem for problem in problems if problem.code != "base-url" or not by_address]
    show_problems(told, wishes.folder, verbose=wishes.verbose)
    if errors_in(faults):
        raise NotSent(faults[0])
    say(f"Checked and built: {times(result.posts, 'story', 'stories')} on {times(result.pages, 'page')}.")
    return result


def _copy(wishes: Wishes, to: str) -> None:
    """Copy the site to a folder or another computer."""
    options = wishes.options()
    _build(wishes, options, by_address=False)
    output = options.target.resolve()
    if wishes.dry_run:
        say(f"Would copy {times(len(published(output)), 'file')} to {to}.")
    elif to.startswith(RSYNC):
        copied = rsync_to(output, to.removeprefix(RSYNC))
        deleted = f", {times(copied.deleted, 'file')} deleted" if copied.deleted else ""
        say(f"The site is at {to.removeprefix(RSYNC)}: {times(copied.written, 'file')}{deleted}.", bold=True)
    else:
        copied = copy_to(output, Path(to), wishes.folder)
        say(f"The site is in {to}: {copied.written:,} files written, {copied.deleted:,} deleted.", bold=True)


def _take_back(wishes: Wishes, sends_to: list[str]) -> None:
    """Take the last publish back, here and on the web."""
    repository = find_repository(wishes.folder)
    if repository is None or not repository.remote:
        raise not_sent("publish-undo", "nothing was published from this folder yet", "there is nothing to take back")
    sends_to.append(repository.address)
    repository = look_elsewhere(repository)
    if is_behind(repository):
        say(take_in(repository).sentence)
    here = repository.commit_of("HEAD")
    if here != repository.commit_of(repository.tracking):
        what = "something is saved here that was not sent yet"
        raise not_sent("publish-undo", what, "send it first: storysite publish")
    wanted = last_published(repository)
    if wishes.dry_run:
        say(f"Would take back: {wanted.subject}")
        return
    config = read_config(wishes.folder)[0]
    settle_identity(repository, config.author or config.title)
    undone = take_back(repository, wanted)
    try:
        _send_undone(wishes, repository, config, here)
    except (Behind, StorysiteError, GitFailed, OSError):
        put_again(repository, here)
        raise
    say(f"Taken back: {undone.subject}", bold=True)
    if undone.kept:
        say(f"The files as they were are kept in {joined(undone.kept[:3])}{' and beside' if undone.kept[3:] else ''}.")


def _send_undone(wishes: Wishes, repository: Repository, config: Config, here: str) -> None:
    address, options = _address_and_options(wishes, repository, config, strict=False)
    _build(wishes, options)
    output = options.target.resolve()
    with open_site(options) as site:
        going = changes(repository, site, here, repository.commit_of("HEAD"))
    _say_changes(going, "Going back")
    pushes = [Push(repository.commit_of("HEAD"), repository.target)]
    if not repository.has_workflow and (made := pages_commit(repository, output, message(going))):
        pushes.append(Push(made, PAGES))
    wanted = pages_to_see(going, output)
    before = seen(address, wanted) if wishes.wait and address else {}
    send(repository, pushes)
    _wait(wishes, repository, address, wanted, before)
