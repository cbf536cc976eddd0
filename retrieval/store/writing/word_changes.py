"""What the words of paragraphs add to a collection's lexicon and statistics, or take from it."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from retrieval.articles import Article, edition_part, paragraph_digest
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.index.lexicon import WordCounts, parts_of
from retrieval.store.tables.term_table import looked_up, reader
from retrieval.text.analysis import analyzer_of, fold, word_texts

TOTAL = "total"


class WordChanges:
    """Counts the words of paragraphs that come and go, and writes the sums into the tables."""

    def __init__(self) -> None:
        self._in_paragraphs: Counter[str] = Counter()
        self._in_sentences: Counter[str] = Counter()
        self._forms: Counter[str] = Counter()
        self._capitalised: Counter[tuple[str, str]] = Counter()
        self._counts: Counter[tuple[str, str]] = Counter()

    def add_article(self, article: Article, sign: int) -> None:
        """Count what the header of an article says; a sign of -1 takes it away."""
        self._counts["language", article.language] += sign
        self._counts["date", article.published or ""] += sign
        for word in word_texts(article.author or ""):
            self._counts["author", word.casefold()] += sign

    def add(self, found: AnalysedParagraph, sign: int) -> None:
        """Count the words of a paragraph; a sign of -1 takes them away."""
        length = len(found.terms)
        held = sum(map(len, found.sentences))
        totals = {
            "paragraphs": 1,
            "terms": length,
            "pairs": max(0, length - 1),
            "sentences": found.size,
            "sentence terms": held,
            "edition": edition_part(paragraph_digest(found.paragraph)),
        }
        for name, number in totals.items():
            self._counts[TOTAL, name] += sign * number
        own = WordCounts()
        own.add(found)
        if sign > 0:
            self._in_paragraphs.update(found.counts.keys())
            for terms in found.held:
                self._in_sentences.update(terms)
            self._forms.update(own.written)
            self._capitalised.update(own.capitalised)
        else:
            self._in_paragraphs.subtract(found.counts.keys())
            for terms in found.held:
                self._in_sentences.subtract(terms)
            self._forms.subtract(own.written)
            self._capitalised.subtract(own.capitalised)

    def merge(self, other: "WordChanges") -> None:
        """Count what another one has counted, too."""
        for own, others in zip(self.counters, other.counters, strict=True):
            own.update(others)

    @property
    def counters(self) -> tuple[Counter[Any], ...]:
        """All that is counted."""
        return (
            *(self._in_paragraphs, self._in_sentences, self._forms),
            *(self._capitalised, self._counts),
        )

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what has changed, within the transaction that is open."""
        self._write_terms(connection)
        self._write_forms(connection)
        self._write_words(connection)
        self._write_names(connection)
        _write_counts(connection, self._counts)

    def _write_terms(self, connection: sqlite3.Connection) -> None:
        changed = {t for t, n in self._in_paragraphs.items() if n}
        changed |= {t for t, n in self._in_sentences.items() if n}
        connection.executemany(
            "UPDATE terms SET paragraphs = paragraphs + ?, sentences = sentences + ? "
            "WHERE term = ?",
            ((self._in_paragraphs[t], self._in_sentences[t], t) for t in sorted(changed)),
        )
        gone = [(term,) for term, number in self._in_paragraphs.items() if number < 0]
        connection.executemany("DELETE FROM terms WHERE term = ? AND paragraphs <= 0", gone)

    def _write_forms(self, connection: sqlite3.Connection) -> None:
        known = _known(connection, "SELECT form, count FROM forms WHERE form", self._forms)
        new, gone = [], []
        for form, number in self._forms.items():
            before = known.get(form, 0)
            if before + number <= 0 < before:
                gone.append(form)
            elif before == 0 < number:
                new.append(form)
        connection.executemany(
            "INSERT INTO forms VALUES (?, ?) ON CONFLICT (form) DO UPDATE SET "
            "count = count + excluded.count",
            sorted((form, number) for form, number in self._forms.items() if number),
        )
        connection.executemany("DELETE FROM forms WHERE form = ? AND count <= 0", _ones(gone))
        self._add_parts(connection, new)
        self._remove_parts(connection, gone)

    def _add_parts(self, connection: sqlite3.Connection, forms: Iterable[str]) -> None:
        parts = {(part.casefold(), form) for form in forms for part in parts_of(form)}
        connection.executemany("INSERT OR IGNORE INTO parts VALUES (?, ?)", sorted(parts))
        for part in sorted({part for part, _ in parts}):
            done = connection.execute(
                "INSERT OR IGNORE INTO spelt VALUES (?, ?, ?, ?)",
                (part[:1], len(part), part, part[1:]),
            )
            if done.rowcount > 0:
                self._count_letters("parts", part, 1)

    def _remove_parts(self, connection: sqlite3.Connection, forms: Iterable[str]) -> None:
        parts = {(part.casefold(), form) for form in forms for part in parts_of(form)}
        connection.executemany("DELETE FROM parts WHERE part = ? AND form = ?", sorted(parts))
        for part in sorted({part for part, _ in parts}):
            done = connection.execute(
                "DELETE FROM spelt WHERE first = ? AND size = ? AND part = ? "
                "AND NOT EXISTS (SELECT 1 FROM parts WHERE part = ?)",
                (part[:1], len(part), part, part),
            )
            if done.rowcount > 0:
                self._count_letters("parts", part, -1)

    def _count_letters(self, of: str, word: str, sign: int) -> None:
        for letter in set(word):
            self._counts[f"letter of {of}", letter] += sign

    def _write_words(self, connection: sqlite3.Connection) -> None:
        changes: dict[str, list[int]] = {}
        for form, number in self._forms.items():
            if number:
                change = changes.setdefault(fold(form), [0, 0, 0, 0])
                change[0] += number
                change[1] += 0 if form[0].isupper() else number
                change[2] += number if form[0].islower() else 0
        for (word, _), number in self._capitalised.items():
            if number:
                changes.setdefault(word, [0, 0, 0, 0])[3] += number
        known = _known(connection, "SELECT word, count FROM words WHERE word", changes)
        for word, (number, *_) in changes.items():
            before = known.get(word, 0)
            if before + number <= 0 < before:
                self._count_letters("words", word, -1)
            elif before == 0 < number:
                self._count_letters("words", word, 1)
        connection.executemany(
            "INSERT INTO words VALUES (?, ?, ?, ?, ?) ON CONFLICT (word) DO UPDATE SET "
            "count = count + excluded.count, others = others + excluded.others, "
            "small = small + excluded.small, capitalised = capitalised + excluded.capitalised",
            ((word, *change) for word, change in sorted(changes.items())),
        )
        gone = [word for word, change in changes.items() if min(change) < 0]
        connection.executemany(
            "DELETE FROM words WHERE word = ? AND count <= 0 AND capitalised <= 0", _ones(gone)
        )

    def _write_names(self, connection: sqlite3.Connection) -> None:
        terms: Counter[tuple[str, str]] = Counter()
        for (word, code), number in self._capitalised.items():
            for term in analyzer_of(code).word_terms(word) if number else ():
                terms[term, word] += number
        connection.executemany(
            "INSERT INTO name_terms VALUES (?, ?, ?) ON CONFLICT (term, word) DO UPDATE SET "
            "count = count + excluded.count",
            ((*key, number) for key, number in sorted(terms.items())),
        )
        gone = [key for key, number in terms.items() if number < 0]
        connection.executemany(
            "DELETE FROM name_terms WHERE term = ? AND word = ? AND count <= 0", gone
        )


def _write_counts(connection: sqlite3.Connection, changes: Mapping[tuple[str, str], int]) -> None:
    connection.executemany(
        "INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT (of, key) DO UPDATE SET "
        "count = count + excluded.count",
        ((*key, number) for key, number in sorted(changes.items()) if number),
    )
    gone = [key for key, number in changes.items() if number < 0 and key[0] != TOTAL]
    connection.executemany("DELETE FROM counts WHERE of = ? AND key = ? AND count <= 0", gone)


def _known(connection: sqlite3.Connection, select: str, keys: Iterable[str]) -> dict[str, int]:
    """The counts that there are so far."""
    return dict(looked_up(reader(connection), f"{select} IN", keys))


def _ones(keys: Iterable[str]) -> list[tuple[str]]:
    return [(key,) for key in keys]
