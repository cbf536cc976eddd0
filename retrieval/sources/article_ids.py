"""The ids of the articles of a folder, made from the paths of their files."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

from retrieval.sources.headers.written_dates import iso_date
from retrieval.text.analysis import plain_words

NAMELESS = "untitled"
OF_ITS_FOLDER = frozenset({"index", "readme", "_index", "default"})
DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[-_](?=\w)")
SEPARATORS = re.compile(r"[-_\s]+")


def article_id(path: PurePath) -> str:
    """The id of the article in the file with that path below the folder of articles.

    The names of folders and file in lower case, their words joined by hyphens, without the
    ending: `billing/readme` for `Billing/README.md`.
    """
    return "/".join(_joined(part) for part in (*path.parent.parts, path.stem))


def article_ids(paths: Iterable[PurePath]) -> dict[PurePath, str]:
    """An id of its own for each path, in their order.

    Where two files would share one, the first keeps it; the others have their ending in it
    (`bees-txt`), and a number if that is taken too.
    """
    ids: dict[PurePath, str] = {}
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for path in paths:
        identity = article_id(path)
        if identity in taken:
            identity = f"{identity}-{_joined(path.suffix)}"
        base = identity
        while identity in taken:
            counts[base] = counts.get(base, 1) + 1
            identity = f"{base}-{counts[base]}"
        taken.add(identity)
        ids[path] = identity
    return ids


def stands_for_folder(path: PurePath) -> bool:
    """Whether a file is the page of its folder."""
    return path.stem.casefold() in OF_ITS_FOLDER


def readable_name(path: PurePath) -> str:
    """A title for a file that has none: its name, or its folder's if it stands for that."""
    name = path.parent.name if stands_for_folder(path) and path.parent.name else path.stem
    name = DATE.sub("", name, count=1) if date_in_name(path) else name
    text = SEPARATORS.sub(" ", name).strip()
    return text[:1].upper() + text[1:] if text else NAMELESS.capitalize()


def date_in_name(path: PurePath) -> str | None:
    """The date by which the name of a post of a blog begins: `2024-05-31-bees.md`."""
    match = DATE.match(path.stem)
    return iso_date(match[1]) if match else None


def _joined(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    return "-".join(word.text for word in plain_words(text.replace("-", " "))) or NAMELESS
