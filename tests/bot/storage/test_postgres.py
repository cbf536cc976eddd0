"""The bot on PostgreSQL: what is kept, what is said where it cannot be, and who may use it."""

import json
import re
import signal
import threading
import time
from functools import partial

import pytest
from bot_api_server import serve
from bot_process import TOKEN, answers, free_port, until
from postgres_server import PASSWORD, QUOTED
from programs import run, running

from bot.commands.doctor import storage_checks as kept
from bot.commands.doctor.findings import Status, examine
from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person
from bot.settings.settings import Settings
from bot.storage.database import postgres as module
from bot.storage.database.engine import NEWEST, open_database, version_of
from bot.storage.database.storage_errors import StorageError
from retrieval.errors import RetrievalError

ADA = Person(1, "Ada")


@pytest.fixture
def kind():
    return "PostgreSQL"


@pytest.fixture
def server():
    with serve(BotApi(token=TOKEN)) as server:
        yield server


@pytest.fixture
def settings(server, url):
    return {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "DATABASE_URL": url}


def ask(server, question, person=ADA):
    """Ask it and wait for the answer."""
    chat = server.api.private(person)
    before = len(answers(server, chat))
    server.api.say(chat, person, question)
    return until(lambda: answers(server, chat)[before:])[0]


def press(server, answer, button):
    """Press a button, and wait until that is answered; what pops up."""
    before = len(server.api.answered_callbacks)
    server.api.press(server.api.private(ADA), ADA, answer["message_id"], button)
    until(lambda: len(server.api.answered_callbacks) > before)
    return list(server.api.answered_callbacks.values())[-1]["text"]


def test_a_whole_conversation_is_as_on_sqlite(talk):
    """Answers, follow-ups, corrections, buttons, briefings, schedules, and what is forgotten."""
    answer = talk("Which military exercises did they hold?")
    assert talk.press(answer, "📖 1").marked("bold")
    talk.press(answer, "👍")
    assert "Thank" in talk.notices[0]
    talk.press(answer, "👍")
    assert "already" in talk.notices[0]
    assert "Which military exercises" in talk("and why?").text
    assert "BRICS" in talk.edit("What is BRICS?").text
    briefing = talk("/brief military cooperation")
    longer = talk.press(briefing, "Longer")
    assert len(longer.text) > len(briefing.text)
    talk("/timezone Berlin")
    assert "every day at 08:00 (Europe/Berlin)" in talk("/brief daily 08:00 BRICS").text
    assert "3 questions with their answers" in talk("/forget").text
    talk.press(answer, "📖 1")
    assert talk.notices == ("This answer has expired. Please ask again.",)


@pytest.mark.parametrize("text", ["What is\0 BRICS?", "\0", "BRICS \ud800\0\udfff", "/ask \0"])
def test_what_postgresql_cannot_keep_is_kept_without_it(talk, text):
    """JSON can carry a zero character, or half of a pair, though nobody can type it."""
    message = talk.api.say(talk.chat, talk.chat.person, "x")
    talk.all()
    talk.api.updates.add("message", {**message, "text": text, "message_id": 77})
    answer = talk.one()
    for label in answer.buttons:
        talk.press(answer, label)
        assert talk.notices != ("This answer has expired. Please ask again.",)
    talk("/brief daily 08:00 BRICS\0")
    assert "Stopped" in talk("/brief off").text


def test_a_killed_process_loses_nothing(tmp_path, server, settings):
    """What was asked is answered after the start, in a new folder as well; buttons work."""
    people = [Person(n, "Ben") for n in range(10, 30)]
    chats = [server.api.private(person) for person in people]
    with running(tmp_path, "telegram", **settings) as process:
        first = ask(server, "What is BRICS?")
        for chat, person in zip(chats, people, strict=True):
            server.api.say(chat, person, "What is the SCO?")
        until(lambda: any(answers(server, chat) for chat in chats))
        process.kill()
        process.wait()
    settings["DATA"] = tmp_path / "elsewhere"
    with running(tmp_path, "telegram", **settings):
        until(lambda: all(answers(server, chat) for chat in chats))
        press(server, first, (0, 0))
        assert len(until(lambda: answers(server, server.api.private(ADA))[1:])) == 1


def test_a_second_bot_on_the_same_database_is_refused(tmp_path, settings):
    """In one sentence, whatever its folder; the first one keeps what it has."""
    first = open_database(None, settings["DATABASE_URL"], alone=True)
    status, _, err = run(tmp_path, "telegram", **settings)
    assert (status, err.count("\n")) == (2, 1)
    assert "another bot uses this database" in err
    assert "stop it, or name another database for this one with FOOTNOTE_DATABASE_URL" in err
    with first.connect() as connection:
        assert version_of(connection) == NEWEST
    first.dispose()


def test_of_several_that_start_at_once_one_makes_the_tables(postgres, monkeypatch):
    """And the others are refused."""
    monkeypatch.setattr(module, "LET_GO_SECONDS", 0.0)
    url, opened, refused = postgres.make(), [], []

    def start():
        try:
            opened.append(open_database(None, url, alone=True))
        except StorageError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for engine in opened:
        engine.dispose()
    assert len(opened) == 1
    assert all("another bot uses this database" in said for said in refused)


def _elsewhere(url, _):
    """Where nobody listens."""
    return re.sub(r":\d+/", f":{free_port()}/", url)


@pytest.mark.parametrize(
    ("change", "cause", "remedy"),
    [
        (_elsewhere, "refused", "start that server, or correct"),
        (lambda url, _: url.replace(QUOTED, "close-sesame"), "authentication failed",
         "correct name and password"),
        (lambda url, _: f"{url}x", "does not exist", "createdb"),
        (lambda url, _: url.replace(QUOTED, "%zz-sesame"), "no address of a database",
         "write one such as"),
        (lambda _, server: _in_latin(server), "encoding is LATIN1", "createdb -E UTF8"),
    ],
)  # fmt: skip
def test_a_database_that_cannot_be_used_is_told_so(tmp_path, postgres, url, change, cause, remedy):  # noqa: PLR0913, PLR0917
    """By the bot at its start and by the doctor: in one sentence, without the password."""
    url = change(url, postgres)
    with pytest.raises(RetrievalError) as caught:
        open_database(None, url, alone=True)
    found = look_at(tmp_path, url)["storage"]
    assert found.status == Status.FAILURE
    for said in (str(caught.value), f"{found.said}; {found.remedy}"):
        assert cause in said
        assert remedy in said
        assert "\n" not in said
        assert "sesame" not in said
        assert PASSWORD not in said


def test_without_its_server_the_program_does_not_start(tmp_path, settings):
    """The exit status is 2; one sentence says why."""
    settings["DATABASE_URL"] = _elsewhere(settings["DATABASE_URL"], None)
    status, out, err = run(tmp_path, "telegram", **settings)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert json.loads(err)["message"].startswith("postgresql://127.0.0.1:")
    assert "start that server, or correct FOOTNOTE_DATABASE_URL" in err
    assert QUOTED not in err


def _in_latin(server):
    server.do("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    return server.url("latin")


def test_while_the_server_is_away_questions_are_answered(tmp_path, postgres, server, settings):
    """Once each, and it is logged once; what comes in is kept again when it is back."""
    settings["LOG_LEVEL"] = "DEBUG"
    with running(tmp_path, "telegram", **settings) as process:
        said = lambda: "".join(process.said)  # noqa: E731
        ask(server, "What is BRICS?")
        postgres.close(settings["DATABASE_URL"])
        away = [ask(server, q) for q in ("Why does Russia need China?", "and why?")]
        assert "need" in away[0]["text"]
        group = server.api.group("Friends", [ADA])
        server.api.say(group, ADA, "/brief military cooperation")
        until(lambda: answers(server, group))
        until(lambda: "nothing is kept" in said())
        postgres.open(settings["DATABASE_URL"])
        until(lambda: "is kept again" in said() or not ask(server, "What is BRICS?"))
        back = ask(server, "What is the SCO?")
        assert press(server, back, (0, 0)) == ""
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert said().count("nothing is kept") == said().count("is kept again") == 1
    assert "Traceback" not in said()
    assert PASSWORD not in said()
    assert QUOTED not in said()
    states = postgres.do("SELECT DISTINCT state FROM updates", settings["DATABASE_URL"])
    assert states == [("done",)]


def test_a_lost_connection_is_made_anew_without_a_word(tmp_path, postgres, server, settings):
    """As after a start of the server; the answer is kept."""
    with running(tmp_path, "telegram", **settings) as process:
        ask(server, "What is BRICS?")
        time.sleep(0.2)
        postgres.end(settings["DATABASE_URL"])
        assert press(server, ask(server, "What is the SCO?"), (0, 0)) == ""
    assert "nothing is kept" not in "".join(process.said)


def test_a_backup_is_left_to_postgresql(tmp_path, url):
    """In one sentence; no file is made."""
    status, out, err = run(tmp_path, "backup", "copy", DATABASE_URL=url)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "run `pg_dump`" in err
    assert PASSWORD not in err
    assert not (tmp_path / "copy").exists()


def look_at(folder, url):
    """What the doctor finds of what is kept."""
    settings = Settings(data=folder, database_url=url)
    checks = {"storage": kept.storage, "updates": kept.updates_set_aside, "late": kept.schedules}
    return {name: examine(partial(check, settings), 20) for name, check in checks.items()}


def test_the_doctor_looks_at_it_and_changes_nothing(tmp_path, postgres):
    """An empty one, and one in use with what could not be handled; a newer one is none of ours."""
    url = postgres.make()
    found = look_at(tmp_path, url)
    assert [finding.status for finding in found.values()] == [Status.OK] * 3
    assert found["storage"].said.endswith("nothing is kept yet")
    assert postgres.do("SELECT * FROM pg_tables WHERE schemaname = 'public'", url) == []
    engine = open_database(None, url, alone=True)
    postgres.do(
        "INSERT INTO updates VALUES (77, '', '', 0, 'failed', 'KeyError at x.py:3', 0);"
        "INSERT INTO schedules VALUES (1, 0, 'daily', NULL, '08:00', '', false, NULL, 1)",
        url,
    )
    found = look_at(tmp_path, url)
    assert re.search(r": PostgreSQL 1\d[^;]* MB$", found["storage"].said)
    assert "1 could not be handled: 77; 77: KeyError" in found["updates"].said
    assert found["late"].said == "1 of 1 briefings are late"
    postgres.do("UPDATE alembic_version SET version_num = '9999'", url)
    assert "newer version" in look_at(tmp_path, url)["storage"].said
    engine.dispose()


def test_the_doctor_shows_no_password(tmp_path, settings):
    """Whatever the server says."""
    _, out, err = run(tmp_path, "doctor", "--json", **settings)
    storage = {check["name"]: check for check in json.loads(out)["checks"]}["storage"]
    assert storage["status"] == "ok"
    assert "postgresql://127.0.0.1:" in storage["finding"]
    assert PASSWORD not in out + err
    assert QUOTED not in out + err


def test_who_may_make_no_tables_is_told_so(tmp_path, postgres):
    """By the bot and by the doctor."""
    postgres.do(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
    url = postgres.make().replace("postgres:", "reader:", 1)
    with pytest.raises(StorageError, match=r"permission denied .*let this user create and write"):
        open_database(None, url)
    assert look_at(tmp_path, url)["storage"].remedy == "grant it that right"
