"""`/remove`: admins choose an added article, are asked once, and may take it back."""

import asyncio
import logging
from collections.abc import Callable

from telegram import MaybeInaccessibleMessage, Update

from bot.adding.admin_articles import AdminArticles
from bot.composing.wording import phrase
from bot.delivery.messages import Target, edit, reply_to, send
from bot.delivery.outbox import Outbox
from bot.handlers.articles.add_article import FromAdmin
from bot.handlers.context import Context
from bot.rendering.telegram.article_keyboards import (
    removal_keyboard,
    removed_keyboard,
    sure_keyboard,
)
from bot.rendering.telegram.callback_data import ListRemovable, RemovalPress
from bot.rendering.telegram.keyboards import Keyboard
from bot.rendering.telegram.markup import MarkedText, plain
from bot.rendering.telegram.quote_codes import article_code
from retrieval.articles import Article
from retrieval.sources.added.added_article import AddedArticle
from retrieval.sources.added.article_store import ArticleStoreError

log = logging.getLogger(__name__)


class RemoveHandler:
    """Removes added articles for admins in private."""

    def __init__(self, admin_articles: AdminArticles, from_admin: FromAdmin) -> None:
        self._store = admin_articles.store
        self._from_admin = from_admin

    async def command(self, update: Update, context: Context) -> None:
        """`/remove`: show what may be removed."""
        message = context.said(update)
        if not self._from_admin.filter(message) or message.forward_origin is not None:
            await send(context.outbox, reply_to(message), plain(phrase("unknown_command")))
            return
        said, keyboard = await self._list(0)
        await send(context.outbox, reply_to(message), said, keyboard)

    async def pressed(
        self,
        outbox: Outbox,
        person: int,
        message: MaybeInaccessibleMessage,
        press: RemovalPress | ListRemovable,
    ) -> str:
        """Turn the list, ask whether to remove, remove, or take back; what is to pop up."""
        if person not in self._from_admin.admins or message.chat.id != person:
            return phrase("garbled")
        try:
            if isinstance(press, ListRemovable):
                said, keyboard = await self._list(press.offset)
            else:
                said, keyboard = await self._done(press)
        except ArticleStoreError as error:
            log.warning("%s", error)
            return str(error)[:180]
        target = Target(message.chat.id, None, message.message_id)
        await edit(outbox, target, said, keyboard)
        return ""

    async def _list(self, offset: int) -> tuple[MarkedText, Keyboard]:
        articles = [added.article for added in await asyncio.to_thread(self._store.all)]
        said = plain(phrase("remove_lead", count=len(articles)))
        return said, removal_keyboard(articles, offset)

    async def _done(self, press: RemovalPress) -> tuple[MarkedText, Keyboard]:
        if press.wish == "undo":
            removed = await asyncio.to_thread(self._article, press.article, self._store.removed)
            if removed is None:
                return plain(phrase("add_expired")), ()
            await asyncio.to_thread(self._store.restore, removed.id)
            return plain(phrase("add_taken_back")), ()
        article = await asyncio.to_thread(self._article, press.article, self._store.all)
        if article is None:
            return plain(phrase("article_gone")), ()
        if press.wish == "ask":
            said = phrase("remove_sure", title=article.title)
            return plain(said), sure_keyboard(press.article)
        if press.wish == "no":
            return plain(phrase("remove_kept", title=article.title)), ()
        await asyncio.to_thread(self._store.remove, [article.id])
        said = phrase("remove_done", title=article.title)
        return plain(said), removed_keyboard(press.article)

    @staticmethod
    def _article(code: str, listed: Callable[[], tuple[AddedArticle, ...]]) -> Article | None:
        found = (added.article for added in listed())
        return next((one for one in found if article_code(one.id) == code), None)
