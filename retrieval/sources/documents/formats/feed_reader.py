"""Reads feeds with feedparser: it mends broken ones, cleans their HTML, makes links whole."""

import io
import re
import time
from calendar import timegm
from typing import Any

import feedparser

from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.element_blocks import fragment_blocks
from retrieval.sources.documents.feed import Feed, FeedEntry
from retrieval.sources.documents.refusal_reasons import Reason

NEWEST_READ = 500
LARGEST_FEED = 20_000_000
TAG = re.compile(r"<[^>]{0,2000}>")
FEWEST_WORDS_OF_WHOLE = 150
LONGEST_KEY = 200  # letters of an entry that has no name at all


def read_feed(content: bytes, address: str) -> Feed:
    """The newest entries of a feed; raises UnreadableError.

    feedparser would fetch what looks like an address, so it gets bytes.
    """
    if len(content) > LARGEST_FEED:
        raise UnreadableError(Reason.FEED_TOO_LONG)
    found = feedparser.parse(
        io.BytesIO(content), response_headers={"content-location": address}, sanitize_html=True
    )
    if not found.get("version") and not found.entries:
        raise UnreadableError(Reason.NO_FEED)
    is_dated = any(map(_moment, found.entries))
    ordered = sorted(found.entries, key=_moment, reverse=True) if is_dated else found.entries
    entries = [_entry(one) for one in ordered[:NEWEST_READ]]
    usable = tuple(one for one in entries if one.address or one.text.blocks)
    if not usable and found.bozo:
        raise UnreadableError(Reason.FEED_UNREADABLE)
    return Feed(" ".join(TAG.sub("", found.feed.get("title", "")).split()), usable)


def _entry(entry: Any) -> FeedEntry:  # noqa: ANN401  # feedparser's own
    contents = [part.get("value", "") for part in entry.get("content", ())]
    summary = entry.get("summary", "")
    body = max([*contents, summary], key=len, default="")
    text = " ".join(TAG.sub(" ", body).split())
    address = str(entry.get("link", ""))
    moment = _moment(entry)
    title = " ".join(TAG.sub("", str(entry.get("title", ""))).split())
    published = time.strftime("%Y-%m-%d", time.gmtime(moment)) if moment > 0 else ""
    return FeedEntry(
        key=str(entry.get("id") or address or title or text[:LONGEST_KEY]),
        address=address if address.startswith(("http://", "https://")) else "",
        title=title,
        published=published,
        text=Document(tuple(fragment_blocks(body)), title, published=published),
        is_whole=len(text.split()) >= FEWEST_WORDS_OF_WHOLE
        and not text.rstrip(" )]").endswith(("…", "...")),
    )


def _moment(entry: Any) -> int:  # noqa: ANN401  # feedparser's own
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return timegm(parsed) if parsed else 0
    except (ValueError, OverflowError, TypeError):
        return 0
