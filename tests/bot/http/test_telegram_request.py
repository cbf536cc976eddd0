"""Requests to the Bot API over real sockets: what arrives, and what a failure means."""

import asyncio
import socket
from contextlib import asynccontextmanager
from email import message_from_bytes
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import HTTPXRequest

from bot.delivery.retry_policy import is_outcome_unknown, was_not_sent
from bot.http.telegram_request import AiohttpRequest, telegram_request

TOKEN = "123456789:AAH-very_secret"  # noqa: S105  # none of Telegram's
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
OK = b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok": true, "result": 1}'
GUARD_SECONDS = 20


@asynccontextmanager
async def server(answer):
    """A server that answers so, then ends the connection: its address, and what came.

    Without an answer it is silent.
    """
    came, tasks = [], []

    async def serve(reader, writer):
        tasks.append(asyncio.current_task())
        _, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ") for line in lines)}
        came.append((headers, await reader.readexactly(int(headers["content-length"]))))
        if answer is not None:
            writer.write(answer)
        else:
            await reader.read()  # until the client has gone
        writer.close()

    async with asyncio.timeout(GUARD_SECONDS):
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
            port = listening.sockets[0].getsockname()[1]
            yield f"http://127.0.0.1:{port}/bot", came
            await asyncio.gather(*tasks)


@asynccontextmanager
async def bot(url, read_seconds=GUARD_SECONDS):
    """A bot of the library's that makes its calls so."""
    request = AiohttpRequest(2, read_seconds)
    await request.initialize()
    try:
        yield Bot(TOKEN, url, request=request, get_updates_request=AiohttpRequest(1, 1))
    finally:
        await request.shutdown()


async def failure(url, read_seconds=GUARD_SECONDS):
    """What a call raises there."""
    async with bot(url, read_seconds) as caller:
        with pytest.raises(NetworkError) as raised:
            await caller.do_api_request("sendThing", {"text": "?"})
    assert TOKEN not in str(raised.value)
    return raised.value


def failure_after(answer, read_seconds=GUARD_SECONDS):
    """What a call raises when the server answers so."""

    async def call():
        async with server(answer) as (url, _):
            return await failure(url, read_seconds)

    return asyncio.run(call())


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(TEXTS.map("x".__add__), TEXTS, min_size=1, max_size=4))
def test_every_text_arrives_as_it_is(fields):
    """Signs that mean something in a form included."""

    async def call():
        async with server(OK) as (url, came), bot(url) as caller:
            assert await caller.do_api_request("sendThing", fields) == 1
        return came

    [(headers, body)] = asyncio.run(call())
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert dict(parse_qsl(body.decode(), strict_parsing=True)) == fields


def test_a_file_arrives_with_its_name_and_the_other_fields():
    """As a form of several parts, the name in plain UTF-8."""

    async def call():
        async with server(OK) as (url, came), bot(url) as caller:
            file = InputFile(b"<p>\r\n\x00", filename="Übersicht.html")
            await caller.do_api_request("sendThing", {"document": file, "caption": "a & b"})
        return came

    [(headers, body)] = asyncio.run(call())
    form = message_from_bytes(
        b"Content-Type: " + headers["content-type"].encode() + b"\n\n" + body
    )
    parts = {
        part.get_param("name", header="content-disposition"): part for part in form.get_payload()
    }
    assert parts["caption"].get_payload(decode=True) == b"a & b"
    assert parts["document"].get_payload(decode=True) == b"<p>\r\n\x00"
    assert 'filename="Übersicht.html"'.encode() in body


def test_a_call_without_a_connection_was_certainly_not_sent():
    """Nobody listens there, or there is no such host."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for host in (f"127.0.0.1:{port}", "nowhere.invalid"):
        assert was_not_sent(asyncio.run(failure(f"http://{host}/bot")))


@pytest.mark.parametrize(
    "answer", [b"", b"what is this?\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"]
)
def test_what_became_of_a_call_that_broke_off_is_unknown(answer):
    """The connection ends before the answer, in the midst of it, or it is no HTTP."""
    assert is_outcome_unknown(failure_after(answer))


def test_a_call_that_hangs_is_given_up():
    """Nobody knows then whether it was carried out."""
    error = failure_after(None, read_seconds=0.1)
    assert isinstance(error, TimedOut)
    assert is_outcome_unknown(error)


def test_telegrams_own_refusal_is_told():
    """With its words."""
    said = b'{"ok": false, "error_code": 400, "description": "Bad Request: chat not found"}'
    head = f"HTTP/1.1 400 Bad Request\r\nContent-Length: {len(said)}\r\n\r\n".encode()
    error = failure_after(head + said)
    assert isinstance(error, BadRequest)
    assert error.message == "Chat not found"


def test_a_proxy_has_every_call(monkeypatch):
    """One that is set, or one that the environment names."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert isinstance(telegram_request(1, 1), AiohttpRequest)
    assert isinstance(telegram_request(1, 1, "http://127.0.0.1:9"), HTTPXRequest)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert isinstance(telegram_request(1, 1), HTTPXRequest)
