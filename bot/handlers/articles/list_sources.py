"""`/sources`: the list of articles."""

from telegram import MaybeInaccessibleMessage, Update

from bot.composing.wording import phrase
from bot.delivery.messages import reply_to, send, show_here
from bot.delivery.outbox import Outbox
from bot.handlers.context import Context
from bot.rendering.telegram.keyboards import ARTICLES_A_PAGE, Keyboard, list_keyboard
from bot.rendering.telegram.markup import MarkedText, plain
from retrieval.articles import Articles


class ListSourcesHandler:
    """Lists the articles, each with a button that opens it."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles

    async def show(self, update: Update, context: Context) -> None:
        """Send the list."""
        message = context.said(update)
        await send(context.outbox, reply_to(message), *self._list(0))

    async def turn(self, outbox: Outbox, message: MaybeInaccessibleMessage, offset: int) -> str:
        """Show the list from that article on in the message."""
        start = offset if offset < len(self._articles) else 0
        return await show_here(outbox, message, *self._list(start))

    def _list(self, offset: int) -> tuple[MarkedText, Keyboard]:
        count = len(self._articles)
        last = min(offset + ARTICLES_A_PAGE, count)
        lead = phrase("sources_lead", count=count, first=offset + 1, last=last)
        page = self._articles.page(offset, ARTICLES_A_PAGE)
        return plain(lead), list_keyboard(page, offset, count)
