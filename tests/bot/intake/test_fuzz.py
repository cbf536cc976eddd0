"""Whatever comes as an update, as a setting or behind a link or button, nothing breaks."""

import asyncio
import copy
import json
import logging
import os
import string

import pytest
from conversations import ADA, BEN, EVE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.console.bot_api.api import BotApi
from bot.console.bot_api.transport import ConsoleRequest
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.application import TelegramEndpoint, build
from bot.handlers.dependencies import Collaborators, own_state
from bot.handlers.update_dispatcher import UpdateDispatcher
from bot.intake.inbox import Inbox
from bot.monitoring.metrics import Metrics
from bot.rendering.telegram.callback_data import parse_press
from bot.rendering.telegram.deep_links import read_passage
from bot.settings.settings import PREFIX, Settings, SettingsError, load_settings
from bot.storage.database.engine import open_database
from bot.storage.receipts import Receipts
from bot.storage.update_store import UpdateStore
from bot.storage.worker_thread import WorkerThread

ASK = "What is BRICS?"
SETTINGS = [name for name in Settings.__dataclass_fields__ if name != "data"]

junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.sampled_from([0, -1, 1, 2**31, 2**40, 2**52, 2**63, 253_402_300_799]),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(["/ask", "/brief daily 08:00", "/start c_", "x" * 5000, "\ud800", "private"]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.sampled_from(["id", "type", "text", "from", "chat"]), st.integers()),
)


def real_updates():
    """One of each kind that Telegram makes."""
    api = BotApi()
    private, group = api.private(ADA), api.group("Friends", [ADA, BEN, EVE], forum=True)
    topic = api.open_topic(group, "Politics")
    said = api.say(private, ADA, ASK)
    api.say(private, ADA, "and why?", reply_to=said["message_id"], quote="BRICS")
    api.edit(private, said["message_id"], "What is the SCO?")
    for text in (
        "/ask What is BRICS?",
        "/brief daily 08:00",
        "/brief BRICS",
        "/forget",
        "/source",
    ):
        api.say(group, BEN, text, topic=topic)
    api.say(group, BEN, "/timezone Berlin", sender_chat=group.fields)
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}
    api.say(group, EVE, **photo, caption="/ask What is BRICS?")
    api.say(private, ADA, **photo, media_group_id="1")
    for data in ("n", "s:0", "r:AAAAAAAAAAA:1", "t:AAAAAAA:1", "p:AAAAAAA:1:0"):
        api.press(private, ADA, said["message_id"], data)
    api.press(group, BEN, 999, "m:AAAAAAAAAAA:1:3")
    api.inline(ADA, "BRICS")
    api.inline(ADA, "brief BRICS")
    api.tap_link(ADA, "https://t.me/footnote_bot?start=c_AAAA")
    api.promote_bot(group, ADA)
    api.remove_bot(group, ADA)
    return json.loads(json.dumps(api.take_updates()))


REAL = real_updates()


def places(node, path=()):
    """The paths to all that is in it."""
    if path:
        yield path
    inside = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in inside if isinstance(node, dict | list) else ():
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))
        else:
            yield (*path, key)


@st.composite
def mutated(draw):
    """A real update in which some things are missing, wrong or unknown."""
    update = copy.deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 4))):
        paths = list(places(update))
        if not paths:
            break
        *above, last = draw(st.sampled_from(paths))
        node = update
        for key in above:
            node = node[key]
        match draw(st.sampled_from(["remove", "replace", "add"])):
            case "remove":
                del node[last]
            case "replace":
                node[last] = draw(junk)
            case "add" if isinstance(node, dict):
                name = st.sampled_from(["unknown", "quote", "via_bot", "sender_chat", "edit_date"])
                node[draw(name)] = draw(junk)
    return update


@pytest.fixture
def taken(shipped_pipeline, tmp_path):
    """Takes updates in as the program does, then a question; the texts of the answers to that."""
    api, worker = BotApi(), WorkerThread()
    request = ConsoleRequest(api)
    database = open_database(tmp_path)
    reached = TelegramEndpoint(api.token, request, request)
    state = own_state(database)
    given = Collaborators(shipped_pipeline, worker, database, AccessRules(), state, api.clock)
    application, _ = build(reached, given)
    failures, kept = UpdateDispatcher(application, lambda: None), UpdateStore(database)
    receipts = Receipts(tmp_path)
    runner = asyncio.Runner()
    runner.run(application.initialize())
    numbers = iter(range(10**6, 10**9))

    async def take(updates):
        heard = failures.has_handler, failures.handle
        inbox = Inbox(application.bot, kept, receipts, worker, *heard, Metrics())
        assert await inbox.take(updates)
        assert await inbox.finish(20) == 0

    def run(*garbage):
        runner.run(take([number(fields) for fields in garbage]))
        chat = api.private(BEN)
        before = set(chat.messages)
        api.say(chat, BEN, ASK)
        runner.run(take([number(fields) for fields in api.take_updates()]))
        new = [chat.messages[n] for n in set(chat.messages) - before]
        return [m["text"] for m in new if m["from"]["id"] == api.me["id"]]

    def number(fields):
        """Each has another number, or else it would be taken for one that came twice."""
        usual = isinstance(fields, dict) and isinstance(fields.get("update_id"), int)
        return {**fields, "update_id": next(numbers)} if usual else fields

    yield run
    runner.run(application.shutdown())
    runner.close()
    worker.close()
    receipts.close()
    database.dispose()


QUIET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(garbage=st.lists(mutated(), min_size=1, max_size=3))
def test_updates_made_of_garbage_are_passed_over(taken, caplog, garbage):
    """The next ordinary question is answered."""
    caplog.clear()
    assert [text.splitlines()[0] for text in taken(*garbage)] == [
        "The articles describe it like this:"
    ]
    errors = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert errors == []


@QUIET
@given(garbage=st.recursive(junk, lambda inner: st.dictionaries(st.text(max_size=9), inner)))
def test_what_is_no_update_at_all_is_passed_over(taken, garbage):
    """Not even an object."""
    assert len(taken(garbage)) == 1


@pytest.mark.parametrize(
    "text", ["x " * 500_000, "/ask " + "x" * 1_000_000, "?, " * 333_333, "\ud800" * 1_000_000]
)
def test_a_megabyte_of_text_is_passed_over(taken, caplog, text):
    """Telegram sends no such message; neither does the log repeat it."""
    updates = copy.deepcopy([u for u in REAL if {"message", "edited_message"} & set(u)])
    for update in updates:
        message = update.get("message") or update["edited_message"]
        message["text"] = text
    assert len(taken(*updates)) == 1
    assert 0 < len(caplog.text) < 1000 * len(updates)


@pytest.mark.parametrize("date", [0, 1, 4_000_000_000, 253_402_300_799])
def test_dates_far_away_are_no_matter(taken, date):
    """Neither in the past nor in the future."""
    updates = copy.deepcopy([u for u in REAL if "message" in u])
    for update in updates:
        update["message"]["date"] = date
    assert len(taken(*updates)) == 1


@settings(max_examples=150)
@given(data=st.text(max_size=64) | st.text("rmgpszdnt:0123456789AZ_-", max_size=64))
def test_callback_data_is_read_or_refused(data):
    """What is read says itself again."""
    press = parse_press(data)
    assert press is None or parse_press(str(press)) == press


@QUIET
@given(data=st.text("rmgpszdnt:0123456789AZ_-", min_size=1, max_size=64))
def test_every_press_is_answered(talk, data):
    """Whatever its button carries."""
    said = talk.api.say(talk.chat, ADA, "/help")
    before = len(talk.api.answered_callbacks)
    talk.api.press(talk.chat, ADA, said["message_id"], data)
    talk.all()
    assert len(talk.api.answered_callbacks) == before + 1


@QUIET
@given(
    parameter=st.text(string.ascii_letters + string.digits + "_-", max_size=64)
    | st.from_regex(
        r"c_[A-Za-z0-9_-]{24}([A-Za-z0-9_-]{8}){0,4}[A-Za-z0-9_-]{0,6}", fullmatch=True
    )
)
def test_every_start_parameter_is_answered(talk, parameter):
    """Those of footnotes that lead nowhere, too."""
    assert talk.tap(f"https://t.me/footnote_bot?start={parameter}").text
    assert read_passage(parameter) is None or len(parameter) >= 26


values = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(SETTINGS), value=values | st.integers(-(2**70), 2**70).map(str))
def test_a_setting_is_taken_or_refused_in_one_sentence(monkeypatch, tmp_path, name, value):
    """Which names it and says what to do."""
    for known in [known for known in os.environ if known.startswith(PREFIX)]:
        monkeypatch.delenv(known)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(PREFIX + name.upper(), value)
    problem = None
    try:
        load_settings()
    except SettingsError as error:
        problem = str(error)
    if problem is not None:
        assert problem.startswith(PREFIX + name.upper())
        assert "\n" not in problem
        assert "; " in problem
