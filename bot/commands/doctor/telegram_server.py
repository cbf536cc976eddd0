"""Calls to Telegram's server that change nothing there."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Literal

import httpx
from pydantic import ValidationError

from bot.commands.doctor.findings import UnknownError
from bot.intake.update_schema import Text, UserSchema
from bot.settings.settings import Settings
from retrieval.errors import RetrievalError

CALL_SECONDS = 8.0
PROXY_REFUSES = 407
NO_SUCH_TOKEN = (401, 404)


class OutOfReachError(RetrievalError):
    """The server cannot be reached; the text says why and what to do."""


class TokenError(RetrievalError):
    """There is no token, or the server does not accept it."""


class Bot(UserSchema):
    """A bot, as Telegram tells it who it is."""

    is_bot: Literal[True]
    username: Text
    can_read_all_group_messages: bool = False
    supports_inline_queries: bool = False


@dataclass(frozen=True, slots=True)
class Greeting:
    """A first answer: how long it took in seconds, and by how many our clock is ahead."""

    took: float
    ahead: float | None


class TelegramServer:
    """Telegram's server, or the one in its place; `blocked` says why it must not be asked.

    What has failed once is not tried again: each check would wait for it.
    """

    def __init__(self, settings: Settings, blocked: str = "") -> None:
        self._settings = settings
        self._blocked = blocked
        self.name = httpx.URL(settings.telegram_api_url).host

    def close(self) -> None:
        """Close the connection, if there is one."""
        if "_client" in vars(self):
            self._client.close()

    def greet(self) -> Greeting:
        """The first answer of the server; raises OutOfReachError."""
        began = time.time()
        answer = self._send("GET", "/")
        now = time.time()
        date = answer.headers.get("date")
        try:
            ahead = (began + now) / 2 - parsedate_to_datetime(date).timestamp() if date else None
        except ValueError:
            ahead = None
        return Greeting(now - began, ahead)

    def check_token(self) -> Bot:
        """The bot as Telegram knows it; raises TokenError, or OutOfReachError if it tells none."""
        token = self._settings.telegram_token
        if not token:
            self._blocked = "FOOTNOTE_TELEGRAM_TOKEN is not set"
            remedy = "get a token from @BotFather and set it in the environment or in .env"
            raise TokenError(f"FOOTNOTE_TELEGRAM_TOKEN is not set; {remedy}")
        answer = self._send("POST", f"/bot{token}/getMe")
        if answer.status_code in NO_SUCH_TOKEN and "error_code" in answer.text:
            self._blocked = "the token is not accepted"
            remedy = "copy the token again from @BotFather (/mybots, API Token)"
            raise TokenError(f"{self.name} does not accept FOOTNOTE_TELEGRAM_TOKEN; {remedy}")
        try:
            return Bot.model_validate(self._result(answer))
        except ValidationError:
            self._blocked = f"{self.name} tells of no bot"
            remedy = "check FOOTNOTE_TELEGRAM_API_URL and FOOTNOTE_PROXY if set"
            raise OutOfReachError(
                f"{self.name} does not say whose token this is, as Telegram does; {remedy}"
            ) from None

    @cached_property
    def me(self) -> Bot:
        """The same, where the token is not what is checked."""
        self._check_blocked()
        return self.check_token()

    @cached_property
    def webhook(self) -> Mapping[str, Any]:
        """Where updates are sent, and how many wait."""
        return dict(self.ask("getWebhookInfo"))

    def ask(self, method: str, fields: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401
        """The answer to a call, as JSON; raises UnknownError once the token is known to fail."""
        self._check_blocked()
        path = f"/bot{self._settings.telegram_token}/{method}"
        return self._result(self._send("POST", path, fields))

    def _send(
        self, method: str, path: str, fields: Mapping[str, object] | None = None
    ) -> httpx.Response:
        self._check_blocked()
        try:
            answer = self._client.request(
                method, self._settings.telegram_api_url + path, json=fields
            )
        except httpx.HTTPError as error:
            raise self._out_of_reach(f"{type(error).__name__}: {error}") from None
        if answer.status_code == PROXY_REFUSES:
            raise self._out_of_reach("the proxy wants another name and password")
        if answer.is_server_error:
            raise self._out_of_reach(f"it answers {answer.status_code} {answer.reason_phrase}")
        return answer

    def _result(self, answer: httpx.Response) -> Any:  # noqa: ANN401
        try:
            fields = answer.json()
            if fields["ok"]:
                return fields["result"]
            said = fields["description"]
        except (ValueError, KeyError, TypeError):
            said = f"{answer.status_code} without an answer of the Bot API"
        remedy = "try again later, and check FOOTNOTE_TELEGRAM_API_URL if it is set"
        raise OutOfReachError(f"{self.name} refuses: {said}; {remedy}")

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(proxy=self._settings.proxy or None, timeout=CALL_SECONDS)

    def _check_blocked(self) -> None:
        if self._blocked:
            raise UnknownError(self._blocked)

    def _out_of_reach(self, cause: str) -> OutOfReachError:
        self._blocked = f"{self.name} cannot be reached"
        remedy = "check the network, and FOOTNOTE_PROXY and FOOTNOTE_TELEGRAM_API_URL if set"
        return OutOfReachError(f"{self.name} cannot be reached ({cause}); {remedy}")
