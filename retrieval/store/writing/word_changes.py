"""What the words of paragraphs add to a collection's lexicon and statistics, or take from it."""

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from retrieval.articles import Article, edition_part, paragraph_digest
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.index.lexicon import WordCounts, parts_of
from retrieval.store.tables.compressed_texts import size_of
from retrieval.store.tables.term_table import looked_up, reader
from retrieval.text.analysis import analyzer_of, fold, word_texts

TOTAL = "total"

T = TypeVar("T", bound=Hashable)


class _Tally:
    """What the words of some paragraphs add up to."""

    def __init__(self) -> None:
        self.in_paragraphs: Counter[str] = Counter()
        self.in_sentences: Counter[str] = Counter()
        self.words = WordCounts()
        self.counts: Counter[tuple[str, str]] = Counter()

    def add_article(self, article: Article) -> None:
        """Count what the header of an article says."""
        self.counts["language", article.language] += 1
        self.counts["date", article.published or ""] += 1
        self.counts.update(("author", w.casefold()) for w in word_texts(article.author or ""))

    def add(self, paragraphs: Sequence[AnalysedParagraph], written: WordCounts) -> None:
        """Count paragraphs, of which the words are counted already."""
        sentences = chain.from_iterable(one.sentences for one in paragraphs)
        self.in_paragraphs.update(chain.from_iterable(set(one.terms) for one in paragraphs))
        self.in_sentences.update(chain.from_iterable(map(set, sentences)))
        self.words.written.update(written.written)
        self.words.capitalised.update(written.capitalised)
        totals = self.counts
        for one in paragraphs:
            length = len(one.terms)
            totals[TOTAL, "terms"] += length
            totals[TOTAL, "pairs"] += max(0, length - 1)
            totals[TOTAL, "sentences"] += one.size
            totals[TOTAL, "sentence terms"] += sum(map(len, one.sentences))
            totals[TOTAL, "text bytes"] += size_of(one.paragraph.text)
            totals[TOTAL, "edition"] += edition_part(paragraph_digest(one.paragraph))
        totals[TOTAL, "paragraphs"] += len(paragraphs)


class WordChanges:
    """Counts the words of paragraphs that come and go, and writes the sums into the tables."""

    def __init__(self) -> None:
        self._coming = _Tally()
        self._going = _Tally()

    def add_article(self, article: Article) -> None:
        """Count what the header of an article that comes says."""
        self._coming.add_article(article)

    def add(self, paragraphs: Sequence[AnalysedParagraph], written: WordCounts) -> None:
        """Count paragraphs that come; `written` are their words."""
        self._coming.add(paragraphs, written)

    @property
    def coming(self) -> Mapping[str, int]:
        """In how many of the paragraphs that come each term is."""
        return self._coming.in_paragraphs

    def take_away(self, article: Article, paragraphs: Sequence[AnalysedParagraph]) -> None:
        """Count an article that goes."""
        self._going.add_article(article)
        self._going.add(paragraphs, words_of(paragraphs))

    def write(self, connection: sqlite3.Connection, ids: Mapping[str, int]) -> None:
        """Write what has changed, within the transaction that is open.

        `ids` are those of the terms that come.
        """
        self._counts = _difference(self._coming.counts, self._going.counts)
        self._write_terms(connection, ids)
        forms = _difference(self._coming.words.written, self._going.words.written)
        self._write_forms(connection, forms)
        capitalised = _difference(self._coming.words.capitalised, self._going.words.capitalised)
        _write_capitalised(connection, capitalised)
        _write_names(connection, capitalised)
        _write_counts(connection, self._counts)

    def _write_terms(self, connection: sqlite3.Connection, ids: Mapping[str, int]) -> None:
        paragraphs = _difference(self._coming.in_paragraphs, self._going.in_paragraphs)
        sentences = _difference(self._coming.in_sentences, self._going.in_sentences)
        changed = {*paragraphs, *sentences}
        others = changed - ids.keys()
        ids = {**ids, **_found(connection, "SELECT term, id FROM terms WHERE term", others)}
        connection.executemany(
            "UPDATE terms SET paragraphs = paragraphs + ?, sentences = sentences + ? WHERE id = ?",
            ((paragraphs[term], sentences[term], ids[term]) for term in changed),
        )
        gone = [(ids[term],) for term, number in paragraphs.items() if number < 0]
        connection.executemany("DELETE FROM terms WHERE id = ? AND paragraphs <= 0", gone)

    def _write_forms(self, connection: sqlite3.Connection, forms: Mapping[str, int]) -> None:
        ids = _found(connection, "SELECT form, id FROM forms WHERE form", forms)
        # Frequent ones first, so that those that come again and again stand on few pages.
        new = sorted(forms.keys() - ids.keys(), key=lambda form: (-forms[form], form))
        connection.executemany(
            "INSERT INTO forms (form, word, count) VALUES (?, ?, ?)",
            ((form, _word(form), forms[form]) for form in new),
        )
        connection.executemany(
            "UPDATE forms SET count = count + ? WHERE id = ?",
            ((forms[form], number) for form, number in ids.items()),
        )
        fewer = [(ids[form],) for form, number in forms.items() if number < 0]
        gone = [
            form
            for key in fewer
            for (form,) in connection.execute(
                "DELETE FROM forms WHERE id = ? AND count <= 0 RETURNING form", key
            )
        ]
        self._add_parts(connection, new)
        self._remove_parts(connection, gone)

    def _add_parts(self, connection: sqlite3.Connection, forms: Iterable[str]) -> None:
        parts = {(part.casefold(), form) for form in forms for part in parts_of(form)}
        connection.executemany("INSERT OR IGNORE INTO parts VALUES (?, ?)", sorted(parts))
        connection.executemany(
            "INSERT OR IGNORE INTO spelt VALUES (?, ?, ?, ?)",
            ((part[:1], len(part), part, part[1:]) for part in sorted({p for p, _ in parts})),
        )

    def _remove_parts(self, connection: sqlite3.Connection, forms: Iterable[str]) -> None:
        parts = {(part.casefold(), form) for form in forms for part in parts_of(form)}
        connection.executemany("DELETE FROM parts WHERE part = ? AND form = ?", sorted(parts))
        connection.executemany(
            "DELETE FROM spelt WHERE first = ? AND size = ? AND part = ? "
            "AND NOT EXISTS (SELECT 1 FROM parts WHERE part = ?)",
            ((part[:1], len(part), part, part) for part in sorted({p for p, _ in parts})),
        )


def words_of(paragraphs: Iterable[AnalysedParagraph]) -> WordCounts:
    """The words of paragraphs, counted."""
    counts = WordCounts()
    for one in paragraphs:
        counts.add(one)
    return counts


def _difference(coming: Counter[T], going: Counter[T]) -> Counter[T]:
    """What comes without what goes, without what does not change."""
    if not going:
        return coming
    left = Counter(coming)
    left.subtract(going)
    return Counter({key: number for key, number in left.items() if number})


def _word(form: str) -> str | None:
    """The word that is written so; None if it is the form itself."""
    word = fold(form)
    return None if word == form else word


def _write_capitalised(
    connection: sqlite3.Connection, capitalised: Mapping[tuple[str, str], int]
) -> None:
    words: Counter[str] = Counter()
    for (word, _), number in capitalised.items():
        words[word] += number
    connection.executemany(
        "INSERT INTO capitalised VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET "
        "count = count + excluded.count",
        sorted(words.items()),
    )
    gone = [word for word, number in words.items() if number < 0]
    connection.executemany("DELETE FROM capitalised WHERE word = ? AND count <= 0", _ones(gone))


def _write_names(
    connection: sqlite3.Connection, capitalised: Mapping[tuple[str, str], int]
) -> None:
    terms: Counter[tuple[str, str]] = Counter()
    for (word, code), number in capitalised.items():
        for term in analyzer_of(code).word_terms(word):
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


def _found(connection: sqlite3.Connection, select: str, keys: Iterable[str]) -> dict[str, int]:
    """The ids that there are so far."""
    return dict(looked_up(reader(connection), f"{select} IN", keys))


def _ones(keys: Iterable[str]) -> list[tuple[str]]:
    return [(key,) for key in keys]
