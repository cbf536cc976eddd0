"""What is not a whole answer of the cluster is an outage, never an answer."""

import socket
import sqlite3
from base64 import b64decode, b64encode
from contextlib import closing

import pytest

from retrieval.errors import SearchOutageError
from retrieval.index.analysed_paragraph import pairs_of
from retrieval.opensearch import circuit_breaker
from retrieval.opensearch.circuit_breaker import CircuitBreaker
from retrieval.opensearch.published_paragraphs import PublishedParagraphs
from retrieval.opensearch.published_snapshot import PublishedEngine, PublishedSnapshot
from retrieval.opensearch.published_version import current_index, version_of
from retrieval.opensearch.search_server import SearchServer, ServerAccess
from retrieval.store.tables.schema import FILE

WHOLE = {"total": 1, "successful": 1, "failed": 0}
FOUND = {"timed_out": False, "_shards": WHOLE, "hits": {"hits": []}}
HIT = {"_id": "1", "_source": {"row": {}}}


@pytest.fixture
def engine(tmp_path, cluster, emulator, store):
    cluster.publish(store)
    return cluster.engine(tmp_path / "lexicon")


def ask(engine):
    return engine.best([{("bee",): 1.0}], [], 50)


def searched(**fields):
    return 200, {"responses": [FOUND | fields]}


FAULTS = {
    "it fails": (500, {"error": "failed"}),
    "it is away behind a proxy": (502, b"<html>Bad Gateway</html>"),
    "a proxy answers in its place": (200, b"<html>Log in</html>"),
    "it has too much to do": (429, {"error": {"reason": "queue is full"}}),
    "it wants to know who asks": (401, {"error": {"reason": "missing credentials"}}),
    "the index is gone": (200, {"responses": [{"error": {"reason": "no such index"}}]}),
    "it took too long": searched(timed_out=True),
    "a shard failed": searched(_shards=WHOLE | {"failed": 1}),
    "a shard is missing": searched(_shards={"total": 2, "successful": 1, "failed": 0}),
    "nothing says whether it is whole": (200, {"responses": [{"hits": {"hits": []}}]}),
    "nothing is answered": (200, {"responses": []}),
    "something else is answered": (200, {"responses": "none"}),
    "a list is answered": (200, b"[]"),
    "the answer is cut": (200, b'{"responses": ['),
    "it is nested without end": (200, b"[" * 100_000),
    "what is found has no number": searched(hits={"hits": [HIT | {"_id": "x"}]}),
    "what is found is no paragraph": searched(hits={"hits": [HIT | {"_source": {}}]}),
    "what is found has no end": searched(hits={"hits": [HIT | {"_id": "9" * 5000}]}),
}


@pytest.mark.parametrize("answer", FAULTS.values(), ids=FAULTS)
def test_whatever_is_not_a_whole_answer_is_an_outage(engine, emulator, answer):
    """However it is wrong; the sentence is one line that can be shown."""
    assert ask(engine)
    emulator.fault = lambda _, path, __: answer if "_msearch" in path else None
    with pytest.raises(SearchOutageError) as found:
        ask(engine)
    assert str(found.value).isprintable()
    emulator.fault = lambda *_: None
    assert ask(engine)


def test_a_paragraph_that_was_exchanged_is_an_outage(engine, emulator):
    """Its words would be nobody's."""
    for index in emulator.indices.values():
        for fields in index.documents.values():
            if "row" in fields:
                fields["row"]["text"] = "Nobody ever wrote this."
    with pytest.raises(SearchOutageError, match="not what was published"):
        engine.analysed(next(engine.numbers()))


def test_terms_that_the_lexicon_does_not_know_are_an_outage(engine, emulator):
    """Nobody can say what they were."""
    for index in emulator.indices.values():
        for fields in index.documents.values():
            if "row" in fields:
                size = len(b64decode(fields["row"]["ids"]))
                fields["row"]["ids"] = b64encode(b"\xff" * size).decode()
    with pytest.raises(SearchOutageError, match="not what was published"):
        _ = engine.analysed(next(engine.numbers())).terms


def test_a_paragraph_that_is_missing_is_an_outage(engine, emulator):
    """Though the lexicon knows it."""
    for index in emulator.indices.values():
        index.documents.clear()
    with pytest.raises(SearchOutageError, match="missing"):
        engine.analysed(next(engine.numbers()))


def test_a_lexicon_that_was_changed_afterwards_is_an_outage(tmp_path, cluster, emulator, store):
    """What is published never changes, so nothing can have been removed from it since."""
    cluster.publish(store)
    engine = cluster.engine(tmp_path)
    pair = pairs_of(engine.analysed(next(engine.numbers())).sentences[0])[0]
    with closing(sqlite3.connect(tmp_path / FILE)) as lexicon, lexicon:
        lexicon.execute("INSERT INTO meta VALUES ('clean', 0)")
    server = cluster.server()
    version = version_of(server, current_index(server, cluster.alias))
    snapshot = PublishedSnapshot(tmp_path, PublishedParagraphs(server, version.index))
    with pytest.raises(SearchOutageError, match="not as it was published"):
        PublishedEngine(snapshot).pairs.idf_of(pair)


def test_pairs_that_are_not_counted_are_an_outage(engine, emulator):
    """Their statistics would change the scores."""
    emulator.fault = lambda *_: searched(
        hits={"hits": [], "total": {"value": 3, "relation": "gte"}}
    )
    with pytest.raises(SearchOutageError, match="counted"):
        engine.pairs.holding("queen bee")


def test_a_host_that_is_away_is_stood_in_for(tmp_path, cluster, emulator, store):
    """By the next one, whichever is asked first; and soon it is not asked any more."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        away = f"http://127.0.0.1:{closed.getsockname()[1]}"
    cluster.publish(store)
    server = cluster.server(away)
    engine = cluster.engine(tmp_path / "lexicon", server)
    for _ in range(20):
        assert ask(engine)
    assert server.trouble == ""


@pytest.mark.parametrize(
    "answer",
    [
        (403, {"error": {"type": "security_exception", "reason": "no"}}),
        (401, b"Unauthorized"),  # as its security plugin says it
    ],
)
def test_what_every_host_refuses_is_asked_of_one(cluster, emulator, answer):
    """A name or a password is not better elsewhere."""
    emulator.fault = lambda *_: answer
    server = cluster.server(emulator.url.replace("127.0.0.1", "localhost"))
    with pytest.raises(SearchOutageError, match="FOOTNOTE_OPENSEARCH_USER"):
        server.ask("GET", "/")
    assert len(emulator.asked) == 1


def test_a_cluster_that_fails_again_and_again_is_left_alone(cluster, emulator):
    """So that nobody waits for it, and it can recover; one request finds out when it has."""
    emulator.fault = lambda *_: (503, {"error": "no master"})
    server = cluster.server()
    for _ in range(10):
        with pytest.raises(SearchOutageError):
            server.ask("GET", "/")
    assert len(emulator.asked) == circuit_breaker.MOST_FAILURES_IN_A_ROW
    assert server.trouble


def test_a_breaker_lets_one_request_through_after_a_while():
    """Its outcome closes the breaker, or opens it for as long again."""
    now = [100.0]
    breaker = CircuitBreaker(lambda: now[0])
    for _ in range(circuit_breaker.MOST_FAILURES_IN_A_ROW):
        assert breaker.lets_through()
        breaker.failed()
    assert not breaker.lets_through()
    now[0] += circuit_breaker.OPEN_SECONDS
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.failed()
    assert not breaker.lets_through()
    now[0] += circuit_breaker.OPEN_SECONDS
    assert breaker.lets_through()
    breaker.succeeded()
    assert all(breaker.lets_through() for _ in range(3))


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        ({"user": "ada", "password": "s3cret"}, "Basic YWRhOnMzY3JldA=="),
        ({"api_key": "a2V5"}, "ApiKey a2V5"),
        ({}, None),
    ],
)
def test_a_cluster_is_told_who_asks(emulator, access, expected):
    """By name and password, or by a key; neither is in what is shown of it."""
    given = ServerAccess((emulator.url,), **access)
    server = SearchServer(given)
    server.ask("GET", "/")
    server.close()
    assert emulator.authorization == [expected]
    assert not any(secret in repr(given) for secret in ("s3cret", "a2V5"))
