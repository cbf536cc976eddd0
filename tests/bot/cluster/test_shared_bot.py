"""`footnote telegram` in several processes that share a bot, over loopback HTTP."""

import json
import re
import signal
from contextlib import ExitStack

import pytest
from bot_api_server import serve
from bot_process import LOOPBACK, TOKEN, answers, free_port, running, until
from programs import run

from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person
from bot.storage.database.engine import open_database
from bot.storage.database.storage_errors import StorageError

ADA, BEN = Person(1, "Ada"), Person(2, "Ben")


@pytest.fixture
def server():
    with serve(BotApi(token=TOKEN)) as server:
        yield server


@pytest.fixture
def settings(server, url):
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.url,
        "DATABASE_URL": url,
        "SHARED": "true",
    }


@pytest.fixture
def start(tmp_path, settings):
    """Starts processes, each with a folder of its own; what runs is killed at the end."""
    with ExitStack() as opened:

        def make(name, **more):
            folder = tmp_path / name
            folder.mkdir()
            return opened.enter_context(running(folder, **settings, **more))

        yield make


def ask(server, person, question):
    """Ask it, and wait for the answer."""
    chat = server.api.private(person)
    before = len(answers(server, chat))
    server.api.say(chat, person, question)
    return until(lambda: answers(server, chat)[before:], 40)[0]


def leads(process):
    return "this process leads" in process.said


def test_one_fetches_and_another_goes_on_when_it_dies(server, start, settings, postgres):
    """A follow-up is understood by whichever process has it; the menu is set by one."""
    first = start("first")
    until(lambda: leads(first))
    second = start("second")
    assert "BRICS" in ask(server, ADA, "What is BRICS?")["text"]
    until(lambda: "answers from" in second.said)
    first.kill()
    until(lambda: leads(second))
    assert "BRICS" in ask(server, ADA, "who leads it?")["text"]
    states = "SELECT DISTINCT state, body FROM updates"
    until(lambda: postgres.do(states, settings["DATABASE_URL"]) == [("done", "")])
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0
    assert postgres.do("SELECT * FROM workers", settings["DATABASE_URL"]) == []


def test_who_is_too_fast_is_so_in_all_processes(server, start, settings, postgres):
    """What is counted is in the database."""
    first = start("first", QUESTIONS_A_MINUTE="1")
    until(lambda: leads(first))
    postgres.do(  # as another process does, whichever minute it is
        "INSERT INTO counts SELECT 'questions', 1, (extract(epoch FROM now()) / 60)::int + n, 1 "
        "FROM generate_series(-1, 2) n",
        settings["DATABASE_URL"],
    )
    assert "1" in ask(server, ADA, "What is BRICS?")["text"]
    assert "BRICS" in ask(server, BEN, "What is BRICS?")["text"]


def test_those_who_look_after_it_see_the_processes(server, start, tmp_path, settings):
    """At /metrics, in the doctor, and in the answer to an admin who would add an article."""
    port = free_port()
    first = start("first", HEALTH_LISTEN=f"127.0.0.1:{port}", ADMINS=str(ADA.id))
    until(lambda: leads(first))
    second = start("second", ADMINS=str(ADA.id))
    until(lambda: "answers from" in second.said)
    said = ask(server, ADA, "/add https://example.org/bees")["text"]
    assert said.startswith("Articles are not added or removed here: several processes answer")
    ask(server, ADA, "What is BRICS?")
    page = lambda: LOOPBACK.get(f"http://127.0.0.1:{port}/metrics").text  # noqa: E731
    until(lambda: re.search(r"^footnote_processes 2\.0$", page(), re.MULTILINE))
    until(lambda: re.search(r"^footnote_leader 1\.0$", page(), re.MULTILINE))
    assert LOOPBACK.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    _, out, _ = run(tmp_path, "doctor", "--json", **settings)
    found = {check["name"]: check for check in json.loads(out)["checks"]}["processes"]
    assert found["status"] == "ok"
    assert re.fullmatch(r"2 run, with 1 chats in hand; \S+ leads", found["finding"])


def test_while_the_database_is_away_nothing_is_answered(server, start, settings, postgres):
    """It is answered once it is back, once; until then /healthz says so."""
    port = free_port()
    process = start("first", HEALTH_LISTEN=f"127.0.0.1:{port}")
    ask(server, ADA, "What is BRICS?")
    health = lambda: LOOPBACK.get(f"http://127.0.0.1:{port}/healthz")  # noqa: E731
    until(lambda: health().status_code == 200)
    postgres.close(settings["DATABASE_URL"])
    until(lambda: health().status_code == 503)
    assert "database cannot be reached" in health().json()["trouble"]
    chat = server.api.private(ADA)
    server.api.say(chat, ADA, "What is the SCO?")
    postgres.open(settings["DATABASE_URL"])
    until(lambda: len(answers(server, chat)) == 2, 40)
    until(lambda: health().status_code == 200)
    assert "nothing is answered" in process.said or "not among" in process.said


def test_a_lone_bot_and_another_bot_are_kept_off(tmp_path, settings, start):
    """Each in one sentence."""
    first = start("first")
    until(lambda: "answers from" in first.said)
    with pytest.raises(StorageError, match="another bot uses this database"):
        open_database(None, settings["DATABASE_URL"], alone=True)
    other = {**settings, "TELEGRAM_TOKEN": "987654321:AAH-other_secret"}
    status, _, err = run(tmp_path, "telegram", **other)
    assert status == 2
    assert err.count("\n") == 1
    assert "another bot uses this database; name another one" in err


def test_without_postgresql_nothing_can_be_shared(tmp_path, settings):
    """That is said before anything else."""
    del settings["DATABASE_URL"]
    status, _, err = run(tmp_path, "telegram", **settings)
    assert (status, err.count("\n")) == (2, 1)
    assert "FOOTNOTE_SHARED is set, and FOOTNOTE_DATABASE_URL is not" in err
