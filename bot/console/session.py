"""A session of the console: the same application, over the played Bot API."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.adding.admin_articles import AdminArticles
from bot.composing.pipeline import Pipeline
from bot.composing.pipeline_source import Renewable
from bot.console.bot_api.api import BotApi
from bot.console.bot_api.transport import ConsoleRequest
from bot.console.world.call_values import JsonObject
from bot.console.world.chats import Chat
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.application import App, TelegramEndpoint, build
from bot.handlers.articles.article_watch import ArticleWatch
from bot.handlers.dependencies import Collaborators, own_state
from bot.intake.update_schema import parse_update
from bot.storage.answer_store import AnswerStore
from bot.storage.database.engine import open_database
from bot.storage.worker_thread import WorkerThread

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the bot did since the last time: messages new or changed, and what popped up."""

    messages: tuple[tuple[Chat, JsonObject], ...] = ()
    notices: tuple[str, ...] = ()


class Session:
    """The bot and its Telegram, from entering the context to leaving it.

    `folder` is where the state is kept, unless `url` names a database; in memory if there is
    neither. Without `rules` there are no limits. The event loop runs only while something is
    delivered, so whoever holds the session may wait for input in between.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # each is left out somewhere
        self,
        pipeline: Pipeline,
        folder: Path | None = None,
        api: BotApi | None = None,
        rules: AccessRules | None = None,
        url: str = "",
        admin_articles: AdminArticles | None = None,
        source: Renewable[Pipeline] | None = None,
    ) -> None:
        self.api = api or BotApi()
        self._pipeline = pipeline
        self._folder = folder
        self._url = url
        self._admin_articles = admin_articles
        self._source = source
        self._rules = rules or AccessRules()
        self._runner = asyncio.Runner()
        self._worker = WorkerThread()
        self._seen: dict[tuple[int, int], JsonObject] = {}
        self._notices = 0
        self._application: App | None = None

    def __enter__(self) -> Self:
        self._database = open_database(self._folder, self._url)
        self._application = self._run(self._start())
        self._heard()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session; a second time nothing happens."""
        if self._application is None:
            return
        self._run(self._stop(self._application))
        self._application = None
        self._runner.close()
        self._worker.close()

    def deliver(self) -> Heard:
        """Hand all updates that wait to the bot, one after the other; what it did then."""
        if self._application and self._source is not None:
            watch = ArticleWatch(self._source, self._pipeline, self._worker, self._database)
            self._run(watch.look())
        while self._application and (updates := self.api.take_updates()):
            self._run(self._handle(self._application, updates))
        return self._heard()

    def send_due(self) -> Heard:
        """Send what is scheduled for by now; what the bot did then."""
        self._run(self._scheduler.run_due())
        return self.deliver()

    def forget_before(self, time: float) -> None:
        """Delete the answers to what was asked before that time."""
        AnswerStore(self._database).forget_before(time)

    def _run(self, work: Coroutine[Any, Any, Found]) -> Found:
        return self._runner.run(work)

    async def _start(self) -> App:
        request = ConsoleRequest(self.api)
        endpoint = TelegramEndpoint(self.api.token, request, request)
        application, self._scheduler = build(
            endpoint,
            Collaborators(
                self._pipeline,
                self._worker,
                self._database,
                self._rules,
                own_state(self._database),
                self.api.clock,
                admin_articles=self._admin_articles,
            ),
        )
        await application.initialize()
        return application

    async def _stop(self, application: App) -> None:
        if self._admin_articles is not None:
            await self._admin_articles.aclose()
        await application.shutdown()
        self._database.dispose()

    async def _handle(self, application: App, updates: list[JsonObject]) -> None:
        for fields in updates:
            update = parse_update(fields, application.bot)
            if update is not None:
                await application.process_update(update)

    def _heard(self) -> Heard:
        """The bot's messages that are new or say something else than when they were last seen."""
        found = []
        for chat in self.api.chats.values():
            for number, message in chat.messages.items():
                place = chat.id, number
                if self._seen.get(place) is not message:
                    self._seen[place] = message
                    if message.get("from", {}).get("id") == self.api.me["id"]:
                        found.append((chat, message))
        answered = list(self.api.answered_callbacks.values())[self._notices :]
        self._notices += len(answered)
        notices = tuple(str(answer["text"]) for answer in answered if answer["text"])
        return Heard(tuple(found), notices)
