"""Looks at the feeds that are followed, while the bot runs."""

import asyncio
import logging
import time

from bot.adding.open_adding import IngestMissingError, open_following
from bot.settings.settings import Settings
from retrieval.sources.added.article_store import ArticleStoreError
from retrieval.sources.added.feed_store import FeedStore, FollowedFeed
from retrieval.sources.added.outcomes import Effect
from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.worker.reading_worker import ReadingWorker

A_MINUTE = 60

log = logging.getLogger(__name__)


class FeedPoller:
    """Takes in what is new in the feeds, each of them every FOOTNOTE_FEED_MINUTES."""

    def __init__(self, settings: Settings, worker: ReadingWorker) -> None:
        self._settings = settings
        self._worker = worker
        self._feeds = FeedStore(settings.data)
        self._polling: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Look at the feeds in a task of its own, unless one is at it."""
        if self._polling is None or self._polling.done():
            self._polling = asyncio.create_task(self.poll())

    async def aclose(self) -> None:
        """Give up what is under way; it goes on at the next start."""
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.gather(self._polling, return_exceptions=True)

    async def poll(self) -> None:
        """Look at each feed whose time has come; what is wrong with one is logged."""
        if not self._settings.feed_minutes:
            return
        due = [feed for feed in await asyncio.to_thread(self._feeds.all) if self._is_due(feed)]
        if due:
            await self._poll(due)

    def _is_due(self, feed: FollowedFeed) -> bool:
        now = time.time()
        return now >= feed.not_before and now - feed.checked >= A_MINUTE * (
            self._settings.feed_minutes
        )

    async def _poll(self, feeds: list[FollowedFeed]) -> None:
        try:
            following = open_following(self._settings, self._worker)
        except IngestMissingError as error:
            log.warning("the feeds are not looked at: %s", error)
            return
        try:
            await asyncio.to_thread(following.adding.refresh)
            for feed in feeds:
                try:
                    async for outcome in following.poll(feed):
                        if outcome.effect is Effect.REFUSED:
                            log.info("%s: %s", outcome.source, outcome.error)
                        else:
                            log.info("%s: %s", outcome.source, outcome.effect)
                except (UnreadableError, ArticleStoreError) as error:
                    log.warning("feed %s: %s", feed.address, error)
        finally:
            await following.adding.aclose()
