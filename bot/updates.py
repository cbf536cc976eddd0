"""How do updates come from Telegram? As they are on the wire, each read on its own."""

import logging
from typing import Any, cast

from telegram import Update
from telegram._utils.types import JSONDict
from telegram.ext import ExtBot

# What Telegram is asked for; anything else never comes.
ASKED_FOR = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
POLL_SECONDS = 25
READ_SECONDS = 10

log = logging.getLogger(__name__)


class FootnoteBot(ExtBot[None]):
    """A bot that can fetch updates unread: one that cannot be read must not hold up the others."""

    async def fetch(self, offset: int, timeout: int = POLL_SECONDS) -> list[JSONDict]:  # noqa: ASYNC109
        """The updates from that id on, waiting so many seconds for the first one.

        Those before it are confirmed by this: Telegram forgets them.
        """
        asked = {"offset": offset, "timeout": timeout, "allowed_updates": ASKED_FOR}
        found = await self._post("getUpdates", asked, read_timeout=timeout + READ_SECONDS)
        return cast("list[JSONDict]", found)

    def read(self, fields: Any) -> Update | None:  # noqa: ANN401  # from outside
        """The update; None for what is none, which is logged."""
        try:
            return Update.de_json(fields, self)
        except Exception:  # whatever it was made of
            identity = fields.get("update_id") if isinstance(fields, dict) else None
            log.warning("update %s cannot be read and is passed over", identity, exc_info=True)
            return None
