"""Bots that run notice what is published, and go on with what they have if it cannot be used."""

import pytest
from opensearch_server import trial_cluster
from stored_collections import opened, write

from bot.indexing.published_source import PublishedSource
from bot.settings.settings import Settings
from retrieval.errors import SearchOutageError
from retrieval.store.collection_store import CollectionStore

AWAY = (503, {"error": "no cluster manager"})


@pytest.fixture
def cluster(monkeypatch):
    monkeypatch.delenv("FOOTNOTE_TEST_OPENSEARCH_URL", raising=False)
    with trial_cluster() as found:
        yield found


@pytest.fixture
def publish(tmp_path, cluster):
    def publish_text(text):
        write(tmp_path / "articles", "bees.md", f"# Bees\n\n{text}")
        sync = opened(tmp_path / "articles")
        sync.update(sync.scan())
        return cluster.publish(CollectionStore(tmp_path / "store")).version

    return publish_text


@pytest.fixture
def source(tmp_path, cluster):
    """Opens a source, as a bot does when it starts; what it warned of is in `warnings`."""
    made = []

    def make(folder="data"):
        settings = Settings(
            data=tmp_path / folder, opensearch_url=(cluster.url,), opensearch_alias=cluster.alias
        )
        warnings = []
        found = PublishedSource(settings, warnings.append)
        found.warnings = warnings
        made.append(found)
        return found

    yield make
    for one in made:
        one.close()


def text_of(index):
    return index.paragraph(next(index.engine.numbers())).text


def copies(tmp_path):
    return sorted(path.name for path in (tmp_path / "data" / "published").iterdir())


def test_a_new_version_is_noticed_once(tmp_path, publish, source):
    """The copy of the one before is removed; who reads it still can."""
    publish("Bees dance.")
    bot = source()
    before = bot.open()
    assert bot.renewed() is None
    version = publish("Bees sleep.")
    after = bot.renewed()
    assert (text_of(before), text_of(after)) == ("Bees dance.", "Bees sleep.")
    assert bot.renewed() is None
    assert copies(tmp_path) == [version.index]


def test_a_version_that_cannot_be_used_is_named_once(publish, source, cluster):
    """The one before goes on, until there is one that can."""
    publish("Bees dance.")
    bot = source()
    bot.open()
    bad = publish("Bees sleep.")
    mappings = cluster.emulator.indices[bad.index].mappings
    mappings["_meta"] = mappings["_meta"] | {"format": 1}
    assert [bot.renewed() for _ in range(3)] == [None] * 3
    assert len(bot.warnings) == 1
    assert "another version of this program" in bot.warnings[0]
    publish("Bees fly.")
    assert text_of(bot.renewed()) == "Bees fly."


def test_a_bot_starts_with_what_it_has_while_the_cluster_is_away(publish, source, cluster):
    """And says of each question that it cannot be searched for; one that has nothing says why."""
    publish("Bees dance.")
    source().open()
    cluster.emulator.fault = lambda *_: AWAY
    bot = source()
    index = bot.open()
    assert bot.trouble
    assert index.articles["bees"].title == "Bees"
    with pytest.raises(SearchOutageError):
        index.engine.best([{("bee",): 1.0}], [], 50)
    with pytest.raises(SearchOutageError, match="fails"):
        source("nothing").open()
    cluster.emulator.fault = lambda *_: None
    assert index.engine.best([{("bee",): 1.0}], [], 50)
    assert bot.trouble == ""


def test_a_cluster_without_articles_says_what_to_do(source):
    """As the first thing that anybody sees of it."""
    with pytest.raises(SearchOutageError, match="footnote articles publish"):
        source().open()


def test_a_copy_that_is_damaged_is_fetched_again(tmp_path, publish, source):
    """It is a copy, after all."""
    version = publish("Bees dance.")
    source().open()
    file = tmp_path / "data" / "published" / version.index / "collection.sqlite"
    file.write_bytes(b"damaged" * 1000)
    assert text_of(source().open()) == "Bees dance."
