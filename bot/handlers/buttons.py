"""Presses of buttons (callback queries)."""

import asyncio
import logging
from logging import INFO, WARNING

from telegram import CallbackQuery, MaybeInaccessibleMessage, Update
from telegram.error import BadRequest, TelegramError

from bot.composing.wording import phrase
from bot.delivery.chat_refusals import is_too_old
from bot.delivery.outbox import Outbox
from bot.delivery.retry_policy import may_pass
from bot.handlers.articles.add_article import AddHandler
from bot.handlers.articles.list_sources import ListSourcesHandler
from bot.handlers.articles.read_source import ReadSourceHandler
from bot.handlers.articles.remove_article import RemoveHandler
from bot.handlers.briefings.brief import BriefHandler
from bot.handlers.choose_language import LanguageHandler
from bot.handlers.context import Context
from bot.handlers.conversation.ask import AskHandler
from bot.handlers.conversation.more_quotes import MoreQuotesHandler
from bot.handlers.conversation.show_gaps import GapsHandler
from bot.handlers.update_dispatcher import ToldError
from bot.rendering.telegram.callback_data import (
    ArticlePress,
    AskAlone,
    AskSuggested,
    BriefOnHeading,
    BriefOnNews,
    ChooseLanguage,
    ListArticles,
    ListRemovable,
    MoreQuotes,
    OpenQuote,
    Rating,
    RemovalPress,
    ResizeBriefing,
    SendBriefingFile,
    StagedPress,
    TurnPage,
    WeeklyGaps,
    parse_press,
)
from bot.storage.answer_store import AnswerStore
from bot.storage.stored_answer import StoredAnswer
from bot.storage.worker_thread import WorkerThread
from retrieval.errors import SearchOutageError

MOMENT_SECONDS = 0.3
PRESS_ANSWERED_SECONDS = 2  # a press is answered by then, even if what it asks for takes longer

log = logging.getLogger(__name__)


class ButtonHandler:
    """Does what a button says, and answers each press, even after a failure."""

    def __init__(  # noqa: PLR0913, PLR0917  # one for each thing that buttons do
        self,
        answers: AnswerStore,
        asking: AskHandler,
        further: MoreQuotesHandler,
        reader: ReadSourceHandler,
        sources: ListSourcesHandler,
        briefing: BriefHandler,
        language: LanguageHandler,
        gaps: GapsHandler,
        worker: WorkerThread,
        adding: AddHandler | None = None,
        removing: RemoveHandler | None = None,
    ) -> None:
        self._answers = answers
        self._run = worker.run
        self._asking = asking
        self._further = further
        self._gaps = gaps
        self._reader = reader
        self._sources = sources
        self._briefing = briefing
        self._language = language
        self._adding = adding
        self._removing = removing

    async def press(self, update: Update, context: Context) -> None:
        """Do what the button carries; what pops up says how it went.

        It always waits until that is done: otherwise it would go on, and be done twice if the
        press is tried again. If the person was told that it failed, it isn't tried again, and
        ToldError is raised.
        """
        query = context.pressed(update)
        doing = asyncio.ensure_future(self._do(query, context.outbox))
        await asyncio.wait({doing}, timeout=PRESS_ANSWERED_SECONDS)
        error = doing.exception() if doing.done() else None
        said = doing.result() if doing.done() and error is None else ""
        if error is not None:
            is_outage = isinstance(error, SearchOutageError)
            said = phrase("search_outage_press" if is_outage else "failed")
        is_told = await _answer(query, said)
        if is_told and error is not None and may_pass(error):
            raise ToldError(str(error)) from error
        await doing

    async def _do(self, query: CallbackQuery, outbox: Outbox) -> str:
        message, press = query.message, parse_press(query.data or "")
        if message is None or press is None:
            return phrase("garbled")
        match press:
            case TurnPage():
                doing = self._reader.turn(outbox, message, press)
            case ListArticles(offset):
                doing = self._sources.turn(outbox, message, offset)
            case BriefOnNews() | BriefOnHeading():
                doing = self._briefing.pressed(outbox, query.from_user, message, press)
            case AskSuggested():
                doing = self._asking.suggested(outbox, query.from_user, message, press)
            case ChooseLanguage():
                doing = self._language.choose(outbox, query, message, press)
            case WeeklyGaps(wanted):
                wants = bool(wanted)
                doing = self._gaps.weekly(outbox, query.from_user, message, wanted=wants)
            case StagedPress() | RemovalPress() | ListRemovable():
                doing = self._of_articles(query.from_user.id, outbox, message, press)
            case _:
                doing = self._of_answer(query, outbox, message, press)
        return await doing

    async def _of_articles(
        self, person: int, outbox: Outbox, message: MaybeInaccessibleMessage, press: ArticlePress
    ) -> str:
        """What admins do with articles."""
        if isinstance(press, StagedPress) and self._adding is not None:
            return await self._adding.pressed(outbox, person, message, press)
        if not isinstance(press, StagedPress) and self._removing is not None:
            return await self._removing.pressed(outbox, person, message, press)
        return phrase("garbled")

    async def _of_answer(
        self,
        query: CallbackQuery,
        outbox: Outbox,
        message: MaybeInaccessibleMessage,
        press: OpenQuote | MoreQuotes | Rating | AskAlone | ResizeBriefing | SendBriefingFile,
    ) -> str:
        """What needs the answer that the button stands under."""
        answer = await self._kept(press.answer, message)
        if answer is None:
            return phrase("expired")
        match press:
            case OpenQuote():
                doing = self._reader.read(outbox, message, answer, press)
            case MoreQuotes():
                doing = self._further.show(outbox, message, answer, press)
            case ResizeBriefing() | SendBriefingFile():
                doing = self._of_briefing(outbox, message, answer, press)
            case AskAlone():
                doing = self._asking.alone(outbox, message, answer)
            case Rating(_, helped):
                doing = self._rate(query.from_user.id, answer, helped)
        return await doing

    async def _of_briefing(
        self,
        outbox: Outbox,
        message: MaybeInaccessibleMessage,
        answer: StoredAnswer,
        press: ResizeBriefing | SendBriefingFile,
    ) -> str:
        """What only a briefing has buttons for."""
        if not await self._briefing.is_one(answer):
            return phrase("garbled")
        if isinstance(press, ResizeBriefing):
            return await self._briefing.resize(outbox, message, answer, press)
        return await self._briefing.send_as_file(outbox, message, answer)

    async def _kept(self, identity: str, message: MaybeInaccessibleMessage) -> StoredAnswer | None:
        """The answer of that id, if it was given in this chat and is still kept."""
        answer = await self._run(self._answers.get, identity)
        if answer is None:  # a press may overtake the answer's way to the disk
            await asyncio.sleep(MOMENT_SECONDS)
            answer = await self._run(self._answers.get, identity)
        return answer if answer and answer.asked.chat == message.chat.id else None

    async def _rate(self, person: int, answer: StoredAnswer, helped: int) -> str:
        if not await self._run(self._answers.rate, answer.id, person, helped=bool(helped)):
            return phrase("noted_already")
        if not answer.answered:
            return phrase("thanks_told")
        return phrase("thanks_good" if helped else "thanks_bad")


async def _answer(query: CallbackQuery, said: str) -> bool:
    """Answer the press, with a text to pop up or none; False and a line in the log on failure."""
    try:
        await query.answer(said or None)
    except TelegramError as refusal:
        is_usual = isinstance(refusal, BadRequest) and is_too_old(refusal)
        log.log(INFO if is_usual else WARNING, "callback query not answered: %s", refusal)
        return False
    return True
