"""Liveness: whether updates flow, and if not, why, as `/healthz` and `/readyz` tell."""

import time

MOST_SILENT_SECONDS = 90.0  # Telegram answers more often than that, even without any update


class Liveness:
    """The pulse of what brings updates in; without one for too long, they do not flow."""

    def __init__(self) -> None:
        self._trouble = "nothing has been heard from Telegram yet"
        self._last = 0.0

    def beat(self) -> None:
        """Note that updates come in, or would if there were any."""
        self._trouble = ""
        self._last = time.monotonic()

    def falter(self, trouble: str) -> None:
        """Note why they do not, until the next beat."""
        self._trouble = trouble

    @property
    def trouble(self) -> str:
        """Why updates do not flow; empty if they do."""
        silence = time.monotonic() - self._last
        if not self._trouble and silence > MOST_SILENT_SECONDS:
            return f"nothing has been heard from Telegram for {silence:.0f} seconds"
        return self._trouble
