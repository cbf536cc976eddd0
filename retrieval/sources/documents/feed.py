"""A feed and its entries, as they are read."""

from dataclasses import dataclass

from retrieval.sources.documents.document import Document


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry: where its page is, what it is called, when it appeared, and its own text.

    `is_whole` tells a text from a mere summary of the page.
    """

    key: str
    address: str
    title: str
    published: str
    text: Document
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, and its entries, the newest first."""

    title: str
    entries: tuple[FeedEntry, ...]
