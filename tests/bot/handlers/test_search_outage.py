"""While the cluster that searches the articles is away, that is said, and nothing else."""

import pytest
from conversations import ADA, BEN, Conversation
from opensearch_server import trial_cluster
from stored_collections import opened, write

from bot.composing.pipeline import pipeline_of
from bot.console.session import Session
from bot.console.world.refusals import forbidden
from retrieval.index.collection_index import Index
from retrieval.store.collection_store import CollectionStore

KEPT = "The articles can’t be searched at the moment. Your message is kept"
AWAY = (503, {"error": "no cluster manager"})


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A cluster that does as it is told, and an index over what is published there."""
    folder = tmp_path_factory.mktemp("outage")
    write(folder / "articles", "bees.md", "# Bees\n\nBees make honey. They dance at noon.")
    write(folder / "articles", "rye.md", "# Rye\n\nRye bread is dark. It keeps for a week.")
    sync = opened(folder / "articles")
    sync.update(sync.scan())
    with pytest.MonkeyPatch.context() as patch, trial_cluster() as cluster:
        patch.delenv("FOOTNOTE_TEST_OPENSEARCH_URL", raising=False)
        cluster.publish(CollectionStore(folder / "store"))
        yield cluster.emulator, lambda: Index(cluster.engine(folder / "lexicon"))


@pytest.fixture
def emulator(published):
    yield published[0]
    published[0].fault = lambda *_: None


@pytest.fixture
def session(published):
    with Session(pipeline_of(published[1](), ())) as opened:
        yield opened


@pytest.fixture
def talk(session):
    return Conversation(session)


def test_a_question_is_answered_from_the_cluster(talk):
    """As from a folder."""
    assert talk("What do bees make?").quotes == ["Bees make honey. They dance at noon."]


def test_in_private_an_outage_is_said_once_in_ten_minutes(talk, emulator):
    """With every question it would be noise; that the articles are silent is never said."""
    emulator.fault = lambda *_: AWAY
    assert talk("What do bees make?").text.startswith(KEPT)
    assert talk("How dark is rye bread?") is None
    emulator.fault = lambda *_: None
    assert talk("What colour is rye bread?").quotes


def test_a_command_that_needs_no_search_is_carried_out(talk, emulator):
    """Help, the list of articles, the time zone."""
    emulator.fault = lambda *_: AWAY
    assert "Bees" in talk("/sources").buttons[0]
    assert "UTC+02:00" in talk("/timezone UTC+2").text
    assert talk("/help") is not None


def test_in_a_group_an_outage_is_said_once_whoever_asks(session, emulator):
    """Others are told about it by what stands there."""
    talk = Conversation(session, session.api.group("Beekeepers", [ADA, BEN]))
    talk.all()
    emulator.fault = lambda *_: AWAY
    assert talk("/ask What do bees make?").text.startswith(KEPT)
    assert talk("/ask What do bees make?", BEN) is None
    assert talk("/brief bees", BEN) is None


def test_who_cannot_be_told_of_an_outage_is_no_failure_of_the_bot(talk, emulator, caplog):
    """Such as somebody who has just blocked it."""
    emulator.fault = lambda *_: AWAY
    talk.api.refuse_next(forbidden("bot was blocked by the user"), "sendMessage")
    assert talk("What do bees make?") is None
    assert "the person cannot be told" in caplog.text
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_press_says_that_it_can_be_repeated(talk, emulator):
    """It is not kept: nobody waits for a button's work ten minutes later."""
    answer = talk("What do bees make?")
    emulator.fault = lambda *_: AWAY
    assert talk("What is dark?").text.startswith(KEPT)
    assert talk.press(talk("/sources"), talk("/sources").buttons[1]) is None
    assert "press again" in talk.notices[0]
    emulator.fault = lambda *_: None
    assert answer.buttons


def test_inline_nothing_is_found_and_nothing_remembered(talk, emulator):
    """The next letter that is typed asks anew."""
    emulator.fault = lambda *_: AWAY
    found = talk.inline("bees")
    assert found["results"] == []
    assert found["cache_time"] == 0
    assert found["button"]["text"] == "The articles can’t be searched at the moment"
    emulator.fault = lambda *_: None
    assert talk.inline("bees")["results"]


def test_an_answer_that_is_not_whole_is_an_outage(talk, emulator):
    """As where a shard has failed, and what is left would not answer."""
    nothing = {
        "timed_out": False,
        "_shards": {"total": 2, "successful": 1, "failed": 1},
        "hits": {"hits": []},
    }
    emulator.fault = lambda _, path, __: (
        (200, {"responses": [nothing]}) if "_msearch" in path else None
    )
    assert talk("honey").text.startswith(KEPT)
