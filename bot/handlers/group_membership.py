"""The bot is added to a chat or removed, or a group becomes a supergroup."""

from collections.abc import Awaitable, Callable

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.composing.wording import FIRST_LANGUAGE, catalogue_language, speaking, text
from bot.delivery.messages import Target, send
from bot.delivery.outbox import Outbox
from bot.handlers.context import Context
from bot.rendering.telegram.markup import plain
from bot.schedules.schedule_store import ScheduleStore
from bot.storage.answer_store import AnswerStore
from bot.storage.briefing_store import BriefingStore
from bot.storage.chat_languages import ChatLanguages
from bot.storage.worker_thread import WorkerThread
from retrieval.articles import Articles

OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


class MembershipHandler:
    """Introduces the bot to groups, and lets what is kept of them move with them."""

    def __init__(  # noqa: PLR0913, PLR0917  # all that moves with a group
        self,
        articles: Articles,
        answers: AnswerStore,
        schedules: ScheduleStore,
        kept: BriefingStore,
        languages: ChatLanguages,
        worker: WorkerThread,
        note_move: Callable[[int, int], Awaitable[None]],
    ) -> None:
        self._articles = articles
        self._answers = answers
        self._schedules = schedules
        self._kept = kept
        self._languages = languages
        self._run = worker.run
        self._note_move = note_move

    async def change(self, update: Update, context: Context) -> None:
        """Say in a group that the bot was added to what it does and what it does not see.

        Where it was removed or blocked, nothing is scheduled any more.
        """
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in OUTSIDE:
            await self._run(self._schedules.remove_chat, change.chat.id)
            await self._run(self._kept.remove_chat, change.chat.id)
            self._languages.forget(change.chat.id)
        if not _is_added(change):
            return
        is_admin = change.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
        with speaking(await self._language(change)):
            said = group_text(len(self._articles), context.outbox, is_admin=is_admin)
        await send(context.outbox, Target(change.chat.id), plain(said))

    async def _language(self, change: ChatMemberUpdated) -> str:
        """The language of whoever adds the bot is that of the group, until another is chosen."""
        code = catalogue_language(change.from_user.language_code) or FIRST_LANGUAGE
        if code != FIRST_LANGUAGE:
            await self._run(self._languages.choose, change.chat.id, code)
        return code

    async def migrate(self, update: Update, context: Context) -> None:
        """Keep a group's answers and schedules when it becomes a supergroup: another id."""
        message = context.said(update)
        if message.migrate_to_chat_id is not None:
            await self.move(message.chat_id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self.move(message.migrate_from_chat_id, message.chat_id)

    async def move(self, chat: int, new_chat: int) -> None:
        """Move everything that is kept of a chat to another id."""
        await self._note_move(chat, new_chat)
        await self._run(self._answers.move, chat, new_chat)
        await self._run(self._schedules.move, chat, new_chat)
        await self._run(self._kept.move, chat, new_chat)
        self._languages.move(chat, new_chat)


def group_text(count: int, outbox: Outbox, *, is_admin: bool = False) -> str:
    """What the bot does in a group, and what it does not see; an administrator sees all."""
    sees_all = is_admin or bool(outbox.bot.bot.can_read_all_group_messages)
    return text("pages/group", count=count, sees_all=sees_all)


def _is_added(change: ChatMemberUpdated) -> bool:
    was_outside = change.old_chat_member.status in OUTSIDE
    is_inside = change.new_chat_member.status not in OUTSIDE
    return change.chat.type in GROUPS and was_outside and is_inside
