"""Ids and titles for articles that were added."""

import re
from collections.abc import Collection
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from retrieval.sources.article_ids import NAMELESS, article_id, readable_name
from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason

MOST_ID_WORDS = 8
LONGEST_ID = 60
WISHED = re.compile(r"[^\W_A-Z]+(?:[-/][^\W_A-Z]+)*")


class WishedIdError(UnreadableError):
    """An id that was asked for cannot be had; the text says why."""


def free_id(name: str, taken: Collection[str]) -> str:
    """An id made from a title or a name of a file, with a number where it is taken."""
    words = article_id(PurePath(name.replace("/", " ") + ".x")).split("-")[:MOST_ID_WORDS]
    base = "-".join(words)[:LONGEST_ID].strip("-") or NAMELESS
    identity, number = base, 1
    while identity in taken:
        number += 1
        identity = f"{base}-{number}"
    return identity


def checked_id(wished: str, taken: Collection[str]) -> str:
    """The id that was asked for; raises WishedIdError."""
    if not WISHED.fullmatch(wished) or len(wished) > 2 * LONGEST_ID:
        raise WishedIdError(Reason.ID_WRONG, id=repr(wished[:LONGEST_ID]))
    if wished in taken:
        raise WishedIdError(Reason.ID_TAKEN, id=wished)
    return wished


def name_of_address(address: str) -> str:
    """What a page without a title is called, by its address."""
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return readable_name(PurePath(last)) if last else (parts.hostname or NAMELESS)
