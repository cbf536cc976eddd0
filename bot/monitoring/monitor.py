"""Monitoring of one running bot: metrics, a log line for each answer, the health endpoints."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.http.server import ListenError, address_of, listen, serving
from bot.monitoring.health_endpoints import health_pages
from bot.monitoring.liveness import Liveness
from bot.monitoring.metrics import Metrics
from bot.settings.addresses import read_address
from bot.settings.settings import USUAL_HEALTH
from bot.storage.stored_answer import StoredAnswer
from retrieval.articles import Articles

log = logging.getLogger(__name__)


class Monitor:
    """Watches one running bot; what people ask is logged only `with_questions`."""

    def __init__(self, *, with_questions: bool) -> None:
        self.metrics = Metrics()
        self._with_questions = with_questions

    def count_answer(self, answer: StoredAnswer) -> None:
        """Note that a question was put to the articles."""
        self.metrics.asked(answered=answer.answered)
        said = {"question": answer.question} if self._with_questions else {}
        log.info("answered" if answer.answered else "not answered", extra=said)

    @asynccontextmanager
    async def pages(
        self,
        where: str,
        liveness: Liveness,
        articles: Articles,
        search_trouble: Callable[[], str] = lambda: "",
    ) -> AsyncIterator[None]:
        """Serve health and counts there until the end of the block; nowhere if it is empty.

        Raises ListenError, but goes without them where nobody has chosen the address.
        """
        try:
            listener = listen(read_address(where), "FOOTNOTE_HEALTH_LISTEN") if where else None
        except ListenError as error:
            if where != USUAL_HEALTH:
                raise
            log.warning("/healthz and /metrics are not served: %s", error)
            listener = None
        if listener is None:
            yield
            return
        log.info("/healthz and /metrics are at %s", address_of(listener))
        pages = health_pages(liveness, self.metrics, articles, search_trouble)
        async with serving(pages, listener):
            yield
