"""Who is an administrator of a group."""

import asyncio

from telegram import Chat, User
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.delivery.outbox import Outbox

ADMINISTRATORS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
ASK_TELEGRAM_SECONDS = 5  # the others in the group wait meanwhile


async def why_no_administrator(
    outbox: Outbox, chat: Chat, person: User | None, speaker: Chat | None = None
) -> str | None:
    """The name of the phrase that says why they are not taken for one; None if they are.

    `speaker` is the chat in whose name they speak, if they do.
    """
    if speaker is not None:  # who is anonymous speaks in the name of the group
        return None if speaker.id == chat.id else "schedule_admins"
    if person is None:
        return "schedule_admins"
    try:
        async with asyncio.timeout(ASK_TELEGRAM_SECONDS):
            member = await outbox.bot.get_chat_member(chat.id, person.id)
    except (BadRequest, Forbidden):
        return "schedule_unsure"
    except (TelegramError, TimeoutError):
        return "schedule_later"
    return None if member.status in ADMINISTRATORS else "schedule_admins"
