"""Updates that fail, or end the program, are set aside and hold up nobody."""

import asyncio
import logging
from contextlib import closing

import pytest
from crashing_inbox import recover_and_crash
from forked_program import FORKING
from telegram.error import BadRequest, NetworkError

from bot.console.bot_api.api import BotApi
from bot.console.bot_api.transport import ConsoleRequest
from bot.delivery.footnote_bot import FootnoteBot
from bot.intake import attempts
from bot.intake import inbox as module
from bot.intake.inbox import KILLED, MOST_CRASHES, Inbox
from bot.monitoring.metrics import Metrics
from bot.storage.data_folder.crash_suspect import CrashSuspect
from bot.storage.database.engine import open_database
from bot.storage.receipts import Receipts
from bot.storage.update_store import UpdateStore
from bot.storage.worker_thread import WorkerThread
from retrieval.errors import SearchOutageError


def update(number, chat=None):
    place = {"id": chat or number, "type": "private", "first_name": "Ada"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 0, "chat": place, "text": "Zanzibar"},
    }


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def kind(request):
    return request.param


@pytest.fixture
def kept(tmp_path, url):
    engine = open_database(tmp_path, url)
    yield UpdateStore(engine)
    engine.dispose()


@pytest.fixture
def receipts(tmp_path):
    with closing(Receipts(tmp_path)) as opened:
        yield opened


@pytest.fixture
def run(kept, receipts, tmp_path):
    """Runs the program once: it recovers, takes these updates in and ends.

    `handle` gets the worker's `run` beside the update.
    """

    def run_once(handle, *fetched, seconds=1.0, killed_after=None):
        api = BotApi()
        request = ConsoleRequest(api)
        bot = FootnoteBot(api.token, request=request, get_updates_request=request)

        async def drive(worker):
            handled = lambda one: handle(one, worker.run)  # noqa: E731
            inbox = Inbox(bot, kept, receipts, worker, lambda _: True, handled, Metrics())
            await inbox.recover()
            for fields in fetched:
                await inbox.take([fields])
            if killed_after is None:
                await inbox.finish(seconds)
            else:  # nothing is noted any more
                await asyncio.sleep(killed_after)

        with (
            closing(CrashSuspect(tmp_path)) as suspect,
            closing(WorkerThread(suspect)) as worker,
        ):
            asyncio.run(drive(worker))

    return run_once


def test_one_that_ends_the_program_is_a_dead_letter_after_a_few_starts(kept, tmp_path, url):
    """And those that waited beside it are handled, though they were begun with it."""
    kept.put([update(n) for n in range(1, 6)], 0.0)
    statuses = []
    while kept.waiting():
        process = FORKING.Process(target=recover_and_crash, args=(tmp_path, url))
        process.start()
        process.join()
        statuses.append(process.exitcode)
        assert len(statuses) < 8
    assert statuses == [9] * MOST_CRASHES + [0]
    done = (tmp_path / "done").read_text().split()
    assert sorted(set(done)) == ["1", "3", "4", "5"]
    assert [(one.number, one.error) for one in kept.dead_letters()] == [(2, KILLED)]


def test_what_only_waits_is_not_to_blame_for_kills(run, kept):
    """However often, in a row, whoever runs the program kills it."""
    done = []

    async def handle(one, work):
        await asyncio.sleep(0.6)
        await work(done.append, one.update_id)

    kept.put([update(n) for n in range(1, 21)], 0.0)
    for _ in range(MOST_CRASHES + 2):
        run(handle, killed_after=0.3)
    run(handle, seconds=10)
    assert sorted(done) == list(range(1, 21))
    assert kept.dead_letters() == []


def test_what_is_handled_is_noted_once(run, kept, monkeypatch):
    """Many together."""
    noted = []
    note = UpdateStore.done

    def count(self, errors):
        noted.append(list(errors))
        note(self, errors)

    monkeypatch.setattr(UpdateStore, "done", count)

    async def handle(_one, _work):
        await asyncio.sleep(0)

    run(handle, *(update(n) for n in range(1, 201)), seconds=20)
    assert sorted(number for numbers in noted for number in numbers) == list(range(1, 201))
    assert kept.waiting() == []


def test_what_comes_again_is_handled_once(run, kept):
    """Whether it waits still or is handled; what was typed inline as well."""
    done = []

    async def handle(one, _work):
        done.append(one.update_id)

    inline = {
        "update_id": 9,
        "inline_query": {
            "id": "1",
            "from": {"id": 1, "is_bot": False, "first_name": "Ada"},
            "query": "BRICS",
            "offset": "",
        },
    }
    run(handle, update(1), update(1), inline, inline)
    run(handle, update(1))
    assert sorted(done) == [1, 9]


def test_one_that_was_only_stopped_is_not_suspect(run, kept):
    """However often the program is stopped while Telegram is out of reach."""

    async def handle(_one, _work):
        return NetworkError("no way")

    kept.put([update(1)], 0.0)
    for _ in range(MOST_CRASHES + 2):
        run(handle, seconds=0.05)
    assert [(one.number, one.crashes) for one in kept.waiting()] == [(1, 0)]


def test_one_that_fails_is_set_aside_with_its_error(run, kept):
    """What was asked is no part of that."""

    async def handle(one, _work):
        try:
            return {"Zanzibar": 1}[one.message.text + "!"]
        except KeyError as error:
            return error

    run(handle, update(1))
    (aside,) = kept.dead_letters()
    assert aside.error.startswith("KeyError at test_inbox.py:")
    assert kept.waiting() == []


def test_what_telegram_refuses_is_set_aside_in_its_words(run, kept):
    """It will not take it another time."""

    async def handle(_one, _work):
        return BadRequest("Entities are too long")

    run(handle, update(1))
    assert [one.error for one in kept.dead_letters()] == ["BadRequest: Entities are too long"]


def test_one_that_fails_while_others_get_through_holds_up_its_chat_for_a_while_only(
    kept, receipts, monkeypatch
):
    """What is behind it in the chat is handled then."""
    monkeypatch.setattr(attempts, "FIRST_RETRY_SECONDS", 0.01)
    monkeypatch.setattr(attempts, "DOUBTFUL_RETRY_SECONDS", 0.01)
    done = []

    async def handle(one):
        if one.update_id == 1:
            return NetworkError("Internal Server Error")
        done.append(one.update_id)
        return None

    async def drive(worker, bot):
        inbox = Inbox(bot, kept, receipts, worker, lambda _: True, handle, Metrics())
        await inbox.take([update(1, chat=7), update(2, chat=7)])
        for number in range(3, 40):
            await asyncio.sleep(0.02)
            await inbox.take([update(number)])
        assert await inbox.finish(2) == 0

    worker, api = WorkerThread(), BotApi()
    request = ConsoleRequest(api)
    asyncio.run(
        drive(worker, FootnoteBot(api.token, request=request, get_updates_request=request))
    )
    worker.close()
    assert 2 in done
    assert [one.error for one in kept.dead_letters()] == ["NetworkError: Internal Server Error"]


def test_an_update_that_no_handler_can_look_at_is_passed_over(kept, receipts, caplog):
    """And those behind it are taken."""

    def is_wanted(one):
        if one.update_id == 1:
            raise TypeError("nonsense")
        return True

    done = []

    async def handle(one):
        done.append(one.update_id)

    async def drive(worker, bot):
        inbox = Inbox(bot, kept, receipts, worker, is_wanted, handle, Metrics())
        assert await inbox.take([update(1), update(2)])
        await inbox.finish(2)

    worker, api = WorkerThread(), BotApi()
    request = ConsoleRequest(api)
    with caplog.at_level(logging.WARNING):
        asyncio.run(
            drive(worker, FootnoteBot(api.token, request=request, get_updates_request=request))
        )
    worker.close()
    assert done == [2]
    assert "an update cannot be read and is passed over" in caplog.text


def test_where_too_many_wait_no_more_are_taken(kept, receipts, monkeypatch):
    """Telegram holds them; once some are handled, others are taken."""
    monkeypatch.setattr(module, "MOST_WAITING_UPDATES", 5)
    done = []

    async def drive(worker, bot):
        gate = asyncio.Event()

        async def handle(one):
            await gate.wait()
            done.append(one.update_id)

        inbox = Inbox(bot, kept, receipts, worker, lambda _: True, handle, Metrics())
        assert await inbox.take([update(n) for n in range(5)])
        assert not await inbox.take([update(5)])
        gate.set()
        await inbox._lanes.finish(2)
        assert await inbox.take([update(5)])
        await inbox.finish(2)

    worker, api = WorkerThread(), BotApi()
    request = ConsoleRequest(api)
    asyncio.run(
        drive(worker, FootnoteBot(api.token, request=request, get_updates_request=request))
    )
    worker.close()
    assert sorted(done) == list(range(6))


def test_what_cannot_be_searched_for_waits_until_it_can(kept, receipts, monkeypatch):
    """However often that takes, and although Telegram is in reach meanwhile."""
    monkeypatch.setattr(attempts, "FIRST_SEARCH_RETRY_SECONDS", 0.001)
    monkeypatch.setattr(attempts, "MOST_SEARCH_RETRY_SECONDS", 0.001)
    tried, done, second = [], [], asyncio.Event()

    async def handle(one):
        tried.append(one.update_id)
        if one.update_id == 1 and len(tried) < 30:
            return SearchOutageError("the cluster is away")
        done.append(one.update_id)
        if one.update_id == 2:
            second.set()
        return None

    async def drive(worker, bot):
        inbox = Inbox(bot, kept, receipts, worker, lambda _: True, handle, Metrics())
        await inbox.take([update(1, chat=7), update(2, chat=7)])
        for number in range(3, 9):
            await asyncio.sleep(0.002)
            await inbox.take([update(number)])
        await second.wait()
        assert await inbox.finish(2) == 0

    api = BotApi()
    request = ConsoleRequest(api)
    with closing(WorkerThread()) as worker:
        bot = FootnoteBot(api.token, request=request, get_updates_request=request)
        asyncio.run(asyncio.wait_for(drive(worker, bot), 20))
    assert done.index(1) < done.index(2)
    assert tried.count(1) > attempts.MOST_RETRIES_IN_VAIN
    assert kept.dead_letters() == []
