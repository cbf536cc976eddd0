"""A conversation with the bot: what people say and press, and what it does then."""

from dataclasses import dataclass

from bot.composing.pipeline import pipeline_of
from bot.console.drawing import span
from bot.console.world.chats import Chat, Person
from retrieval.index.memory_engine import memory_index

ADA = Person(1, "Ada", "ada")
BEN = Person(2, "Ben", "ben")
EVE = Person(3, "Eve")


def make_pipeline(collection, synonyms=()):
    return pipeline_of(memory_index(collection), synonyms)


@dataclass(frozen=True)
class Message:
    """A message of the bot's as a person sees it."""

    chat: Chat
    fields: dict

    @property
    def id(self):
        return self.fields["message_id"]

    @property
    def text(self):
        return self.fields["text"]

    @property
    def buttons(self):
        rows = self.fields.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def links(self):
        return [e["url"] for e in self.fields.get("entities", []) if e["type"] == "text_link"]

    @property
    def quotes(self):
        return self.marked("blockquote", "expandable_blockquote")

    def marked(self, *kinds):
        entities = [e for e in self.fields.get("entities", []) if e["type"] in kinds]
        spans = [span(self.text, entity) for entity in entities]
        return [self.text[start:end] for start, end in spans]

    def data(self, label):
        rows = self.fields["reply_markup"]["inline_keyboard"]
        found = [b["callback_data"] for row in rows for b in row if b["text"] == label]
        assert found, f"no button {label!r} among {self.buttons}"
        return found[0]


class Conversation:
    """What people say and press in one chat; each returns what the bot did."""

    def __init__(self, session, chat=None):
        self.session = session
        self.api = session.api
        self.chat = chat or self.api.private(ADA)
        self.notices = ()

    def __call__(self, text=None, person=ADA, **fields):
        """Say something; the bot's one message, or None if it kept silent."""
        self.said = self.api.say(self.chat, person, text, **fields)
        return self.one()

    def anonymously(self, text, person=ADA, **fields):
        """Say something in the name of the group, as an administrator may."""
        return self(text, person, sender_chat=self.chat.fields, **fields)

    def one(self):
        found = self.all()
        assert len(found) <= 1, [message.text for message in found]
        return found[0] if found else None

    def all(self):
        heard = self.session.deliver()
        self.notices = heard.notices
        return [Message(chat, fields) for chat, fields in heard.messages]

    def due(self):
        """What is scheduled for by now; the bot's one message, or None."""
        heard = self.session.send_due()
        found = [Message(chat, fields) for chat, fields in heard.messages]
        assert len(found) <= 1, [message.text for message in found]
        return found[0] if found else None

    def press(self, message, label, person=ADA):
        self.api.press(message.chat, person, message.id, message.data(label))
        return self.one()

    def edit(self, text, said=None):
        message = said or self.said
        self.said = self.api.edit(self.chat, message["message_id"], text)
        return self.one()

    def tap(self, url, person=ADA):
        self.api.tap_link(person, url)
        return self.one()

    def inline(self, words, person=ADA):
        query = self.api.inline(person, words)
        self.all()
        return self.api.inline_answers[query]

    def message(self, number):
        return Message(self.chat, self.chat.messages[number])
