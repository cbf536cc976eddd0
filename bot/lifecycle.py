"""`footnote telegram`: the bot's lifecycle, from its start to its graceful shutdown."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

import httpx
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.commands.counted import counted
from bot.commands.exit_status import at_stop_signals
from bot.composing.pipeline import Pipeline
from bot.composing.pipeline_source import Renewable
from bot.composition import (
    Part,
    collaborators,
    follow_feeds,
    forget_daily,
    measure_search,
    part_of,
    telegram_endpoint,
)
from bot.delivery.footnote_bot import FootnoteBot
from bot.handlers import command_menu as menu
from bot.handlers.application import App, build
from bot.handlers.articles.article_watch import ArticleWatch
from bot.handlers.update_dispatcher import UpdateDispatcher
from bot.intake.connection import TelegramConnection
from bot.intake.inbox import Inbox, Take
from bot.intake.polling import fetch
from bot.intake.update_sources import update_source
from bot.monitoring.monitor import Monitor
from bot.schedules.scheduler import Scheduler
from bot.settings.settings import Settings
from bot.storage.database.engine import name_of
from bot.storage.database.storage_errors import broken
from retrieval.errors import SearchOutageError

DRAIN_SECONDS = 7
LAST_MESSAGES_SECONDS = 3
NOTING_SECONDS = 0.5
CONFIRM_SECONDS = 2

log = logging.getLogger(__name__)


async def serve(
    settings: Settings, pipeline: Pipeline, changes: Renewable[Pipeline], wake: Callable[[], None]
) -> None:
    """Answer until a signal to stop, from the articles as they are at the time.

    `wake` starts making the vectors that are missing. Raises TelegramUnusableError, ListenError,
    StorageError or SettingsError, which say what to do.
    """
    monitor = Monitor(with_questions=settings.log_questions)
    stop = asyncio.Event()
    connection = TelegramConnection(httpx.URL(settings.telegram_api_url).host, stop)
    part = part_of(settings, monitor.metrics, connection.liveness, stop)
    endpoint = telegram_endpoint(settings, part.limiter)
    gc.freeze()  # what is built by now stays, so the collector can skip it
    _listen_to_signals(stop)
    measure_search(settings, monitor.metrics, pipeline, changes)
    articles = pipeline.articles
    async with AsyncExitStack() as opened:
        source = opened.enter_context(update_source(settings))
        listen, liveness = settings.health_listen, connection.liveness
        pages = monitor.pages(listen, liveness, articles, lambda: changes.trouble)
        await opened.enter_async_context(pages)
        given = collaborators(settings, pipeline, part, monitor, opened)
        application, scheduler = build(endpoint, given)
        application.bot.keep_receipts(part.receipts)
        forget_daily(application, part, given)
        follow_feeds(application, settings, given.admin_articles, opened)
        dispatcher = UpdateDispatcher(application, monitor.metrics.failed)
        inbox = part.make_inbox(application.bot, dispatcher, monitor.metrics)
        receive = partial(part.source(source).receive, application.bot, connection, stop)
        watch = ArticleWatch(changes, pipeline, given.worker, given.database, wake)
        await opened.enter_async_context(watch.running())
        try:
            async with _running(application, connection, stop):
                if not stop.is_set():
                    read_from = counted(len(articles), "article")
                    log.info("@%s answers from %s", application.bot.username, read_from)
                    if settings.shared:
                        await given.worker.run(_warm_up, pipeline)
                    async with part.joined():
                        await _answer(application.bot, part, inbox, scheduler, receive)
        except SQLAlchemyError as error:  # at the start; later the bot does without it
            place = name_of(settings.data, settings.database_url)
            raise broken(place, error) from error


def _warm_up(pipeline: Pipeline) -> None:
    """Ask a first question, so that no chat waits for what is loaded with it."""
    with suppress(SearchOutageError):
        for article in pipeline.articles.page(0, 1):
            pipeline.ask(article.title)


@asynccontextmanager
async def _running(
    application: App, connection: TelegramConnection, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Run the application until the end of the block, once Telegram can be reached."""
    try:
        await connection.call(application.initialize)
        if not stop.is_set():
            await application.start()
        yield
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()


async def _answer(
    bot: FootnoteBot,
    part: Part,
    inbox: Inbox,
    scheduler: Scheduler,
    receive: Callable[[Take], Awaitable[int]],
) -> None:
    """Take updates in and handle them until the bot is told to stop; finish what has begun.

    No call to Telegram is cut off: those that have begun may finish, then no more are made. That
    takes longer than a connection takes to fail, so it is known whether a briefing was sent; one
    that was not is sent after the next start.
    """

    async def put_up_menu() -> int:
        await menu.put_up(bot)
        await asyncio.Event().wait()  # until another process leads
        return 0

    menu_task = asyncio.create_task(part.lead(put_up_menu))
    try:
        await inbox.recover()
        offset = await receive(inbox.take)
    finally:
        menu_task.cancel()
        await asyncio.gather(inbox.finish(DRAIN_SECONDS), scheduler.finish(DRAIN_SECONDS))
        await part.limiter.close(LAST_MESSAGES_SECONDS)
        finishing = inbox.finish(NOTING_SECONDS), scheduler.finish(NOTING_SECONDS)
        left, _ = await asyncio.gather(*finishing)
        scheduler.cut_off()
        if left:
            log.warning("%d updates are left for the next start", left)
    await _confirm(bot, offset)


async def _confirm(bot: FootnoteBot, offset: int) -> None:
    """Confirm the updates before `offset` to Telegram; they are handled."""
    if offset:
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                await fetch(bot, offset, timeout=0)


def _listen_to_signals(stop: asyncio.Event) -> None:
    """Set `stop` at a signal to stop; `add_signal_handler` would not do on Windows."""
    loop = asyncio.get_running_loop()

    def hear(*_: object) -> None:
        with suppress(RuntimeError):  # the loop has ended by now
            loop.call_soon_threadsafe(stop.set)

    at_stop_signals(hear)
