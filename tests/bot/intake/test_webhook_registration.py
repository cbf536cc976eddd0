"""A webhook is set with Telegram, and set again where something else has changed it."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest

from bot.console.bot_api.api import BotApi
from bot.console.bot_api.transport import ConsoleRequest
from bot.console.world.refusals import too_many_requests
from bot.delivery.footnote_bot import FootnoteBot
from bot.intake.connection import TelegramConnection, TelegramUnusableError
from bot.intake.webhook_registration import MOST_THEFTS, WebhookRegistration

URL = "https://bot.example.org/footnote"
SECRET = "s3cret"  # noqa: S105  # nobody's
OTHER = "https://other.example.org/hidden-path"


class Telegram(BotApi):
    """The Bot API that says of a webhook what it is told to."""

    trouble = {}  # noqa: RUF012  # set anew by each test
    pages = ()  # of a proxy, which answers setWebhook instead

    def respond(self, token, method, parameters):
        if method == "setWebhook" and self.pages:
            return self.pages.pop()
        return super().respond(token, method, parameters)

    def call(self, method, parameters):
        found = super().call(method, parameters)
        return found | self.trouble if method == "getWebhookInfo" else found


@asynccontextmanager
async def kept(api, **paces):
    """A subscription that is looked at all the time, its line, and the task that does it."""
    stop, request = asyncio.Event(), ConsoleRequest(api)
    line = TelegramConnection("Telegram", stop)
    async with FootnoteBot(api.token, request=request, get_updates_request=request) as bot:
        subscription = WebhookRegistration(bot, line, URL, SECRET, **{"seconds": 0.01, **paces})
        task = asyncio.create_task(subscription.keep(stop))
        try:
            yield subscription, line, task
        finally:
            stop.set()
            await asyncio.wait([task])


async def until(true):
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def sets(api):
    return sum(call.method == "setWebhook" for call in api.calls)


def looks(api):
    return sum(call.method == "getWebhookInfo" for call in api.calls)


def webhook(api):
    return api._intake._webhook.get("url", "")


def test_updates_flow_once_it_is_set():
    """Not before."""
    api = Telegram()

    async def play():
        async with kept(api) as (_, line, _task):
            assert line.liveness.trouble == "nothing has been heard from Telegram yet"
            await until(lambda: not line.liveness.trouble)
            assert webhook(api) == URL
            assert api.webhook_secret == SECRET

    asyncio.run(play())


@pytest.mark.parametrize("other", ["", OTHER])
def test_what_something_else_changes_is_set_again(other, caplog):
    """The log says what it was, without a path that may be secret."""
    api = Telegram()

    async def play():
        async with kept(api) as (_, line, _task):
            await until(lambda: not line.liveness.trouble)
            api.call("setWebhook", {"url": other})
            await until(lambda: webhook(api) == URL)

    asyncio.run(play())
    assert "and is set again; stop what else uses this bot" in caplog.text
    assert "hidden-path" not in caplog.text


def test_who_changes_it_again_and_again_is_told_of():
    """Two programs cannot share a bot."""
    api = Telegram()
    api.trouble = {"url": OTHER}

    async def play():
        async with kept(api) as (_, _line, task):
            await asyncio.wait([task])
            with pytest.raises(TelegramUnusableError, match="another program uses this bot"):
                task.result()

    asyncio.run(play())
    assert sets(api) == 1 + MOST_THEFTS


def test_updates_do_not_flow_while_telegram_cannot_deliver(caplog):
    """Until one gets through, or none waits."""
    api = Telegram()
    failed = {"last_error_date": int(time.time()) + 5, "last_error_message": "Connection refused"}

    async def play():
        async with kept(api) as (_, line, _task):
            await until(lambda: not line.liveness.trouble)
            api.trouble = {"pending_update_count": 3, **failed}
            await until(lambda: "Connection refused" in line.liveness.trouble)
            api.trouble = failed
            await until(lambda: not line.liveness.trouble)

    asyncio.run(play())
    assert "Connection refused; 3 updates wait there" in caplog.text


def refused(seconds):
    """What Telegram says when a post was refused so many seconds from now."""
    return {
        "pending_update_count": 1,
        "last_error_date": int(time.time()) + seconds,
        "last_error_message": "Wrong response from the webhook: 401 Unauthorized",
    }


def test_a_secret_that_something_else_changes_is_set_again(caplog):
    """Telegram does not show it, but tells that posts are refused with it."""
    api = Telegram()

    async def play():
        async with kept(api) as (_, line, _task):
            await until(lambda: not line.liveness.trouble)
            api.call("setWebhook", {"url": URL, "secret_token": "another"})
            api.trouble = refused(5)
            await until(lambda: api.webhook_secret == SECRET)
            assert "401 Unauthorized" in line.liveness.trouble

    asyncio.run(play())
    assert "set again, in case its secret was changed at Telegram" in caplog.text


@pytest.mark.parametrize(
    ("seconds", "message"), [(-60, "Wrong response: 401 Unauthorized"), (5, "Connection refused")]
)
def test_other_trouble_sets_nothing(seconds, message):
    """What was refused before the webhook was set, and what never came to the bot."""
    api = Telegram()
    api.trouble = refused(seconds) | {"last_error_message": message}

    async def play():
        async with kept(api):
            await until(lambda: looks(api) > 4)

    asyncio.run(play())
    assert sets(api) == 1


def test_a_webhook_in_trouble_is_looked_at_sooner():
    """Not only at the time when it would be looked at if all was well."""
    api = Telegram()
    api.trouble = refused(5)

    async def play():
        async with kept(api, seconds=3600, first_seconds=0.01) as (_, line, _task):
            await until(lambda: "401 Unauthorized" in line.liveness.trouble)
            seen, api.trouble = looks(api), {}
            await until(lambda: not line.liveness.trouble)
            return looks(api) - seen

    assert asyncio.run(play()) > 0


def test_a_page_of_a_proxy_is_no_refusal_of_the_address(caplog):
    """A 400 of its own does not end the bot."""
    api = Telegram()
    api.pages = [(400, b"<html>Bad Request</html>")]

    async def play():
        async with kept(api) as (_, line, _task):
            await until(lambda: not line.liveness.trouble)

    asyncio.run(play())
    assert "cannot be reached" in caplog.text
    caplog.clear()  # the library tells of the page as an error


def test_an_old_failure_is_none():
    """Telegram tells of the last one for ever."""
    api = Telegram()
    api.trouble = {"pending_update_count": 1, "last_error_date": int(time.time()) - 60}

    async def play():
        async with kept(api) as (_, line, _task):
            await until(lambda: not line.liveness.trouble)

    asyncio.run(play())


def test_what_is_not_kept_does_not_flow():
    """As long as nothing else is heard."""
    api = Telegram()

    async def play():
        async with kept(api) as (subscription, line, task):
            await until(lambda: not line.liveness.trouble)
            api.refuse_next(too_many_requests(1), "getWebhookInfo", 1000)
            await until(lambda: "RetryAfter" in line.liveness.trouble)
            subscription.note_delivery(is_kept=False)
            assert line.liveness.trouble == "messages cannot be kept; the log says why"
            subscription.note_delivery(is_kept=True)
            assert not line.liveness.trouble
            assert not task.done()

    asyncio.run(play())
