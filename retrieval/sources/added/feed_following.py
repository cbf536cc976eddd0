"""Follows feeds: asks for what changed, and takes in the entries that are new.

How long a server may ask to be left alone is in `web/page_fetcher.py`.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from retrieval.sources.added.adding import Adding
from retrieval.sources.added.feed_store import FeedStore, FollowedFeed
from retrieval.sources.added.outcomes import NO_WISHES, Effect, Outcome, refused
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.feed import FeedEntry
from retrieval.sources.web.page_fetcher import Fetched, FetchError
from retrieval.sources.worker.reading_worker import ReadingRequest

NEWEST_WHEN_FOLLOWED = 20  # entries
BATCH = 20  # pages that one process reads
PAGES_AT_ONCE = 4  # are fetched
FEWEST_LETTERS_OF_ENTRY = 200


@dataclass(frozen=True, slots=True)
class FetchedEntry:
    """An entry, and its page if it was fetched; `problem` is why it could not be."""

    entry: FeedEntry
    page: Fetched | None = None
    problem: UnreadableError | None = None


class Following:
    """Follows feeds for one store."""

    def __init__(self, adding: Adding, feeds: FeedStore) -> None:
        self.adding = adding
        self.feeds = feeds

    async def follow(
        self, address: str, newest: int = NEWEST_WHEN_FOLLOWED
    ) -> AsyncIterator[Outcome]:
        """Follow a feed from now on, and take its newest entries in, one after the other.

        Raises UnreadableError or ArticleStoreError.
        """
        known = self.feeds.of(address) or FollowedFeed(address)
        feed = replace(known, etag="", modified="")
        async for outcome in self._polled(feed, newest):
            yield outcome

    async def poll(self, feed: FollowedFeed) -> AsyncIterator[Outcome]:
        """Take in what is new in a feed; nothing before it may be asked for again.

        What is wrong with the feed is noted and raised as UnreadableError.
        """
        if time.time() < feed.not_before:
            return
        try:
            async for outcome in self._polled(feed, None):
                yield outcome
        except UnreadableError as error:
            wait = error.wait if isinstance(error, FetchError) else 0.0
            failed = replace(
                feed,
                failures=feed.failures + 1,
                problem=str(error),
                checked=time.time(),
                not_before=time.time() + wait,
            )
            await asyncio.to_thread(self.feeds.put, failed)
            raise

    async def _polled(self, feed: FollowedFeed, newest: int | None) -> AsyncIterator[Outcome]:
        adding = self.adding
        fetched = await adding.fetcher.fetch(feed.address, feed.etag, feed.modified)
        now = time.time()
        if fetched.content is None:
            await asyncio.to_thread(self.feeds.put, _found(feed, fetched, now))
            return
        read = await asyncio.to_thread(adding.worker.read_feed, fetched.content, fetched.address)
        seen = set(feed.seen)
        fresh = [entry for entry in read.entries if entry.key not in seen]
        wanted = fresh if newest is None else fresh[:newest]
        feed = replace(feed, title=read.title).with_seen(e.key for e in fresh[len(wanted) :])
        goes_on = False
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            outcomes = await self._taken_in(feed, batch)
            goes_on = await asyncio.to_thread(adding.keep, outcomes, goes_on=goes_on)
            feed = feed.with_seen(entry.key for entry in batch)
            await asyncio.to_thread(self.feeds.put, feed)
            for outcome in outcomes:
                yield outcome
        known = [entry for entry in read.entries if entry.key in seen]
        revised = await asyncio.to_thread(self._revised, feed, known)
        await asyncio.to_thread(adding.keep, revised, goes_on=goes_on)
        await asyncio.to_thread(self.feeds.put, _found(feed, fetched, now))
        for outcome in revised:
            yield outcome

    def _revised(self, feed: FollowedFeed, entries: Sequence[FeedEntry]) -> list[Outcome]:
        """What is new in the articles that were taken from these entries, not from their pages.

        An entry that has become a summary leaves its article as it was.
        """
        kept = (self.adding.known.of_source(_source(feed, entry)) for entry in entries)
        outcomes = [
            self._outcome(feed, FetchedEntry(entry), None)
            for entry, article in zip(entries, kept, strict=True)
            if entry.is_whole and article is not None and article.origin.is_entry
        ]
        return [outcome for outcome in outcomes if outcome.effect is Effect.UPDATED]

    async def _taken_in(self, feed: FollowedFeed, entries: Sequence[FeedEntry]) -> list[Outcome]:
        """The articles of entries: their own text if it is whole, else that of their pages."""
        places = asyncio.Semaphore(PAGES_AT_ONCE)
        fetched = await asyncio.gather(*(self._page_of(entry, places) for entry in entries))
        pages = [one.page for one in fetched if one.page is not None]
        requests = [ReadingRequest(p.content or b"", p.charset, p.address) for p in pages]
        documents = iter(
            await asyncio.to_thread(self.adding.worker.read_all, requests) if requests else ()
        )
        outcomes = []
        for one in fetched:
            document = next(documents) if one.page is not None else None
            outcome = self._outcome(feed, one, one.problem or document)
            if outcome.effect in (Effect.ADDED, Effect.UPDATED) and outcome.added is not None:
                self.adding.known.note(outcome.added)
            outcomes.append(outcome)
        return outcomes

    async def _page_of(self, entry: FeedEntry, places: asyncio.Semaphore) -> FetchedEntry:
        """The entry's page, if its own text is but a summary."""
        if entry.is_whole or not entry.address:
            return FetchedEntry(entry)
        async with places:
            try:
                return FetchedEntry(entry, await self.adding.fetcher.fetch(entry.address))
            except UnreadableError as error:
                return FetchedEntry(entry, None, error)

    def _outcome(
        self, feed: FollowedFeed, one: FetchedEntry, found: Document | UnreadableError | None
    ) -> Outcome:
        """What adding an entry would do; its own text serves where its page gives less."""
        entry = one.entry
        source = _source(feed, entry)
        own = _length(entry.text)
        try:
            if isinstance(found, UnreadableError) and own < FEWEST_LETTERS_OF_ENTRY:
                raise found
            is_better = isinstance(found, Document) and _length(found) >= own
            document = found if isinstance(found, Document) and is_better else entry.text
            shown = replace(
                document,
                title=entry.title or document.title,
                published=document.published or entry.published,
            )
            if not _has_page(entry) and document is entry.text:
                placed = replace(shown, url=entry.address)
                return self.adding.entry_outcome(source, placed, feed.address)
            at = one.page if one.page is not None and is_better else Fetched(source, b"")
            return self.adding.page_outcome(at, shown, NO_WISHES, (source,), feed.address)
        except UnreadableError as error:
            return refused(source, error)


def _source(feed: FollowedFeed, entry: FeedEntry) -> str:
    """What an entry is known by."""
    return entry.address if _has_page(entry) else f"feed:{feed.address}#{entry.key}"


def _has_page(entry: FeedEntry) -> bool:
    """Whether it leads to a page of its own, and not to a part of one, as in a list of changes."""
    return bool(entry.address) and "#" not in entry.address


def _length(document: Document) -> int:
    return sum(len(block.text) for block in document.blocks)


def _found(feed: FollowedFeed, fetched: Fetched, now: float) -> FollowedFeed:
    """The feed as it was found just now."""
    is_new = fetched.content is not None
    return replace(
        feed,
        etag=fetched.etag if is_new else feed.etag,
        modified=fetched.modified if is_new else feed.modified,
        checked=now,
        failures=0,
        problem="",
        not_before=0.0,
        address=fetched.address if fetched.moved else feed.address,
        aliases=tuple(dict.fromkeys((*feed.aliases, *fetched.moved))),
    )
