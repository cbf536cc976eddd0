"""`footnote telegram`: the bot's lifecycle, from its start to its graceful shutdown."""

import asyncio
import gc
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing, suppress
from functools import partial

import httpx
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.adding.article_intake import ArticleIntake
from bot.adding.feed_poller import FeedPoller
from bot.composing.pipeline import Pipeline
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.rate_limiter import RateLimiter
from bot.handlers import command_menu as menu
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.application import App, TelegramEndpoint, build
from bot.handlers.update_dispatcher import UpdateDispatcher
from bot.http.telegram_request import telegram_request
from bot.intake.connection import TelegramConnection
from bot.intake.inbox import Inbox, Take
from bot.intake.polling import POLL_SECONDS, READ_SECONDS, fetch
from bot.intake.update_sources import update_source
from bot.monitoring.monitor import Monitor
from bot.schedules.scheduler import Scheduler
from bot.settings.settings import Settings, SettingsError
from bot.storage.answer_store import AnswerStore
from bot.storage.crash_suspect import CrashSuspect
from bot.storage.database.engine import name_of, open_database
from bot.storage.database.storage_errors import broken
from bot.storage.folder_lock import hold
from bot.storage.receipts import Receipts
from bot.storage.update_store import REMEMBERED_SECONDS, UpdateStore
from bot.storage.worker_thread import WorkerThread

DRAIN_SECONDS = 7
QUIET_SECONDS = 3
NOTING_SECONDS = 0.5
SEND_SECONDS = 20  # of silence, after which nobody knows whether a message was sent
CONFIRM_SECONDS = 2
A_DAY = 24 * 3600
A_MINUTE = 60
CONNECTIONS = 100  # so many hang before others wait, and 30 messages a second are allowed

log = logging.getLogger(__name__)


def _telegram_endpoint(settings: Settings, limiter: RateLimiter) -> TelegramEndpoint:
    """How Telegram is endpoint; raises SettingsError."""
    if not settings.telegram_token:
        raise SettingsError(
            "FOOTNOTE_TELEGRAM_TOKEN is not set; get a token from @BotFather in Telegram and set "
            "it in the environment or in .env (`footnote console` needs none)"
        )
    return TelegramEndpoint(
        token=settings.telegram_token,
        base_url=f"{settings.telegram_api_url}/bot",
        request=telegram_request(CONNECTIONS, SEND_SECONDS, settings.proxy),
        updates_request=telegram_request(1, POLL_SECONDS + READ_SECONDS, settings.proxy),
        rate_limiter=limiter,
    )


async def serve(settings: Settings, pipeline: Pipeline) -> None:
    """Answer until SIGTERM or Ctrl-C.

    Raises TelegramUnusableError, ListenError, StorageError or SettingsError, which say what to do.
    """
    monitor = Monitor(with_questions=settings.log_questions)
    limiter = RateLimiter(monitor.metrics)
    endpoint = _telegram_endpoint(settings, limiter)
    gc.freeze()  # what is built by now stays, and need not be looked through again
    stop = asyncio.Event()
    _listen_to_signals(stop)
    connection = TelegramConnection(httpx.URL(endpoint.base_url).host, stop)
    articles = len(pipeline.articles)
    if (vectors := pipeline.vectors) is not None:
        monitor.metrics.watch_vectors(lambda: vectors.progress)
    async with AsyncExitStack() as opened:
        opened.enter_context(hold(settings.data))
        source = opened.enter_context(update_source(settings))
        await opened.enter_async_context(
            monitor.pages(settings.health_listen, connection.liveness, articles)
        )
        database = open_database(settings.data, settings.database_url, alone=True)
        opened.callback(database.dispose)
        receipts = opened.enter_context(closing(Receipts(settings.data)))
        suspect = opened.enter_context(closing(CrashSuspect(settings.data)))
        worker = WorkerThread(suspect)
        opened.callback(worker.close)
        rules = AccessRules.of(settings)
        intake = ArticleIntake(settings)
        opened.push_async_callback(intake.aclose)
        poller = FeedPoller(settings, intake.worker)
        opened.push_async_callback(poller.aclose)
        application, scheduler = build(
            endpoint,
            pipeline,
            worker,
            database,
            rules,
            on_answer=monitor.count_answer,
            intake=intake,
        )
        application.bot.keep_receipts(receipts)
        _poll_feeds(application, poller)
        updates = UpdateStore(database)
        _forget_daily(
            application, AnswerStore(database), updates, receipts, worker, rules.keep_days
        )
        dispatcher = UpdateDispatcher(application, monitor.metrics.failed)
        dispatch = dispatcher.is_wanted, dispatcher.handle
        inbox = Inbox(application.bot, updates, receipts, worker, *dispatch, monitor.metrics)
        receive = partial(source.receive, application.bot, connection, stop)
        try:
            await connection.call(application.initialize)
            if not stop.is_set():
                await application.start()
                log.info("@%s answers from %d articles", application.bot.username, articles)
                await _answer(application.bot, limiter, inbox, scheduler, receive)
        except SQLAlchemyError as error:  # at the start; later on questions are answered anyway
            place = name_of(settings.data, settings.database_url)
            raise broken(place, error) from error
        finally:
            if application.running:
                await application.stop()
            await application.shutdown()


async def _answer(
    bot: FootnoteBot,
    limiter: RateLimiter,
    inbox: Inbox,
    scheduler: Scheduler,
    receive: Callable[[Take], Awaitable[int]],
) -> None:
    """Take updates in and handle them until the bot is to stop; finish what has begun.

    Nothing is cut off while it is on its way to Telegram: first nothing more is let out. That is
    longer than a connection takes to fail, so it is known of each briefing which made none, and it
    is sent after the next start.
    """
    menu_task = asyncio.create_task(menu.put_up(bot))
    try:
        await inbox.recover()
        offset = await receive(inbox.take)
    finally:
        menu_task.cancel()
        await asyncio.gather(inbox.finish(DRAIN_SECONDS), scheduler.finish(DRAIN_SECONDS))
        await limiter.close(QUIET_SECONDS)
        finishing = inbox.finish(NOTING_SECONDS), scheduler.finish(NOTING_SECONDS)
        left, _ = await asyncio.gather(*finishing)
        scheduler.cut_off()
        if left:
            log.warning("%d updates are left for the next start", left)
    await _confirm(bot, offset)


async def _confirm(bot: FootnoteBot, offset: int) -> None:
    """Let Telegram forget the updates before that one, which are handled."""
    if offset:
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                await fetch(bot, offset, timeout=0)


def _forget_daily(  # noqa: PLR0913, PLR0917  # all that keeps something
    application: App,
    answers: AnswerStore,
    updates: UpdateStore,
    receipts: Receipts,
    worker: WorkerThread,
    keep_days: int,
) -> None:
    """Delete what is older than it may be, at once and then every day."""

    async def forget(_: object) -> None:
        now = time.time()
        receipts.forget_old(())
        kept_since = now - keep_days * A_DAY
        await worker.run(answers.forget_before, kept_since, now + A_DAY)
        await worker.run(updates.forget_before, now - REMEMBERED_SECONDS, kept_since)

    if application.job_queue is not None:
        late = {"misfire_grace_time": None}  # also if the machine slept meanwhile
        application.job_queue.run_repeating(forget, A_DAY, first=1, job_kwargs=late)


def _poll_feeds(application: App, poller: FeedPoller) -> None:
    """Look every minute which feeds are due; one look at a time."""

    async def poll(_: object) -> None:
        poller.begin()

    if application.job_queue is not None:
        application.job_queue.run_repeating(poll, A_MINUTE, first=A_MINUTE / 6)


def _listen_to_signals(stop: asyncio.Event) -> None:
    """Set `stop` at SIGTERM and Ctrl-C; `add_signal_handler` would not do on Windows."""
    loop = asyncio.get_running_loop()

    def hear(*_: object) -> None:
        with suppress(RuntimeError):  # the loop has ended by now
            loop.call_soon_threadsafe(stop.set)

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, hear)
