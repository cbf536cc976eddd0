"""`footnote telegram`: the bot, from its start to its end."""

import asyncio
import gc
import logging
import signal
import time
from contextlib import suppress

import httpx
from sqlalchemy import Engine
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot import menu
from bot.application import App, Connection, build
from bot.calls import FootnoteBot
from bot.desk import Desk
from bot.flood import FloodControl
from bot.handlers.errors import Failures, may_pass
from bot.inbox import Inbox
from bot.polling import Line, poll
from bot.rules import Rules
from bot.settings import Settings, SettingsError
from bot.storage.answers import Answers
from bot.storage.database import open_database
from bot.storage.updates import REMEMBERED_SECONDS, Updates
from bot.worker import Worker

DRAIN_SECONDS = 8
SEND_SECONDS = 20  # a message that times out may have been sent, and is not repeated
CONFIRM_SECONDS = 2
BRIEF_SECONDS = 2
A_DAY = 24 * 3600
CONNECTIONS = 8  # each answers within a tenth of a second, and 30 messages a second are allowed

log = logging.getLogger(__name__)


def _connection(settings: Settings) -> Connection:
    """How Telegram is reached; raises SettingsError."""
    if not settings.telegram_token:
        raise SettingsError(
            "FOOTNOTE_TELEGRAM_TOKEN is not set; get a token from @BotFather in Telegram and set "
            "it in the environment or in .env (`footnote console` needs none)"
        )
    return Connection(
        token=settings.telegram_token,
        base_url=f"{settings.telegram_api_url}/bot",
        request=HTTPXRequest(CONNECTIONS, read_timeout=SEND_SECONDS, pool_timeout=60),
        updates_request=HTTPXRequest(connection_pool_size=1),
        rate_limiter=FloodControl(),
    )


async def serve(settings: Settings, desk: Desk) -> None:
    """Answer until SIGTERM or Ctrl-C.

    Raises TelegramUnusableError, StorageError or SettingsError, which say what to do.
    """
    reached = _connection(settings)
    gc.freeze()  # what is built by now stays, and need not be looked through again
    stop = asyncio.Event()
    _listen_to_signals(stop)
    database = open_database(settings.data)
    worker = Worker()
    try:
        await _run(reached, Rules.of(settings), desk, worker, database, stop)
    finally:
        worker.close()
        database.dispose()


async def _run(  # noqa: PLR0913, PLR0917  # all that the bot is made of
    reached: Connection,
    rules: Rules,
    desk: Desk,
    worker: Worker,
    database: Engine,
    stop: asyncio.Event,
) -> None:
    application, scheduler = build(reached, desk, worker, database, rules)
    menu_task: asyncio.Task[None] | None = None
    line = Line(httpx.URL(reached.base_url).host, stop)
    try:
        await line.call(application.initialize)
        await line.call(lambda: application.bot.delete_webhook(drop_pending_updates=False))
        if not stop.is_set():
            await application.start()
            log.info(
                "@%s answers from %d articles",
                application.bot.username,
                len(desk.collection.articles),
            )
            menu_task = asyncio.create_task(menu.put_up(application.bot))
            kept = Updates(database)
            _forget_daily(application, Answers(database), kept, worker, rules.keep_days)
            failures = Failures(application)
            inbox = Inbox(
                application.bot, kept, worker, failures.is_wanted, failures.handle, may_pass
            )
            await _answer(application, inbox, line, stop)
    finally:
        if menu_task is not None:
            menu_task.cancel()
        await scheduler.finish(BRIEF_SECONDS)
        if application.running:
            await application.stop()
        await application.shutdown()


async def _answer(application: App, inbox: Inbox, line: Line, stop: asyncio.Event) -> None:
    """Fetch updates and handle them until the bot is to stop; finish what has begun."""
    await inbox.recover()
    try:
        offset = await poll(application.bot, line, stop, inbox.take)
    finally:
        if left := await inbox.finish(DRAIN_SECONDS):
            log.warning("%d updates are left for the next start", left)
    await _confirm(application.bot, offset)


async def _confirm(bot: FootnoteBot, offset: int) -> None:
    """Let Telegram forget the updates before that one, which are handled."""
    if offset:
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                await bot.fetch(offset, timeout=0)


def _forget_daily(
    application: App, answers: Answers, kept: Updates, worker: Worker, keep_days: int
) -> None:
    """Delete what is older than it may be, at once and then every day."""

    async def forget(_: object) -> None:
        now = time.time()
        kept_since = now - keep_days * A_DAY
        await worker.run(answers.forget_before, kept_since, now + A_DAY)
        await worker.run(kept.forget_before, now - REMEMBERED_SECONDS, kept_since)

    if application.job_queue is not None:
        late = {"misfire_grace_time": None}  # also if the machine slept meanwhile
        application.job_queue.run_repeating(forget, A_DAY, first=1, job_kwargs=late)


def _listen_to_signals(stop: asyncio.Event) -> None:
    """Set `stop` at SIGTERM and Ctrl-C; `add_signal_handler` would not do on Windows."""
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
