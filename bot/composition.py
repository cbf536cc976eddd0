"""The composition of the running bot: single process or one of several, stores, regular jobs."""

import asyncio
import time
from contextlib import AsyncExitStack, closing
from typing import TYPE_CHECKING, TypeAlias

from bot.adding.admin_articles import AdminArticles
from bot.adding.feed_poller import FeedPoller
from bot.composing.pipeline import Pipeline
from bot.composing.pipeline_source import Renewable
from bot.delivery.rate_limiter import RateLimiter
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.application import App, TelegramEndpoint
from bot.handlers.dependencies import Collaborators
from bot.http.telegram_request import telegram_request
from bot.intake.polling import HANGING_POLL_SECONDS, POLL_SECONDS
from bot.monitoring.liveness import Liveness
from bot.monitoring.metrics import Metrics
from bot.monitoring.monitor import Monitor
from bot.settings.settings import Settings, SettingsError
from bot.single_process import SingleProcess
from bot.storage.data_folder.crash_suspect import CrashSuspect
from bot.storage.database.engine import open_database
from bot.storage.retention import A_DAY, forget_expired
from bot.storage.worker_thread import WorkerThread

if TYPE_CHECKING:  # it needs the driver of PostgreSQL
    from bot.cluster.sharing import Sharing

SEND_SECONDS = 20  # of silence, after which the outcome of a call is unknown
MOST_CONNECTIONS = 100  # calls may hang, and 30 messages a second are allowed
A_MINUTE = 60

Part: TypeAlias = "SingleProcess | Sharing"


def part_of(settings: Settings, metrics: Metrics, liveness: Liveness, stop: asyncio.Event) -> Part:
    """Whether this process is the whole bot, or shares it with others; raises SettingsError."""
    if not settings.shared:
        return SingleProcess(settings, metrics)
    if not settings.database_url:
        raise SettingsError(
            "FOOTNOTE_SHARED is set, and FOOTNOTE_DATABASE_URL is not; name the PostgreSQL "
            "database that the processes share, or unset FOOTNOTE_SHARED"
        )
    from bot.cluster.sharing import Sharing

    return Sharing(settings, metrics, liveness, stop)


def telegram_endpoint(settings: Settings, limiter: RateLimiter) -> TelegramEndpoint:
    """How Telegram is reached; raises SettingsError."""
    if not settings.telegram_token:
        raise SettingsError(
            "FOOTNOTE_TELEGRAM_TOKEN is not set; get a token from @BotFather in Telegram and set "
            "it in the environment or in .env (`footnote console` needs none)"
        )
    return TelegramEndpoint(
        token=settings.telegram_token,
        base_url=f"{settings.telegram_api_url}/bot",
        request=telegram_request(MOST_CONNECTIONS, SEND_SECONDS, settings.proxy),
        updates_request=telegram_request(1, POLL_SECONDS + HANGING_POLL_SECONDS, settings.proxy),
        rate_limiter=limiter,
    )


def collaborators(
    settings: Settings, pipeline: Pipeline, part: Part, monitor: Monitor, opened: AsyncExitStack
) -> Collaborators:
    """What the handlers work with; `opened` closes it. Raises StorageError."""
    is_shared = settings.shared
    database = open_database(
        settings.data, settings.database_url, alone=not is_shared, shared=is_shared
    )
    opened.callback(database.dispose)
    worker = WorkerThread(opened.enter_context(closing(CrashSuspect(settings.data))))
    opened.callback(worker.close)
    state = part.open(database, worker)
    opened.callback(part.close)
    admin_articles = None
    if not (is_shared or settings.opensearch_url):  # there, no process has articles of its own
        admin_articles = AdminArticles(settings, is_live=True)
        opened.push_async_callback(admin_articles.aclose)
    rules, heard = AccessRules.of(settings), monitor.count_answer
    return Collaborators(
        pipeline, worker, database, rules, state, on_answer=heard, admin_articles=admin_articles
    )


def follow_feeds(
    application: App,
    settings: Settings,
    admin_articles: AdminArticles | None,
    opened: AsyncExitStack,
) -> None:
    """Poll the feeds that are due every minute, if this process can add articles."""
    if admin_articles is None:
        return
    poller = FeedPoller(settings, admin_articles.worker)
    opened.push_async_callback(poller.aclose)

    async def poll(_: object) -> None:
        poller.begin()

    if application.job_queue is not None:
        application.job_queue.run_repeating(poll, A_MINUTE, first=A_MINUTE / 6)


def forget_daily(application: App, part: Part, given: Collaborators) -> None:
    """Delete expired data, at the start and then every day."""
    answers, keep_days = given.state.answers, given.rules.keep_days

    async def forget(_: object) -> None:
        part.receipts.forget_old(())
        await given.worker.run(forget_expired, answers, part.updates, keep_days, time.time())

    if application.job_queue is not None:
        late = {"misfire_grace_time": None}  # even after the machine has slept
        application.job_queue.run_repeating(forget, A_DAY, first=1, job_kwargs=late)


def measure_search(
    settings: Settings, metrics: Metrics, pipeline: Pipeline, changes: Renewable[Pipeline]
) -> None:
    """Report the progress of vectors and the state of OpenSearch as metrics."""
    if (vectors := pipeline.vectors) is not None:
        metrics.watch_vectors(lambda: (pipeline.vectors or vectors).progress)
    if settings.opensearch_url:
        metrics.watch_search(lambda: changes.trouble, lambda: changes.seconds)
