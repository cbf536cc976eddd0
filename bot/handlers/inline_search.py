"""Inline mode: quotes and briefings offered as cards in any chat."""

import logging
import re
from collections.abc import Sequence

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    Update,
)
from telegram.error import BadRequest

from bot.composing.answer_composer import Citation
from bot.composing.briefing_composer import WordedBriefing
from bot.composing.briefing_lengths import BriefingLength
from bot.composing.pipeline import Pipeline
from bot.composing.wording import phrase
from bot.delivery.chat_refusals import is_too_old
from bot.handlers.context import Context
from bot.rendering.telegram.briefing_message import briefing_message, fitting_briefing
from bot.rendering.telegram.deep_links import linker
from bot.rendering.telegram.markup import Link, MarkedText, card_message, showable
from bot.rendering.telegram.quote_codes import QuoteCodes
from bot.rendering.telegram.text_length import cut
from bot.storage.worker_thread import WorkerThread
from retrieval.errors import SearchOutageError

INLINE_CACHE_SECONDS = 30
MOST_FURTHER_CARDS = 7  # behind those of the quotes that answer, which are three mostly
LONGEST_CARD_LINE = 200
BRIEF = re.compile(
    r"\s*/?brief(?:ing)?\b:?(?: (?:me|us))?(?: (?:on|about|in on)\b)?\s*", re.IGNORECASE
)
START_PARAMETER = "inline"

log = logging.getLogger(__name__)


class InlineHandler:
    """Offers quotes as cards; nothing of it is kept."""

    def __init__(self, pipeline: Pipeline, worker: WorkerThread) -> None:
        self._pipeline = pipeline
        self._worker = worker
        self._places = QuoteCodes(pipeline.articles)

    async def offer(self, update: Update, context: Context) -> None:
        """List the quotes that answer what is typed, the next best behind them; or a briefing."""
        query = context.typed(update)
        label, seconds = "nothing_found" if query.query.strip() else "invite", INLINE_CACHE_SECONDS
        try:
            cards = await self._cards(query.query, linker(self._places, context.bot.username))
        except SearchOutageError as error:
            log.warning("inline query not answered: %s", error)
            cards, label, seconds = [], "search_outage_inline", 0
        button = None if cards else InlineQueryResultsButton(phrase(label), None, START_PARAMETER)
        try:
            await query.answer(cards, cache_time=seconds, is_personal=True, button=button)
        except BadRequest as refusal:
            if not is_too_old(refusal):
                raise
            log.info("inline query not answered: %s", refusal)

    async def _cards(self, typed: str, link: Link) -> list[InlineQueryResultArticle]:
        briefing = await self._worker.run(self._briefing, typed, link)
        if briefing:
            return [_briefing_card(briefing, link)]
        citations = await self._worker.run(self._found, typed)
        return [self._card(citation, link(citation)) for citation in citations]

    def _briefing(self, typed: str, link: Link) -> WordedBriefing | None:
        """The briefing that is asked for, with as many points as a message holds; None if none."""
        request = BRIEF.match(typed)
        if request is None:
            return None
        topic = typed[request.end() :]
        limits = BriefingLength.USUAL.limits
        worded = fitting_briefing(lambda length: self._pipeline.brief(topic, length), limits, link)
        return worded if worded.briefing.found else None

    def _found(self, typed: str) -> Sequence[Citation]:
        evidence = self._pipeline.finder.find(typed, further=MOST_FURTHER_CARDS)
        return self._pipeline.composer.cited((*evidence.quotes, *evidence.further))

    def _card(self, citation: Citation, url: str) -> InlineQueryResultArticle:
        return InlineQueryResultArticle(
            self._places.code(citation.quote),
            cut(showable(citation.quote.text), LONGEST_CARD_LINE),
            _content(card_message(citation, url)),
            description=cut(showable(citation.footnote), LONGEST_CARD_LINE),
        )


def _briefing_card(worded: WordedBriefing, link: Link) -> InlineQueryResultArticle:
    first = next(iter(worded.points)).citation.quote.text
    return InlineQueryResultArticle(
        "briefing",
        cut(showable(phrase("briefing_card", title=worded.title)), LONGEST_CARD_LINE),
        _content(briefing_message(worded, link)),
        description=cut(showable(first), LONGEST_CARD_LINE),
    )


def _content(marked: MarkedText) -> InputTextMessageContent:
    return InputTextMessageContent(
        marked.text,
        entities=[MessageEntity(e.kind, e.offset, e.length, e.url) for e in marked.entities],
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
