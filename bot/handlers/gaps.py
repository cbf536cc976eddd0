"""`/gaps`: tells admins which questions the articles leave open."""

from collections.abc import Callable

from sqlalchemy import Engine
from telegram import Update

from bot.composing.wording import phrase
from bot.delivery.messages import reply_to, send
from bot.handlers.context import Context
from bot.handlers.conversation.incoming_text import incoming_text
from bot.handlers.conversation.question_gaps import (
    MOST_DAYS,
    USUAL_DAYS,
    GapReporter,
    gaps_text,
)
from bot.rendering.markup import plain
from bot.storage.worker_thread import WorkerThread

MOST_SHOWN = 10


class GapsHandler:
    """Answers `/gaps` and `/gaps 30` of admins in private; for others there is no such command."""

    def __init__(
        self,
        reporter: GapReporter,
        database: Engine,
        worker: WorkerThread,
        admins: frozenset[int],
        clock: Callable[[], float],
    ) -> None:
        self._reporter = reporter
        self._database = database
        self._run = worker.run
        self._admins = admins
        self._clock = clock

    async def show(self, update: Update, context: Context) -> None:
        """Send what was left open in the last days, seven or as many as the command says."""
        message = context.said(update)
        if message.from_user is None or message.from_user.id not in self._admins:
            await send(context.outbox, reply_to(message), plain(phrase("unknown_command")))
            return
        words = incoming_text(message, context.bot.id, context.bot.username).text
        said = await self._run(self._text, _days(words))
        await send(context.outbox, reply_to(message), plain(said))

    def _text(self, days: int) -> str:
        with self._database.connect() as connection:
            report = self._reporter.report(connection, self._clock(), days)
        return gaps_text(report, MOST_SHOWN)


def _days(words: str) -> int:
    """The number of days that the words begin with; a week if they do with none."""
    number = words.partition(" ")[0]
    is_number = number.isascii() and number.isdecimal() and len(number) < len(str(MOST_DAYS)) + 1
    return min(max(1, int(number)), MOST_DAYS) if is_number else USUAL_DAYS
