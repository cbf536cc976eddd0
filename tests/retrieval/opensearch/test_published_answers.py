"""What is answered from a cluster is what is answered in memory, byte for byte."""

from base64 import b64encode
from itertools import islice

import pytest
from article_files import english
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stored_collections import everything

from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.opensearch.paragraph_documents import (
    DamagedError,
    StoredRows,
    document_of,
    rows_of_document,
)
from retrieval.opensearch.search_request import MOST_CLAUSES, request_of
from retrieval.sources.folders.folder import load_folder
from retrieval.store.reading.disk_engine import DiskEngine
from retrieval.store.tables.analysis_rows import SELECT_ANALYSES, StoredTerms, packed
from retrieval.store.tables.paragraph_rows import SELECT
from retrieval.store.tables.term_table import TermTable


@pytest.mark.parametrize("shards", [1, 3])
def test_a_published_collection_gives_the_same_answers(tmp_path, cluster, articles, store, shards):
    """Questions, follow-ups and briefings, whatever was changed before it was published."""
    cluster.publish(store, shards)
    there = everything(Index(cluster.engine(tmp_path / "lexicon")))
    assert there == everything(memory_index(load_folder(articles, english).collection))


def told(found):
    """All that is known of a paragraph."""
    return (
        *(found.paragraph, found.language, found.spans, found.filler, found.denials),
        *(found.structure, found.above, found.heading, found.sentences),
    )


def test_all_that_an_engine_knows_is_the_same_as_on_disk(tmp_path, cluster, store):
    """Every paragraph, in each order, by digest and by place, and the edition."""
    cluster.publish(store)
    there, here = cluster.engine(tmp_path / "lexicon"), DiskEngine(store.snapshot())
    assert there.edition == here.edition
    assert [*there.numbers()] == [*here.numbers()]
    articles = here.articles.page(0, 99)
    assert [*there.in_turn(articles)] == [*here.in_turn(articles)]
    assert [told(there.analysed(n)) for n in there.numbers()] == [
        told(here.analysed(n)) for n in here.numbers()
    ]
    assert [*there.embedded()] == [*here.embedded()]
    editions = [edition for (edition,) in store.snapshot().all("SELECT edition FROM editions")]
    for edition in (None, *editions):
        assert sorted(there.digests(edition)) == sorted(here.digests(edition))
    digests = [*here.digests()]
    assert there.with_digests(digests) == here.with_digests(digests)
    one, other = (engine.articles.page(0, 99) for engine in (there, here))
    assert [(a.id, tuple(a.paragraphs)) for a in one] == [
        (a.id, tuple(a.paragraphs)) for a in other
    ]
    assert one[0].paragraphs[-1] == other[0].paragraphs[-1]


def test_what_is_read_in_order_is_fetched_together(tmp_path, cluster, emulator, store):
    """A briefing on everything takes few requests, and numbers alone take none."""
    cluster.publish(store)
    engine = cluster.engine(tmp_path / "lexicon")
    articles = engine.articles.page(0, 99)
    before = len(emulator.asked)
    assert len([*engine.numbers()]) > 5
    assert len(emulator.asked) == before
    assert [engine.analysed(number) for number in islice(engine.in_turn(articles), 5)]
    assert len(emulator.asked) == before + 1


def test_a_question_takes_one_request(tmp_path, cluster, emulator, store):
    """Candidates, their texts and the statistics of pairs come together."""
    cluster.publish(store)
    engine = cluster.engine(tmp_path / "lexicon")
    before = len(emulator.asked)
    found = engine.best([{("bee",): 1.0}], [{("queen bee",): 0.4}], 50)
    assert found
    assert [engine.analysed(number) for number in found]
    assert engine.pairs.holding("queen bee") == 0
    assert emulator.asked[before:] == [("POST", "/_msearch")]


@given(st.integers(1, 600), st.integers(0, 200))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_search_never_has_more_clauses_than_a_server_takes(store, words, pairs):
    """However many words a question has and whatever they may be found as."""
    statistics = DiskEngine(store.snapshot()).paragraphs
    found_as = {("bee",): 1.0, ("rye", "bread"): 0.5, ("honey",): 0.2}
    looked_up = [{(f"a {number}",): 0.4} for number in range(pairs)]
    request = request_of([found_as] * words, looked_up, statistics)
    assert request is not None
    assert str(request.query).count("'term'") <= MOST_CLAUSES


def numbers(*values):
    return b64encode(packed(values)).decode()


DAMAGES = {
    "another text": {"text": "Bees make paper."},
    "a sentence behind the end": {"bounds": numbers(0, 10_000)},
    "a sentence that ends before it begins": {"bounds": numbers(5, 2)},
    "half a sentence": {"bounds": numbers(0)},
    "a sentence too few": {"bounds": ""},
    "half a number": {"bounds": "AAA="},
    "no base64": {"ids": "!"},
    "a sentence that is not there": {"filler": numbers(99)},
    "terms too few": {"ids": numbers(1)},
    "terms of no sentence": {"sizes": numbers(1, 1, 1, 1, 1)},
    "an unknown kind": {"kind": "picture"},
    "a number for a text": {"heading": 7},
    "a field too many": {"more": 1},
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_paragraph_that_is_not_what_was_published_is_refused(store, damage):
    """A quote is the article's own words, whatever a server says."""
    snapshot = store.snapshot()
    number, digest = snapshot.one("SELECT number, digest FROM paragraphs")
    (paragraph,) = snapshot.with_numbers(SELECT, [number])
    (analysis,) = snapshot.with_numbers(SELECT_ANALYSES, [number])
    rows = StoredRows(paragraph, analysis)
    article = (paragraph[-1], analysis[2])
    fields = document_of(rows, StoredTerms(analysis, TermTable(snapshot.all).named))["row"]
    assert rows_of_document(number, article, digest, fields) == rows
    with pytest.raises(DamagedError):
        rows_of_document(number, article, digest, fields | damage)
