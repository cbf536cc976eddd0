"""A collection is published whole or not at all; what was published before goes on till then."""

import json
import shutil

import pytest
from stored_collections import opened, write

from retrieval.errors import SearchOutageError
from retrieval.opensearch.bulk_writer import PublishError
from retrieval.opensearch.lexicon_file import LexiconError
from retrieval.opensearch.published_version import current_index, version_of
from retrieval.store.collection_store import CollectionStore

BUSY = {"error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}}
FULL = {"type": "cluster_block_exception", "reason": "disk usage exceeded flood-stage watermark"}


def indices(cluster):
    return sorted(cluster.server().ask("GET", f"/{cluster.alias}-*/_alias"))


@pytest.fixture
def changing(tmp_path):
    """A store, and what changes its articles."""
    folder = tmp_path / "changing" / "articles"

    def change(text):
        write(folder, "bees.md", f"# Bees\n\n{text}")
        sync = opened(folder)
        sync.update(sync.scan())
        return CollectionStore(folder.parent / "store")

    return change


def test_what_is_as_it_was_is_not_published_again(cluster, changing):
    """A second time nothing is built."""
    first = cluster.publish(changing("Bees dance."))
    assert first.is_new
    again = cluster.publish(changing("Bees dance."))
    assert (again.is_new, again.version) == (False, first.version)
    assert current_index(cluster.server(), cluster.alias) == first.version.index


def test_of_all_versions_the_last_two_are_kept(cluster, changing):
    """The one before is still read by bots that have not looked since."""
    texts = ("Bees dance.", "Bees sleep.", "Bees sing.", "Bees fly.")
    kept = [cluster.publish(changing(text)).version for text in texts][-2:]
    assert indices(cluster) == sorted(n for one in kept for n in (one.index, one.files))
    assert current_index(cluster.server(), cluster.alias) == kept[-1].index
    assert version_of(cluster.server(), kept[-1].index) == kept[-1]


def test_an_engine_that_is_open_answers_from_its_own_version(tmp_path, cluster, changing):
    """While a newer one is published beside it."""
    cluster.publish(changing("Bees dance."))
    before = cluster.engine(tmp_path / "before")
    cluster.publish(changing("Bees sleep."))
    (number,) = before.numbers()
    assert before.analysed(number).paragraph.text == "Bees dance."
    after = cluster.engine(tmp_path / "after")
    assert after.analysed(next(after.numbers())).paragraph.text == "Bees sleep."


FAULTS = {
    "a document is refused": ("_bulk", {"index": {"status": 400, "error": {"reason": "no"}}}),
    "the disk is full": ("_bulk", {"index": {"status": 429, "error": FULL}}),
    "a document is not spoken of": ("_bulk", None),
}


@pytest.mark.parametrize(("path", "item"), FAULTS.values(), ids=FAULTS)
def test_after_a_failure_the_old_version_goes_on(cluster, emulator, changing, path, item):
    """Nothing is left of the new one."""
    old = cluster.publish(changing("Bees dance.")).version

    def fault(_, asked, body):
        count = body.count(b"\n") // 2
        items = [item] * count if item else [{}] * (count + 1)
        return (200, {"errors": True, "items": items}) if asked.endswith(path) else None

    emulator.fault = fault
    with pytest.raises(PublishError):
        cluster.publish(changing("Bees sleep."))
    emulator.fault = lambda *_: None
    assert current_index(cluster.server(), cluster.alias) == old.index
    assert indices(cluster) == sorted([old.index, old.files])


def test_a_server_that_is_busy_is_waited_for(cluster, emulator, changing):
    """Whether it refuses a whole request, or single documents."""
    refusals = [
        (429, BUSY),
        (200, {"errors": True, "items": [{"index": {"status": 429, **BUSY}}]}),
        (503, BUSY),
    ]
    emulator.fault = lambda _, path, __: refusals.pop() if "_bulk" in path and refusals else None
    assert cluster.publish(changing("Bees dance.")).is_new
    assert not refusals


def test_who_is_overtaken_publishes_nothing(cluster, emulator, changing):
    """Two at a time do not move the alias back and forth."""
    cluster.publish(changing("Bees dance."))
    emulator.indices["other"] = emulator.indices[next(iter(emulator.indices))]

    def overtake(_, path, __):
        if path.endswith("_refresh"):
            emulator.aliases[cluster.alias] = {"other"}

    emulator.fault = overtake
    with pytest.raises(SearchOutageError, match="404"):
        cluster.publish(changing("Bees sleep."))
    assert emulator.aliases[cluster.alias] == {"other"}


def test_an_alias_on_two_indices_is_mended_by_publishing(cluster, emulator, changing):
    """Nobody searches two versions at once; the next one takes both places."""
    first = cluster.publish(changing("Bees dance.")).version
    second = cluster.publish(changing("Bees sleep.")).version
    emulator.aliases[cluster.alias] = {first.index, second.index}
    with pytest.raises(SearchOutageError, match="2 indices"):
        current_index(cluster.server(), cluster.alias)
    third = cluster.publish(changing("Bees sleep.")).version
    assert current_index(cluster.server(), cluster.alias) == third.index


NOTES = {
    "made by another program": {"format": 1},
    "without its end": {"_meta": None},
    "too large": {"lexicon": {"name": "a", "size": 1 << 50, "digest": "0" * 64}},
    "with a digest that is none": {"digest": "x"},
    "without paragraphs": {"paragraphs": -1},
}


@pytest.mark.parametrize("change", NOTES.values(), ids=NOTES)
def test_a_version_that_cannot_be_used_is_an_outage(cluster, emulator, changing, change):
    """And the sentence says what to do."""
    found = cluster.publish(changing("Bees dance.")).version
    mappings = emulator.indices[found.index].mappings
    mappings["_meta"] = None if "_meta" in change else mappings["_meta"] | change
    with pytest.raises(SearchOutageError, match="footnote articles publish"):
        version_of(cluster.server(), found.index)


def test_a_mapping_of_another_kind_is_an_outage(cluster, emulator, changing):
    """As where somebody has made an index of that name by hand."""
    found = cluster.publish(changing("Bees dance.")).version
    emulator.indices[found.index].mappings["properties"]["terms"] = {"type": "text"}
    with pytest.raises(SearchOutageError, match="mapping"):
        version_of(cluster.server(), found.index)


def test_a_lexicon_that_was_changed_is_refused(tmp_path, cluster, emulator, changing):
    """Cut short, or of another content; what is there stays as it is."""
    version = cluster.publish(changing("Bees dance.")).version
    part = emulator.indices[version.files].documents["collection.sqlite-0"]["part"]
    whole = part["data"]
    for damaged in (whole[: len(whole) // 2 // 4 * 4], "AAAA", "", whole[:-8] + "AAAAAAA=", 7):
        part["data"] = damaged
        with pytest.raises(SearchOutageError, match="lexicon"):
            cluster.engine(tmp_path / "lexicon")
        assert not list((tmp_path / "lexicon").iterdir())
    part["data"] = whole
    assert cluster.engine(tmp_path / "lexicon").articles["bees"].title == "Bees"


def test_a_database_with_more_in_it_than_tables_is_no_lexicon(tmp_path, cluster, changing):
    """What reading it would run is not read."""
    import sqlite3
    from contextlib import closing

    from retrieval.opensearch.lexicon_file import check_lexicon, write_lexicon

    store = changing("Bees dance.")
    file = tmp_path / "lexicon.sqlite"
    write_lexicon(store.folder, file)
    check_lexicon(file)
    other = shutil.copy(file, tmp_path / "other.sqlite")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE VIEW more AS SELECT * FROM terms")
    (tmp_path / "text.sqlite").write_text(json.dumps({}))
    for wrong in (other, tmp_path / "text.sqlite", tmp_path / "missing.sqlite"):
        with pytest.raises(LexiconError):
            check_lexicon(wrong)
