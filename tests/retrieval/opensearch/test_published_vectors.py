"""Vectors travel with a collection: who answers from it encodes nothing anew."""

import numpy as np
import pytest
from encoders import WordEncoder

from retrieval.errors import SearchOutageError
from retrieval.index.collection_index import Index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.vector_store import VectorStore
from retrieval.opensearch.file_transfer import fetch_vectors
from retrieval.store.reading.disk_engine import DiskEngine


@pytest.fixture
def made(tmp_path, store):
    """The collection's vectors where it is published from, all of them made."""
    kept = VectorStore(tmp_path / "here", WordEncoder())
    vectors = CollectionVectors(Index(DiskEngine(store.snapshot())), kept)
    while vectors.make():
        pass
    return vectors


@pytest.fixture
def elsewhere(tmp_path, cluster):
    """Opens what is published as another machine does; with it the vectors that it has."""

    def opened(version, name="words-1"):
        index = Index(cluster.engine(tmp_path / "lexicon"))
        kept = VectorStore(tmp_path / "there", WordEncoder(name))
        vectors = CollectionVectors(index, kept)
        fetch_vectors(cluster.server(), version, vectors, tmp_path / "lexicon")
        return vectors

    return opened


def test_published_vectors_need_not_be_made_again(cluster, store, made, elsewhere):
    """All are as they were; a text that occurs twice has one, and what is there is not fetched."""
    version = cluster.publish(store, vectors=made).version
    found = elsewhere(version)
    assert found.progress == made.progress
    assert found.progress.is_complete
    assert not found.encoder.seen
    for layer, vectors in made.layers.items():
        here = found.layers[layer]
        rows = np.arange(len(here))
        there, fetched = vectors.came[vectors.places(rows)], here.came[here.places(rows)]
        assert (fetched.codes == there.codes).all()
        assert (fetched.scales == there.scales).all()
    size = found.store.path.stat().st_size
    assert elsewhere(version).store.path.stat().st_size == size == version.vectors.size


def test_what_is_there_is_added_to(cluster, store, made, elsewhere):
    """Only what is missing comes in beside it."""
    here = elsewhere(cluster.publish(store).version)
    assert here.make()
    before = here.store.path.read_bytes()
    found = elsewhere(cluster.publish(store, vectors=made).version)
    assert found.progress.is_complete
    assert found.store.path.read_bytes().startswith(before)
    assert found.store.path.stat().st_size == made.store.path.stat().st_size


def test_vectors_make_a_new_version_and_are_kept_by_who_has_none(cluster, store, made):
    """As where they were switched off, or are made without a package for it."""
    first = cluster.publish(store)
    second = cluster.publish(store, vectors=made)
    assert (first.version.vectors, second.is_new) == (None, True)
    third = cluster.publish(store)
    assert (third.is_new, third.version) == (False, second.version)


def test_vectors_of_another_encoder_stay_away(cluster, store, made, elsewhere):
    """They do not compare."""
    found = elsewhere(cluster.publish(store, vectors=made).version, "words-2")
    assert found.progress.done == 0
    assert not found.store.path.exists()


def test_damaged_vectors_are_refused(cluster, emulator, store, made, elsewhere):
    """Cut short or changed; nothing of them is taken over."""
    version = cluster.publish(store, vectors=made).version
    documents = emulator.indices[version.files].documents
    part = documents[f"{version.vectors.name}-0"]["part"]
    for damaged in (part["data"][:40], "AAAA", "", 7):
        part["data"] = damaged
        with pytest.raises(SearchOutageError, match="damaged"):
            elsewhere(version)
