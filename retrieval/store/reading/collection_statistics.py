"""Statistics of a collection on disk: how large it is, what it is about, how it grew."""

from dataclasses import dataclass
from pathlib import Path

from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.tables.folder_size import folder_size
from retrieval.text.analysis import fold
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import language

MOST_TELLING_WORDS = 20
MOST_TERMS_LOOKED_AT = 3000
LEAST_INFORMATION = 8.0  # nats: what comes once in three thousand words, or less often
SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class CollectionStatistics:
    """How much a collection holds.

    `terms` and `words` are different ones; `text_bytes` is the size of the texts in UTF-8,
    `disk_bytes` of all that is kept of them. `telling` are words that come often here and rarely
    elsewhere, each with how often; `growth` are days (`2024-05-31`) with how many paragraphs there
    were by then: by the articles' dates, or else by those of their files.
    """

    articles: int
    paragraphs: int
    sentences: int
    terms: int
    words: int
    languages: dict[str, int]
    text_bytes: int
    disk_bytes: int
    telling: tuple[tuple[str, int], ...]
    growth: tuple[tuple[str, int], ...]


def statistics_of(snapshot: Snapshot, folder: Path) -> CollectionStatistics:
    """The statistics of a snapshot that is kept in that folder."""
    totals = snapshot.counts("total")
    languages = dict(sorted(snapshot.counts("language").items(), key=lambda item: -item[1]))
    return CollectionStatistics(
        articles=len(snapshot.rows),
        paragraphs=totals.get("paragraphs", 0),
        sentences=totals.get("sentences", 0),
        terms=_number(snapshot, "SELECT count(*) FROM terms"),
        words=_number(snapshot, "SELECT count(DISTINCT coalesce(word, form)) FROM forms"),
        languages=languages,
        text_bytes=totals.get("text bytes", 0),
        disk_bytes=folder_size(folder),
        telling=_telling(snapshot, list(languages)),
        growth=_growth(snapshot),
    )


def _number(snapshot: Snapshot, select: str) -> int:
    row = snapshot.one(select)
    return int(row[0] or 0) if row else 0


def _telling(snapshot: Snapshot, codes: list[str]) -> tuple[tuple[str, int], ...]:
    """The most telling of the frequent words: the highest count times information."""
    known = [frequencies_of(code) for code in codes]
    stop_words = {fold(word) for code in codes for word in language(code).stop_words}
    scored: dict[str, tuple[float, str, int]] = {}
    frequent = snapshot.all("SELECT form, count FROM forms ORDER BY count DESC LIMIT ?",
                            (MOST_TERMS_LOOKED_AT,))  # fmt: skip
    for form, count in frequent:
        word = fold(form)
        if len(form) < SHORTEST_WORD or not form.isalpha() or word in stop_words | scored.keys():
            continue
        information = min(frequencies.information(form.casefold()) for frequencies in known)
        if information >= LEAST_INFORMATION:
            scored[word] = (count * information, form, count)
    best = sorted(scored.values(), key=lambda entry: (-entry[0], entry[1]))[:MOST_TELLING_WORDS]
    return tuple((form, count) for _, form, count in best)


def _growth(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    days = snapshot.all(
        "SELECT substr(coalesce(nullif(published, ''), "
        "date(changed / 1000000000, 'unixepoch')), 1, 10) AS day, sum(paragraphs) "
        "FROM articles JOIN files USING (place) GROUP BY day ORDER BY day"
    )
    growth, total = [], 0
    for day, number in days:
        total += number
        growth.append((str(day), total))
    return tuple(growth)
