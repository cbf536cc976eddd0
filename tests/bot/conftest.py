"""Conversations with the bot, over the played Bot API."""

import logging
import shutil
from contextlib import ExitStack

import postgres_server
import pytest
from bot_process import TOKEN, free_port
from conversations import ADA, BEN, EVE, Conversation, make_pipeline

from bot.console.bot_api.api import BotApi
from bot.console.session import Session
from bot.storage.database.engine import open_database
from bot.storage.database.sqlite import FILE
from retrieval.articles import Article, Collection, Paragraph


@pytest.fixture(autouse=True)
def _no_errors(caplog):
    """An ERROR record fails the test, wherever it comes from."""
    yield
    for when in ("setup", "call"):
        errors = [r for r in caplog.get_records(when) if r.levelno >= logging.ERROR]
        assert not errors, [record.getMessage() for record in errors]


@pytest.fixture
def api():
    """Telegram, as a program with a token of its own finds it."""
    return BotApi(token=TOKEN)


@pytest.fixture
def port():
    """A port at which nobody listens."""
    return free_port()


@pytest.fixture(scope="session")
def shipped_pipeline(shipped):
    return make_pipeline(shipped)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server; where none can be had, the tests that need it are left out."""
    with ExitStack() as opened:
        try:
            server = opened.enter_context(postgres_server.serve())
        except postgres_server.Missing as missing:
            pytest.skip(str(missing))
        server.ready = server.make()
        open_database(None, server.ready).dispose()
        yield server


@pytest.fixture
def kind():
    """Of which kind the database is; modules whose tests are for both kinds say so."""
    return "SQLite"


@pytest.fixture
def url(kind, request):
    """The address of a new database, its schema up to date; empty for SQLite's."""
    if kind == "SQLite":
        return ""
    server = request.getfixturevalue("postgres")
    return server.make(server.ready.rpartition("/")[2])


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A database of SQLite's with the newest schema: a copy takes a tenth of making one."""
    folder = tmp_path_factory.mktemp("empty")
    open_database(folder).dispose()
    return folder / FILE


@pytest.fixture
def converse(shipped_pipeline, tmp_path, url, empty):
    """Opens conversations; what is opened is closed at the end."""
    opened = []
    if not url:
        (tmp_path / "state").mkdir(mode=0o700)
        shutil.copy(empty, tmp_path / "state" / FILE)

    def open_conversation(  # noqa: PLR0913  # each is left out somewhere
        *,
        pipeline=None,
        collection=None,
        group=None,
        privacy=False,
        rules=None,
        admin_articles=None,
        **options,
    ):
        pipeline = pipeline or (make_pipeline(collection) if collection else shipped_pipeline)
        api = options.pop("api", None) or BotApi(privacy=privacy, **options)
        session = Session(
            pipeline, tmp_path / "state", api, rules, url, admin_articles
        ).__enter__()
        opened.append(session)
        return Conversation(session, group and group(api))

    yield open_conversation
    for session in reversed(opened):
        session.close()


@pytest.fixture
def talk(converse):
    """A private chat about the shipped articles."""
    return converse()


@pytest.fixture
def group(converse):
    """A group of three with the bot in it."""
    return converse(group=lambda api: api.group("Friends", [ADA, BEN, EVE]))


@pytest.fixture
def collection():
    """Makes a collection of articles given as (title, url, paragraphs)."""

    def make(*articles):
        made = []
        for number, (title, url, texts) in enumerate(articles, start=1):
            name = f"article-{number}"
            paragraphs = tuple(
                Paragraph(name, n, heading, text) for n, (heading, text) in enumerate(texts, 1)
            )
            made.append(Article(name, title, "en", paragraphs, url=url))
        return Collection(made)

    return make
