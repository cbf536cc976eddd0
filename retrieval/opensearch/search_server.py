"""The connection to an OpenSearch cluster: JSON over HTTP, whatever comes back is checked.

The only module of this folder that imports httpx.
"""

import json
import random
import ssl
import time
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import httpx

from retrieval.errors import SearchOutageError, where
from retrieval.opensearch.circuit_breaker import CircuitBreaker

CONNECT_SECONDS = 0.5
SEARCH_SECONDS = 1.2
BULK_SECONDS = 60.0
MOST_HOSTS = 2  # are asked for one thing
LARGEST_ANSWER = 64_000_000  # bytes
LONGEST_REASON = 200
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429
SERVER_ERROR = 500

Json: TypeAlias = dict[str, Any]


class UnreachableError(SearchOutageError):
    """No host gives an answer."""


class RefusedError(SearchOutageError):
    """The server has understood and refused; another host would, too. `status` is HTTP's."""

    def __init__(self, message: str, status: int, kind: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """Where a cluster is, and as whom to go in: by user and password, or with an API key."""

    hosts: tuple[str, ...]
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    authority: Path | None = None


class SearchServer:
    """Asks the hosts of a cluster, each with a circuit breaker; from any thread.

    Hosts take turns. If one cannot be reached, takes too long, fails or answers with what is no
    JSON, another one is asked. `trouble` is why the last request failed; empty if it did not.
    `close` closes the connections.
    """

    def __init__(self, access: ServerAccess) -> None:
        headers = {"Accept-Encoding": "identity"}
        if access.api_key:
            headers["Authorization"] = f"ApiKey {access.api_key}"
        self.name = ", ".join(urlsplit(host).netloc.rpartition("@")[2] for host in access.hosts)
        self._client = httpx.Client(
            headers=headers,
            auth=(access.user, access.password) if access.user else None,
            verify=_trusted(access.authority),
            timeout=httpx.Timeout(SEARCH_SECONDS, connect=CONNECT_SECONDS),
            trust_env=False,  # a proxy on the way to Telegram leads to no cluster
        )
        self.close = weakref.finalize(self, self._client.close)
        self._breakers = {host: CircuitBreaker() for host in access.hosts}
        self._turn = random.randrange(len(access.hosts))  # noqa: S311  # no secret
        self._lock = Lock()
        self.trouble = ""
        self.seconds = 0.0  # that the last request took

    def ask(  # noqa: PLR0913  # what a request has
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        lines: Iterable[object] | None = None,
        seconds: float = SEARCH_SECONDS,
        expected: tuple[int, ...] = (),
    ) -> Json:
        """The JSON object that a host answers with, to one object or to one a line.

        `expected` are refusals that the caller can read, too. Raises SearchOutageError.
        """
        content, kind = _content(body, lines)
        headers = {"Content-Type": kind} if content else {}
        try:
            found = self._from_some_host(method, path, content, headers, seconds, expected)
        except SearchOutageError as error:
            self.trouble = str(error)
            raise
        self.trouble = ""
        return found

    def _from_some_host(  # noqa: PLR0913, PLR0917
        self,
        method: str,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
        seconds: float,
        expected: tuple[int, ...],
    ) -> Json:
        tried = 0
        problem = "it has failed several times in a row, and is left alone for a few seconds"
        for host in self._in_turn():
            breaker = self._breakers[host]
            if tried == MOST_HOSTS or not breaker.lets_through():
                continue
            tried += 1
            began = time.monotonic()
            try:
                status, answer = self._request(host + path, method, content, headers, seconds)
            except _FailedError as error:
                problem = str(error)
                breaker.failed()
                continue
            self.seconds = time.monotonic() - began
            breaker.succeeded()
            if status < httpx.codes.BAD_REQUEST or status in expected:
                return answer
            raise _refusal(self.name, status, answer)
        raise UnreachableError(
            f"{self.name}: {problem}; see whether OpenSearch is well there (`footnote doctor`)"
        )

    def _in_turn(self) -> list[str]:
        hosts = list(self._breakers)
        with self._lock:
            self._turn = (self._turn + 1) % len(hosts)
            return hosts[self._turn :] + hosts[: self._turn]

    def _request(
        self, url: str, method: str, content: bytes, headers: Mapping[str, str], seconds: float
    ) -> tuple[int, Json]:
        limit = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        until = time.monotonic() + 2 * seconds
        try:
            with self._client.stream(
                method, url, content=content, headers=headers, timeout=limit
            ) as response:
                parts, size = [], 0
                for part in response.iter_raw():
                    size += len(part)
                    if size > LARGEST_ANSWER or time.monotonic() > until:
                        raise _FailedError("its answer does not end")
                    parts.append(part)
        except httpx.TimeoutException:
            raise _FailedError("it does not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _FailedError(f"it cannot be reached ({_short(error)})") from None
        return response.status_code, _object(response.status_code, b"".join(parts))


class _FailedError(Exception):
    """One host has failed, and another one may not."""


def _content(body: object, lines: Iterable[object] | None) -> tuple[bytes, str]:
    if lines is not None:
        written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return written.encode("utf-8", "replace"), "application/x-ndjson"
    if body is None:
        return b"", ""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), "application/json"


def _object(status: int, content: bytes) -> Json:
    """The object of an answer; a failure of the server, or what is none of its own, is raised."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) and status in (UNAUTHORIZED, FORBIDDEN):
        return {"error": httpx.codes.get_reason_phrase(status)}  # it says so in plain words
    if not isinstance(found, dict):
        raise _FailedError(f"HTTP {status} with what is no JSON, from a proxy perhaps")
    if status == TOO_MANY and "block" not in str(cause_of(found).get("type")):
        raise _FailedError("it has too much to do (HTTP 429)")
    if status >= SERVER_ERROR:
        raise _FailedError(f"it fails (HTTP {status}: {reason_of(found)})")
    return found


def _refusal(name: str, status: int, answer: Json) -> RefusedError:
    kind = str(cause_of(answer).get("type", ""))
    remedy = "see its log"
    if status in (UNAUTHORIZED, FORBIDDEN) and "block" not in kind:
        remedy = "check FOOTNOTE_OPENSEARCH_USER and its password, or the API key"
    elif status == NOT_FOUND:
        remedy = "run `footnote articles publish`"
    elif "block" in kind:
        remedy = "make room on its disks, and take the block away"
    return RefusedError(f"{name}: HTTP {status} ({reason_of(answer)}); {remedy}", status, kind)


def cause_of(answer: Json) -> Json:
    """What an answer says of its error."""
    error = answer.get("error")
    return error if isinstance(error, dict) else {"reason": error}


def reason_of(answer: Json) -> str:
    """Why a request failed, in the server's words."""
    cause = cause_of(answer)
    said = " ".join(str(cause.get("reason") or cause.get("type") or "no reason given").split())
    return "".join(filter(str.isprintable, said))[:LONGEST_REASON]


def _short(error: Exception) -> str:
    return str(error)[:LONGEST_REASON] or type(error).__name__


def _trusted(authority: Path | None) -> ssl.SSLContext | bool:
    if authority is None:
        return True
    try:
        return ssl.create_default_context(cafile=authority)
    except (OSError, ssl.SSLError) as error:
        problem = f"these certificates cannot be used ({error})"
        raise SearchOutageError(
            f"{where(authority)}: {problem}; name a PEM file in FOOTNOTE_OPENSEARCH_CA"
        ) from error
