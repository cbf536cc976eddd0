"""`footnote articles add …`: takes articles in, and prints what became of each source."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adding.open_adding import open_adding, open_following
from bot.commands.counted import counted
from bot.commands.exit_status import EXIT_ANSWERED, EXIT_ERROR, EXIT_UNANSWERED
from bot.composing.printable import printable
from bot.http.json_object import JsonObject
from bot.rendering.json_output import json_line
from bot.settings.settings import load_settings
from retrieval.errors import FolderError, RetrievalError
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.feed_store import FeedStore
from retrieval.sources.added.outcomes import NO_WISHES, Effect, Outcome, Wishes, refused
from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.folders.folder import readable_files

if TYPE_CHECKING:
    from retrieval.sources.added.adding import Adding


class NoSuchArticleError(RetrievalError):
    """No added article has that id; the text says where it may be instead."""


class FeedError(RetrievalError):
    """A feed cannot be followed; the text says why."""


def add_sources(sources: Sequence[str], wishes: Wishes, *, dry_run: bool, as_json: bool) -> int:
    """Take in files, folders and pages; the exit status."""
    if wishes != NO_WISHES and len(sources) > 1:
        raise NoSuchArticleError("--title, --language and --id are for one source; name only one")
    adding = open_adding(load_settings())
    adding.refresh()
    outcomes = _each(adding, list(_files_of(sources)), wishes, dry_run=dry_run)
    return asyncio.run(_printed(outcomes, adding, as_json=as_json))


def update_articles(identities: Sequence[str], *, as_json: bool) -> int:
    """Read the sources of these articles again, or of all, and look at the feeds."""
    following = open_following(load_settings())
    adding = following.adding
    adding.refresh()
    for identity in identities:
        _check_known(adding, identity)
    chosen = [a for a in adding.known.all if not identities or a.article.id in identities]

    async def outcomes() -> AsyncIterator[Outcome]:
        goes_on = False
        for added in chosen:
            with _status(added.origin.source):
                outcome = await adding.prepare_update(added)
            goes_on = adding.keep([outcome], goes_on=goes_on)
            yield outcome
        for feed in () if identities else following.feeds.all():
            try:
                async for outcome in following.poll(feed):
                    yield outcome
            except UnreadableError as error:
                yield refused(feed.address, error)

    return asyncio.run(_printed(outcomes(), adding, as_json=as_json))


def remove_articles(identities: Sequence[str]) -> None:
    """Remove added articles; raises NoSuchArticleError."""
    settings = load_settings()
    store = ArticleStore(settings.data)
    for identity in identities:
        if store.get(identity) is None:
            known = ", ".join(added.article.id for added in store.all()[:5])
            problem = f"no added article has the id {identity!r}"
            remedy = f"there are {known}" if known else "delete its file if it lies in the folder"
            raise NoSuchArticleError(f"{problem}; {remedy}")
    store.remove(identities)
    print(printable(f"removed {', '.join(identities)}; `footnote articles undo` takes it back"))


def undo_change() -> None:
    """Take the last change of the added articles back."""
    taken_back = ArticleStore(load_settings().data).undo()
    if not taken_back:
        raise NoSuchArticleError("there is no change that can be taken back")
    print(printable(f"taken back: {', '.join(taken_back)}"))


def restore_backup(file: Path) -> None:
    """Put the added articles and the feeds of a backup back; raises StorageError."""
    from bot.storage.data_folder.article_backup import restore_articles

    count = restore_articles(file, load_settings().data)
    print(printable(f"{file}: {counted(count, 'article')} put back"))


def follow_feed(address: str, newest: int, *, as_json: bool) -> int:
    """Follow a feed, and take its newest entries in."""
    following = open_following(load_settings())
    following.adding.refresh()

    async def outcomes() -> AsyncIterator[Outcome]:
        try:
            async for outcome in following.follow(address, newest):
                yield outcome
        except UnreadableError as error:
            raise FeedError(f"{address}: {error}") from error

    return asyncio.run(_printed(outcomes(), following.adding, as_json=as_json))


def list_feeds(*, as_json: bool) -> None:
    """Print a line for each feed that is followed."""
    feeds = FeedStore(load_settings().data).all()
    if as_json:
        names = ("address", "title", "checked", "problem")
        print(json_line([{name: getattr(feed, name) for name in names} for feed in feeds]))
        return
    for feed in feeds:
        state = f"  ({feed.problem})" if feed.problem else ""
        print(printable(f"{feed.address}  {feed.title}{state}"))


def unfollow_feed(address: str) -> None:
    """Follow a feed no more; raises NoSuchArticleError for one that is not followed."""
    feeds = FeedStore(load_settings().data)
    if feeds.of(address) is None:
        problem = f"{address}: this feed is not followed"
        raise FeedError(f"{problem}; `footnote articles follow --list` shows those that are")
    feeds.remove(address)
    print(printable(f"no longer followed: {address}; its articles stay"))


async def _each(
    adding: "Adding", sources: Sequence[str], wishes: Wishes, *, dry_run: bool
) -> AsyncIterator[Outcome]:
    goes_on = False
    for source in sources:
        with _status(source):
            outcome = await adding.prepare(source, wishes)
        if dry_run:
            if outcome.added is not None:
                adding.known.note(outcome.added)
        else:
            goes_on = adding.keep([outcome], goes_on=goes_on)
        yield outcome


async def _printed(outcomes: AsyncIterator[Outcome], adding: "Adding", *, as_json: bool) -> int:
    """Print each outcome as it comes; the exit status."""
    good = bad = 0
    try:
        async for outcome in outcomes:
            if outcome.effect is Effect.REFUSED:
                bad += 1
            else:
                good += 1
            if as_json:
                print(json_line(outcome_object(outcome)), flush=True)
            else:
                _print_line(outcome)
    finally:
        await adding.aclose()
    if not bad:
        return EXIT_ANSWERED
    return EXIT_UNANSWERED if good else EXIT_ERROR


def outcome_object(outcome: Outcome) -> JsonObject:
    """What became of a source, as JSON."""
    fields: JsonObject = {"source": outcome.source, "status": outcome.effect.value}
    if outcome.added is None:
        return fields | {"error": outcome.error}
    article = outcome.added.article
    return fields | {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "url": article.url,
        "paragraphs": len(article.paragraphs),
        "pages": outcome.added.pages,
        "warnings": list(map(str, outcome.added.warnings)),
    }


def _print_line(outcome: Outcome) -> None:
    added = outcome.added
    if added is None:
        print(printable(f"refused: {outcome.source}: {outcome.error}"), flush=True)
        return
    article = added.article
    if outcome.effect is Effect.SAME:
        line = f"already here as {article.id}: {outcome.source}"
    else:
        pages = f", {counted(added.pages, 'page')}" if added.pages else ""
        size = f"{counted(len(article.paragraphs), 'paragraph')}{pages}, {article.language}"
        line = f"{outcome.effect} {article.id}: {article.title} ({size})"
    print(printable(line), flush=True)
    for warning in added.warnings:
        print(printable(f"  {article.id}: {warning}"), file=sys.stderr, flush=True)


def _files_of(sources: Sequence[str]) -> Iterator[str]:
    """The sources, a folder as all files in it that can be read."""
    for source in sources:
        path = Path(source).expanduser()
        try:
            is_folder = bool(source.strip()) and path.is_dir()
        except (OSError, ValueError):
            is_folder = False
        if is_folder:
            files = readable_files(path)
            if not files:
                raise FolderError(f"{source}: no file in this folder can be read; name another")
            yield from map(str, files)
        else:
            yield source


def _check_known(adding: "Adding", identity: str) -> None:
    if adding.known.of_id(identity) is None:
        known = ", ".join(added.article.id for added in adding.known.all[:5]) or "none"
        problem = f"no added article has the id {identity!r}"
        raise NoSuchArticleError(f"{problem}; there are {known}")


def _status(source: str) -> AbstractContextManager[object]:
    """A sign of life on a terminal while a source is read."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(printable(f"Reading {source} …"))
