"""Leadership: one process leads, and does for all of them what is done once."""

import asyncio
from collections.abc import Awaitable
from typing import Protocol


class Work(Protocol):
    """Work of the one that leads."""

    async def __call__(self) -> int: ...


class Lead(Protocol):
    """Does work while this process leads, from the start whenever it comes to lead."""

    async def __call__(self, work: Work, /) -> int: ...


class Leadership:
    """Whether this process leads, and the work that it does meanwhile; none once `stop` is set."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._leads = asyncio.Event()
        self._follows = asyncio.Event()

    @property
    def is_held(self) -> bool:
        """Whether this is the one that leads."""
        return self._leads.is_set()

    def note(self, *, is_held: bool) -> None:
        """Note whether this process leads."""
        for event, is_set in ((self._leads, is_held), (self._follows, not is_held)):
            event.set() if is_set else event.clear()

    async def lead(self, work: Work) -> int:
        """What the work returns that is done while this process leads; 0 if it never does."""
        while not self._stop.is_set():
            await _first(self._leads.wait(), self._stop.wait())
            if self._stop.is_set():
                break
            working = asyncio.ensure_future(work())
            try:
                await _first(asyncio.shield(working), self._follows.wait())
                if working.done():
                    return working.result()
            finally:
                working.cancel()
            await asyncio.wait({working})
        return 0


async def _first(*waits: Awaitable[object]) -> None:
    """Wait until one of these is over; the others are cancelled then."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
