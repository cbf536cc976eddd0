"""`footnote telegram`: the bot's lifecycle, from its start to its graceful shutdown."""

import asyncio
import gc
import logging
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import (
    AsyncExitStack,
    asynccontextmanager,
    closing,
    suppress,
)
from functools import partial
from typing import TYPE_CHECKING

import httpx
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.adding.article_intake import ArticleIntake
from bot.adding.feed_poller import FeedPoller
from bot.commands.counted import counted
from bot.composing.pipeline import Pipeline
from bot.composing.pipeline_source import Renewable
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.rate_limiter import RateLimiter
from bot.handlers import command_menu as menu
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.application import App, TelegramEndpoint, build
from bot.handlers.articles.article_watch import ArticleWatch
from bot.handlers.update_dispatcher import UpdateDispatcher
from bot.http.telegram_request import telegram_request
from bot.intake.connection import TelegramConnection
from bot.intake.inbox import Inbox, Take
from bot.intake.polling import POLL_SECONDS, READ_SECONDS, fetch
from bot.intake.update_sources import update_source
from bot.monitoring.liveness import Liveness
from bot.monitoring.metrics import Metrics
from bot.monitoring.monitor import Monitor
from bot.schedules.scheduler import Scheduler
from bot.settings.settings import Settings, SettingsError
from bot.single_process import SingleProcess
from bot.storage.answer_store import AnswerStore
from bot.storage.data_folder.crash_suspect import CrashSuspect
from bot.storage.database.engine import name_of, open_database
from bot.storage.database.storage_errors import broken
from bot.storage.retention import A_DAY, forget_expired
from bot.storage.worker_thread import WorkerThread
from retrieval.errors import SearchOutageError

if TYPE_CHECKING:  # it needs the driver of PostgreSQL
    from bot.cluster.sharing import Sharing

DRAIN_SECONDS = 7
QUIET_SECONDS = 3
NOTING_SECONDS = 0.5
SEND_SECONDS = 20  # of silence, after which nobody knows whether a message was sent
CONFIRM_SECONDS = 2
A_MINUTE = 60
CONNECTIONS = 100  # so many hang before others wait, and 30 messages a second are allowed

log = logging.getLogger(__name__)


def _telegram_endpoint(settings: Settings, limiter: RateLimiter) -> TelegramEndpoint:
    """How Telegram is reached; raises SettingsError."""
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


async def serve(
    settings: Settings, pipeline: Pipeline, changes: Renewable[Pipeline], wake: Callable[[], None]
) -> None:
    """Answer until SIGTERM or Ctrl-C, from the articles as they are while it runs.

    `wake` has vectors made that are missing. Raises TelegramUnusableError, ListenError,
    StorageError or SettingsError, which say what to do.
    """
    monitor = Monitor(with_questions=settings.log_questions)
    stop = asyncio.Event()
    connection = TelegramConnection(httpx.URL(settings.telegram_api_url).host, stop)
    part = _part(settings, monitor.metrics, connection.liveness, stop)
    endpoint = _telegram_endpoint(settings, part.limiter)
    gc.freeze()  # what is built by now stays, and need not be looked through again
    _listen_to_signals(stop)
    _measure_search(settings, monitor.metrics, pipeline, changes)
    articles = pipeline.articles
    async with AsyncExitStack() as opened:
        source = opened.enter_context(update_source(settings))
        await opened.enter_async_context(
            monitor.pages(
                settings.health_listen, connection.liveness, articles, lambda: changes.trouble
            )
        )
        database, worker = _storage(settings, opened)
        application, scheduler = _application(
            settings, pipeline, endpoint, part, database, worker, monitor, opened
        )
        dispatcher = UpdateDispatcher(application, monitor.metrics.failed)
        inbox = part.make_inbox(application.bot, dispatcher, monitor.metrics)
        receive = partial(part.source(source).receive, application.bot, connection, stop)
        watch = ArticleWatch(changes, pipeline, worker, database, wake)
        await opened.enter_async_context(watch.running())
        try:
            async with _running(application, connection, stop):
                if not stop.is_set():
                    read_from = counted(len(articles), "article")
                    log.info("@%s answers from %s", application.bot.username, read_from)
                    if settings.shared:
                        await worker.run(_warm_up, pipeline)
                    async with part.joined():
                        await _answer(application.bot, part, inbox, scheduler, receive)
        except SQLAlchemyError as error:  # at the start; later on questions are answered anyway
            place = name_of(settings.data, settings.database_url)
            raise broken(place, error) from error


def _warm_up(pipeline: Pipeline) -> None:
    """Make what is made with the first question, before there are chats that would wait for it."""
    with suppress(SearchOutageError):
        for article in pipeline.articles.page(0, 1):
            pipeline.ask(article.title)


def _application(  # noqa: PLR0913, PLR0917  # all that it is put together from
    settings: Settings,
    pipeline: Pipeline,
    endpoint: TelegramEndpoint,
    part: "SingleProcess | Sharing",
    database: Engine,
    worker: WorkerThread,
    monitor: Monitor,
    opened: AsyncExitStack,
) -> tuple[App, Scheduler]:
    """The application, with what it does again and again, and what sends what is scheduled."""
    state = part.open(database, worker)
    opened.callback(part.close)
    rules = AccessRules.of(settings)
    intake, poller = _intake(settings, opened)
    application, scheduler = build(
        endpoint,
        pipeline,
        worker,
        database,
        rules,
        on_answer=monitor.count_answer,
        intake=intake,
        state=state,
    )
    application.bot.keep_receipts(part.receipts)
    if poller is not None:
        _poll_feeds(application, poller)
    _forget_daily(application, state.answers, part, worker, rules.keep_days)
    return application, scheduler


def _measure_search(
    settings: Settings, metrics: Metrics, pipeline: Pipeline, changes: Renewable[Pipeline]
) -> None:
    """Have the vectors that are still to be made counted, and the outages of what is published."""
    if (vectors := pipeline.vectors) is not None:
        metrics.watch_vectors(lambda: (pipeline.vectors or vectors).progress)
    if settings.opensearch_url:
        metrics.watch_search(lambda: changes.trouble, lambda: changes.seconds)


def _intake(
    settings: Settings, opened: AsyncExitStack
) -> tuple[ArticleIntake, FeedPoller] | tuple[None, None]:
    """What takes in articles and follows feeds, closed with all that is opened.

    Nothing where each process has articles of its own, or they are published.
    """
    if settings.shared or settings.opensearch_url:
        return None, None
    intake = ArticleIntake(settings, is_live=True)
    opened.push_async_callback(intake.aclose)
    poller = FeedPoller(settings, intake.worker)
    opened.push_async_callback(poller.aclose)
    return intake, poller


def _poll_feeds(application: App, poller: FeedPoller) -> None:
    """Look every minute which feeds are due; one look at a time."""

    async def poll(_: object) -> None:
        poller.begin()

    if application.job_queue is not None:
        application.job_queue.run_repeating(poll, A_MINUTE, first=A_MINUTE / 6)


def _storage(settings: Settings, opened: AsyncExitStack) -> tuple[Engine, WorkerThread]:
    """The database, and the thread that uses it; closed with all that is opened."""
    is_shared = settings.shared
    database = open_database(
        settings.data, settings.database_url, alone=not is_shared, shared=is_shared
    )
    opened.callback(database.dispose)
    worker = WorkerThread(opened.enter_context(closing(CrashSuspect(settings.data))))
    opened.callback(worker.close)
    return database, worker


@asynccontextmanager
async def _running(
    application: App, connection: TelegramConnection, stop: asyncio.Event
) -> AsyncIterator[None]:
    """Let the application run, once Telegram can be reached, until the end of the block."""
    try:
        await connection.call(application.initialize)
        if not stop.is_set():
            await application.start()
        yield
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()


def _part(
    settings: Settings, metrics: Metrics, liveness: Liveness, stop: asyncio.Event
) -> "SingleProcess | Sharing":
    """What part this process has in the bot; raises SettingsError."""
    if not settings.shared:
        return SingleProcess(settings, metrics)
    if not settings.database_url:
        raise SettingsError(
            "FOOTNOTE_SHARED is set, and FOOTNOTE_DATABASE_URL is not; name the PostgreSQL "
            "database that the processes share, or unset FOOTNOTE_SHARED"
        )
    from bot.cluster.sharing import Sharing

    return Sharing(settings, metrics, liveness, stop)


async def _answer(
    bot: FootnoteBot,
    part: "SingleProcess | Sharing",
    inbox: Inbox,
    scheduler: Scheduler,
    receive: Callable[[Take], Awaitable[int]],
) -> None:
    """Take updates in and handle them until the bot is to stop; finish what has begun.

    Nothing is cut off while it is on its way to Telegram: first nothing more is let out. That is
    longer than a connection takes to fail, so it is known of each briefing which made none, and it
    is sent after the next start.
    """

    async def put_up_menu() -> int:
        await menu.put_up(bot)
        await asyncio.Event().wait()  # once each time that this process comes to lead
        return 0

    menu_task = asyncio.create_task(part.lead(put_up_menu))
    try:
        await inbox.recover()
        offset = await receive(inbox.take)
    finally:
        menu_task.cancel()
        await asyncio.gather(inbox.finish(DRAIN_SECONDS), scheduler.finish(DRAIN_SECONDS))
        await part.limiter.close(QUIET_SECONDS)
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


def _forget_daily(
    application: App,
    answers: AnswerStore,
    part: "SingleProcess | Sharing",
    worker: WorkerThread,
    keep_days: int,
) -> None:
    """Delete what is older than it may be, at once and then every day."""

    async def forget(_: object) -> None:
        part.receipts.forget_old(())
        await worker.run(forget_expired, answers, part.updates, keep_days, time.time())

    if application.job_queue is not None:
        late = {"misfire_grace_time": None}  # also if the machine slept meanwhile
        application.job_queue.run_repeating(forget, A_DAY, first=1, job_kwargs=late)


def _listen_to_signals(stop: asyncio.Event) -> None:
    """Set `stop` at SIGTERM and Ctrl-C; `add_signal_handler` would not do on Windows."""
    loop = asyncio.get_running_loop()

    def hear(*_: object) -> None:
        with suppress(RuntimeError):  # the loop has ended by now
            loop.call_soon_threadsafe(stop.set)

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, hear)
