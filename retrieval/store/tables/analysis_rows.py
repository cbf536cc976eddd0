"""What is known of paragraphs as rows of numbers, of which many are counted at once."""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TypeAlias, overload

import numpy as np

from retrieval.articles import ParagraphKind, Span
from retrieval.index.analysed_paragraph import AnalysedParagraph, ParagraphSource, Terms
from retrieval.index.term_counts import Counts, Pair, TermCounts, counted
from retrieval.store.tables.paragraph_rows import KINDS, Row
from retrieval.text.line_structure import Line, LineStructure

SELECT_ANALYSES = """SELECT number, kind, language, bounds, filler, denials, lines, ids, sizes,
    headed FROM analyses WHERE number"""
KIND, IDS, SIZES = 1, 7, 8  # columns
NONE = frozenset[int]()

Named: TypeAlias = Callable[[AbstractSet[int]], Mapping[int, str]]  # the terms of ids


def analysis_row(number: int, found: AnalysedParagraph, ids: Mapping[str, int]) -> Row:
    """The row of a paragraph: the ids of its terms, above first, and how many each part has."""
    parts = (found.above, *found.sentences)
    return (
        number,
        found.kind.value,
        found.language,
        packed(found.bounds),
        packed(sorted(found.filler)),
        packed(sorted(found.denials)),
        None if found.structure is None else _lines(found.structure),
        packed(map(ids.__getitem__, chain.from_iterable(parts))),
        packed(map(len, parts)),
        packed(ids[term] for term in sorted(found.heading)),
    )


def analysed_of(row: Row, source: ParagraphSource) -> AnalysedParagraph:
    """The analysed paragraph of what was read."""
    _, kind, language, bounds, filler, denials, lines, *_ = row
    found = unpacked(bounds)
    return AnalysedParagraph(
        kind=KINDS[kind],
        language=language,
        bounds=found,
        filler=frozenset(unpacked(filler)) if filler else NONE,
        denials=frozenset(unpacked(denials)) if denials else NONE,
        structure=None if lines is None else _structure(lines, found),
        source=source,
    )


class StoredTerms:
    """The terms of a row, see `ParagraphTerms`; looks up only those that are asked for."""

    def __init__(self, row: Row, named: Named) -> None:
        self._row = row
        self._named = named

    @cached_property
    def above(self) -> Terms:
        """The terms of the title and the headings."""
        return self.of_part(0)

    @cached_property
    def heading(self) -> frozenset[str]:
        """The terms of the paragraph's own heading."""
        return frozenset(self._terms(unpacked(self._row[-1])))

    @property
    def sentences(self) -> Sequence[Terms]:
        """The terms of each sentence in their order."""
        return _Sentences(self)

    @cached_property
    def parts(self) -> list[int]:
        """Where each part begins among the ids, and where the last one ends."""
        return list(accumulate(unpacked(self._row[SIZES]), initial=0))

    def of_part(self, part: int) -> Terms:
        """The terms of what stands above, which is part 0, or of a sentence, from 1."""
        return self._terms(self._ids[self.parts[part] : self.parts[part + 1]])

    def of_sentences(self) -> Iterator[Terms]:
        """The terms of all sentences, which are looked up at once."""
        terms = self._terms(self._ids)
        return (terms[begin:end] for begin, end in pairwise(self.parts[1:]))

    @cached_property
    def _ids(self) -> Sequence[int]:
        return unpacked(self._row[IDS])

    def _terms(self, ids: Sequence[int]) -> Terms:
        term = self._named(set(ids))
        return tuple([term[number] for number in ids])


class _Sentences(Sequence[Terms]):
    """The terms of the sentences of a row."""

    def __init__(self, stored: StoredTerms) -> None:
        self._stored = stored

    def __len__(self) -> int:
        return len(self._stored.parts) - 2

    def __iter__(self) -> Iterator[Terms]:
        return self._stored.of_sentences()

    @overload
    def __getitem__(self, place: int) -> Terms: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Terms]: ...
    def __getitem__(self, place: int | slice) -> Terms | Sequence[Terms]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self._stored.of_part(place % len(self) + 1)


def counts_in(
    rows: Sequence[Row], terms: Sequence[str], ids: Sequence[int | None], pairs: Sequence[Pair]
) -> TermCounts:
    """The counts of terms of those ids in at least one row."""
    flat = np.frombuffer(b"".join([row[IDS] for row in rows]), dtype=np.uint32)
    sizes = np.frombuffer(b"".join([row[SIZES] for row in rows]), dtype=np.uint32)
    segments = np.fromiter((len(row[SIZES]) for row in rows), dtype=np.int64) // sizes.itemsize
    code_of = {term: code for code, term in enumerate(terms, start=1)}
    codes = _codes_by_id(ids, int(flat.max(initial=0)))[flat]
    are_texts = [row[KIND] == ParagraphKind.TEXT.value for row in rows]
    return counted(codes, sizes.astype(np.int64), segments, are_texts, code_of, pairs)


def _codes_by_id(ids: Sequence[int | None], highest: int) -> Counts:
    """The place, from 1, that each id up to the highest has among `ids`; 0 if it has none."""
    codes = np.zeros(highest + 1, dtype=np.int64)
    for code, number in enumerate(ids, start=1):
        if number is not None and number <= highest:
            codes[number] = code
    return codes


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers of 32 bits, from 0, as bytes."""
    return array("I", numbers).tobytes()


def unpacked(content: bytes) -> Sequence[int]:
    """The numbers that were packed."""
    found = array("I")
    found.frombytes(content)
    return found


def _lines(structure: LineStructure) -> str:
    lines = [(len(line.sentences), line.parent, line.end, line.number) for line in structure.lines]
    return json.dumps([len(structure.lead), lines])


def _structure(lines: str, bounds: Sequence[int]) -> LineStructure:
    spans = tuple(map(Span, bounds[::2], bounds[1::2]))
    lead, fields = json.loads(lines)
    found, start = [], lead
    for size, parent, end, number in fields:
        found.append(Line(spans[start : start + size], parent, end, number))
        start += size
    return LineStructure(spans[:lead], tuple(found))
