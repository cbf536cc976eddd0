"""The played Bot API over loopback HTTP."""

import asyncio
import threading
import time

import httpx
import pytest
from bot_api_server import serve
from bot_process import LOOPBACK
from telegram.ext import ApplicationBuilder, MessageHandler, filters


@pytest.fixture
def server(api, chat):
    """A running server, with Ann's chat begun."""
    with serve(api) as running:
        yield running


@pytest.fixture
def url(server, api):
    return f"{server.url}/bot{api.token}"


@pytest.mark.parametrize(
    "sending",
    [
        {"data": {"chat_id": "1", "text": "Hi & ho"}},
        {"json": {"chat_id": 1, "text": "Hi & ho"}},
        {"params": {"chat_id": "1", "text": "Hi & ho"}},
        {"files": {"chat_id": (None, "1"), "text": (None, "Hi & ho")}},
    ],
)
def test_parameters_come_in_any_form(url, sending):
    """As a form, JSON, in the address, in parts."""
    answer = LOOPBACK.post(f"{url}/sendMessage", **sending)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["result"]["text"] == "Hi & ho"


def test_a_file_comes_in_parts(url, server):
    """With its name."""
    files = {"document": ("notes.txt", b"Bees.", "text/plain")}
    answer = LOOPBACK.post(f"{url}/sendDocument", data={"chat_id": "1"}, files=files).json()
    assert server.api.file(answer["result"]["document"]["file_id"]).content == b"Bees."


def test_refusals_have_their_status(url, server):
    """And Telegram's words."""
    answer = LOOPBACK.get(f"{url}/getUpdates", params={"allowed_updates": "[]"})
    assert answer.json() == {"ok": True, "result": []}
    answer = LOOPBACK.post(f"{server.url}/bot2:other/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
    answer = LOOPBACK.post(f"{url}/sendMessage", json={"chat_id": 1})
    assert answer.status_code == answer.json()["error_code"] == 400


def test_a_poll_ends_when_an_update_comes(url, server, chat, ann):
    """At once, and counts as one call."""
    threading.Timer(0.1, lambda: server.api.say(chat, ann, "Hello")).start()
    start = time.monotonic()
    answer = LOOPBACK.get(f"{url}/getUpdates", params={"timeout": 20}, timeout=30).json()
    assert [update["message"]["text"] for update in answer["result"]] == ["Hello"]
    assert time.monotonic() - start < 5
    assert [call.method for call in server.api.calls] == ["getUpdates"]


def test_a_poll_ends_without_an_update(url):
    """After its timeout."""
    answer = LOOPBACK.get(f"{url}/getUpdates", params={"timeout": 0.05})
    assert answer.json() == {"ok": True, "result": []}


def test_a_second_poll_ends_the_first(url, server):
    """With a conflict."""
    answers = []

    def poll():
        answers.append(LOOPBACK.get(f"{url}/getUpdates", params={"timeout": 20}, timeout=30))

    first = threading.Thread(target=poll)
    first.start()
    while not server.requests:
        time.sleep(0.01)
    time.sleep(0.1)
    assert LOOPBACK.get(f"{url}/getUpdates").status_code == 200
    first.join(10)
    assert answers[0].status_code == 409
    assert answers[0].json()["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
        "is running"
    )


def test_requests_fail_on_demand(url, server, chat):
    """With a status, or cut off before the call is carried out or after."""
    server.fail_next(2, 502)
    assert [LOOPBACK.post(f"{url}/getMe").status_code for _ in range(3)] == [502, 502, 200]
    call = {"chat_id": 1, "text": "Hi"}
    for how, sent in (("drop", 1), ("lose", 2)):
        server.fail_next(1, how, "sendMessage")
        assert LOOPBACK.post(f"{url}/getMe").status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            LOOPBACK.post(f"{url}/sendMessage", json=call)
        assert len(server.api.messages(chat)) == sent
    assert LOOPBACK.post(f"{url}/sendMessage", json=call).status_code == 200


def test_a_polling_bot_talks(api, server, chat, ann):
    """python-telegram-bot with its own network code."""

    async def main():
        answered = asyncio.Event()

        async def echo(update, _):
            await update.message.reply_text(update.message.text.upper())
            answered.set()

        base = f"{server.url}/bot"
        bot = ApplicationBuilder().token(api.token).base_url(base).job_queue(None).build()
        bot.add_handler(MessageHandler(filters.TEXT, echo))
        async with bot:
            await bot.updater.start_polling()
            await bot.start()
            server.api.say(chat, ann, "marco")
            await asyncio.wait_for(answered.wait(), 10)
            await bot.updater.stop()
            await bot.stop()

    asyncio.run(main())
    assert server.api.messages(chat)[-1]["text"] == "MARCO"
    assert len(api.updates) == 0
