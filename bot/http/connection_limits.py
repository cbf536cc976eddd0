"""Timeouts and the largest number of HTTP connections, kept for each client.

Without bounds, a few hundred clients that connect and say nothing, or a byte at a time, would
keep everybody else out.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """For how many seconds, and with how many clients at once, a server has patience."""

    request: float = 20  # until all of it has come and is answered, beginning with its first byte
    idle: float = 60  # between two requests
    connections: int = 200  # Telegram opens 40


class LimitedConnection(H11Protocol):
    """Ends when a request, or the next one, takes too long, however often a byte comes.

    One connection more than there may be ends the one that has waited, or idled, longest: who is
    answered in no time is always let in.
    """

    def __init__(self, *, patience: ConnectionLimits, **given: Any) -> None:  # noqa: ANN401  # uvicorn's
        super().__init__(**given)
        self._patience = patience
        self._is_idle = False
        self.since = 0.0
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(is_idle=False)
        if len(self.connections) > self._patience.connections:
            oldest = min(
                self.connections, key=lambda other: cast("LimitedConnection", other).since
            )
            cast("LimitedConnection", oldest).give_up()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._end:
            self._end.cancel()

    def handle_events(self) -> None:
        """Handle what has come; called as well when an answer is complete."""
        super().handle_events()
        begun = self.conn.their_state is not h11.IDLE or self.conn.trailing_data[0]
        if self._is_idle == bool(begun):
            self._wait(is_idle=not begun)

    def shutdown(self) -> None:
        """Finish what has begun, but do not wait for a request that has not come."""
        if self.conn.their_state is h11.SEND_BODY:
            self.give_up()
        else:
            super().shutdown()

    def give_up(self) -> None:
        """End at once; what is written and not read by now is lost."""
        self.connections.discard(self)
        self.transport.abort()

    def _wait(self, *, is_idle: bool) -> None:
        if self._end:
            self._end.cancel()
        self._is_idle = is_idle
        self.since = self.loop.time()
        seconds = self._patience.idle if is_idle else self._patience.request
        self._end = self.loop.call_later(seconds, self.give_up)


def with_limits(patience: ConnectionLimits) -> type[asyncio.Protocol]:
    """Makes connections with that much patience, for uvicorn."""
    return cast("type[asyncio.Protocol]", partial(LimitedConnection, patience=patience))
