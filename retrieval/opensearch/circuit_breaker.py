"""A circuit breaker: a server that fails again and again is left alone for a while."""

import time
from collections.abc import Callable
from threading import Lock

MOST_FAILURES_IN_A_ROW = 5
OPEN_SECONDS = 5.0


class CircuitBreaker:
    """Says whether to ask a server; `clock` gives seconds that never go back.

    After five failures in a row it is open: nothing is asked for five seconds, then one request
    is let through, whose outcome closes it or opens it again (Nygard 2018, Release It!).
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._until = 0.0

    def lets_through(self) -> bool:
        """Whether a request may be made now; whoever is told so makes it."""
        with self._lock:
            if self._failures < MOST_FAILURES_IN_A_ROW:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + OPEN_SECONDS  # others wait for the outcome of this one
            return True

    def succeeded(self) -> None:
        """Note that the server has answered."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Note that it has not."""
        with self._lock:
            self._failures += 1
            self._until = self._clock() + OPEN_SECONDS
