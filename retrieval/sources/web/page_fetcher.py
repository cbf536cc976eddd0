"""Fetches pages, documents and feeds over HTTP: bounded in time and size, never from within.

Each address is checked after its name is resolved and connected to as it was checked (ssrfguard),
at each redirect anew.
"""

import asyncio
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx
from ssrfguard import Policy, SSRFGuardError
from ssrfguard.httpx import AsyncClient

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.web.response_body import body_within
from retrieval.sources.web.robots_rules import CRAWLER_NAME, LARGEST_ROBOTS_FILE, RobotsRules
from retrieval.sources.web.web_address import remedy_for

USER_AGENT = f"Mozilla/5.0 (compatible; {CRAWLER_NAME}/0.1; +robots.txt)"
ACCEPT = "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8"
MOST_FETCH_SECONDS = 40
SILENT_SECONDS = 15
LARGEST_PAGE = 50_000_000
MOST_REDIRECTS = 8
LONGEST_RETRY_AFTER_SECONDS = 24 * 3600  # for which a server may ask to be left alone
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
NOT_MODIFIED, GONE, TOO_MANY, UNAVAILABLE = 304, 410, 429, 503
ALL_PORTS = frozenset(range(1, 65536))
REASONS = {
    401: Reason.STATUS_LOGIN,
    402: Reason.STATUS_PAID,
    403: Reason.STATUS_FORBIDDEN,
    404: Reason.STATUS_MISSING,
    410: Reason.STATUS_GONE,
    429: Reason.STATUS_TOO_OFTEN,
    451: Reason.STATUS_LEGAL,
}
SERVER_ERRORS = 500
REASONS_TO_WAIT = {
    Reason.STATUS_TOO_OFTEN: Reason.STATUS_WAIT,
    Reason.STATUS_BUSY: Reason.STATUS_BUSY_WAIT,
}


class FetchError(UnreadableError):
    """A page cannot be had; `status` is the server's, if it answered; `wait` in seconds."""

    def __init__(self, reason: Reason, wait: float = 0.0, **values: str | int) -> None:
        super().__init__(reason, **values)
        self.status = int(values.get("status", 0))
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from an address.

    `address` is where it was found in the end; `moved` are the addresses that lead there for
    good. `content` is None if it is as it was.
    """

    address: str
    content: bytes | None
    charset: str | None = None
    etag: str = ""
    modified: str = ""
    moved: tuple[str, ...] = ()


class PageFetcher:
    """Fetches over connections of its own; to be closed with `aclose`.

    With `private`, addresses inside of one's own network may be fetched too, at any port.
    """

    def __init__(self, *, private: bool = False, seconds: float = MOST_FETCH_SECONDS) -> None:
        self._seconds = seconds
        policy = Policy()
        if private:
            policy = Policy(allowed_networks=("0.0.0.0/0", "::/0"), allowed_ports=ALL_PORTS)  # type: ignore[arg-type]  # it makes networks of texts
        self._client = AsyncClient(
            policy=policy,
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(SILENT_SECONDS),
            headers={"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip"},
        )
        self._robots: dict[str, RobotsRules] = {}

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def fetch(self, address: str, etag: str = "", modified: str = "") -> Fetched:
        """What is at an address; only if it changed since, if `etag` or `modified` are known.

        Raises FetchError or UnreadableError.
        """
        remedy = remedy_for(address)
        if remedy is not None:
            raise FetchError(Reason.NO_ADDRESS, remedy=remedy)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._fetched(address, etag, modified)
        except TimeoutError as error:
            raise FetchError(Reason.NOT_IN_TIME, seconds=round(self._seconds)) from error
        except SSRFGuardError as error:
            raise FetchError(Reason.PRIVATE_ADDRESS) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(Reason.NOT_REACHED, kind=type(error).__name__) from error

    async def _fetched(self, address: str, etag: str, modified: str) -> Fetched:
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        moved: list[str] = []
        is_permanent = True
        for _ in range(MOST_REDIRECTS):
            await self._check_robots(address)
            async with self._client.stream("GET", address, headers=headers) as response:
                if response.status_code not in REDIRECTS:
                    return await self._read(response, address, tuple(moved))
                location = response.headers.get("location", "")
            is_permanent = is_permanent and response.status_code in PERMANENT
            if is_permanent:
                moved.append(address)
            address = _next(address, location)
        raise FetchError(Reason.IN_A_CIRCLE)

    async def _read(
        self, response: httpx.Response, address: str, moved: tuple[str, ...]
    ) -> Fetched:
        status = response.status_code
        if status == NOT_MODIFIED:
            return Fetched(address, None, moved=moved)
        if not response.is_success:
            wait = _wait(response.headers.get("retry-after", ""))
            usual = Reason.STATUS_BUSY if status >= SERVER_ERRORS else Reason.STATUS_OTHER
            reason = REASONS.get(status, usual)
            if wait:
                reason = REASONS_TO_WAIT.get(reason, reason)
            amount, unit = _spoken(wait)
            raise FetchError(reason, wait, status=status, amount=amount, unit=unit)
        headers = response.headers
        content = await body_within(
            response.aiter_raw(), headers.get("content-encoding", ""), LARGEST_PAGE
        )
        return Fetched(
            address,
            content,
            response.charset_encoding,
            headers.get("etag", "")[:500],
            headers.get("last-modified", "")[:100],
            moved,
        )

    async def _check_robots(self, address: str) -> None:
        """Refuse what the site's robots.txt forbids; one that is not there forbids nothing."""
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = RobotsRules(await self._robots_of(site))
        if not self._robots[site].allows(address):
            raise FetchError(Reason.ROBOTS)

    async def _robots_of(self, site: str) -> bytes:
        address = f"{site}/robots.txt"
        for _ in range(MOST_REDIRECTS):
            async with self._client.stream("GET", address) as response:
                if response.status_code in REDIRECTS:
                    address = _next(address, response.headers.get("location", ""))
                    continue
                if not response.is_success:
                    return b""
                encoding = response.headers.get("content-encoding", "")
                try:
                    return await body_within(response.aiter_raw(), encoding, LARGEST_ROBOTS_FILE)
                except UnreadableError:
                    return b""
        return b""


def _next(address: str, location: str) -> str:
    """Where a redirect leads; the web only."""
    found = urljoin(address, location.strip())
    if not location or remedy_for(found) is not None:
        raise FetchError(Reason.LEADS_NOWHERE)
    return found


def _spoken(seconds: float) -> tuple[int, str]:
    """So many seconds, minutes or hours, rounded up; of minutes and hours at least two."""
    for unit, length in (("hours", 3600), ("minutes", 60)):
        if seconds > length * 1.5:
            return math.ceil(seconds / length), unit
    return math.ceil(seconds), "seconds"


def _wait(header: str) -> float:
    """How long the server asks to be left alone, in seconds, a day at most."""
    if header.strip().isdigit():
        return min(LONGEST_RETRY_AFTER_SECONDS, float(header))
    try:
        moment = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(
        LONGEST_RETRY_AFTER_SECONDS, max(0.0, aware.timestamp() - datetime.now(UTC).timestamp())
    )
