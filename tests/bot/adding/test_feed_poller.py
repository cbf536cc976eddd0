"""The running bot looks at the feeds when their time has come."""

import asyncio
from dataclasses import replace

import pytest
from web_server import Page, serve_web

from bot.adding.feed_poller import FeedPoller
from bot.settings.settings import Settings
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.feed_store import FeedStore, FollowedFeed
from retrieval.sources.worker.reading_worker import ReadingWorker

TEXT = "Bees live in hives, where each of them has work to do from its first day on. " * 12


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path, private_addresses=True)


def feed(*titles):
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid>"
        f"<description>{title}. {TEXT}</description></item>"
        for title in titles
    )
    return Page(f'<rss version="2.0"><channel><title>Hive</title>{items}</channel></rss>')


def poll(settings):
    asyncio.run(FeedPoller(settings, ReadingWorker()).poll())


def test_what_appears_is_taken_in_when_the_feed_is_due(settings):
    """Not before, and not at all where the setting says so."""
    feeds, store = FeedStore(settings.data), ArticleStore(settings.data)
    with serve_web() as web:
        web.pages["/feed"] = feed("Of bees", "Of wasps")
        feeds.put(FollowedFeed(web.at("/feed")))
        poll(replace(settings, feed_minutes=0))
        assert web.asked == []
        poll(settings)
        poll(settings)
        assert [path for path, _ in web.asked] == ["/robots.txt", "/feed"]
    assert {added.article.title for added in store.all()} == {"Of bees", "Of wasps"}
    assert {added.origin.feed for added in store.all()} == {web.at("/feed")}


def test_a_feed_that_fails_holds_up_no_other(settings, caplog):
    """It is named in the log, and its failure noted."""
    feeds = FeedStore(settings.data)
    with serve_web() as web:
        web.pages["/good"] = feed("Of bees")
        feeds.put(FollowedFeed(web.at("/gone")))
        feeds.put(FollowedFeed(web.at("/good")))
        poll(settings)
    assert "/gone: the page does not exist" in caplog.text
    assert [one.failures for one in feeds.all()] == [1, 0]
    assert len(ArticleStore(settings.data).all()) == 1
