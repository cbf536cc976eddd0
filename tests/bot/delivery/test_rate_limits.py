"""How fast messages follow each other, and what Telegram's refusals hold up."""

import asyncio
from collections import deque
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.delivery.rate_limiter import RateLimiter
from bot.delivery.rate_limits import MOST_CHATS, RateLimits
from bot.delivery.sent_messages import SAID, Said
from bot.monitoring.metrics import Metrics

CHAT, GROUP = 7, -7


@pytest.fixture
def pace():
    return RateLimits()


def sent_at(pace, chat, now):
    """When a new message to a chat goes out that is ready at that time."""
    there = now + pace.wait_in(chat, now)
    return there + pace.wait_for_all(there)


def test_who_speaks_now_and_then_never_waits(pace):
    """In private or in a group: one message in some seconds."""
    assert {pace.wait_in(chat, 4.0 * n) for n in range(100) for chat in (CHAT, GROUP)} == {0.0}


def test_a_chat_gets_one_message_a_second_and_holds_up_no_other(pace):
    """However many are ready."""
    assert [pace.wait_in(CHAT, 0.0) for _ in range(3)] == [0.0, 1.0, 2.0]
    assert pace.wait_in(8, 0.0) == 0.0
    assert pace.wait_in(CHAT, 2.5) == 0.5
    assert pace.wait_in(CHAT, 20.0) == 0.0


@given(st.lists(st.floats(0, 30), max_size=80))
def test_a_group_gets_20_messages_a_minute(pauses):
    """One a second, and never more than 20 in any minute."""
    pace, now, sent = RateLimits(), 0.0, []
    for pause in pauses:
        now += pause
        sent.append(now + pace.wait_in(GROUP, now))
    assert all(b - a >= 0.999 for a, b in pairwise(sent))
    assert all(sent[n + 20] - sent[n] >= 59.999 for n in range(len(sent) - 20))


@given(st.lists(st.floats(0, 0.05), max_size=300))
def test_all_chats_together_get_30_messages_a_second(pauses):
    """In their order; the first thirty wait for nothing."""
    pace, now, sent, waits = RateLimits(), 0.0, [], []
    for pause in pauses:
        now += pause
        waits.append(pace.wait_for_all(now))
        sent.append(now + waits[-1])
    assert sent == sorted(sent)
    assert all(sent[n + 30] - sent[n] >= 0.999 for n in range(len(sent) - 30))
    assert not any(waits[:30])


def test_a_chat_that_refuses_holds_up_nobody_else(pace):
    """Not even where many wait for it."""
    pace.refuse(CHAT, 60, 0.0)
    for _ in range(100):
        pace.wait_in(CHAT, 0.0)
    assert pace.wait_for_leave(CHAT, 10.0) == 50.0
    assert pace.wait_for_leave(CHAT, 60.0) == 0.0
    assert pace.wait_for_leave(8, 0.0) == 0.0
    assert sent_at(pace, 8, 0.5) == 0.5


def test_the_longest_refusal_counts(pace):
    """A later, shorter one takes nothing from it."""
    pace.refuse(CHAT, 60, 0.0)
    pace.refuse(CHAT, 1, 5.0)
    assert pace.wait_for_leave(CHAT, 10.0) == 50.0


def test_what_is_remembered_of_chats_is_bounded(pace):
    """However many there are."""
    for chat in range(MOST_CHATS + 1000):
        pace.wait_in(chat, 0.0)
        pace.refuse(chat, 1, 0.0)
    assert max(len(pace._sent), len(pace._refusing)) <= MOST_CHATS


def test_an_answer_to_a_press_waits_for_no_message():
    """It would expire; nor does a change of a message that is there, unless the chat refuses."""
    done = []

    async def drive():
        SAID.set(Said(deque(), lambda _: None))
        flood, refusals = RateLimiter(Metrics()), [RetryAfter(1)]

        async def post(name):
            if name == "message" and refusals:
                raise refusals.pop()
            done.append(name)

        async def send(name, endpoint, **data):
            await flood.process_request(post, (name,), {}, endpoint, data, None)

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
        SAID.set(Said(deque(), lambda _: None))
        flood, leave = RateLimiter(Metrics()), asyncio.Event()

        async def post(name):
            await leave.wait()
            done.append(name)

        async def send(chat):
            await flood.process_request(post, (chat,), {}, "sendMessage", {"chat_id": chat}, None)

        sending = [asyncio.ensure_future(send(1))]
        await asyncio.sleep(0.05)
        closing = asyncio.ensure_future(flood.close(5))
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


@pytest.mark.parametrize("seconds", [1, 100])
def test_what_nobody_has_just_asked_for_does_not_wait(seconds):
    """Who sends it is told how long that would be: by Telegram, and then without asking it."""
    tried = []

    async def drive():
        flood = RateLimiter(Metrics())

        async def post(chat):
            tried.append(chat)
            if chat == CHAT:
                raise RetryAfter(seconds)

        async def send(chat):
            await flood.process_request(post, (chat,), {}, "sendMessage", {"chat_id": chat}, None)

        with pytest.raises(RetryAfter):
            await send(CHAT)
        with pytest.raises(RetryAfter) as told:
            await send(CHAT)
        await send(8)
        return told.value.retry_after

    assert asyncio.run(drive()).total_seconds() == seconds
    assert tried == [CHAT] * (2 if seconds == 1 else 1) + [8]
