"""A small HTTP proxy on loopback: it wants a name and a password, and may tell another time."""

import asyncio
import base64
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import uvicorn
from starlette.requests import Request
from starlette.responses import Response

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # none is spoken, and certificates take 25 ms
LEFT_OUT = {"host", "connection", "proxy-connection", "proxy-authorization", "content-length"}


@dataclass(slots=True)
class Proxy:
    """Where it is, what went through it, and by how many seconds its answers are late."""

    address: str = ""
    credentials: str = ""
    late: float = 0
    passed: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.credentials}{'@' if self.credentials else ''}{self.address}"

    async def answer(self, request: Request) -> Response:
        """Pass a request on, and its answer back."""
        wanted = "Basic " + base64.b64encode(self.credentials.encode()).decode()
        if self.credentials and request.headers.get("proxy-authorization") != wanted:
            return Response(status_code=407)
        self.passed.append(request.url.path)
        there = f"http://{request.headers['host']}{request.url.path}"
        kept = {n: v for n, v in request.headers.items() if n not in LEFT_OUT}
        async with httpx.AsyncClient(trust_env=False, timeout=60, verify=NO_TLS) as client:
            found = await client.request(
                request.method, there, content=await request.body(), headers=kept
            )
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=self.late), usegmt=True)
        kind = found.headers.get("content-type", "text/plain")
        return Response(found.content, found.status_code, {"date": date, "content-type": kind})


@contextmanager
def serve_proxy(credentials: str = "", late: float = 0) -> Iterator[Proxy]:
    """Runs a proxy until the end of the block."""
    proxy = Proxy(credentials=credentials, late=late)
    listener = socket.create_server(("127.0.0.1", 0))
    proxy.address = f"127.0.0.1:{listener.getsockname()[1]}"

    calls: dict[Any, asyncio.AbstractEventLoop] = {}

    async def app(scope, receive, send) -> None:
        task = asyncio.current_task()
        calls[task] = asyncio.get_running_loop()
        try:
            with suppress(asyncio.CancelledError):  # who asked is gone, and so is the proxy
                response = await proxy.answer(Request(scope, receive))
                await response(scope, receive, send)
        finally:
            del calls[task]

    config = uvicorn.Config(
        app, http="httptools", ws="none", lifespan="off", log_config=None, access_log=False,
        date_header=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        for task, loop in tuple(calls.items()):  # such as one that waits for updates
            loop.call_soon_threadsafe(task.cancel)
        server.should_exit = True
        thread.join(10)
        listener.close()
