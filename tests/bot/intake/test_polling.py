"""The bot stays in touch with Telegram, whatever its server or what is before it answers."""

import asyncio
import signal
import time
from contextlib import suppress

import httpx
import pytest
from bot_api_server import serve
from bot_process import TOKEN, answers, ended, serving, until
from telegram.request import HTTPXRequest

from bot.console.bot_api.api import BotApi
from bot.console.bot_api.transport import ConsoleRequest
from bot.console.world.chats import Person
from bot.console.world.refusals import conflict, unauthorized, unknown_method
from bot.delivery.footnote_bot import FootnoteBot
from bot.intake.connection import (
    CONFLICT_FORGOTTEN_SECONDS,
    MOST_CONFLICTS,
    MOST_REFUSALS,
    TelegramConnection,
    TelegramUnusableError,
)
from bot.intake.polling import fetch, poll

ADA = Person(1, "Ada")
PAGE = b"<html><title>There is nothing here</title>" + b"x" * 5000


class Proxied(BotApi):
    """The Bot API behind a proxy that answers some of the requests itself."""

    def __init__(self):
        super().__init__(token=TOKEN)
        self.method, self.pages = "", []

    def respond(self, token, method, parameters):
        if method == self.method and self.pages:
            return self.pages.pop()
        return super().respond(token, method, parameters)


def ask(api, *refused, clock=time.monotonic):
    """Ask for updates as often as told, each time refused that often first."""
    request = ConsoleRequest(api)
    line = TelegramConnection("Telegram", asyncio.Event(), first_pause=0.001, clock=clock)

    async def play():
        async with FootnoteBot(api.token, request=request, get_updates_request=request) as bot:
            for times, refusal in refused:
                if times:
                    api.refuse_next(refusal, "getUpdates", times)
                await line.call(lambda: fetch(bot, 0, 0))

    asyncio.run(play())


def asked(api):
    return sum(call.method == "getUpdates" for call in api.calls)


@pytest.mark.parametrize("refusal", [unauthorized(), unknown_method()], ids=str)
def test_a_token_that_was_accepted_may_be_refused_for_a_moment(refusal, caplog):
    """By a server that starts, or what is before it; it is told once each time."""
    ask(BotApi(), (0, None), (MOST_REFUSALS, refusal), (MOST_REFUSALS, refusal))
    told = [r.message for r in caplog.records if "refuses FOOTNOTE_TELEGRAM_TOKEN" in r.message]
    assert len(told) == 2
    assert caplog.text.count("Telegram can be reached again") == 2


def test_a_token_that_was_accepted_and_stays_refused_is_given_up():
    """After a few tries."""
    api = BotApi()
    with pytest.raises(TelegramUnusableError, match="does not accept FOOTNOTE_TELEGRAM_TOKEN"):
        ask(api, (0, None), (1000, unauthorized()))
    assert asked(api) == 1 + MOST_REFUSALS + 1


def test_a_token_that_was_never_accepted_is_given_up_at_once():
    """There is nothing to wait for."""
    api = BotApi()
    with pytest.raises(TelegramUnusableError, match="does not accept FOOTNOTE_TELEGRAM_TOKEN"):
        ask(api, (1, unauthorized()))
    assert asked(api) == 1


def test_one_refusal_ends_no_bot(tmp_path):
    """What is asked meanwhile is answered afterwards."""
    with serving(tmp_path, BotApi(token=TOKEN)) as (server, process):
        until(lambda: "getUpdates" in {call.method for call in server.api.calls})
        server.fail_next(1, 404, "getUpdates")
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        server.api.say(chat, ADA, "What is the SCO?")
        until(lambda: len(answers(server, chat)) == 2)
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    assert status == 0
    assert out.count("refuses FOOTNOTE_TELEGRAM_TOKEN, which it has accepted before") == 1


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
def test_what_a_proxy_answers_is_none_of_telegrams_answers(tmp_path, method):
    """Whatever its status, it is tried again, and told once."""
    api = Proxied()
    api.method, api.pages = method, [(404, PAGE), (200, b'{"status": "away"}')]
    with serving(tmp_path, api) as (server, process):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        process.send_signal(signal.SIGTERM)
        status, _ = ended(process)
    told = [line["message"] for line in process.lines if "cannot be reached" in line["message"]]
    assert status == 0
    assert len(told) == 1
    assert len(told[0]) < 500


def test_a_second_program_that_fetches_is_given_in_to(caplog):
    """It is told once, though each of the two is answered in between."""

    async def fetch_too(url):
        async with httpx.AsyncClient(timeout=30) as client:
            while True:
                await client.post(f"{url}/bot{TOKEN}/getUpdates", json={"timeout": 20})
                await asyncio.sleep(0.01)

    async def fetch_from(url):
        stop = asyncio.Event()
        line = TelegramConnection("Telegram", stop, first_pause=0.01)
        requests = {"request": HTTPXRequest(), "get_updates_request": HTTPXRequest()}
        async with FootnoteBot(TOKEN, f"{url}/bot", **requests) as bot:
            other = asyncio.create_task(fetch_too(url))
            try:
                async with asyncio.timeout(20):
                    await poll(bot, line, stop, None)
            finally:
                other.cancel()
                with suppress(asyncio.CancelledError):
                    await other

    with serve(BotApi(token=TOKEN)) as server:
        with pytest.raises(TelegramUnusableError, match="another program is fetching"):
            asyncio.run(fetch_from(server.url))
        polls = [c for c in server.api.calls if c.method == "getUpdates"]
    assert caplog.text.count("another program takes the updates of this bot") == 1
    assert {call.parameters["timeout"] for call in polls} >= {0, 5, 20}


def test_conflicts_count_until_it_was_quiet_for_a_minute(caplog):
    """So instances that take over from each other never add up."""
    refusal, now = conflict("terminated by other getUpdates request"), [0.0]

    def clock():
        now[0] += CONFLICT_FORGOTTEN_SECONDS + 1
        return now[0]

    ask(BotApi(), *[(1, refusal)] * (MOST_CONFLICTS + 2), clock=clock)
    told = caplog.text.count("another program takes the updates of this bot")
    assert told == MOST_CONFLICTS + 2
    with pytest.raises(TelegramUnusableError, match="another program is fetching"):
        ask(BotApi(), *[(1, refusal)] * (MOST_CONFLICTS + 1), clock=lambda: 0.0)
