"""What is kept, and what is said where it cannot be."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import MetaData, select

from bot.storage.answer_store import AnswerStore
from bot.storage.database import tables
from bot.storage.database.engine import MIGRATIONS, NEWEST, StorageError, open_database, version_of
from bot.storage.database.sqlite import FILE
from bot.storage.stored_answer import Asked, MessageRole, StoredAnswer, new_id
from bot.storage.update_store import UpdateStore

NOW = 1_700_000_000.0
ASKED = Asked(chat=1, thread=None, person=7, message=10, at=NOW)
ANSWER = StoredAnswer(
    asked=ASKED,
    question="Why?",
    context=None,
    subject="Why?",
    answered=True,
    lead="Because:",
    notes=("Note.",),
    quotes=("a", "b"),
    shown=1,
    id="x",
)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def kind(request):
    return request.param


@pytest.fixture
def engine(tmp_path, url):
    engine = open_database(tmp_path, url)
    yield engine
    engine.dispose()


@pytest.fixture
def answers(engine):
    return AnswerStore(engine)


def test_an_answer_is_read_back_as_it_was_kept(answers):
    """By its id, its question, and the messages that show it."""
    answers.keep(ANSWER, (1, 11))
    assert answers.get("x") == ANSWER
    assert answers.to(1, 10) == ANSWER
    assert answers.shown_in(1, 11) == ANSWER
    assert answers.message("x", 1, MessageRole.ANSWER) == 11
    assert answers.shown_in(2, 11) is None


def test_a_message_shows_what_it_showed_last(answers):
    """And what is forgotten is placed nowhere."""
    answers.keep(ANSWER, None)
    answers.keep(replace(ANSWER, id="y"), None)
    answers.place("x", 1, 11, MessageRole.ANSWER)
    answers.place("y", 1, 11, MessageRole.ANSWER)
    assert answers.shown_in(1, 11).id == "y"
    answers.place("gone", 1, 12, MessageRole.ANSWER)
    assert answers.shown_in(1, 12) is None


def test_an_answer_that_is_gone_can_be_rated_all_the_same(answers):
    """Its question may be corrected while the button is pressed."""
    assert answers.rate("gone", 7, helped=True)


@pytest.mark.parametrize(
    "other",
    [{"chat": 2}, {"thread": 3}, {"person": 8}, {"person": None}],
)
def test_the_last_answer_is_that_of_the_same_person_and_place(answers, other):
    """Before the message in question, and not too long ago."""
    answers.keep(ANSWER, None)
    asking = replace(ASKED, message=20, at=NOW + 60)
    assert answers.last(asking, NOW - 1) == ANSWER
    assert answers.last(replace(asking, **other), NOW - 1) is None
    assert answers.last(asking, NOW + 1) is None
    assert answers.last(ASKED, 0) is None


def test_what_is_forgotten_takes_all_with_it(answers, engine):
    """Messages and ratings as well."""
    answers.keep(ANSWER, None)
    answers.keep(replace(ANSWER, id="y", asked=replace(ASKED, at=NOW + 100)), None)
    answers.place("x", 1, 11, MessageRole.ANSWER)
    answers.rate("x", 7, helped=True)
    answers.forget_before(NOW + 1)
    assert answers.get("x") is None
    assert answers.get("y") is not None
    with engine.connect() as connection:
        for table in (tables.messages, tables.ratings):
            assert connection.execute(select(table)).all() == []


def test_an_update_is_new_once(engine):
    """Unless its number is given to another one."""
    updates = UpdateStore(engine)
    one, other = {"update_id": 7, "message": {"text": "a"}}, {"update_id": 7, "message": {}}
    assert updates.put([one], NOW) == {7}
    assert updates.put([one], NOW) == set()
    updates.done({7: None})
    assert updates.put([one], NOW) == set()
    assert updates.waiting() == []
    assert updates.put([other], NOW) == {7}
    assert [(one.number, one.fields) for one in updates.waiting()] == [(7, other)]


def test_of_an_update_that_is_done_nothing_is_left_but_its_number(engine):
    """And after some time not even that; what waits, or was set aside, stays for longer."""
    updates = UpdateStore(engine)
    updates.put([{"update_id": n, "message": {"text": f"Zanzibar {n}"}} for n in (3, 1, 2)], NOW)
    updates.done({2: None, 3: "broken"})
    table = tables.updates.c
    with engine.connect() as connection:
        bodies = connection.execute(select(table.body).order_by(table.id)).scalars().all()
    assert [len(body) > 0 for body in bodies] == [True, False, False]
    updates.forget_before(NOW + 1, NOW)
    assert [one.number for one in updates.waiting()] == [1]
    assert [(one.number, one.error) for one in updates.dead_letters()] == [(3, "broken")]
    updates.forget_before(NOW, NOW + 1)
    assert updates.waiting() == updates.dead_letters() == []


def test_ids_are_fit_for_buttons():
    """And never the same."""
    ids = {new_id() for _ in range(1000)}
    assert {len(identity) for identity in ids} == {11}
    assert len(ids) == 1000


def test_migrations_make_the_schema_that_the_program_expects(engine):
    """Table by table, column by column, and nothing that fills itself in."""
    found = MetaData()
    found.reflect(engine)
    for table in tables.metadata.sorted_tables:
        there = found.tables[table.name]
        assert [c.name for c in there.columns] == [c.name for c in table.columns]
        for column, expected in zip(there.columns, table.columns, strict=True):
            assert isinstance(column.type, type(expected.type))
            assert getattr(column.type, "length", 0) == getattr(expected.type, "length", 0)
            assert column.nullable == expected.nullable
            default = column.server_default
            assert (default is None) == (expected.server_default is None)
        assert {i.name for i in there.indexes} == {i.name for i in table.indexes}


def test_the_newest_migration_is_the_one_the_program_knows(engine):
    """Then Alembic need not be loaded at a start."""
    assert max(path.name[:4] for path in MIGRATIONS.glob("versions/*.py")) == NEWEST
    with engine.connect() as connection:
        assert version_of(connection) == NEWEST


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    """And named, with what to do."""
    (tmp_path / FILE).write_text("This is my diary, not a database. " * 50, encoding="utf-8")
    with pytest.raises(StorageError, match=r"footnote\.sqlite3: cannot be used .*not a database"):
        open_database(tmp_path)
    assert "my diary" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_a_database_of_a_newer_version_is_left_alone(engine, tmp_path, url):
    """It may hold what this one does not know."""
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    elsewhere = "another database with FOOTNOTE_DATABASE_URL" if url else "another folder"
    with pytest.raises(StorageError, match=f"newer version of this program; .*{elsewhere}"):
        open_database(tmp_path, url)
    with engine.connect() as connection:
        assert version_of(connection) == "9999"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    """Such as one below a file."""
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="FOOTNOTE_DATA"):
        open_database(tmp_path / "file" / "folder")


@pytest.mark.parametrize("kind", ["SQLite"])
def test_an_answer_is_given_even_if_it_cannot_be_kept(answers, caplog, tmp_path):
    """The disk may be full; it is logged, and the words arrive."""
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("DROP TABLE answers")
    answers.keep(replace(ANSWER, asked=replace(ASKED, at=time.time())), None)
    answers.keep(ANSWER, None)
    assert [r.getMessage().count("Until then nothing is kept") for r in caplog.records] == [1]
    caplog.clear()
