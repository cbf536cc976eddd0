"""Clients that take their time, over real sockets: nobody keeps the others out."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from starlette.responses import Response

from bot.http.connection_limits import ConnectionLimits
from bot.http.server import address_of, listen, serving
from bot.intake.webhook import SECRET_HEADER, webhook_page
from bot.settings.addresses import Address

SECRET = "This-is_the-right-1"  # noqa: S105  # nobody's
SOON, NEVER = 0.2, 600  # seconds
GUARD_SECONDS = 20
HUGE = 1 << 26  # bytes; more than the buffers between server and client hold


async def take(updates):
    return True


def head(length, secret=SECRET):
    lines = ["POST /hook HTTP/1.1", "Host: x", f"{SECRET_HEADER}: {secret}"]
    return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode()


UPDATE = b'{"update_id": 1}'
REQUEST = head(len(UPDATE)) + UPDATE


@asynccontextmanager
async def webhook(read_seconds=NEVER, app=None, **patience):
    """Serves the webhook, and gives what connects to it."""
    listener = listen(Address("127.0.0.1", 0), "FOOTNOTE_LISTEN")
    port = address_of(listener).port
    app = app or webhook_page("/hook", SECRET, take, read_seconds)
    writers = []

    async def connect():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writers.append(writer)
        return reader, writer

    async with serving(app, listener, ConnectionLimits(**patience)):
        try:
            async with asyncio.timeout(GUARD_SECONDS):
                yield connect
        finally:
            for writer in writers:
                writer.transport.abort()


async def status(reader):
    """The status of the next answer, which has no body."""
    answer = await reader.readuntil(b"\r\n\r\n")
    return int(answer.split()[1])


async def rest(reader):
    """All that comes until the server ends the connection."""
    found = bytearray()
    try:
        while part := await reader.read(1 << 16):
            found += part
    except ConnectionError:
        pass
    return bytes(found)


async def trickle(writer, data):
    """Send it a byte at a time, each well before anybody loses patience."""
    try:
        for byte in data:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(SOON / 10)
    except ConnectionError:
        pass


def test_who_says_nothing_is_let_go():
    """From the start, and after an answer."""

    async def talk():
        async with webhook(request=SOON, idle=SOON) as connect:
            reader, _ = await connect()
            assert await rest(reader) == b""
            reader, writer = await connect()
            writer.write(REQUEST)
            assert await status(reader) == 200
            assert await rest(reader) == b""

    asyncio.run(talk())


@pytest.mark.parametrize("before", [b"", REQUEST], ids=["first", "next"])
def test_a_head_that_comes_a_byte_at_a_time_is_cut_off(before):
    """Each byte buys no more time, whether the request is the first or the next."""

    async def talk():
        async with webhook(request=SOON, idle=NEVER) as connect:
            reader, writer = await connect()
            writer.write(before)
            if before:
                assert await status(reader) == 200
            slowly = asyncio.create_task(trickle(writer, b"POST /hook HTTP/1.1\r\nA: " * 1000))
            assert await rest(reader) == b""
            await slowly

    asyncio.run(talk())


def test_a_body_that_comes_a_byte_at_a_time_is_told_so():
    """With 408, as long as there is patience for the connection."""

    async def talk():
        async with webhook(read_seconds=SOON, request=NEVER) as connect:
            reader, writer = await connect()
            writer.write(head(100_000))
            slowly = asyncio.create_task(trickle(writer, b" " * 100_000))
            assert await status(reader) == 408
            slowly.cancel()

    asyncio.run(talk())


def test_a_body_that_goes_on_after_the_answer_is_cut_off():
    """Who does not know the secret cannot stay by sending a body that nobody reads."""

    async def talk():
        async with webhook(request=SOON, idle=NEVER) as connect:
            reader, writer = await connect()
            writer.write(head(100_000, "wrong"))
            assert await status(reader) == 401
            slowly = asyncio.create_task(trickle(writer, b" " * 100_000))
            assert await rest(reader) == b""
            await slowly

    asyncio.run(talk())


def test_an_answer_that_is_not_read_is_given_up():
    """A client cannot stay by not listening."""

    async def talk():
        app = Response(b" " * HUGE)
        async with webhook(app=app, request=SOON, idle=SOON) as connect:
            reader, writer = await connect()
            writer.write(REQUEST)
            await asyncio.sleep(3 * SOON)
            assert len(await rest(reader)) < HUGE

    asyncio.run(talk())


def test_a_connection_is_kept_between_requests():
    """For as long as there is patience for the idle, and each request has its own time."""

    async def talk():
        async with webhook(request=SOON, idle=NEVER) as connect:
            reader, writer = await connect()
            for _ in range(3):
                writer.write(REQUEST)
                assert await status(reader) == 200
                await asyncio.sleep(2 * SOON)
            writer.write(REQUEST * 2)
            assert [await status(reader) for _ in range(2)] == [200, 200]
            await asyncio.sleep(2 * SOON)
            writer.write(REQUEST)
            assert await status(reader) == 200

    asyncio.run(talk())


def test_a_body_that_comes_late_but_in_time_leaves_the_connection_as_it_was():
    """It is idle then, and the next request is answered."""

    async def talk():
        async with webhook(request=SOON, idle=NEVER) as connect:
            reader, writer = await connect()
            writer.write(head(len(UPDATE), "wrong"))
            assert await status(reader) == 401
            writer.write(UPDATE)
            await asyncio.sleep(2 * SOON)
            writer.write(REQUEST)
            assert await status(reader) == 200

    asyncio.run(talk())


@pytest.mark.parametrize("said", [b"", b"POST /hook HTTP/1.1\r\n", head(9), head(9, "wrong")])
def test_a_crowd_keeps_nobody_out(said):
    """Who comes is let in, and answered, in place of who has waited longest."""

    async def talk():
        async with webhook(request=NEVER, idle=NEVER, connections=8) as connect:
            crowd = []
            for _ in range(20):
                reader, writer = await connect()
                writer.write(said)
                crowd.append(reader)
            reader, writer = await connect()
            writer.write(REQUEST)
            assert await status(reader) == 200
            for reader in crowd[:12]:
                assert (await rest(reader)).count(b"HTTP/1.1") <= 1
            assert not any(reader.at_eof() for reader in crowd[-7:])

    asyncio.run(talk())
