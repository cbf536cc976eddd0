"""An HTTP server in the process: the socket that it listens on, and its start and stop."""

import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from math import ceil
from typing import Any

import uvicorn

from bot.http.connection_limits import ConnectionLimits, with_limits
from bot.settings.addresses import Address
from retrieval.errors import RetrievalError

BACKLOG = 256
FINISH_SECONDS = 3
PATIENCE = ConnectionLimits()


class ListenError(RetrievalError):
    """An address cannot be listened on; the text says which one, why and what to do."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to whoever runs the process."""
        yield


def listen(address: Address, setting: str) -> socket.socket:
    """A socket at that address; raises ListenError, which names the setting.

    Who connects from now on waits until something is served there.
    """
    listener = bind(address, setting)
    start_listening(listener, setting)
    return listener


def start_listening(listener: socket.socket, setting: str) -> None:
    """Listen on a bound socket; on failure, close it and raise ListenError."""
    try:
        listener.listen(BACKLOG)
    except OSError as error:
        address = address_of(listener)
        listener.close()
        raise _refused(address, setting, error) from error


def bind(address: Address, setting: str) -> socket.socket:
    """A socket at that address, where nobody can connect yet; raises ListenError."""
    try:
        found = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _, place = found[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _refused(address, setting, error) from error
    try:
        if os.name == "posix":  # elsewhere it lets two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.setblocking(False)  # noqa: FBT003  # the only way to say it
    except OSError as error:
        listener.close()
        raise _refused(address, setting, error) from error
    return listener


def address_of(listener: socket.socket) -> Address:
    """Where a socket listens."""
    host, port, *_ = listener.getsockname()
    return Address(host, port)


@asynccontextmanager
async def serving(
    app: Any,  # noqa: ANN401
    listener: socket.socket,
    patience: ConnectionLimits = PATIENCE,
) -> AsyncIterator[None]:
    """Serve an ASGI application until the end of the block; what has begun is finished."""
    server = _Server(
        uvicorn.Config(
            app,
            http=with_limits(patience),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=ceil(patience.idle),
            timeout_graceful_shutdown=FINISH_SECONDS,
        )
    )
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


def _refused(address: Address, setting: str, error: OSError) -> ListenError:
    if error.errno == errno.EADDRINUSE:
        problem = "is in use by another program; stop it, or set another port"
    elif error.errno == errno.EACCES:
        problem = "is not open to this user; set a port above 1023"
    else:
        problem = f"cannot be used ({error.strerror}); set an address of this machine"
    return ListenError(f"{setting}: {address} {problem}")
