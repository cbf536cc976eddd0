"""How fast messages follow each other, and what Telegram's refusals hold up."""

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter
from telegram.request import BaseRequest

from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.rate_limiter import UNASKED, RateLimiter
from bot.delivery.telegram_limits import MOST_REMEMBERED_CHATS, TelegramLimits
from bot.monitoring.metrics import Metrics

CHAT, GROUP = 7, -7


@pytest.fixture
def limits():
    return TelegramLimits()


def test_who_speaks_now_and_then_never_waits(limits):
    """In private or in a group: one message in some seconds."""
    for second in range(0, 400, 4):
        for chat in (CHAT, GROUP):
            assert limits.wait_in(chat, second) == 0.0
            limits.count_message(chat, second)


def test_a_chat_gets_one_message_a_second_and_holds_up_no_other(limits):
    """Counted from Telegram's answer."""
    limits.count_message(CHAT, 10.0)
    assert limits.wait_in(CHAT, 10.0) == 1.0
    assert limits.wait_in(CHAT, 10.75) == 0.25
    assert limits.wait_in(CHAT, 11.0) == 0.0
    assert limits.wait_in(8, 10.0) == 0.0


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 5)), max_size=80))
def test_a_group_gets_20_messages_a_minute(messages):
    """One a second, and never more than 20 in any minute, whenever they reach it."""
    limits, now, reached = TelegramLimits(), 0.0, []
    for pause, way in messages:
        now += pause
        now += limits.wait_in(GROUP, now)
        reached.append((now, now + way))  # it reaches Telegram at some time between these
        now += way
        limits.count_message(GROUP, now)
    for count, seconds in ((1, 0.999), (20, 59.999)):
        for (_, before), (later, _) in zip(reached, reached[count:], strict=False):
            assert later - before >= seconds


def test_all_chats_together_get_30_messages_a_second():
    """Counted from Telegram's answer; each chat gets one."""
    left = []

    async def drive():
        limiter = RateLimiter(Metrics())

        async def post():
            left.append(time.monotonic())
            await asyncio.sleep(0.05)
            left.append(-time.monotonic())

        async def send(chat):
            await limiter.process_request(post, (), {}, "sendMessage", {"chat_id": chat}, None)

        await asyncio.gather(*(send(chat) for chat in range(1, 71)))

    asyncio.run(drive())
    starts = [moment for moment in left if moment > 0]
    ends = [-moment for moment in left if moment < 0]
    assert all(start - end >= 0.999 for end, start in zip(ends, starts[30:], strict=False))


def test_a_chat_that_refuses_holds_up_nobody_else(limits):
    """Not even where many wait for it."""
    limits.refuse(CHAT, 60, 0.0)
    assert limits.wait_after_refusal(CHAT, 10.0) == 50.0
    assert limits.wait_after_refusal(CHAT, 60.0) == 0.0
    assert limits.wait_after_refusal(8, 0.0) == limits.wait_after_refusal(None, 0.0) == 0.0


def test_the_longest_refusal_counts(limits):
    """A later, shorter one takes nothing from it."""
    limits.refuse(CHAT, 60, 0.0)
    limits.refuse(CHAT, 1, 5.0)
    assert limits.wait_after_refusal(CHAT, 10.0) == 50.0


def test_where_a_second_chat_is_refused_meanwhile_all_wait(limits):
    """The refusals are meant for the whole bot, until one of them ends."""
    limits.refuse(CHAT, 10, 0.0)
    limits.refuse(8, 20, 4.0)
    assert limits.wait_after_refusal(9, 5.0) == limits.wait_after_refusal(None, 5.0) == 5.0
    assert limits.wait_after_refusal(8, 5.0) == 19.0
    assert limits.wait_after_refusal(9, 10.0) == 0.0


def test_where_a_second_chat_is_refused_later_only_that_waits(limits):
    """The first takes messages again by then."""
    limits.refuse(CHAT, 10, 0.0)
    limits.refuse(8, 20, 11.0)
    assert limits.wait_after_refusal(9, 11.0) == 0.0


def test_what_is_remembered_of_chats_is_bounded(limits):
    """However many there are."""
    for chat in range(MOST_REMEMBERED_CHATS + 1000):
        limits.count_message(chat, 0.0)
        limits.refuse(chat, 1, 0.0)
    assert max(len(limits._sent), len(limits._refusing)) <= MOST_REMEMBERED_CHATS


def test_a_flood_of_the_whole_bot_is_noticed_at_the_second_refusal():
    """Nothing more is refused while everything waits, and all of it is sent in the end."""
    refused, sent = [], []

    async def drive():
        limiter, until = RateLimiter(Metrics()), time.monotonic() + 1

        async def post(chat):
            if time.monotonic() < until:
                refused.append(chat)
                raise RetryAfter(1)
            sent.append(chat)

        async def send(chat):
            await asyncio.sleep(chat / 20)
            await limiter.process_request(
                post, (chat,), {}, "sendMessage", {"chat_id": chat}, None
            )

        await asyncio.gather(*(send(chat) for chat in range(1, 16)))

    asyncio.run(drive())
    assert refused == [1, 2]
    assert sorted(sent) == list(range(1, 16))


def test_an_answer_to_a_press_waits_for_no_message():
    """It would expire; nor does a change of a message that is there, unless the chat refuses."""
    done = []

    async def drive():
        limiter, refusals = RateLimiter(Metrics()), [RetryAfter(1)]

        async def post(name):
            if name == "message" and refusals:
                raise refusals.pop()
            done.append(name)

        async def send(name, endpoint, **data):
            await limiter.process_request(post, (name,), {}, endpoint, data, None)

        first = asyncio.ensure_future(send("message", "sendMessage", chat_id=CHAT))
        await asyncio.sleep(0.05)
        second = asyncio.ensure_future(send("second", "editMessageText", chat_id=CHAT))
        await send("press", "answerCallbackQuery", callback_query_id="1")
        await send("elsewhere", "sendMessage", chat_id=8)
        await send("change", "editMessageText", chat_id=8)
        await asyncio.gather(first, second)

    asyncio.run(drive())
    assert done[:3] == ["press", "elsewhere", "change"]
    assert sorted(done[3:]) == ["message", "second"]


def test_at_the_end_nothing_is_cut_off_on_its_way():
    """It is waited for; what has not left yet stays where it is."""
    done = []

    async def drive():
        limiter, leave = RateLimiter(Metrics()), asyncio.Event()

        async def post(name):
            await leave.wait()
            done.append(name)

        async def send(chat):
            await limiter.process_request(
                post, (chat,), {}, "sendMessage", {"chat_id": chat}, None
            )

        sending = [asyncio.ensure_future(send(1))]
        await asyncio.sleep(0.05)
        closing = asyncio.ensure_future(limiter.close(5))
        sending.append(asyncio.ensure_future(send(2)))
        await asyncio.sleep(0.05)
        assert not closing.done()
        leave.set()
        await closing
        done.append("closed")
        await asyncio.sleep(0.05)
        for one in sending:
            one.cancel()

    asyncio.run(drive())
    assert done == [1, "closed"]


class RefusedRequest(BaseRequest):
    """Is answered once with what is given, and then as Telegram answers."""

    read_timeout = 5

    def __init__(self, refusal):
        self.asked = 0
        self._answers = [(429, refusal), (200, b'{"ok": true, "result": 1}')]

    async def initialize(self):
        pass

    shutdown = initialize

    async def do_request(self, *_, **__):
        self.asked += 1
        return self._answers.pop(0)


@pytest.mark.parametrize(
    "refusal",
    [
        b'{"description": "Too Many Requests: retry after 0", "parameters": {"retry_after": 0}}',
        b'{"description": "Too Many Requests"}',
        b'{"description": "Too Many Requests", "parameters": {"retry_after": "1"}}',
        b'{"description": "Too Many Requests", "parameters": {"retry_after": 0.1}}',
    ],
)
def test_a_refusal_that_names_no_or_an_odd_time_was_a_refusal(refusal):
    """So the message was not sent, and is sent again soon."""
    request = RefusedRequest(refusal)

    async def drive():
        bot = FootnoteBot(
            "1:a",
            request=request,
            get_updates_request=request,
            rate_limiter=RateLimiter(Metrics()),
        )
        return await bot.call("sendMessage", {"chat_id": CHAT, "text": "Hello"})

    assert asyncio.run(drive()) == 1
    assert request.asked == 2


@pytest.mark.parametrize("seconds", [1, 100])
def test_what_nobody_has_just_asked_for_does_not_wait(seconds):
    """Who sends it is told how long that would be: by Telegram, and then without asking it."""
    tried = []

    async def drive():
        limiter = RateLimiter(Metrics())

        async def post(chat):
            tried.append(chat)
            if chat == CHAT:
                raise RetryAfter(seconds)

        async def send(chat):
            await limiter.process_request(
                post, (chat,), {}, "sendMessage", {"chat_id": chat, UNASKED: True}, None
            )

        with pytest.raises(RetryAfter):
            await send(CHAT)
        with pytest.raises(RetryAfter) as told:
            await send(CHAT)
        await send(8)
        return told.value.retry_after

    assert asyncio.run(drive()).total_seconds() == seconds
    assert tried == [CHAT] * (2 if seconds == 1 else 1) + [8]
