"""A cluster, and a collection to publish there."""

import pytest
from opensearch_server import trial_cluster
from stored_collections import CHANGES, TEXTS, opened, write

from retrieval.store.collection_store import CollectionStore


@pytest.fixture
def cluster():
    with trial_cluster() as found:
        yield found


@pytest.fixture
def emulator(cluster):
    """The cluster, where it does as it is told."""
    if cluster.emulator is None:
        pytest.skip("a real server does not fail on demand")
    return cluster.emulator


@pytest.fixture(scope="session")
def articles(tmp_path_factory):
    """A folder of articles of several kinds, some of them changed since; beside it their store."""
    folder = tmp_path_factory.mktemp("published") / "articles"
    for texts in (TEXTS, CHANGES):
        for name, text in texts.items():
            write(folder, name, text)
        sync = opened(folder)
        sync.update(sync.scan())
    return folder


@pytest.fixture
def store(articles):
    return CollectionStore(articles.parent / "store")
