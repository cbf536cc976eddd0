"""Briefings at fixed times: who sets them, and when they are sent."""

import asyncio
import json
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest
from bot_api_server import serve
from bot_process import free_port
from conversations import ADA, BEN, EVE
from telegram.request import HTTPXRequest

from bot.console.bot_api.transport import ConsoleRequest
from bot.console.world.chats import Person
from bot.console.world.refusals import Refusal, bad_request, forbidden, too_many_requests
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.messages import Target, send
from bot.delivery.rate_limiter import RateLimiter
from bot.monitoring.metrics import Metrics
from bot.rendering.telegram.markup import plain
from bot.schedules import due_slots as slots
from bot.schedules.due_slots import DueSlots
from bot.schedules.recurrence import Cadence, Schedule
from bot.schedules.schedule_store import Scheduled, ScheduleStore
from bot.schedules.scheduler import MOST_BRIEFINGS_AT_ONCE, Scheduler
from bot.storage.database.engine import open_database
from bot.storage.worker_thread import WorkerThread

HOUR = 3600
DAY = 24 * HOUR
MONDAY = datetime(2026, 5, 4, 7, 30, tzinfo=UTC).timestamp()
FORWARDED = {
    "forward_origin": {"type": "user", "date": 1, "sender_user": ADA.fields},
}
BRICS = Schedule(Cadence.DAILY, time(8), topic="BRICS")
# Where it is the database that has to keep its word; else what is kept is the same in both.
of_both_kinds = pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])


class Clock:
    """A clock that is put forward by hand; it begins on a Monday, at 7:30 UTC."""

    def __init__(self):
        self.now = MONDAY

    def __call__(self):
        return self.now


class Network(ConsoleRequest):
    """The way to the played Bot API; it asks to wait, or is silent, where it is told to."""

    def __init__(self, api, *, floods=None, hangs=()):
        super().__init__(api)
        self._floods, self._hangs = floods or {}, hangs
        self.begun, self.answered = asyncio.Event(), asyncio.Event()
        self.tried = []
        self.under_way = self.most = 0

    async def do_request(self, url, method, request_data=None, *timeouts, **named):
        if (chat := request_data.parameters.get("chat_id")) is None:
            return await super().do_request(url, method, request_data, *timeouts, **named)
        self.tried.append(chat)
        if chat in self._floods:
            flood = too_many_requests(self._floods[chat])
            return flood.code, json.dumps(flood.fields).encode()
        if chat in self._hangs:
            self.begun.set()
            await asyncio.Event().wait()
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        answer = await super().do_request(url, method, request_data, *timeouts, **named)
        self.under_way -= 1
        self.answered.set()
        return answer


class Writer:
    """Writes a line as each briefing; cannot in the chats that it is told of."""

    def __init__(self, api, *, fails=(), network=None, base_url="https://api.telegram.org/bot"):
        request = network or Network(api)
        self._bot = FootnoteBot(
            api.token,
            base_url,
            request=request,
            get_updates_request=ConsoleRequest(api),
            rate_limiter=RateLimiter(Metrics()),
        )
        self._fails = fails

    async def __call__(self, chat, thread, schedule):
        if chat in self._fails:
            raise ValueError("broken")
        said = plain(f"Briefing: {schedule.topic or 'all'}")
        return partial(send, self._bot.outbox(None), Target(chat, thread), said)

    async def shutdown(self):
        """Close what is open to Telegram."""
        await self._bot.request.shutdown()


def scheduler_of(engine, worker, write, clock):
    """What a program that has just been started sends its briefings with."""
    return Scheduler(DueSlots(ScheduleStore(engine), clock), worker, write, clock)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def talk(converse, clock):
    return converse(clock=clock)


@pytest.fixture
def group(converse, clock):
    """A group that Ada made and that Ben administers; Eve is a member."""
    return converse(
        clock=clock, group=lambda api: api.group("Friends", [ADA, EVE], administrators=[BEN])
    )


@pytest.fixture
def database(tmp_path, url):
    """Opens the state that the conversations keep, as the next start of the program does."""
    opened = []

    def open_again():
        opened.append(open_database(tmp_path / "state", url))
        return opened[-1]

    yield open_again
    for engine in opened:
        engine.dispose()


@pytest.fixture
def restart(database):
    """Starts anew, and sends what is due: the bot's new messages, as chat and text."""

    def run(talk, write=None):
        worker = WorkerThread()
        write = write or Writer(talk.api)
        scheduler = scheduler_of(database(), worker, write, talk.api.clock)

        async def main():
            await scheduler.run_due()
            await write.shutdown()

        asyncio.run(main())
        worker.close()
        return [(message.chat.id, message.text) for message in talk.all()]

    return run


def test_a_schedule_is_confirmed_with_its_next_slot(talk):
    """And with how to stop it and how to change the time zone."""
    said = talk("/brief daily 08:00 BRICS").text
    assert said.splitlines() == [
        (
            "I’ll send a briefing on “BRICS” here every day at 08:00 (UTC). "
            "The next one: Monday, 4 May 2026, 08:00."
        ),
        (
            "/brief off stops it. No time zone is set, so it’s UTC; to change that, "
            "write for example /timezone Europe/Berlin."
        ),
    ]


def test_a_weekly_schedule_of_what_is_new_is_confirmed_as_such(talk):
    """In the chat's time zone, of the whole collection."""
    talk("/timezone berlin")
    said = talk("/brief weekly mon 8am only-new").text
    assert said.splitlines() == [
        (
            "I’ll send a briefing here every Monday at 08:00 (Europe/Berlin), unless nothing is "
            "new. The next one: Monday, 11 May 2026, 08:00."
        ),
        (
            "/brief off stops it. To change the time zone, write for example "
            "/timezone Europe/Berlin."
        ),
    ]


@pytest.mark.parametrize("words", ["new", "what's new?", "news only", "new stuff", "Neues"])
def test_a_schedule_of_what_is_new_is_set_in_the_words_that_ask_for_it(talk, words):
    """They are no topic."""
    assert talk(f"/brief daily 08:00 {words}").text.startswith(
        "I’ll send a briefing here every day at 08:00 (UTC), unless nothing is new."
    )


def test_a_schedule_on_everything_has_no_topic(talk):
    """Nor has one on the whole collection."""
    said = talk("/brief daily 08:00 all articles").text
    assert said.startswith("I’ll send a briefing here every day at 08:00 (UTC). ")


def test_what_is_new_on_a_topic_is_sent_once(converse, collection, clock):
    """Also where more is new that nobody has asked for yet."""
    fares = ("Fares", None, [("", "A ticket for the ferry costs three crowns."),
                             ("", "Children travel free of charge on Sundays.")])  # fmt: skip
    harbour = ("Harbour", None, [("", "The harbour has a lighthouse of red bricks.")])
    talk = converse(collection=collection(fares, harbour), clock=clock)
    talk("/brief")
    talk("/brief daily 08:00 ticket only-new")
    clock.now += HOUR / 2
    assert talk.due() is None
    dearer = ("Fares", None, [("", "A ticket for the ferry costs four crowns."), fares[2][1]])
    taller = ("Harbour", None, [("", "The harbour has a lighthouse of blue bricks.")])
    later = converse(collection=collection(dearer, taller), api=talk.api)
    clock.now += DAY
    assert "costs four crowns" in later.due().text
    clock.now += DAY
    assert later.due() is None
    assert "blue bricks" in later("/brief new").text


@of_both_kinds
def test_a_briefing_is_sent_at_its_time_and_every_day(talk, clock, restart):
    """Not before."""
    talk("/brief daily 08:00 BRICS")
    assert restart(talk) == []
    for _ in range(3):
        clock.now += HOUR / 2
        assert restart(talk) == [(talk.chat.id, "Briefing: BRICS")]
        clock.now += DAY - HOUR / 2


@of_both_kinds
def test_a_slot_is_sent_once_however_often_the_program_starts(talk, clock, restart):
    """Each time with the database opened anew."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    assert [len(restart(talk)) for _ in range(5)] == [1, 0, 0, 0, 0]


@of_both_kinds
def test_a_slot_is_sent_once_by_two_programs_at_once(talk, clock, database):
    """As when one takes over from the other."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2

    async def both():
        workers = [WorkerThread(), WorkerThread()]
        write = Writer(talk.api)
        runs = [scheduler_of(database(), w, write, clock).run_due() for w in workers]
        await asyncio.gather(*runs)
        for worker in workers:
            worker.close()

    asyncio.run(both())
    assert len(talk.all()) == 1


@of_both_kinds
def test_a_slot_that_was_begun_is_not_begun_again(talk, clock, database, restart):
    """The program was ended while it sent it; others that waited are sent after the start."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2

    async def ended_meanwhile():
        worker, network = WorkerThread(), Network(talk.api, hangs=[talk.chat.id])
        write = Writer(talk.api, network=network)
        scheduler = scheduler_of(database(), worker, write, clock)
        run = asyncio.create_task(scheduler.run_due())
        await network.begun.wait()
        await scheduler.finish(0)
        scheduler.cut_off()
        await run
        await scheduler.run_due()
        worker.close()

    asyncio.run(ended_meanwhile())
    assert restart(talk) == []
    clock.now += DAY
    assert len(restart(talk)) == 1


@of_both_kinds
def test_what_is_not_begun_at_the_end_is_sent_after_the_next_start(talk, clock, database, restart):
    """It is not claimed before."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2

    async def ended_before():
        worker = WorkerThread()
        scheduler = scheduler_of(database(), worker, Writer(talk.api), clock)
        await scheduler.finish(1)
        await scheduler.run_due()
        worker.close()

    asyncio.run(ended_before())
    assert len(restart(talk)) == 1


@pytest.mark.parametrize(
    ("late", "count"),
    [(2 * HOUR, 1), (2 * HOUR + 1, 0), (3 * DAY - 1, 0), (3 * DAY, 1), (3 * DAY + 2 * HOUR, 1),
     (3 * DAY + 2 * HOUR + 1, 0)],
)  # fmt: skip
def test_a_missed_slot_is_sent_late_but_not_too_late(talk, clock, restart, late, count):
    """Two hours at most, and of several only the last; then the next one is as usual."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2 + late
    assert len(restart(talk)) == count
    assert restart(talk) == []
    clock.now = MONDAY + HOUR / 2 + 4 * DAY
    assert len(restart(talk)) == 1


def test_one_that_fails_stops_no_other(talk, clock, restart, caplog):
    """It is logged, and has its next slot as usual."""
    talk("/brief daily 08:00 BRICS")
    ben = talk.api.private(BEN)
    talk.api.say(ben, BEN, "/brief daily 08:00")
    talk.all()
    clock.now += HOUR / 2
    failing = Writer(talk.api, fails=[talk.chat.id])
    assert restart(talk, failing) == [(ben.id, "Briefing: all")]
    errors = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert [record.getMessage() for record in errors] == [
        f"chat {talk.chat.id}: its briefing could not be sent"
    ]
    caplog.clear()
    clock.now += DAY
    assert len(restart(talk)) == 2


@pytest.fixture
def briefed_at_eight(talk, clock, database):
    """Lets so many people want a briefing at eight, which it is then: their chats' numbers."""

    def schedule(count):
        clock.now += HOUR / 2
        schedules = ScheduleStore(database())
        chats = [talk.api.private(Person(n, f"P{n}")) for n in range(1000, 1000 + count)]
        for chat in chats:
            chat.started = True
            schedules.set(Scheduled(chat.id, None, BRICS, chat.id, int(clock.now)))
        return [chat.id for chat in chats]

    return schedule


def test_many_chats_are_briefed_in_one_run(talk, briefed_at_eight, restart):
    """Each once, in their order, and few of them at once."""
    people, network = briefed_at_eight(60), Network(talk.api)
    sent = restart(talk, Writer(talk.api, network=network))
    assert sorted(sent) == [(chat, "Briefing: BRICS") for chat in people]
    assert network.most <= MOST_BRIEFINGS_AT_ONCE
    places = {chat: place for place, chat in enumerate(network.tried)}
    assert all(abs(places[chat] - n) < MOST_BRIEFINGS_AT_ONCE for n, chat in enumerate(people))


@of_both_kinds
def test_what_is_too_much_for_one_run_comes_in_the_next(
    talk, briefed_at_eight, restart, monkeypatch
):
    """The oldest first."""
    monkeypatch.setattr(slots, "MOST_DUE_AT_ONCE", 6)
    people = briefed_at_eight(10)
    runs = [sorted(chat for chat, _ in restart(talk)) for _ in range(3)]
    assert runs == [people[:6], people[6:], []]


def test_a_chat_that_must_wait_holds_up_no_other(talk, briefed_at_eight, clock, restart):
    """Its own briefing comes as soon as Telegram lets it, also after a start."""
    people = briefed_at_eight(60)
    network = Network(talk.api, floods={people[0]: 100})
    sent = restart(talk, Writer(talk.api, network=network))
    assert sorted(chat for chat, _ in sent) == people[1:]
    assert len(network.tried) == len(people)
    clock.now += 99
    assert restart(talk) == []
    clock.now += 1
    assert [chat for chat, _ in restart(talk)] == people[:1]


def test_where_several_must_wait_all_wait(talk, briefed_at_eight, clock, restart):
    """The refusals are meant for the whole bot; no more are tried, and all are sent later."""
    people = briefed_at_eight(60)
    network = Network(talk.api, floods=dict.fromkeys(people, 100))
    assert restart(talk, Writer(talk.api, network=network)) == []
    assert len(network.tried) <= MOST_BRIEFINGS_AT_ONCE
    clock.now += 101
    assert sorted(chat for chat, _ in restart(talk)) == people


@of_both_kinds
@pytest.mark.parametrize(
    ("waits", "count"), [((7200,), 1), ((7201,), 0), ((3000, 3000), 1), ((3600, 3601), 0)]
)
def test_a_flood_may_last_two_hours(talk, clock, restart, waits, count):
    """Counted from the slot; what would come later is left out, and the next day is as usual."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    for wait in waits:
        network = Network(talk.api, floods={talk.chat.id: wait})
        assert restart(talk, Writer(talk.api, network=network)) == []
        assert network.tried == [talk.chat.id]
        clock.now += wait
    assert len(restart(talk)) == count
    clock.now = MONDAY + HOUR / 2 + DAY
    assert len(restart(talk)) == 1


@of_both_kinds
def test_what_was_put_off_and_then_missed_is_left_out_after_two_hours(talk, clock, restart):
    """Also if the program was not running when it should have come."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    network = Network(talk.api, floods={talk.chat.id: HOUR})
    restart(talk, Writer(talk.api, network=network))
    clock.now += 2 * HOUR + 1
    assert restart(talk) == []


@of_both_kinds
@pytest.mark.parametrize(("words", "sent"), [("off", []), ("daily 09:00 the SCO", ["the SCO"])])
def test_what_was_changed_while_it_must_wait_stays_changed(talk, clock, restart, words, sent):
    """The old briefing does not come any more."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    network = Network(talk.api, floods={talk.chat.id: 60})
    restart(talk, Writer(talk.api, network=network))
    talk(f"/brief {words}")
    clock.now += HOUR
    assert [text for _, text in restart(talk)] == [f"Briefing: {topic}" for topic in sent]


@of_both_kinds
def test_what_was_changed_while_it_was_sent_is_not_put_off(database, clock):
    """The new one keeps its time."""
    schedules = ScheduleStore(database())
    clock.now += HOUR / 2
    schedules.set(Scheduled(1, None, BRICS, 7, int(clock.now)))
    found = DueSlots(schedules, clock)
    claimed = found.claim(*found.due())
    schedules.set(replace(claimed, schedule=replace(BRICS, topic="the SCO")))
    found.give_back(claimed, clock.now + 60)
    assert [s.next_at for s in schedules.of_chat(1)] == [int(clock.now) + DAY]


def test_what_made_no_connection_is_sent_later(talk, clock, restart):
    """It was certainly not sent."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    nobody = f"http://127.0.0.1:{free_port()}/bot"
    assert restart(talk, Writer(talk.api, network=HTTPXRequest(), base_url=nobody)) == []
    clock.now += 60
    assert restart(talk) == [(talk.chat.id, "Briefing: BRICS")]


@pytest.mark.parametrize("how", ["drop", 429, 500, 502])
def test_what_is_due_in_an_outage_is_sent_after_it(talk, clock, restart, how):
    """It is not sent into it, where it could get lost."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    with serve(talk.api) as server:
        server.fail_next(1, how)
        write = Writer(talk.api, network=HTTPXRequest(), base_url=f"{server.url}/bot")
        assert restart(talk, write) == []
    clock.now += 60
    assert restart(talk) == [(talk.chat.id, "Briefing: BRICS")]


@pytest.mark.parametrize(
    ("how", "count"), [("lose", 1), ("drop", 0), (500, 0), (502, 0), (504, 0)]
)
def test_what_may_have_been_sent_is_not_sent_again(talk, restart, caplog, how, count):
    """Whether it was or not: the connection was cut, or something on the way was too slow."""
    talk("/brief daily 08:00 BRICS")
    talk.api.clock.now += HOUR / 2
    with serve(talk.api) as server:
        server.fail_next(1, how, "sendMessage")
        write = Writer(talk.api, network=HTTPXRequest(), base_url=f"{server.url}/bot")
        assert len(restart(talk, write)) == count
    assert "its briefing may not have been sent, and is not sent again" in caplog.text
    caplog.clear()
    talk.api.clock.now += 60
    assert restart(talk) == []


def test_one_that_hangs_is_begun_once_and_holds_up_none_that_come_due_later(
    talk, group, clock, database
):
    """The next minute's run goes on beside it."""
    talk("/brief daily 08:00 BRICS")
    group("/brief daily 08:01 the SCO")
    clock.now += HOUR / 2

    async def main():
        worker, network = WorkerThread(), Network(talk.api, hangs=[talk.chat.id])
        scheduler = scheduler_of(database(), worker, Writer(talk.api, network=network), clock)
        runs = [asyncio.create_task(scheduler.run_due())]
        await network.begun.wait()
        clock.now += 60
        runs.append(asyncio.create_task(scheduler.run_due()))
        await network.answered.wait()
        await scheduler.finish(0)
        scheduler.cut_off()
        await asyncio.wait(runs)
        worker.close()
        return network.tried

    assert asyncio.run(main()) == [talk.chat.id, group.chat.id]


def allow(engine, *, changes):
    """Let the only connection to a database change something, or nothing."""
    setting = (
        "SET default_transaction_read_only =" if talks_postgres(engine) else "PRAGMA query_only ="
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"{setting} {'off' if changes else 'on'}")
        connection.commit()


def talks_postgres(engine):
    return engine.dialect.name == "postgresql"


@of_both_kinds
def test_what_cannot_be_given_back_for_now_is_later(talk, clock, database, caplog):
    """The storage refuses changes meanwhile; then nothing is lost."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    engine = database()

    class Full(Network):
        async def do_request(self, *args, **named):
            allow(engine, changes=False)
            return await super().do_request(*args, **named)

    async def main():
        worker, network = WorkerThread(), Full(talk.api, floods={talk.chat.id: 100})
        scheduler = scheduler_of(engine, worker, Writer(talk.api, network=network), clock)
        await scheduler.run_due()
        allow(engine, changes=True)
        await scheduler.run_due()
        worker.close()

    asyncio.run(main())
    assert re.search("read-?only", caplog.text)
    caplog.clear()
    assert [s.next_at for s in ScheduleStore(engine).of_chat(talk.chat.id)] == [
        int(clock.now) + 100
    ]


@of_both_kinds
def test_nothing_is_claimed_while_nothing_can_be_kept(talk, clock, database, restart, caplog):
    """It is sent once that is over."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2
    engine = database()
    allow(engine, changes=False)
    worker = WorkerThread()
    asyncio.run(scheduler_of(engine, worker, Writer(talk.api), clock).run_due())
    worker.close()
    caplog.clear()
    assert talk.all() == []
    assert len(restart(talk)) == 1


@of_both_kinds
def test_a_new_schedule_takes_the_place_of_the_old_one(talk, clock, restart):
    """And says so."""
    talk("/brief daily 08:00 BRICS")
    replaced = talk("/brief daily 09:00 the SCO").text
    assert "It replaces the one that was scheduled here before." in replaced
    clock.now += HOUR / 2
    assert restart(talk) == []
    clock.now += HOUR
    assert restart(talk) == [(talk.chat.id, "Briefing: the SCO")]


@of_both_kinds
def test_off_stops_it(talk, clock, restart):
    """A second time there is nothing to stop."""
    talk("/brief daily 08:00 BRICS")
    assert talk("/brief off").text == "Stopped. No briefing is scheduled here any more."
    assert talk("/brief OFF").text.startswith("No briefing is scheduled here.")
    clock.now += DAY
    assert restart(talk) == []


@pytest.mark.parametrize(
    "words",
    ["when", "when is the next one?", "schedule", "wann kommt das nächste", "Zeitplan", "когда"],
)
def test_who_asks_when_is_told_the_next_time(talk, words):
    """And where there is none, how to have one."""
    assert talk(f"/brief {words}").text.startswith("No briefing is scheduled here.")
    talk("/brief daily 08:00 BRICS")
    assert (
        "The next scheduled briefing: Monday, 4 May 2026, 08:00." in talk(f"/brief {words}").text
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [("daily 25:00 BRICS", "“25:00” is no time of day that I know: write for example “/brief"),
     ("daily 5 reasons", "If “5” is the time, write it as “5:00”, or with “am” or “pm”"),
     ("daily", "The time is missing"), ("weekly mon", "The time is missing"),
     ("weekly 08:00", "The day of the week is missing"),
     ("weekly mno 08:00", "“mno” isn’t a day of the week"),
     (f"daily 1{'x' * 3000}", "is no time of day")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(talk, words, said):
    """With how to write it; the schedule that was there stays."""
    talk("/brief daily 08:00 BRICS")
    answer = talk(f"/brief {words}").text
    assert said in answer
    assert len(answer) < 200
    assert talk("/brief off").text.startswith("Stopped")


def test_a_topic_is_no_schedule(talk):
    """Even if it begins like one."""
    talk("/brief daily life in Moscow")
    talk("/brief when the Soviet Union fell")
    assert talk("/brief off").text.startswith("No briefing is scheduled here.")


@pytest.mark.parametrize("person", [ADA, BEN])
def test_administrators_of_a_group_set_its_schedule(group, clock, restart, person):
    """Who made it is one as well."""
    assert "every day at 08:00" in group("/brief daily 08:00 BRICS", person).text
    clock.now += HOUR / 2
    assert restart(group) == [(group.chat.id, "Briefing: BRICS")]


def test_an_anonymous_administrator_sets_it_as_well(group):
    """Telegram is not asked then: who speaks in the name of the group may."""
    assert "every day at 08:00" in group.anonymously("/brief daily 08:00 BRICS").text
    assert "now Europe/Berlin" in group.anonymously("/timezone Berlin").text
    assert group.anonymously("/brief off").text.startswith("Stopped")
    assert "getChatMember" not in [call.method for call in group.api.calls]


@pytest.mark.parametrize("command", ["brief daily 09:00", "brief off", "brief daily 25:00",
                                     "timezone Europe/Berlin"])  # fmt: skip
def test_ordinary_members_do_not(group, command):
    """They get a polite line; so do those who speak in the name of a channel."""
    group("/brief daily 08:00 BRICS")
    channel = {"sender_chat": {"id": -100999, "type": "channel", "title": "News"}}
    for fields in ({}, channel):
        said = group(f"/{command}", EVE, **fields).text
        assert said.startswith("Sorry, only this group’s administrators can change")
    assert "UTC" in group("/timezone", EVE).text
    assert group("/brief off").text.startswith("Stopped")


@pytest.mark.parametrize(
    "refusal", [bad_request("member list is inaccessible"), forbidden("bot is not a member")]
)
def test_whom_telegram_does_not_tell_of_is_no_administrator(group, refusal):
    """And learns why."""
    group.api.refuse_next(refusal, "getChatMember")
    said = group("/brief daily 08:00 BRICS").text
    assert said.startswith("Telegram doesn’t tell me whether you’re an administrator here")
    assert group("/brief off").text.startswith("No briefing is scheduled here.")


@pytest.mark.parametrize("refusal", [too_many_requests(60), Refusal(500, "Internal Server Error")])
def test_where_telegram_cannot_tell_for_now_nobody_waits_for_it(group, refusal):
    """Nothing is changed, and it can be tried again."""
    group.api.refuse_next(refusal, "getChatMember")
    said = group("/brief daily 08:00 BRICS").text
    assert said.startswith("I can’t find out right now whether you’re an administrator here")
    assert said.endswith("Please try again in a minute.")
    assert "every day at 08:00" in group("/brief daily 08:00 BRICS").text


def test_what_is_forwarded_changes_nothing(group, talk):
    """In groups and in private; the line says so."""
    for conversation in (group, talk):
        conversation("/brief daily 08:00 BRICS")
        for command in ("brief off", "brief daily 09:00", "timezone Berlin"):
            said = conversation(f"/{command}", **FORWARDED).text
            assert said.startswith("I don’t take schedules or time zones from forwarded messages")
        assert "UTC" in conversation("/timezone").text
        assert conversation("/brief off").text.startswith("Stopped")


def test_what_is_edited_into_a_command_changes_nothing(group, talk):
    """Not even a line is said."""
    for conversation in (group, talk):
        conversation("/brief daily 08:00 BRICS")
        for command in ("brief off", "brief daily 09:00 the SCO", "timezone Berlin"):
            assert conversation.edit(f"/{command}") is None
        assert "UTC" in conversation("/timezone").text
        assert conversation("/brief off").text.startswith("Stopped")


@of_both_kinds
def test_each_topic_of_a_forum_has_a_schedule_of_its_own(converse, clock, restart):
    """And the general one, which has no thread."""
    talk = converse(clock=clock, group=lambda api: api.group("Forum", [ADA], forum=True))
    topic = talk.api.open_topic(talk.chat, "Politics")
    talk.all()
    inside = talk("/brief daily 08:00 BRICS", topic=topic)
    outside = talk("/brief daily 08:00 the SCO")
    assert "It replaces" not in inside.text + outside.text
    clock.now += HOUR / 2
    restart(talk)
    sent = {m["text"]: m.get("message_thread_id") for m in list(talk.chat.messages.values())[-2:]}
    assert sent == {"Briefing: BRICS": topic, "Briefing: the SCO": None}
    assert talk("/brief off", topic=topic).text.startswith("Stopped")
    clock.now += DAY
    assert restart(talk) == [(talk.chat.id, "Briefing: the SCO")]


def test_the_time_zone_of_a_chat_is_told(talk):
    """With the time there."""
    said = talk("/timezone").text
    assert said.startswith("This chat’s time zone is UTC. It is Monday, 4 May 2026, 07:30")
    assert "/timezone Europe/Berlin" in said


@of_both_kinds
def test_a_time_zone_moves_the_chat_s_schedules(converse, clock, restart):
    """In all its topics."""
    talk = converse(clock=clock, group=lambda api: api.group("Forum", [ADA], forum=True))
    topic = talk.api.open_topic(talk.chat, "Politics")
    talk.all()
    talk("/brief daily 08:00 BRICS", topic=topic)
    talk("/brief daily 10:00")
    said = talk("/timezone europe/berlin").text
    assert said.splitlines() == [
        "This chat’s time zone is now Europe/Berlin. It is Monday, 4 May 2026, 09:30 there.",
        "The next scheduled briefing: Monday, 4 May 2026, 10:00.",
    ]
    clock.now += HOUR / 2
    assert restart(talk) == [(talk.chat.id, "Briefing: all")]
    clock.now += 22 * HOUR
    assert restart(talk) == [(talk.chat.id, "Briefing: BRICS")]


def test_a_slot_follows_the_clocks_of_the_time_zone(talk, clock, restart):
    """Eight o'clock stays eight o'clock when they are put back."""
    clock.now = datetime(2026, 10, 24, 7, 0, tzinfo=UTC).timestamp()
    talk("/timezone Berlin")
    assert "Sunday, 25 October 2026, 08:00" in talk("/brief daily 08:00").text
    clock.now = datetime(2026, 10, 25, 6, 59, tzinfo=UTC).timestamp()
    assert restart(talk) == []
    clock.now += 60
    assert len(restart(talk)) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [("berlni", "I don’t know the time zone “berlni”. Did you mean Europe/Berlin?"),
     ("Istanbul", "Did you mean Asia/Istanbul or Europe/Istanbul?"),
     ("xyzzy", ("I don’t know the time zone “xyzzy”: write a city, "
                "such as /timezone Europe/Berlin")),
     ("x" * 4000, "I don’t know the time zone")],
)  # fmt: skip
def test_an_unknown_time_zone_gets_the_nearest_names(talk, words, said):
    """In one sentence, and nothing is changed."""
    answer = talk(f"/timezone {words}").text
    assert said in answer
    assert len(answer) < 200
    assert "UTC" in talk("/timezone").text


@of_both_kinds
def test_a_group_that_becomes_a_supergroup_keeps_its_schedule(converse, clock, restart):
    """And its time zone."""
    talk = converse(clock=clock, group=lambda api: api.group("Old", [ADA], supergroup=False))
    talk("/timezone Berlin")
    talk("/brief daily 10:00 BRICS")
    talk.chat = talk.api.migrate(talk.chat)
    talk.all()
    assert "Europe/Berlin" in talk("/timezone").text
    clock.now += HOUR / 2
    assert restart(talk) == [(talk.chat.id, "Briefing: BRICS")]


@of_both_kinds
def test_a_slot_between_two_ids_of_a_group_is_not_lost(converse, clock, restart):
    """The group has become a supergroup, and the bot has not heard of it yet."""
    talk = converse(clock=clock, group=lambda api: api.group("Old", [ADA], supergroup=False))
    talk("/brief daily 08:00 BRICS")
    new = talk.api.migrate(talk.chat)
    clock.now += HOUR / 2
    assert restart(talk) == [(new.id, "Briefing: BRICS")]
    assert restart(talk) == []
    clock.now += DAY
    assert restart(talk) == [(new.id, "Briefing: BRICS")]


@of_both_kinds
def test_who_removes_the_bot_removes_its_schedule(group, talk, database):
    """And the time zone; who blocks it in private as well."""
    for conversation in (group, talk):
        conversation("/timezone Berlin")
        conversation("/brief daily 08:00 BRICS")
    group.api.remove_bot(group.chat, BEN)
    talk.api.block(ADA)
    group.all()
    talk.all()
    schedules = ScheduleStore(database())
    for conversation in (group, talk):
        assert schedules.of_chat(conversation.chat.id) == []
        assert schedules.timezone(conversation.chat.id) is None


@of_both_kinds
def test_a_chat_that_is_gone_is_not_tried_again(group, clock, database, restart):
    """The bot was removed while it was off, and was not told."""
    group("/timezone Berlin")
    group("/brief daily 10:00 BRICS")
    group.chat.status = "kicked"
    clock.now += HOUR / 2
    assert restart(group) == []
    assert ScheduleStore(database()).of_chat(group.chat.id) == []
    assert ScheduleStore(database()).timezone(group.chat.id) is None


@of_both_kinds
def test_a_topic_that_is_gone_takes_no_other_schedule_with_it(converse, clock, database, restart):
    """It was deleted, of which no update tells."""
    talk = converse(clock=clock, group=lambda api: api.group("Forum", [ADA], forum=True))
    topic = talk.api.open_topic(talk.chat, "Politics")
    talk.all()
    talk("/brief daily 08:00 BRICS", topic=topic)
    talk("/brief daily 08:00")
    del talk.chat.topics[topic]
    clock.now += HOUR / 2
    assert restart(talk) == [(talk.chat.id, "Briefing: all")]
    assert [s.thread for s in ScheduleStore(database()).of_chat(talk.chat.id)] == [None]


def test_a_chat_that_is_closed_for_a_while_keeps_its_schedule(group, clock, restart):
    """The bot was muted."""
    group("/brief daily 08:00 BRICS")
    group.api.mute_bot(group.chat, BEN)
    clock.now += HOUR / 2
    assert restart(group) == []
    group.api.unmute_bot(group.chat, BEN)
    clock.now += DAY
    assert restart(group) == [(group.chat.id, "Briefing: BRICS")]


@of_both_kinds
def test_a_claim_counts_only_for_the_schedule_that_was_read(database):
    """Not if it was changed, moved or claimed meanwhile."""
    schedules = ScheduleStore(database())
    read = Scheduled(1, None, BRICS, 7, 100)
    schedules.set(read)
    assert schedules.get(1, None) == read
    assert schedules.due(99) == []
    assert schedules.due(100) == [read]
    schedules.set(Scheduled(1, None, Schedule(Cadence.DAILY, time(8)), 7, 100))
    assert not schedules.claim(read, 200)
    schedules.set(read)
    assert schedules.claim(read, 200)
    assert not schedules.claim(read, 200)
    schedules.move(1, 2)
    assert schedules.get(1, None) is None
    assert [s.next_at for s in schedules.of_chat(2)] == [200]


@of_both_kinds
def test_what_was_set_in_the_new_group_is_not_overwritten_by_the_old(database):
    """News of the move may come late."""
    schedules = ScheduleStore(database())
    schedules.set(Scheduled(1, None, BRICS, 7, 100))
    schedules.set(Scheduled(2, None, BRICS, 8, 200))
    schedules.set_timezone(1, "Europe/Berlin", lambda _: 300)
    schedules.move(1, 2)
    assert [(s.person, s.next_at) for s in schedules.of_chat(2)] == [(8, 200)]
    assert schedules.of_chat(1) == []
    assert schedules.timezone(2) == "Europe/Berlin"


def test_the_application_looks_for_what_is_due_at_each_full_minute(talk, clock, database):
    """On its job queue, once it runs."""
    talk("/brief daily 08:00 BRICS")
    clock.now += HOUR / 2

    application = talk.session._application
    (job,) = application.job_queue.jobs()
    assert job.job.trigger.start_date.timestamp() % 60 == 0
    assert job.job.trigger.interval.total_seconds() == 60
    talk.session._run(job.run(application))
    (briefing,) = talk.all()
    assert briefing.text.startswith("BRICS\n")
    assert "BRICS group (Brazil, Russia, India, China, and South Africa)" in briefing.text
