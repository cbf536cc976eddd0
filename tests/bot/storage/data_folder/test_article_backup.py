"""Added articles and followed feeds are part of a backup."""

import sqlite3
from contextlib import closing

import pytest

from bot.storage.data_folder.article_backup import copy_articles, restore_articles
from bot.storage.data_folder.backup import back_up
from bot.storage.database.sqlite import FILE
from bot.storage.database.storage_errors import StorageError
from retrieval.articles import Article, Paragraph
from retrieval.sources.added.added_article import AddedArticle, Origin
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.feed_store import FeedStore, FollowedFeed


def added(name):
    paragraph = Paragraph(name, 1, "", f"Of {name}.")
    return AddedArticle(Article(name, name.title(), "en", (paragraph,)), Origin(name, "digest"))


@pytest.fixture
def backup(tmp_path):
    """A backup of a data folder with two articles and a feed."""
    data = tmp_path / "data"
    ArticleStore(data).put([added("bees"), added("wasps")])
    FeedStore(data).put(FollowedFeed("https://example.org/feed"))
    with closing(sqlite3.connect(data / FILE)) as database:
        database.execute("CREATE TABLE answers (id TEXT)")
        database.commit()
    back_up(data, tmp_path / "copy")
    return tmp_path / "copy"


def test_articles_and_feeds_come_back(backup, tmp_path):
    """Into an empty folder, and beside what was added there since."""
    data = tmp_path / "new"
    ArticleStore(data).put([added("hornets")])
    assert restore_articles(backup, data) == 2
    assert [one.article.id for one in ArticleStore(data).all()] == ["bees", "hornets", "wasps"]
    assert [feed.address for feed in FeedStore(data).all()] == ["https://example.org/feed"]


def test_a_backup_of_a_restored_state_holds_what_is_there_then(backup, tmp_path):
    """And not what the first backup held."""
    ArticleStore(tmp_path / "new").put([added("hornets")])
    with closing(sqlite3.connect(backup)) as copy:
        copy_articles(tmp_path / "new", copy)
    assert restore_articles(backup, tmp_path / "other") == 1


def test_a_backup_writes_only_articles_and_feeds(backup, tmp_path):
    """Whatever somebody has put into its table."""
    with closing(sqlite3.connect(backup)) as copy:
        for name in ("../evil.json", "articles/../evil.json", "/etc/evil.json", "footnote.lock"):
            copy.execute("INSERT INTO data_files VALUES (?, ?)", (name, b"{}"))
        copy.commit()
    assert restore_articles(backup, tmp_path / "new") == 2
    assert not list(tmp_path.rglob("evil.json"))


def test_a_file_without_articles_is_said_in_a_sentence(tmp_path):
    """One of an older version, or none at all."""
    with closing(sqlite3.connect(tmp_path / "old")) as old:
        old.execute("CREATE TABLE answers (id TEXT)")
    for name in ("old", "missing"):
        with pytest.raises(StorageError, match="holds no articles; name a file"):
            restore_articles(tmp_path / name, tmp_path / "data")
