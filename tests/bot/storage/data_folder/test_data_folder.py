"""What becomes of the data folder: one bot at a time, backups, disks that are full or broken."""

import errno
import fcntl
import hashlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import threading
from contextlib import closing

import pytest
from bot_api_server import serve
from bot_process import TOKEN, answers, until
from programs import run, running, unprivileged

from bot.console.world.chats import Person
from bot.storage.answer_store import AnswerStore
from bot.storage.data_folder.backup import back_up
from bot.storage.data_folder.folder_lock import hold
from bot.storage.database.engine import StorageError, open_database
from bot.storage.database.sqlite import FILE
from bot.storage.stored_answer import Asked, StoredAnswer, new_id

ADA = Person(1, "Ada")


@pytest.fixture
def bot(tmp_path, api):
    """A bot that answers, with the server that it talks to and its process."""
    with serve(api) as server:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
        with running(tmp_path, "telegram", **settings) as process:
            ask(server, "What is BRICS?")
            yield server, process


def ask(server, question, person=ADA):
    """Ask it and wait for the answer."""
    chat = server.api.private(person)
    before = len(answers(server, chat))
    server.api.say(chat, person, question)
    return until(lambda: answers(server, chat)[before:])[0]


def second(tmp_path, server, **settings):
    return run(tmp_path, "telegram", TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=server.url, **settings)


def an_answer(question="Why?"):
    asked = Asked(chat=1, thread=None, person=7, message=10, at=0)
    return StoredAnswer(asked, question, None, None, True, "Lead", (), (), 0, new_id())  # noqa: FBT003


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_second_bot_on_the_same_folder_is_refused(tmp_path, bot):
    """In one sentence that names the first one's process; the first one goes on."""
    server, process = bot
    status, out, err = second(tmp_path, server)
    assert (status, out) == (2, "")
    assert json.loads(err)["message"] == (
        f"{tmp_path / 'd'}: another bot uses this folder (process {process.pid}); stop "
        "it, or name another folder for this one with FOOTNOTE_DATA"
    )
    ask(server, "What is the SCO?")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_folder_is_free_once_the_bot_has_ended(tmp_path, bot, how):
    """However it ended."""
    server, process = bot
    with pytest.raises(StorageError, match="another bot"), hold(tmp_path / "d"):
        pass
    process.send_signal(how)
    process.wait()
    with hold(tmp_path / "d"):
        pass
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
    with running(tmp_path, "telegram", **settings):
        assert "Shanghai Cooperation Organization" in ask(server, "What is the SCO?")["text"]


def test_a_backup_while_answers_are_kept_has_all_that_were_kept_before(tmp_path):
    """And is whole, though the writer never stops."""
    folder = tmp_path / "d"
    engine = open_database(folder)
    kept, stop = [], threading.Event()

    def write():
        writer = AnswerStore(engine)
        while not stop.is_set():
            answer = an_answer("Why? " * 500)
            writer.keep(answer, None)
            kept.append(answer.id)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            until(lambda: len(kept) > 100 * (number + 1))  # noqa: B023
            before = set(kept)
            back_up(folder, tmp_path / f"copy-{number}")
            with closing(sqlite3.connect(tmp_path / f"copy-{number}")) as copy:
                copied = {row[0] for row in copy.execute("SELECT id FROM answers")}
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert before <= copied
    finally:
        stop.set()
        thread.join()
        engine.dispose()
    assert sorted(p.name for p in tmp_path.iterdir()) == [*(f"copy-{n}" for n in range(5)), "d"]


def test_a_backup_of_a_bot_that_runs_can_be_restored(tmp_path, bot):
    """As the README says; the buttons under an answer work then."""
    server, process = bot
    status, out, err = run(tmp_path, "backup", "copy.sqlite3")
    assert (status, err) == (0, "")
    assert "complete and checked" in out
    process.kill()
    process.wait()
    shutil.rmtree(tmp_path / "d")
    (tmp_path / "d").mkdir(mode=0o700)
    shutil.copy(tmp_path / "copy.sqlite3", tmp_path / "d" / FILE)
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
    with running(tmp_path, "telegram", **settings):
        chat = server.api.private(ADA)
        server.api.press(chat, ADA, answers(server, chat)[0]["message_id"], (0, 0))
        until(lambda: len(answers(server, chat)) == 2)


def test_a_backup_replaces_nothing_unasked(tmp_path):
    """With --force it does, but never the state itself; and nobody else may read it."""
    folder, target = tmp_path / "d", tmp_path / "copy"
    assert "there is nothing yet" in run(tmp_path, "backup", "copy")[2]
    open_database(folder).dispose()
    target.write_text("my diary")
    status, _, err = run(tmp_path, "backup", "copy")
    assert status == 2
    assert err == "footnote: copy: already exists; name another file, or add --force\n"
    assert target.read_text() == "my diary"
    assert run(tmp_path, "backup", "copy", "--force")[0] == 0
    assert target.read_bytes().startswith(b"SQLite format 3")
    assert target.stat().st_mode & 0o077 == 0
    for name in (FILE, f"{FILE}-wal"):
        assert "the bot's own file" in run(tmp_path, "backup", f"d/{name}", "--force")[2]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("d", "this is a folder; name a file"),
        ("missing/copy", "there is no folder missing; make it"),
        ("file/copy", "file is no folder; name another file"),
        ("/dev/null", "this is no ordinary file; name another one"),
        ("/proc/copy", "cannot be written (No such file or directory); name a file in a folder"),
        ("x" * 300, "cannot be written (File name too long); give it a shorter name"),
    ],
)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_backup_that_cannot_be_written_is_told_so(tmp_path, target, problem, is_there):
    """About the file that was named, and no setting; also where there is nothing to copy."""
    (tmp_path / "d").mkdir()
    if is_there:
        open_database(tmp_path / "d").dispose()
    (tmp_path / "file").touch()
    status, _, err = run(tmp_path, "backup", target, "--force")
    if target == "/proc/copy" and not is_there:
        problem = "there is nothing yet"
    else:
        assert err.startswith(f"footnote: {target}: ")
        assert "FOOTNOTE_" not in err
    assert (status, err.count("\n")) == (2, 1)
    assert problem in err


@pytest.mark.skipif(unprivileged() is None, reason="this user may write everywhere")
@pytest.mark.parametrize(
    ("shut", "said"),
    [
        ("shut", "shut/copy: cannot be written (Permission denied); name a file in a folder that"),
        (
            f"d/{FILE}",
            f"d/{FILE}: this user may not read it; run this as the user that the bot runs as",
        ),
    ],
)
def test_a_backup_blames_what_this_user_may_not_use(tmp_path, shut, said):
    """The folder for the copy, or what is to be copied."""
    open_database(tmp_path / "d").dispose()
    (tmp_path / "shut").mkdir()
    (tmp_path / shut).chmod(0o000 if shut.startswith("d/") else 0o500)
    status, _, err = run(tmp_path, "backup", "shut/copy", before=unprivileged())
    (tmp_path / shut).chmod(0o700)
    assert (status, err.count("\n")) == (2, 1)
    assert said in err


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="needs Linux")
def test_a_backup_for_which_there_is_no_room_blames_its_own_disk(tmp_path):
    """And not that of the state, which is well."""
    open_database(tmp_path / "d").dispose()
    assert (tmp_path / "d" / FILE).stat().st_size > 50_000
    status, _, err = run(tmp_path, "backup", "copy", before=["prlimit", "--fsize=50000"])
    assert (status, err.count("\n")) == (2, 1)
    assert err.startswith("footnote: copy: cannot be written (")
    assert err.endswith("; make room on that disk, or name a file on another one\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d"]


def test_a_backup_of_what_is_broken_is_none(tmp_path):
    """It would look like one."""
    breach(tmp_path / "d")
    status, _, err = run(tmp_path, "backup", "copy")
    assert status == 2
    assert "malformed" in err
    assert not (tmp_path / "copy").exists()


def breach(folder):
    """A database with a page of garbage in the middle."""
    engine = open_database(folder)
    with engine.begin() as connection:
        for _ in range(100):
            question = an_answer("Why? " * 500)
            connection.exec_driver_sql(
                "INSERT INTO answers VALUES (?, 1, NULL, 7, 1, 0.0, ?, '', '', 1, '', '[]', "
                "'[]', 0, '[]')",
                (question.id, question.question),
            )
    engine.dispose()
    with (folder / FILE).open("rb+") as file:
        file.seek((folder / FILE).stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)


def diary(folder):
    """A file that never was a database."""
    folder.mkdir(mode=0o700)
    (folder / FILE).touch(mode=0o600)
    (folder / FILE).write_text("This is my diary, not a database. " * 50)


def newer(folder):
    """A database of a version to come."""
    open_database(folder).dispose()
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "problem"),
    [(breach, "malformed"), (diary, "not a database"), (newer, "a newer version")],
)
def test_a_database_that_cannot_be_used_is_left_as_it_is(tmp_path, api, make, problem):
    """One sentence, exit status 2, and the file has the same bytes as before."""
    make(tmp_path / "d")
    before = digest(tmp_path / "d" / FILE)
    with serve(api) as server:
        status, _, err = second(tmp_path, server)
    assert (status, err.count("\n")) == (2, 1)
    assert problem in err
    assert str(tmp_path / "d" / FILE) in err
    assert digest(tmp_path / "d" / FILE) == before


@pytest.mark.skipif(unprivileged() is None, reason="this user may write everywhere")
@pytest.mark.parametrize("is_empty", [True, False])
def test_a_folder_that_cannot_be_written_is_told_so(tmp_path, api, is_empty):
    """In one sentence, with what to do."""
    folder = tmp_path / "d"
    folder.mkdir()
    if not is_empty:
        open_database(folder).dispose()
    folder.chmod(0o500)
    with serve(api) as server:
        status, _, err = second(tmp_path, server, before=unprivileged())
    folder.chmod(0o700)
    assert (status, err.count("\n")) == (2, 1)
    assert "cannot be created or written (Permission denied); name a folder" in err


def allow(process, size):
    """Let the process write files of that many bytes at most, as a full disk does."""
    most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size or most, most))


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux")
def test_on_a_full_disk_questions_are_answered(tmp_path, bot):
    """Once each, in private chats and at once; what is logged are two lines; it recovers."""
    server, process = bot
    allow(process, 1)
    people = [Person(number, "Ben") for number in range(10, 20)]
    chats = [server.api.private(person) for person in people]
    questions = ("What is BRICS?", "What is the SCO?", "/brief military cooperation")
    for number, question in enumerate(questions, start=1):
        for chat, person in zip(chats, people, strict=True):
            server.api.say(chat, person, question)
        until(lambda: all(len(answers(server, chat)) == number for chat in chats))  # noqa: B023
    assert "".join(process.said).count("Until then nothing is kept") == 1
    allow(process, None)
    until(lambda: "is kept again" in "".join(process.said) or not ask(server, "What is BRICS?"))
    answer = ask(server, "Why does Russia need China?")
    server.api.press(server.api.private(ADA), ADA, answer["message_id"], (0, 0))
    until(lambda: server.api.answered_callbacks)
    assert [len(answers(server, chat)) for chat in chats] == [3] * 10
    said = "".join(process.said)
    assert said.count("Until then nothing is kept") == 1
    assert "check that there is room" in said
    assert "Traceback" not in said
    process.terminate()
    assert process.wait(20) == 0
    with closing(sqlite3.connect(tmp_path / "d" / FILE)) as connection:
        states = connection.execute("SELECT DISTINCT state FROM updates").fetchall()
    assert states == [("done",)]


def test_a_folder_is_held_by_one_at_a_time(tmp_path):
    """And is free after the block."""
    with hold(tmp_path), pytest.raises(StorageError, match="another bot"), hold(tmp_path):
        pass
    with hold(tmp_path):
        pass


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_told_so(tmp_path, monkeypatch, number):
    """As some network file systems are; nothing else would keep two bots apart after a kill."""

    def flock(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(StorageError, match=r"has no locks .* with FOOTNOTE_DATA$"), hold(tmp_path):
        pass
