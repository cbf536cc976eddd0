"""What those see who look after `footnote telegram`: health, counts, log lines."""

import json
import re
import signal
import socket
from contextlib import ExitStack, suppress

import httpx
import pytest
from bot_process import (
    LOOPBACK,
    TOKEN,
    answers,
    ended,
    free_port,
    nobody_listening,
    running,
    serving,
    until,
)

from bot.console.world.chats import Person
from bot.console.world.refusals import bad_request, too_many_requests
from bot.settings.settings import USUAL_HEALTH

ADA = Person(1, "Ada")
ASKED, FOREIGN = "What is BRICS?", "Who baked the Zanzibar cheesecake?"


@pytest.fixture
def watched(tmp_path, api, port):
    """Starts the program with its pages at that port."""

    def start(**settings):
        return serving(tmp_path, api, HEALTH_LISTEN=f"127.0.0.1:{port}", **settings)

    return start


def page(port, name="healthz"):
    """A page, once it is served."""

    def read():
        with suppress(httpx.ConnectError):
            return LOOPBACK.get(f"http://127.0.0.1:{port}/{name}", timeout=10)
        return None

    return until(read)


def counts(port):
    """All counts by their names with labels."""
    text = page(port, "metrics").text
    found = re.findall(r"^([a-z_]+(?:\{.*\})?) ([\d.e+-]+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


def test_it_is_well_only_while_updates_flow(tmp_path, port):
    """Not before Telegram is reached, and not while it is out of reach again."""
    with (
        nobody_listening() as url,
        running(
            tmp_path, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=url, HEALTH_LISTEN=f"127.0.0.1:{port}"
        ),
    ):
        until(lambda: "NetworkError" in page(port).text)
        found = page(port)
    assert found.status_code == 503
    assert found.json()["status"] == "failing"
    assert TOKEN not in found.text


def test_it_is_well_again_as_soon_as_telegram_is(watched, port):
    """And does not wait for an update to come."""
    with watched() as (server, _):
        until(lambda: page(port).status_code == 200)
        assert page(port).json() == {"status": "ok", "articles": 2}
        server.fail_next(2, 502, "getUpdates")
        server.api.say(server.api.private(ADA), ADA, ASKED)
        until(lambda: page(port).status_code == 503)
        until(lambda: page(port).status_code == 200)


def test_a_webhook_that_is_set_is_well(watched, port):
    """Updates may come then; they are counted as those that are fetched."""
    url = "https://bot.example.org/footnote"
    listening = free_port()
    with watched(WEBHOOK_URL=url, LISTEN=f"127.0.0.1:{listening}") as (server, _):
        until(lambda: page(port).status_code == 200)
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, ASKED)
        with server.lock:
            update = server.api.updates.get(0, 1)[0]
        headers = {"X-Telegram-Bot-Api-Secret-Token": server.api.webhook_secret}
        posted = LOOPBACK.post(
            f"http://127.0.0.1:{listening}/footnote", json=update, headers=headers
        )
        assert posted.status_code == 200
        until(lambda: answers(server, chat))
        assert counts(port)['footnote_updates_total{kind="message"}'] == 1


def test_what_is_done_is_counted(watched, port):
    """Updates, answers, failures, sends, floods, and how long it all took."""
    with watched() as (server, _):
        server.api.inline(ADA, "BRICS")  # it loads what the first search needs
        until(lambda: server.api.inline_answers)
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, ASKED)
        until(lambda: len(answers(server, chat)) == 1)
        server.api.refuse_next(too_many_requests(1), "sendMessage", 1)
        server.api.say(chat, ADA, FOREIGN)
        until(lambda: len(answers(server, chat)) == 2)
        server.api.refuse_next(bad_request("what nobody has foreseen"), "sendMessage", 2)
        server.api.say(chat, ADA, ASKED)
        until(lambda: len(answers(server, chat)) == 3)
        until(lambda: counts(port)["footnote_queue_length"] == 0)
        found = counts(port)
    assert found['footnote_updates_total{kind="message"}'] == 3
    assert found['footnote_updates_total{kind="inline_query"}'] == 1
    assert found["footnote_answers_total"] == 2
    assert found["footnote_unanswered_total"] == 1
    assert found["footnote_failures_total"] == 1
    assert found['footnote_sends_total{method="sendMessage"}'] == 3
    assert found['footnote_sends_total{method="answerInlineQuery"}'] == 1
    assert found['footnote_floods_total{method="sendMessage"}'] == 1
    assert found['footnote_answer_seconds_count{kind="message"}'] == 2  # one is set aside
    assert found['footnote_answer_seconds_bucket{kind="message",le="0.5"}'] == 1
    assert found['footnote_answer_seconds_bucket{kind="message",le="+Inf"}'] == 2
    assert 1 <= found['footnote_answer_seconds_sum{kind="message"}'] < 10
    assert found["process_resident_memory_bytes"] > 0


def test_the_queue_is_seen_while_it_waits(watched, port):
    """How many updates, and for how long the oldest."""
    with watched() as (server, _):
        chat = server.api.private(ADA)
        server.api.refuse_next(too_many_requests(60), "sendMessage", 1)
        for _ in range(3):
            server.api.say(chat, ADA, ASKED)
        until(lambda: counts(port)["footnote_queue_length"] == 3)
        until(lambda: counts(port)["footnote_queue_age_seconds"] > 0.2)
        assert page(port).status_code == 200


def test_there_are_two_pages(watched, port):
    """And nothing else, least of all what the bot is told."""
    with watched():
        assert page(port, "").status_code == 404
        assert page(port, "docs").status_code == 404
        assert LOOPBACK.post(f"http://127.0.0.1:{port}/healthz").status_code == 405
        assert page(port, "metrics").headers["content-type"].startswith("text/plain; version=")


def test_no_address_means_no_pages(watched, tmp_path, api):
    """As it may be set in the environment and in `.env`."""
    (tmp_path / ".env").write_text("FOOTNOTE_TELEGRAM_API_URL=\n")
    with serving(tmp_path, api, HEALTH_LISTEN="") as (server, process):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, ASKED)
        until(lambda: answers(server, chat))
        process.send_signal(signal.SIGTERM)
        assert "/healthz" not in ended(process)[1]


def test_the_usual_port_may_be_taken(tmp_path, api):
    """Nobody has chosen it: the bot answers without pages, and says so."""
    with ExitStack() as taken:
        with suppress(OSError):  # then somebody else has it
            taken.enter_context(socket.create_server(("127.0.0.1", 8081)))
        with serving(tmp_path, api, HEALTH_LISTEN=USUAL_HEALTH) as (server, process):
            chat = server.api.private(ADA)
            server.api.say(chat, ADA, ASKED)
            until(lambda: answers(server, chat))
            process.send_signal(signal.SIGTERM)
            status, out = ended(process)
    assert status == 0
    assert "/healthz and /metrics are not served: FOOTNOTE_HEALTH_LISTEN: 127.0.0.1:8081" in out


@pytest.mark.parametrize(
    ("level", "asked_for"), [("INFO", False), ("DEBUG", False), ("INFO", True)]
)
def test_each_line_is_json_and_holds_no_question_unless_asked_for(watched, level, asked_for):
    """Nor the token; a wrong call and its traceback included."""
    with watched(LOG_LEVEL=level, LOG_QUESTIONS=str(asked_for)) as (server, process):
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, FOREIGN)
        until(lambda: answers(server, chat))
        server.api.inline(ADA, FOREIGN)
        until(lambda: server.api.inline_answers)
        server.api.refuse_next(bad_request("what nobody has foreseen"), "sendMessage", 2)
        server.api.say(chat, ADA, FOREIGN)
        until(lambda: len(answers(server, chat)) == 2)
        process.send_signal(signal.SIGTERM)
        status, out = ended(process)
    assert status == 0
    lines = [json.loads(line) for line in out.splitlines()]
    assert all({"timestamp", "level", "logger", "message"} <= line.keys() for line in lines)
    assert "Traceback" in out
    assert ("Zanzibar" in out) == asked_for
    assert TOKEN.partition(":")[2] not in out


def test_what_an_update_brings_about_says_so_in_each_line(watched):
    """In the worker's thread and in the libraries as well."""
    with watched(LOG_LEVEL="DEBUG") as (server, process):
        chat = server.api.private(ADA)
        for number in (1, 2):
            server.api.say(chat, ADA, ASKED)
            until(lambda: len(answers(server, chat)) == number)  # noqa: B023
        process.send_signal(signal.SIGTERM)
        ended(process)
    lines = process.lines
    sends = [line for line in lines if line["message"] == "sendMessage: 200 OK"]
    for number in (1, 2):
        said = [line["message"] for line in lines if line.get("update") == number]
        assert said.count("answered") == 1
        assert said.count("handled") == 1
    assert [line["update"] for line in sends] == [1, 2]
    assert all("update" not in line for line in lines if "getUpdates" in line["message"])
