"""Reads feeds with feedparser: it mends broken ones, cleans their HTML, makes links whole."""

import io
import re
import time
from calendar import timegm
from dataclasses import asdict, dataclass
from typing import Any

import feedparser

from retrieval.sources.documents.document import UnreadableError

NEWEST = 500
MOST_BYTES = 20_000_000
TAG = re.compile(r"<[^>]{0,2000}>")
FEW_WORDS = 150


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry: where its page is, what it is called, its HTML, and when it appeared.

    `is_whole` tells a text from a mere summary of the page.
    """

    key: str
    address: str
    title: str
    html: str
    published: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, and its entries, the newest first."""

    title: str
    entries: tuple[FeedEntry, ...]


def read_feed(content: bytes, address: str) -> Feed:
    """The newest entries of a feed; raises UnreadableError.

    feedparser would fetch what looks like an address, so it gets bytes.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError("the feed is too long", "follow one of its parts")
    found = feedparser.parse(
        io.BytesIO(content), response_headers={"content-location": address}, sanitize_html=True
    )
    if not found.version and not found.entries:
        raise UnreadableError("this is no feed", "name the address of an RSS or Atom feed")
    if not found.entries and found.bozo:
        raise UnreadableError("no entry of the feed can be read", "tell those who publish it")
    dated = (
        sorted(found.entries, key=_moment, reverse=True)
        if any(map(_moment, found.entries))
        else found.entries
    )
    entries = [_entry(one) for one in dated[:NEWEST]]
    title = " ".join(TAG.sub("", found.feed.get("title", "")).split())
    return Feed(title, tuple(one for one in entries if one.address or one.html))


def feed_object(feed: Feed) -> dict[str, object]:
    """The feed as an object of JSON."""
    return {"title": feed.title, "entries": [asdict(entry) for entry in feed.entries]}


def feed_of(fields: dict[str, Any]) -> Feed:
    """The feed of such an object."""
    return Feed(fields["title"], tuple(FeedEntry(**entry) for entry in fields["entries"]))


def _entry(entry: Any) -> FeedEntry:  # noqa: ANN401  # feedparser's own
    contents = [part.get("value", "") for part in entry.get("content", ())]
    summary = entry.get("summary", "")
    body = max([*contents, summary], key=len, default="")
    text = " ".join(TAG.sub(" ", body).split())
    address = str(entry.get("link", ""))
    moment = _moment(entry)
    return FeedEntry(
        key=str(entry.get("id") or address),
        address=address if address.startswith(("http://", "https://")) else "",
        title=" ".join(TAG.sub("", str(entry.get("title", ""))).split()),
        html=body,
        published=time.strftime("%Y-%m-%d", time.gmtime(moment)) if moment > 0 else "",
        is_whole=len(text.split()) >= FEW_WORDS and not text.rstrip(" )]").endswith(("…", "...")),
    )


def _moment(entry: Any) -> int:  # noqa: ANN401  # feedparser's own
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return timegm(parsed) if parsed else 0
    except (ValueError, OverflowError, TypeError):
        return 0
