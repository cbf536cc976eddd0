"""Filters: which messages a handler takes, by who sends them, to whom, and how they begin."""

from telegram import Message
from telegram.ext import filters

from bot.handlers.conversation.incoming_text import (
    brief_topic,
    command_of,
    mentions,
    replied_message,
    without_address,
)
from bot.schedules.recurrence import is_off, read_schedule


class AsksForBriefing(filters.MessageFilter):
    """Messages that ask for a briefing without a command."""

    def filter(self, message: Message) -> bool:
        return brief_topic(message, message.get_bot().username) is not None


class ScheduleWords(filters.MessageFilter):
    """Messages whose command has words about a schedule behind it."""

    def filter(self, message: Message) -> bool:
        words = without_address(message, message.get_bot().username)
        return is_off(words) or read_schedule(words) is not None


class FromPerson(filters.MessageFilter):
    """Messages of people, also in the name of a group; not of bots, and not sent through one.

    A post that Telegram forwards from a channel into its group is addressed to nobody.
    """

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        is_bot = sender is not None and sender.is_bot and message.sender_chat is None
        return not (is_bot or message.via_bot or message.is_automatic_forward)


class Addressed(filters.MessageFilter):
    """Messages in a group that reply to the bot or name it."""

    def filter(self, message: Message) -> bool:
        bot = message.get_bot()
        replied = replied_message(message)
        replies = replied is not None and replied.from_user == bot.bot
        return replies or mentions(message, bot.username)


class Command(filters.MessageFilter):
    """Messages, or pictures and the like with a caption, that begin with that command to the bot.

    In a group a command may name the bot that it is for (`/help@other_bot`).
    """

    def __init__(self, name: str) -> None:
        super().__init__(name=f"Command({name})")
        self._name = name

    def filter(self, message: Message) -> bool:
        username = message.get_bot().username
        command = command_of(message, username)
        if command is None:
            return False
        said = message.parse_entity if message.text else message.parse_caption_entity
        name, _, other = said(command)[1:].partition("@")
        return name.casefold() == self._name and other.casefold() in ("", username.casefold())


class AnyCommand(filters.MessageFilter):
    """Messages or captions that begin with a command, whichever bot it is for."""

    def filter(self, message: Message) -> bool:
        return command_of(message, message.get_bot().username) is not None
