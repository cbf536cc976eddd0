"""Admission: allow-lists, rate limits of users, and messages that come too late."""

import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from cachetools import LRUCache, TTLCache
from telegram import Chat, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.composing.wording import FIRST_LANGUAGE, catalogue_language, phrase, speaking
from bot.delivery.chat_refusals import is_too_old
from bot.delivery.messages import Target, reply_to, send
from bot.delivery.outbox import Outbox
from bot.handlers.access.access_rules import AccessRules, UserLimit
from bot.handlers.access.user_limits import UserLimits
from bot.handlers.context import Context
from bot.rendering.telegram.markup import plain
from bot.storage.chat_languages import ChatLanguages
from bot.storage.migrated_chats import MigratedChats
from bot.storage.worker_thread import WorkerThread

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]
NO_LIMIT = UserLimit("nothing")
OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
MOST_PEOPLE_TOLD = 10_000
SLOWED_TOLD_AGAIN_SECONDS = 600
EMPTY_INLINE_CACHE_SECONDS = 300

log = logging.getLogger(__name__)


class Admission:
    """Stands before the handlers: lets those in who may use the bot, as often as they may.

    Somebody who may not use the bot is told so once after each start; the bot leaves a group.
    Somebody who is too fast is told so once in ten minutes. After that there is silence.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # all that it asks
        self,
        rules: AccessRules,
        moves: MigratedChats,
        worker: WorkerThread,
        clock: Callable[[], float],
        languages: ChatLanguages,
        limits: UserLimits,
    ) -> None:
        self._rules = rules
        self._languages = languages
        self._moves = moves
        self._former = moves.all() if rules.allowed else {}
        self._run = worker.run
        self._clock = clock
        self._limits = limits
        self._slowed: TTLCache[tuple[str, int, int], bool] = TTLCache(
            MOST_PEOPLE_TOLD, SLOWED_TOLD_AGAIN_SECONDS, clock
        )
        self._refused: LRUCache[int, bool] = LRUCache(MOST_PEOPLE_TOLD)

    def guard(
        self, rate: UserLimit = NO_LIMIT, *, even_late: bool = False
    ) -> Callable[[Handler], Handler]:
        """Makes a handler that is called at that rate, only for whom it may, in their language.

        `even_late`: also for what waited in a group for long.
        """

        def guarded(handler: Handler) -> Handler:
            @wraps(handler)
            async def handle(update: Update, context: Context) -> None:
                context.language = self._language(update)
                with speaking(context.language):
                    if not self._is_allowed(update) and not await self._has_moved(update):
                        await self._turn_away(update, context.outbox)
                    elif not even_late and self._waited(update):
                        log.info("not answered: it waited too long")
                    elif most := await self._excess(update, rate):
                        await self._slow_down(update, context.outbox, rate.what, most)
                    else:
                        await handler(update, context)

            return handle

        return guarded

    def allows(self, chat: int) -> bool:
        """Whether the bot may speak in that chat."""
        allowed = self._rules.allowed
        known = {chat, self._former.get(chat, chat)}
        return not allowed or not known.isdisjoint(allowed) or chat in self._rules.admins

    def is_late(self, message: Message) -> bool:
        """Whether a group waits no longer for what this says, or corrects."""
        if message.chat.type == ChatType.PRIVATE or not self._rules.stale_seconds:
            return False
        said = message.edit_date or message.date
        return self._clock() - said.timestamp() > self._rules.stale_seconds

    async def move(self, chat: int, new_chat: int) -> None:
        """Keep a group allowed that became a supergroup and got a new id."""
        if not self._rules.allowed or not self.allows(chat) or self.allows(new_chat):
            return
        former = self._former.get(chat, chat)
        self._former[new_chat] = former
        await self._run(self._moves.keep, new_chat, former)
        log.warning(
            "group %s is now %s; add that number to FOOTNOTE_ALLOWED_CHATS", chat, new_chat
        )

    def _language(self, update: Update) -> str:
        """The language that was chosen for the chat; otherwise, among two, that of the person."""
        chat, person = update.effective_chat, update.effective_user
        place = chat or person
        chosen = self._languages.of(place.id) if place else None
        if chosen is None and person and (chat is None or chat.type == ChatType.PRIVATE):
            chosen = person.language_code
        return catalogue_language(chosen) or FIRST_LANGUAGE

    def _is_allowed(self, update: Update) -> bool:
        chat, person = update.effective_chat, update.effective_user
        if chat is not None:
            return self.allows(chat.id)
        return person is not None and self.allows(person.id)

    async def _has_moved(self, update: Update) -> bool:
        """Whether the chat is allowed under its former number, as another process knows."""
        if update.effective_chat is None or update.effective_chat.type == ChatType.PRIVATE:
            return False
        self._former |= await self._run(self._moves.all)
        return self._is_allowed(update)

    def _waited(self, update: Update) -> bool:
        """Whether it is a message that is too late; its corrections change what was said only."""
        return update.message is not None and self.is_late(update.message)

    async def _excess(self, update: Update, rate: UserLimit) -> int:
        """How many a minute are allowed, if this is one too many; otherwise 0."""
        person, chat = update.effective_sender, update.effective_chat
        if update.effective_user is not None and update.effective_user.id in self._rules.admins:
            return 0
        at = _moment(update) or self._clock()
        counts = [(person.id, rate.person)] if person else []
        if chat is not None and chat.type != ChatType.PRIVATE:
            counts.append((chat.id, rate.group))
        for who, most in counts:
            if not await self._limits.allow(rate.what, who, most, update.update_id, at):
                return most
        return 0

    async def _slow_down(self, update: Update, outbox: Outbox, what: str, most: int) -> None:
        """Say once that this is too fast; what is typed inline is left without an answer."""
        person, chat = update.effective_sender, update.effective_chat
        told = what, (chat.id if chat else 0), (person.id if person else 0)
        if told in self._slowed:
            return
        self._slowed[told] = True
        log.info("chat %s: more than %d %s a minute", told[1], most, what)
        await _say(update, outbox, phrase(f"too_many_{what}", most=most))

    async def _turn_away(self, update: Update, outbox: Outbox) -> None:
        """Say once that this chat is not served, and leave it if it is a group."""
        chat, person = update.effective_chat, update.effective_user
        change = update.my_chat_member
        if update.inline_query is not None:
            await _tolerate(
                update.inline_query.answer([], EMPTY_INLINE_CACHE_SECONDS, is_personal=True)
            )
        elif chat is None or chat.type == ChatType.PRIVATE:
            number = person.id if person else 0
            if change is None and number not in self._refused:
                self._refused[number] = True
                await _say(update, outbox, phrase("not_allowed", number=number))
        elif change is None or change.new_chat_member.status not in OUTSIDE:
            await self._leave(chat, outbox)

    async def _leave(self, chat: Chat, outbox: Outbox) -> None:
        log.warning("chat %s is not in FOOTNOTE_ALLOWED_CHATS; the bot leaves it", chat.id)
        if chat.type != ChatType.CHANNEL and chat.id not in self._refused:
            self._refused[chat.id] = True
            await send(outbox, Target(chat.id), plain(phrase("not_allowed_group", number=chat.id)))
        try:
            await outbox.bot.leave_chat(chat.id)
        except (BadRequest, Forbidden, ChatMigrated) as refusal:
            log.warning("chat %s cannot be left: %s", chat.id, refusal)


async def _say(update: Update, outbox: Outbox, words: str) -> None:
    """Say it where whoever did this sees it: in reply, or above the button that was pressed."""
    message = update.message or update.edited_message
    if update.callback_query is not None:
        await _tolerate(update.callback_query.answer(words))
    elif message is not None:
        await send(outbox, reply_to(message), plain(words))


async def _tolerate(answer: Coroutine[Any, Any, bool]) -> None:
    """Answer a query, if it still waits for that."""
    try:
        await answer
    except BadRequest as refusal:
        if not is_too_old(refusal):
            raise
        log.info("query not answered: %s", refusal)


def _moment(update: Update) -> float | None:
    """When a message was written or corrected; of a press nothing tells that."""
    if update.callback_query is not None:
        return None
    message = update.message or update.edited_message
    said = message and (message.edit_date or message.date)
    return said.timestamp() if said else None
