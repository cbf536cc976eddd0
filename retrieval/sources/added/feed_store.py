"""The feeds that are followed: a file with their addresses and what is known of each."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from retrieval.sources.added.article_store import write_lock
from retrieval.sources.private_files import write_private
from retrieval.sources.web.web_identity import identity_key

FILE = "feeds.json"
MOST_SEEN = 5_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed, and in which state it was found.

    `seen` are the keys of entries that were taken or that the operator removed: these do not come
    again. It is not asked for before `not_before`, in Unix time. `problem` says why the last try
    failed.
    """

    address: str
    title: str = ""
    etag: str = ""
    modified: str = ""
    seen: tuple[str, ...] = ()
    checked: float = 0.0
    not_before: float = 0.0
    failures: int = 0
    problem: str = ""
    aliases: tuple[str, ...] = ()

    def with_seen(self, keys: Iterable[str]) -> "FollowedFeed":
        """This feed, with these entries noted as seen."""
        return replace(self, seen=tuple(dict.fromkeys((*self.seen, *keys)))[-MOST_SEEN:])


class FeedStore:
    """The followed feeds of a data folder; writers take turns."""

    def __init__(self, data: Path) -> None:
        self._file = data / FILE
        self._lock = data / f"{FILE}.lock"

    def all(self) -> tuple[FollowedFeed, ...]:
        """All feeds, in the order in which they were followed first."""
        try:
            return tuple(map(_feed, json.loads(self._file.read_bytes())["feeds"]))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("%s: the feeds cannot be read (%s); follow them again", self._file, error)
            return ()

    def of(self, address: str) -> FollowedFeed | None:
        """The feed of that address."""
        key = identity_key(address)
        return next((one for one in self.all() if key in _keys(one)), None)

    def put(self, feed: FollowedFeed) -> None:
        """Follow a feed, or note its state. Raises ArticleStoreError."""
        self._write(lambda feeds: _replaced(feeds, feed))

    def remove(self, address: str) -> None:
        """Follow a feed no more. Raises ArticleStoreError."""
        key = identity_key(address)
        self._write(lambda feeds: [one for one in feeds if key not in _keys(one)])

    def _write(self, change: Callable[[tuple[FollowedFeed, ...]], Iterable[FollowedFeed]]) -> None:
        with write_lock(self._lock):
            stored = {"feeds": [asdict(feed) for feed in change(self.all())]}
            write_private(self._file, json.dumps(stored, ensure_ascii=False).encode())


def _feed(stored: dict[str, Any]) -> FollowedFeed:
    """The feed that was stored, by whichever version."""
    known = {field.name: stored[field.name] for field in fields(FollowedFeed)}
    return FollowedFeed(
        **known | {"seen": tuple(stored["seen"]), "aliases": tuple(stored["aliases"])}
    )


def _keys(feed: FollowedFeed) -> set[str]:
    return {identity_key(name) for name in (feed.address, *feed.aliases)}


def _replaced(feeds: Iterable[FollowedFeed], feed: FollowedFeed) -> list[FollowedFeed]:
    found = list(feeds)
    for place, one in enumerate(found):
        if identity_key(one.address) in _keys(feed):
            return [*found[:place], feed, *found[place + 1 :]]
    return [*found, feed]
