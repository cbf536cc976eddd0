"""Refusals of the Bot API: error codes and Telegram's own words."""

from typing import Any


class Refusal(Exception):  # noqa: N818  # the Bot API answers `ok: false`; nothing has gone wrong
    """A call that is not carried out."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def fields(self) -> dict[str, Any]:
        """The answer as the Bot API gives it."""
        fields: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            fields["parameters"] = self.parameters
        return fields


def bad_request(problem: str, parameters: dict[str, Any] | None = None) -> Refusal:
    """The call asks for what cannot be."""
    return Refusal(400, f"Bad Request: {problem}", parameters)


def forbidden(problem: str) -> Refusal:
    """The bot may not write or read there."""
    return Refusal(403, f"Forbidden: {problem}")


def unauthorized() -> Refusal:
    """The token is no bot's."""
    return Refusal(401, "Unauthorized")


def unknown_method() -> Refusal:
    """There is no such method, or it is not played."""
    return Refusal(404, "Not Found: method not found")


def conflict(problem: str) -> Refusal:
    """Updates are taken in another way already."""
    return Refusal(409, f"Conflict: {problem}")


def too_many_requests(seconds: int) -> Refusal:
    """The bot has to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
