"""How often a question's terms come in paragraphs and in their sentences, counted at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.articles import ParagraphKind
from retrieval.index.analysed_paragraph import AnalysedParagraph

Counts: TypeAlias = NDArray[np.int64]
Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class TermCounts:
    """How often T terms, and Q pairs of neighbours, come in P paragraphs and their S sentences.

    `in_paragraphs` has the shape (P, T), and so has `above`, of what stands above the sentences;
    `of_pairs` (P, Q), `in_sentences` (S, T). The lengths count all terms, those of a paragraph
    also what stands above. `first_sentence` has P + 1 places: the sentences of paragraph p are
    those from place p to place p + 1. `are_texts` is whether each paragraph is one, and no list,
    table or code.
    """

    in_paragraphs: Counts
    above: Counts
    of_pairs: Counts
    lengths: Counts
    in_sentences: Counts
    sentence_lengths: Counts
    first_sentence: Counts
    are_texts: NDArray[np.bool_]


def counts_of(
    texts: Sequence[AnalysedParagraph], terms: Sequence[str], pairs: Sequence[Pair]
) -> TermCounts:
    """The counts of at least one paragraph that is held in memory."""
    code = {term: number for number, term in enumerate(terms, start=1)}
    parts = [(text.above, *text.sentences) for text in texts]
    flat = chain.from_iterable(chain.from_iterable(parts))
    codes = np.fromiter((code.get(term, 0) for term in flat), dtype=np.int64)
    sizes = np.fromiter(map(len, chain.from_iterable(parts)), dtype=np.int64)
    segments = np.fromiter(map(len, parts), dtype=np.int64)
    are_texts = [text.kind is ParagraphKind.TEXT for text in texts]
    return counted(codes, sizes, segments, are_texts, code, pairs)


def counted(  # noqa: PLR0913, PLR0917  # what was found, and what is wanted
    codes: Counts,
    sizes: Counts,
    segments: Counts,
    are_texts: Sequence[bool],
    code: Mapping[str, int],
    pairs: Sequence[Pair],
) -> TermCounts:
    """The counts of terms in the texts of at least one paragraph.

    `codes` are all terms of one paragraph after the other, each as its `code` from 1, or 0 if it
    is not among those. The first of a paragraph's segments is what stands above it, the others
    are its sentences: `segments` is how many each paragraph has, `sizes` how many terms each
    segment has.
    """
    terms, first = len(code), np.cumsum(segments) - segments
    found = np.flatnonzero(codes)
    segment = np.searchsorted(np.cumsum(sizes), found, side="right")
    places = segment * terms + codes[found] - 1
    counts = np.bincount(places, minlength=len(sizes) * terms).reshape(len(sizes), terms)
    is_sentence = np.ones(len(sizes), dtype=bool)
    is_sentence[first] = False
    paragraph = np.repeat(np.arange(len(segments)), segments)[segment]
    return TermCounts(
        in_paragraphs=np.add.reduceat(counts, first, axis=0),
        above=counts[first],
        of_pairs=_pairs(found, codes[found], paragraph, len(segments), code, pairs),
        lengths=np.add.reduceat(sizes, first),
        in_sentences=counts[is_sentence],
        sentence_lengths=sizes[is_sentence],
        first_sentence=np.append(first, len(sizes)) - np.arange(len(segments) + 1),
        are_texts=np.array(are_texts),
    )


def _pairs(  # noqa: PLR0913, PLR0917  # what was found, and what is wanted
    places: Counts,
    codes: Counts,
    paragraph: Counts,
    paragraphs: int,
    code: Mapping[str, int],
    pairs: Sequence[Pair],
) -> Counts:
    """How often each pair comes: its terms stand side by side in one paragraph."""
    are_neighbours = (np.diff(places) == 1) & (np.diff(paragraph) == 0)
    base = len(code) + 1
    two = codes[:-1][are_neighbours] * base + codes[1:][are_neighbours]
    where = paragraph[:-1][are_neighbours]
    found = np.zeros((paragraphs, len(pairs)), dtype=np.int64)
    for number, (one, other) in enumerate(pairs):
        is_pair = two == code[one] * base + code[other]
        found[:, number] = np.bincount(where[is_pair], minlength=paragraphs)
    return found
