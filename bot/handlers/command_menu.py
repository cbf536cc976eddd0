"""The bot's menu of commands and its descriptions, set at Telegram in each language."""

import logging
from collections.abc import Mapping
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError
from tenacity import (
    AsyncRetrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
)

from bot.composing.wording import FIRST_LANGUAGE, catalogue_languages, menu_texts, spoken_language

SCOPES: dict[str, BotCommandScope] = {
    "private": BotCommandScopeAllPrivateChats(),
    "groups": BotCommandScopeAllGroupChats(),
    "admins": BotCommandScopeAllChatAdministrators(),
}

FIRST_MENU_RETRY_SECONDS = 5
MOST_MENU_RETRY_SECONDS = 3600
MOST_MENU_TRIES = 12

log = logging.getLogger(__name__)


def commands(scope: str) -> dict[str, str]:
    """The commands of a scope and what they do."""
    return dict(menu_texts(spoken_language())[scope])


def wanted() -> dict[str, Mapping[str, Any]]:
    """The commands of each scope and the descriptions, for each language code.

    The first has the code "": it is for everybody whose own is not there.
    """
    codes = catalogue_languages()
    return {"" if code == FIRST_LANGUAGE else code: menu_texts(code) for code in codes}


async def put_up(bot: Bot) -> None:
    """Set commands and descriptions for each language, where they are not so already.

    Tries again for some hours; the bot works without its menu.
    """
    attempts = AsyncRetrying(
        retry=retry_if_exception_type(TelegramError),
        wait=wait_exponential(multiplier=FIRST_MENU_RETRY_SECONDS, max=MOST_MENU_RETRY_SECONDS),
        stop=stop_after_attempt(MOST_MENU_TRIES),
        reraise=True,
    )
    try:
        async for attempt in attempts:
            with attempt:
                for code, texts in wanted().items():
                    await _put_up(bot, code, texts)
    except TelegramError as error:
        log.warning("the commands menu could not be set: %s", error)


async def _put_up(bot: Bot, code: str, texts: Mapping[str, Any]) -> None:
    for name, scope in SCOPES.items():
        wanted = [BotCommand(command, said) for command, said in texts[name].items()]
        if list(await bot.get_my_commands(scope, code)) != wanted:
            await bot.set_my_commands(wanted, scope, code)
    described = await bot.get_my_description(code)
    if described.description != texts["description"]:
        await bot.set_my_description(texts["description"], code)
    short = await bot.get_my_short_description(code)
    if short.short_description != texts["short_description"]:
        await bot.set_my_short_description(texts["short_description"], code)
