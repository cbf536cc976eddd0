"""The bot's descriptions and commands."""

import json
import re

from bot.console.world.call_values import JsonObject, JsonValue, Parameters
from bot.console.world.refusals import bad_request
from bot.console.world.telegram_world import World

MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120


class Profile:
    """The methods about the bot itself; texts are kept by language, commands also by scope."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._texts: dict[tuple[str, str], str] = {}
        self._commands: dict[tuple[str, str], list[JsonObject]] = {}
        self.methods = {
            "getMe": self.get_me,
            "getMyDescription": self.get_my_description,
            "setMyDescription": self.set_my_description,
            "getMyShortDescription": self.get_my_short_description,
            "setMyShortDescription": self.set_my_short_description,
            "getMyCommands": self.get_my_commands,
            "setMyCommands": self.set_my_commands,
        }

    def get_me(self, parameters: Parameters) -> JsonValue:  # noqa: ARG002  # as every method
        """The bot as a User object."""
        return self._world.me

    def get_my_description(self, parameters: Parameters) -> JsonValue:
        """The text in a chat with the bot that is still empty."""
        return {"description": self._text("description", parameters)}

    def set_my_description(self, parameters: Parameters) -> JsonValue:
        """Change the text in a chat with the bot that is still empty."""
        return self._set_text("description", parameters, LONGEST_DESCRIPTION)

    def get_my_short_description(self, parameters: Parameters) -> JsonValue:
        """The text on the bot's profile."""
        return {"short_description": self._text("short_description", parameters)}

    def set_my_short_description(self, parameters: Parameters) -> JsonValue:
        """Change the text on the bot's profile."""
        return self._set_text("short_description", parameters, LONGEST_SHORT_DESCRIPTION)

    def get_my_commands(self, parameters: Parameters) -> JsonValue:
        """The commands of exactly this scope and language."""
        return self._commands.get(_scope(parameters), [])

    def set_my_commands(self, parameters: Parameters) -> JsonValue:
        """Change the commands of a scope and language."""
        scope = _scope(parameters)
        commands = [_command(command) for command in parameters.array("commands")]
        if len(commands) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self._commands[scope] = commands
        return True

    def _text(self, name: str, parameters: Parameters) -> str:
        return self._texts.get((name, _language(parameters)), "")

    def _set_text(self, name: str, parameters: Parameters, longest: int) -> bool:
        text = parameters.text(name)
        if len(text) > longest:
            raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
        self._texts[name, _language(parameters)] = text
        return True


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _scope(parameters: Parameters) -> tuple[str, str]:
    scope = parameters.object("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), _language(parameters)


def _command(command: JsonObject) -> JsonObject:
    name = command["command"].strip().removeprefix("/")
    description = command["description"].strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
