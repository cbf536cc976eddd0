"""The update schema: whether an update has the fields that the handlers read."""

import logging
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError
from telegram import Bot, Update

from bot.http.json_object import JsonObject
from bot.monitoring.logs import about_update

LARGEST_NUMBER = 2**63
LONGEST_STRING = 65_536  # Telegram lets nobody write a tenth of that
LATEST = 253_402_300_800  # the year 10000
# What Telegram is asked for; anything else never comes.
ASKED_FOR = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]

log = logging.getLogger(__name__)


def _text(value: object) -> str:
    """A text, as JSON can carry one: pydantic's own takes no half of a surrogate pair."""
    if not isinstance(value, str) or len(value) > LONGEST_STRING:
        raise ValueError("should be a text that is not too long")
    return value


Number = Annotated[int, Field(gt=-LARGEST_NUMBER, lt=LARGEST_NUMBER)]
Moment = Annotated[int, Field(ge=0, lt=LATEST)]
Position = Annotated[int, Field(ge=0, lt=2**31)]
Text = Annotated[str, PlainValidator(_text)]
Kind = Literal["private", "group", "supergroup", "channel"]


class Shape(BaseModel):
    """Something with fields of the right types; unknown ones are let alone."""

    model_config = ConfigDict(strict=True, extra="ignore")


class UserSchema(Shape):
    """A person or a bot."""

    id: Number
    is_bot: bool
    first_name: Text
    username: Text | None = None
    language_code: Text | None = None


class ChatSchema(Shape):
    """A chat."""

    id: Number
    type: Kind
    title: Text | None = None
    username: Text | None = None


class EntitySchema(Shape):
    """A marked part of a text, in UTF-16 units."""

    type: Text
    offset: Position
    length: Position
    url: Text | None = None
    user: UserSchema | None = None


class QuoteSchema(Shape):
    """A part of another message."""

    text: Text
    position: Position
    is_manual: bool | None = None


class DocumentSchema(Shape):
    """A file that was sent; what it is called is its sender's word."""

    file_id: Text
    file_name: Text | None = None
    mime_type: Text | None = None
    file_size: Annotated[int, Field(ge=0, lt=LARGEST_NUMBER)] | None = None


class MessageSchema(Shape):
    """A message, or what is left of a deleted one: the date 0."""

    message_id: Number
    date: Moment
    chat: ChatSchema
    edit_date: Moment | None = None
    from_: UserSchema | None = Field(None, alias="from")
    sender_chat: ChatSchema | None = None
    via_bot: UserSchema | None = None
    text: Text | None = None
    caption: Text | None = None
    entities: list[EntitySchema] | None = None
    caption_entities: list[EntitySchema] | None = None
    reply_to_message: "MessageSchema | None" = None
    quote: QuoteSchema | None = None
    message_thread_id: Number | None = None
    is_topic_message: bool | None = None
    is_automatic_forward: bool | None = None
    media_group_id: Text | None = None
    document: DocumentSchema | None = None
    migrate_to_chat_id: Number | None = None
    migrate_from_chat_id: Number | None = None


class CallbackQuerySchema(Shape):
    """A button that was pressed."""

    id: Text
    from_: UserSchema = Field(alias="from")
    chat_instance: Text | None = None
    message: MessageSchema | None = None
    data: Text | None = None


class InlineQuerySchema(Shape):
    """What is typed behind the bot's name."""

    id: Text
    from_: UserSchema = Field(alias="from")
    query: Text
    offset: Text


class MemberSchema(Shape):
    """What somebody is in a chat."""

    status: Text
    user: UserSchema


class MemberChangeSchema(Shape):
    """The bot came into a chat, or out of it."""

    chat: ChatSchema
    from_: UserSchema = Field(alias="from")
    date: Moment
    old_chat_member: MemberSchema
    new_chat_member: MemberSchema


class UpdateSchema(Shape):
    """An update of one of the kinds that are asked for."""

    update_id: Annotated[int, Field(ge=0, lt=LARGEST_NUMBER)]
    message: MessageSchema | None = None
    edited_message: MessageSchema | None = None
    callback_query: CallbackQuerySchema | None = None
    inline_query: InlineQuerySchema | None = None
    my_chat_member: MemberChangeSchema | None = None


def defect(fields: object) -> str | None:
    """What is wrong with an update, in one line without what it says; None if nothing is."""
    try:
        UpdateSchema.model_validate(fields)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return f"{'.'.join(map(str, wrong['loc'])) or 'all of it'}: {wrong['msg']}"
    except RecursionError:
        return "it is too deep"
    return None


def number_of(fields: object) -> int | None:
    """The number of an update; None for what can be none."""
    number = fields.get("update_id") if isinstance(fields, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if 0 <= number < LARGEST_NUMBER else None


def parse_update(fields: object, bot: Bot) -> Update | None:
    """The update; None for what is none, which is logged."""
    wrong = defect(fields)
    if wrong is None and isinstance(fields, dict):
        try:
            return _read(fields, bot)
        except Exception as error:  # noqa: BLE001  # whatever it was made of
            wrong = type(error).__name__
    with about_update(number_of(fields)):
        log.warning("an update cannot be read and is passed over: %s", wrong)
    return None


def _read(fields: JsonObject, bot: Bot) -> Update:
    """The update; where python-telegram-bot refuses a part of it, only what handlers read.

    Servers of another version of the Bot API send some parts otherwise, such as polls.
    """
    try:
        return Update.de_json(fields, bot)
    except Exception:  # noqa: BLE001  # whatever it was made of
        known = UpdateSchema.model_validate(fields)
        return Update.de_json(known.model_dump(by_alias=True, exclude_none=True), bot)
