"""What admins do with articles in Telegram: read, keep, take back, remove."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.adding.open_adding import IngestMissingError, open_adding
from bot.adding.staged_articles import Staged, StagedArticles
from bot.settings.settings import Settings
from retrieval.sources.added.added_article import AddedArticle
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.outcomes import NO_WISHES, Effect, Outcome
from retrieval.sources.documents.document import SourceRefusal
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.worker.ingest_extra import INSTALL
from retrieval.sources.worker.reading_worker import ReadingWorker

if TYPE_CHECKING:
    from retrieval.sources.added.adding import Adding


class AdminArticles:
    """The added articles of one data folder, and those that wait for a word.

    `is_live` says whether questions find what is added while the program runs.
    """

    def __init__(self, settings: Settings, *, is_live: bool = False) -> None:
        self.settings = settings
        self._adding: Adding | None = None
        self._lock = asyncio.Lock()
        self.worker = ReadingWorker()
        self.staged = StagedArticles(settings.data)
        self.store = ArticleStore(settings.data)
        self.is_live = is_live

    async def read_address(self, address: str) -> Outcome:
        """What adding a page would do."""
        async with self._lock:
            adding = await self._opened()
            return adding if isinstance(adding, Outcome) else await adding.prepare(address)

    async def read_file(self, name: str, content: bytes) -> Outcome:
        """What adding a file that was sent would do."""
        async with self._lock:
            adding = await self._opened()
            if isinstance(adding, Outcome):
                return adding
            return await asyncio.to_thread(adding.prepare_upload, name, content, NO_WISHES)

    async def keep(self, staged: Staged) -> tuple[AddedArticle, ...]:
        """Add what waited; raises ArticleStoreError."""
        return await asyncio.to_thread(self._keep, staged)

    async def take_back(self, staged: Staged) -> None:
        """Undo the change to these articles; raises ArticleStoreError."""

        def restored() -> None:
            for added in staged.articles:
                self.store.restore(added.article.id)
            self.staged.drop(staged.id)

        await asyncio.to_thread(restored)

    def _keep(self, staged: Staged) -> tuple[AddedArticle, ...]:
        self.store.put(staged.articles)
        self.staged.mark_kept(staged)
        return staged.articles

    async def _opened(self) -> "Adding | Outcome":
        """What reads sources; the refusal where its libraries are missing."""
        if self._adding is None:
            try:
                self._adding = open_adding(self.settings, self.worker)
            except IngestMissingError:
                missing = SourceRefusal(Reason.NOT_INSTALLED, {"command": INSTALL})
                return Outcome("", Effect.REFUSED, None, missing)
        await asyncio.to_thread(self._adding.refresh)
        return self._adding

    async def aclose(self) -> None:
        """Close what is open, and give up what is being read."""
        self.worker.stop()
        if self._adding is not None:
            await self._adding.aclose()


def retitled(added: AddedArticle, title: str) -> AddedArticle:
    """The article under a new title, which it keeps when it is updated."""
    origin = replace(added.origin, title=title)
    return replace(added, article=replace(added.article, title=title), origin=origin)
