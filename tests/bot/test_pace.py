"""How fast messages follow each other, once Telegram has said no and before."""

import asyncio
import random
from itertools import pairwise

import pytest
from telegram.error import RetryAfter

from bot.flood import FloodControl
from bot.metrics import Metrics
from bot.pace import MOST_CHATS, MOST_REFUSING, SLOW_SECONDS, Pace

CHAT, GROUP = 7, -7


@pytest.fixture
def pace():
    return Pace()


def test_nothing_waits_at_first(pace):
    """Not in a group, and not a thousand in a second either."""
    assert {pace.wait(chat, 0.0) for chat in [GROUP] * 100 + list(range(1000))} == {0.0}


def test_a_chat_that_refused_keeps_its_pace_and_no_other(pace):
    """First as long as Telegram asks, then one a second, for some minutes."""
    pace.refuse(CHAT, 5, 0.0)
    assert [pace.wait(CHAT, 0.0) for _ in range(3)] == [5.0, 6.0, 7.0]
    assert pace.wait(8, 0.0) == 0.0
    assert pace.wait(CHAT, 20.0) == 0.0
    assert pace.wait(CHAT, 20.5) == 0.5
    later = 20.0 + SLOW_SECONDS
    assert [pace.wait(CHAT, later) for _ in range(3)] == [0.0] * 3


def test_a_group_that_refused_takes_20_a_minute(pace):
    """With what was sent there before that."""
    random_number = random.Random(1)  # noqa: S311  # the same each time
    sent = [0.1 * n for n in range(15)]
    assert all(pace.wait(GROUP, at) == 0.0 for at in sent)
    pace.refuse(GROUP, 3, 1.5)
    now = 1.5
    while now < SLOW_SECONDS - 100:
        sent.append(now + pace.wait(GROUP, now))
        now += random_number.random() * 2
    assert all(b - a >= 0.999 for a, b in pairwise(sent[15:]))
    assert all(sent[n + 20] - sent[n] >= 59.999 for n in range(len(sent) - 20))


def test_where_many_chats_refuse_all_keep_the_pace(pace):
    """30 a second, whichever they are for."""
    for chat in range(MOST_REFUSING + 1):
        pace.refuse(chat, 1, 0.0)
    sent = sorted(10.0 + pace.wait(100 + n, 10.0) for n in range(300))
    assert all(sent[n + 30] - sent[n] >= 0.999 for n in range(270))
    assert sent[-1] < 10.0 + 11
    assert pace.wait(5000, 20.0 + SLOW_SECONDS) == 0.0


def test_what_is_remembered_of_chats_is_bounded(pace):
    """However many there are."""
    for chat in range(MOST_CHATS + 1000):
        pace.wait(chat, 0.0)
        pace.refuse(chat, 1, 0.0)
    assert max(len(pace._sent), len(pace._slow), len(pace._refusing)) <= MOST_CHATS


def test_an_answer_to_a_press_waits_for_no_message():
    """It would expire."""
    done = []

    async def drive():
        flood, refusals = FloodControl(Metrics()), [RetryAfter(1)]

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
        await asyncio.gather(first, second)

    asyncio.run(drive())
    assert done[:2] == ["press", "elsewhere"]
    assert sorted(done[2:]) == ["message", "second"]
