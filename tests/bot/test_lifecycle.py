"""`footnote telegram` against a Bot API server over loopback HTTP."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from bot_process import ROOT, TOKEN, answers, ended, nobody_listening, running, serving, until
from http_proxy import serve_proxy

from bot.composing.wording import catalogue_languages
from bot.console.world.chats import Person
from bot.console.world.refusals import conflict, too_many_requests, unauthorized
from bot.intake.inbox import MOST_CRASHES

ADA = Person(1, "Ada")
LANGUAGES = len(catalogue_languages())


def test_it_answers_until_it_is_told_to_stop(tmp_path, api):
    """Menu and descriptions are set; SIGTERM ends it within seconds, with status 0."""
    with serving(tmp_path, api) as (server, process):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        answer = until(lambda: answers(server, chat))[0]
        assert "BRICS" in answer["text"]
        each = {"setMyCommands": 3, "setMyDescription": 1, "setMyShortDescription": 1}
        done = {name: count * LANGUAGES for name, count in each.items()}
        calls = lambda: [call.method for call in server.api.calls]  # noqa: E731
        until(lambda: all(calls().count(name) == count for name, count in done.items()))
        scopes = [c.parameters["scope"] for c in server.api.calls if c.method == "setMyCommands"]
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    kinds = {"all_private_chats", "all_group_chats", "all_chat_administrators"}
    assert {scope["type"] for scope in scopes} == kinds
    assert status == 0
    assert "@footnote_bot answers from 2 articles" in out


def test_what_is_set_already_is_not_set_again(tmp_path, api):
    """Telegram counts such calls."""
    for run in (1, 2):
        with serving(tmp_path, api) as (server, process):
            calls = lambda: [call.method for call in server.api.calls]  # noqa: E731
            until(lambda: calls().count("getMyShortDescription") == run * LANGUAGES)  # noqa: B023
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            ended(process)
    assert [call.method for call in api.calls].count("setMyCommands") == 3 * LANGUAGES


STOPS = [signal.SIGINT]
if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under `nohup`
    STOPS.append(signal.SIGHUP)


@pytest.mark.parametrize("how", STOPS)
def test_what_has_begun_is_finished(tmp_path, api, how):
    """All that was fetched before the signal is answered, and nothing is answered twice."""
    people = [Person(n, "Ada") for n in range(1, 26)]
    with serving(tmp_path, api) as (server, process):
        chats = [server.api.private(person) for person in people]
        for chat, person in zip(chats, people, strict=True):
            server.api.say(chat, person, "What is BRICS?")
        until(lambda: any(answers(server, chat) for chat in chats))
        process.send_signal(how)
        assert ended(process)[0] == 0
    with serving(tmp_path, api) as (server, process):
        until(lambda: all(answers(server, chat) for chat in chats))
        time.sleep(0.3)
        assert [len(answers(server, chat)) for chat in chats] == [1] * len(people)


def test_fifty_people_at_once_are_all_answered(tmp_path, api):
    """Each in their own chat, in order."""
    people = [Person(n, "Ada") for n in range(1, 51)]
    with serving(tmp_path, api) as (server, _):
        chats = [server.api.private(person) for person in people]
        for question in ("What is BRICS?", "What is the SCO?"):
            for chat, person in zip(chats, people, strict=True):
                server.api.say(chat, person, question)
        until(lambda: all(len(answers(server, chat)) == 2 for chat in chats), 30)
        for chat in chats:
            first, second = answers(server, chat)
            assert first["reply_to_message"]["text"] == "What is BRICS?"
            assert second["reply_to_message"]["text"] == "What is the SCO?"


def test_the_help_names_the_setting_and_not_the_token(tmp_path):
    """Whatever is set."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "FOOTNOTE_TELEGRAM_TOKEN": TOKEN},
    )
    assert "FOOTNOTE_TELEGRAM_TOKEN" in done.stdout
    assert TOKEN.partition(":")[2] not in done.stdout + done.stderr


def test_without_a_token_it_says_where_to_get_one(tmp_path):
    """In one sentence."""
    with running(tmp_path) as process:
        status, out = ended(process)
    assert status == 2
    assert out.count("\n") == 1
    assert "FOOTNOTE_TELEGRAM_TOKEN is not set; get a token from @BotFather" in out


@pytest.mark.parametrize("token", ["nonsense", "123456789", ":x", "12 3:abc"])
def test_what_is_no_token_is_not_even_tried(tmp_path, token):
    """And not repeated either."""
    with running(tmp_path, TELEGRAM_TOKEN=token) as process:
        status, out = ended(process)
    assert status == 2
    assert "this is no bot token" in out
    assert token not in out


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://x", "http://", "http://a:b@c", "http://x:99999"]
)
def test_what_is_no_address_is_told_so(tmp_path, url):
    """With an example of one."""
    with running(tmp_path, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=url) as process:
        status, out = ended(process)
    assert status == 2
    assert "FOOTNOTE_TELEGRAM_API_URL: this is no address" in out


def test_a_token_that_telegram_refuses_is_told_so(tmp_path, api):
    """Without showing it."""
    with serving(tmp_path, api, TELEGRAM_TOKEN="987654321:BBB") as (_, process):  # noqa: S106
        status, out = ended(process)
    assert status == 2
    assert "does not accept FOOTNOTE_TELEGRAM_TOKEN; copy the token again from @BotFather" in out
    assert "987654321:BBB" not in out


def test_a_second_instance_is_told_so(tmp_path, api):
    """After some tries, for the other may just be ending."""
    api.refuse_next(conflict("terminated by other getUpdates request"), "getUpdates", 1000)
    with serving(tmp_path, api) as (_, process):
        status, out = ended(process, 40)
    assert status == 2
    assert "another program is fetching the updates of this bot; stop it" in out


def test_a_short_conflict_passes(tmp_path, api):
    """As when one instance takes over from another."""
    api.refuse_next(conflict("terminated by other getUpdates request"), "getUpdates", 1)
    with serving(tmp_path, api) as (server, process):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        assert "BRICS" in answers(server, chat)[0]["text"]
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    assert status == 0
    assert out.count("another program takes the updates of this bot") == 1


def test_a_network_that_comes_back_is_used_again(tmp_path, api):
    """At the start and later; each time it is told once."""
    with (
        nobody_listening() as url,
        running(tmp_path, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=url) as process,
    ):
        until(lambda: "cannot be reached" in process.said)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    assert status == 0
    assert out.count("cannot be reached") == 1
    with serving(tmp_path, api) as (server, process):
        server.fail_next(3, "drop")
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        server.fail_next(2, 502, "getUpdates")
        server.api.say(chat, ADA, "What is the SCO?")
        until(lambda: len(answers(server, chat)) == 2)
        process.send_signal(signal.SIGTERM)
        assert "can be reached again" in ended(process)[1]


def polls(server):
    return [call for call in server.api.calls if call.method == "getUpdates"]


def test_a_flood_is_waited_out(tmp_path, api):
    """As long as Telegram asks; other chats are answered meanwhile."""
    ben = Person(2, "Ben")
    with serving(tmp_path, api) as (server, _):
        until(lambda: polls(server))
        server.api.refuse_next(too_many_requests(3), "sendMessage", 1)
        chats = [server.api.private(person) for person in (ADA, ben)]
        server.api.say(chats[0], ADA, "What is BRICS?")
        until(lambda: [c for c in server.api.calls if c.method == "sendMessage"])
        server.api.say(chats[1], ben, "What is BRICS?")
        until(lambda: answers(server, chats[1]))
        assert not answers(server, chats[0])
        until(lambda: answers(server, chats[0]))


def test_a_press_is_answered_though_what_it_asks_for_must_wait(tmp_path, api):
    """Telegram shows a clock on the button until then."""
    with serving(tmp_path, api) as (server, _):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "Why does Russia need China?")
        answer = until(lambda: answers(server, chat))[0]
        server.api.refuse_next(too_many_requests(4), "editMessageText", 1)
        server.api.press(chat, ADA, answer["message_id"], (1, 0))
        until(lambda: server.api.answered_callbacks)
        assert "edit_date" not in answers(server, chat)[0]
        until(lambda: "edit_date" in answers(server, chat)[0])


def test_a_group_does_not_wait_until_telegram_tells_who_is_an_administrator(tmp_path, api):
    """Whoever wanted a schedule is told to try again, and the next question is answered."""
    with serving(tmp_path, api) as (server, _):
        server.fail_next(10_000, 500, "getChatMember")
        group = server.api.group("Friends", [ADA])
        server.api.say(group, ADA, "/brief daily 08:00")
        server.api.say(group, ADA, "/ask What is BRICS?")
        line, answer = until(lambda: answers(server, group)[1:] and answers(server, group))
    assert "Please try again in a minute" in line["text"]
    assert "BRICS" in answer["text"]


@pytest.mark.parametrize("how", [502, "html", "drop"])
def test_what_a_failing_server_did_not_take_is_sent_again(tmp_path, api, how):
    """Once it is back, and once."""
    with serving(tmp_path, api) as (server, _):
        server.fail_next(1, how, "sendMessage")
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        server.fail_next(2, how, "editMessageText")
        said = next(iter(chat.messages))
        server.api.edit(chat, said, "What is the SCO?")
        until(lambda: "SCO" in answers(server, chat)[0]["text"])
        assert len(answers(server, chat)) == 1


def test_a_killed_process_loses_no_question(tmp_path, api):
    """What was fetched is answered after the start; a kill repeats one in each chat at most."""
    people = [Person(n, "Ada") for n in range(1, 81)]
    kills = 3
    chats = [api.private(person) for person in people]
    for chat, person in zip(chats, people, strict=True):
        api.say(chat, person, "What is BRICS?")
    for _ in range(kills):
        with serving(tmp_path, api) as (server, process):
            known = sum(len(answers(server, chat)) for chat in chats)
            until(lambda: sum(len(answers(server, chat)) for chat in chats) > known)  # noqa: B023
            process.kill()
            process.wait()
    with serving(tmp_path, api) as (server, _):
        until(lambda: all(answers(server, chat) for chat in chats))
        counts = [len(answers(server, chat)) for chat in chats]
        assert min(counts) == 1
        assert max(counts) <= 1 + kills


@pytest.mark.parametrize("fates", [["mute"], ["hang"], ["hang", "mute"]])
def test_what_is_on_its_way_at_a_kill_comes_twice_at_most(tmp_path, api, fates):
    """Once if it did not arrive; and never is it lost, also at the next kill."""
    people = [Person(n, "Ada") for n in range(1, 31)]
    chats = [api.private(person) for person in people[:25]]
    chats += [api.group(f"Friends of {person.id}", [person]) for person in people[25:]]
    for chat, person in zip(chats, people, strict=True):
        api.say(chat, person, "/ask What is BRICS?")
    for fate in fates:
        with serving(tmp_path, api) as (server, process):
            server.fail_next(len(chats), fate, "sendMessage")
            until(lambda: not server.to_fail)
            process.kill()
            process.wait()
    with serving(tmp_path, api) as (server, process):
        until(lambda: len(handled(process)) == len(chats), 40)
        arrived = 1 + fates.count("mute")
        assert [len(answers(server, chat)) for chat in chats] == [arrived] * len(chats)


def test_of_two_topics_of_one_forum_each_gets_its_answer(tmp_path, api):
    """One is on its way at the kill and comes twice; the other waits for it."""
    forum = api.group("Forum", [ADA], forum=True)
    topics = [api.open_topic(forum, name) for name in ("One", "Two")]
    asked = [api.say(forum, ADA, "/ask What is BRICS?", topic=t)["message_id"] for t in topics]
    with serving(tmp_path, api) as (server, process):
        server.fail_next(1, "mute", "sendMessage")
        until(lambda: not server.to_fail)
        process.kill()
        process.wait()
    with serving(tmp_path, api) as (server, process):
        until(lambda: len(handled(process)) == len(topics))
        replied = [answer["reply_to_message"]["message_id"] for answer in answers(server, forum)]
        assert len(replied) == 3
        assert set(replied) == set(asked)


def test_who_is_forgotten_is_in_the_receipts_no_more(tmp_path, api):
    """Neither for the answers before, nor for the reply."""
    with serving(tmp_path, api) as (server, process):
        chat = server.api.private(ADA)
        for count, text in enumerate(["What is BRICS?", "What is the SCO?", "/forget"], 1):
            server.api.say(chat, ADA, text)
            until(lambda: len(handled(process)) == count)  # noqa: B023
        receipts = tmp_path / "d" / "receipts"
        until(lambda: '"message"' not in receipts.read_text())
    assert '"message"' not in receipts.read_text()


def test_a_question_is_not_to_blame_for_kills_while_telegram_is_out_of_reach(tmp_path, api):
    """However often that happens; it is answered in the end."""
    chat = api.private(ADA)
    api.say(chat, ADA, "What is BRICS?")
    for _ in range(MOST_CRASHES + 2):
        with serving(tmp_path, api) as (server, process):
            server.fail_next(1000, 502, "sendMessage")
            until(lambda: server.to_fail < 999)
            process.kill()
            process.wait()
    with serving(tmp_path, api) as (server, _):
        until(lambda: answers(server, chat))


def test_what_was_sent_before_a_kill_is_not_sent_again(tmp_path, api):
    """Though nothing else was kept: the same message then shows what is kept, and can be asked on.

    The database is held by somebody else when the process is killed.
    """
    with serving(tmp_path, api) as (server, process):
        until(lambda: polls(server))
        chat = server.api.private(ADA)
        with closing(sqlite3.connect(tmp_path / "d" / "footnote.sqlite3")) as other:
            server.api.say(chat, ADA, "What is BRICS?")
            held = until(lambda: _held_while_sending(other, server, chat))
            until(lambda: (tmp_path / "d" / "receipts").read_text().count("replied") > 0)
            process.kill()
            process.wait()
            other.execute("ROLLBACK")
    assert held
    with serving(tmp_path, api) as (server, process):
        answer = until(lambda: [m for m in answers(server, chat) if "edit_date" in m])[0]
        server.api.press(chat, ADA, answer["message_id"], (0, 0))
        until(lambda: len(answers(server, chat)) == 2)  # the passage
        time.sleep(0.3)
        assert len(answers(server, chat)) == 2


def _held_while_sending(other, server, chat):
    """Hold the database as soon as the question is in it; whether it is answered since."""
    if not other.in_transaction:
        if other.execute("SELECT count(*) FROM updates").fetchone()[0]:
            other.execute("BEGIN IMMEDIATE")
        return False
    return answers(server, chat)


def test_a_press_that_failed_is_not_repeated_once_that_was_said(tmp_path, api):
    """Whoever pressed was told, and does not get the document in an hour."""
    with serving(tmp_path, api) as (server, process):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "/brief sanctions")
        briefing = until(lambda: answers(server, chat))[0]
        server.api.refuse_next(too_many_requests(3600), "sendDocument", 1)
        row = next(n for n, row in enumerate(rows(briefing)) if "document" in row[0]["text"])
        server.api.press(chat, ADA, briefing["message_id"], (row, 0))
        said = until(lambda: server.api.answered_callbacks)
        assert "went wrong" in next(iter(said.values()))["text"]
        until(lambda: handled(process) == ["message", "callback_query"])
        assert len(answers(server, chat)) == 1


def rows(message):
    return message["reply_markup"]["inline_keyboard"]


def handled(process):
    """Of which kind the updates were that are done with."""
    return [line["kind"] for line in process.lines if line["message"] == "handled"]


def test_what_is_not_addressed_to_the_bot_is_never_on_disk(tmp_path, api):
    """Nor what is typed inline; and what was answered only as an answer."""
    group = api.group("Friends", [ADA])
    with serving(tmp_path, api) as (server, process):
        chat = server.api.private(ADA)
        server.api.say(group, ADA, "Zanzibar, nobody asked the bot")
        server.api.edit(group, next(reversed(group.messages)), "Zanzibar again")
        server.api.inline(ADA, "Zanzibar inline")
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        until(lambda: server.api.inline_answers)
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    kept = b"".join(path.read_bytes() for path in (tmp_path / "d").glob("footnote.sqlite3*"))
    assert b"What is BRICS?" in kept
    assert b"Zanzibar" not in kept


def test_what_cannot_be_kept_is_answered_once_all_the_same(tmp_path, api):
    """The disk may be full, or the file locked; it is confirmed once it is handled."""
    with serving(tmp_path, api) as (server, process):
        until(lambda: polls(server))
        file = tmp_path / "d" / "footnote.sqlite3"
        with closing(sqlite3.connect(file)) as other:
            other.execute("ALTER TABLE updates RENAME TO elsewhere")
            other.commit()
            chat = server.api.private(ADA)
            server.api.say(chat, ADA, "What is BRICS?")
            until(lambda: answers(server, chat))
            other.execute("ALTER TABLE elsewhere RENAME TO updates")
            other.commit()
        server.api.say(chat, ADA, "What is the SCO?")
        until(lambda: len(answers(server, chat)) == 2)
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    assert status == 0
    assert out.count("nothing is kept") == out.count("is kept again") == 1
    assert len(answers(server, chat)) == 2


def test_an_update_made_of_garbage_is_passed_over(tmp_path, api):
    """And those behind it are answered."""
    garbage = [
        ("message", {}),
        ("message", None),
        ("message", {"message_id": "x", "date": "y", "chat": 7}),
        ("callback_query", {"id": 1}),
        ("inline_query", []),
        ("edited_message", {"message_id": 1, "date": -1, "chat": {"id": 1, "type": "private"}}),
        ("my_chat_member", {"chat": {"id": 1, "type": "group"}}),
        ("message", {"message_id": 1, "date": 0, "chat": {"id": {}, "type": "private"}}),
        ("message", {"message_id": 1, "date": 0, "chat": {"id": [1], "type": "private"}}),
        ("message", {"message_id": 1, "date": 0, "chat": {"id": 2**70, "type": "private"},
                     "text": "a", "from": {"id": 2**70, "is_bot": False, "first_name": "x"}}),
        ("message", {"message_id": 1, "date": 2**60, "chat": {"id": 1, "type": "private"}}),
    ]  # fmt: skip
    with serving(tmp_path, api) as (server, process):
        for kind, fields in garbage:
            with server.lock:
                api.updates.add(kind, fields)
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        assert process.poll() is None


def test_the_token_appears_nowhere_at_debug(tmp_path, api):
    """Not in a log line, a traceback or an error, though httpx logs each URL with it."""
    with serving(tmp_path, api, LOG_LEVEL="DEBUG") as (server, process):
        server.fail_next(2, "drop")
        server.fail_next(1, 500, "sendMessage")
        server.fail_next(1, 502, "getUpdates")
        chat = server.api.private(ADA)
        for question in ("What is BRICS?", "What is the SCO?", "Why does Russia need China?"):
            server.api.say(chat, ADA, question)
        until(lambda: answers(server, chat))
        server.api.refuse_next(unauthorized(), "getUpdates", 1)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: "refuses FOOTNOTE_TELEGRAM_TOKEN" in process.said)
        process.send_signal(signal.SIGTERM)
        out = ended(process)[1]
    api.refuse_next(unauthorized(), "getMe", 1)
    with (
        serve_proxy() as proxy,  # so that httpx has the calls
        serving(tmp_path, api, LOG_LEVEL="DEBUG", PROXY=proxy.url) as (_, process),
    ):
        status, last = ended(process)
    assert status == 2
    assert "sendMessage: 200 OK" in out
    assert "httpx" in last
    out += last
    assert '"level": "debug"' in out
    for part in (TOKEN, TOKEN.partition(":")[2], TOKEN.replace(":", "%3A")):
        assert part not in out
