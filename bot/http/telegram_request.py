"""HTTP requests to the Bot API over pooled connections; through a proxy where there is one."""

import logging
import ssl
from functools import cache
from urllib.request import getproxies

import aiohttp
import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from yarl import URL

CONNECT_SECONDS = 5
FREE_CONNECTION_SECONDS = 60
MOST_REQUEST_SECONDS = 90  # from waiting for a connection to the last byte
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

log = logging.getLogger(__name__)


def telegram_request(connections: int, read_seconds: float, proxy: str = "") -> BaseRequest:
    """Makes calls over at most `connections`, each given up after `read_seconds` of silence.

    Proxies of every kind, also those that the environment names, are httpx's business.
    """
    if proxy or not getproxies().keys().isdisjoint({"http", "https", "all"}):
        return HTTPXRequest(
            connections,
            read_timeout=read_seconds,
            pool_timeout=FREE_CONNECTION_SECONDS,
            proxy=proxy or None,
        )
    return AiohttpRequest(connections, read_seconds)


@cache
def certificate_authorities() -> ssl.SSLContext:
    """Those that httpx trusts; read once for all requests, because that takes 25 ms."""
    return httpx.create_ssl_context()


class AiohttpRequest(BaseRequest):
    """Requests straight to the server; a call takes a quarter of the CPU time that httpx takes.

    Certificates are checked as httpx checks them. The time-out starts again with each byte that
    arrives; an answer that trickles in is given up in the end.
    """

    def __init__(self, connections: int, read_seconds: float) -> None:
        self._connections = connections
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_seconds

    async def initialize(self) -> None:
        """Begin; nothing happens if that is done."""
        if self._session is None:
            tls = certificate_authorities()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ssl=tls),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  # the port's own
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer; raises TimedOut or NetworkError.

        Of the timeouts only that of reading can be another than usual.
        """
        del write_timeout, connect_timeout, pool_timeout
        if self._session is None:
            raise RuntimeError("it is not initialized, or shut down")
        timeout = aiohttp.ClientTimeout(
            total=MOST_REQUEST_SECONDS,
            connect=FREE_CONNECTION_SECONDS,
            sock_connect=CONNECT_SECONDS,
            sock_read=read_timeout
            if isinstance(read_timeout, int | float)
            else self._read_seconds,
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                content = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _raised(error) from error
        log.debug("%s: %d %s", url.rpartition("/")[2], answer.status, answer.reason)
        return answer.status, content


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """What is posted, and the headers that say how."""
    if data is None:
        return None, {}
    if not data.contains_files:  # quoted in C, which `urlencode` is not
        return URL.build(query=data.json_parameters).raw_query_string.encode(), FORM
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}


def _raised(error: Exception) -> TelegramError:
    """What python-telegram-bot raises for it; not with the address, which holds the token."""
    if isinstance(error, TimeoutError):
        return TimedOut(type(error).__name__)
    says_address = isinstance(error, aiohttp.ClientResponseError | aiohttp.InvalidURL)
    name = type(error).__name__
    return NetworkError(name if says_address else f"{name}: {error}")
