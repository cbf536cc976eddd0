"""`/start`, `/help`, `/privacy`, unknown commands, and messages without words."""

from collections import deque

from telegram import Message, Update
from telegram.constants import ChatType

from bot.composing.wording import phrase, text
from bot.delivery.messages import reply_to, send
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.access.admission import Handler
from bot.handlers.articles.read_source import ReadSourceHandler
from bot.handlers.command_menu import commands
from bot.handlers.context import Context
from bot.handlers.conversation.incoming_text import incoming_text
from bot.handlers.conversation.suggestions import Suggestions
from bot.handlers.group_membership import group_text
from bot.rendering.telegram.keyboards import Keyboard, suggestions_keyboard
from bot.rendering.telegram.markup import plain
from bot.rendering.telegram.text_length import cut
from bot.storage.worker_thread import WorkerThread
from retrieval.articles import Articles

LONGEST_TITLE_AT_START = 100
MOST_ALBUMS_ANSWERED = 100


class HelpHandler:
    """The texts that say what the bot does and what it keeps."""

    def __init__(
        self,
        articles: Articles,
        reader: ReadSourceHandler,
        suggestions: Suggestions,
        worker: WorkerThread,
        rules: AccessRules,
    ) -> None:
        self._articles = articles
        self._suggestions = suggestions
        self._run = worker.run
        self._reader = reader
        self._rules = rules
        self._albums: deque[tuple[int, str]] = deque(maxlen=MOST_ALBUMS_ANSWERED)

    async def start(self, update: Update, context: Context) -> None:
        """Say hello, or open the passage that a link leads to."""
        message = context.said(update)
        words = incoming_text(message, context.bot.id, context.bot.username).text
        parameter = words.partition(" ")[0]
        if parameter.startswith("c_"):
            await self._reader.follow(update, context, parameter)
            return
        count = len(self._articles)
        if message.chat.type != ChatType.PRIVATE:
            await self._say(update, context, group_text(count, context.outbox))
            return
        offered = await self._run(lambda: self._suggestions.offered)
        titles = [cut(title, LONGEST_TITLE_AT_START) for title in offered.titles]
        has_questions = bool(offered.questions)
        said = text("pages/start", count=count, titles=titles, has_questions=has_questions)
        await self._say(update, context, said, suggestions_keyboard(offered.questions))

    async def help(self, update: Update, context: Context) -> None:
        """Say what can be done in this chat."""
        chat = context.said(update).chat
        private = chat.type == ChatType.PRIVATE
        said = text(
            "pages/help",
            private=private,
            admin=private and chat.id in self._rules.admins,
            username=context.bot.username,
            sees_all=bool(context.bot.bot.can_read_all_group_messages),
            commands=commands("private" if private else "groups").items(),
        )
        await self._say(update, context, said)

    async def privacy(self, update: Update, context: Context) -> None:
        """Say what is kept."""
        username = context.bot.username
        await self._say(
            update, context, text("pages/privacy", days=self._rules.keep_days, username=username)
        )

    async def media(self, update: Update, context: Context) -> None:
        """Say that only text can be read; of an album once."""
        message = context.said(update)
        if self._is_first(message):
            await self._say(update, context, phrase("media"))

    def answering(self, handler: Handler) -> Handler:
        """The handler of messages with words, after which the rest of an album gets no answer."""

        async def handled(update: Update, context: Context) -> None:
            self._is_first(context.said(update))
            await handler(update, context)

        return handled

    async def articles_elsewhere(self, update: Update, context: Context) -> None:
        """Say why articles are not added in this chat; of an album once."""
        message = context.said(update)
        if self._is_first(message):
            await self._say(update, context, phrase("add_elsewhere"))

    async def unknown_command(self, update: Update, context: Context) -> None:
        """Say which commands there are."""
        await self._say(update, context, phrase("unknown_command"))

    def _is_first(self, message: Message) -> bool:
        """Whether nothing of its album has come before."""
        if message.media_group_id is None:
            return True
        album = message.chat_id, message.media_group_id
        is_first = album not in self._albums
        if is_first:
            self._albums.append(album)
        return is_first

    @staticmethod
    async def _say(update: Update, context: Context, words: str, keyboard: Keyboard = ()) -> None:
        await send(context.outbox, reply_to(context.said(update)), plain(words), keyboard)
