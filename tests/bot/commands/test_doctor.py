"""`footnote doctor` against a Bot API server over loopback HTTP, and each thing that is wrong."""

import json
import os
import re
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest
from bot_api_server import serve
from bot_process import TOKEN, answers, until
from http_proxy import serve_proxy
from programs import environment, on_terminal, run, running, unprivileged

from bot.commands.doctor.checkup import check_up
from bot.commands.doctor.findings import Status, examine, well
from bot.commands.doctor.report import EXITS
from bot.commands.doctor.storage_checks import disk_space
from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person
from bot.console.world.refusals import too_many_requests
from bot.handlers import command_menu as menu
from bot.indexing.collection_source import CollectionSource
from bot.settings.settings import Settings, SettingsError, load_settings
from bot.storage.database.engine import open_database
from bot.storage.database.sqlite import FILE
from retrieval.store.collection_store import CollectionStore
from retrieval.store.kept_collections import SOURCE

ADA = Person(1, "Ada")
NAMES = [
    "settings", "articles", "synonyms", "index", "meaning", "storage", "disk space",
    "collections", "dead letters", "schedules", "processes",
    "proxy", "reachability", "clock", "token", "privacy mode", "inline mode",
    "webhook", "pending updates", "allowed updates", "commands menu",
]  # fmt: skip


@pytest.fixture
def api():
    """Telegram, where the bot has its menu already."""
    api = BotApi(token=TOKEN, privacy=True)
    for code, texts in menu.wanted().items():
        for name, scope in menu.SCOPES.items():
            commands = [{"command": c, "description": d} for c, d in texts[name].items()]
            fields = {"scope": scope.to_dict(), "language_code": code, "commands": commands}
            api.call("setMyCommands", fields)
        for name, method in (
            ("description", "setMyDescription"),
            ("short_description", "setMyShortDescription"),
        ):
            api.call(method, {name: texts[name], "language_code": code})
    api.calls.clear()
    return api


@pytest.fixture
def server(api):
    with serve(api) as server:
        yield server


@pytest.fixture
def doctor(tmp_path, server, monkeypatch):
    """Checks all up: the exit status that this makes, and the findings that are not well."""

    def examined(**settings):
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, **settings}
        with monkeypatch.context() as patched:
            patched.chdir(tmp_path)
            for name in set(os.environ) - set(environment(tmp_path)):
                patched.delenv(name)
            for name, value in environment(tmp_path, **settings).items():
                patched.setenv(name, value)
            found = dict(check_up(None))
        assert list(found) == NAMES
        status = max(EXITS[finding.status] for finding in found.values())
        return status, {n: vars_of(f) for n, f in found.items() if f.status != Status.OK}

    return examined


def vars_of(finding):
    """As the command's JSON has it."""
    return {"status": finding.status.value, "finding": finding.said, "remedy": finding.remedy}


@pytest.fixture
def command(tmp_path, server):
    """Runs the command itself: its exit status, and the findings that are not well."""

    def examined(**settings):
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, **settings}
        status, out, err = run(tmp_path, "doctor", "--json", **settings)
        assert err == ""
        assert TOKEN.partition(":")[2] not in out
        found = json.loads(out)
        assert [check.pop("name") for check in found["checks"]] == NAMES
        assert found["well"] is (status == 0)
        checks = dict(zip(NAMES, found["checks"], strict=True))
        return status, {name: check for name, check in checks.items() if check["status"] != "ok"}

    return examined


def test_where_all_is_well_it_says_so(tmp_path, server, command):
    """Exit status 0, on a fresh folder, which it does not make."""
    assert command() == (0, {})
    assert not (tmp_path / "d").exists()
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
    status, out, _ = run(tmp_path, "doctor", **settings)
    assert status == 0
    assert "ok       token: accepted: @footnote_bot\n" in out
    assert out.endswith("\nAll is well.\n")
    assert "\x1b" not in out


@pytest.mark.parametrize(("settings", "expected"), [({}, 1), ({"TELEGRAM_TOKEN": "1:other"}, 2)])
def test_the_command_tells_as_json_what_is_not_well(api, command, doctor, settings, expected):
    """As it is found; the exit status is 0 only if all is well."""
    all_messages(api)
    status, found = command(**settings)
    assert status == expected
    assert (status, found) == doctor(**settings)


def test_a_bot_that_runs_is_not_disturbed(tmp_path, server, doctor):
    """Nothing is fetched, confirmed or changed, and no lock is taken."""
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
    with running(tmp_path, "telegram", **settings) as process:
        chat = server.api.private(ADA)
        server.api.say(chat, ADA, "What is BRICS?")
        until(lambda: answers(server, chat))
        until(lambda: [c for c in server.api.calls if c.method == "getMyShortDescription"])
        before = len(server.api.calls)
        assert doctor() == (0, {})
        methods = {call.method for call in list(server.api.calls)[before:]} - {"getUpdates"}
        assert all(method.startswith("get") for method in methods)
        server.api.say(chat, ADA, "What is the SCO?")
        until(lambda: len(answers(server, chat)) == 2)
        assert not [line for line in process.said if "WARNING" in line or "ERROR" in line]


def a_webhook(api):
    api.call("setWebhook", {"url": "https://elsewhere.example/hook"})


def an_old_menu(api):
    api.call("setMyCommands", {"commands": [], "scope": menu.SCOPES["groups"].to_dict()})
    api.call("setMyDescription", {"description": "Before"})


def a_deaf_bot(api):
    api.call("getUpdates", {"allowed_updates": ["message"]})


def many_waiting(api):
    chat = api.private(ADA)
    for _ in range(101):
        api.say(chat, ADA, "What is BRICS?")


def all_messages(api):
    api.me["can_read_all_group_messages"] = True


def no_inline(api):
    api.me["supports_inline_queries"] = False


def busy(api):
    api.refuse_next(too_many_requests(9), "getWebhookInfo")


@pytest.mark.parametrize(
    ("make", "name", "status", "finding", "remedy"),
    [
        (a_webhook, "webhook", "failure", "leads to elsewhere.example", "deletes it"),
        (busy, "webhook", "failure", "retry after 9", "try again later"),
        (
            many_waiting,
            "pending updates",
            "warning",
            "101 are waiting",
            "start `footnote telegram`",
        ),
        (a_deaf_bot, "allowed updates", "warning", "callback_query, inline_query", "asks for"),
        (an_old_menu, "commands menu", "warning", "in this version: groups, description", "sets"),
        (all_messages, "privacy mode", "warning", "off", "/setprivacy"),
    ],
)
def test_what_is_wrong_at_telegrams_is_named(api, doctor, make, name, status, finding, remedy):  # noqa: PLR0913, PLR0917
    """With what to do; all else is found to be well."""
    make(api)
    _, found = doctor()
    assert list(found) == [name]
    assert found[name]["status"] == status
    assert finding in found[name]["finding"]
    assert remedy in found[name]["remedy"]


def no_menu(api):
    for code in menu.wanted():
        for scope in menu.SCOPES.values():
            fields = {"commands": [], "scope": scope.to_dict(), "language_code": code}
            api.call("setMyCommands", fields)
        for method in ("setMyDescription", "setMyShortDescription"):
            api.call(method, {"language_code": code})


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (no_inline, "inline mode: off -> turn it on at @BotFather (/setinline)"),
        (no_menu, "commands menu: not set yet -> start `footnote telegram`"),
    ],
)
def test_what_could_be_more_is_well_all_the_same(api, server, tmp_path, make, line):
    """With what to do for it."""
    make(api)
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
    status, out, _ = run(tmp_path, "doctor", **settings)
    assert status == 0
    assert f"ok       {line}" in out


HOOK = "https://bot.example.org/hook"


def ours(api):
    api.call("setWebhook", {"url": HOOK})


@pytest.mark.parametrize(
    ("make", "finding"),
    [
        (ours, None),
        (a_webhook, "leads to elsewhere.example, not to FOOTNOTE_WEBHOOK_URL"),
        (lambda _: None, "none is set for FOOTNOTE_WEBHOOK_URL"),
    ],
)
def test_a_webhook_is_to_be_the_one_that_is_set(api, doctor, make, finding):
    """Then it is well; any other, or none, is not."""
    make(api)
    code, found = doctor(WEBHOOK_URL=HOOK)
    assert (code, list(found)) == ((2, ["webhook"]) if finding else (0, []))
    if finding:
        assert found["webhook"]["finding"] == finding


def test_a_folder_that_others_can_read_is_named(doctor, tmp_path):
    """With what is open in it; the check itself closes nothing."""
    open_database(tmp_path / "d").dispose()
    (tmp_path / "d").chmod(0o755)
    (tmp_path / "d" / FILE).chmod(0o640)
    code, found = doctor()
    assert (code, list(found)) == (1, ["storage"])
    assert f"{tmp_path / 'd'}: other users can read d, {FILE}" in found["storage"]["finding"]
    assert f"run `chmod -R go= {tmp_path / 'd'}`" in found["storage"]["remedy"]
    subprocess.run(["chmod", "-R", "go=", tmp_path / "d"], check=True)
    assert doctor() == (0, {})


def broken(folder):
    (folder / "d").mkdir()
    (folder / "d" / FILE).write_text("my diary " * 1000)


def newer(folder):
    open_database(folder / "d").dispose()
    with closing(sqlite3.connect(folder / "d" / FILE)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def insert(folder, statement, *values):
    open_database(folder / "d").dispose()
    with closing(sqlite3.connect(folder / "d" / FILE)) as connection:
        connection.execute(statement, values)
        connection.commit()


def dead_letters(folder):
    insert(
        folder,
        "INSERT INTO updates (id, body, digest, at, state, error) "
        "VALUES (77, '', '', 0, 'failed', 'KeyError at x.py:3')",
    )


def late(folder):
    insert(
        folder,
        "INSERT INTO schedules (chat, thread, cadence, at, topic, only_new, next_at) "
        "VALUES (1, 0, 'daily', '08:00', '', 0, ?)",
        time.time() - 7200,
    )


def a_defect(folder):
    (folder / "articles").mkdir()
    (folder / "articles" / "bees.txt").write_text("---\nlanguage: en\n---\nBees make honey.")
    (folder / "articles" / "broken.txt").write_bytes(b"\xff")


def a_kept_defect(folder):
    a_defect(folder)
    settings = Settings(articles=folder / "articles", data=folder / "d")
    CollectionSource(None, settings, lambda _: None).open()


def an_unused_collection(folder):
    store = CollectionStore(folder / "d" / "collections" / "of-old")
    with store.writing() as writer:
        writer.note(SOURCE, str(folder / "gone"))


def a_file(folder):
    (folder / "d").touch()


def a_line_of_no_use(folder):
    (folder / ".env").write_text("A=1\nB 2\n")


def a_setting_of_no_use(folder):
    (folder / ".env").write_text("FOOTNOTE_KEEP_DAYS: 5\n")


def nothing(folder):
    """All that is wrong is a setting."""


@pytest.mark.parametrize(
    ("make", "settings", "name", "status", "finding", "remedy"),
    [
        (broken, {}, "storage", "failure", "not a database", "restore a backup"),
        (newer, {}, "storage", "failure", "newer version", "another folder"),
        (a_file, {}, "storage", "failure", "d is not a folder", "FOOTNOTE_DATA"),
        (a_file, {"DATA": "d/x"}, "storage", "failure", "/d is not a folder", "FOOTNOTE_DATA"),
        (nothing, {"DATA": "/proc/x"}, "storage", "failure", "/proc keeps no f", "FOOTNOTE_DATA"),
        (an_unused_collection, {}, "collections", "warning", "1 of 1 are not used", "of-old"),
        (dead_letters, {}, "dead letters", "warning", "handled: 77; 77: KeyError at x", "log"),
        (late, {}, "schedules", "warning", "1 of 1 briefings are late", "start"),
        (nothing, {"SHARED": "1"}, "processes", "failure", "none is named", "DATABASE_URL"),
        (a_defect, {"ARTICLES": "articles"}, "articles", "failure", "broken.txt:1", "check"),
        (a_kept_defect, {"ARTICLES": "articles"}, "articles", "failure", "broken.txt:1", "check"),
        (nothing, {"SYNONYMS": "/no.toml"}, "synonyms", "failure", "cannot be read", ""),
        (nothing, {"LOG_LEVEL": "LOUD"}, "settings", "failure", "'LOUD'", "default"),
        (
            nothing, {"LOG_LEVEL": "LOUD", "ADMIN": "1"}, "settings", "failure",
            "FOOTNOTE_ADMINS may be meant", "default",
        ),
        (nothing, {"ARTICLE": "x"}, "settings", "warning", "FOOTNOTE_ARTICLES may be", "correct"),
        (nothing, {"ALLOWED_CHAT": "5"}, "settings", "warning", "does not start", "correct"),
        (a_line_of_no_use, {}, "settings", "warning", ".env:2: this is not NAME=value", "write"),
        (a_setting_of_no_use, {}, "settings", "failure", ".env:1: this is not NAME", "default"),
        (nothing, {"TELEGRAM_TOKEN": "1:other"}, "token", "failure", "not accept", "@BotFather"),
        (nothing, {"TELEGRAM_TOKEN": ""}, "token", "failure", "is not set", "@BotFather"),
        (nothing, {"TELEGRAM_TOKEN": "x"}, "settings", "failure", "no bot token", "default"),
        (nothing, {"PROXY": "http://127.0.0.1:9"}, "proxy", "failure", "refused", "start it"),
        (nothing, {"TELEGRAM_API_URL": "http://127.0.0.1:9"}, "reachability", "failure",
         "127.0.0.1 cannot be reached", "check the network"),
    ],
)  # fmt: skip
def test_what_is_wrong_here_is_named(  # noqa: PLR0913, PLR0917
    tmp_path, doctor, make, settings, name, status, finding, remedy
):
    """With what to do; what hangs on it is not known, and all else is looked at."""
    make(tmp_path)
    _, found = doctor(**settings)
    assert found[name]["status"] == status
    assert finding in found[name]["finding"]
    assert remedy in found[name]["remedy"]
    others = [check for other, check in found.items() if other != name]
    for check in others:
        expected = ("not known: ", "127.0.0.1 cannot be reached", "FOOTNOTE_TELEGRAM_TOKEN is not")
        assert check["finding"].startswith(expected)


@pytest.mark.skipif(unprivileged() is None, reason="this user may write everywhere")
@pytest.mark.parametrize("data", ["shut", "shut/x/y"])
def test_a_folder_that_cannot_be_written_is_told_as_such(tmp_path, command, data):
    """Not as a disk that is full; the folder that would have to be opened is named."""
    shut = tmp_path / "shut"
    shut.mkdir()
    shut.chmod(0o500)
    status, found = command(DATA=str(tmp_path / data), before=unprivileged())
    shut.chmod(0o700)
    assert (status, list(found)) == (2, ["storage", "disk space"])
    assert found["storage"]["finding"] == (
        f"{tmp_path / data}: cannot be created or written ({shut} is read-only for this user)"
    )
    assert "FOOTNOTE_DATA" in found["storage"]["remedy"]
    assert found["disk space"]["finding"] == "not known: the folder cannot be written"


@pytest.mark.parametrize(
    "me", [{"id": "x"}, {"is_bot": False}, {"username": None}, {"first_name": 7}]
)
def test_what_is_no_bot_is_not_taken_for_one(api, doctor, me):
    """The server is none of Telegram's then; all that hangs on the token is not known."""
    api.me.update(me)
    status, found = doctor()
    assert (status, found["token"]["status"]) == (2, "failure")
    assert "does not say whose token this is" in found["token"]["finding"]
    assert "FOOTNOTE_TELEGRAM_API_URL" in found["token"]["remedy"]
    del found["token"]
    assert {check["finding"] for check in found.values()} == {
        "not known: 127.0.0.1 tells of no bot"
    }


@pytest.mark.parametrize(("wrong_by", "status"), [(0, 0), (300, 2), (-300, 2)])
def test_the_clock_is_compared_with_the_servers(doctor, wrong_by, status):
    """In both directions; thirty seconds pass."""
    with serve_proxy(late=wrong_by) as proxy:
        code, found = doctor(PROXY=proxy.url)
    assert code == status
    assert list(found) == (["clock"] if wrong_by else [])
    if wrong_by:
        assert ("behind" if wrong_by > 0 else "ahead of") in found["clock"]["finding"]


def test_a_proxy_is_used_and_its_password_shown_nowhere(tmp_path, server, command):
    """By the bot for all that it says and fetches, and by the doctor."""
    secret = "open-sesame"  # noqa: S105  # for loopback
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "LOG_LEVEL": "DEBUG"}
    with serve_proxy(f"ada:{secret}") as proxy:
        assert command(PROXY=proxy.url) == (0, {})
        assert f"/bot{TOKEN}/getWebhookInfo" in proxy.passed
        with running(tmp_path, "telegram", PROXY=proxy.url, **settings) as process:
            chat = server.api.private(ADA)
            server.api.say(chat, ADA, "What is BRICS?")
            until(lambda: answers(server, chat))
        other = proxy.url.replace(secret, "close-sesame")
        code, found = command(PROXY=other)
        with running(tmp_path, "telegram", PROXY=other, **settings) as refused:
            until(lambda: "cannot be reached" in "".join(refused.said))
    methods = {path.rpartition("/")[2] for path in proxy.passed}
    assert methods >= {"getUpdates", "sendMessage"}
    assert code == 2
    assert "the proxy wants another name" in found["reachability"]["finding"]
    for said in ("".join(process.said), "".join(refused.said), str(found)):
        assert "sesame" not in said


@pytest.mark.parametrize(
    "address", ["nonsense", "ftp://x:1", "http://", "http://x:99999", "socks4://x:1", "http://x/y"]
)
def test_what_is_no_proxy_is_told_so(tmp_path, address):
    """In one sentence with an example."""
    status, _, err = run(tmp_path, "telegram", TELEGRAM_TOKEN=TOKEN, PROXY=address)
    assert (status, err.count("\n")) == (2, 1)
    assert "FOOTNOTE_PROXY: this is no address of a proxy; write one such as" in err


def test_socks_wants_its_extra(monkeypatch):
    """And says how to get it, without the password."""
    monkeypatch.setenv("FOOTNOTE_PROXY", "socks5://ada:sesame@127.0.0.1:1080")
    monkeypatch.setitem(__import__("sys").modules, "socksio", None)
    with pytest.raises(SettingsError, match=r"pip install 'footnote-bot\[socks\]'") as caught:
        load_settings()
    assert "sesame" not in str(caught.value)


def test_on_a_terminal_it_is_set_in_columns(tmp_path, server):
    """No wider than the window, with colours."""
    named = environment(tmp_path, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=server.url)
    named |= {"COLUMNS": "50", "TERM": "xterm"}
    status, out = on_terminal(tmp_path, "doctor", **named)
    assert status == 0
    assert "\x1b[32m✓" in out
    lines = re.sub(r"\x1b\[[0-9;]*m", "", out).splitlines()
    assert max(len(line) for line in lines) <= 50


def test_a_check_that_hangs_or_fails_stops_no_other():
    """It is a finding like any other."""
    slow = examine(lambda: time.sleep(5) or well(""), 0.05)
    broken = examine(lambda: 1 / 0, 5)
    assert (slow.status, broken.status) == (Status.FAILURE, Status.FAILURE)
    assert "no result after 0.05 seconds" in slow.said
    assert "ZeroDivisionError" in broken.said


def test_little_room_is_told_before_there_is_none(tmp_path, monkeypatch):
    """As a warning, and then as a failure."""
    free = disk_space(tmp_path)
    monkeypatch.setattr("bot.commands.doctor.storage_checks.DOUBTFUL_BELOW", 2**60)
    little = disk_space(tmp_path)
    monkeypatch.setattr("bot.commands.doctor.storage_checks.WRONG_BELOW", 2**60)
    none = disk_space(tmp_path)
    assert [f.status for f in (free, little, none)] == [
        Status.OK, Status.WARNING, Status.FAILURE,
    ]  # fmt: skip
