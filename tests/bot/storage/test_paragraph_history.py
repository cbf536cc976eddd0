"""When each paragraph was first seen is noted, wherever the articles are kept."""

from stored_collections import TEXTS, opened, write

from bot.composing.pipeline import pipeline_of
from bot.storage.database.engine import open_database
from bot.storage.paragraph_history import ParagraphHistory
from retrieval.index.collection_index import Index
from retrieval.store.collection_store import CollectionStore
from retrieval.store.reading.disk_engine import DiskEngine


def test_only_what_was_not_there_before_is_new(tmp_path):
    """Also after something was away for a while, and after the collection was made anew."""
    folder, database = tmp_path / "articles", open_database(tmp_path / "data", "")

    def noted(name, text, now):
        if name:
            write(folder, name, text)
        sync.update(sync.scan())
        engine = DiskEngine(CollectionStore(tmp_path / "store").snapshot())
        history = ParagraphHistory(database, pipeline_of(Index(engine), ()))
        history.record(now)
        return [{p.article for p in history.since(time)} for time in (0, 1.5, 2.5)]

    sync = opened(folder)
    assert noted("bees.md", TEXTS["bees.md"], 1) == [{"bees"}, set(), set()]
    assert noted("bread.txt", TEXTS["bread.txt"], 2) == [{"bees", "bread"}, {"bread"}, set()]
    assert noted("bees.md", None, 3) == [{"bread"}, {"bread"}, set()]
    assert noted("bees.md", TEXTS["bees.md"], 4) == [{"bees", "bread"}, {"bread"}, set()]
    CollectionStore(tmp_path / "store").clear()
    assert noted(None, None, 5) == [{"bees", "bread"}, {"bread"}, set()]
    write(folder, "code.md", TEXTS["code.md"])
    assert noted(None, None, 6)[2] == {"code"}
    database.dispose()
