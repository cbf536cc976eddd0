"""The webhook's endpoint: Telegram posts updates to it, with a secret."""

import asyncio
import hmac
import json
import logging

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.http.json_object import JsonObject
from bot.intake.inbox import Take
from bot.intake.update_schema import number_of

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # its name only
LARGEST_WEBHOOK_BODY = 1 << 20  # bytes; an update has some thousand
WEBHOOK_BODY_SECONDS = 10

OK, BAD_REQUEST, UNAUTHORIZED, TIMEOUT, TOO_LARGE, UNAVAILABLE = 200, 400, 401, 408, 413, 503

log = logging.getLogger(__name__)


class WebhookEndpoint:
    """Takes the updates of whoever knows the secret; each is kept before it is confirmed.

    What is confirmed otherwise than with 200 Telegram sends again.
    """

    def __init__(self, secret: str, take: Take, read_seconds: float) -> None:
        self._secret = secret.encode()
        self._take = take
        self._read_seconds = read_seconds

    async def answer(self, request: Request) -> Response:
        """Take one update in."""
        shown = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(shown, self._secret):
            return Response(status_code=UNAUTHORIZED)
        try:
            async with asyncio.timeout(self._read_seconds):
                update = _update(await _body(request))
        except HTTPException as refusal:
            log.warning("something else than an update came to the webhook: %s", refusal)
            raise
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=TIMEOUT)
        return Response(status_code=OK if await self._take([update]) else UNAVAILABLE)


def webhook_page(
    path: str, secret: str, take: Take, read_seconds: float = WEBHOOK_BODY_SECONDS
) -> Starlette:
    """The one page of the webhook; a body has to arrive within `read_seconds`."""
    endpoint = WebhookEndpoint(secret, take, read_seconds)
    return Starlette(routes=[Route(path, endpoint.answer, methods=["POST"])])


async def _body(request: Request) -> bytes:
    """The body, as far as it is not too large; a length that is promised is not relied on."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > LARGEST_WEBHOOK_BODY:
            raise HTTPException(TOO_LARGE)
    return bytes(found)


def _update(body: bytes) -> JsonObject:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(BAD_REQUEST) from None
    if not isinstance(fields, dict) or number_of(fields) is None:
        raise HTTPException(BAD_REQUEST)
    return fields
