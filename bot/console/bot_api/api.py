"""The Bot API, played strictly: the table of its methods."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.console.bot_api.bot_profile import Profile
from bot.console.bot_api.chat_members import ChatMembers
from bot.console.bot_api.get_updates import Intake
from bot.console.bot_api.message_methods import Sending
from bot.console.bot_api.query_answers import Queries
from bot.console.world.call_values import JsonObject, JsonValue, Parameters, Upload, decoded
from bot.console.world.chats import Chat, Person
from bot.console.world.people import People
from bot.console.world.refusals import Refusal, unauthorized, unknown_method


@dataclass(frozen=True, slots=True)
class Call:
    """A call that the bot made, with its parameters decoded."""

    method: str
    parameters: JsonObject


@dataclass(slots=True)
class Fault:
    """Calls to come that are refused, whatever they ask for."""

    refusal: Refusal
    method: str | None
    times: int


class BotApi(People):
    """Telegram for one bot: people on the one side, the Bot API on the other.

    It refuses what Telegram refuses, in Telegram's words, and says where Telegram would silently
    drop a part. It is for one thread at a time; who serves it to several holds a lock.
    """

    def __init__(
        self,
        username: str = "footnote_bot",
        first_name: str = "Footnote",
        token: str = "1:console",  # noqa: S107  # no secret: there is no one to keep it from
        clock: Callable[[], float] = time.time,
        *,
        privacy: bool = False,
    ) -> None:
        super().__init__(username, first_name, clock, privacy=privacy)
        self.token = token
        self.calls: list[Call] = []
        self._faults: list[Fault] = []
        self._sending = Sending(self)
        self._intake = Intake(self)
        rooms = (self._sending, self._intake, Queries(self), Profile(self), ChatMembers(self))
        self._methods: dict[str, tuple[str, Callable[[Parameters], JsonValue]]] = {
            name.casefold(): (name, method)
            for room in rooms
            for name, method in room.methods.items()
        }

    def call(self, method: str, parameters: Mapping[str, object]) -> JsonValue:
        """The answer to a call; raises Refusal.

        Values are native JSON values or encoded, as a form has them; a file is an Upload.
        """
        name, play = self._methods.get(method.casefold(), (method, None))
        call = Call(name, decoded(parameters))
        self.calls.append(call)
        self._check_faults(name)
        if play is None:
            raise unknown_method()
        return play(Parameters(call.parameters))

    def respond(
        self, token: str, method: str, parameters: Mapping[str, object]
    ) -> tuple[int, bytes]:
        """The answer to a call as Telegram's server sends it: a status and a body."""
        try:
            if token != self.token:
                raise unauthorized()
            fields = {"ok": True, "result": self.call(method, parameters)}
        except Refusal as refusal:
            return refusal.code, json.dumps(refusal.fields).encode()
        return 200, json.dumps(fields).encode()

    def refuse_next(self, refusal: Refusal, method: str | None = None, times: int = 1) -> None:
        """Refuse the next calls, or the next calls of that method."""
        self._faults.append(Fault(refusal, method, times))

    def send_file(self, chat: Chat, person: Person, upload: Upload, **fields: Any) -> JsonObject:  # noqa: ANN401  # whatever else a message may hold
        """A person sends a file, perhaps with a caption or in an album."""
        return self.say(chat, person, document=self._sending.attach(upload), **fields)

    def download(self, token: str, path: str) -> tuple[int, bytes]:
        """The answer to a request for a file whose path getFile told."""
        identity = path.removeprefix("documents/")
        try:
            if token != self.token:
                raise unauthorized()
            self._check_faults("download")
            return 200, self._sending.file(identity).content
        except KeyError:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
        except Refusal as refusal:
            return refusal.code, json.dumps(refusal.fields).encode()

    def file(self, file_id: str) -> Upload:
        """A file that the bot sent."""
        return self._sending.file(file_id)

    @property
    def webhook_secret(self) -> str:
        """The secret token of the webhook, empty without one."""
        return self._intake.secret

    def _check_faults(self, method: str) -> None:
        for fault in self._faults:
            if fault.method is None or fault.method.casefold() == method.casefold():
                fault.times -= 1
                if not fault.times:
                    self._faults.remove(fault)
                raise fault.refusal
