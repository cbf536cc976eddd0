"""Both engines give the same answers, byte for byte, whatever became of the files before."""

import random

import pytest
from article_files import english
from stored_collections import CHANGES, TEXTS, everything, opened, write

from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.sources.folders.folder import load_folder
from retrieval.store import folder_sync
from retrieval.store.collection_store import CollectionStore
from retrieval.store.reading.disk_engine import DiskEngine
from retrieval.store.tables.compressed_texts import DECOMPRESSED, compressed
from retrieval.store.writing import article_analysis

# Of tables with ids, which tell only what came first.
COLUMNS = {"terms": "term, backwards, paragraphs, sentences", "forms": "form, word, count"}


@pytest.mark.parametrize("longest_piece", [60, 1_000_000])
@pytest.mark.parametrize("seed", range(3))
def test_both_engines_say_the_same_after_any_changes(tmp_path, monkeypatch, seed, longest_piece):
    """Files come, change and go in any order, one at a time or several at once.

    Digests of what is encoded are kept by some writers and not by others, and long articles are
    written in pieces.
    """
    monkeypatch.setattr(article_analysis, "LONGEST_PIECE", longest_piece)
    order, folder = random.Random(seed), tmp_path / "articles"  # noqa: S311
    syncs, steps = [opened(folder), opened(folder, embeds=False)], [*TEXTS.items()]
    order.shuffle(steps)
    changes = [*CHANGES.items()]
    order.shuffle(changes)
    for name, text in [*steps, *changes]:
        write(folder, name, text)
        if order.random() < 0.5:
            sync = order.choice(syncs)
            sync.update(sync.scan())
    sync = order.choice(syncs)
    sync.update(sync.scan())
    store = CollectionStore(tmp_path / "store")
    on_disk = everything(Index(DiskEngine(store.snapshot())))
    assert on_disk == everything(memory_index(load_folder(folder, english).collection))


def test_a_snapshot_stays_as_it_was(tmp_path):
    """An answer that has begun finishes on what it began with."""
    folder = tmp_path / "articles"
    for name, text in TEXTS.items():
        write(folder, name, text)
    sync, store = opened(folder), CollectionStore(tmp_path / "store")
    sync.update(sync.scan())
    before = Index(DiskEngine(store.snapshot()))
    expected = everything(Index(DiskEngine(store.snapshot())))
    for name, text in CHANGES.items():
        write(folder, name, text)
    sync.update(sync.scan())
    assert everything(before) == expected
    assert everything(Index(DiskEngine(store.snapshot()))) != expected


def test_the_tables_hold_nothing_of_what_is_gone(tmp_path, monkeypatch):
    """After all is removed and written again in pieces, they are as if it had been read once."""
    folders = tmp_path / "one" / "articles", tmp_path / "other" / "articles"
    for folder in folders:
        for name, text in TEXTS.items():
            write(folder, name, text)
    sync = opened(folders[0])
    sync.update(sync.scan())
    for name in [*TEXTS][1:]:
        write(folders[0], name, None)
    sync.update(sync.scan())
    for name, text in TEXTS.items():
        write(folders[0], name, text)
    for each, longest_piece in ((sync, 60), (opened(folders[1]), 1_000_000)):
        monkeypatch.setattr(article_analysis, "LONGEST_PIECE", longest_piece)
        each.update(each.scan())
    tables = ("terms", "forms", "parts", "spelt", "capitalised", "name_terms", "counts")
    one, other = (CollectionStore(folder.parent / "store").snapshot() for folder in folders)
    for table in tables:
        columns = COLUMNS.get(table, "*")
        select = f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3"  # noqa: S608
        select = select if table not in ("capitalised", "parts") else select[:-3]
        assert one.all(select) == other.all(select), table


def test_only_what_came_after_an_edition_is_looked_at(tmp_path):
    """Of an edition that is not known all digests are given, of the current one none."""
    folder = tmp_path / "articles"
    write(folder, "bees.md", TEXTS["bees.md"])
    sync, store = opened(folder), CollectionStore(tmp_path / "store")
    sync.update(sync.scan())
    before = DiskEngine(store.snapshot())
    write(folder, "bread.txt", TEXTS["bread.txt"])
    sync.update(sync.scan())
    after = DiskEngine(store.snapshot())
    known, every = set(before.digests()), set(after.digests())
    assert set(after.digests(before.edition)) == every - known
    assert set(after.digests("of another collection")) == every
    assert set(after.digests(after.edition)) == set()


def test_a_text_takes_half_of_its_room_and_is_read_as_it_was(tmp_path):
    """In any script; half a surrogate pair becomes a question mark."""
    folder, said = tmp_path / "articles", "Die Königin fliegt im Mai. 女王蜂在五月飞。 "
    write(folder, "bees.md", f"# Bees\n\n{said * 100}")
    sync, store = opened(folder), CollectionStore(tmp_path / "store")
    sync.update(sync.scan())
    snapshot = store.snapshot()
    ((stored,),) = snapshot.all("SELECT length(text) FROM paragraphs")
    (article,) = DiskEngine(snapshot).articles.page(0, 1)
    assert [paragraph.text for paragraph in article.paragraphs] == [(said * 100).strip()]
    assert 2 * stored < len(said.encode()) * 100
    ((halved,),) = snapshot.all(f"SELECT {DECOMPRESSED}(?)", [compressed("a\ud800b")])
    assert halved == "a?b"


def test_a_new_file_takes_the_id_of_another_before_many_articles(tmp_path, monkeypatch):
    """Though many are not taken in at once, each article has an id of its own all the time."""
    monkeypatch.setattr(folder_sync, "PARAGRAPHS_AT_ONCE", 1)
    folder = tmp_path / "articles"
    write(folder, "bees.md", TEXTS["bees.md"])
    sync, store = opened(folder), CollectionStore(tmp_path / "store")
    sync.update(sync.scan())
    for name, text in TEXTS.items():
        write(folder, name, text)
    sync.update(sync.scan())
    on_disk = everything(Index(DiskEngine(store.snapshot())))
    assert on_disk == everything(memory_index(load_folder(folder, english).collection))
