"""What people do: write, edit, press buttons, follow links, search inline."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.console.world.call_values import JsonObject
from bot.console.world.chats import Chat, Person
from bot.console.world.groups import Groups
from bot.console.world.refusals import Refusal
from bot.console.world.telegram_world import quoted, thread_fields
from bot.console.world.text_entities import LONGEST_TEXT, formatted

START = re.compile(r"[A-Za-z0-9_-]{0,64}")
LONGEST_INLINE = 256

ANONYMOUS = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL = {
    "id": 136_817_688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
TELEGRAM = {"id": 777_000, "is_bot": False, "first_name": "Telegram"}


class People(Groups):
    """What people do, each with the update that Telegram makes of it.

    What no one can do in Telegram raises ValueError.
    """

    def say(  # noqa: PLR0913  # a call reads as a sentence: each is named
        self,
        chat: Chat,
        person: Person,
        text: str | None = None,
        *,
        reply_to: int | None = None,
        quote: str | None = None,
        topic: int | None = None,
        entities: Iterable[JsonObject] = (),
        **fields: Any,  # noqa: ANN401  # whatever else a message may hold
    ) -> JsonObject:
        """A person writes a message; `fields` are added to it, such as photo and caption."""
        self._check_writer(chat, person, topic)
        replied = None if reply_to is None else chat.messages[reply_to]
        message: JsonObject = {
            **_sender(chat, person, fields),
            **thread_fields(chat, topic, replied),
            **_content(text, entities, fields),
            **fields,
        }
        if quote is not None:
            position = quoted(replied or {}, quote)
            if position is None:
                raise ValueError(f"not in the message replied to: {quote}")
            message["quote"] = {"text": quote, "position": position, "is_manual": True}
        return self.tell("message", chat, self.post(chat, message))

    def edit(self, chat: Chat, message_id: int, text: str) -> JsonObject:
        """The writer of a message changes its text."""
        old = chat.messages[message_id]
        kept = {name: value for name, value in old.items() if name not in {"text", "entities"}}
        message = {**kept, **_content(text, (), {}), "edit_date": self.now}
        chat.keep(message)
        return self.tell("edited_message", chat, message)

    def delete(self, chat: Chat, message_id: int) -> None:
        """A message is deleted; no update tells of it."""
        del chat.messages[message_id]

    def press(
        self, chat: Chat, person: Person, message_id: int, button: str | tuple[int, int]
    ) -> JsonObject:
        """A person presses a button, given by row and column from 0 or by its callback data.

        The message may be deleted and the data unknown: a client that is slow, old or altered
        sends them all the same.
        """
        message = chat.messages.get(message_id)
        query = {
            "id": self.ask(person),
            "from": person.fields,
            "chat_instance": str(chat.id),
            "data": button if isinstance(button, str) else _callback_data(message, button),
        }
        gone = {"chat": chat.fields, "message_id": message_id, "date": 0}
        query["message"] = message or gone
        self.updates.add("callback_query", query)
        return query

    def tap_link(self, person: Person, url: str) -> JsonObject:
        """A person opens a link to the bot and presses Start: t.me/<bot>?start=PARAMETER."""
        parts = urlsplit(url if "://" in url else f"https://{url}")
        if parts.path.strip("/").casefold() != self.me["username"].casefold():
            raise ValueError(f"no link to the bot: {url}")
        parameter = parse_qs(parts.query, keep_blank_values=True).get("start", [""])[0]
        if not START.fullmatch(parameter):
            raise ValueError(f"no start parameter: {parameter}")
        chat = self.private(person)
        if chat.status == "kicked":
            self.unblock(person)
        return self.say(chat, person, f"/start {parameter}".strip())

    def inline(self, person: Person, words: str) -> str:
        """A person types the bot's name and these words in any chat; gives the query's id."""
        self.people[person.id] = person
        identity = self.ask(person)
        self.updates.add(
            "inline_query",
            {
                "id": identity,
                "from": person.fields,
                "query": words[:LONGEST_INLINE],
                "offset": "",
                "chat_type": "sender",
            },
        )
        return identity

    def choose(self, person: Person, number: int, chat: Chat) -> JsonObject:
        """A person sends a card, counted from 0, of the last inline answer to them."""
        answers = (
            answer
            for identity, answer in reversed(self.inline_answers.items())
            if self.queries[identity].person.id == person.id
        )
        cards: list[JsonObject] = next(answers, {"results": []})["results"]
        if not 0 <= number < len(cards):
            raise ValueError(f"{person.first_name} was offered no such card")
        content = cards[number]["input_message_content"]
        text, entities = content["message_text"], content.get("entities", ())
        return self.say(chat, person, text, entities=entities, via_bot=self.bot)

    def message(self, chat: Chat, message_id: int) -> JsonObject:
        """A message of the chat."""
        return chat.messages[message_id]

    def messages(self, chat: Chat) -> list[JsonObject]:
        """The messages of the chat, the oldest first."""
        return list(chat.messages.values())

    def take_updates(self) -> list[JsonObject]:
        """The updates that wait, confirmed."""
        return self.updates.take()

    def _check_writer(self, chat: Chat, person: Person, topic: int | None) -> None:
        if chat.migrated_to:
            raise ValueError(f"{chat.id} has become {chat.migrated_to.id}")
        if chat.private:
            if chat.status == "kicked":
                raise ValueError(f"{person.first_name} has blocked the bot")
            chat.started = True
        if topic is not None and topic not in chat.topics:
            raise ValueError(f"no topic {topic} in {chat.id}")
        self._join(chat, person)


def _sender(chat: Chat, person: Person, fields: JsonObject) -> JsonObject:
    """Who a message is from: an anonymous administrator and a channel write as a bot."""
    if "sender_chat" not in fields:
        return {"from": person.fields}
    if fields.get("is_automatic_forward"):
        return {"from": TELEGRAM}
    return {"from": ANONYMOUS if fields["sender_chat"]["id"] == chat.id else CHANNEL}


def _content(text: str | None, entities: Iterable[JsonObject], fields: JsonObject) -> JsonObject:
    if text is None:
        caption = fields.get("caption")
        if not caption or "caption_entities" in fields:
            return {}
        marked = formatted(caption).fields("caption", "caption_entities")
        return {name: marked[name] for name in marked if name != "caption"}
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{len(text)} characters are sent as several messages")
    try:
        return formatted(text, list(entities)).fields()
    except Refusal as refusal:
        raise ValueError(f"no one can write that: {refusal}") from None


def _callback_data(message: JsonObject | None, place: tuple[int, int]) -> str:
    row, column = place
    return str((message or {})["reply_markup"]["inline_keyboard"][row][column]["callback_data"])
