"""Updates are delivered to `footnote telegram` by whoever plays Telegram, over loopback HTTP."""

import json
import signal
import socket
import sqlite3
from contextlib import ExitStack, closing
from threading import Thread

import pytest
from bot_process import LOOPBACK, TOKEN, answers, ended, running, serving, until

from bot.console.world.chats import Person
from bot.console.world.refusals import bad_request, too_many_requests
from bot.intake.update_schema import ASKED_FOR

URL = "https://bot.example.org/footnote"
SECRET = "This-is_the-right-1"  # noqa: S105  # nobody's
HEADER = "X-Telegram-Bot-Api-Secret-Token"
ADA, BEN = Person(1, "Ada"), Person(2, "Ben")


@pytest.fixture
def open_webhook(tmp_path, api, port):
    """Starts the program with a webhook at that port."""

    def open_it(**settings):
        listen = {"WEBHOOK_URL": URL, "LISTEN": f"127.0.0.1:{port}"}
        return serving(tmp_path, api, **listen, **settings)

    return open_it


def is_set(server):
    return any(call.method == "setWebhook" for call in server.api.calls)


def post(port, body, secret, path="/footnote"):
    headers = {} if secret is None else {HEADER: secret}
    return LOOPBACK.post(
        f"http://127.0.0.1:{port}{path}", content=body, headers=headers, timeout=20
    )


def waiting(server):
    with server.lock:
        return list(server.api.updates.get(0, 100))


def deliver(server, port):
    """Post what waits, each until it is confirmed, as Telegram does; returns what it was."""
    updates = waiting(server)
    for update in updates:
        body = json.dumps(update)
        secret = server.api.webhook_secret
        until(lambda: post(port, body, secret).status_code == 200)  # noqa: B023
        with server.lock:
            server.api.updates.get(update["update_id"] + 1, 100)
    return updates


def test_what_is_posted_is_answered(open_webhook, port):
    """Telegram is told the address and looks after it; SIGTERM ends it with status 0."""
    with open_webhook() as (server, process):
        until(lambda: is_set(server))
        told = next(c.parameters for c in server.api.calls if c.method == "setWebhook")
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        deliver(server, port)
        assert "BRICS" in until(lambda: answers(server, chat))[0]["text"]
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    assert status == 0
    assert told["url"] == URL
    assert told["allowed_updates"] == ASKED_FOR
    assert len(told["secret_token"]) >= 32
    assert told["secret_token"] not in out
    assert "getUpdates" not in {call.method for call in server.api.calls}
    assert out.count("Traceback") == 0


def test_the_secret_is_another_each_time_unless_it_is_set(open_webhook, api):
    """Nobody who knew an old one has any use for it."""
    seen = []
    for settings in ({}, {}, {"WEBHOOK_SECRET": SECRET}):
        with open_webhook(**settings) as (server, process):
            until(lambda: is_set(server))
            seen.append(server.api.webhook_secret)
            process.send_signal(signal.SIGTERM)
            ended(process)
        api.calls.clear()
    assert len(set(seen)) == 3
    assert seen[2] == SECRET


def test_who_does_not_know_the_secret_is_refused(open_webhook, port):
    """Without a trace of the right one, and before anything is read."""
    with open_webhook(WEBHOOK_SECRET=SECRET, LOG_LEVEL="DEBUG") as (server, process):
        until(lambda: is_set(server))
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        for secret in [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()]:
            refused = post(port, json.dumps(waiting(server)[0]), secret)
            assert refused.status_code == 401, secret
            assert SECRET not in f"{refused.headers}{refused.text}"
        deliver(server, port)
        until(lambda: answers(server, chat))
        process.send_signal(signal.SIGTERM)
        assert SECRET not in ended(process)[1]
    assert len(answers(server, chat)) == 1


def test_a_secret_of_foreign_letters_is_refused(open_webhook, port):
    """Such cannot be compared as text."""
    with open_webhook() as (server, _):
        until(lambda: is_set(server))
        assert post(port, b"{}", "é\xff".encode()).status_code == 401


def test_only_the_address_itself_is_served(open_webhook, port):
    """And only to who posts."""
    with open_webhook() as (server, _):
        until(lambda: is_set(server))
        secret = server.api.webhook_secret
        assert post(port, b"{}", secret, "/").status_code == 404
        assert post(port, b"{}", secret, "/metrics").status_code == 404
        assert LOOPBACK.get(f"http://127.0.0.1:{port}/footnote").status_code == 405


GARBAGE = {
    "nothing": b"",
    "no JSON": b"What is BRICS?",
    "half": b'{"update_id": 1',
    "no UTF-8": b"\xff\xfe{}",
    "deep": b"[" * 100_000,
    "array": b"[1, 2]",
    "array of updates": b'[{"update_id": 1}]',
    "number": b"7",
    "null": b"null",
    "no id": b"{}",
    "wrong id": b'{"update_id": "1"}',
    "negative id": b'{"update_id": -1}',
    "true id": b'{"update_id": true}',
    "huge id": b'{"update_id": 1' + b"0" * 5000 + b"}",
    "a megabyte": b"x" * 1_000_000,
}


def test_garbage_is_refused_and_stops_nothing(open_webhook, port):
    """What is no update gets 400, what is too large 413, whatever length it promises."""
    with open_webhook() as (server, process):
        until(lambda: is_set(server))
        secret = server.api.webhook_secret
        found = {name: post(port, body, secret).status_code for name, body in GARBAGE.items()}
        assert found == dict.fromkeys(GARBAGE, 400)
        assert post(port, b" " * 2_000_000, secret).status_code == 413
        parts = (b" " * 100_000 for _ in range(20))
        assert post(port, parts, secret).status_code == 413
        assert post(port, b'{"update_id": 9, "message": {"x": 1}}', secret).status_code == 200
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        deliver(server, port)
        until(lambda: answers(server, chat))
        assert process.poll() is None
        assert '"exc' not in "".join(line for line in process.said.splitlines() if "ASGI" in line)


def test_what_is_delivered_again_is_answered_once(open_webhook, port):
    """One after the other, and all at once."""
    with open_webhook() as (server, process):
        until(lambda: is_set(server))
        chats = [server.api.private(person) for person in (ADA, BEN)]
        for chat, person in zip(chats, (ADA, BEN), strict=True):
            server.api.say(chat, person, "What is BRICS?")
        first, second = (json.dumps(update) for update in waiting(server))
        secret = server.api.webhook_secret
        assert [post(port, first, secret).status_code for _ in range(3)] == [200] * 3
        together = [Thread(target=post, args=(port, second, secret)) for _ in range(8)]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        until(lambda: all(answers(server, chat) for chat in chats))
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    assert [len(answers(server, chat)) for chat in chats] == [1, 1]


def test_a_killed_process_answers_what_it_has_confirmed(open_webhook, port):
    """It is on disk by then, and answered after the start, once."""
    with open_webhook() as (server, process):
        until(lambda: is_set(server))
        server.api.refuse_next(too_many_requests(60), "sendMessage", 1)
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        update = deliver(server, port)[0]
        process.kill()
        process.wait()
        assert not answers(server, chat)
        server._api._faults.clear()
    with open_webhook() as (server, process):
        until(lambda: answers(server, chat))
        assert post(port, json.dumps(update), server.api.webhook_secret).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    assert len(answers(server, chat)) == 1


def test_what_has_begun_is_finished(open_webhook, port):
    """What was confirmed before the signal is answered."""
    people = [Person(n, "Ada") for n in range(1, 21)]
    with open_webhook() as (server, process):
        until(lambda: is_set(server))
        chats = [server.api.private(person) for person in people]
        for chat, person in zip(chats, people, strict=True):
            server.api.say(chat, person, "What is BRICS?")
        deliver(server, port)
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    assert [len(answers(server, chat)) for chat in chats] == [1] * len(people)


def test_what_waits_is_not_lost_when_the_way_in_changes(tmp_path, open_webhook, api, port):
    """From fetching to delivering and back; and nothing is answered twice."""
    chat = api.private(ADA)
    questions = ["What is BRICS?", "What is the SCO?", "Why does Russia need China?"]
    with serving(tmp_path, api) as (server, process):
        api.say(chat, ADA, questions[0])
        until(lambda: '"handled"' in process.said)
        process.kill()
        process.wait()
    api.say(chat, ADA, questions[1])
    with open_webhook() as (server, process):
        until(lambda: is_set(server))
        deliver(server, port)
        until(lambda: len(answers(server, chat)) == 2)
        server.api.say(chat, ADA, questions[2])
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    with serving(tmp_path, api) as (server, process):
        until(lambda: len(answers(server, chat)) == 3)
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0
    replied = [message["reply_to_message"]["text"] for message in answers(server, chat)]
    assert replied == questions


def test_a_crowd_keeps_telegram_out_neither_now_nor_at_the_end(open_webhook, port):
    """Hundreds connect; they say nothing, or stop amid what they say, with the secret or not."""
    with open_webhook() as (server, process), ExitStack() as crowd:
        until(lambda: is_set(server))
        for secret in (None, "wrong", server.api.webhook_secret):
            for _ in range(90):
                other = crowd.enter_context(socket.create_connection(("127.0.0.1", port)))
                head = f"POST /footnote HTTP/1.1\r\nHost: x\r\n{HEADER}: {secret}\r\n"
                other.sendall(f"{head}Content-Length: 9\r\n\r\n".encode() if secret else b"")
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        deliver(server, port)
        until(lambda: answers(server, chat))
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    assert status == 0
    assert "Traceback" not in out


def test_what_cannot_be_kept_is_not_confirmed(tmp_path, open_webhook, port):
    """Telegram sends it again until it can."""
    with open_webhook() as (server, _):
        until(lambda: is_set(server))
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        with closing(sqlite3.connect(tmp_path / "d" / "footnote.sqlite3")) as other:
            other.execute("ALTER TABLE updates RENAME TO elsewhere")
            other.commit()
            body = json.dumps(waiting(server)[0])
            assert post(port, body, server.api.webhook_secret).status_code == 503
            other.execute("ALTER TABLE elsewhere RENAME TO updates")
            other.commit()
        deliver(server, port)
        until(lambda: answers(server, chat))


def test_an_address_that_telegram_does_not_take_is_told_so(open_webhook, api):
    """In one sentence, with Telegram's reason."""
    api.refuse_next(bad_request("bad webhook: Failed to resolve host"), "setWebhook", 1)
    with open_webhook() as (_, process):
        status, out = ended(process)
    assert status == 2
    last = out.splitlines()[-1]
    assert "Telegram does not take FOOTNOTE_WEBHOOK_URL (" in last
    assert "failed to resolve host" in last
    assert "Traceback" not in out


@pytest.mark.parametrize("name", ["LISTEN", "HEALTH_LISTEN"])
def test_a_port_that_is_taken_is_told_so(tmp_path, name):
    """In one sentence, before anything is begun."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        where = f"127.0.0.1:{other.getsockname()[1]}"
        settings = {"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_URL": URL, "LISTEN": "127.0.0.1:0"}
        with running(tmp_path, **{**settings, name: where}) as process:
            status, out = ended(process)
    assert status == 2
    taken = "is in use by another program; stop it, or set another port"
    assert json.loads(out)["message"] == f"FOOTNOTE_{name}: {where} {taken}"


def test_a_host_that_is_not_there_is_told_so(tmp_path):
    """An address of some other machine cannot be listened at."""
    settings = {"TELEGRAM_TOKEN": TOKEN, "WEBHOOK_URL": URL, "LISTEN": "192.0.2.1:8080"}
    with running(tmp_path, **settings) as process:
        status, out = ended(process)
    assert status == 2
    assert "FOOTNOTE_LISTEN: 192.0.2.1:8080 cannot be used (" in out
    assert out.count("\n") == 1
