"""`/add` and files that admins send: what was read is shown, and added if a button says so."""

import logging
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from telegram import Document, MaybeInaccessibleMessage, Message, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError
from telegram.ext import filters

from bot.adding.admin_articles import AdminArticles, retitled
from bot.adding.staged_articles import Staged, TitleRequest
from bot.composing.wording import phrase
from bot.delivery.messages import Target, edit, reply_to, send
from bot.delivery.outbox import Outbox
from bot.delivery.retry_policy import is_unreachable, with_backoff
from bot.handlers.articles.article_preview import preview
from bot.handlers.context import Context
from bot.handlers.conversation.incoming_text import incoming_text
from bot.rendering.telegram.article_keyboards import added_keyboard, staged_keyboard
from bot.rendering.telegram.callback_data import StagedPress
from bot.rendering.telegram.keyboards import Keyboard
from bot.rendering.telegram.markup import MarkedText, plain
from retrieval.sources.added.added_article import AddedArticle
from retrieval.sources.added.article_store import ArticleStoreError
from retrieval.sources.added.outcomes import Effect, Outcome
from retrieval.sources.documents.document import SourceRefusal
from retrieval.sources.documents.refusal_reasons import Reason

# Bytes that Telegram lets bots fetch, core.telegram.org/bots/api#getfile.
LARGEST_SENT_FILE = 20_000_000
MOST_ALBUMS_ADDED = 50
LONGEST_NEW_TITLE = 200
FETCH_SECONDS = 30  # for which a file is tried again while Telegram is out of reach
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

log = logging.getLogger(__name__)


class FromAdmin(filters.MessageFilter):
    """Messages that an admin writes in private, in their own name."""

    def __init__(self, admins: frozenset[int]) -> None:
        super().__init__(name="FromAdmin")
        self.admins = admins

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        return (
            sender is not None
            and sender.id in self.admins
            and message.chat.id == sender.id
            and message.sender_chat is None
        )


class AwaitedTitle(filters.MessageFilter):
    """Replies to the bot's request for a title."""

    def __init__(self, awaited: "AddHandler") -> None:
        super().__init__(name="AwaitedTitle")
        self._awaited = awaited

    def filter(self, message: Message) -> bool:
        return self._awaited.awaits(message)


@dataclass(slots=True)
class Album:
    """The files of one album, and the message that tells of them."""

    target: Target
    staged: str = ""
    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)


class AddHandler:
    """Reads what admins send; nothing is added before they press the button below the preview."""

    def __init__(self, admin_articles: AdminArticles, admins: frozenset[int]) -> None:
        self._admin_articles = admin_articles
        self.from_admin = FromAdmin(admins)
        self.awaited_title = AwaitedTitle(self)
        self._albums: OrderedDict[tuple[int, str], Album] = OrderedDict()

    def awaits(self, message: Message) -> bool:
        """Whether a message is a title that was asked for."""
        return self.from_admin.filter(message) and self._titled(message) is not None

    def _titled(self, message: Message) -> Staged | None:
        """What a message is the title of."""
        replied = message.reply_to_message
        if replied is None:
            return None
        return self._admin_articles.staged.awaiting(message.chat_id, replied.message_id)

    async def command(self, update: Update, context: Context) -> None:
        """`/add` with an address."""
        message = context.said(update)
        if not self.from_admin.filter(message):
            await send(context.outbox, reply_to(message), plain(phrase("unknown_command")))
            return
        if message.forward_origin is not None:
            await send(context.outbox, reply_to(message), plain(phrase("add_forwarded")))
            return
        words = incoming_text(message, context.bot.id, context.bot.username).text
        found = ADDRESS.search(words)
        if found is None:
            await send(context.outbox, reply_to(message), plain(phrase("add_usage")))
            return
        address = found.group()
        target = await self._begin(context.outbox, message, address)
        if target is not None:
            outcome = await self._admin_articles.read_address(address)
            await self._show(context.outbox, target, [(address, outcome)])

    async def file(self, update: Update, context: Context) -> None:
        """A file, alone or in an album."""
        message = context.said(update)
        if message.document is None:
            return
        if message.forward_origin is not None:
            await send(context.outbox, reply_to(message), plain(phrase("add_forwarded")))
            return
        name = _name(message.document)
        album = await self._album(context.outbox, message, name)
        if album is None:
            return
        problem, content = await _content(message.document, name)
        if problem:
            refusal = SourceRefusal(Reason.DEFECT, {"problem": problem, "remedy": ""})
            outcome = Outcome(name, Effect.REFUSED, None, refusal)
        else:
            outcome = await self._admin_articles.read_file(name, content)
        album.outcomes.append((name, outcome))
        album.staged = await self._show(context.outbox, album.target, album.outcomes, album.staged)

    async def title(self, update: Update, context: Context) -> None:
        """The title that was asked for."""
        message = context.said(update)
        staged = self._titled(message)
        title = " ".join((message.text or "").split())[:LONGEST_NEW_TITLE]
        if staged is None or staged.request is None or staged.is_kept or not title:
            await send(context.outbox, reply_to(message), plain(phrase("add_expired")))
            return
        articles = [retitled(one, title) for one in staged.articles]
        changed = self._admin_articles.staged.put(articles, staged.id)
        outcomes = [(added.origin.source, _ready(added)) for added in changed.articles]
        marked = preview(outcomes, self._admin_articles.store)
        target = Target(message.chat_id, None, staged.request.preview)
        keyboard = staged_keyboard(staged.id, len(changed.articles))
        if await edit(context.outbox, target, marked, keyboard) is None:
            await send(context.outbox, reply_to(message), marked, keyboard)

    async def pressed(
        self, outbox: Outbox, person: int, message: MaybeInaccessibleMessage, press: StagedPress
    ) -> str:
        """Add what waits, name it, drop it, or take it back; what is to pop up."""
        staged = self._admin_articles.staged.get(press.staged)
        if person not in self.from_admin.admins or message.chat.id != person:
            return phrase("garbled")
        if staged is None:
            return phrase("add_expired")
        target = Target(message.chat.id, None, message.message_id)
        if press.wish == "title" and not staged.is_kept:
            return await self._ask_title(outbox, target, staged)
        try:
            marked, keyboard = await self._done(staged, press.wish)
        except ArticleStoreError as error:
            log.warning("%s", error)
            return str(error)[:180]
        await edit(outbox, target, marked, keyboard)
        return ""

    async def _done(self, staged: Staged, wish: str) -> tuple[MarkedText, Keyboard]:
        """What the message says after the press."""
        if wish == "undo" and staged.is_kept:
            await self._admin_articles.take_back(staged)
            return plain(phrase("add_taken_back")), ()
        if wish == "drop" and not staged.is_kept:
            self._admin_articles.staged.drop(staged.id)
            return plain(phrase("add_cancelled")), ()
        added = staged.articles if staged.is_kept else await self._admin_articles.keep(staged)
        titles = [one.article.title for one in added]
        said = phrase("add_done", titles=titles, live=self._admin_articles.is_live)
        return plain(said), added_keyboard(staged.id)

    async def _ask_title(self, outbox: Outbox, target: Target, staged: Staged) -> str:
        sent = await send(outbox, target, plain(phrase("add_write_title")))
        if sent is not None and target.message is not None:
            request = TitleRequest(sent.chat, sent.message, target.message)
            self._admin_articles.staged.await_title(staged, request)
        return ""

    async def _begin(self, outbox: Outbox, message: Message, name: str) -> Target | None:
        """Say at once that it is being read; where that stands."""
        said = plain(phrase("add_reading", name=name))
        sent = await send(outbox, reply_to(message), said)
        return Target(sent.chat, None, sent.message) if sent is not None else None

    async def _album(self, outbox: Outbox, message: Message, name: str) -> Album | None:
        """The album of a file, with the one message that tells of it."""
        if message.media_group_id is None:
            target = await self._begin(outbox, message, name)
            return Album(target) if target is not None else None
        key = message.chat_id, message.media_group_id
        if key not in self._albums:
            target = await self._begin(outbox, message, name)
            if target is None:
                return None
            self._albums[key] = Album(target)
            while len(self._albums) > MOST_ALBUMS_ADDED:
                self._albums.popitem(last=False)
        return self._albums[key]

    async def _show(
        self,
        outbox: Outbox,
        target: Target,
        outcomes: list[tuple[str, Outcome]],
        name: str = "",
    ) -> str:
        """Show in the message what was read; returns its id if any of it can be added."""
        ready = [
            one.added
            for _, one in outcomes
            if one.added is not None and one.effect in (Effect.ADDED, Effect.UPDATED)
        ]
        keyboard: Keyboard = ()
        if ready:
            name = self._admin_articles.staged.put(ready, name).id
            keyboard = staged_keyboard(name, len(ready))
        await edit(outbox, target, preview(outcomes, self._admin_articles.store), keyboard)
        return name


def _ready(added: AddedArticle) -> Outcome:
    return Outcome(added.origin.source, Effect.ADDED, added)


def _name(document: Document) -> str:
    """What the file is called, as its sender says."""
    name = Path(document.file_name or "file").name
    return "".join(char for char in name if char.isprintable())[:200] or "file"


async def _content(document: Document, name: str) -> tuple[str, bytes]:
    """Why the file cannot be had, or its bytes."""
    size = document.file_size or 0
    if size > LARGEST_SENT_FILE:
        megabytes = round(size / 1_000_000)
        return phrase("add_too_large", name=name, megabytes=megabytes).rstrip("."), b""
    try:
        return "", await with_backoff(is_unreachable, FETCH_SECONDS)(_fetched, document)
    except BadRequest as refusal:
        log.warning("a file was not fetched: %s", refusal)
    except NetworkError as error:
        log.warning("a file did not arrive: %s", error)
    return phrase("add_not_fetched", name=name).rstrip("."), b""


async def _fetched(document: Document) -> bytes:
    file = await document.get_file()
    try:
        return bytes(await file.download_as_bytearray())
    except (Forbidden, InvalidToken) as refusal:  # of the file; the token has just been good
        raise BadRequest(refusal.message) from refusal
