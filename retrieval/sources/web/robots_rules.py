"""The rules of a robots.txt, read with protego, which knows `*` and `$` as crawlers do.

When it is fetched, and what a site without one allows, is decided in `page_fetcher.py`.
"""

from protego import Protego

CRAWLER_NAME = "Footnote"
LARGEST_ROBOTS_FILE = 500_000  # bytes that have to be read, RFC 9309, section 2.5


class RobotsRules:
    """The rules of one site; what cannot be read forbids nothing."""

    def __init__(self, content: bytes) -> None:
        try:
            self._rules = Protego.parse(content[:LARGEST_ROBOTS_FILE].decode("utf-8", "replace"))
        except Exception:  # noqa: BLE001  # whatever a site writes there
            self._rules = Protego.parse("")

    def allows(self, address: str) -> bool:
        """Whether the page may be fetched."""
        try:
            return bool(self._rules.can_fetch(address, CRAWLER_NAME))
        except ValueError:
            return True
