"""Limits, and what is known of chats and persons, in all processes together."""

import asyncio
from contextlib import closing

import pytest

from bot.cluster.shared.shared_limits import MOST_WAIT_SECONDS, SharedPace, SharedUserLimiter
from bot.cluster.shared.shared_state import SharedAnswerStore, SharedChatLanguages
from bot.delivery.telegram_limits import ALL_MESSAGES, ALL_SECONDS
from bot.storage.stored_answer import Asked, StoredAnswer, new_id
from bot.storage.worker_thread import WorkerThread


@pytest.fixture
def limiters(database):
    """Those of two processes."""
    with closing(WorkerThread()) as worker:
        yield [SharedUserLimiter(database, worker) for _ in range(2)]


def test_a_person_is_as_fast_in_two_processes_as_in_one(limiters):
    """An update that one process tries again counts once; each minute is one of its own."""
    first, second = limiters

    async def play():
        admitted = [
            await one.allow("questions", 7, 3, number, 60.0)
            for number, one in enumerate((first, second, first, second, first))
        ]
        again = await first.allow("questions", 7, 3, 0, 60.0)
        others = [await one.allow("questions", 8, 3, 9, 60.0) for one in limiters]
        later = await second.allow("questions", 7, 3, 9, 120.0)
        anything = await second.allow("questions", 7, 0, 9, 60.0)
        return admitted, [again, *others, later, anything]

    admitted, others = asyncio.run(play())
    assert admitted == [True, True, True, False, False]
    assert others == [True] * 5


def test_what_was_counted_is_kept_for_minutes_only(limiters, postgres, url):
    """Then nobody can tell any more who asked when."""

    async def play():
        for minute in (1, 2, 3, 4):
            await limiters[0].allow("questions", 7, 3, minute, 60.0 * minute)

    asyncio.run(play())
    limiters[0].forget_before(60.0 * 5)
    assert postgres.do("SELECT minute FROM counts ORDER BY 1", url) == [(3,), (4,)]


def test_messages_leave_one_after_the_other_from_all_processes(join, postgres, url):
    """So never more than thirty in a second; nobody waits for a clock that was put back."""
    members = join(), join()
    paces = [SharedPace(one.engine, lambda one=one: one.number) for one in members]
    reserved = lambda: postgres.do("SELECT next_at FROM sends", url)[0][0]  # noqa: E731
    assert paces[0].reserve() == 0.0
    first = reserved()
    for number in range(ALL_MESSAGES):
        assert paces[number % 2].reserve() <= ALL_SECONDS
    assert reserved() - first >= ALL_SECONDS - 0.001
    postgres.do("UPDATE sends SET next_at = next_at + 3600", url)
    assert paces[0].reserve() <= MOST_WAIT_SECONDS
    members[0].lease.leave()
    assert paces[0].reserve() is None


def answer_to(person, at):
    return StoredAnswer(
        asked=Asked(person, None, person, 5, at),
        question="What is Zanzibar?",
        context=None,
        subject=None,
        answered=True,
        lead="",
        notes=(),
        quotes=(),
        shown=0,
        id=new_id(),
    )


def test_whom_one_process_forgets_no_other_one_keeps(join):
    """What they asked before that; what they ask later is kept."""
    first, second = join(), join()
    here, there = SharedAnswerStore(first.engine), SharedAnswerStore(second.engine)
    here.keep_none_of(7, before=100.0)
    [call] = second.lease.tick().calls
    there.hear(call)
    before, later = answer_to(7, 99.0), answer_to(7, 101.0)
    for answer in (before, later):
        there.keep(answer, None)
    assert there.get(before.id) is None
    assert there.get(later.id) is not None


def test_what_is_chosen_in_one_process_is_spoken_in_all(join):
    """As soon as they have heard that something was."""
    first, second = join(), join()
    here, there = SharedChatLanguages(first.engine), SharedChatLanguages(second.engine)
    here.choose(7, "de")
    assert second.lease.tick().calls == ("language",)
    there.reload()
    assert there.of(7) == "de"
