"""Serves a played Bot API over loopback HTTP, so that a bot under test has a real network."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.console.bot_api.api import BotApi
from bot.console.world.call_values import Upload
from bot.console.world.refusals import Refusal, conflict, too_many_requests

OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
NOTHING = b'{"ok": true, "result": []}'
PHRASES = {
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


class Protocol(HttpToolsProtocol):
    """Lets a request drop its own connection."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["transport"] = self.transport


class Locked:
    """The played Bot API, each use of its methods under the server's lock; lists as copies."""

    def __init__(self, api: BotApi, lock: threading.RLock) -> None:
        self._api = api
        self._lock = lock

    def __getattr__(self, name: str) -> Any:
        with self._lock:
            value = getattr(self._api, name)
            if isinstance(value, list | dict):
                return value.copy()
        if not callable(value):
            return value

        def locked(*arguments: Any, **named: Any) -> Any:
            with self._lock:
                return value(*arguments, **named)

        return locked


@dataclass(slots=True)
class Failure:
    """Requests to come that fail: with a status, dropped, or carried out without an answer."""

    times: int
    how: int | str
    method: str | None


class BotApiServer:
    """A Bot API server at `url`; what people do there goes through `api`."""

    def __init__(self, api: BotApi) -> None:
        self.lock = threading.RLock()
        self.api = Locked(api, self.lock)
        self.requests = 0
        self.url = ""
        self._api = api
        self._failures: list[Failure] = []
        self._poll: asyncio.Future[Refusal | None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._closing = False

    def fail_next(self, times: int, how: int | str, method: str | None = None) -> None:
        """Fail the next requests, or those of one method.

        With a status, such as 502; "drop" cuts the connection instead of carrying out the call,
        "hang" keeps it until the bot does; "lose" cuts it after the call is carried out, "mute"
        keeps it after that; "html" and "odd" are answers from something in between.
        """
        with self.lock:
            self._failures.append(Failure(times, how, method))

    @property
    def to_fail(self) -> int:
        """How many requests are still to fail."""
        with self.lock:
            return sum(failure.times for failure in self._failures)

    @contextmanager
    def running(self) -> Iterator["BotApiServer"]:
        """Serve from a thread until the end of the block."""
        # With the protocol named, asyncio sends without waiting for more (TCP_NODELAY).
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.bind(("127.0.0.1", 0))
        listener.listen(256)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        route = Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"])
        config = uvicorn.Config(
            Starlette(routes=[route], lifespan=self._lifespan),
            http=Protocol,
            ws="none",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        assert self._ready.wait(10), "the server did not start"
        try:
            yield self
        finally:
            self._closing = True
            self._wake()
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive(), "the server did not stop"

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> Any:
        self._loop = asyncio.get_running_loop()
        self._api.updates.listener = self._wake
        self._ready.set()
        yield
        self._api.updates.listener = None

    async def _answer(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        parameters = await _parameters(request)
        failure = self._next_failure(method)
        if isinstance(failure, int):
            fields = {"ok": False, "error_code": failure, "description": PHRASES.get(failure)}
            if failure == 429:
                fields = too_many_requests(1).fields
            return _response(failure, json.dumps(fields).encode())
        if failure == "odd":
            return _response(200, b'{"ok": true, "result": true}')
        if failure == "html":
            return Response("<html>Forbidden</html>", 403, media_type="text/html")
        status, body = 0, b""
        if failure not in {"drop", "hang"}:
            status, body = await self._played(token, method, parameters)
        if failure in {"hang", "mute"}:
            await request.receive()
        return _response(status, body) if failure is None else await _dropped(request)

    async def _played(
        self, token: str, method: str, parameters: Mapping[str, object]
    ) -> tuple[int, bytes]:
        polls = method.casefold() == "getupdates" and token == self._api.token
        if polls and self._poll and not self._poll.done():
            self._poll.set_result(conflict(OTHER))
        with self.lock:
            status, body = self._api.respond(token, method, parameters)
        seconds = float(str(parameters.get("timeout", 0)))
        if polls and status == 200 and body == NOTHING and seconds > 0:
            return await self._wait(parameters, seconds)
        return status, body

    async def _wait(self, parameters: Mapping[str, object], seconds: float) -> tuple[int, bytes]:
        """The next updates, as soon as there are any."""
        offset = int(str(parameters.get("offset", 0)))
        limit = int(str(parameters.get("limit", 100)))
        end = asyncio.get_running_loop().time() + seconds
        while not self._closing:
            poll = self._poll = asyncio.get_running_loop().create_future()
            with self.lock:
                updates = self._api.updates.get(offset, limit)
            left = end - asyncio.get_running_loop().time()
            if updates or left <= 0:
                return 200, json.dumps({"ok": True, "result": updates}).encode()
            done, _ = await asyncio.wait([poll], timeout=left)
            refusal = poll.result() if done else None
            if refusal:
                return refusal.code, json.dumps(refusal.fields).encode()
        return 200, NOTHING

    def _wake(self) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end_wait)

    def _end_wait(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _next_failure(self, method: str) -> int | str | None:
        with self.lock:
            self.requests += 1
            for failure in self._failures:
                if failure.method is None or failure.method.casefold() == method.casefold():
                    failure.times -= 1
                    if not failure.times:
                        self._failures.remove(failure)
                    return failure.how
        return None


def serve(api: BotApi) -> Any:
    """A context manager that gives a running server of that Bot API."""
    return BotApiServer(api).running()


def _response(status: int, body: bytes) -> Response:
    return Response(body, status, media_type="application/json")


async def _dropped(request: Request) -> Response:
    request.scope["transport"].abort()
    await request.receive()
    return Response()


async def _parameters(request: Request) -> dict[str, object]:
    parameters: dict[str, object] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0]
    try:
        if kind == "multipart/form-data":
            return parameters | await _form(request)
        body = await request.body()
    except ClientDisconnect:  # the bot was killed meanwhile
        return {}
    if kind == "application/json":
        return parameters | json.loads(body)
    return parameters | dict(parse_qsl(body.decode(), keep_blank_values=True))


async def _form(request: Request) -> dict[str, object]:
    parameters: dict[str, object] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            parameters[name] = await _upload(value) if isinstance(value, UploadFile) else value
    return parameters


async def _upload(file: UploadFile) -> Upload:
    kind = file.content_type or "application/octet-stream"
    return Upload(file.filename or "", await file.read(), kind)
