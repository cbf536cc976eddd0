"""Somebody says hello, asks for help, or sends what is no question."""

from telegram import Update
from telegram.constants import ChatType

from bot.handlers.context import Context
from bot.handlers.membership import group_text
from bot.handlers.reading import Reader
from bot.lengths import cut
from bot.markup import plain
from bot.menu import commands
from bot.sending import reply_to, send
from bot.storage.answers import RETENTION_DAYS
from bot.wording import phrase, text
from retrieval.articles import Collection

MOST_TITLES = 3
LONGEST_TITLE = 100


class Pages:
    """The texts that say what the bot does and what it keeps."""

    def __init__(self, collection: Collection, reader: Reader) -> None:
        self._count = len(collection.articles)
        self._titles = [cut(a.title, LONGEST_TITLE) for a in collection.articles[:MOST_TITLES]]
        self._reader = reader
        self._last_album: str | None = None

    async def start(self, update: Update, context: Context) -> None:
        """Say hello, or open the passage that a link leads to."""
        parameter = context.args[0] if context.args else ""
        if parameter.startswith("c_"):
            await self._reader.follow(update, context, parameter)
            return
        if context.said(update).chat.type == ChatType.PRIVATE:
            said = text("pages/start", count=self._count, titles=self._titles)
        else:
            said = group_text(self._count, context.bot)
        await self._say(update, context, said)

    async def help(self, update: Update, context: Context) -> None:
        """Say what can be done in this chat."""
        private = context.said(update).chat.type == ChatType.PRIVATE
        said = text(
            "pages/help",
            private=private,
            username=context.bot.username,
            more=phrase("more"),
            commands=commands("private" if private else "groups").items(),
        )
        await self._say(update, context, said)

    async def privacy(self, update: Update, context: Context) -> None:
        """Say what is kept."""
        username = context.bot.username
        await self._say(
            update, context, text("pages/privacy", days=RETENTION_DAYS, username=username)
        )

    async def media(self, update: Update, context: Context) -> None:
        """Say that only text can be read; of an album once."""
        album = context.said(update).media_group_id
        if album is None or album != self._last_album:
            await self._say(update, context, phrase("media"))
        self._last_album = album

    async def unknown_command(self, update: Update, context: Context) -> None:
        """Say which commands there are."""
        await self._say(update, context, phrase("unknown_command"))

    @staticmethod
    async def _say(update: Update, context: Context, words: str) -> None:
        await send(context.bot, reply_to(context.said(update)), plain(words))
