"""Somebody wants to be forgotten."""

from telegram import Update

from bot.handlers.context import Context
from bot.markup import plain
from bot.questions import asked_in
from bot.sending import reply_to, send
from bot.storage.persons import Persons
from bot.wording import phrase, text
from bot.worker import Worker


class Forgetting:
    """Deletes what is kept of whoever writes the command themselves; a forwarded one is none."""

    def __init__(self, persons: Persons, worker: Worker) -> None:
        self._persons = persons
        self._run = worker.run

    async def forget(self, update: Update, context: Context) -> None:
        """Delete it, and say what that was."""
        message = context.said(update)
        person = asked_in(message).person
        if message.forward_origin is not None or person is None:
            said = phrase("forget_forwarded")
        else:
            forgotten = await self._run(self._persons.forget, person, update.update_id)
            said = text("forget", forgotten=forgotten)
        await send(context.bot, reply_to(message), plain(said))
