"""Something went wrong while an update was handled."""

import logging

from telegram import Update
from telegram.error import NetworkError

from bot.handlers.context import Context
from bot.markup import plain
from bot.sending import reply_to, send
from bot.wording import phrase

log = logging.getLogger(__name__)


async def failed(update: object, context: Context) -> None:
    """Log it, and tell whoever asked; not where the network is what failed."""
    identity = update.update_id if isinstance(update, Update) else None
    if isinstance(context.error, NetworkError):
        log.error(
            "update %s: not answered, Telegram cannot be reached: %s", identity, context.error
        )
        return
    log.error("update %s: not answered", identity, exc_info=context.error)
    if isinstance(update, Update) and update.message is not None:
        await send(context.bot, reply_to(update.message), plain(phrase("failed")))
